#include "awards/decisions/service.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awards/decisions/convert.h"
#include "awards/decisions/document.h"
#include "awards/decisions/events.h"
#include "awards/decisions/issuing.h"
#include "awards/errors.h"
#include "awards/nominations/check.h"
#include "awards/nominations/moves.h"
#include "awards/people.h"
#include "awards/print/keep.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::decisions {
namespace {

constexpr int kMostAwards = 200;

absl::Status Append(db::Tx& tx, const platform::Call& call, const DecisionRow& decision,
                    const google::protobuf::Message& payload, const std::string& reason = "") {
  feed::Draft draft;
  draft.aggregate_type = "decision";
  draft.aggregate_id = decision.id;
  draft.aggregate_version = decision.row_version;
  draft.unit_id = decision.unit_id;
  draft.payload = &payload;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

absl::StatusOr<std::vector<std::string>> NominationsOf(const v1::CreateDecisionRequest& request) {
  if (request.nominations_size() < 1 || request.nominations_size() > kMostAwards) {
    return platform::InvalidField(
        "nominations", "COUNT_OUT_OF_RANGE",
        {absl::StrCat("Cần từ 1 đến ", kMostAwards, " đề nghị."),
         absl::StrCat("There must be 1 to ", kMostAwards, " nominations.")});
  }
  std::vector<std::string> ids;
  for (int i = 0; i < request.nominations_size(); ++i) {
    const std::string at = absl::StrCat("nominations[", i, "]");
    ASSIGN_OR_RETURN(std::string id,
                     platform::IdFromName(request.nominations(i), "nominations", at));
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) {
      return platform::InvalidField(at, "NAMED_TWICE",
                                    {"Mục này được nêu hai lần.", "This is named twice."});
    }
    ids.push_back(std::move(id));
  }
  return ids;
}

absl::Status CheckWords(const v1::CreateDecisionRequest& request) {
  RETURN_IF_ERROR(CheckText("awarding_authority", request.awarding_authority(), 200));
  RETURN_IF_ERROR(CheckText("citation", request.citation(), 500));
  RETURN_IF_ERROR(CheckText("place", request.place(), 60));
  return CheckOptionalText("fund_source", request.fund_source(), 300);
}

absl::Status InAnotherDecision() {
  return platform::FailedPrecondition(
      "NOMINATION_IN_DECISION",
      {"Có đề nghị đã nằm trong một quyết định khác; thao tác hợp lệ: CancelDecision với dự thảo "
       "đó, nếu chưa ban hành.",
       "A nomination is in another decision; legal move: CancelDecision on that draft, while it "
       "is one."},
      {{"legal_moves", "CancelDecision"}});
}

// The list, checked: all carried, of one plan and in a form the plan allows.
absl::StatusOr<std::vector<AwardRow>> AwardsOf(db::Tx& tx, const std::vector<std::string>& ids,
                                               const nominations::Plan& plan,
                                               absl::CivilDay today) {
  std::map<std::string, nominations::NominationRow> rows;
  for (const std::string& id : std::set<std::string>(ids.begin(), ids.end())) {
    ASSIGN_OR_RETURN(rows[id], nominations::Lock(tx, id));
    RETURN_IF_ERROR(
        ErrorOf(nominations::Apply(rows[id].state, nominations::Move::kCreateDecision).refusal));
  }
  std::vector<std::string> plan_ids;
  std::vector<AwardRow> awards;
  for (const std::string& id : ids) {
    const nominations::NominationRow& row = rows[id];
    plan_ids.push_back(row.plan_id);
    const std::vector<std::string>& forms = plan.terms.award_forms;
    if (row.plan_id == plan.terms.plan_id &&
        std::find(forms.begin(), forms.end(), row.award_form) == forms.end()) {
      return platform::FailedPrecondition("AWARD_FORM_NOT_ALLOWED",
                                          {"Kế hoạch không cho phép hình thức khen thưởng này.",
                                           "The plan does not allow this award form."},
                                          {{"award_form", row.award_form}});
    }
    ASSIGN_OR_RETURN(const units::Unit unit, units::Projection::Get(tx, row.unit_id, today));
    AwardRow award;
    award.nomination_id = row.id;
    award.unit_id = row.unit_id;
    award.unit_name = unit.name;
    award.award_form = row.award_form;
    if (!row.person_id.empty()) award.subject = Subject::kIndividual;
    award.person_id = row.person_id;
    award.person_name = row.person_name;
    award.person_position = row.person_position;
    awards.push_back(std::move(award));
  }
  RETURN_IF_ERROR(ErrorOf(CheckOnePlan(plan_ids)));
  return awards;
}

// Why it was issued in spite of something, for the audit log.
std::string ReasonsOf(const DecisionRow& decision) {
  std::vector<std::string> reasons;
  for (const std::string& reason :
       {decision.unknown_standards_reason, decision.unverified_prizes_reason,
        decision.quota_override_reason}) {
    if (!reason.empty()) reasons.push_back(reason);
  }
  return absl::StrJoin(reasons, "\n");
}

absl::StatusOr<DecisionRow> LockDraft(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<DecisionRow> decision, LockDecision(tx, id));
  if (!decision) return ResourceNotFound("DECISION", platform::NameOf("decisions", id));
  RETURN_IF_ERROR(ErrorOf(CheckDraft(decision->state)));
  return *std::move(decision);
}

