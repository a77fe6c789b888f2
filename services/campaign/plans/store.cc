#include "campaign/plans/store.h"

#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

constexpr char kColumns[] =
    "SELECT p.plan_id, p.issuer_id, p.state, p.number, p.symbol, p.issue_year, p.issue_date, "
    "p.parent_plan_id, "
    "p.start_date, p.end_date, p.launch_date, p.document, p.row_version, "
    "(SELECT COUNT(*) FROM plan_participants x WHERE x.plan_id = p.plan_id), "
    "p.participant_person_count FROM plans p";

PlanRow ReadPlan(const db::Row& row) {
  PlanRow plan;
  plan.id = row.Get<std::string>(0);
  plan.issuer_id = row.Get<std::string>(1);
  plan.state = StateFrom(row.Get<std::string>(2)).value_or(State::kDraft);
  plan.number = row.Get<std::optional<std::string>>(3);
  plan.symbol = row.Get<std::optional<std::string>>(4);
  if (const auto year = row.Get<std::optional<int64_t>>(5))
    plan.issue_year = static_cast<int>(*year);
  plan.issue_date = row.Get<std::optional<absl::CivilDay>>(6);
  plan.parent_plan_id = row.Get<std::optional<std::string>>(7);
  plan.start_date = row.Get<std::optional<absl::CivilDay>>(8);
  plan.end_date = row.Get<std::optional<absl::CivilDay>>(9);
  plan.launch_date = row.Get<std::optional<absl::CivilDay>>(10);
  plan.document = row.Get<std::string>(11);
  plan.row_version = row.Get<int64_t>(12);
  plan.participant_count = static_cast<int>(row.Get<int64_t>(13));
  plan.person_count = row.Get<std::optional<int32_t>>(14);
  return plan;
}

absl::Status NumberTaken(absl::Status status, const PlanRow& plan) {
  if (platform::ReasonOf(status) != "DUPLICATE_KEY") return status;
  return platform::AlreadyExists(
      "PLAN_NUMBER_TAKEN",
      {"cơ quan này đã có kế hoạch cùng số, ký hiệu và năm",
       "the issuer has a plan with this number, symbol and year already"},
      {{"number", plan.number.value_or("") + "/" + plan.symbol.value_or("")},
       {"year", std::to_string(plan.issue_year.value_or(0))}});
}

}  // namespace

absl::StatusOr<std::optional<PlanRow>> FindPlan(db::Session& session, const std::string& id) {
  return session.QueryOptional<PlanRow>(ReadPlan, std::string(kColumns) + " WHERE p.plan_id = ?",
                                        id);
}

absl::StatusOr<std::optional<PlanRow>> LockPlan(db::Tx& tx, const std::string& id) {
  RETURN_IF_ERROR(tx.Query([](const db::Row&) { return absl::OkStatus(); },
                           "SELECT plan_id FROM plans WHERE plan_id = ? FOR UPDATE", id));
  return FindPlan(tx, id);
}

absl::Status InsertPlan(db::Tx& tx, const PlanRow& plan, absl::Time now) {
  return NumberTaken(
      tx.Execute(
            "INSERT INTO plans (plan_id, issuer_id, state, number, symbol, issue_year, issue_date, "
            "parent_plan_id, start_date, end_date, launch_date, document, row_version, created_at, "
            "updated_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
            plan.id, plan.issuer_id, TextOf(plan.state), plan.number, plan.symbol, plan.issue_year,
            plan.issue_date, plan.parent_plan_id, plan.start_date, plan.end_date, plan.launch_date,
            plan.document, now, now)
          .status(),
      plan);
}

absl::Status ReplacePlan(db::Tx& tx, const PlanRow& plan, absl::Time now) {
  return NumberTaken(
      tx.Execute(
            "UPDATE plans SET state = ?, number = ?, symbol = ?, issue_year = ?, issue_date = ?, "
            "parent_plan_id = ?, start_date = ?, end_date = ?, launch_date = ?, document = ?, "
            "participant_person_count = ?, row_version = row_version + 1, updated_at = ? WHERE "
            "plan_id = ?",
            TextOf(plan.state), plan.number, plan.symbol, plan.issue_year, plan.issue_date,
            plan.parent_plan_id, plan.start_date, plan.end_date, plan.launch_date, plan.document,
            plan.person_count, now, plan.id)
          .status(),
      plan);
}

