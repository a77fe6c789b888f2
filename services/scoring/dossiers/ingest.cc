#include "scoring/dossiers/ingest.h"

#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "platform/feed/append.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/status_macros.h"
#include "scoring/dossiers/store.h"
#include "scoring/dossiers/units.h"
#include "scoring/dossiers/validate.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::scoring::dossiers {
namespace {

constexpr int kMaxErrors = 100;

// A dossier while the chunk is applied.
struct Working {
  DossierRecord record;
  bool exists = false;                  // in the table
  bool whole = false;                   // `dossier` holds its history too
  Dossier dossier;                      // states in event order
  std::optional<State> before;          // present state when the chunk began
  std::vector<HashedState> to_history;  // arrived or replaced by this chunk
};

class Chunk {
 public:
  Chunk(db::Tx& tx, const platform::Call& call, const platform::VisibleUnits& visible,
        const ChunkOrigin& origin, const Rows& rows, ReadThrough& units, v1::ChunkAck& ack)
      : tx_(tx),
        call_(call),
        visible_(visible),
        origin_(origin),
        rows_(rows),
        units_(units),
        ack_(ack) {}

  absl::Status Apply() {
    RETURN_IF_ERROR(ReadRows());
    RETURN_IF_ERROR(LoadHeld());
    std::string accepted_hashes;
    for (const auto& [index, read] : read_) Take(index, read, accepted_hashes);
    ack_.set_rows_sha256(platform::Sha256Hex(accepted_hashes));
    RETURN_IF_ERROR(WriteBack());
    return WriteEvent();
  }

 private:
  void Refuse(int index, const RowIssue& issue) {
    ack_.set_refused(ack_.refused() + 1);
    if (ack_.errors_size() >= kMaxErrors) return;
    v1::RowError& error = *ack_.add_errors();
    error.set_row_index(index);
    error.set_dossier_code(rows_[index].dossier_code().substr(0, 64));
    error.set_field(issue.field);
    error.set_reason(issue.reason);
    error.set_text_vi(issue.vi);
    error.set_text_en(issue.en);
  }

  // Form, unit and right of every row; what is left is in read_.
  absl::Status ReadRows() {
    UnitResolver units(tx_);
    for (int i = 0; i < rows_.size(); ++i) {
      std::variant<ReadRow, RowIssue> row = ReadOneRow(rows_[i], call_.business_today());
      if (std::holds_alternative<RowIssue>(row)) {
        Refuse(i, std::get<RowIssue>(row));
        continue;
      }
      ReadRow& read = std::get<ReadRow>(row);
      State& state = read.hashed.state;
      ASSIGN_OR_RETURN(const UnitAnswer unit, units.Resolve(state.unit_code, state.received));
      if (unit.issue.has_value()) {
        Refuse(i, *unit.issue);
        continue;
      }
      if (!visible_.Contains(unit.unit_id)) {
        Refuse(i, {"unit_code", "UNIT_NOT_GRANTED", "Không có quyền gửi hồ sơ của đơn vị này",
                   "No right to push dossiers of this unit"});
        continue;
      }
      state.unit_id = unit.unit_id;
      read_.emplace_back(i, std::move(read));
    }
    return units.missed() ? units_.OnMiss() : absl::OkStatus();
  }

  // Present states of all codes, and the whole history of those that may change.
  absl::Status LoadHeld() {
    std::set<std::string> codes;
    for (const auto& [index, read] : read_) codes.insert(read.dossier_code);
    ASSIGN_OR_RETURN(std::vector<DossierRecord> held,
                     Store::Find(tx_, origin_.source_id, {codes.begin(), codes.end()}));
    for (DossierRecord& record : held) {
      Working& working = working_[record.dossier_code];
      working.exists = true;
      working.before = record.present.state;
      working.whole = record.states == 1;
      working.dossier = Dossier({record.present});
      working.record = std::move(record);
    }
    std::map<std::string, Working*> by_id;
    for (const auto& [index, read] : read_) {
      const auto found = working_.find(read.dossier_code);
      if (found == working_.end() || found->second.whole || SameAsPresent(found->second, read)) {
        continue;
      }
      by_id[found->second.record.id] = &found->second;
    }
    std::vector<std::string> ids;
    ids.reserve(by_id.size());
    for (const auto& entry : by_id) ids.push_back(entry.first);
    ASSIGN_OR_RETURN(std::vector<HistoryRecord> history, Store::History(tx_, ids));
    std::map<std::string, std::vector<HashedState>> states;
    for (HistoryRecord& record : history) {
      states[record.dossier_id].push_back(std::move(record.state));
    }
    for (auto& [id, earlier] : states) {
      Working& working = *by_id[id];
      earlier.push_back(working.dossier.present());
      working.dossier = Dossier(std::move(earlier));
      working.whole = true;
    }
    return absl::OkStatus();
  }

