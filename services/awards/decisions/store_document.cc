#include "awards/decisions/store_document.h"

#include <optional>

#include "platform/clock.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::awards::decisions {

absl::StatusOr<PrizeFigures> ReadFigures(db::Session& session) {
  PrizeFigures figures;
  ASSIGN_OR_RETURN(figures.salaries, session.QueryAll<BaseSalary>(
                                         [](const db::Row& row) {
                                           return BaseSalary{
                                               row.Get<absl::CivilDay>(0), row.Get<int64_t>(1),
                                               row.Get<std::string>(2), row.Get<bool>(3)};
                                         },
                                         "SELECT valid_from, vnd_per_month, legal_basis, verified "
                                         "FROM base_salaries ORDER BY valid_from"));
  ASSIGN_OR_RETURN(
      figures.coefficients,
      session.QueryAll<Coefficient>(
          [](const db::Row& row) {
            return Coefficient{row.Get<std::string>(0),
                               SubjectNamed(row.Get<std::string>(1)).value_or(Subject::kCollective),
                               row.Get<std::string>(2),
                               row.Get<absl::CivilDay>(3),
                               row.Get<std::optional<absl::CivilDay>>(4),
                               row.Get<int64_t>(5),
                               row.Get<std::string>(6),
                               row.Get<bool>(7)};
          },
          "SELECT award_form, subject, award_level, valid_from, valid_to, thousandths, "
          "legal_basis, verified FROM prize_coefficients "
          "ORDER BY award_form, subject, award_level, valid_from"));
  return figures;
}

absl::StatusOr<std::vector<PaidBefore>> PaidByPlan(db::Session& session,
                                                   const std::string& plan_id) {
  return session.QueryAll<PaidBefore>(
      [](const db::Row& row) {
        return PaidBefore{row.Get<std::string>(0), row.Get<std::string>(1), row.Get<int32_t>(2)};
      },
      "SELECT a.nomination_id, IF(a.person_id = '', a.unit_id, a.person_id), n.ranking_year "
      "FROM decisions d JOIN decision_awards a ON a.decision_id = d.decision_id "
      "JOIN nominations n ON n.nomination_id = a.nomination_id "
      "WHERE d.plan_id = ? AND d.state = 'ISSUED' AND a.prize_vnd > 0 "
      "AND NOT EXISTS (SELECT 1 FROM certificates c WHERE c.nomination_id = a.nomination_id "
      "AND c.state = 'REVOKED') "
      "ORDER BY d.issue_date, d.decision_id, a.ordinal",
      plan_id);
}

absl::StatusOr<std::vector<std::string>> LawsOn(db::Session& session, absl::CivilDay day) {
  return session.QueryAll<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT citation FROM emulation_laws WHERE valid_from <= ? AND "
      "(valid_to IS NULL OR valid_to >= ?) ORDER BY ordinal, law_id",
      day, day);
}

absl::StatusOr<std::vector<Meeting>> MeetingsOf(db::Session& session,
                                                const std::string& decision_id) {
  return session.QueryAll<Meeting>(
      [](const db::Row& row) {
        return Meeting{row.Get<std::string>(0), row.Get<absl::CivilDay>(1)};
      },
      "SELECT DISTINCT c.title, b.meeting_date FROM decision_awards a "
      "JOIN ballots b ON b.nomination_id = a.nomination_id AND b.state = 'CLOSED' "
      "JOIN councils c ON c.council_id = b.council_id "
      "WHERE a.decision_id = ? AND b.meeting_date IS NOT NULL ORDER BY b.meeting_date, c.title",
      decision_id);
}

absl::StatusOr<PlanWords> PlanWordsOf(db::Session& session, const std::string& plan_id) {
  ASSIGN_OR_RETURN(
      const std::optional<std::string> json,
      session.QueryOptional<std::string>([](const db::Row& row) { return row.Get<std::string>(0); },
                                         "SELECT payload FROM plans WHERE plan_id = ?", plan_id));
  if (!json) return platform::Internal("a decision's plan is not there");
  campaign::v1::PlanLaunched payload;
  RETURN_IF_ERROR(platform::FromJson(*json, &payload));
  PlanWords words{payload.number(), payload.title(), std::nullopt, payload.unit_id(),
                  payload.coordinator_unit_id()};
  if (!payload.issue_date().empty()) {
    ASSIGN_OR_RETURN(words.day, platform::ParseDate(payload.issue_date(), "issue_date"));
  }
  return words;
}

}  // namespace thidua::awards::decisions
