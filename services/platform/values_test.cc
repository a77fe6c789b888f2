// Dates, ids, hashes and canonical JSON.
#include <gtest/gtest.h>

#include <set>

#include "platform/ascii_text.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/loopback.h"
#include "platform/status.h"
#include "platform/text_length.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::platform {
namespace {

TEST(ParseDate, TakesWhatTheCalendarHasAndNothingElse) {
  EXPECT_EQ(ParseDate("2023-03-15", "d").value(), absl::CivilDay(2023, 3, 15));
  EXPECT_EQ(ParseDate("2024-02-29", "d").value(), absl::CivilDay(2024, 2, 29));
  const struct {
    const char* text;
    const char* reason;
  } kBad[] = {{"2019-11-31", "DATE_IMPOSSIBLE"}, {"2023-02-29", "DATE_IMPOSSIBLE"},
              {"2023-00-10", "DATE_IMPOSSIBLE"}, {"2023-13-01", "DATE_IMPOSSIBLE"},
              {"1899-12-31", "DATE_IMPOSSIBLE"}, {"2023-1-5", "DATE_MALFORMED"},
              {"31/11/2019", "DATE_MALFORMED"},  {"", "DATE_MALFORMED"},
              {"2023-03-1x", "DATE_MALFORMED"},  {"2023-03-15T", "DATE_MALFORMED"}};
  for (const auto& bad : kBad) {
    EXPECT_EQ(ReasonOf(ParseDate(bad.text, "d").status()), bad.reason) << bad.text;
  }
}

TEST(ParseDate, ImpossibleDateIsNamedAsPeopleReadIt) {
  EXPECT_EQ(TextOf(ParseDate("2019-11-31", "plan.end_date").status(), "vi"),
            "plan.end_date: ngày 31/11/2019 không có trong lịch");
}

TEST(RequireAscii, TakesCodesAndRefusesLettersWithMarks) {
  EXPECT_TRUE(RequireAscii("H00.20-1/x", "code").ok());
  EXPECT_TRUE(RequireAscii("", "code").ok());
  const absl::Status refused = RequireAscii("thử", "code");
  EXPECT_EQ(ReasonOf(refused), "TEXT_NOT_ASCII");
  ASSERT_EQ(FieldsOf(refused).size(), 1u);
  EXPECT_EQ(FieldsOf(refused)[0].field, "code");
}

TEST(BusinessClock, TodayIsVietnamsAndMoves) {
  ManualClock machine(
      absl::FromCivil(absl::CivilSecond(2022, 10, 14, 16, 59, 59), absl::UTCTimeZone()));
  BusinessClock business(machine);
  EXPECT_EQ(business.Today(), absl::CivilDay(2022, 10, 14));
  machine.Advance(absl::Seconds(1));
  EXPECT_EQ(business.Today(), absl::CivilDay(2022, 10, 15)) << "midnight in Vietnam is 17:00 UTC";
  business.SetOffset(absl::Hours(24 * 31));
  EXPECT_EQ(business.Today(), absl::CivilDay(2022, 11, 15));
}

TEST(Ids, SortByTimeAndDoNotRepeat) {
  const absl::Time start = absl::FromUnixSeconds(1'700'000'000);
  std::set<std::string> ids;
  std::string before;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = NewId(start + absl::Milliseconds(i));
    EXPECT_TRUE(IsId(id));
    EXPECT_LT(before, id);
    before = id;
    ids.insert(NewId(start));
  }
  EXPECT_EQ(ids.size(), 1000u);
  EXPECT_FALSE(IsId("0123456789abcdefghijklmnop"));  // i, l, o and u are not in the alphabet
  EXPECT_EQ(ReasonOf(IdFromName("units/x", "units", "unit").status()), "NAME_MALFORMED");
  EXPECT_EQ(IdFromName("units/" + before, "units", "unit").value(), before);
}

TEST(Hash, KnownAnswer) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(FromHex(ToHex(std::string("\0\xff\x10", 3))), std::string("\0\xff\x10", 3));
  EXPECT_EQ(FromHex("0g"), "");
}

TEST(CanonicalJson, SortsByUtf16AndRefusesFloats) {
  const auto value = nlohmann::json::parse(R"({"b":[1,"ế",true,null],"a":{"z":"","y":-5}})");
  EXPECT_EQ(CanonicalJson(value).value(), R"({"a":{"y":-5,"z":""},"b":[1,"ế",true,null]})");
  // The order of RFC 8785 section 3.2.3: U+1F600 (surrogates D83D DE00) comes before U+FB33.
  const auto keys = nlohmann::json::parse("{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"\\u20ac\":3}");
  EXPECT_EQ(CanonicalJson(keys).value(), "{\"\u20ac\":3,\"\U0001F600\":2,\"\uFB33\":1}");
  EXPECT_FALSE(CanonicalJson(nlohmann::json(1.5)).ok());
  EXPECT_FALSE(CanonicalJson(nlohmann::json(uint64_t{1} << 60)).ok());
  EXPECT_FALSE(CanonicalJson(nlohmann::json("\xff")).ok());
}

TEST(ProtoJson, RoundTripsAndIgnoresWhatIsNewer) {
  common::v1::Event event;
  event.set_position(9'007'199'254'740'993);
  event.set_reason("lý do");
  const std::string json = ToJson(event).value();
  EXPECT_EQ(json, R"({"position":"9007199254740993","reason":"lý do"})");
  common::v1::Event back;
  ASSERT_TRUE(
      FromJson(R"({"position":"9007199254740993","reason":"lý do","later":1})", &back).ok());
  EXPECT_EQ(back.SerializeAsString(), event.SerializeAsString());
}

TEST(LoopbackTest, ANameThatBeginsLikeAnAddressIsNone) {
  for (const char* host : {"localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"}) {
    EXPECT_TRUE(IsLoopbackHost(host)) << host;
  }
  for (const char* host : {"", "127.example.com", "127.0.0.1.example.com", "127.1", "10.0.0.1",
                           "128.0.0.1", "localhost.example.com", "[::2]"}) {
    EXPECT_FALSE(IsLoopbackHost(host)) << host;
  }
  EXPECT_TRUE(IsLoopbackAddress("127.0.0.1:7401"));
  EXPECT_TRUE(IsLoopbackAddress("[::1]:7401"));
  EXPECT_FALSE(IsLoopbackAddress("0.0.0.0:7401"));
  EXPECT_FALSE(IsLoopbackAddress("127.example.com:7401"));
}

TEST(TextLengthTest, CountsCharactersNotBytes) {
  EXPECT_EQ(TextLength(""), 0u);
  EXPECT_EQ(TextLength("abc"), 3u);
  EXPECT_EQ(TextLength("Kế hoạch"), 8u);
  EXPECT_EQ(TextLength("\xF0\x9F\x98\x80"), 1u);
}

TEST(EtagTest, MissingAndStaleAreToldApartAtTheirField) {
  EXPECT_TRUE(CheckEtag("\"3\"", 3).ok());
  EXPECT_EQ(ReasonOf(CheckEtag("\"2\"", 3)), "ETAG_MISMATCH");
  EXPECT_EQ(ReasonOf(CheckEtag("", 3, "unit.etag")), "ETAG_REQUIRED");
  EXPECT_EQ(FieldsOf(CheckEtag("", 3, "unit.etag")).at(0).field, "unit.etag");
}

}  // namespace
}  // namespace thidua::platform
