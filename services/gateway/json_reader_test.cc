#include "gateway/json_reader.h"

#include "gateway_test_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "platform/status.h"
#include "rapidcheck.h"

namespace thidua::gateway {
namespace {

using gateway_test::v1::AllTypes;
using ::testing::HasSubstr;
namespace pb = google::protobuf;

struct Case {
  const char* json;
  const char* wanted;  // text format; or "!FIELD REASON"
};

// "FIELD REASON" of an error; the field is empty where the error names none.
std::string Refused(const absl::Status& status) {
  const auto fields = platform::FieldsOf(status);
  return (fields.empty() ? "" : fields.front().field) + " " + platform::ReasonOf(status);
}

class Reads : public ::testing::TestWithParam<Case> {};

TEST_P(Reads, Json) {
  AllTypes read;
  const absl::Status status = ReadJsonMessage(GetParam().json, &read);
  if (GetParam().wanted[0] == '!') {
    EXPECT_EQ(Refused(status), GetParam().wanted + 1) << GetParam().json;
    return;
  }
  ASSERT_TRUE(status.ok()) << GetParam().json << ": " << status;
  AllTypes wanted;
  ASSERT_TRUE(pb::TextFormat::ParseFromString(GetParam().wanted, &wanted));
  EXPECT_TRUE(pb::util::MessageDifferencer::Equals(wanted, read))
      << GetParam().json << " → " << read.ShortDebugString();
}

INSTANTIATE_TEST_SUITE_P(
    Scalars, Reads,
    ::testing::Values(
        Case{"{}", ""}, Case{" \n{ } ", ""}, Case{R"({"f_int32": 5})", "f_int32: 5"},
        Case{R"({"fInt32": -5})", "f_int32: -5"}, Case{R"({"f_int32": "7"})", "f_int32: 7"},
        Case{R"({"f_int32": 1e2})", "f_int32: 100"}, Case{R"({"f_int32": 3.0})", "f_int32: 3"},
        Case{R"({"f_int32": 3.5})", "!f_int32 VALUE_INVALID"},
        Case{R"({"f_int32": 2147483648})", "!f_int32 VALUE_INVALID"},
        Case{R"({"f_int32": "x"})", "!f_int32 VALUE_INVALID"},
        Case{R"({"f_int32": ""})", "!f_int32 VALUE_INVALID"},
        Case{R"({"f_int32": true})", "!f_int32 VALUE_INVALID"},
        Case{R"({"f_int32": [1]})", "!f_int32 VALUE_INVALID"},
        Case{R"({"f_int32": {}})", "!f_int32 VALUE_INVALID"}, Case{R"({"f_int32": null})", ""},
        Case{R"({"f_int64": "9223372036854775807"})", "f_int64: 9223372036854775807"},
        Case{R"({"f_int64": -9223372036854775808})", "f_int64: -9223372036854775808"},
        Case{R"({"f_int64": 9223372036854775808})", "!f_int64 VALUE_INVALID"},
        Case{R"({"f_int64": 9.3e18})", "!f_int64 VALUE_INVALID"},
        Case{R"({"f_uint64": 18446744073709551615})", "f_uint64: 18446744073709551615"},
        Case{R"({"f_uint64": 18446744073709551616})", "!f_uint64 VALUE_INVALID"},
        Case{R"({"f_uint32": -1})", "!f_uint32 VALUE_INVALID"},
        Case{R"({"f_uint32": -0.0})", "f_uint32: 0"},
        Case{R"({"f_double": 1, "f_float": 0.5})", "f_double: 1 f_float: 0.5"},
        Case{R"({"f_double": "Infinity"})", "f_double: inf"},
        Case{R"({"f_double": "1e3"})", "f_double: 1000"},
        Case{R"({"f_float": 1e39})", "!f_float VALUE_INVALID"},
        Case{R"({"f_bool": true})", "f_bool: true"},
        Case{R"({"f_bool": "true"})", "!f_bool VALUE_INVALID"},
        Case{R"({"f_bool": 1})", "!f_bool VALUE_INVALID"},
        Case{R"({"f_string": "Ủy ban \u1ebf \ud83d\ude00 \""})", R"(f_string: "Ủy ban ế 😀 \"")"},
        Case{R"({"f_string": 5})", "!f_string VALUE_INVALID"},
        Case{R"({"f_bytes": "AQID"})", R"(f_bytes: "\001\002\003")"},
        Case{R"({"f_bytes": "-_8"})", R"(f_bytes: "\373\377")"},
        Case{R"({"f_bytes": "+/8="})", R"(f_bytes: "\373\377")"},
        Case{R"({"f_bytes": "A*"})", "!f_bytes VALUE_INVALID"},
        Case{R"({"f_color": "COLOR_RED"})", "f_color: COLOR_RED"},
        Case{R"({"f_color": 2})", "f_color: COLOR_GREEN"},
        Case{R"({"f_color": "1"})", "!f_color ENUM_UNKNOWN"},
        Case{R"({"f_color": "red"})", "!f_color ENUM_UNKNOWN"},
        Case{R"({"p_int32": 0})", "p_int32: 0"}));

INSTANTIATE_TEST_SUITE_P(
    Containers, Reads,
    ::testing::Values(Case{R"({"f_message": {"f_message": {"f_int32": 1}}})",
                           "f_message { f_message { f_int32: 1 } }"},
                      Case{R"({"f_message": {}})", "f_message { }"},
                      Case{R"({"f_message": [1]})", "!f_message VALUE_INVALID"},
                      Case{R"({"f_message": "x"})", "!f_message VALUE_INVALID"},
                      Case{R"({"r_int32": [1, "2", 3e0]})", "r_int32: [1, 2, 3]"},
                      Case{R"({"r_int32": []})", ""}, Case{R"({"r_int32": null})", ""},
                      Case{R"({"r_int32": 1})", "!r_int32 VALUE_INVALID"},
                      Case{R"({"r_int32": {"a": 1}})", "!r_int32 VALUE_INVALID"},
                      Case{R"({"r_int32": [1, null]})", "!r_int32[1] VALUE_INVALID"},
                      Case{R"({"r_int32": [[1]]})", "!r_int32[0] VALUE_INVALID"},
                      Case{R"({"r_color": ["COLOR_RED", 2]})", "r_color: [COLOR_RED, COLOR_GREEN]"},
                      Case{R"({"r_item": [{"name": "a"}, {"parts": [{"count": "1"}]}]})",
                           R"(r_item { name: "a" } r_item { parts { count: 1 } })"},
                      Case{R"({"r_item": [{}, {"parts": [{}, {"count": "x"}]}]})",
                           "!r_item[1].parts[1].count VALUE_INVALID"},
                      Case{R"({"m_int64": {"a": 1, "b": "2"}})",
                           R"(m_int64 { key: "a" value: 1 } m_int64 { key: "b" value: 2 })"},
                      Case{R"({"m_int64": [1]})", "!m_int64 VALUE_INVALID"},
                      Case{R"({"m_int64": {"a": null}})", "!m_int64[a] VALUE_INVALID"},
                      Case{R"({"m_int64": {"a": 1, "a": 2}})", "!m_int64[a] DUPLICATE_FIELD"},
                      Case{R"({"m_item": {"-1": {"name": "x"}}})",
                           R"(m_item { key: -1 value { name: "x" } })"},
                      Case{R"({"m_item": {"x": {}}})", "!m_item[x] VALUE_INVALID"},
                      Case{R"({"m_item": {"1": {"name": 2}}})", "!m_item[1].name VALUE_INVALID"}));

INSTANTIATE_TEST_SUITE_P(
    Shape, Reads,
    ::testing::Values(Case{R"({"nothing": 1})", "!nothing UNKNOWN_FIELD"},
                      Case{R"({"f_message": {"r_item": [{"nope": {}}]}})",
                           "!f_message.r_item[0].nope UNKNOWN_FIELD"},
                      Case{R"({"nothing": null})", "!nothing UNKNOWN_FIELD"},
                      Case{R"({"F_INT32": 1})", "!F_INT32 UNKNOWN_FIELD"},
                      Case{R"({"f_int32": 1, "f_int32": 1})", "!f_int32 DUPLICATE_FIELD"},
                      Case{R"({"f_int32": 1, "fInt32": 2})", "!f_int32 DUPLICATE_FIELD"},
                      Case{R"({"f_int32": null, "f_int32": 1})", "!f_int32 DUPLICATE_FIELD"},
                      Case{R"({"o_string": "a", "o_item": {}})", "!o_item ONEOF_CONFLICT"},
                      Case{R"({"o_string": "a", "o_item": null})", R"(o_string: "a")"},
                      Case{"", "! JSON_MALFORMED"}, Case{"{", "! JSON_MALFORMED"},
                      Case{"{} {}", "! JSON_MALFORMED"}, Case{"{'f_int32': 1}", "! JSON_MALFORMED"},
                      Case{"{f_int32: 1}", "! JSON_MALFORMED"},
                      Case{R"({"f_int32": 1,})", "! JSON_MALFORMED"},
                      Case{R"({"f_int32": 01})", "! JSON_MALFORMED"},
                      Case{R"({"f_int32": NaN})", "! JSON_MALFORMED"},
                      Case{R"({"f_double": 1e999})", "! JSON_MALFORMED"},
                      Case{R"({"f_string": "\ud800"})", "! JSON_MALFORMED"},
                      Case{"{\"f_string\": \"a\nb\"}", "! JSON_MALFORMED"},
                      Case{"{\"f_string\": \"\xFF\"}", "! NOT_UTF8"},
                      Case{"{\"\xC3\": 1}", "! NOT_UTF8"}, Case{"null", "!* VALUE_INVALID"},
                      Case{"[]", "!* VALUE_INVALID"}, Case{"5", "!* VALUE_INVALID"},
                      Case{"\"x\"", "!* VALUE_INVALID"}));

INSTANTIATE_TEST_SUITE_P(
    WellKnown, Reads,
    ::testing::Values(
        Case{R"({"w_time": "2023-03-01T09:00:00+07:00"})", "w_time { seconds: 1677636000 }"},
        Case{R"({"w_time": "2023-02-29T00:00:00Z"})", "!w_time VALUE_INVALID"},
        Case{R"({"w_time": 5})", "!w_time VALUE_INVALID"},
        Case{R"({"w_time": {"seconds": 5}})", "!w_time VALUE_INVALID"},
        Case{R"({"r_time": ["1970-01-01T00:00:01Z", "x"]})", "!r_time[1] VALUE_INVALID"},
        Case{R"({"w_duration": "1.5s"})", "w_duration { seconds: 1 nanos: 500000000 }"},
        Case{R"({"w_mask": "displayName,parts.count"})",
             R"(w_mask { paths: "display_name" paths: "parts.count" })"},
        Case{R"({"w_mask": ""})", "w_mask { }"},
        Case{R"({"w_mask": "a,"})", "!w_mask VALUE_INVALID"},
        Case{R"({"w_int64": "5", "w_bool": false})", "w_int64 { value: 5 } w_bool { }"},
        Case{R"({"w_int64": {"value": 5}})", "!w_int64 VALUE_INVALID"},
        Case{R"({"w_bool": "true"})", "!w_bool VALUE_INVALID"}, Case{R"({"w_string": null})", ""},
        Case{R"({"w_struct": {"a": [1, {"b": null}, "c\"d"], "e": true}})",
             R"(w_struct { fields { key: "a" value { list_value {
                  values { number_value: 1 }
                  values { struct_value { fields { key: "b" value { null_value: NULL_VALUE } } } }
                  values { string_value: "c\"d" } } } }
                fields { key: "e" value { bool_value: true } } })"},
        Case{R"({"w_struct": [1]})", "!w_struct VALUE_INVALID"},
        Case{R"({"w_value": null})", "w_value { null_value: NULL_VALUE }"},
        Case{R"({"w_value": -2.5})", "w_value { number_value: -2.5 }"},
        Case{R"({"w_value": "x"})", R"(w_value { string_value: "x" })"},
        Case{R"({"w_list": [1, "a"]})",
             R"(w_list { values { number_value: 1 } values { string_value: "a" } })"},
        Case{R"({"w_any": {"@type": "type.googleapis.com/gateway_test.v1.Item", "count": "3"}})",
             R"(w_any { [type.googleapis.com/gateway_test.v1.Item] { count: 3 } })"},
        Case{R"({"w_any": {"@type": "type.googleapis.com/no.Such"}})", "!w_any VALUE_INVALID"},
        Case{R"({"w_struct": {"a": 1}, "f_int32": 2})",
             R"(w_struct { fields { key: "a" value { number_value: 1 } } } f_int32: 2)"}));

