// People: put up by their unit, then chosen by who coordinates the plan.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awards/errors.h"
#include "awards/nominations/convert.h"
#include "awards/nominations/moves.h"
#include "awards/nominations/names.h"
#include "awards/nominations/rules_individuals.h"
#include "awards/nominations/service.h"
#include "awards/people.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::nominations {
namespace {

constexpr int kMostPeople = 50;
constexpr size_t kLongestName = 200;
constexpr size_t kLongestText = 2000;

absl::StatusOr<std::vector<std::string>> PeopleOf(const v1::NominateIndividualsRequest& request) {
  if (request.individuals_size() < 1 || request.individuals_size() > kMostPeople) {
    return platform::InvalidField("individuals", "COUNT_OUT_OF_RANGE",
                                  {absl::StrCat("Cần từ 1 đến ", kMostPeople, " mục."),
                                   absl::StrCat("There must be 1 to ", kMostPeople, " entries.")});
  }
  std::vector<std::string> ids;
  for (int i = 0; i < request.individuals_size(); ++i) {
    const v1::NominatedIndividual& one = request.individuals(i);
    const std::string at = absl::StrCat("individuals[", i, "].");
    ASSIGN_OR_RETURN(std::string id, platform::IdFromName(one.person(), "people", at + "person"));
    RETURN_IF_ERROR(CheckText(at + "full_name", one.full_name(), kLongestName));
    RETURN_IF_ERROR(CheckOptionalText(at + "position", one.position(), kLongestName));
    RETURN_IF_ERROR(CheckText(at + "summary", one.summary(), kLongestText));
    ids.push_back(std::move(id));
  }
  return ids;
}

// What is known of the people put up by a unit, which `below` are the units of.
absl::StatusOr<std::vector<PutUp>> KnownOf(db::Session& session,
                                           const v1::NominateIndividualsRequest& request,
                                           const std::vector<std::string>& ids,
                                           const std::vector<std::string>& below) {
  std::vector<PutUp> people;
  for (size_t i = 0; i < ids.size(); ++i) {
    ASSIGN_OR_RETURN(const std::optional<KnownPerson> known, ReadPerson(session, ids[i]));
    PutUp one{ids[i], false, false};
    if (known) {
      one.of_unit = std::find(below.begin(), below.end(), known->unit_id) != below.end();
      const std::string& name = request.individuals(static_cast<int>(i)).full_name();
      one.other_name = !known->name_key.empty() && known->name_key != NameKey(ids[i], name);
    }
    people.push_back(std::move(one));
  }
  return people;
}

NominationRow New(const platform::Call& call, const Plan& plan,
                  const v1::NominateIndividualsRequest& request, const std::string& unit_id,
                  const std::string& award_form) {
  NominationRow row;
  row.plan_id = plan.terms.plan_id;
  row.unit_id = unit_id;
  row.coordinator_unit_id = plan.coordinator_unit_id;
  row.year = request.year();
  row.award_form = award_form;
  row.state = State::kNominated;
  row.nominator = call.principal().subject;
  row.created_at = call.machine_now();
  row.state_date = call.business_today();
  return row;
}

absl::Status NominatedBefore(int index) {
  const std::string at = absl::StrCat("individuals[", index, "].person");
  return platform::AlreadyExists(
      "INDIVIDUAL_NOMINATED",
      {absl::StrCat("Người này đã được giới thiệu cho cùng kế hoạch, năm và hình thức (", at, ")."),
       absl::StrCat("This person was put up before for the same plan, year and form (", at, ").")},
      {{"field", at}});
}

absl::Status AppendNominated(db::Tx& tx, const platform::Call& call, const NominationRow& row) {
  auto nominated = About<v1::IndividualNominated>(row);
  nominated.set_person_id(row.person_id);
  nominated.set_year(row.year);
  nominated.set_award_form(row.award_form);
  return AppendEvent(tx, call, row, nominated);
}

// What a request to choose says.
struct Choice {
  std::vector<std::string> selected;
  std::vector<std::string> not_selected;
};

// Asked only of who holds the right to choose: it tells what is wrong with the lists.
absl::Status CheckChoice(const Choice& choice, const std::string& reason) {
  for (size_t i = 0; i < choice.not_selected.size(); ++i) {
    if (std::find(choice.selected.begin(), choice.selected.end(), choice.not_selected[i]) !=
        choice.selected.end()) {
      return platform::InvalidField(absl::StrCat("not_selected[", i, "]"), "NAMED_TWICE",
                                    {"Mục này được nêu hai lần.", "This is named twice."});
    }
  }
  return choice.not_selected.empty() ? CheckOptionalText("reason", reason, kLongestText)
                                     : CheckText("reason", reason, kLongestText);
}

absl::StatusOr<Choice> ChoiceOf(const v1::SelectIndividualsRequest& request) {
  Choice choice;
  ASSIGN_OR_RETURN(choice.selected, IdsOf(request.selected(), "nominations", "selected", 0));
  ASSIGN_OR_RETURN(choice.not_selected,
                   IdsOf(request.not_selected(), "nominations", "not_selected", 0));
  if (!choice.selected.empty() || !choice.not_selected.empty()) return choice;
  return platform::InvalidField("selected", "FIELD_REQUIRED",
                                {"Trường này không được để trống.", "This field is required."});
}

absl::Status Choose(db::Tx& tx, const platform::Call& call, const std::string& id, bool selected,
                    const std::string& reason) {
  ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
  RETURN_IF_ERROR(Make(selected ? Move::kSelectIndividual : Move::kPassOverIndividual,
                       call.business_today(), nomination));
  RETURN_IF_ERROR(RequireNotFiler(call, nomination, {}));
  nomination.selector = call.principal().subject;
  nomination.not_selected_reason = selected ? "" : reason;
  RETURN_IF_ERROR(UpdateNomination(tx, nomination));
  auto made = About<v1::IndividualSelectionMade>(nomination);
  made.set_person_id(nomination.person_id);
  made.set_selected(selected);
  made.set_reason(nomination.not_selected_reason);
  return AppendEvent(tx, call, nomination, made, nomination.not_selected_reason);
}

}  // namespace

