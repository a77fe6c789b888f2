#include "scoring/assessments/service.h"

#include <algorithm>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "scoring/assessments/convert.h"
#include "scoring/assessments/events.h"
#include "scoring/assessments/moves.h"
#include "scoring/assessments/tasks.h"
#include "scoring/assessments/validate.h"
#include "scoring/assessments/view.h"
#include "scoring/criteria/store.h"

namespace thidua::scoring::assessments {
namespace {

using platform::Call;

absl::Status NoSuchRound(const std::string& name) {
  return platform::NotFound("ASSESSMENT_ROUND_NOT_FOUND",
                            {"Không có đợt đánh giá này", "There is no such round"},
                            {{"name", name}});
}

// The name of the unit at the end of the round's period.
absl::StatusOr<std::string> UnitName(db::Session& session, const std::string& unit_id,
                                     const RoundRow& round) {
  ASSIGN_OR_RETURN(const units::Unit unit,
                   units::Projection::Get(session, unit_id, round.period_end));
  return unit.name;
}

// The published set of a new round; its block and year become the round's.
absl::Status TakeCriteriaSet(db::Tx& tx, RoundRow& row) {
  ASSIGN_OR_RETURN(const std::optional<criteria::SetRow> set,
                   criteria::Store::Get(tx, row.criteria_set_id));
  if (!set.has_value()) {
    return platform::NotFound("CRITERIA_SET_NOT_FOUND",
                              {"Không có bộ tiêu chí này", "There is no such criteria set"},
                              {{"name", platform::NameOf("criteriaSets", row.criteria_set_id)}});
  }
  if (set->state != "PUBLISHED") {
    return platform::FailedPrecondition(
        "CRITERIA_SET_NOT_PUBLISHED",
        {"Chỉ mở đợt đánh giá với bộ tiêu chí đang có hiệu lực",
         "A round needs a criteria set that is published and in force"},
        {{"state", set->state}});
  }
  row.block = set->block;
  row.year = set->year;
  return absl::OkStatus();
}

// The leads of a new round: fields of its set, units that are there at the end of its period.
absl::Status TakeLeads(db::Tx& tx, RoundRow& row) {
  if (row.leads.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const criteria::Scheme scheme, SchemeOf(tx, row.criteria_set_id));
  RETURN_IF_ERROR(CheckLeads(scheme, row.leads));
  for (const FieldLead& lead : row.leads) {
    for (const std::string& unit : lead.units) {
      RETURN_IF_ERROR(units::Projection::Get(tx, unit, row.period_end).status());
    }
  }
  std::sort(row.leads.begin(), row.leads.end(),
            [](const FieldLead& a, const FieldLead& b) { return a.field < b.field; });
  return absl::OkStatus();
}

bool Shows(const platform::VisibleUnits& visible, const RoundRow& round,
           const std::vector<std::string>& units) {
  const auto any = [&](const std::vector<std::string>& ids) {
    return std::any_of(ids.begin(), ids.end(),
                       [&](const std::string& unit) { return visible.Contains(unit); });
  };
  return visible.Contains(round.unit_id) || any(units) ||
         std::any_of(round.leads.begin(), round.leads.end(),
                     [&](const FieldLead& lead) { return any(lead.units); });
}

// The right at the unit assessed, or at one that leads a field of it.
absl::Status RequireAtUnitOrLead(const Call& call, const View& view) {
  absl::Status at_unit = call.Require(view.row.unit_id);
  if (at_unit.ok()) return at_unit;
  for (const FieldLead& lead : view.round.leads) {
    for (const std::string& unit : lead.units) {
      if (unit != view.row.unit_id && call.Require(unit).ok()) return absl::OkStatus();
    }
  }
  return at_unit;
}

// The right to appraise, or answer for, every leaf that is named (R-SCO-44). Codes that the set
// does not have are told by who reads them.
template <class Inputs>
absl::Status RequireFields(const Call& call, const View& view, const Inputs& inputs) {
  std::set<std::string> granted;
  for (const auto& input : inputs) {
    const criteria::Leaf* leaf = view.scheme.Find(input.criterion());
    if (leaf == nullptr || granted.count(leaf->field_code) > 0) continue;
    bool held = false;
    for (const std::string& unit :
         JudgingUnits(view.round.leads, leaf->field_code, view.row.unit_id, view.round.unit_id)) {
      held = held || call.Require(unit).ok();
    }
    if (!held) {
      return platform::PermissionDenied(
          "NOT_FIELD_LEAD",
          {"Lĩnh vực này do đơn vị khác phụ trách thẩm định: " + leaf->field_title,
           "Another unit appraises this field: " + leaf->field_title},
          {{"field", leaf->field_code}});
    }
    granted.insert(leaf->field_code);
  }
  return absl::OkStatus();
}

// Who may make a move: who holds its right at the unit assessed; where fields are judged, at the
// units that judge them.
template <class Req>
absl::Status RequireMove(const Call& call, const View& view, const Req& request) {
  if constexpr (std::is_same_v<Req, v1::AppraiseAssessmentRequest>) {
    RETURN_IF_ERROR(RequireAtUnitOrLead(call, view));
    return RequireFields(call, view, request.scores());
  } else if constexpr (std::is_same_v<Req, v1::AnswerExplanationRequest>) {
    RETURN_IF_ERROR(RequireAtUnitOrLead(call, view));
    return RequireFields(call, view, request.answers());
  } else {
    return call.Require(view.row.unit_id);
  }
}

// The assessment; who may not reach it does not learn whether it exists.
absl::StatusOr<View> ViewOf(db::Pool& pool, const Call& call, const std::string& id) {
  std::optional<View> view;
  const absl::Status read =
      pool.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
        ASSIGN_OR_RETURN(view, LoadView(session, id));
        return absl::OkStatus();
      });
  RETURN_IF_ERROR(platform::NotFoundFor(call, read));
  return *std::move(view);
}

