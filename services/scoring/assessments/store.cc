#include "scoring/assessments/store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::scoring::assessments {
namespace {

constexpr char kRoundColumns[] =
    "r.round_id, r.unit_id, r.criteria_set_id, r.plan_id, r.title, r.block, r.year, "
    "r.period_start, r.period_end, r.self_score_start, r.self_score_end, r.appraisal_start, "
    "r.appraisal_end, r.explanation_start, r.explanation_end, r.created_at, r.row_version";
constexpr char kAssessmentColumns[] =
    "assessment_id, round_id, unit_id, state, last_entry, returned, submitted_by, updated_at, "
    "row_version, state_date";

RoundRow ReadRound(const db::Row& row) {
  RoundRow round;
  round.id = row.Get<std::string>(0);
  round.unit_id = row.Get<std::string>(1);
  round.criteria_set_id = row.Get<std::string>(2);
  round.plan_id = row.Get<std::string>(3);
  round.title = row.Get<std::string>(4);
  round.block = row.Get<std::string>(5);
  round.year = row.Get<int32_t>(6);
  round.period_start = row.Get<absl::CivilDay>(7);
  round.period_end = row.Get<absl::CivilDay>(8);
  round.windows.self_score_start = row.Get<absl::CivilDay>(9);
  round.windows.self_score_end = row.Get<absl::CivilDay>(10);
  round.windows.appraisal_start = row.Get<absl::CivilDay>(11);
  round.windows.appraisal_end = row.Get<absl::CivilDay>(12);
  const auto explain_from = row.Get<std::optional<absl::CivilDay>>(13);
  const auto explain_to = row.Get<std::optional<absl::CivilDay>>(14);
  if (explain_from.has_value() && explain_to.has_value()) {
    round.windows.explanation = Days{*explain_from, *explain_to};
  }
  round.created_at = row.Get<absl::Time>(15);
  round.row_version = row.Get<int64_t>(16);
  return round;
}

AssessmentRow ReadAssessment(const db::Row& row) {
  AssessmentRow assessment;
  assessment.id = row.Get<std::string>(0);
  assessment.round_id = row.Get<std::string>(1);
  assessment.unit_id = row.Get<std::string>(2);
  assessment.state = StateOf(row.Get<std::string>(3)).value_or(State::kDraft);  // a CHECK keeps it
  assessment.last_entry = row.Get<int32_t>(4);
  assessment.returned = row.Get<bool>(5);
  assessment.submitted_by = row.Get<std::string>(6);
  assessment.updated_at = row.Get<absl::Time>(7);
  assessment.row_version = row.Get<int64_t>(8);
  assessment.state_date = row.Get<std::optional<absl::CivilDay>>(9);
  return assessment;
}

template <class T>
absl::StatusOr<std::vector<T>> ReadAll(db::Session& session, T (*read)(const db::Row&),
                                       const std::string& sql, std::vector<db::Value>&& values) {
  std::vector<T> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(read(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return rows;
}

// "column IN (?, …)"; "FALSE" for no unit at all.
std::string InUnits(const char* column, const std::vector<std::string>& ids,
                    std::vector<db::Value>& values) {
  if (ids.empty()) return "FALSE";
  for (const std::string& id : ids) values.push_back(db::ToValue(id));
  return absl::StrCat(column, " IN ", db::Placeholders(1, static_cast<int>(ids.size())));
}

absl::StatusOr<std::string> InputsText(const criteria::Inputs& inputs) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [name, value] : inputs) json[name] = numbers::ToExact(value);
  return platform::CanonicalJson(json);
}

absl::StatusOr<criteria::Inputs> ReadInputs(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return platform::Internal("stored inputs are no JSON object");
  criteria::Inputs inputs;
  for (const auto& item : json.items()) {
    const std::optional<numbers::Rational> value =
        item.value().is_string() ? numbers::ParseExact(item.value().get<std::string>())
                                 : std::nullopt;
    if (!value.has_value()) return platform::Internal("a stored input is no number");
    inputs[item.key()] = *value;
  }
  return inputs;
}

absl::StatusOr<EntryRow> ReadEntry(const db::Row& row) {
  EntryRow entry;
  Score& score = entry.score;
  score.entry = row.Get<int32_t>(0);
  score.criterion = row.Get<std::string>(1);
  const std::optional<Layer> layer = LayerOf(row.Get<std::string>(2));
  const std::optional<criteria::ScoreStatus> status = StatusOf(row.Get<std::string>(3));
  const std::optional<std::string> points = row.Get<std::optional<std::string>>(4);
  if (!layer.has_value() || !status.has_value()) {
    return platform::Internal("a stored score has an unknown layer or status");
  }
  score.layer = *layer;
  score.status = *status;
  if (points.has_value()) {
    const std::optional<numbers::Rational> value = numbers::ParseExact(*points);
    if (!value.has_value()) return platform::Internal("stored points are no number");
    score.points = *value;
  }
  ASSIGN_OR_RETURN(score.inputs, ReadInputs(row.Get<std::string>(5)));
  entry.note = row.Get<std::string>(6);
  entry.reason = row.Get<std::string>(7);
  entry.actor = row.Get<std::string>(8);
  entry.created_at = row.Get<absl::Time>(9);
  entry.business_date = row.Get<absl::CivilDay>(10);
  return entry;
}

}  // namespace

