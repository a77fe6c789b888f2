// All SQL of surveys and their results.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::scoring::surveys {

struct SurveyRow {
  std::string id;
  std::string unit_id;  // the organiser
  std::string kind;
  int32_t year = 0;
  std::string title;
  absl::CivilDay period_start;
  absl::CivilDay period_end;
  std::string scale;
  std::string document_number;
  std::optional<absl::CivilDay> document_date;
  std::string document_issuer;
  std::string document_subject;
  std::string source_note;
  std::string state;  // DRAFT, PUBLISHED, SUPERSEDED
  std::optional<std::string> corrects;
  std::string correction_reason;
  std::optional<std::string> superseded_by;
  int32_t unit_count = 0;
  int64_t respondent_count = 0;
  std::string file_sha256;  // "" before the first file
  absl::Time created_at;
  std::optional<absl::CivilDay> publish_date;
  int64_t row_version = 1;
};

struct ResultRow {
  std::string unit_id;
  int32_t forms_sent = 0;
  int32_t respondents = 0;
  std::string index_percent;  // a decimal as in the file
};

// What a published survey that counts says of one unit.
struct Found {
  std::string organiser_id;
  int32_t respondents = 0;
  std::string index_percent;
};

class Store {
 public:
  static absl::Status Insert(db::Tx& tx, const SurveyRow& row);
  // Writes state, counts, hash and what follows from them.
  static absl::Status Update(db::Tx& tx, const SurveyRow& row);
  static absl::StatusOr<std::optional<SurveyRow>> Get(db::Session& session, const std::string& id);
  static absl::StatusOr<std::optional<SurveyRow>> Lock(db::Tx& tx, const std::string& id);
  // The published one of unit, kind and year that counts, locked.
  static absl::StatusOr<std::optional<SurveyRow>> LockCurrent(db::Tx& tx, const SurveyRow& like);
  struct Filter {
    std::string unit_id;  // "" = any
    std::string kind;     // "" = any
    int32_t year = 0;     // 0 = any
  };
  // Newest first, before the id ("" = from the newest).
  static absl::StatusOr<std::vector<SurveyRow>> List(db::Session& session, const Filter& filter,
                                                     const std::string& before_id, int limit);

  static absl::Status ReplaceResults(db::Tx& tx, const std::string& survey_id,
                                     const std::vector<ResultRow>& results);
  // In order of unit id.
  static absl::StatusOr<std::vector<ResultRow>> Results(db::Session& session,
                                                        const std::string& survey_id);
  // What the surveys of kind and year that count say of the unit, in order of survey id.
  static absl::StatusOr<std::vector<Found>> About(db::Session& session, const std::string& kind,
                                                  int32_t year, const std::string& unit_id);
};

}  // namespace thidua::scoring::surveys
