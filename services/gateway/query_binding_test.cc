#include "gateway/query_binding.h"

#include <cmath>

#include "gateway/testing/test_contract.h"
#include "gateway_test_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "google/protobuf/util/time_util.h"
#include "google/protobuf/wrappers.pb.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::gateway {
namespace {

using gateway_test::v1::AllTypes;
using gateway_test::v1::ListItemsRequest;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace pb = google::protobuf;

const Route& RouteFor(const char* method, const char* path) {
  return *testing::TestRoutes().Find(method, path)->route;
}

// "field reason" of each violation. The fields of a route belong to dynamic messages.
std::vector<std::string> Bind(const Route& route, std::string_view query, pb::Message* message) {
  const auto parameters = ParseQuery(query);
  if (!parameters.has_value()) return {"malformed"};
  pb::Arena arena;
  pb::Message* dynamic = testing::TestContract().NewMessage(route.method->input_type(), &arena);
  std::vector<std::string> out;
  for (const auto& violation : BindQuery(route, *parameters, dynamic)) {
    out.push_back(violation.field + " " + violation.reason);
  }
  message->ParseFromString(dynamic->SerializeAsString());
  return out;
}

TEST(ParseQuery, SplitsAndDecodes) {
  const auto parameters = ParseQuery("a=1&b=x+y%2Bz&&c&=v&d=%C3%A1=b");
  ASSERT_TRUE(parameters.has_value());
  std::vector<std::string> seen;
  for (const auto& p : *parameters) seen.push_back(p.name + "|" + p.value);
  EXPECT_THAT(seen, ElementsAre("a|1", "b|x y+z", "c|", "|v", "d|á=b"));
  for (const char* wrong : {"a=%", "a=%2", "%zz=1", "a=1&b=%g0"}) {
    EXPECT_EQ(ParseQuery(wrong), std::nullopt) << wrong;
  }
}

TEST(BindQuery, SetsNestedRepeatedEnumsAndWellKnownTypes) {
  const Route& route = RouteFor("GET", "/v1/racks/1/items");
  ListItemsRequest request;
  EXPECT_THAT(Bind(route,
                   "page_size=5&pageToken=t%2F1&filter.colors=COLOR_RED&filter.colors=2&"
                   "filter.changedAfter=2023-03-01T09:00:00%2B07:00&filter.prefix=%C3%81o&"
                   "filter.inner.number=-3",
                   &request),
              IsEmpty());
  EXPECT_EQ(request.page_size(), 5);
  EXPECT_EQ(request.page_token(), "t/1");
  EXPECT_THAT(request.filter().colors(), ElementsAre(1, 2));
  EXPECT_EQ(pb::util::TimeUtil::ToString(request.filter().changed_after()), "2023-03-01T02:00:00Z");
  EXPECT_EQ(request.filter().prefix(), "Áo");
  EXPECT_EQ(request.filter().inner().number(), -3);
}

TEST(BindQuery, TakesFieldMasksInBothSpellings) {
  gateway_test::v1::GetItemRequest request;
  EXPECT_THAT(Bind(RouteFor("GET", "/v1/things/x"), "read_mask=displayName,parts.count", &request),
              IsEmpty());
  EXPECT_THAT(request.read_mask().paths(), ElementsAre("display_name", "parts.count"));
  request.Clear();
  EXPECT_THAT(Bind(RouteFor("GET", "/v1/things/x"), "readMask=display_name", &request), IsEmpty());
  EXPECT_THAT(request.read_mask().paths(), ElementsAre("display_name"));
  EXPECT_THAT(Bind(RouteFor("GET", "/v1/things/x"), "read_mask=a b", &request),
              ElementsAre("read_mask VALUE_INVALID"));
}

struct Refused {
  const char* query;
  std::vector<std::string> violations;
};
class Refuses : public ::testing::TestWithParam<Refused> {};

TEST_P(Refuses, Parameter) {
  AllTypes message;
  EXPECT_EQ(Bind(RouteFor("GET", "/v1/everything"), GetParam().query, &message),
            GetParam().violations)
      << GetParam().query;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Refuses,
    ::testing::Values(
        Refused{"nothing=1", {"nothing UNKNOWN_PARAMETER"}}, Refused{"=1", {" UNKNOWN_PARAMETER"}},
        Refused{"F_INT32=1", {"F_INT32 UNKNOWN_PARAMETER"}},
        Refused{"f_int32.x=1", {"f_int32.x UNKNOWN_PARAMETER"}},
        Refused{"f_int32=1&f_int32=1", {"f_int32 DUPLICATE_PARAMETER"}},
        Refused{"f_int32=1&fInt32=2", {"f_int32 DUPLICATE_PARAMETER"}},
        Refused{"f_int32=2147483648", {"f_int32 VALUE_INVALID"}},
        Refused{"f_int32=-2147483648", {}}, Refused{"f_int32=", {"f_int32 VALUE_INVALID"}},
        Refused{"f_int32=1.0", {"f_int32 VALUE_INVALID"}},
        Refused{"f_int32=+1", {"f_int32 VALUE_INVALID"}},
        Refused{"f_int32= 1", {"f_int32 VALUE_INVALID"}},
        Refused{"f_int64=9223372036854775807", {}},
        Refused{"f_int64=9223372036854775808", {"f_int64 VALUE_INVALID"}},
        Refused{"f_uint32=-1", {"f_uint32 VALUE_INVALID"}},
        Refused{"f_uint64=18446744073709551615", {}},
        Refused{"f_uint64=18446744073709551616", {"f_uint64 VALUE_INVALID"}},
        Refused{"f_double=NaN&f_float=-Infinity", {}},
        Refused{"f_double=inf", {"f_double VALUE_INVALID"}},
        Refused{"f_double=0x10", {"f_double VALUE_INVALID"}},
        Refused{"f_float=1e39", {"f_float VALUE_INVALID"}},
        Refused{"f_bool=TRUE", {"f_bool VALUE_INVALID"}},
        Refused{"f_bool=1", {"f_bool VALUE_INVALID"}},
        Refused{"f_string=%FF", {"f_string NOT_UTF8"}},
        Refused{"f_bytes=**", {"f_bytes VALUE_INVALID"}},
        Refused{"f_color=COLOR_BLUE", {"f_color ENUM_UNKNOWN"}},
        Refused{"f_color=color_red", {"f_color ENUM_UNKNOWN"}}, Refused{"f_color=99", {}},
        Refused{"f_message=1", {"f_message UNKNOWN_PARAMETER"}},
        Refused{"r_item=1", {"r_item UNKNOWN_PARAMETER"}},
        Refused{"r_item.name=1", {"r_item.name UNKNOWN_PARAMETER"}},
        Refused{"m_int64=1", {"m_int64 UNKNOWN_PARAMETER"}},
        Refused{"w_struct=1", {"w_struct UNKNOWN_PARAMETER"}},
        Refused{"w_any=1", {"w_any UNKNOWN_PARAMETER"}},
        Refused{"w_time=2023-02-29T00:00:00Z", {"w_time VALUE_INVALID"}},
        Refused{"w_time=2023-03-01", {"w_time VALUE_INVALID"}},
        Refused{"w_duration=5", {"w_duration VALUE_INVALID"}}, Refused{"w_duration=-1.5s", {}},
        Refused{"w_int64=x", {"w_int64 VALUE_INVALID"}},
        Refused{"w_bool=true&w_string=&w_bytes=AQ", {}},
        Refused{"o_string=a&o_item.name=b", {"o_item.name ONEOF_CONFLICT"}},
        Refused{"o_item.name=a&o_item.count=1", {}},
        // All mistakes are named at once.
        Refused{"x=1&f_int32=y&f_bool=true", {"x UNKNOWN_PARAMETER", "f_int32 VALUE_INVALID"}}));

TEST(BindQuery, LeavesPathAndBodyAlone) {
  ListItemsRequest list;
  EXPECT_THAT(Bind(RouteFor("GET", "/v1/racks/1/items"), "parent=x", &list),
              ElementsAre("parent UNKNOWN_PARAMETER"));
  gateway_test::v1::CreateItemRequest create;
  EXPECT_THAT(Bind(RouteFor("POST", "/v1/racks/1/items"),
                   "item.count=1&request_id=r&validate_only=true", &create),
              ElementsAre("item.count UNKNOWN_PARAMETER"));
  EXPECT_EQ(create.request_id(), "r");
  EXPECT_TRUE(create.validate_only());
  AllTypes all;
  EXPECT_THAT(Bind(RouteFor("POST", "/v1/everything"), "f_int32=1", &all),
              ElementsAre("f_int32 UNKNOWN_PARAMETER"));
}

// ---- bind(print(x)) == x ----

std::string Encode(const std::string& text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const unsigned char c : text) {
    if (std::isalnum(c)) {
      out.push_back(static_cast<char>(c));
    } else {
      out += {'%', kHex[c >> 4], kHex[c & 15]};
    }
  }
  return out;
}