absl::StatusOr<std::vector<PlanRow>> ListPlans(db::Session& session, const PlanFilter& filter,
                                               const std::string& after, int limit) {
  std::string sql = std::string(kColumns) + " WHERE p.plan_id > ?";
  std::vector<db::Value> values = {db::ToValue(after)};
  const auto where = [&](const char* condition, const std::string& value) {
    if (value.empty()) return;
    sql += condition;
    values.push_back(db::ToValue(value));
  };
  where(" AND p.issuer_id = ?", filter.issuer_id);
  where(" AND p.state = ?", filter.state);
  where(" AND p.number = ?", filter.number);
  where(" AND p.symbol = ?", filter.symbol);
  where(" AND p.parent_plan_id = ?", filter.parent_plan_id);
  if (filter.year != 0) {
    sql += " AND p.issue_year = ?";
    values.push_back(db::ToValue(filter.year));
  }
  sql += " ORDER BY p.plan_id LIMIT ?";
  values.push_back(db::ToValue(limit));
  std::vector<PlanRow> plans;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        plans.push_back(ReadPlan(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return plans;
}

absl::Status InsertParticipant(db::Tx& tx, const std::string& plan_id,
                               const Participant& participant) {
  return tx
      .Execute(
          "INSERT INTO plan_participants (plan_id, unit_id, display_name, type) VALUES (?, ?, ?, "
          "?)",
          plan_id, participant.unit_id, participant.display_name, participant.type)
      .status();
}

absl::StatusOr<std::vector<Participant>> Participants(db::Session& session,
                                                      const std::string& plan_id,
                                                      const std::string& after, int limit) {
  return session.QueryAll<Participant>(
      [](const db::Row& row) {
        return Participant{row.Get<std::string>(0), row.Get<std::string>(1),
                           row.Get<std::string>(2)};
      },
      "SELECT unit_id, display_name, type FROM plan_participants WHERE plan_id = ? AND unit_id > ? "
      "ORDER BY unit_id LIMIT ?",
      plan_id, after, limit);
}

absl::StatusOr<bool> IsParticipant(db::Session& session, const std::string& plan_id,
                                   const std::string& unit_id) {
  ASSIGN_OR_RETURN(const std::optional<std::string> found,
                   session.QueryOptional<std::string>(
                       [](const db::Row& row) { return row.Get<std::string>(0); },
                       "SELECT unit_id FROM plan_participants WHERE plan_id = ? AND unit_id = ?",
                       plan_id, unit_id));
  return found.has_value();
}

absl::Status InsertAcknowledgement(db::Tx& tx, const std::string& plan_id,
                                   const Acknowledgement& one) {
  absl::Status inserted =
      tx.Execute(
            "INSERT INTO plan_acknowledgements (plan_id, unit_id, acknowledge_date, actor, note) "
            "VALUES (?, ?, ?, ?, ?)",
            plan_id, one.unit_id, one.date, one.actor, one.note)
          .status();
  if (platform::ReasonOf(inserted) != "DUPLICATE_KEY") return inserted;
  return platform::AlreadyExists(
      "ACKNOWLEDGED",
      {"đơn vị đã xác nhận quán triệt kế hoạch này", "the unit has acknowledged this plan already"},
      {{"unit", one.unit_id}});
}

absl::StatusOr<std::vector<Acknowledgement>> Acknowledgements(db::Session& session,
                                                              const std::string& plan_id,
                                                              const std::string& after, int limit) {
  return session.QueryAll<Acknowledgement>(
      [](const db::Row& row) {
        return Acknowledgement{row.Get<std::string>(0), row.Get<absl::CivilDay>(1),
                               row.Get<std::string>(2), row.Get<std::string>(3)};
      },
      "SELECT unit_id, acknowledge_date, actor, note FROM plan_acknowledgements WHERE plan_id = ? "
      "AND unit_id > ? "
      "ORDER BY unit_id LIMIT ?",
      plan_id, after, limit);
}

absl::StatusOr<std::vector<Acknowledging>> WhoAcknowledged(db::Session& session,
                                                           const std::string& plan_id,
                                                           absl::CivilDay as_of,
                                                           std::optional<bool> acknowledged,
                                                           const std::string& after, int limit) {
  std::string sql =
      "SELECT x.unit_id, x.display_name, a.acknowledge_date FROM plan_participants x "
      "LEFT JOIN plan_acknowledgements a ON a.plan_id = x.plan_id AND a.unit_id = x.unit_id "
      "AND a.acknowledge_date <= ? WHERE x.plan_id = ? AND x.unit_id > ?";
  if (acknowledged) sql += *acknowledged ? " AND a.unit_id IS NOT NULL" : " AND a.unit_id IS NULL";
  return session.QueryAll<Acknowledging>(
      [](const db::Row& row) {
        return Acknowledging{row.Get<std::string>(0), row.Get<std::string>(1),
                             row.Get<std::optional<absl::CivilDay>>(2)};
      },
      sql + " ORDER BY x.unit_id LIMIT ?", as_of, plan_id, after, limit);
}

absl::StatusOr<int64_t> CountAcknowledged(db::Session& session, const std::string& plan_id,
                                          absl::CivilDay as_of) {
  ASSIGN_OR_RETURN(const std::optional<int64_t> count,
                   session.QueryOptional<int64_t>(
                       [](const db::Row& row) { return row.Get<int64_t>(0); },
                       "SELECT COUNT(*) FROM plan_acknowledgements WHERE plan_id = ? AND "
                       "acknowledge_date <= ?",
                       plan_id, as_of));
  return count.value_or(0);
}

absl::StatusOr<std::map<std::string, Template>> LoadTemplates(db::Session& session) {
  std::map<std::string, Template> templates;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        Template one;
        one.code = row.Get<std::string>(0);
        one.title = row.Get<std::string>(1);
        one.legal_basis = row.Get<std::string>(2);
        one.valid_from = row.Get<std::optional<absl::CivilDay>>(3);
        one.valid_to = row.Get<std::optional<absl::CivilDay>>(4);
        one.replaces = row.Get<std::string>(5);
        one.source_note = row.Get<std::string>(6);
        templates[one.code] = one;
        return absl::OkStatus();
      },
      "SELECT template_code, title, legal_basis, valid_from, valid_to, COALESCE(replaces, ''), "
      "source_note FROM award_templates"));
  return templates;
}

}  // namespace thidua::campaign::plans
