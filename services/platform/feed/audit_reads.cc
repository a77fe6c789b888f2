#include "platform/feed/audit_reads.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/ascii_text.h"
#include "platform/feed/event_row.h"
#include "platform/feed/leaf.h"
#include "platform/feed/tree_head_store.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::feed {
namespace {

using common::v1::AuditLogItem;
using common::v1::Event;
using common::v1::ListAuditEntriesRequest;
using common::v1::ListAuditEntriesResponse;
using common::v1::SignedTreeHead;

constexpr int64_t kStretch = 20'000;                    // positions looked at in one call
constexpr size_t kPageBytes = size_t{2} * 1024 * 1024;  // a message of gRPC may have 4 MiB
constexpr int kChunk = 64;                              // rows in memory at a time
constexpr absl::Duration kOverdue = absl::Seconds(60);

// Adds the rows of one query to a page and knows whether the page is full.
class PageFiller {
 public:
  PageFiller(int size, ListAuditEntriesResponse* page) : size_(size), page_(page) {}

  absl::Status Add(const db::Row& row) {
    if (full_) return absl::OkStatus();
    Event event = ReadEvent(row);
    bytes_ += event.ByteSizeLong();
    full_ = page_->entries_size() == size_ || (bytes_ > kPageBytes && page_->entries_size() > 0);
    if (full_) return absl::OkStatus();
    last_ = event.position();
    *page_->add_entries() = std::move(event);
    return absl::OkStatus();
  }
  bool full() const { return full_; }  // a row was left over
  int64_t last() const { return last_; }

 private:
  const int size_;
  ListAuditEntriesResponse* const page_;
  size_t bytes_ = 0;
  bool full_ = false;
  int64_t last_ = 0;
};

std::string Select(std::string_view where) {
  return absl::StrCat("SELECT ", kEventColumns, " FROM events WHERE ", std::string(where),
                      " ORDER BY position LIMIT ?");
}

absl::Status FillPage(db::Session& session, const ListAuditEntriesRequest& request,
                      const platform::VisibleUnits& visible, int64_t after, int size,
                      const std::string& scope, ListAuditEntriesResponse& response) {
  static const std::string* const kByUnit =
      new std::string(Select("unit_id = ? AND position > ? AND (? = '' OR aggregate_id = ?)"));
  static const std::string* const kByAggregate = new std::string(
      Select("aggregate_id = ? AND position > ? AND (? = 1 OR FIND_IN_SET(unit_id, ?) > 0)"));
  static const std::string* const kAll = new std::string(
      Select("position > ? AND position <= ? AND (? = 1 OR FIND_IN_SET(unit_id, ?) > 0)"));
  response.Clear();
  PageFiller filler(size, &response);
  const auto add = [&](const db::Row& row) { return filler.Add(row); };
  const std::string& aggregate = request.aggregate_id();
  const int all = visible.all ? 1 : 0;
  const std::string units = visible.all ? "" : absl::StrJoin(visible.ids, ",");
  const int rows = size + 1;
  // Where the page ends when it is not full; 0 when the list ends with it.
  int64_t looked_to = 0;
  if (!request.unit_id().empty()) {
    if (!visible.all && !visible.Contains(request.unit_id())) return absl::OkStatus();
    RETURN_IF_ERROR(
        session.Query(add, *kByUnit, request.unit_id(), after, aggregate, aggregate, rows));
  } else if (!aggregate.empty()) {
    RETURN_IF_ERROR(session.Query(add, *kByAggregate, aggregate, after, all, units, rows));
  } else {
    ASSIGN_OR_RETURN(const Head head, ReadHead(session));
    const int64_t end = std::min(head.position, after + kStretch);
    RETURN_IF_ERROR(session.Query(add, *kAll, after, end, all, units, rows));
    if (end < head.position) looked_to = end;
  }
  if (filler.full()) looked_to = filler.last();
  if (looked_to > 0) {
    response.set_next_page_token(platform::NextPageToken(absl::StrCat(looked_to), scope));
  }
  return absl::OkStatus();
}

// The leaf as the row is now. A row that cannot be put into JSON was not written by us: its content
// goes out empty, which hashes to nothing that was ever stored.
std::string ContentOf(const Event& event) {
  absl::StatusOr<std::string> content = LeafContent(event);
  return content.ok() ? *std::move(content) : std::string();
}

using ItemSink = absl::FunctionRef<absl::Status(const AuditLogItem&)>;

absl::Status ExportLeaves(db::Session& session, int64_t after, ItemSink sink) {
  // Not bounded by feed_head: what stands in the table is what is to be checked.
  static const std::string* const kSelect =
      new std::string(absl::StrCat("SELECT ", kEventColumns,
                                   ", leaf_hash FROM events WHERE position > ? ORDER BY position "
                                   "LIMIT ?"));
  int found = 0;
  do {
    found = 0;
    RETURN_IF_ERROR(session.Query(
        [&](const db::Row& row) {
          ++found;
          const Event event = ReadEvent(row);
          after = event.position();
          AuditLogItem item;
          item.mutable_leaf()->set_position(event.position());
          item.mutable_leaf()->set_content(ContentOf(event));
          item.mutable_leaf()->set_leaf_hash(
              row.Get<std::optional<std::string>>(kEventColumnCount).value_or(""));
          return sink(item);
        },
        *kSelect, after, kChunk));
  } while (found == kChunk);
  return absl::OkStatus();
}

absl::Status ExportHeads(db::Session& session, ItemSink sink) {
  ASSIGN_OR_RETURN(
      const std::vector<std::string> epochs,
      session.QueryAll<std::string>(
          [](const db::Row& row) { return row.Get<std::string>(0); },
          "SELECT epoch FROM tree_heads GROUP BY epoch ORDER BY MIN(signed_at), epoch"));
  constexpr int kHeads = 500;
  for (const std::string& epoch : epochs) {
    int64_t above = -1;
    std::vector<SignedTreeHead> heads;
    do {
      ASSIGN_OR_RETURN(heads, TreeHeadsAbove(session, epoch, above, kHeads));
      for (const SignedTreeHead& head : heads) {
        above = head.tree_size();
        AuditLogItem item;
        *item.mutable_head() = head;
        RETURN_IF_ERROR(sink(item));
      }
    } while (heads.size() == kHeads);
  }
  return absl::OkStatus();
}

absl::Status ExportOverdue(db::Session& session, absl::Time now, ItemSink sink) {
  ASSIGN_OR_RETURN(const auto overdue,
                   session.QueryOptional<int64_t>(
                       [](const db::Row& row) { return row.Get<int64_t>(0); },
                       "SELECT COUNT(*) FROM events WHERE position IS NULL AND occurred_at < ?",
                       now - kOverdue));
  AuditLogItem item;
  item.set_overdue_unnumbered(overdue.value_or(0));
  return sink(item);
}

}  // namespace