std::string Base64(const std::string& bytes) {
  // By protobuf's own JSON printing, which does not share code with what is tested.
  pb::BytesValue value;
  value.set_value(bytes);
  std::string json;
  if (!pb::util::MessageToJsonString(value, &json).ok()) return "";
  return json.substr(1, json.size() - 2);
}

std::string ScalarText(const pb::Message& m, const pb::FieldDescriptor* f, int i) {
  const pb::Reflection* r = m.GetReflection();
  const bool many = f->is_repeated();
  switch (f->cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(many ? r->GetRepeatedInt32(m, f, i) : r->GetInt32(m, f));
    case pb::FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(r->GetInt64(m, f));
    case pb::FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(r->GetUInt32(m, f));
    case pb::FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(r->GetUInt64(m, f));
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return r->GetBool(m, f) ? "true" : "false";
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return (many ? r->GetRepeatedEnum(m, f, i) : r->GetEnum(m, f))->name();
    case pb::FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = many ? r->GetRepeatedString(m, f, i) : r->GetString(m, f);
      return f->type() == pb::FieldDescriptor::TYPE_BYTES ? Base64(text) : text;
    }
    case pb::FieldDescriptor::CPPTYPE_DOUBLE: {
      char text[64];
      std::snprintf(text, sizeof(text), "%.17g", r->GetDouble(m, f));
      return text;
    }
    default:
      return "";
  }
}