TEST(ReadJsonMessage, SaysWhereJsonIsMalformed) {
  AllTypes message;
  const absl::Status status = ReadJsonMessage(R"({"f_int32": x})", &message);
  EXPECT_EQ(platform::ReasonOf(status), "JSON_MALFORMED");
  EXPECT_THAT(std::string(status.message()), HasSubstr("byte 13"));
}

std::string Nested(int levels, const std::string& inner) {
  std::string json = inner;
  for (int i = 0; i < levels; ++i) json = R"({"f_message": )" + json + "}";
  return json;
}

TEST(ReadJsonMessage, LimitsDepth) {
  AllTypes message;
  EXPECT_TRUE(ReadJsonMessage(Nested(kJsonDepthLimit - 1, "{}"), &message).ok());
  message.Clear();
  EXPECT_EQ(platform::ReasonOf(ReadJsonMessage(Nested(kJsonDepthLimit, "{}"), &message)),
            "JSON_TOO_DEEP");
  // Inside free JSON as well, and without using up the stack.
  message.Clear();
  const std::string deep = R"({"w_value": )" + std::string(1000000, '[');
  EXPECT_EQ(platform::ReasonOf(ReadJsonMessage(deep, &message)), "JSON_TOO_DEEP");
}

// Free JSON nests several messages a level, and no side of a call parses more than 100.
TEST(ReadJsonMessage, LimitsFreeJsonToWhatProtobufParses) {
  for (const auto& [open, close, levels] :
       {std::tuple{"[", "]", 47}, std::tuple{R"({"a":)", "}", 31}}) {
    for (const int more : {0, 1}) {
      std::string json = "1";
      for (int i = 0; i < levels + more; ++i) json = open + json + close;
      AllTypes message;
      const absl::Status status = ReadJsonMessage(R"({"w_value": )" + json + "}", &message);
      if (more > 0) {
        EXPECT_EQ(platform::ReasonOf(status), "JSON_TOO_DEEP") << open;
      } else {
        EXPECT_TRUE(status.ok()) << open << status;
        EXPECT_TRUE(AllTypes().ParseFromString(message.SerializeAsString())) << open;
      }
    }
  }
}