// Whom the decision's document names.
std::vector<std::string> PeopleOf(const DecisionRow& decision) {
  std::vector<std::string> people;
  for (const AwardRow& award : decision.awards) {
    if (!award.person_id.empty()) people.push_back(award.person_id);
  }
  return people;
}

}  // namespace

Service::Service(platform::Admission& admission, db::Pool& pool, certificates::Issuer issuer,
                 files::BlobStore& blobs)
    : pool_(pool),
      issuer_(std::move(issuer)),
      blobs_(blobs),
      runner_(admission, v1::DecisionService::service_full_name()) {}

absl::StatusOr<DecisionRow> Service::FindAndRequire(const platform::Call& call,
                                                    const std::string& name) const {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "decisions", "name"));
  std::optional<DecisionRow> row;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(row, ReadDecision(session, id));
    return absl::OkStatus();
  }));
  if (!row) return platform::NotFoundFor(call, ResourceNotFound("DECISION", name));
  RETURN_IF_ERROR(call.Require(row->unit_id));
  return *std::move(row);
}

grpc::ServerUnaryReactor* Service::CreateDecision(grpc::CallbackServerContext* context,
                                                  const v1::CreateDecisionRequest* request,
                                                  v1::Decision* response) {
  return runner_.Unary("CreateDecision", context, request, response,
                       [this](const platform::Call& call, const v1::CreateDecisionRequest& req,
                              v1::Decision& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::vector<std::string> ids, NominationsOf(req));
                         // Each of them: named beside one's own, those of others tell no more than
                         // alone.
                         std::optional<nominations::Plan> plan;
                         for (const std::string& id : ids) {
                           ASSIGN_OR_RETURN(nominations::NominationAndPlan found,
                                            nominations::FindForIssuer(pool_, call, id));
                           if (!plan) plan = std::move(found.plan);
                         }
                         RETURN_IF_ERROR(CheckWords(req));
                         DecisionRow decision;
                         decision.id = platform::NewId(call.machine_now());
                         decision.plan_id = plan->terms.plan_id;
                         decision.unit_id = plan->unit_id;
                         decision.awarding_authority = req.awarding_authority();
                         decision.citation = req.citation();
                         decision.place = req.place();
                         ASSIGN_OR_RETURN(decision.text, TextOf(req.text()));
                         decision.fund_source = req.fund_source();
                         decision.created_at = call.machine_now();
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(decision.awards,
                                            AwardsOf(tx, ids, *plan, call.business_today()));
                           const absl::Status inserted = InsertDecision(tx, decision);
                           if (platform::ReasonOf(inserted) == "DUPLICATE_KEY") {
                             return InAnotherDecision();
                           }
                           RETURN_IF_ERROR(inserted);
                           ToProto(decision, &res);
                           v1::DecisionDrafted drafted;
                           drafted.set_decision_id(decision.id);
                           drafted.set_plan_id(decision.plan_id);
                           for (const std::string& id : ids) drafted.add_nomination_ids(id);
                           return Append(tx, call, decision, drafted);
                         });
                       });
}

grpc::ServerUnaryReactor* Service::IssueDecision(grpc::CallbackServerContext* context,
                                                 const v1::IssueDecisionRequest* request,
                                                 v1::Decision* response) {
  return runner_.Unary(
      "IssueDecision", context, request, response,
      [this](const platform::Call& call, const v1::IssueDecisionRequest& req,
             v1::Decision& res) -> absl::Status {
        ASSIGN_OR_RETURN(const DecisionRow known, FindAndRequire(call, req.name()));
        IssueOrder order;
        const NumberResult number = ReadNumber(req.number());
        RETURN_IF_ERROR(ErrorOf(number.refusal));
        order.number = req.number();
        order.number_key = number.key;
        ASSIGN_OR_RETURN(order.issue_date, platform::ParseDate(req.issue_date(), "issue_date"));
        ASSIGN_OR_RETURN(order.signature, SignatureOf(req.signature()));
        RETURN_IF_ERROR(
            CheckOptionalText("unknown_standards_reason", req.unknown_standards_reason(), 2000));
        order.unknown_standards_reason = req.unknown_standards_reason();
        RETURN_IF_ERROR(
            CheckOptionalText("unverified_prizes_reason", req.unverified_prizes_reason(), 2000));
        order.unverified_prizes_reason = req.unverified_prizes_reason();
        RETURN_IF_ERROR(
            CheckOptionalText("quota_override_reason", req.quota_override_reason(), 2000));
        order.quota_override_reason = req.quota_override_reason();
        order.rehearsal = req.validate_only();
        std::map<std::string, std::string> codes;
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(DecisionRow decision, LockDraft(tx, known.id));
          RETURN_IF_ERROR(platform::CheckEtag(req.etag(), decision.row_version));
          RETURN_IF_ERROR(IssueDraft(tx, call, order, issuer_, blobs_, codes, decision));
          ToProto(decision, &res);
          return Append(tx, call, decision, IssuedEvent(decision), ReasonsOf(decision));
        });
      });
}

