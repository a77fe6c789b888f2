#include "gateway/well_known.h"

#include <array>
#include <cctype>
#include <string>

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"

namespace thidua::gateway {
namespace {

namespace pb = google::protobuf;

bool Is(const pb::Descriptor* type, const char* name) {
  return type->full_name() == std::string("google.protobuf.") + name;
}

// Messages of a contract are dynamic, so what a linked-in type has read is copied by wire.
bool Copy(const pb::Message& from, pb::Message* to) {
  return to->ParseFromString(from.SerializeAsString());
}

// "plan.displayName" → "plan.display_name"; paths already in proto names stay.
std::optional<std::string> MaskPath(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '_' && c != '*') {
      return std::nullopt;
    }
    if (std::isupper(static_cast<unsigned char>(c))) out.push_back('_');
    out.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  if (out.empty()) return std::nullopt;
  return out;
}

bool ReadFieldMask(std::string_view text, pb::Message* mask) {
  const pb::FieldDescriptor* paths = mask->GetDescriptor()->FindFieldByName("paths");
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    const std::optional<std::string> path = MaskPath(text.substr(begin, end - begin));
    if (!path.has_value()) return false;
    mask->GetReflection()->AddString(mask, paths, *path);
    if (end + 1 == text.size()) return false;  // a comma at the end
    begin = end + 1;
  }
  return true;
}

}  // namespace

const pb::FieldDescriptor* WrappedField(const pb::Descriptor* type) {
  static constexpr std::array<const char*, 9> kWrappers = {
      "DoubleValue", "FloatValue", "Int64Value",  "UInt64Value", "Int32Value",
      "UInt32Value", "BoolValue",  "StringValue", "BytesValue"};
  for (const char* name : kWrappers) {
    if (Is(type, name)) return type->FindFieldByName("value");
  }
  return nullptr;
}

bool ReadsFromText(const pb::Descriptor* type) {
  return Is(type, "Timestamp") || Is(type, "Duration") || Is(type, "FieldMask");
}

bool ReadWellKnown(std::string_view text, pb::Message* message) {
  const pb::Descriptor* type = message->GetDescriptor();
  if (Is(type, "FieldMask")) return ReadFieldMask(text, message);
  if (Is(type, "Timestamp")) {
    pb::Timestamp value;
    return pb::util::TimeUtil::FromString(std::string(text), &value) && Copy(value, message);
  }
  if (Is(type, "Duration")) {
    pb::Duration value;
    return pb::util::TimeUtil::FromString(std::string(text), &value) && Copy(value, message);
  }
  return false;
}

bool TakesAnyJson(const pb::Descriptor* type) {
  return Is(type, "Struct") || Is(type, "Value") || Is(type, "ListValue") || Is(type, "Any");
}

std::optional<WellKnownText> WellKnownWanted(const pb::Descriptor* type) {
  if (Is(type, "Timestamp")) {
    return WellKnownText{"thời điểm RFC 3339, ví dụ 2023-03-01T02:00:00Z",
                         "an RFC 3339 time, for example 2023-03-01T02:00:00Z"};
  }
  if (Is(type, "Duration")) {
    return WellKnownText{"khoảng thời gian tính bằng giây, ví dụ 90s",
                         "a duration in seconds, for example 90s"};
  }
  if (Is(type, "FieldMask")) {
    return WellKnownText{"danh sách tên trường, cách nhau bằng dấu phẩy",
                         "field names separated by commas"};
  }
  if (Is(type, "Struct")) return WellKnownText{"đối tượng JSON", "a JSON object"};
  if (Is(type, "ListValue")) return WellKnownText{"mảng JSON", "a JSON array"};
  if (const pb::FieldDescriptor* wrapped = WrappedField(type)) {
    switch (wrapped->cpp_type()) {
      case pb::FieldDescriptor::CPPTYPE_BOOL:
        return WellKnownText{"true hoặc false", "true or false"};
      case pb::FieldDescriptor::CPPTYPE_STRING:
        return WellKnownText{"chuỗi ký tự", "a string"};
      default:
        return WellKnownText{"một số", "a number"};
    }
  }
  return std::nullopt;
}

}  // namespace thidua::gateway