absl::Status Store::InsertRound(db::Tx& tx, const RoundRow& row) {
  std::optional<absl::CivilDay> explain_from;
  std::optional<absl::CivilDay> explain_to;
  if (row.windows.explanation.has_value()) {
    explain_from = row.windows.explanation->first;
    explain_to = row.windows.explanation->last;
  }
  RETURN_IF_ERROR(
      tx.Execute(
            "INSERT INTO assessment_rounds (round_id, unit_id, criteria_set_id, plan_id, title, "
            "block, year, period_start, period_end, self_score_start, self_score_end, "
            "appraisal_start, appraisal_end, explanation_start, explanation_end, created_at, "
            "row_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row.id, row.unit_id, row.criteria_set_id, row.plan_id, row.title, row.block, row.year,
            row.period_start, row.period_end, row.windows.self_score_start,
            row.windows.self_score_end, row.windows.appraisal_start, row.windows.appraisal_end,
            explain_from, explain_to, row.created_at, row.row_version)
          .status());
  for (const FieldLead& lead : row.leads) {
    for (const std::string& unit : lead.units) {
      RETURN_IF_ERROR(tx.Execute("INSERT INTO round_field_leads (round_id, field_code, unit_id) "
                                 "VALUES (?, ?, ?)",
                                 row.id, lead.field, unit)
                          .status());
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<RoundRow>> Store::GetRound(db::Session& session,
                                                        const std::string& id) {
  ASSIGN_OR_RETURN(
      std::optional<RoundRow> round,
      session.QueryOptional<RoundRow>(
          ReadRound,
          absl::StrCat("SELECT ", kRoundColumns, " FROM assessment_rounds r WHERE r.round_id = ?"),
          id));
  if (!round.has_value()) return round;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        std::string field = row.Get<std::string>(0);
        if (round->leads.empty() || round->leads.back().field != field) {
          round->leads.push_back({std::move(field), {}});
        }
        round->leads.back().units.push_back(row.Get<std::string>(1));
        return absl::OkStatus();
      },
      "SELECT field_code, unit_id FROM round_field_leads WHERE round_id = ? "
      "ORDER BY field_code, unit_id",
      id));
  return round;
}

