// What a file may be: names, media types, sizes. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/status.h"
#include "thidua/common/v1/files.pb.h"

namespace thidua::files {

inline constexpr int64_t kLargestFile = 52'428'800;
inline constexpr int64_t kLargestPart = 1'048'576;

// What is wrong with the request, field by field; "unit" is not looked at.
std::vector<platform::FieldViolation> CheckStart(const common::v1::StartUploadRequest& request);

// What is wrong with the part by itself: size and hash.
std::vector<platform::FieldViolation> CheckPart(const common::v1::UploadPartRequest& request);

// Whether the first bytes are those of the media type: the signature of PDF, PNG, JPEG, ZIP and
// Office Open XML; no NUL in text. `head` is at least the first 8 bytes, or all of a shorter file.
bool LooksLike(std::string_view media_type, std::string_view head);

}  // namespace thidua::files
