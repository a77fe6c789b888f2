#include "campaign/plans/record.h"

#include <optional>
#include <vector>

#include "campaign/directory/store_units.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

std::optional<absl::CivilDay> Day(const std::string& text) {
  const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(text, "");
  return day.ok() ? std::optional<absl::CivilDay>(*day) : std::nullopt;
}

std::optional<std::string> Known(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

}  // namespace

absl::Status UnknownPlan(const std::string& id) {
  return platform::NotFound("UNKNOWN_PLAN", {"không có kế hoạch này", "there is no such plan"},
                            {{"plan", id}});
}

absl::StatusOr<Record> RecordOf(PlanRow row) {
  Record record;
  RETURN_IF_ERROR(platform::FromJson(row.document, &record.document));
  row.document.clear();
  record.row = std::move(row);
  return record;
}

absl::StatusOr<Record> ReadRecord(db::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<PlanRow> row, FindPlan(session, id));
  if (!row) return UnknownPlan(id);
  return RecordOf(*std::move(row));
}

absl::StatusOr<Record> LockRecord(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<PlanRow> row, LockPlan(tx, id));
  if (!row) return UnknownPlan(id);
  return RecordOf(*std::move(row));
}

absl::StatusOr<PlanRow> RowOf(const Record& record) {
  PlanRow row = record.row;
  const v1::Plan& plan = record.document;
  row.issuer_id = plan.issuer().unit().substr(plan.issuer().unit().find('/') + 1);
  row.number = Known(plan.number());
  row.symbol = Known(plan.symbol());
  const std::string& date = plan.issue_date().date();
  row.issue_year =
      date.size() >= 4 ? std::optional<int>(std::stoi(date.substr(0, 4))) : std::nullopt;
  row.issue_date = IssueDay(plan);
  row.parent_plan_id =
      Known(plan.has_parent_plan()
                ? plan.parent_plan().plan().substr(plan.parent_plan().plan().find('/') + 1)
                : "");
  row.start_date = Day(plan.movement_period().start_date());
  row.end_date = Day(plan.movement_period().end_date());
  ASSIGN_OR_RETURN(row.document, platform::ToJson(plan));
  if (row.document.size() > kLargestDocument) {
    return platform::InvalidField("plan", "PLAN_TOO_LARGE",
                                  {"kế hoạch lớn hơn 384 KiB (tính theo dạng JSON)",
                                   "the plan is larger than 384 KiB as JSON"});
  }
  return row;
}

absl::StatusOr<Surroundings> SurroundingsOf(db::Session& session, const Record& record) {
  Surroundings surroundings;
  ASSIGN_OR_RETURN(surroundings.templates, LoadTemplates(session));
  const std::string& name = record.document.issuer().unit();
  ASSIGN_OR_RETURN(const std::optional<directory::Unit> issuer,
                   directory::FindUnit(session, name.substr(name.find('/') + 1)));
  if (issuer) surroundings.issuer_valid_to = issuer->span.to;
  return surroundings;
}

absl::StatusOr<v1::Plan> Shown(db::Session& session, const Record& record) {
  ASSIGN_OR_RETURN(const Surroundings surroundings, SurroundingsOf(session, record));
  v1::Plan plan = record.document;
  const PlanFacts facts = FactsOf(plan, surroundings);
  PutJudgement(facts, &plan);
  PutYears(facts, &plan);
  plan.set_name(platform::NameOf("plans", record.row.id));
  plan.set_state(static_cast<v1::PlanState>(static_cast<int>(record.row.state) + 1));
  for (const std::string& move : LegalMoves(record.row.state)) plan.add_legal_moves(move);
  if (record.row.launch_date) plan.set_launch_date(platform::FormatDate(*record.row.launch_date));
  plan.set_participant_unit_count(record.row.participant_count);
  if (record.row.person_count) plan.set_participant_person_count(*record.row.person_count);
  plan.set_etag(platform::EtagOf(record.row.row_version));
  return plan;
}

std::string CoordinatorOf(const Record& record) {
  for (const v1::PlanRole& role : record.document.roles()) {
    const std::string& unit = role.unit().unit();
    if (role.kind() == v1::PLAN_ROLE_KIND_COORDINATOR && !unit.empty())
      return unit.substr(unit.find('/') + 1);
  }
  return record.row.issuer_id;
}

absl::Status RequireLaunched(const Record& record) {
  if (record.row.state == State::kLaunched) return absl::OkStatus();
  return platform::FailedPrecondition(
      "PLAN_STATE",
      {"kế hoạch phải đang triển khai; hiện đang ở trạng thái “" +
           std::string(StateNameVi(record.row.state)) + "”",
       "the plan must be launched; it is " + std::string(TextOf(record.row.state))},
      {{"state", std::string(TextOf(record.row.state))}, {"legal_moves", ""}});
}

absl::Status RequireLaunchedOrClosed(const Record& record) {
  if (record.row.state == State::kClosed) return absl::OkStatus();
  return RequireLaunched(record);
}

absl::Status NotAParticipant(const std::string& unit_id) {
  return platform::FailedPrecondition(
      "NOT_A_PARTICIPANT",
      {"đơn vị không thuộc đối tượng của kế hoạch", "the unit does not take part in the plan"},
      {{"unit", unit_id}});
}

absl::Status CheckMove(const Record& record, Move move) {
  if (MayMove(record.row.state, move)) return absl::OkStatus();
  std::string legal;
  for (const std::string& one : LegalMoves(record.row.state))
    legal += (legal.empty() ? "" : ", ") + one;
  const std::string state(TextOf(record.row.state));
  return platform::FailedPrecondition(
      "PLAN_STATE",
      {"kế hoạch đang ở trạng thái “" + std::string(StateNameVi(record.row.state)) +
           "”, không thực hiện được " + std::string(RpcOf(move)) +
           "; thao tác hợp lệ: " + (legal.empty() ? "không còn" : legal),
       "the plan is " + state + ", which does not allow " + std::string(RpcOf(move)) +
           "; legal moves: " + (legal.empty() ? "none" : legal)},
      {{"state", state}, {"move", std::string(RpcOf(move))}, {"legal_moves", legal}});
}

}  // namespace thidua::campaign::plans
