// All SQL of registers and their figures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::scoring::registers {

struct RegisterRow {
  std::string id;
  std::string unit_id;  // who vouches for it
  std::string kind;     // VIOLATIONS, ONE_STOP_PROCEDURES, PETITIONS, WRONG_DOSSIERS
  int32_t year = 0;
  std::string document_number;
  absl::CivilDay document_date;
  std::string document_issuer;
  std::string source_note;
  std::optional<std::string> corrects;
  std::string correction_reason;
  std::optional<std::string> superseded_by;
  int32_t unit_count = 0;
  std::string file_sha256;
  absl::Time created_at;
  absl::CivilDay publish_date;
};

struct FiguresRow {
  std::string unit_id;
  int64_t total = 0;
  int64_t counted = 0;
};

// What a register that counts says of one unit.
struct Found {
  std::string organiser_id;
  int64_t total = 0;
  int64_t counted = 0;
};

class Store {
 public:
  static absl::Status Insert(db::Tx& tx, const RegisterRow& row,
                             const std::vector<FiguresRow>& figures);
  static absl::Status Supersede(db::Tx& tx, const std::string& id, const std::string& by);
  static absl::StatusOr<std::optional<RegisterRow>> Get(db::Session& session,
                                                        const std::string& id);
  // The one of unit, kind and year that counts, locked.
  static absl::StatusOr<std::optional<RegisterRow>> LockCurrent(db::Tx& tx,
                                                                const RegisterRow& like);
  struct Filter {
    std::string unit_id;  // "" = any
    std::string kind;     // "" = any
    int32_t year = 0;     // 0 = any
  };
  // Newest first, before the id ("" = from the newest).
  static absl::StatusOr<std::vector<RegisterRow>> List(db::Session& session, const Filter& filter,
                                                       const std::string& before_id, int limit);
  // In order of unit id.
  static absl::StatusOr<std::vector<FiguresRow>> Figures(db::Session& session,
                                                         const std::string& register_id);
  // What the registers of kind and year that count say of the unit, in order of register id.
  static absl::StatusOr<std::vector<Found>> About(db::Session& session, const std::string& kind,
                                                  int32_t year, const std::string& unit_id);
};

}  // namespace thidua::scoring::registers