absl::StatusOr<std::vector<RoundRow>> Store::ListRounds(db::Session& session,
                                                        const platform::VisibleUnits& visible,
                                                        const std::string& before_id, int limit) {
  std::vector<db::Value> values;
  std::string where = "TRUE";
  if (!visible.all) {
    where = InUnits("r.unit_id", visible.ids, values);
    absl::StrAppend(&where,
                    " OR EXISTS (SELECT 1 FROM assessments a WHERE a.round_id = r.round_id AND ",
                    InUnits("a.unit_id", visible.ids, values),
                    ") OR EXISTS (SELECT 1 FROM round_field_leads l WHERE l.round_id = r.round_id "
                    "AND ",
                    InUnits("l.unit_id", visible.ids, values), ")");
  }
  std::string after;
  if (!before_id.empty()) {
    after = " AND r.round_id < ?";
    values.push_back(db::ToValue(before_id));
  }
  return ReadAll<RoundRow>(
      session, ReadRound,
      absl::StrCat("SELECT ", kRoundColumns, " FROM assessment_rounds r WHERE (", where, ")", after,
                   " ORDER BY r.round_id DESC LIMIT ", limit),
      std::move(values));
}

absl::StatusOr<std::vector<std::string>> Store::UnitsOf(db::Session& session,
                                                        const std::string& round_id) {
  return session.QueryAll<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT unit_id FROM assessments WHERE round_id = ? ORDER BY unit_id", round_id);
}

absl::Status Store::InsertAssessments(db::Tx& tx, const std::vector<AssessmentRow>& rows) {
  for (const AssessmentRow& row : rows) {
    RETURN_IF_ERROR(tx.Execute(absl::StrCat("INSERT INTO assessments (", kAssessmentColumns,
                                            ") VALUES ", db::Placeholders(1, 10)),
                               row.id, row.round_id, row.unit_id, Name(row.state), row.last_entry,
                               row.returned, row.submitted_by, row.updated_at, row.row_version,
                               row.state_date)
                        .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<AssessmentRow>> Store::Get(db::Session& session,
                                                        const std::string& id) {
  return session.QueryOptional<AssessmentRow>(
      ReadAssessment,
      absl::StrCat("SELECT ", kAssessmentColumns, " FROM assessments WHERE assessment_id = ?"), id);
}

absl::StatusOr<std::optional<AssessmentRow>> Store::Lock(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<AssessmentRow>(
      ReadAssessment,
      absl::StrCat("SELECT ", kAssessmentColumns,
                   " FROM assessments WHERE assessment_id = ? FOR UPDATE"),
      id);
}

absl::Status Store::Update(db::Tx& tx, const AssessmentRow& row) {
  return tx
      .Execute(
          "UPDATE assessments SET state = ?, last_entry = ?, returned = ?, submitted_by = ?, "
          "updated_at = ?, row_version = ?, state_date = ? WHERE assessment_id = ?",
          Name(row.state), row.last_entry, row.returned, row.submitted_by, row.updated_at,
          row.row_version, row.state_date, row.id)
      .status();
}

absl::StatusOr<std::vector<AssessmentRow>> Store::List(db::Session& session, const Filter& filter) {
  std::vector<db::Value> values;
  std::string where = "TRUE";
  if (!filter.visible.all) {
    where = absl::StrCat("(", InUnits("unit_id", filter.visible.ids, values),
                         " OR round_id IN (SELECT l.round_id FROM round_field_leads l WHERE ",
                         InUnits("l.unit_id", filter.visible.ids, values), "))");
  }
  const auto also = [&](const char* condition, const std::string& value) {
    if (value.empty()) return;
    absl::StrAppend(&where, " AND ", condition);
    values.push_back(db::ToValue(value));
  };
  also("round_id = ?", filter.round_id);
  also("unit_id = ?", filter.unit_id);
  also("state = ?", filter.state.has_value() ? Name(*filter.state) : "");
  also("assessment_id > ?", filter.after_id);
  return ReadAll<AssessmentRow>(
      session, ReadAssessment,
      absl::StrCat("SELECT ", kAssessmentColumns, " FROM assessments WHERE ", where,
                   " ORDER BY assessment_id LIMIT ", filter.limit),
      std::move(values));
}

absl::StatusOr<std::vector<EntryRow>> Store::Entries(db::Session& session,
                                                     const std::string& assessment_id) {
  std::vector<EntryRow> entries;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) -> absl::Status {
        ASSIGN_OR_RETURN(EntryRow entry, ReadEntry(row));
        entries.push_back(std::move(entry));
        return absl::OkStatus();
      },
      "SELECT entry, criterion_code, layer, status, points, inputs, note, reason, actor, "
      "created_at, business_date FROM score_entries WHERE assessment_id = ? ORDER BY entry",
      assessment_id));
  size_t at = 0;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) -> absl::Status {
        const int32_t entry = row.Get<int32_t>(0);
        while (at < entries.size() && entries[at].score.entry < entry) ++at;
        if (at == entries.size() || entries[at].score.entry != entry) {
          return platform::Internal("evidence of a score that is not there");
        }
        entries[at].evidence.push_back({row.Get<std::string>(1), row.Get<std::string>(2),
                                        row.Get<std::string>(3), row.Get<std::string>(4)});
        return absl::OkStatus();
      },
      "SELECT entry, file_id, file_name, pages, sha256 FROM score_evidence "
      "WHERE assessment_id = ? ORDER BY entry, item",
      assessment_id));
  return entries;
}

