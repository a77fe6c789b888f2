#include "platform/files/validate.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "platform/hash.h"

namespace thidua::files {
namespace {

using platform::FieldViolation;

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kEmptyZip = "PK\x05\x06";
constexpr std::string_view kOffice = "application/vnd.openxmlformats-officedocument.";

struct MediaType {
  std::string_view name;
  std::string_view signature;  // empty: text
};
constexpr std::array kMediaTypes = {
    MediaType{"application/pdf", "%PDF-"},
    MediaType{"image/png", "\x89PNG\r\n\x1a\n"},
    MediaType{"image/jpeg", "\xff\xd8\xff"},
    MediaType{"text/csv", ""},
    MediaType{"text/plain", ""},
    MediaType{"application/zip", kZip},
    MediaType{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", kZip},
    MediaType{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kZip},
    MediaType{"application/vnd.openxmlformats-officedocument.presentationml.presentation", kZip},
};

const MediaType* Find(std::string_view name) {
  const auto* found = std::find_if(kMediaTypes.begin(), kMediaTypes.end(),
                                   [&](const MediaType& type) { return type.name == name; });
  return found == kMediaTypes.end() ? nullptr : found;
}

// The code points of UTF-8 that protobuf has checked already.
std::vector<uint32_t> CodePoints(std::string_view text) {
  std::vector<uint32_t> points;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (size_t k = 1; k < length && i + k < text.size(); ++k) {
      point = (point << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    }
    points.push_back(point);
    i += length;
  }
  return points;
}

bool IsControl(uint32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// Marks that turn the direction of text: "hồ sơ<202E>fdp.exe" reads as "hồ sơexe.pdf".
bool TurnsDirection(uint32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
         point == 0x200E || point == 0x200F || point == 0x061C;
}

void CheckName(std::string_view name, std::vector<FieldViolation>* violations) {
  const std::vector<uint32_t> points = CodePoints(name);
  if (points.empty() || points.size() > 255) {
    violations->push_back({"file_name",
                           "FILE_NAME_LENGTH",
                           {"Tên tệp gồm 1–255 ký tự.", "A file name has 1 to 255 characters."}});
    return;
  }
  const bool path = name.find('/') != std::string_view::npos ||
                    name.find('\\') != std::string_view::npos || name == "." || name == "..";
  const bool unseen = std::any_of(points.begin(), points.end(), [](uint32_t point) {
    return IsControl(point) || TurnsDirection(point);
  });
  const bool blank_end = points.front() == ' ' || points.back() == ' ';
  if (path || unseen || blank_end) {
    violations->push_back(
        {"file_name",
         "FILE_NAME_MALFORMED",
         {"Tên tệp không được chứa đường dẫn, ký tự điều khiển hay dấu cách ở đầu và cuối.",
          "A file name has no path, no control characters and no blank at its ends."}});
  }
}

bool IsSha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

FieldViolation NotSha256(std::string field) {
  return {std::move(field),
          "SHA256_MALFORMED",
          {"SHA-256 gồm 64 chữ số thập lục phân viết thường.",
           "A SHA-256 is 64 lower-case hexadecimal digits."}};
}

}  // namespace

std::vector<FieldViolation> CheckStart(const common::v1::StartUploadRequest& request) {
  std::vector<FieldViolation> violations;
  CheckName(request.file_name(), &violations);
  if (Find(request.media_type()) == nullptr) {
    violations.push_back(
        {"media_type",
         "MEDIA_TYPE_NOT_ALLOWED",
         {"Chỉ nhận PDF, PNG, JPEG, CSV, văn bản thuần, ZIP và tệp Office (docx, xlsx, pptx).",
          "Only PDF, PNG, JPEG, CSV, plain text, ZIP and Office files (docx, xlsx, pptx)."}});
  }
  if (request.size_bytes() < 1 || request.size_bytes() > kLargestFile) {
    violations.push_back({"size_bytes",
                          "FILE_SIZE",
                          {absl::StrCat("Kích thước từ 1 đến ", kLargestFile, " byte (50 MiB)."),
                           absl::StrCat("1 to ", kLargestFile, " bytes (50 MiB).")}});
  }
  if (!IsSha256(request.sha256())) violations.push_back(NotSha256("sha256"));
  return violations;
}

std::vector<FieldViolation> CheckPart(const common::v1::UploadPartRequest& request) {
  std::vector<FieldViolation> violations;
  const auto size = static_cast<int64_t>(request.data().size());
  if (size < 1 || size > kLargestPart) {
    violations.push_back(
        {"data", "PART_SIZE", {"Mỗi phần từ 1 byte đến 1 MiB.", "A part has 1 byte to 1 MiB."}});
  }
  if (request.offset() < 0) {
    violations.push_back(
        {"offset", "OFFSET_NEGATIVE", {"Vị trí không được âm.", "offset must not be negative."}});
  }
  if (!IsSha256(request.sha256())) {
    violations.push_back(NotSha256("sha256"));
  } else if (platform::Sha256Hex(request.data()) != request.sha256()) {
    violations.push_back({"sha256",
                          "PART_HASH_MISMATCH",
                          {"Nội dung phần này không khớp SHA-256 kèm theo; hãy gửi lại.",
                           "The part's bytes do not match its SHA-256; send it again."}});
  }
  return violations;
}

bool LooksLike(std::string_view media_type, std::string_view head) {
  const MediaType* type = Find(media_type);
  if (type == nullptr) return false;
  if (type->signature.empty()) return head.find('\0') == std::string_view::npos;
  if (head.starts_with(type->signature)) return true;
  return type->signature == kZip && !media_type.starts_with(kOffice) && head.starts_with(kEmptyZip);
}

}  // namespace thidua::files