TEST(ReadJsonField, ReadsAnyKindOfField) {
  const auto field = [](const char* name) { return AllTypes::descriptor()->FindFieldByName(name); };
  AllTypes message;
  EXPECT_TRUE(ReadJsonField("[1,2]", &message, field("r_int32")).ok());
  EXPECT_TRUE(ReadJsonField(R"({"a": 5})", &message, field("m_int64")).ok());
  EXPECT_TRUE(ReadJsonField(R"("x")", &message, field("f_string")).ok());
  EXPECT_TRUE(ReadJsonField(R"({"f_int32": 1})", &message, field("f_message")).ok());
  EXPECT_TRUE(ReadJsonField("{\"x\":[]}", &message, field("w_struct")).ok());
  EXPECT_EQ(message.r_int32_size(), 2);
  EXPECT_EQ(message.m_int64().at("a"), 5);
  EXPECT_EQ(message.f_string(), "x");
  EXPECT_EQ(message.f_message().f_int32(), 1);
  EXPECT_EQ(Refused(ReadJsonField(R"({"no": 1})", &message, field("f_message"))),
            "f_message.no UNKNOWN_FIELD");
  EXPECT_EQ(Refused(ReadJsonField("5", &message, field("r_string"))), "r_string VALUE_INVALID");
}

