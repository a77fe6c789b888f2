#include "scoring/assessments/store_tasks.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::scoring::assessments {
namespace {

constexpr char kWaiting[] =
    "SELECT a.assessment_id, a.unit_id, a.state, a.returned, r.round_id, r.title, r.unit_id, "
    "r.criteria_set_id, r.period_end, r.self_score_start, r.self_score_end, r.appraisal_start, "
    "r.appraisal_end, r.explanation_start, r.explanation_end "
    "FROM assessments a JOIN assessment_rounds r ON r.round_id = a.round_id WHERE ";

WaitingRow ReadWaiting(const db::Row& row) {
  WaitingRow read;
  read.id = row.Get<std::string>(0);
  read.unit_id = row.Get<std::string>(1);
  read.state = StateOf(row.Get<std::string>(2)).value_or(State::kDraft);  // a CHECK keeps it
  read.returned = row.Get<bool>(3);
  read.round_id = row.Get<std::string>(4);
  read.round_title = row.Get<std::string>(5);
  read.organiser_id = row.Get<std::string>(6);
  read.criteria_set_id = row.Get<std::string>(7);
  read.period_end = row.Get<absl::CivilDay>(8);
  read.windows.self_score_start = row.Get<absl::CivilDay>(9);
  read.windows.self_score_end = row.Get<absl::CivilDay>(10);
  read.windows.appraisal_start = row.Get<absl::CivilDay>(11);
  read.windows.appraisal_end = row.Get<absl::CivilDay>(12);
  const auto explain_from = row.Get<std::optional<absl::CivilDay>>(13);
  const auto explain_to = row.Get<std::optional<absl::CivilDay>>(14);
  if (explain_from.has_value() && explain_to.has_value()) {
    read.windows.explanation = Days{*explain_from, *explain_to};
  }
  return read;
}

// A condition with its values, put together piece by piece.
class Where {
 public:
  void And(const std::string& condition) {
    absl::StrAppend(&text_, text_.empty() ? "" : " AND ", condition);
  }
  template <class T>
  void And(const std::string& condition, const T& value) {
    And(condition);
    values_.push_back(db::ToValue(value));
  }
  // "column IN (?, …)"; "FALSE" for no id at all.
  std::string In(const std::string& column, const std::vector<std::string>& ids) {
    if (ids.empty()) return "FALSE";
    for (const std::string& id : ids) values_.push_back(db::ToValue(id));
    return absl::StrCat(column, " IN ", db::Placeholders(1, static_cast<int>(ids.size())));
  }
  const std::string& text() const { return text_; }
  std::vector<db::Value> values() && { return std::move(values_); }

 private:
  std::string text_;
  std::vector<db::Value> values_;
};

template <class T>
absl::StatusOr<std::vector<T>> ReadAll(db::Session& session, T (*read)(const db::Row&),
                                       const std::string& sql, Where where) {
  std::vector<T> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(read(row));
        return absl::OkStatus();
      },
      sql, std::move(where).values()));
  return rows;
}

// What has begun by the day.
void HasBegun(TaskKind kind, absl::CivilDay today, Where& where) {
  switch (kind) {
    case TaskKind::kSelfScore:
      return where.And("r.self_score_start <= ?", today);
    case TaskKind::kAppraise:
      return where.And("r.appraisal_start <= ?", today);
    case TaskKind::kExplain:
      where.And("r.explanation_start <= ?", today);
      return where.And("r.explanation_end >= ?", today);
    case TaskKind::kAnswer:
    case TaskKind::kFinalise:
      return;
  }
}

}  // namespace

absl::StatusOr<std::vector<WaitingRow>> TaskStore::List(db::Session& session,
                                                        const Filter& filter) {
  Where where;
  std::vector<std::string> states;
  for (const State state : StatesOf(filter.kind)) states.push_back(Name(state));
  where.And(where.In("a.state", states));
  where.And("a.assessment_id > ?", filter.after_id);
  if (!filter.round_id.empty()) where.And("a.round_id = ?", filter.round_id);
  HasBegun(filter.kind, filter.today, where);
  const bool led = filter.kind == TaskKind::kAppraise || filter.kind == TaskKind::kAnswer;
  if (!filter.visible.all) {
    std::string within = where.In("a.unit_id", filter.visible.ids);
    if (led) {
      within = absl::StrCat("(", within,
                            " OR a.round_id IN (SELECT l.round_id FROM round_field_leads l WHERE ",
                            where.In("l.unit_id", filter.visible.ids), "))");
    }
    where.And(within);
  }
  // R-SCO-26
  where.And(
      "NOT EXISTS (SELECT 1 FROM assessment_duties d JOIN assessments b ON b.assessment_id = "
      "d.assessment_id JOIN assessment_rounds s ON s.round_id = b.round_id WHERE d.actor = ?",
      filter.actor);
  where.And("d.side = ?", Name(SideOf(filter.kind) == Side::kUnit ? Side::kJudge : Side::kUnit));
  where.And("b.unit_id = a.unit_id AND s.year = r.year)");
  const std::string sql =
      absl::StrCat(kWaiting, where.text(), " ORDER BY a.assessment_id LIMIT ", filter.limit);
  ASSIGN_OR_RETURN(std::vector<WaitingRow> rows,
                   ReadAll<WaitingRow>(session, ReadWaiting, sql, std::move(where)));
  for (WaitingRow& row : rows) row.kind = filter.kind;
  return rows;
}