void Print(const pb::Message& message, const std::string& prefix, bool camel, std::string* out) {
  std::vector<const pb::FieldDescriptor*> set;
  message.GetReflection()->ListFields(message, &set);
  for (const pb::FieldDescriptor* field : set) {
    const std::string path = prefix + (camel ? field->json_name() : field->name());
    if (field->message_type() != nullptr) {
      const pb::Message& part = message.GetReflection()->GetMessage(message, field);
      if (field->message_type()->full_name() == "google.protobuf.Timestamp") {
        pb::Timestamp time;
        time.ParseFromString(part.SerializeAsString());
        *out += "&" + path + "=" + Encode(pb::util::TimeUtil::ToString(time));
      } else {
        Print(part, path + ".", camel, out);
      }
      continue;
    }
    const int count = field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      *out += "&" + path + "=" + Encode(ScalarText(message, field, i));
    }
  }
}

std::string AnyUtf8() {
  static const std::vector<std::string> kPieces = {"a",  "Z", "0",  " ", "&", "=",  "+",
                                                   "%",  "/", "\n", "ế", "Đ", "\"", "€",
                                                   "\\", ";", "#",  "?", "😀", "."};
  std::string text;
  const int size = *rc::gen::inRange(0, 12);
  for (int i = 0; i < size; ++i) text += *rc::gen::elementOf(kPieces);
  return text;
}

AllTypes AnyMessage(int depth) {
  AllTypes m;
  m.set_f_int32(*rc::gen::arbitrary<int32_t>());
  m.set_f_int64(*rc::gen::arbitrary<int64_t>());
  m.set_f_uint32(*rc::gen::arbitrary<uint32_t>());
  m.set_f_uint64(*rc::gen::arbitrary<uint64_t>());
  m.set_f_sint64(*rc::gen::arbitrary<int64_t>());
  m.set_f_double(*rc::gen::arbitrary<double>());
  if (!std::isfinite(m.f_double())) m.clear_f_double();
  m.set_f_bool(*rc::gen::arbitrary<bool>());
  m.set_f_string(AnyUtf8());
  m.set_f_bytes(*rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
  m.set_f_color(*rc::gen::element(gateway_test::v1::COLOR_UNSPECIFIED, gateway_test::v1::COLOR_RED,
                                  gateway_test::v1::COLOR_GREEN));
  for (const int32_t value : *rc::gen::arbitrary<std::vector<int32_t>>()) m.add_r_int32(value);
  const int strings = *rc::gen::inRange(0, 4);
  for (int i = 0; i < strings; ++i) m.add_r_string(AnyUtf8());
  if (*rc::gen::arbitrary<bool>()) m.set_o_string(AnyUtf8());
  if (*rc::gen::arbitrary<bool>()) m.set_p_int32(*rc::gen::arbitrary<int32_t>());
  if (*rc::gen::arbitrary<bool>()) {
    m.mutable_w_time()->set_seconds(*rc::gen::inRange<int64_t>(0, 4102444800));
    m.mutable_w_time()->set_nanos(*rc::gen::inRange(0, 1000) * 1000000);
  }
  if (depth > 0 && *rc::gen::arbitrary<bool>()) {
    AllTypes inner = AnyMessage(depth - 1);
    // An empty message has nothing to print.
    if (inner.ByteSizeLong() > 0) *m.mutable_f_message() = std::move(inner);
  }
  return m;
}

TEST(BindQuery, BindOfPrintIsTheSame) {
  const Route& route = RouteFor("GET", "/v1/everything");
  rc::check("bind(print(x)) == x", [&] {
    const AllTypes wanted = AnyMessage(2);
    std::string query;
    Print(wanted, "", *rc::gen::arbitrary<bool>(), &query);
    AllTypes bound;
    RC_ASSERT(Bind(route, query, &bound).empty());
    RC_ASSERT(pb::util::MessageDifferencer::Equals(wanted, bound));
  });
}

}  // namespace
}  // namespace thidua::gateway