// Whatever protobuf prints, in either spelling, reads back as the same message.
TEST(ReadJsonMessage, ReadOfPrintIsTheSame) {
  rc::check("read(print(x)) == x", [] {
    AllTypes wanted;
    wanted.set_f_int32(*rc::gen::arbitrary<int32_t>());
    wanted.set_f_int64(*rc::gen::arbitrary<int64_t>());
    wanted.set_f_uint64(*rc::gen::arbitrary<uint64_t>());
    wanted.set_f_fixed32(*rc::gen::arbitrary<uint32_t>());
    wanted.set_f_bool(*rc::gen::arbitrary<bool>());
    wanted.set_f_bytes(*rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
    wanted.set_f_string(*rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127)));
    wanted.set_f_color(
        *rc::gen::element(gateway_test::v1::COLOR_RED, gateway_test::v1::COLOR_GREEN));
    for (const int32_t value : *rc::gen::arbitrary<std::vector<int32_t>>()) {
      wanted.add_r_int32(value);
    }
    const auto keys = *rc::gen::container<std::vector<std::string>>(
        rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)));
    for (const std::string& key : keys)
      (*wanted.mutable_m_int64())[key] = *rc::gen::arbitrary<int>();
    wanted.mutable_w_time()->set_seconds(*rc::gen::inRange<int64_t>(0, 4102444800));
    wanted.mutable_w_int64()->set_value(*rc::gen::arbitrary<int64_t>());
    if (*rc::gen::arbitrary<bool>()) wanted.mutable_o_item()->set_name("x");
    wanted.mutable_f_message()->set_f_sint32(*rc::gen::arbitrary<int32_t>());

    pb::util::JsonPrintOptions options;
    options.preserve_proto_field_names = *rc::gen::arbitrary<bool>();
    options.always_print_primitive_fields = false;
    options.add_whitespace = *rc::gen::arbitrary<bool>();
    std::string json;
    RC_ASSERT(pb::util::MessageToJsonString(wanted, &json, options).ok());
    AllTypes read;
    const absl::Status status = ReadJsonMessage(json, &read);
    RC_ASSERT(status.ok());
    RC_ASSERT(pb::util::MessageDifferencer::Equals(wanted, read));
  });
}

}  // namespace
}  // namespace thidua::gateway
