#include "campaign/exemplars/service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "campaign/directory/events.h"
#include "campaign/directory/store_people.h"
#include "campaign/exemplars/store.h"
#include "campaign/plans/reading.h"
#include "campaign/plans/record.h"
#include "campaign/requests/fields.h"
#include "campaign/requests/rights.h"
#include "campaign/wording/fold.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::campaign::exemplars {
namespace {

using platform::Call;

constexpr int kMostAtOnce = 20;

absl::Status UnknownExemplar(const std::string& id) {
  return platform::NotFound("UNKNOWN_EXEMPLAR",
                            {"không có gương điển hình này", "there is no such exemplar"},
                            {{"exemplar", id}});
}

v1::PlanExemplar ToProto(const Exemplar& exemplar) {
  v1::PlanExemplar out;
  out.set_name(platform::NameOf("planExemplars", exemplar.id));
  out.set_plan(platform::NameOf("plans", exemplar.plan_id));
  out.set_unit(platform::NameOf("units", exemplar.unit_id));
  out.set_subject(exemplar.individual ? v1::SUBJECT_INDIVIDUAL : v1::SUBJECT_COLLECTIVE);
  out.set_honoree(exemplar.honoree);
  if (exemplar.person_id) out.set_person(platform::NameOf("people", *exemplar.person_id));
  out.set_title(exemplar.title);
  out.set_deeds(exemplar.deeds);
  out.set_recommender(exemplar.recommender);
  out.set_state(static_cast<v1::ExemplarState>(static_cast<int>(exemplar.state) + 1));
  out.set_propose_date(platform::FormatDate(exemplar.proposed));
  for (const Publication& one : exemplar.publications) {
    v1::ExemplarPublication* publication = out.add_publications();
    publication->set_outlet(one.outlet);
    publication->set_url(one.url);
    publication->set_publication_date(platform::FormatDate(one.date));
  }
  out.set_etag(platform::EtagOf(exemplar.row_version));
  return out;
}

v1::PlanExemplarRecorded ToEvent(const Exemplar& exemplar) {
  v1::PlanExemplarRecorded out;
  out.set_exemplar_id(exemplar.id);
  out.set_plan_id(exemplar.plan_id);
  out.set_unit_id(exemplar.unit_id);
  out.set_subject(exemplar.individual ? "INDIVIDUAL" : "COLLECTIVE");
  out.set_state(std::string(TextOf(exemplar.state)));
  out.set_propose_date(platform::FormatDate(exemplar.proposed));
  for (const Publication& one : exemplar.publications) {
    out.add_publications(one.outlet + "\t" + one.url + "\t" + platform::FormatDate(one.date));
  }
  return out;
}

absl::Status AppendExemplar(db::Tx& tx, const Call& call, const Exemplar* before,
                            const Exemplar& after) {
  const v1::PlanExemplarRecorded payload = ToEvent(after);
  const v1::PlanExemplarRecorded earlier =
      before == nullptr ? v1::PlanExemplarRecorded() : ToEvent(*before);
  feed::Draft draft;
  draft.aggregate_type = "plan_exemplar";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  draft.unit_id = after.unit_id;
  draft.payload = &payload;
  if (before != nullptr) draft.before = &earlier;
  return feed::Append(tx, call, draft);
}

// Individuals among these were shown: told to the audit log, by the exemplar where the person is
// not in the directory.
absl::Status AppendShown(db::Tx& tx, const Call& call, const char* method,
                         const google::protobuf::Message& request,
                         const std::vector<Exemplar>& shown) {
  std::vector<std::string> ids;
  for (const Exemplar& one : shown) {
    if (one.individual) ids.push_back(one.person_id.value_or(one.id));
  }
  if (ids.empty()) return absl::OkStatus();
  return directory::AppendPersonalDataRead(tx, call, method, request, ids);
}

absl::StatusOr<Exemplar> ReadProposal(const v1::ProposeExemplarRequest& request) {
  Fields fields;
  Exemplar out;
  out.plan_id = fields.Id(request.plan(), "plans", "plan");
  out.unit_id = fields.Id(request.unit(), "units", "unit");
  if (request.subject() != v1::SUBJECT_COLLECTIVE && request.subject() != v1::SUBJECT_INDIVIDUAL) {
    fields.Refuse("subject", "SUBJECT",
                  {"phải là tập thể hoặc cá nhân", "must be collectives or individuals"});
  }
  out.individual = request.subject() == v1::SUBJECT_INDIVIDUAL;
  const std::string person = fields.MaybeId(request.person(), "people", "person");
  if (!person.empty()) out.person_id = person;
  fields.Text(request.honoree(), 1, 200, "honoree");
  fields.Text(request.title(), 1, 200, "title");
  fields.Text(request.deeds(), 1, 10000, "deeds");
  fields.Text(request.recommender(), 0, 200, "recommender");
  out.honoree = request.honoree();
  out.title = request.title();
  out.deeds = request.deeds();
  out.recommender = request.recommender();
  RETURN_IF_ERROR(fields.status());
  return out;
}

absl::Status CheckOfAnother(const Call& call, const Exemplar& exemplar) {
  if (IsOfAnother(exemplar.person_id.value_or(""), call.principal().person_id))
    return absl::OkStatus();
  return platform::FailedPrecondition("OWN_PERSON",
                                      {"không tự giới thiệu hoặc tự đưa tin về bản thân mình",
                                       "nobody introduces themselves or has themselves published"});
}

// Whether the person has a post today at the unit or below it and is the one who is honoured. An
// unknown person has no post.
absl::Status CheckPerson(db::Session& session, const directory::Tree& tree,
                         const Exemplar& exemplar, absl::CivilDay today) {
  if (!exemplar.person_id) return absl::OkStatus();
  if (!MayNamePerson(exemplar.individual, *exemplar.person_id)) {
    return platform::InvalidField(
        "person", "PERSON_OF_COLLECTIVE",
        {"chỉ nêu người đối với gương cá nhân", "only an individual is a person"});
  }
  ASSIGN_OR_RETURN(const std::optional<directory::Person> person,
                   directory::FindPerson(session, *exemplar.person_id));
  const directory::Post* post = person ? directory::PostOn(*person, today) : nullptr;
  if (post == nullptr || !tree.IsWithin(post->unit_id, exemplar.unit_id, today)) {
    return platform::InvalidField("person", "PERSON_ELSEWHERE",
                                  {"người này không công tác tại đơn vị hoặc đơn vị trực thuộc",
                                   "the person has no post at the unit or below it"});
  }
  if (NamesPerson(wording::FoldedWords(exemplar.honoree),
                  wording::FoldedWords(person->full_name))) {
    return absl::OkStatus();
  }
  return platform::InvalidField(
      "honoree", "HONOREE_NOT_PERSON",
      {"phải nêu đúng họ tên của người được chọn", "must hold the full name of the person given"});
}

std::vector<Publication> ReadPublications(const v1::PublishExemplarRequest& request,
                                          absl::CivilDay today, Fields* fields) {
  std::vector<Publication> out;
  if (request.publications().empty() || request.publications_size() > kMostAtOnce) {
    fields->Refuse("publications", "FIELD_LENGTH",
                   {"phải có 1 đến 20 nơi đăng", "must name 1 to 20 publications"});
    return out;
  }
  for (int i = 0; i < request.publications_size(); ++i) {
    const v1::ExemplarPublication& one = request.publications(i);
    const std::string prefix = "publications[" + std::to_string(i) + "].";
    Publication publication{one.outlet(), one.url(),
                            fields->Day(one.publication_date(), prefix + "publication_date")};
    fields->Add(CheckPublication(publication, today), prefix);
    out.push_back(std::move(publication));
  }
  return out;
}

}  // namespace