absl::StatusOr<std::vector<WaitingRow>> TaskStore::ListMissing(db::Session& session,
                                                               const std::string& round_id,
                                                               const std::string& after_id,
                                                               int limit) {
  Where where;
  where.And("a.round_id = ?", round_id);
  where.And("a.state = ?", Name(State::kDraft));
  where.And("a.assessment_id > ?", after_id);
  const std::string sql =
      absl::StrCat(kWaiting, where.text(), " ORDER BY a.assessment_id LIMIT ", limit);
  return ReadAll<WaitingRow>(session, ReadWaiting, sql, std::move(where));
}

absl::StatusOr<std::map<std::string, GivenRows>> TaskStore::Given(
    db::Session& session, const std::vector<std::string>& assessment_ids) {
  std::map<std::string, GivenRows> given;
  if (assessment_ids.empty()) return given;
  Where of_scores;
  of_scores.And(of_scores.In("assessment_id", assessment_ids));
  const std::string scores = absl::StrCat(
      "SELECT assessment_id, entry, criterion_code, layer, status, points, actor "
      "FROM score_entries WHERE ",
      of_scores.text(), " ORDER BY assessment_id, entry");
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) -> absl::Status {
        Score score;
        score.entry = row.Get<int32_t>(1);
        score.criterion = row.Get<std::string>(2);
        const std::optional<Layer> layer = LayerOf(row.Get<std::string>(3));
        const std::optional<criteria::ScoreStatus> status = StatusOf(row.Get<std::string>(4));
        const std::optional<numbers::Rational> points =
            numbers::ParseExact(row.Get<std::optional<std::string>>(5).value_or("0"));
        if (!layer.has_value() || !status.has_value() || !points.has_value()) {
          return platform::Internal("a stored score is malformed");
        }
        score.layer = *layer;
        score.status = *status;
        score.points = *points;
        GivenRows& rows = given[row.Get<std::string>(0)];
        rows.scores.push_back(std::move(score));
        rows.actors.push_back(row.Get<std::string>(6));
        return absl::OkStatus();
      },
      scores, std::move(of_scores).values()));
  Where of_explanations;
  of_explanations.And(of_explanations.In("assessment_id", assessment_ids));
  const std::string explanations =
      absl::StrCat("SELECT assessment_id, item, criterion_code, about_entry FROM explanations ",
                   "WHERE ", of_explanations.text(), " ORDER BY assessment_id, item");
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        given[row.Get<std::string>(0)].explained.push_back(
            {row.Get<int32_t>(1), row.Get<std::string>(2), row.Get<int32_t>(3)});
        return absl::OkStatus();
      },
      explanations, std::move(of_explanations).values()));
  return given;
}

absl::StatusOr<std::map<std::string, std::vector<FieldLead>>> TaskStore::Leads(
    db::Session& session, const std::vector<std::string>& round_ids) {
  std::map<std::string, std::vector<FieldLead>> leads;
  if (round_ids.empty()) return leads;
  Where where;
  where.And(where.In("round_id", round_ids));
  const std::string sql =
      absl::StrCat("SELECT round_id, field_code, unit_id FROM round_field_leads WHERE ",
                   where.text(), " ORDER BY round_id, field_code, unit_id");
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        std::vector<FieldLead>& of_round = leads[row.Get<std::string>(0)];
        std::string field = row.Get<std::string>(1);
        if (of_round.empty() || of_round.back().field != field) {
          of_round.push_back({std::move(field), {}});
        }
        of_round.back().units.push_back(row.Get<std::string>(2));
        return absl::OkStatus();
      },
      sql, std::move(where).values()));
  return leads;
}

absl::StatusOr<Filed> TaskStore::CountFiled(db::Session& session, const std::string& round_id) {
  ASSIGN_OR_RETURN(const std::optional<Filed> filed,
                   session.QueryOptional<Filed>(
                       [](const db::Row& row) {
                         return Filed{static_cast<int>(row.Get<int64_t>(0)),
                                      static_cast<int>(row.Get<int64_t>(1))};
                       },
                       "SELECT COUNT(*), COUNT(CASE WHEN state = 'DRAFT' THEN 1 END) "
                       "FROM assessments WHERE round_id = ?",
                       round_id));
  return filed.value_or(Filed{});
}

}  // namespace thidua::scoring::assessments
