#include "scoring/dossiers/store_imports.h"

#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::scoring::dossiers {

absl::StatusOr<std::string> ImportStore::LockSource(db::Tx& tx, const std::string& subject,
                                                    const std::string& new_id, absl::Time now) {
  // Leaves an existing row as it is, but locks it.
  RETURN_IF_ERROR(tx.Execute("INSERT INTO dossier_sources (source_id, subject, created_at) "
                             "VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE subject = VALUES(subject)",
                             new_id, subject, now)
                      .status());
  ASSIGN_OR_RETURN(const std::string id, FindSource(tx, subject));
  if (id.empty()) return platform::Internal("a source that was written is not there");
  return id;
}

absl::StatusOr<std::string> ImportStore::FindSource(db::Session& session,
                                                    const std::string& subject) {
  ASSIGN_OR_RETURN(const std::optional<std::string> id,
                   session.QueryOptional<std::string>(
                       [](const db::Row& row) { return row.Get<std::string>(0); },
                       "SELECT source_id FROM dossier_sources WHERE subject = ?", subject));
  return id.value_or("");
}

absl::StatusOr<std::optional<ImportRow>> ImportStore::Get(db::Session& session,
                                                          const std::string& source_id,
                                                          const std::string& import_id) {
  return session.QueryOptional<ImportRow>(
      [](const db::Row& row) {
        ImportRow import;
        import.source_id = row.Get<std::string>(0);
        import.import_id = row.Get<std::string>(1);
        import.next_sequence = row.Get<int64_t>(2);
        import.chain = row.Get<std::string>(3);
        import.accepted = row.Get<int64_t>(4);
        import.unchanged = row.Get<int64_t>(5);
        import.superseded = row.Get<int64_t>(6);
        import.refused = row.Get<int64_t>(7);
        import.completed = row.Get<bool>(8);
        import.created_at = row.Get<absl::Time>(9);
        import.updated_at = row.Get<absl::Time>(10);
        return import;
      },
      "SELECT source_id, import_id, next_sequence, chain, accepted, unchanged, superseded, "
      "refused, completed, created_at, updated_at FROM dossier_imports "
      "WHERE source_id = ? AND import_id = ?",
      source_id, import_id);
}

absl::Status ImportStore::Insert(db::Tx& tx, const ImportRow& row) {
  return tx
      .Execute(
          "INSERT INTO dossier_imports (source_id, import_id, next_sequence, chain, accepted, "
          "unchanged, superseded, refused, completed, created_at, updated_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          row.source_id, row.import_id, row.next_sequence, row.chain, row.accepted, row.unchanged,
          row.superseded, row.refused, row.completed, row.created_at, row.updated_at)
      .status();
}

absl::Status ImportStore::Update(db::Tx& tx, const ImportRow& row) {
  return tx
      .Execute(
          "UPDATE dossier_imports SET next_sequence = ?, chain = ?, accepted = ?, unchanged = ?, "
          "superseded = ?, refused = ?, completed = ?, updated_at = ? "
          "WHERE source_id = ? AND import_id = ?",
          row.next_sequence, row.chain, row.accepted, row.unchanged, row.superseded, row.refused,
          row.completed, row.updated_at, row.source_id, row.import_id)
      .status();
}

absl::StatusOr<std::optional<ChunkRow>> ImportStore::GetChunk(db::Session& session,
                                                              const std::string& source_id,
                                                              const std::string& import_id,
                                                              int64_t sequence) {
  return session.QueryOptional<ChunkRow>(
      [](const db::Row& row) {
        return ChunkRow{row.Get<std::string>(0), row.Get<std::string>(1)};
      },
      "SELECT content_sha256, ack FROM dossier_chunks "
      "WHERE source_id = ? AND import_id = ? AND sequence = ?",
      source_id, import_id, sequence);
}

absl::Status ImportStore::InsertChunk(db::Tx& tx, const std::string& source_id,
                                      const std::string& import_id, int64_t sequence,
                                      const ChunkRow& chunk, absl::Time now) {
  return tx
      .Execute(
          "INSERT INTO dossier_chunks (source_id, import_id, sequence, content_sha256, ack, "
          "taken_at) VALUES (?, ?, ?, ?, ?, ?)",
          source_id, import_id, sequence, chunk.content_sha256, chunk.ack, now)
      .status();
}

}  // namespace thidua::scoring::dossiers
