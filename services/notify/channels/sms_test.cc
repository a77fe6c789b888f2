#include "notify/channels/sms.h"

#include <rapidcheck.h>

#include "gtest/gtest.h"

namespace thidua::notify::channels {
namespace {

TEST(SmsRules, R_NOT_33_NumbersAreWrittenInOneWay) {
  for (const char* text : {"+84912345678", "84912345678", "0084912345678", "0912345678",
                           "091 234 5678", "0912.345.678", "(+84) 912-345-678"}) {
    EXPECT_EQ(NormalisePhone(text), "+84912345678") << text;
  }
  EXPECT_EQ(NormalisePhone("+85620123456"), "+85620123456");
  for (const char* text :
       {"", "+", "0", "091234567", "09123456789", "+84261123456", "0261 3 544 666", "912345678",
        "+84112345678", "+0912345678", "0912345678x", "+8491234567８", "+1234567890123456",
        "+84912345678 / 0913000000", "+8491234\n5678"}) {
    EXPECT_EQ(NormalisePhone(text), std::nullopt) << text;
  }
  EXPECT_TRUE(rc::check("a number that was made so stays so", [](const std::string& text) {
    const auto number = NormalisePhone(text);
    if (number.has_value()) RC_ASSERT(NormalisePhone(*number) == number);
  }));
}

TEST(SmsRules, SendersAreShortNamesOrNumbers) {
  for (const char* text : {"THIDUA", "8088", "A", "Krong0Nong1", "123456789012345"}) {
    EXPECT_TRUE(IsSmsSender(text)) << text;
  }
  for (const char* text :
       {"", "12", "1234567890123456", "KrongNongDakR", "Thi đua", "A B", "x\r\n"}) {
    EXPECT_FALSE(IsSmsSender(text)) << text;
  }
}

TEST(SmsRules, R_NOT_34_MarksAreTakenOffVietnamese) {
  EXPECT_EQ(Unaccented("Họp lúc 14 giờ 00 thứ Ba tại Đắk Nông"),
            "Hop luc 14 gio 00 thu Ba tai Dak Nong");
  EXPECT_EQ(Unaccented("ĂÂĐÊÔƠƯ ẮẤẾỐỚỨỴ ỹỵ"), "AADEOOU AAEOOUY yy");
  EXPECT_EQ(Unaccented("“Nâm N’Đir” – họp…"), "\"Nam N'Dir\" - hop...");
  EXPECT_EQ(Unaccented("Ho\u0323p luc 日 `x`"), "Hop luc ? 'x'") << "decomposed marks go";
  EXPECT_EQ(Unaccented("x\xff"), "x?");
  EXPECT_TRUE(rc::check("nothing but GSM 03.38 is left", [](const std::string& text) {
    std::string printable;
    for (const char c : text) printable.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
    RC_ASSERT(IsGsm7(Unaccented(printable)) || printable.find('\x7f') != std::string::npos);
  }));
}

TEST(SmsRules, R_NOT_34_PartsAreCountedAsTheNetworkCounts) {
  EXPECT_EQ(PartsOf(std::string(160, 'a'), Coding::kGsm7), 1);
  EXPECT_EQ(PartsOf(std::string(161, 'a'), Coding::kGsm7), 2);
  EXPECT_EQ(PartsOf(std::string(306, 'a'), Coding::kGsm7), 2);
  EXPECT_EQ(PartsOf(std::string(307, 'a'), Coding::kGsm7), 3);
  EXPECT_EQ(PartsOf(std::string(159, 'a') + "{", Coding::kGsm7), 2) << "behind an escape";
  EXPECT_EQ(PartsOf(std::string(70, 'a'), Coding::kUcs2), 1);
  EXPECT_EQ(PartsOf(std::string(71, 'a'), Coding::kUcs2), 2);
  EXPECT_EQ(PartsOf("", Coding::kUcs2), 1);
}

TEST(SmsRules, R_NOT_34_ATextFitsAndShowsThatItWasCut) {
  const std::string text = "Nhắc họp 14 giờ 00 thứ Ba 05/12/2023 tại Phòng họp A: ";
  const PlannedText plain = PlanText(text + std::string(200, 'x'), false);
  EXPECT_EQ(plain.coding, Coding::kGsm7);
  EXPECT_EQ(plain.parts, 1);
  EXPECT_EQ(plain.text.size(), 160u);
  EXPECT_EQ(plain.text.rfind("Nhac hop 14 gio 00 thu Ba 05/12/2023 tai Phong hop A: xxx", 0), 0u);
  EXPECT_EQ(plain.text.substr(157), "...");

  const PlannedText accented = PlanText(text, true);
  EXPECT_EQ(accented.text, text);
  EXPECT_EQ(accented.coding, Coding::kUcs2);
  EXPECT_EQ(accented.parts, 1);
  const PlannedText cut = PlanText(text + std::string(200, 'x'), true);
  EXPECT_EQ(cut.parts, 3);
  EXPECT_EQ(cut.text.substr(cut.text.size() - 3), "...");

  const PlannedText ascii = PlanText("Hop 14:00", true);
  EXPECT_EQ(ascii.coding, Coding::kGsm7) << "marks cost nothing where there are none";
  EXPECT_EQ(PlanText("", false).text, "");
  EXPECT_TRUE(
      rc::check("no text takes more than its parts", [](const std::string& text, bool accents) {
        const PlannedText planned = PlanText(text, accents);
        RC_ASSERT(planned.parts <= (planned.coding == Coding::kGsm7 ? 1 : kMostAccentedParts));
      }));
}

TEST(SmsRules, R_NOT_41_AnswersOfTheGatewayAreJudged) {
  const auto judged = [](int status, std::string_view answer, bool handed_over = true) {
    return Classify({handed_over, status, answer});
  };
  EXPECT_EQ(judged(202, "0: Accepted for delivery"), Outcome::kSent);
  EXPECT_EQ(judged(202, "3: Queued for later delivery"), Outcome::kSent);
  EXPECT_EQ(judged(403, "Not routable. Do not try again."), Outcome::kPermanent);
  EXPECT_EQ(judged(400, "Number(s) has/have been denied by white- and/or black-lists."),
            Outcome::kPermanent);
  EXPECT_EQ(judged(400, "Missing receiver number, rejected"), Outcome::kPermanent);
  EXPECT_EQ(judged(403, "Authorization failed for sendsms"), Outcome::kTransient);
  EXPECT_EQ(judged(400, "Sender missing and no global set, rejected"), Outcome::kTransient);
  EXPECT_EQ(judged(503, "Temporal failure, try again later."), Outcome::kTransient);
  EXPECT_EQ(judged(503, "Not routable"), Outcome::kTransient);
  EXPECT_EQ(judged(200, "hello"), Outcome::kTransient) << "not Kannel";
  EXPECT_EQ(judged(0, "", true), Outcome::kUnknown);
  EXPECT_EQ(judged(0, "", false), Outcome::kTransient);
}

}  // namespace
}  // namespace thidua::notify::channels
