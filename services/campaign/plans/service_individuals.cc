// People in scope of a plan.
#include <algorithm>
#include <optional>

#include "campaign/directory/events.h"
#include "campaign/directory/rules_people.h"
#include "campaign/directory/store_people.h"
#include "campaign/plans/roster.h"
#include "campaign/plans/service.h"
#include "campaign/requests/fields.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

using platform::Call;

v1::PlanIndividual ToProto(const directory::Person& person, const directory::Post& post) {
  v1::PlanIndividual out;
  out.set_person(platform::NameOf("people", person.id));
  out.set_full_name(person.full_name);
  out.set_unit(platform::NameOf("units", post.unit_id));
  out.set_position(post.position);
  v1::PersonCategory category = v1::PERSON_CATEGORY_UNSPECIFIED;
  v1::PersonCategory_Parse("PERSON_CATEGORY_" + std::string(directory::TextOf(person.category)),
                           &category);
  out.set_category(category);
  return out;
}

struct Found {
  directory::Person person;
  directory::Post post;
};

// Those in scope at visible units, by id, at most `limit`.
absl::StatusOr<std::vector<Found>> InScopeOn(db::Session& session, absl::CivilDay day,
                                             const std::vector<PeopleScope>& scopes,
                                             const platform::VisibleUnits& visible,
                                             std::string from, int limit) {
  std::vector<Found> all;
  const int batch = std::max(limit, 200);
  while (static_cast<int>(all.size()) < limit) {
    ASSIGN_OR_RETURN(const std::vector<directory::PersonAtUnit> people,
                     directory::PeopleOn(session, day, "", "", from, batch));
    for (const directory::PersonAtUnit& one : people) {
      if (static_cast<int>(all.size()) == limit) break;
      if (!NamesUnit(scopes, one.unit_id) || !visible.Contains(one.unit_id)) continue;
      ASSIGN_OR_RETURN(std::optional<directory::Person> person,
                       directory::FindPerson(session, one.person_id));
      const directory::Post* post = person ? directory::PostOn(*person, day) : nullptr;
      if (post == nullptr ||
          !InScope(scopes, post->unit_id, std::string(directory::TextOf(person->category))))
        continue;
      const directory::Post held = *post;
      all.push_back({*std::move(person), held});
    }
    if (static_cast<int>(people.size()) < batch) break;
    from = people.back().person_id;
  }
  return all;
}

}  // namespace

PlanService::Reactor* PlanService::ListPlanIndividuals(Ctx* ctx,
                                                       const v1::ListPlanIndividualsRequest* req,
                                                       v1::ListPlanIndividualsResponse* res) {
  return runner_.Unary(
      "ListPlanIndividuals", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const absl::CivilDay day =
            fields.MaybeDay(req.as_of(), "as_of").value_or(call.business_today());
        RETURN_IF_ERROR(fields.status());
        ASSIGN_OR_RETURN(const Record record, ReadForReader(call, req.name()));
        const std::string scope = "individuals|" + req.name() + "|" + req.as_of();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        ASSIGN_OR_RETURN(const std::shared_ptr<const directory::Tree> tree,
                         tree_.Current(call.deadline()));
        return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(const std::vector<PeopleScope> scopes,
                           PeopleScopesOn(tx, *tree, record, day));
          ASSIGN_OR_RETURN(std::vector<Found> found,
                           InScopeOn(tx, day, scopes, visible, page.after, page.size + 1));
          res.set_next_page_token(page.Cut(found, [](const Found& one) { return one.person.id; }));
          std::vector<std::string> ids;
          for (const Found& one : found) {
            ids.push_back(one.person.id);
            *res.add_individuals() = ToProto(one.person, one.post);
          }
          return directory::AppendPersonalDataRead(tx, call, "ListPlanIndividuals", req, ids);
        });
      });
}

}  // namespace thidua::campaign::plans
