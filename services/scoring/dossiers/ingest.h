// Taking one chunk of rows inside a transaction: validation, units, rights, states, history,
// counts, event. The same code serves the stream, the batch rpc and the CSV file.
#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "scoring/dossiers/read_through.h"
#include "thidua/scoring/v1/dossier_service.pb.h"

namespace thidua::scoring::dossiers {

struct ChunkOrigin {
  std::string source_id;  // locked (ImportStore::LockSource)
  std::string import_id;  // in the event
  int64_t sequence = 0;
};

using Rows = google::protobuf::RepeatedPtrField<v1::DossierRow>;

// To be run by `units`. Applies the rows and writes the chunk's event; fills counts, errors and
// rows_sha256 of `ack`. Rows are refused one by one; an error means that nothing may be committed.
// `visible` are the units at which the caller may push.
absl::Status ApplyChunk(db::Tx& tx, const platform::Call& call,
                        const platform::VisibleUnits& visible, const ChunkOrigin& origin,
                        const Rows& rows, ReadThrough& units, v1::ChunkAck& ack);

// SHA-256 (32 bytes) of rows as sent.
std::string HashOfRows(const Rows& rows);

}  // namespace thidua::scoring::dossiers
