// All SQL of pushing systems, their imports and chunks.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::scoring::dossiers {

struct ImportRow {
  std::string source_id;
  std::string import_id;
  int64_t next_sequence = 0;
  std::string chain;  // 32 bytes
  int64_t accepted = 0;
  int64_t unchanged = 0;
  int64_t superseded = 0;
  int64_t refused = 0;
  bool completed = false;
  absl::Time created_at;
  absl::Time updated_at;
};

struct ChunkRow {
  std::string content_sha256;  // 32 bytes, of the rows as sent
  std::string ack;             // serialized v1::ChunkAck
};

class ImportStore {
 public:
  // The id of the source with this subject, made when it is new, and its row locked until the end
  // of the transaction: pushes of one source follow one another.
  static absl::StatusOr<std::string> LockSource(db::Tx& tx, const std::string& subject,
                                                const std::string& new_id, absl::Time now);
  // "" when the subject has never pushed.
  static absl::StatusOr<std::string> FindSource(db::Session& session, const std::string& subject);

  static absl::StatusOr<std::optional<ImportRow>> Get(db::Session& session,
                                                      const std::string& source_id,
                                                      const std::string& import_id);
  static absl::Status Insert(db::Tx& tx, const ImportRow& row);
  static absl::Status Update(db::Tx& tx, const ImportRow& row);

  static absl::StatusOr<std::optional<ChunkRow>> GetChunk(db::Session& session,
                                                          const std::string& source_id,
                                                          const std::string& import_id,
                                                          int64_t sequence);
  static absl::Status InsertChunk(db::Tx& tx, const std::string& source_id,
                                  const std::string& import_id, int64_t sequence,
                                  const ChunkRow& chunk, absl::Time now);
};

}  // namespace thidua::scoring::dossiers