// For reading.
absl::StatusOr<View> ViewFor(db::Pool& pool, const Call& call, const std::string& id) {
  ASSIGN_OR_RETURN(View view, ViewOf(pool, call, id));
  RETURN_IF_ERROR(RequireAtUnitOrLead(call, view));
  return view;
}

}  // namespace

Service::Reactor* Service::CreateAssessmentRound(Ctx* context,
                                                 const v1::CreateAssessmentRoundRequest* request,
                                                 v1::AssessmentRound* response) {
  return runner_.Unary(
      "CreateAssessmentRound", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const SentRound sent, ReadRound(req.round()));
        RETURN_IF_ERROR(call.Require(sent.row.unit_id));
        for (const std::string& unit : sent.units) RETURN_IF_ERROR(call.Require(unit));
        for (const FieldLead& lead : sent.row.leads) {
          for (const std::string& unit : lead.units) RETURN_IF_ERROR(call.Require(unit));
        }
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          RoundRow row = sent.row;
          RETURN_IF_ERROR(TakeCriteriaSet(tx, row));
          RETURN_IF_ERROR(TakeLeads(tx, row));
          row.id = platform::NewId(call.machine_now());
          row.created_at = call.machine_now();
          std::vector<AssessmentRow> assessments;
          for (const std::string& unit : sent.units) {
            RETURN_IF_ERROR(units::Projection::Get(tx, unit, row.period_end).status());
            AssessmentRow& added = assessments.emplace_back();
            added.id = platform::NewId(call.machine_now());
            added.round_id = row.id;
            added.unit_id = unit;
            added.updated_at = call.machine_now();
            added.state_date = call.business_today();
          }
          RETURN_IF_ERROR(Store::InsertRound(tx, row));
          RETURN_IF_ERROR(Store::InsertAssessments(tx, assessments));
          ToProto(row, sent.units, res);
          return AppendRoundCreated(tx, call, row, sent.units);
        });
      });
}

Service::Reactor* Service::GetAssessmentRound(Ctx* context,
                                              const v1::GetAssessmentRoundRequest* request,
                                              v1::AssessmentRound* response) {
  return runner_.Unary(
      "GetAssessmentRound", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "assessmentRounds", "name"));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<RoundRow> row, Store::GetRound(session, id));
          if (!row.has_value()) return NoSuchRound(req.name());
          ASSIGN_OR_RETURN(const std::vector<std::string> units, Store::UnitsOf(session, id));
          if (!Shows(visible, *row, units)) return NoSuchRound(req.name());
          res.Clear();
          ToProto(*row, units, res);
          return absl::OkStatus();
        });
      });
}