grpc::ServerUnaryReactor* Service::NominateIndividuals(
    grpc::CallbackServerContext* context, const v1::NominateIndividualsRequest* request,
    v1::NominateIndividualsResponse* response) {
  return runner_.Unary(
      "NominateIndividuals", context, request, response,
      [this](const platform::Call& call, const v1::NominateIndividualsRequest& req,
             v1::NominateIndividualsResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string unit_id,
                         platform::IdFromName(req.unit(), "units", "unit"));
        RETURN_IF_ERROR(call.Require(unit_id));
        ASSIGN_OR_RETURN(const std::string plan_id,
                         platform::IdFromName(req.plan(), "plans", "plan"));
        ASSIGN_OR_RETURN(const std::vector<std::string> ids, PeopleOf(req));
        ASSIGN_OR_RETURN(const std::vector<std::string> below,
                         units_.Subtree(unit_id, call.business_today(), call.deadline()));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<Plan> plan, LockPlan(tx, plan_id));
          if (!plan) return NoPlan(plan_id);
          ASSIGN_OR_RETURN(const std::vector<PutUp> people, KnownOf(tx, req, ids, below));
          std::string form = req.award_form();
          RETURN_IF_ERROR(ErrorOf(
              CheckPutUp(plan->terms, plan->standards, unit_id, req.year(), people, &form)));
          for (int i = 0; i < req.individuals_size(); ++i) {
            const v1::NominatedIndividual& one = req.individuals(i);
            NominationRow row = New(call, *plan, req, unit_id, form);
            row.id = platform::NewId(call.machine_now());
            row.person_id = ids[static_cast<size_t>(i)];
            row.person_name = one.full_name();
            row.person_position = one.position();
            row.summary = one.summary();
            ASSIGN_OR_RETURN(const std::optional<NominationRow> earlier, FindNomination(tx, row));
            if (earlier) return NominatedBefore(i);
            RETURN_IF_ERROR(InsertNomination(tx, row));
            RETURN_IF_ERROR(AppendNominated(tx, call, row));
            ToProto(row, call.business_today(), res.add_nominations());
          }
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::SelectIndividuals(grpc::CallbackServerContext* context,
                                                     const v1::SelectIndividualsRequest* request,
                                                     v1::SelectIndividualsResponse* response) {
  return runner_.Unary(
      "SelectIndividuals", context, request, response,
      [this](const platform::Call& call, const v1::SelectIndividualsRequest& req,
             v1::SelectIndividualsResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const Choice choice, ChoiceOf(req));
        std::vector<std::string> ids = choice.selected;
        ids.insert(ids.end(), choice.not_selected.begin(), choice.not_selected.end());
        std::string plan_id;
        for (const std::string& id : ids) {
          ASSIGN_OR_RETURN(const NominationRow nomination, Find(pool_, call, id));
          RETURN_IF_ERROR(call.Require(nomination.coordinator_unit_id));
          if (!plan_id.empty() && nomination.plan_id != plan_id) {
            return platform::InvalidField("selected", "NOMINATION_OF_OTHER_PLAN",
                                          {"Các đề nghị phải thuộc cùng một kế hoạch.",
                                           "All nominations must be of one plan."});
          }
          plan_id = nomination.plan_id;
        }
        RETURN_IF_ERROR(CheckChoice(choice, req.reason()));
        const std::set<std::string> selected(choice.selected.begin(), choice.selected.end());
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          // Locks in one order for all, answers in the order asked for.
          for (const std::string& id : std::set<std::string>(ids.begin(), ids.end())) {
            RETURN_IF_ERROR(Choose(tx, call, id, selected.count(id) > 0, req.reason()));
          }
          for (const std::string& id : ids) {
            ASSIGN_OR_RETURN(const std::optional<NominationRow> row, ReadNomination(tx, id));
            if (row) ToProto(*row, call.business_today(), res.add_nominations());
          }
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::awards::nominations