ExemplarService::Reactor* ExemplarService::ProposeExemplar(Ctx* ctx,
                                                           const v1::ProposeExemplarRequest* req,
                                                           v1::PlanExemplar* res) {
  return runner_.Unary("ProposeExemplar", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(Exemplar proposal, ReadProposal(req));
                         RETURN_IF_ERROR(call.Require(proposal.unit_id));
                         proposal.proposed = call.business_today();
                         proposal.proposer = call.principal().subject;
                         RETURN_IF_ERROR(CheckOfAnother(call, proposal));
                         ASSIGN_OR_RETURN(const std::shared_ptr<const directory::Tree> tree,
                                          tree_.Current(call.deadline()));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(
                               const plans::PlanOfUnit about,
                               plans::LockForUnit(tx, call, proposal.plan_id, proposal.unit_id));
                           const plans::Record& plan = about.record;
                           RETURN_IF_ERROR(plans::RequireLaunchedOrClosed(plan));
                           if (!about.takes_part) return plans::NotAParticipant(proposal.unit_id);
                           RETURN_IF_ERROR(CheckPerson(tx, *tree, proposal, call.business_today()));
                           Exemplar made = proposal;
                           made.id = platform::NewId(call.machine_now());
                           made.issuer_id = plan.row.issuer_id;
                           made.coordinator_id = plans::CoordinatorOf(plan);
                           RETURN_IF_ERROR(InsertExemplar(tx, made, call.machine_now()));
                           RETURN_IF_ERROR(AppendExemplar(tx, call, nullptr, made));
                           res = ToProto(made);
                           return absl::OkStatus();
                         });
                       });
}