absl::Status AuditReads::ListAuditEntries(const platform::Call& call,
                                          const ListAuditEntriesRequest& request,
                                          ListAuditEntriesResponse& response) const {
  ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
  RETURN_IF_ERROR(platform::RequireAscii(request.unit_id(), "unit_id"));
  RETURN_IF_ERROR(platform::RequireAscii(request.aggregate_id(), "aggregate_id"));
  const std::string scope = absl::StrCat("audit|", request.unit_id(), "|", request.aggregate_id());
  ASSIGN_OR_RETURN(const platform::Page page,
                   platform::ReadPage(request.page_size(), request.page_token(), scope));
  int64_t after = 0;
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &after)) {
    return platform::Internal("a page token of ours without a position");
  }
  return pool_.ReadOnly(call.deadline(), [&](db::Session& session) {
    return FillPage(session, request, visible, after, page.size, scope, response);
  });
}

absl::Status AuditReads::ExportAuditLog(const platform::Call& call,
                                        const common::v1::ExportAuditLogRequest& request,
                                        platform::StreamWriter<AuditLogItem>& writer) const {
  ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
  if (!visible.all) {
    return platform::PermissionDenied(
        "AUDIT_EXPORT_NEEDS_ALL",
        {"Chỉ người được xem nhật ký của mọi đơn vị mới xuất được toàn bộ nhật ký.",
         "Only those who may read the audit log of every unit can export the whole log."});
  }
  if (request.after_position() < 0) {
    return platform::InvalidField(
        "after_position", "POSITION_NEGATIVE",
        {"Vị trí không được âm.", "after_position must not be negative."});
  }
  ASSIGN_OR_RETURN(const platform::StreamPlaces::Place place, admission_.snapshots().Take());
  const auto sink = [&](const AuditLogItem& item) -> absl::Status {
    if (!writer.Write(item)) return absl::CancelledError("the reader has left");
    return absl::OkStatus();
  };
  // One state of the schema, so that a head signed meanwhile does not speak of entries not sent.
  return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
    RETURN_IF_ERROR(ExportLeaves(session, request.after_position(), sink));
    RETURN_IF_ERROR(ExportHeads(session, sink));
    return ExportOverdue(session, call.machine_now(), sink);
  });
}

absl::Status AuditReads::GetTreeHead(const platform::Call& call,
                                     const common::v1::GetTreeHeadRequest&,
                                     SignedTreeHead& response) const {
  RETURN_IF_ERROR(call.Visible().status());
  return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(std::optional<SignedTreeHead> head, LatestTreeHead(session));
    if (!head.has_value()) {
      return platform::NotFound("TREE_HEAD_NONE",
                                {"Nhật ký chưa có chữ ký nào.", "Nothing has been signed yet."});
    }
    response = *std::move(head);
    return absl::OkStatus();
  });
}

}  // namespace thidua::feed