Service::Reactor* Service::ListAssessmentRounds(Ctx* context,
                                                const v1::ListAssessmentRoundsRequest* request,
                                                v1::ListAssessmentRoundsResponse* response) {
  return runner_.Unary(
      "ListAssessmentRounds", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        const std::string scope = "assessmentRounds";
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        std::vector<RoundRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, Store::ListRounds(session, visible, page.after, page.size + 1));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, &RoundRow::id));
        for (const RoundRow& row : rows) ToProto(row, {}, *res.add_rounds());
        return absl::OkStatus();
      });
}

Service::Reactor* Service::GetAssessment(Ctx* context, const v1::GetAssessmentRequest* request,
                                         v1::Assessment* response) {
  return runner_.Unary(
      "GetAssessment", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "assessments", "name"));
        ASSIGN_OR_RETURN(const View view, ViewFor(pool_, call, id));
        std::string unit_name;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(unit_name, UnitName(session, view.row.unit_id, view.round));
          return absl::OkStatus();
        }));
        ToProto(view, unit_name, res);
        return absl::OkStatus();
      });
}

Service::Reactor* Service::ListAssessments(Ctx* context, const v1::ListAssessmentsRequest* request,
                                           v1::ListAssessmentsResponse* response) {
  return runner_.Unary(
      "ListAssessments", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        const std::string scope = absl::StrCat("assessments|", req.round(), "|", req.unit(), "|",
                                               static_cast<int>(req.state()));
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        Store::Filter filter;
        if (!req.round().empty()) {
          ASSIGN_OR_RETURN(filter.round_id,
                           platform::IdFromName(req.round(), "assessmentRounds", "round"));
        }
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        if (req.state() != v1::ASSESSMENT_STATE_UNSPECIFIED) {
          filter.state = static_cast<State>(req.state());
        }
        ASSIGN_OR_RETURN(filter.visible, call.Visible());
        filter.after_id = page.after;
        filter.limit = page.size + 1;
        return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<AssessmentRow> rows, Store::List(session, filter));
          res.set_next_page_token(page.Cut(rows, &AssessmentRow::id));
          std::optional<RoundRow> round;
          for (const AssessmentRow& row : rows) {
            if (!round.has_value() || round->id != row.round_id) {
              ASSIGN_OR_RETURN(round, Store::GetRound(session, row.round_id));
              if (!round.has_value()) return platform::Internal("an assessment without its round");
            }
            ASSIGN_OR_RETURN(const std::string name, UnitName(session, row.unit_id, *round));
            ToProto(row, name, *res.add_assessments());
          }
          return absl::OkStatus();
        });
      });
}

Service::Reactor* Service::ListScoreEntries(Ctx* context,
                                            const v1::ListScoreEntriesRequest* request,
                                            v1::ListScoreEntriesResponse* response) {
  return runner_.Unary("ListScoreEntries", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(
                             const std::string id,
                             platform::IdFromName(req.assessment(), "assessments", "assessment"));
                         ASSIGN_OR_RETURN(const View view, ViewFor(pool_, call, id));
                         ToProto(view.entries, *res.mutable_entries());
                         ToProto(view, *res.mutable_explanations());
                         return absl::OkStatus();
                       });
}

template <class Req>
Service::Reactor* Service::Move(const char* rpc, Action action, Ctx* context, const Req* request,
                                v1::Assessment* response) {
  return runner_.Unary(
      rpc, context, request, response,
      [this, action](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "assessments", "name"));
        ASSIGN_OR_RETURN(const View seen, ViewOf(pool_, call, id));
        RETURN_IF_ERROR(RequireMove(call, seen, req));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(View view, Begin(tx, id, req.etag(), action));
          RETURN_IF_ERROR(Apply(tx, call, req, view));
          ASSIGN_OR_RETURN(const std::string name, UnitName(tx, view.row.unit_id, view.round));
          ToProto(view, name, res);
          return absl::OkStatus();
        });
      });
}

