#include "awards/nominations/service.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "awards/errors.h"
#include "awards/nominations/convert.h"
#include "awards/nominations/moves.h"
#include "awards/nominations/names.h"
#include "awards/nominations/store_inputs.h"
#include "awards/people.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::nominations {
namespace {

NominationRow New(const platform::Call& call, const Plan& plan, const PublishedRanking& ranking,
                  const RankedUnit& unit, const std::string& award_form) {
  NominationRow row;
  row.id = platform::NewId(call.machine_now());
  row.plan_id = plan.terms.plan_id;
  row.unit_id = unit.unit_id;
  row.coordinator_unit_id = plan.coordinator_unit_id;
  row.publication_id = ranking.publication_id;
  row.publication_sha256 = ranking.sha256;
  row.year = ranking.year;
  row.rank = unit.rank;
  row.band = unit.band;
  row.award_form = award_form;
  row.created_at = call.machine_now();
  row.state_date = call.business_today();
  return row;
}

absl::Status AppendShortlisted(db::Tx& tx, const platform::Call& call, const NominationRow& row) {
  v1::NominationShortlisted shortlisted;
  shortlisted.set_nomination_id(row.id);
  shortlisted.set_plan_id(row.plan_id);
  shortlisted.set_unit_id(row.unit_id);
  shortlisted.set_publication_id(row.publication_id);
  shortlisted.set_rank(row.rank);
  shortlisted.set_band(row.band);
  shortlisted.set_award_form(row.award_form);
  return AppendEvent(tx, call, row, shortlisted);
}

absl::Status AppendInvited(db::Tx& tx, const platform::Call& call, const NominationRow& row) {
  v1::NominationInvited invited;
  invited.set_nomination_id(row.id);
  invited.set_plan_id(row.plan_id);
  invited.set_unit_id(row.unit_id);
  invited.set_publication_id(row.publication_id);
  if (row.filing_deadline) {
    invited.set_filing_deadline(platform::FormatDate(*row.filing_deadline));
  }
  invited.set_award_form(row.award_form);
  invited.set_person_id(row.person_id);
  return AppendEvent(tx, call, row, invited);
}

}  // namespace

Service::Service(platform::Admission& admission, db::Pool& pool, units::Projection& units)
    : pool_(pool), units_(units), runner_(admission, v1::NominationService::service_full_name()) {}

