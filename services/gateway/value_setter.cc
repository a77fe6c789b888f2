#include "gateway/value_setter.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gateway/refusals.h"
#include "gateway/well_known.h"
#include "platform/utf8.h"

namespace thidua::gateway {
namespace {

namespace pb = google::protobuf;
using pb::FieldDescriptor;

enum class Source { kUrl, kJson };

template <class T>
std::optional<T> ParseWhole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> ParseDouble(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  // from_chars would also read "inf" and "nan".
  if (text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
  return ParseWhole<double>(text);
}

std::optional<std::string> ParseBase64(std::string_view text) {
  const absl::string_view encoded(text.data(), text.size());
  std::string bytes;
  const bool url_alphabet = text.find_first_of("-_") != std::string_view::npos;
  const bool good = url_alphabet ? absl::WebSafeBase64Unescape(encoded, &bytes)
                                 : absl::Base64Unescape(encoded, &bytes);
  if (!good) return std::nullopt;
  return bytes;
}

struct Wanted {
  const char* vi;
  const char* en;
};

Wanted WantedFor(const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return {"số nguyên 32 bit", "a 32-bit integer"};
    case FieldDescriptor::CPPTYPE_INT64:
      return {"số nguyên 64 bit", "a 64-bit integer"};
    case FieldDescriptor::CPPTYPE_UINT32:
      return {"số nguyên không âm 32 bit", "a non-negative 32-bit integer"};
    case FieldDescriptor::CPPTYPE_UINT64:
      return {"số nguyên không âm 64 bit", "a non-negative 64-bit integer"};
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return {"một số", "a number"};
    case FieldDescriptor::CPPTYPE_BOOL:
      return {"true hoặc false", "true or false"};
    case FieldDescriptor::CPPTYPE_STRING:
      return field->type() == FieldDescriptor::TYPE_BYTES
                 ? Wanted{"chuỗi base64", "a base64 string"}
                 : Wanted{"chuỗi ký tự", "a string"};
    case FieldDescriptor::CPPTYPE_ENUM:
      return {"một giá trị của kiểu liệt kê", "a value of the enumeration"};
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return WellKnownWanted(field->message_type()).has_value()
                 ? Wanted{WellKnownWanted(field->message_type())->vi,
                          WellKnownWanted(field->message_type())->en}
                 : Wanted{"đối tượng JSON", "a JSON object"};
  }
  return {"giá trị khác", "another value"};
}

Refusal Invalid(const FieldDescriptor* field, const std::string& path) {
  return RefuseType(field, path);
}

// Set, or appended when the field is repeated.
#define THIDUA_DEFINE_STORE(CppType, Name)                               \
  void Store(Slot slot, CppType value) {                                 \
    const pb::Reflection* reflection = slot.message->GetReflection();    \
    if (slot.field->is_repeated()) {                                     \
      reflection->Add##Name(slot.message, slot.field, std::move(value)); \
    } else {                                                             \
      reflection->Set##Name(slot.message, slot.field, std::move(value)); \
    }                                                                    \
  }
THIDUA_DEFINE_STORE(int32_t, Int32)
THIDUA_DEFINE_STORE(int64_t, Int64)
THIDUA_DEFINE_STORE(uint32_t, UInt32)
THIDUA_DEFINE_STORE(uint64_t, UInt64)
THIDUA_DEFINE_STORE(double, Double)
THIDUA_DEFINE_STORE(float, Float)
THIDUA_DEFINE_STORE(bool, Bool)
THIDUA_DEFINE_STORE(std::string, String)
#undef THIDUA_DEFINE_STORE

void StoreEnum(Slot slot, int number) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  if (slot.field->is_repeated()) {
    reflection->AddEnumValue(slot.message, slot.field, number);
  } else {
    reflection->SetEnumValue(slot.message, slot.field, number);
  }
}

template <class T>
Refusal StoreOrRefuse(Slot slot, std::optional<T> value, const std::string& path) {
  if (!value.has_value()) return Invalid(slot.field, path);
  Store(slot, *std::move(value));
  return std::nullopt;
}

template <class T>
std::optional<T> ToInteger(Number number) {
  return std::visit(
      [](auto value) -> std::optional<T> {
        using V = decltype(value);
        if constexpr (std::is_same_v<V, double>) {
          // 1.0 and 1e3 are integers in JSON. 2^63 as a double is out of range, hence "<" with
          // max+1.
          const double limit = std::ldexp(1.0, std::numeric_limits<T>::digits);
          if (value != std::trunc(value) || value >= limit) return std::nullopt;
          if (value < (std::is_signed_v<T> ? -limit : 0.0)) return std::nullopt;
          return static_cast<T>(value);
        } else {
          if (!std::in_range<T>(value)) return std::nullopt;
          return static_cast<T>(value);
        }
      },
      number);
}

Refusal StoreFloating(Slot slot, std::optional<double> value, const std::string& path) {
  if (!value.has_value()) return Invalid(slot.field, path);
  if (slot.field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
    Store(slot, *value);
    return std::nullopt;
  }
  if (std::isfinite(*value) && std::abs(*value) > std::numeric_limits<float>::max()) {
    return Invalid(slot.field, path);
  }
  Store(slot, static_cast<float>(*value));
  return std::nullopt;
}

Refusal UnknownEnumValue(const FieldDescriptor* field, const std::string& path) {
  constexpr int kNamed = 30;
  std::string names;
  for (int i = 0; i < std::min(field->enum_type()->value_count(), kNamed); ++i) {
    absl::StrAppend(&names, i == 0 ? "" : ", ", field->enum_type()->value(i)->name());
  }
  platform::FieldViolation violation =
      ValueInvalid(path, absl::StrCat("một trong ", names), absl::StrCat("one of ", names));
  violation.reason = "ENUM_UNKNOWN";
  return violation;
}

Refusal StoreEnumName(Slot slot, std::string_view text, Source source, const std::string& path) {
  const pb::EnumValueDescriptor* value =
      slot.field->enum_type()->FindValueByName(std::string(text));
  if (value == nullptr && source == Source::kUrl) {
    if (const std::optional<int32_t> number = ParseWhole<int32_t>(text)) {
      return SetFromJsonNumber(slot, int64_t{*number}, path);
    }
  }
  if (value == nullptr) return UnknownEnumValue(slot.field, path);
  StoreEnum(slot, value->number());
  return std::nullopt;
}

pb::Message* Open(Slot slot) {
  const pb::Reflection* reflection = slot.message->GetReflection();
  return slot.field->is_repeated() ? reflection->AddMessage(slot.message, slot.field)
                                   : reflection->MutableMessage(slot.message, slot.field);
}

Refusal StoreText(Slot slot, std::string_view text, const std::string& path) {
  if (slot.field->type() == FieldDescriptor::TYPE_BYTES) {
    return StoreOrRefuse(slot, ParseBase64(text), path);
  }
  if (platform::FirstNonUtf8(text).has_value()) return ValueNotUtf8(path);
  Store(slot, std::string(text));
  return std::nullopt;
}

Refusal SetFromText(Slot slot, std::string_view text, Source source, const std::string& path) {
  switch (slot.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return StoreOrRefuse(slot, ParseWhole<int32_t>(text), path);
    case FieldDescriptor::CPPTYPE_INT64:
      return StoreOrRefuse(slot, ParseWhole<int64_t>(text), path);
    case FieldDescriptor::CPPTYPE_UINT32:
      return StoreOrRefuse(slot, ParseWhole<uint32_t>(text), path);
    case FieldDescriptor::CPPTYPE_UINT64:
      return StoreOrRefuse(slot, ParseWhole<uint64_t>(text), path);
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return StoreFloating(slot, ParseDouble(text), path);
    case FieldDescriptor::CPPTYPE_BOOL:
      if (source == Source::kJson || (text != "true" && text != "false")) break;
      Store(slot, text == "true");
      return std::nullopt;
    case FieldDescriptor::CPPTYPE_STRING:
      return StoreText(slot, text, path);
    case FieldDescriptor::CPPTYPE_ENUM:
      return StoreEnumName(slot, text, source, path);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (const FieldDescriptor* wrapped = WrappedField(slot.field->message_type())) {
        return SetFromText({Open(slot), wrapped}, text, source, path);
      }
      if (!ReadsFromText(slot.field->message_type())) break;
      if (!ReadWellKnown(text, Open(slot))) break;
      return std::nullopt;
  }
  return Invalid(slot.field, path);
}

}  // namespace

