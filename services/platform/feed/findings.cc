// What the findings of an audit check are called and how they read.
#include "absl/strings/str_cat.h"
#include "platform/feed/verify.h"

namespace thidua::feed {
namespace {

std::string Places(const Finding& finding) {
  if (finding.first == finding.last) return absl::StrCat(finding.first);
  return absl::StrCat(finding.first, "..", finding.last);
}

}  // namespace

std::string_view FindingName(FindingKind kind) {
  switch (kind) {
    case FindingKind::kEntryChanged:
      return "ENTRY_CHANGED";
    case FindingKind::kStoredHashChanged:
      return "STORED_HASH_CHANGED";
    case FindingKind::kEntryMissing:
      return "ENTRY_MISSING";
    case FindingKind::kEntryMisplaced:
      return "ENTRY_MISPLACED";
    case FindingKind::kHeadUnsatisfied:
      return "HEAD_UNSATISFIED";
    case FindingKind::kHeadConflict:
      return "HEAD_CONFLICT";
    case FindingKind::kHeadSignature:
      return "HEAD_SIGNATURE";
    case FindingKind::kHeadRemoved:
      return "HEAD_REMOVED";
    case FindingKind::kHeadMalformed:
      return "HEAD_MALFORMED";
    case FindingKind::kUnnumberedOverdue:
      return "UNNUMBERED_OVERDUE";
    case FindingKind::kExportIncomplete:
      return "EXPORT_INCOMPLETE";
  }
  return "UNKNOWN";
}

platform::Text Describe(const Finding& finding) {
  const std::string places = Places(finding);
  const std::string entry = absl::StrCat(finding.event_id, " (", finding.detail, ")");
  switch (finding.kind) {
    case FindingKind::kEntryChanged:
      return {absl::StrCat("Mục ", places, " đã bị sửa sau khi ghi: ", entry),
              absl::StrCat("Entry ", places, " was changed after it was written: ", entry)};
    case FindingKind::kStoredHashChanged:
      return {absl::StrCat("Mã băm lưu cạnh mục ", places,
                           " đã bị sửa; nội dung mục vẫn đúng: ", entry),
              absl::StrCat("The hash stored beside entry ", places,
                           " was changed; the entry itself is proved: ", entry)};
    case FindingKind::kEntryMissing:
      return {absl::StrCat("Thiếu mục ", places), absl::StrCat("Entries missing: ", places)};
    case FindingKind::kEntryMisplaced:
      return {absl::StrCat("Mục ", places, " bị lặp hoặc sai thứ tự"),
              absl::StrCat("Entry ", places, " is given twice or out of order")};
    case FindingKind::kHeadUnsatisfied:
      return {
          absl::StrCat("Nhật ký không còn khớp chữ ký: có mục bị sửa trong khoảng ", places, " (",
                       finding.count, " chữ ký không khớp)"),
          absl::StrCat("The log no longer satisfies its signed heads: something changed within ",
                       places, " (", finding.count, " heads)")};
    case FindingKind::kHeadConflict:
      return {absl::StrCat("Có hai gốc khác nhau cùng được ký cho ", places, " mục đầu"),
              absl::StrCat("Two different roots are signed for the first ", places, " entries")};
    case FindingKind::kHeadSignature:
      return {absl::StrCat("Chữ ký cho ", places, " mục đầu không hợp lệ: ", finding.detail),
              absl::StrCat("The signature over the first ", places,
                           " entries is not valid: ", finding.detail)};
    case FindingKind::kHeadRemoved:
      return {absl::StrCat("Chữ ký cho ", places,
                           " mục đầu có trong bản lưu ngoài nhưng đã mất trong dịch vụ"),
              absl::StrCat("The signed head over the first ", places,
                           " entries is in the outside copy but gone from the service")};
    case FindingKind::kHeadMalformed:
      return {absl::StrCat("Dòng ", places, " của bản lưu chữ ký không đọc được"),
              absl::StrCat("Line ", places, " of the copy of tree heads cannot be read")};
    case FindingKind::kUnnumberedOverdue:
      return {absl::StrCat(finding.count, " sự kiện chờ vào nhật ký quá 60 giây"),
              absl::StrCat(finding.count, " events have waited for a place for more than 60 s")};
    case FindingKind::kExportIncomplete:
      return {"Bản xuất nhật ký bị cắt giữa chừng", "The export ended before its last item"};
  }
  return {};
}

}  // namespace thidua::feed