grpc::ServerUnaryReactor* Service::ShortlistUnits(grpc::CallbackServerContext* context,
                                                  const v1::ShortlistUnitsRequest* request,
                                                  v1::ShortlistUnitsResponse* response) {
  return runner_.Unary(
      "ShortlistUnits", context, request, response,
      [this](const platform::Call& call, const v1::ShortlistUnitsRequest& req,
             v1::ShortlistUnitsResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string plan_id,
                         platform::IdFromName(req.plan(), "plans", "plan"));
        ASSIGN_OR_RETURN(const Plan known, FindPlan(pool_, call, plan_id));
        RETURN_IF_ERROR(call.Require(known.coordinator_unit_id));
        ASSIGN_OR_RETURN(const std::string publication_id,
                         platform::IdFromName(req.publication(), "publications", "publication"));
        ASSIGN_OR_RETURN(const std::vector<std::string> chosen,
                         IdsOf(req.units(), "units", "units", 0));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<Plan> plan, LockPlan(tx, plan_id));
          if (!plan) return NoPlan(plan_id);
          ASSIGN_OR_RETURN(const std::optional<PublishedRanking> ranking,
                           ReadPublication(tx, publication_id));
          if (!ranking) return ResourceNotFound("PUBLICATION", req.publication());
          const Selection selection = Select(plan->terms, *ranking, req.award_form(), chosen);
          RETURN_IF_ERROR(ErrorOf(selection.refusal));
          for (const RankedUnit& unit : selection.units) {
            const NominationRow row = New(call, *plan, *ranking, unit, selection.award_form);
            ASSIGN_OR_RETURN(const std::optional<NominationRow> earlier, FindNomination(tx, row));
            if (earlier) {
              RETURN_IF_ERROR(
                  Show(tx, *earlier, call.business_today(), res.add_already_nominated()));
              continue;
            }
            RETURN_IF_ERROR(InsertNomination(tx, row));
            RETURN_IF_ERROR(AppendShortlisted(tx, call, row));
            ToProto(row, call.business_today(), res.add_nominations());
          }
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::InviteUnits(grpc::CallbackServerContext* context,
                                               const v1::InviteUnitsRequest* request,
                                               v1::InviteUnitsResponse* response) {
  return runner_.Unary(
      "InviteUnits", context, request, response,
      [this](const platform::Call& call, const v1::InviteUnitsRequest& req,
             v1::InviteUnitsResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                         IdsOf(req.nominations(), "nominations", "nominations", 1));
        std::optional<absl::CivilDay> deadline;
        if (!req.filing_deadline().empty()) {
          ASSIGN_OR_RETURN(deadline, platform::ParseDate(req.filing_deadline(), "filing_deadline"));
        }
        std::string plan_id;
        for (size_t i = 0; i < ids.size(); ++i) {
          ASSIGN_OR_RETURN(const NominationRow nomination, Find(pool_, call, ids[i]));
          RETURN_IF_ERROR(call.Require(nomination.coordinator_unit_id));
          if (i > 0 && nomination.plan_id != plan_id) {
            return platform::InvalidField(absl::StrCat("nominations[", i, "]"),
                                          "NOMINATION_OF_OTHER_PLAN",
                                          {"Các đề nghị phải thuộc cùng một kế hoạch.",
                                           "All nominations must be of one plan."});
          }
          plan_id = nomination.plan_id;
        }
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          RETURN_IF_ERROR(ErrorOf(CheckFilingDeadline(deadline, call.business_today())));
          // Locks in one order for all, answers in the order asked for.
          for (const std::string& id : std::set<std::string>(ids.begin(), ids.end())) {
            ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
            RETURN_IF_ERROR(Make(Move::kInviteUnits, call.business_today(), nomination));
            nomination.filing_deadline = deadline;
            RETURN_IF_ERROR(UpdateNomination(tx, nomination));
            RETURN_IF_ERROR(AppendInvited(tx, call, nomination));
          }
          for (const std::string& id : ids) {
            ASSIGN_OR_RETURN(const std::optional<NominationRow> row, ReadNomination(tx, id));
            if (row) ToProto(*row, call.business_today(), res.add_nominations());
          }
          ASSIGN_OR_RETURN(const std::optional<Plan> plan, ReadPlan(tx, plan_id));
          if (plan && DeadlineAfterPlanPeriod(plan->terms, deadline, call.business_today())) {
            v1::Warning* warning = res.add_warnings();
            warning->set_reason("FILING_AFTER_PLAN_PERIOD");
            warning->set_text_vi(
                absl::StrCat("Hồ sơ sẽ được lập sau thời gian thi đua của kế hoạch (đến ",
                             platform::FormatDateVi(*plan->terms.end),
                             "): kết quả xếp hạng của năm chỉ được công bố sau đó."));
            warning->set_text_en(
                absl::StrCat("Dossiers will be prepared after the plan's period (to ",
                             platform::FormatDate(*plan->terms.end),
                             "): the year's ranking is published only later."));
          }
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::GetNomination(grpc::CallbackServerContext* context,
                                                 const v1::GetNominationRequest* request,
                                                 v1::Nomination* response) {
  return runner_.Unary(
      "GetNomination", context, request, response,
      [this](const platform::Call& call, const v1::GetNominationRequest& req,
             v1::Nomination& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        RETURN_IF_ERROR(FindForReader(pool_, call, id).status());
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<NominationRow> row, ReadNomination(session, id));
          if (!row) return ResourceNotFound("NOMINATION", req.name());
          return Show(session, *row, call.business_today(), &res);
        }));
        return TellShown(pool_, call, "GetNomination", req, PeopleIn(res));
      });
}

grpc::ServerUnaryReactor* Service::ListNominations(grpc::CallbackServerContext* context,
                                                   const v1::ListNominationsRequest* request,
                                                   v1::ListNominationsResponse* response) {
  return runner_.Unary(
      "ListNominations", context, request, response,
      [this](const platform::Call& call, const v1::ListNominationsRequest& req,
             v1::ListNominationsResponse& res) -> absl::Status {
        const std::string scope =
            absl::StrCat("nominations|", req.plan(), "|", req.unit(), "|",
                         static_cast<int>(req.state()), "|", static_cast<int>(req.subject()));
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        NominationFilter filter;
        if (!req.plan().empty()) {
          ASSIGN_OR_RETURN(filter.plan_id, platform::IdFromName(req.plan(), "plans", "plan"));
        }
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        if (req.state() != v1::NOMINATION_STATE_UNSPECIFIED) {
          if (!v1::NominationState_IsValid(req.state())) {
            return platform::InvalidField("state", "STATE_UNKNOWN",
                                          {"Trạng thái không tồn tại.", "There is no such state."});
          }
          filter.state = static_cast<State>(req.state() - 1);
        }
        filter.today = call.business_today();
        if (req.subject() != v1::AWARD_SUBJECT_UNSPECIFIED) {
          if (!v1::AwardSubject_IsValid(req.subject())) {
            return platform::InvalidField(
                "subject", "SUBJECT_UNKNOWN",
                {"Đối tượng khen thưởng không tồn tại.", "There is no such subject of awards."});
          }
          filter.individual = req.subject() == v1::AWARD_SUBJECT_INDIVIDUAL;
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<NominationRow> rows,
                           nominations::ListNominations(session, visible, filter, page));
          res.set_next_page_token(page.Cut(rows, &NominationRow::id));
          for (const NominationRow& row : rows) {
            RETURN_IF_ERROR(Show(session, row, call.business_today(), res.add_nominations()));
          }
          return absl::OkStatus();
        }));
        return TellShown(pool_, call, "ListNominations", req, PeopleIn(res));
      });
}

}  // namespace thidua::awards::nominations