grpc::ServerUnaryReactor* Service::CancelDecision(grpc::CallbackServerContext* context,
                                                  const v1::CancelDecisionRequest* request,
                                                  v1::Decision* response) {
  return runner_.Unary("CancelDecision", context, request, response,
                       [this](const platform::Call& call, const v1::CancelDecisionRequest& req,
                              v1::Decision& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const DecisionRow known,
                                          FindAndRequire(call, req.name()));
                         RETURN_IF_ERROR(CheckText("reason", req.reason(), 2000));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(DecisionRow decision, LockDraft(tx, known.id));
                           decision.state = State::kCancelled;
                           decision.cancel_reason = req.reason();
                           ++decision.row_version;
                           RETURN_IF_ERROR(SetCancelled(tx, decision));
                           ToProto(decision, &res);
                           v1::DecisionCancelled cancelled;
                           cancelled.set_decision_id(decision.id);
                           cancelled.set_plan_id(decision.plan_id);
                           cancelled.set_reason(req.reason());
                           return Append(tx, call, decision, cancelled, req.reason());
                         });
                       });
}

grpc::ServerUnaryReactor* Service::GetDecision(grpc::CallbackServerContext* context,
                                               const v1::GetDecisionRequest* request,
                                               v1::Decision* response) {
  return runner_.Unary("GetDecision", context, request, response,
                       [this](const platform::Call& call, const v1::GetDecisionRequest& req,
                              v1::Decision& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const DecisionRow row, FindAndRequire(call, req.name()));
                         ToProto(row, &res);
                         return TellShown(pool_, call, "GetDecision", req, PeopleIn(res));
                       });
}

grpc::ServerUnaryReactor* Service::DownloadDecision(grpc::CallbackServerContext* context,
                                                    const v1::DownloadDecisionRequest* request,
                                                    google::api::HttpBody* response) {
  return runner_.Unary(
      "DownloadDecision", context, request, response,
      [this](const platform::Call& call, const v1::DownloadDecisionRequest& req,
             google::api::HttpBody& res) -> absl::Status {
        ASSIGN_OR_RETURN(const DecisionRow row, FindAndRequire(call, req.name()));
        res.set_content_type("application/pdf");
        if (row.state == State::kCancelled) return ErrorOf(CheckDraft(row.state));
        if (row.state == State::kDraft) {
          RETURN_IF_ERROR(
              pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
                ASSIGN_OR_RETURN(*res.mutable_data(), Preview(session, call.business_today(), row));
                return absl::OkStatus();
              }));
        } else if (row.pdf_sha256.empty()) {
          return platform::FailedPrecondition(
              "DECISION_WITHOUT_DOCUMENT",
              {"Quyết định này được ban hành trước khi hệ thống lưu văn bản.",
               "This decision was issued before documents were kept."});
        } else {
          ASSIGN_OR_RETURN(*res.mutable_data(),
                           print::BytesOf(blobs_, row.pdf_sha256, row.pdf_size_bytes));
        }
        return TellShown(pool_, call, "DownloadDecision", req, PeopleOf(row));
      });
}

grpc::ServerUnaryReactor* Service::ListDecisions(grpc::CallbackServerContext* context,
                                                 const v1::ListDecisionsRequest* request,
                                                 v1::ListDecisionsResponse* response) {
  return runner_.Unary(
      "ListDecisions", context, request, response,
      [this](const platform::Call& call, const v1::ListDecisionsRequest& req,
             v1::ListDecisionsResponse& res) -> absl::Status {
        const std::string scope = absl::StrCat("decisions|", req.plan(), "|", req.number());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        std::string plan_id;
        if (!req.plan().empty()) {
          ASSIGN_OR_RETURN(plan_id, platform::IdFromName(req.plan(), "plans", "plan"));
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<DecisionRow> rows,
                           decisions::ListDecisions(session, visible, plan_id, req.number(), page));
          res.set_next_page_token(page.Cut(rows, &DecisionRow::id));
          for (const DecisionRow& row : rows) ToProto(row, res.add_decisions());
          return absl::OkStatus();
        }));
        return TellShown(pool_, call, "ListDecisions", req, PeopleIn(res));
      });
}

}  // namespace thidua::awards::decisions