  static bool SameAsPresent(const Working& working, const ReadRow& read) {
    return working.dossier.present().content_sha256 == read.hashed.content_sha256;
  }

  void Take(int index, const ReadRow& read, std::string& accepted_hashes) {
    Working& working = working_[read.dossier_code];
    if (working.exists && !working.whole && SameAsPresent(working, read)) {
      ack_.set_unchanged(ack_.unchanged() + 1);
      return;
    }
    std::optional<HashedState> replaced;
    if (!working.dossier.empty()) replaced = working.dossier.present();
    switch (working.dossier.Offer(read.hashed)) {
      case Verdict::kUnchanged:
        ack_.set_unchanged(ack_.unchanged() + 1);
        return;
      case Verdict::kConflict:
        Refuse(index, {"event_time", "EVENT_CONFLICT",
                       "Đã nhận một nội dung khác với cùng thời điểm và phiên bản; gửi lại với "
                       "event_version lớn hơn",
                       "Another content was taken under this event time and version; send it with "
                       "a greater event_version"});
        return;
      case Verdict::kSuperseded: {
        ack_.set_superseded(ack_.superseded() + 1);
        HashedState late = read.hashed;
        late.arrived_late = true;
        working.to_history.push_back(std::move(late));
        break;
      }
      case Verdict::kAccepted:
        ack_.set_accepted(ack_.accepted() + 1);
        ++changed_by_unit_[read.hashed.state.unit_id];
        if (replaced.has_value()) working.to_history.push_back(*std::move(replaced));
        break;
    }
    changed_.insert(read.dossier_code);
    accepted_hashes += read.hashed.content_sha256;
  }

  absl::Status WriteBack() {
    std::vector<DossierRecord> records;
    std::vector<HistoryRecord> history;
    Summary changes;
    for (const std::string& code : changed_) {
      Working& working = working_[code];
      DossierRecord& record = working.record;
      if (!working.exists) {
        record.id = platform::NewId(call_.machine_now());
        record.source_id = origin_.source_id;
        record.dossier_code = code;
      }
      record.present = working.dossier.present();
      record.flags = working.dossier.flags();
      record.states = static_cast<int32_t>(working.dossier.states().size());
      record.updated_at = call_.machine_now();
      if (working.before.has_value()) Count(*working.before, -1, changes);
      Count(record.present.state, 1, changes);
      for (HashedState& state : working.to_history) {
        history.push_back({record.id, std::move(state), call_.machine_now()});
      }
      records.push_back(record);
    }
    RETURN_IF_ERROR(Store::Upsert(tx_, records));
    RETURN_IF_ERROR(Store::InsertHistory(tx_, history));
    return Store::AddToSummary(tx_, changes);
  }

  absl::Status WriteEvent() {
    v1::DossierChunkAccepted event;
    event.set_source(call_.principal().subject);
    event.set_import_id(origin_.import_id);
    event.set_sequence(origin_.sequence);
    for (const auto& [unit, count] : changed_by_unit_) {
      (*event.mutable_changed_by_unit())[unit] = count;
    }
    event.set_unchanged(ack_.unchanged());
    event.set_superseded(ack_.superseded());
    event.set_refused(ack_.refused());
    event.set_rows_sha256(ack_.rows_sha256());
    feed::Draft draft;
    draft.aggregate_type = "dossier_import";
    draft.aggregate_id = absl::StrCat(origin_.source_id, "/", origin_.import_id);
    draft.aggregate_version = origin_.sequence + 1;
    draft.payload = &event;
    return feed::Append(tx_, call_, draft);
  }

  db::Tx& tx_;
  const platform::Call& call_;
  const platform::VisibleUnits& visible_;
  const ChunkOrigin& origin_;
  const Rows& rows_;
  ReadThrough& units_;
  v1::ChunkAck& ack_;
  std::vector<std::pair<int, ReadRow>> read_;
  std::map<std::string, Working> working_;
  std::set<std::string> changed_;  // codes
  std::map<std::string, int32_t> changed_by_unit_;
};

}  // namespace

absl::Status ApplyChunk(db::Tx& tx, const platform::Call& call,
                        const platform::VisibleUnits& visible, const ChunkOrigin& origin,
                        const Rows& rows, ReadThrough& units, v1::ChunkAck& ack) {
  return Chunk(tx, call, visible, origin, rows, units, ack).Apply();
}

std::string HashOfRows(const Rows& rows) {
  v1::PushChunk chunk;
  *chunk.mutable_rows() = rows;
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    chunk.SerializeToCodedStream(&coded);
  }
  return platform::Sha256(bytes);
}

}  // namespace thidua::scoring::dossiers