Service::Reactor* Service::SetSelfScores(Ctx* context, const v1::SetSelfScoresRequest* request,
                                         v1::Assessment* response) {
  return Move("SetSelfScores", Action::kSelfScore, context, request, response);
}

Service::Reactor* Service::SubmitAssessment(Ctx* context,
                                            const v1::SubmitAssessmentRequest* request,
                                            v1::Assessment* response) {
  return Move("SubmitAssessment", Action::kSubmit, context, request, response);
}

Service::Reactor* Service::ComputeAssessment(Ctx* context,
                                             const v1::ComputeAssessmentRequest* request,
                                             v1::Assessment* response) {
  return Move("ComputeAssessment", Action::kCompute, context, request, response);
}

Service::Reactor* Service::AppraiseAssessment(Ctx* context,
                                              const v1::AppraiseAssessmentRequest* request,
                                              v1::Assessment* response) {
  return Move("AppraiseAssessment", Action::kAppraise, context, request, response);
}

Service::Reactor* Service::CompleteAppraisal(Ctx* context,
                                             const v1::CompleteAppraisalRequest* request,
                                             v1::Assessment* response) {
  return Move("CompleteAppraisal", Action::kCompleteAppraisal, context, request, response);
}

Service::Reactor* Service::ReturnAssessment(Ctx* context,
                                            const v1::ReturnAssessmentRequest* request,
                                            v1::Assessment* response) {
  return Move("ReturnAssessment", Action::kReturn, context, request, response);
}

Service::Reactor* Service::ExplainAppraisal(Ctx* context,
                                            const v1::ExplainAppraisalRequest* request,
                                            v1::Assessment* response) {
  return Move("ExplainAppraisal", Action::kExplain, context, request, response);
}

Service::Reactor* Service::SubmitExplanation(Ctx* context,
                                             const v1::SubmitExplanationRequest* request,
                                             v1::Assessment* response) {
  return Move("SubmitExplanation", Action::kSubmitExplanation, context, request, response);
}

Service::Reactor* Service::AnswerExplanation(Ctx* context,
                                             const v1::AnswerExplanationRequest* request,
                                             v1::Assessment* response) {
  return Move("AnswerExplanation", Action::kAnswer, context, request, response);
}

Service::Reactor* Service::CompleteSecondAppraisal(
    Ctx* context, const v1::CompleteSecondAppraisalRequest* request, v1::Assessment* response) {
  return Move("CompleteSecondAppraisal", Action::kCompleteSecondAppraisal, context, request,
              response);
}

Service::Reactor* Service::FinaliseAssessment(Ctx* context,
                                              const v1::FinaliseAssessmentRequest* request,
                                              v1::Assessment* response) {
  return Move("FinaliseAssessment", Action::kFinalise, context, request, response);
}

Service::Reactor* Service::ListAssessmentTasks(Ctx* context,
                                               const v1::ListAssessmentTasksRequest* request,
                                               v1::ListAssessmentTasksResponse* response) {
  return runner_.Unary("ListAssessmentTasks", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         // The right to read opens the list; what is in it, the right to act.
                         RETURN_IF_ERROR(call.Visible().status());
                         return pool_.Snapshot(call.deadline(),
                                               [&](db::Session& session) -> absl::Status {
                                                 res.Clear();
                                                 return ListTasks(session, call, req, res);
                                               });
                       });
}

Service::Reactor* Service::ListMissingSubmissions(Ctx* context,
                                                  const v1::ListMissingSubmissionsRequest* request,
                                                  v1::ListMissingSubmissionsResponse* response) {
  return runner_.Unary(
      "ListMissingSubmissions", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.round(), "assessmentRounds", "round"));
        std::optional<RoundRow> round;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(round, Store::GetRound(session, id));
          return absl::OkStatus();
        }));
        if (!round.has_value()) return platform::NotFoundFor(call, NoSuchRound(req.round()));
        RETURN_IF_ERROR(call.Require(round->unit_id));
        return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          return ListMissing(session, call, *round, req, res);
        });
      });
}

}  // namespace thidua::scoring::assessments
