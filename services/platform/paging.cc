#include "platform/paging.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "platform/hash.h"
#include "platform/status.h"

namespace thidua::platform {
namespace {

constexpr int kDefaultSize = 50;
constexpr int kLargestSize = 1000;
constexpr size_t kScopeBytes = 8;

std::string ScopeMark(std::string_view scope) { return Sha256(scope).substr(0, kScopeBytes); }

}  // namespace

absl::StatusOr<Page> ReadPage(int32_t page_size, std::string_view page_token,
                              std::string_view scope) {
  Page page;
  page.scope = scope;
  if (page_size < 0) {
    return InvalidField("page_size", "PAGE_SIZE_NEGATIVE",
                        {"Số dòng mỗi trang không được âm.", "page_size must not be negative."});
  }
  page.size = page_size == 0 ? kDefaultSize : std::min<int>(page_size, kLargestSize);
  if (page_token.empty()) return page;
  std::string bytes;
  if (page_token.size() > 1024 ||
      !absl::WebSafeBase64Unescape(absl::string_view(page_token.data(), page_token.size()),
                                   &bytes) ||
      bytes.size() <= kScopeBytes) {
    return InvalidField(
        "page_token", "PAGE_TOKEN_MALFORMED",
        {"Mã trang không đúng dạng; hãy dùng nguyên văn next_page_token của trang trước.",
         "page_token is not one we made; send next_page_token of the page before as it is."});
  }
  if (bytes.substr(0, kScopeBytes) != ScopeMark(scope)) {
    return InvalidField(
        "page_token", "PAGE_TOKEN_MISMATCH",
        {"Mã trang thuộc về một danh sách hoặc bộ lọc khác; hãy bắt đầu lại từ trang đầu.",
         "page_token belongs to another list or other filters; start again at the first page."});
  }
  page.after = bytes.substr(kScopeBytes);
  return page;
}

std::string NextPageToken(std::string_view last_key, std::string_view scope) {
  std::string bytes = ScopeMark(scope);
  bytes.append(last_key);
  return absl::WebSafeBase64Escape(bytes);
}

}  // namespace thidua::platform