absl::Status Store::InsertEntries(db::Tx& tx, const std::string& assessment_id,
                                  const std::vector<EntryRow>& entries) {
  for (const EntryRow& entry : entries) {
    const Score& score = entry.score;
    std::optional<std::string> points;
    if (score.status == criteria::ScoreStatus::kScored) points = numbers::ToExact(score.points);
    ASSIGN_OR_RETURN(const std::string inputs, InputsText(score.inputs));
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO score_entries (assessment_id, entry, criterion_code, layer, "
                   "status, points, inputs, note, reason, actor, created_at, business_date) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   assessment_id, score.entry, score.criterion, Name(score.layer),
                   Name(score.status), points, inputs, entry.note, entry.reason, entry.actor,
                   entry.created_at, entry.business_date)
            .status());
    for (size_t i = 0; i < entry.evidence.size(); ++i) {
      const EvidenceRow& evidence = entry.evidence[i];
      RETURN_IF_ERROR(
          tx.Execute("INSERT INTO score_evidence (assessment_id, entry, item, file_id, file_name, "
                     "pages, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)",
                     assessment_id, score.entry, i + 1, evidence.file_id, evidence.file_name,
                     evidence.pages, evidence.sha256)
              .status());
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> Store::ReadersOfEvidence(db::Session& session,
                                                                  const std::string& file_id) {
  std::vector<std::string> units;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        units.push_back(row.Get<std::string>(0));
        return absl::OkStatus();
      },
      "SELECT DISTINCT l.unit_id FROM assessments a "
      "JOIN round_field_leads l ON l.round_id = a.round_id "
      "WHERE a.assessment_id IN (SELECT assessment_id FROM score_evidence WHERE file_id = ? "
      "UNION SELECT assessment_id FROM explanation_evidence WHERE file_id = ?)",
      file_id, file_id));
  return units;
}

absl::StatusOr<Duties> Store::DutiesOf(db::Session& session, const std::string& unit_id,
                                       int32_t year, const std::string& actor) {
  Duties duties;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        (row.Get<std::string>(0) == Name(Side::kUnit) ? duties.for_unit : duties.as_judge) = true;
        return absl::OkStatus();
      },
      "SELECT DISTINCT d.side FROM assessments a "
      "JOIN assessment_rounds r ON r.round_id = a.round_id "
      "JOIN assessment_duties d ON d.assessment_id = a.assessment_id "
      "WHERE a.unit_id = ? AND r.year = ? AND d.actor = ?",
      unit_id, year, actor));
  return duties;
}

absl::Status Store::AddDuty(db::Tx& tx, const std::string& assessment_id, const std::string& actor,
                            Side side) {
  return tx
      .Execute("INSERT IGNORE INTO assessment_duties (assessment_id, actor, side) VALUES (?, ?, ?)",
               assessment_id, actor, Name(side))
      .status();
}

}  // namespace thidua::scoring::assessments
