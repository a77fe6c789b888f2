#include "scoring/dossiers/push_session.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/dossiers/convert.h"
#include "scoring/dossiers/ingest.h"
#include "scoring/dossiers/resume_token.h"
#include "scoring/dossiers/store_imports.h"
#include "scoring/dossiers/validate.h"

namespace thidua::scoring::dossiers {
namespace {

using platform::Call;

absl::Status Expected(const char* vi, const char* en) {
  return platform::InvalidField("kind", "MESSAGE_OUT_OF_ORDER", {vi, en});
}

class PushSession final
    : public platform::ChunkSession<v1::PushDossiersRequest, v1::PushDossiersResponse> {
 public:
  PushSession(db::Pool& pool, feed::Consumer* campaign) : pool_(pool), campaign_(campaign) {}

  absl::Status OnMessage(const Call& call, const v1::PushDossiersRequest& message,
                         v1::PushDossiersResponse& answer) override {
    switch (message.kind_case()) {
      case v1::PushDossiersRequest::kHeader:
        if (!import_id_.empty()) {
          return Expected("Tiêu đề chỉ gửi một lần", "The header is sent once");
        }
        return Open(call, message.header(), *answer.mutable_opened());
      case v1::PushDossiersRequest::kChunk:
        if (import_id_.empty()) {
          return Expected("Thông điệp đầu tiên phải là tiêu đề", "The first message is the header");
        }
        return TakeChunk(call, message.chunk(), *answer.mutable_ack());
      case v1::PushDossiersRequest::kComplete:
        if (import_id_.empty()) {
          return Expected("Thông điệp đầu tiên phải là tiêu đề", "The first message is the header");
        }
        return Complete(call, message.complete(), *answer.mutable_summary());
      case v1::PushDossiersRequest::KIND_NOT_SET:
        break;
    }
    return Expected("Thông điệp trống", "The message is empty");
  }

 private:
  absl::Status Open(const Call& call, const v1::PushHeader& header, v1::PushOpened& opened) {
    if (!IsImportId(header.import_id())) {
      return platform::InvalidField("header.import_id", "IMPORT_ID_MALFORMED",
                                    {"Tên đợt gửi gồm 1–64 chữ, số và . _ - :",
                                     "import_id is 1 to 64 letters, digits and . _ - :"});
    }
    RETURN_IF_ERROR(call.Visible().status());
    ResumePoint held{header.import_id(), 0, FirstChain()};
    RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
      ASSIGN_OR_RETURN(const std::string source,
                       ImportStore::FindSource(session, call.principal().subject));
      ASSIGN_OR_RETURN(const std::optional<ImportRow> import,
                       ImportStore::Get(session, source, header.import_id()));
      if (!import.has_value()) return absl::OkStatus();
      held.next_sequence = import->next_sequence;
      held.chain = import->chain;
      return absl::OkStatus();
    }));
    if (!header.resume_token().empty()) RETURN_IF_ERROR(CheckToken(header.resume_token(), held));
    import_id_ = header.import_id();
    opened.set_next_sequence(held.next_sequence);
    opened.set_resume_token(WriteResumeToken(held));
    opened.set_max_rows(kMaxRows);
    opened.set_max_bytes(kMaxBytes);
    return absl::OkStatus();
  }

  static absl::Status CheckToken(const std::string& token, const ResumePoint& held) {
    const std::optional<ResumePoint> point = ReadResumeToken(token);
    if (point.has_value() && point->import_id == held.import_id &&
        point->next_sequence > held.next_sequence) {
      return platform::FailedPrecondition(
          "RESUME_TOKEN_AHEAD",
          {"Máy chủ không còn giữ một số gói đã xác nhận; gửi lại từ gói nêu trong next_sequence",
           "The server no longer holds some acknowledged chunks; send again from next_sequence"},
          {{"next_sequence", absl::StrCat(held.next_sequence)}});
    }
    const bool fits = point.has_value() && point->import_id == held.import_id &&
                      (point->next_sequence < held.next_sequence || *point == held);
    if (fits) return absl::OkStatus();
    return platform::InvalidField("header.resume_token", "RESUME_TOKEN_MISMATCH",
                                  {"Mã tiếp tục không phải của đợt gửi này",
                                   "The resume token does not belong to this import"});
  }

  absl::Status TakeChunk(const Call& call, const v1::PushChunk& chunk, v1::ChunkAck& ack) {
    if (chunk.sequence() < 0 || chunk.rows_size() < 1 || chunk.rows_size() > kMaxRows) {
      return platform::InvalidField(
          "chunk.rows", "CHUNK_SIZE",
          {absl::StrCat("Mỗi gói có 1–", kMaxRows, " hồ sơ, số thứ tự từ 0"),
           absl::StrCat("A chunk has 1 to ", kMaxRows, " rows and a sequence from 0")});
    }
    if (chunk.ByteSizeLong() > kMaxBytes) {
      return platform::InvalidField("chunk.rows", "CHUNK_TOO_LARGE",
                                    {"Gói lớn hơn 1 MiB", "The chunk is larger than 1 MiB"});
    }
    ReadThrough units(campaign_);
    return units.Run(call, [&]() -> absl::Status {
      ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
      return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) {
        ack.Clear();
        return TakeInto(tx, call, visible, chunk, units, ack);
      });
    });
  }

  absl::Status TakeInto(db::Tx& tx, const Call& call, const platform::VisibleUnits& visible,
                        const v1::PushChunk& chunk, ReadThrough& units, v1::ChunkAck& ack) {
    const std::string content = HashOfRows(chunk.rows());
    ASSIGN_OR_RETURN(ImportRow import, LockImport(tx, call));
    if (chunk.sequence() < import.next_sequence) {
      return AnswerAgain(tx, import, chunk.sequence(), content, ack);
    }
    if (chunk.sequence() > import.next_sequence) {
      return platform::FailedPrecondition(
          "CHUNK_SEQUENCE_GAP",
          {absl::StrCat("Thiếu gói: máy chủ đang chờ gói ", import.next_sequence),
           absl::StrCat("A chunk is missing: the server expects ", import.next_sequence)},
          {{"next_sequence", absl::StrCat(import.next_sequence)}});
    }
    if (import.completed) {
      return platform::FailedPrecondition(
          "IMPORT_COMPLETED", {"Đợt gửi đã kết thúc; mở đợt mới với tên khác",
                               "The import is complete; open a new one under another name"});
    }
    RETURN_IF_ERROR(ApplyChunk(tx, call, visible, {import.source_id, import_id_, chunk.sequence()},
                               chunk.rows(), units, ack));
    return Advance(tx, call, std::move(import), content, ack);
  }

  // The import of this stream, made when it is new; its source is locked.
  absl::StatusOr<ImportRow> LockImport(db::Tx& tx, const Call& call) {
    const absl::Time now = call.machine_now();
    ASSIGN_OR_RETURN(const std::string source, ImportStore::LockSource(tx, call.principal().subject,
                                                                       platform::NewId(now), now));
    ASSIGN_OR_RETURN(std::optional<ImportRow> import, ImportStore::Get(tx, source, import_id_));
    if (import.has_value()) return *std::move(import);
    ImportRow made;
    made.source_id = source;
    made.import_id = import_id_;
    made.chain = FirstChain();
    made.created_at = now;
    made.updated_at = now;
    RETURN_IF_ERROR(ImportStore::Insert(tx, made));
    return made;
  }

  static absl::Status AnswerAgain(db::Tx& tx, const ImportRow& import, int64_t sequence,
                                  const std::string& content, v1::ChunkAck& ack) {
    ASSIGN_OR_RETURN(const std::optional<ChunkRow> taken,
                     ImportStore::GetChunk(tx, import.source_id, import.import_id, sequence));
    if (!taken.has_value() || !ack.ParseFromString(taken->ack)) {
      return platform::Internal("the answer to a chunk that was taken cannot be read");
    }
    if (taken->content_sha256 != content) {
      return platform::FailedPrecondition(
          "CHUNK_CONTENT_CHANGED",
          {absl::StrCat("Gói ", sequence, " đã nhận với nội dung khác"),
           absl::StrCat("Chunk ", sequence, " was taken with other rows")},
          {{"sequence", absl::StrCat(sequence)},
           {"next_sequence", absl::StrCat(import.next_sequence)}});
    }
    ack.set_repeated_chunk(true);
    return absl::OkStatus();
  }

  static absl::Status Advance(db::Tx& tx, const Call& call, ImportRow import,
                              const std::string& content, v1::ChunkAck& ack) {
    const int64_t sequence = import.next_sequence;
    import.next_sequence = sequence + 1;
    import.chain = NextChain(import.chain, content);
    import.accepted += ack.accepted();
    import.unchanged += ack.unchanged();
    import.superseded += ack.superseded();
    import.refused += ack.refused();
    import.updated_at = call.machine_now();
    ack.set_sequence(sequence);
    ack.set_resume_token(WriteResumeToken({import.import_id, import.next_sequence, import.chain}));
    RETURN_IF_ERROR(ImportStore::Update(tx, import));
    return ImportStore::InsertChunk(tx, import.source_id, import.import_id, sequence,
                                    {content, ack.SerializeAsString()}, call.machine_now());
  }

  absl::Status Complete(const Call& call, const v1::PushComplete& complete,
                        v1::DossierImport& summary) {
    RETURN_IF_ERROR(call.Visible().status());
    return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) -> absl::Status {
      summary.Clear();
      ASSIGN_OR_RETURN(ImportRow import, LockImport(tx, call));
      if (complete.chunks() != import.next_sequence) {
        return platform::FailedPrecondition(
            "CHUNKS_MISSING",
            {absl::StrCat("Máy chủ đã nhận ", import.next_sequence, " gói, không phải ",
                          complete.chunks()),
             absl::StrCat("The server holds ", import.next_sequence, " chunks, not ",
                          complete.chunks())},
            {{"next_sequence", absl::StrCat(import.next_sequence)}});
      }
      const bool ends_now = !import.completed;
      if (ends_now) {
        import.completed = true;
        import.updated_at = call.machine_now();
        RETURN_IF_ERROR(ImportStore::Update(tx, import));
      }
      ToProto(import, call.principal().subject, summary);
      if (!ends_now) return absl::OkStatus();
      feed::Draft draft;
      draft.aggregate_type = "dossier_import";
      draft.aggregate_id = absl::StrCat(import.source_id, "/", import.import_id);
      draft.aggregate_version = import.next_sequence + 1;
      draft.payload = &summary;
      return feed::Append(tx, call, draft);
    });
  }

  db::Pool& pool_;
  feed::Consumer* const campaign_;
  std::string import_id_;  // empty until the header
};

}  // namespace

std::unique_ptr<platform::ChunkSession<v1::PushDossiersRequest, v1::PushDossiersResponse>>
NewPushSession(db::Pool& pool, feed::Consumer* campaign) {
  return std::make_unique<PushSession>(pool, campaign);
}

}  // namespace thidua::scoring::dossiers
