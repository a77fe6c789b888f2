#include "platform/json.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/util/json_util.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::platform {
namespace {

// RFC 8785 sorts keys by UTF-16 code units. It differs from byte order only where characters beyond
// the Basic Multilingual Plane meet those in U+E000..U+FFFF.
std::u16string Utf16(const std::string& utf8) {
  std::u16string out;
  for (size_t i = 0; i < utf8.size();) {
    const unsigned char lead = static_cast<unsigned char>(utf8[i]);
    const int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t code = length == 1 ? lead : lead & (0xFF >> (length + 1));
    for (int k = 1; k < length && i + static_cast<size_t>(k) < utf8.size(); ++k) {
      code = (code << 6) | (static_cast<unsigned char>(utf8[i + static_cast<size_t>(k)]) & 0x3F);
    }
    if (code >= 0x10000) {
      code -= 0x10000;
      out.push_back(static_cast<char16_t>(0xD800 + (code >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 + (code & 0x3FF)));
    } else {
      out.push_back(static_cast<char16_t>(code));
    }
    i += static_cast<size_t>(length);
  }
  return out;
}

constexpr int64_t kLargestExact = int64_t{1} << 53;

absl::Status AppendCanonical(const nlohmann::json& value, std::string* out) {
  switch (value.type()) {
    case nlohmann::json::value_t::object: {
      std::vector<std::pair<std::u16string, const std::string*>> keys;
      for (auto it = value.begin(); it != value.end(); ++it)
        keys.emplace_back(Utf16(it.key()), &it.key());
      std::sort(keys.begin(), keys.end(),
                [](const auto& a, const auto& b) { return a.first < b.first; });
      out->push_back('{');
      for (size_t i = 0; i < keys.size(); ++i) {
        if (i > 0) out->push_back(',');
        out->append(nlohmann::json(*keys[i].second).dump());
        out->push_back(':');
        RETURN_IF_ERROR(AppendCanonical(value.at(*keys[i].second), out));
      }
      out->push_back('}');
      return absl::OkStatus();
    }
    case nlohmann::json::value_t::array: {
      out->push_back('[');
      for (size_t i = 0; i < value.size(); ++i) {
        if (i > 0) out->push_back(',');
        RETURN_IF_ERROR(AppendCanonical(value.at(i), out));
      }
      out->push_back(']');
      return absl::OkStatus();
    }
    case nlohmann::json::value_t::number_float:
      return absl::InvalidArgumentError("a floating-point number has no place in canonical JSON");
    case nlohmann::json::value_t::number_unsigned:
      if (value.get<uint64_t>() > static_cast<uint64_t>(kLargestExact)) {
        return absl::InvalidArgumentError("an integer beyond 2^53 must travel as a string");
      }
      break;
    case nlohmann::json::value_t::number_integer:
      if (value.get<int64_t>() > kLargestExact || value.get<int64_t>() < -kLargestExact) {
        return absl::InvalidArgumentError("an integer beyond 2^53 must travel as a string");
      }
      break;
    case nlohmann::json::value_t::binary:
    case nlohmann::json::value_t::discarded:
      return absl::InvalidArgumentError("not a JSON value");
    default:
      break;
  }
  out->append(value.dump());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> CanonicalJson(const nlohmann::json& value) {
  std::string out;
  try {
    RETURN_IF_ERROR(AppendCanonical(value, &out));
  } catch (const nlohmann::json::exception& e) {  // invalid UTF-8 in a string
    return absl::InvalidArgumentError(e.what());
  }
  return out;
}

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) return Internal("to JSON: " + status.ToString());
  // protobuf prints map entries in hash order; parsing and printing sorts the keys of every object.
  nlohmann::json parsed = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) return Internal("protobuf made JSON that does not parse");
  return parsed.dump();
}

absl::Status FromJson(std::string_view json, google::protobuf::Message* message) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  const auto status =
      google::protobuf::util::JsonStringToMessage(std::string(json), message, options);
  if (!status.ok()) return Internal("from JSON: " + status.ToString());
  return absl::OkStatus();
}

}  // namespace thidua::platform
