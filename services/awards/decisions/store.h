// Decisions and their lists in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/decisions/rules.h"
#include "awards/decisions/rules_document.h"
#include "awards/decisions/rules_prizes.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/paging.h"

namespace thidua::awards::decisions {

struct AwardRow {
  std::string nomination_id;
  std::string unit_id;
  std::string unit_name;
  std::string award_form;
  Subject subject = Subject::kCollective;
  int year = 0;  // of the achievement; read only
  // None before the issue or when the decision says nothing of money; its withdrawal is read only.
  std::optional<Prize> prize;
  std::string certificate_id;    // "" before the issue; read only
  std::string certificate_code;  // "" before the issue; read only
  // "" when it is the unit itself.
  std::string person_id;
  std::string person_name;
  std::string person_position;
};

struct DecisionRow {
  std::string id;
  std::string plan_id;
  std::string unit_id;
  State state = State::kDraft;
  std::string awarding_authority;
  std::string citation;
  std::string place;
  std::vector<AwardRow> awards;
  std::string number;
  std::string number_key;  // write only
  std::optional<absl::CivilDay> issue_date;
  std::optional<Signature> signature;
  std::string unknown_standards_reason;
  std::string cancel_reason;
  Text text;                // as given while a draft, complete once issued
  std::string fund_source;  // "": the decision says nothing about money
  std::string unverified_prizes_reason;
  std::optional<int64_t> prize_total_vnd;  // as issued, whatever was withdrawn since
  std::string pdf_file_id;                 // "" before the issue
  int64_t pdf_size_bytes = 0;
  std::string pdf_sha256;
  std::string quota_override_reason;
  absl::Time created_at;
  int64_t row_version = 1;
};

// ALREADY_EXISTS DUPLICATE_KEY "decision_awards_live" when a nomination is in another decision.
absl::Status InsertDecision(db::Tx& tx, const DecisionRow& row);
// Writes what the issue adds, names, words and prizes included; ALREADY_EXISTS DUPLICATE_KEY
// "decisions_number" when the issuer has used the number in that year.
absl::Status SetIssued(db::Tx& tx, const DecisionRow& row);
// Writes where the PDF is kept.
absl::Status SetDocument(db::Tx& tx, const DecisionRow& row);
// Also frees the nominations.
absl::Status SetCancelled(db::Tx& tx, const DecisionRow& row);
absl::StatusOr<std::optional<DecisionRow>> LockDecision(db::Tx& tx, const std::string& id);
absl::StatusOr<std::optional<DecisionRow>> ReadDecision(db::Session& session,
                                                        const std::string& id);
// Oldest first; one more than the page's size when there is more. Empty filters mean all.
absl::StatusOr<std::vector<DecisionRow>> ListDecisions(db::Session& session,
                                                       const platform::VisibleUnits& visible,
                                                       const std::string& plan_id,
                                                       const std::string& number,
                                                       const platform::Page& page);

}  // namespace thidua::awards::decisions