Refusal SetFromUrlText(Slot slot, std::string_view text, const std::string& path) {
  return SetFromText(slot, text, Source::kUrl, path);
}

Refusal SetFromJsonString(Slot slot, std::string_view text, const std::string& path) {
  return SetFromText(slot, text, Source::kJson, path);
}

Refusal SetFromJsonNumber(Slot slot, Number number, const std::string& path) {
  switch (slot.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return StoreOrRefuse(slot, ToInteger<int32_t>(number), path);
    case FieldDescriptor::CPPTYPE_INT64:
      return StoreOrRefuse(slot, ToInteger<int64_t>(number), path);
    case FieldDescriptor::CPPTYPE_UINT32:
      return StoreOrRefuse(slot, ToInteger<uint32_t>(number), path);
    case FieldDescriptor::CPPTYPE_UINT64:
      return StoreOrRefuse(slot, ToInteger<uint64_t>(number), path);
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return StoreFloating(
          slot, std::visit([](auto value) { return static_cast<double>(value); }, number), path);
    case FieldDescriptor::CPPTYPE_ENUM: {
      // proto3 enums are open: a number that has no name yet goes through to the service.
      const std::optional<int32_t> value = ToInteger<int32_t>(number);
      if (!value.has_value()) return Invalid(slot.field, path);
      StoreEnum(slot, *value);
      return std::nullopt;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (const FieldDescriptor* wrapped = WrappedField(slot.field->message_type())) {
        return SetFromJsonNumber({Open(slot), wrapped}, number, path);
      }
      break;
    default:
      break;
  }
  return Invalid(slot.field, path);
}

Refusal SetFromJsonBool(Slot slot, bool value, const std::string& path) {
  if (slot.field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    Store(slot, value);
    return std::nullopt;
  }
  if (slot.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    if (const FieldDescriptor* wrapped = WrappedField(slot.field->message_type())) {
      return SetFromJsonBool({Open(slot), wrapped}, value, path);
    }
  }
  return Invalid(slot.field, path);
}

platform::FieldViolation RefuseType(const FieldDescriptor* field, const std::string& path) {
  const Wanted wanted = WantedFor(field);
  return ValueInvalid(path, wanted.vi, wanted.en);
}

bool TakesText(const FieldDescriptor* field) {
  if (field->is_map()) return false;
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return true;
  return WrappedField(field->message_type()) != nullptr || ReadsFromText(field->message_type());
}

}  // namespace thidua::gateway