ExemplarService::Reactor* ExemplarService::PublishExemplar(Ctx* ctx,
                                                           const v1::PublishExemplarRequest* req,
                                                           v1::PlanExemplar* res) {
  return runner_.Unary(
      "PublishExemplar", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "planExemplars", "name"));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<Exemplar> found, LockExemplar(tx, id));
          if (!found) return platform::NotFoundFor(call, UnknownExemplar(id));
          RETURN_IF_ERROR(RequireAtOne(call, {found->issuer_id, found->coordinator_id}));
          Fields fields;
          std::vector<Publication> added = ReadPublications(req, call.business_today(), &fields);
          RETURN_IF_ERROR(fields.status());
          RETURN_IF_ERROR(platform::CheckEtag(req.etag(), found->row_version));
          RETURN_IF_ERROR(CheckOfAnother(call, *found));
          if (!MayPublish(found->proposer, call.principal().subject)) {
            return platform::FailedPrecondition(
                "OWN_EXEMPLAR", {"người đã giới thiệu gương điển hình không tự đưa tin về gương đó",
                                 "who introduced an exemplar does not have it published"});
          }
          if (found->publications.size() + added.size() > kMostPublications) {
            return platform::FailedPrecondition("PUBLICATIONS_TOO_MANY",
                                                {"một gương điển hình có nhiều nhất 50 nơi đăng",
                                                 "an exemplar has at most 50 publications"});
          }
          Exemplar after = *found;
          for (Publication& one : added) after.publications.push_back(std::move(one));
          after.state = State::kPublished;
          ++after.row_version;
          RETURN_IF_ERROR(
              AddPublications(tx, after, found->publications.size(), call.machine_now()));
          RETURN_IF_ERROR(AppendExemplar(tx, call, &*found, after));
          res = ToProto(after);
          return absl::OkStatus();
        });
      });
}

ExemplarService::Reactor* ExemplarService::GetExemplar(Ctx* ctx, const v1::GetExemplarRequest* req,
                                                       v1::PlanExemplar* res) {
  return runner_.Unary(
      "GetExemplar", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "planExemplars", "name"));
        return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<Exemplar> found, FindExemplar(tx, id));
          if (!found) return platform::NotFoundFor(call, UnknownExemplar(id));
          RETURN_IF_ERROR(
              RequireAtOne(call, {found->unit_id, found->coordinator_id, found->issuer_id}));
          res = ToProto(*found);
          return AppendShown(tx, call, "GetExemplar", req, {*found});
        });
      });
}

ExemplarService::Reactor* ExemplarService::ListExemplars(Ctx* ctx,
                                                         const v1::ListExemplarsRequest* req,
                                                         v1::ListExemplarsResponse* res) {
  return runner_.Unary(
      "ListExemplars", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        ExemplarFilter filter;
        filter.plan_id = fields.MaybeId(req.plan(), "plans", "plan");
        filter.unit_id = fields.MaybeId(req.unit(), "units", "unit");
        RETURN_IF_ERROR(fields.status());
        if (req.state() == v1::EXEMPLAR_STATE_PROPOSED) filter.state = "PROPOSED";
        if (req.state() == v1::EXEMPLAR_STATE_PUBLISHED) filter.state = "PUBLISHED";
        if (req.subject() == v1::SUBJECT_COLLECTIVE) filter.individual = false;
        if (req.subject() == v1::SUBJECT_INDIVIDUAL) filter.individual = true;
        const std::string scope = "planExemplars|" + req.plan() + "|" + req.unit() + "|" +
                                  filter.state + "|" + std::to_string(req.subject());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        filter.after = page.after;
        // What they did may be long: no more rows at once than a page of the longest can hold.
        filter.limit = std::min(page.size, 200) + 1;
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<Exemplar> found,
                           exemplars::ListExemplars(tx, filter, visible));
          platform::Page cut = page;
          cut.size = filter.limit - 1;
          res.set_next_page_token(cut.CutToFit(found, &Exemplar::id, [](const Exemplar& one) {
            return one.deeds.size() + 2000 + one.publications.size() * 800;
          }));
          for (const Exemplar& one : found) *res.add_exemplars() = ToProto(one);
          return AppendShown(tx, call, "ListExemplars", req, found);
        });
      });
}

}  // namespace thidua::campaign::exemplars
