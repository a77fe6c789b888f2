#include "notify/templates/rules.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::notify::templates {
namespace {

std::map<std::string, std::string> ValuesFor(Kind kind) {
  std::map<std::string, std::string> values;
  for (const std::string& name : PlaceholdersOf(kind)) values[name] = "<" + name + ">";
  return values;
}

TEST(TemplateRules, KindsHaveNamesAndSortedPlaceholders) {
  ASSERT_EQ(AllKinds().size(), 21u);
  for (const Kind kind : AllKinds()) {
    EXPECT_EQ(KindFromName(NameOf(kind)), kind);
    const auto& names = PlaceholdersOf(kind);
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end())) << NameOf(kind);
    EXPECT_TRUE(std::binary_search(names.begin(), names.end(), std::string("unit_name")));
  }
  EXPECT_EQ(KindFromName("plan_launched"), std::nullopt);
}

// R-NOT-01
TEST(TemplateRules, R_NOT_01_RefusesWhatIsNotStrict) {
  struct Case {
    std::string subject, body, reason, placeholder;
  };
  for (const Case& c : std::vector<Case>{
           {"Hạn {filing_deadline}", "Thân", "PLACEHOLDER_UNKNOWN", "filing_deadline"},
           {"Thông báo", "Kính gửi {unit_nam}", "PLACEHOLDER_UNKNOWN", "unit_nam"},
           {"Thông báo", "Kính gửi {}", "PLACEHOLDER_UNKNOWN", ""},
           {"Thông báo", "Kính gửi { unit_name }", "PLACEHOLDER_UNKNOWN", " unit_name "},
           {"Thông báo", "Kính gửi {unit_name", "PLACEHOLDER_MALFORMED", "{unit_name"},
           {"Thông báo", "Kính gửi unit_name}", "PLACEHOLDER_MALFORMED", "}"},
           {"Thông báo", "a {b {unit_name}", "PLACEHOLDER_MALFORMED", "{b {unit_name}"},
           {"", "Thân", "TEMPLATE_EMPTY", ""},
           {"Thông báo", " \n ", "TEMPLATE_EMPTY", ""},
           {"Thông báo\r\nBcc: x@y", "Thân", "SUBJECT_MULTILINE", ""},
       }) {
    Template parsed;
    const auto problem = Template::Parse(Kind::kCertificateRevoked, c.subject, c.body, &parsed);
    ASSERT_TRUE(problem.has_value()) << c.subject << " / " << c.body;
    EXPECT_EQ(problem->reason, c.reason) << c.body;
    EXPECT_EQ(problem->placeholder, c.placeholder) << c.body;
  }
}

TEST(TemplateRules, R_NOT_02_FillsPlaceholdersAndKeepsDoubledBraces) {
  Template parsed;
  ASSERT_EQ(Template::Parse(Kind::kCertificateRevoked, "Thu hồi {certificate_code}",
                            "Kính gửi {unit_name}: {{{certificate_code}}} vì {reason}.", &parsed),
            std::nullopt);
  auto values = ValuesFor(Kind::kCertificateRevoked);
  values["unit_name"] = "UBND xã Đắk Drô";
  values["certificate_code"] = "ABC-1";
  values["reason"] = "hồ sơ sai {unit_name}";  // a value is never read as a template
  Rendered rendered;
  ASSERT_EQ(parsed.Render(values, &rendered), std::nullopt);
  EXPECT_EQ(rendered.subject, "Thu hồi ABC-1");
  EXPECT_EQ(rendered.body, "Kính gửi UBND xã Đắk Drô: {ABC-1} vì hồ sơ sai {unit_name}.");
}

TEST(TemplateRules, R_NOT_02_MissingAndForeignValuesAreRefused) {
  Template parsed;
  ASSERT_EQ(Template::Parse(Kind::kCertificateRevoked, "S", "{unit_name}", &parsed), std::nullopt);
  auto values = ValuesFor(Kind::kCertificateRevoked);
  values.erase("reason");  // not used by this text, still owed
  Rendered rendered;
  auto problem = parsed.Render(values, &rendered);
  ASSERT_TRUE(problem.has_value());
  EXPECT_EQ(problem->reason, "PLACEHOLDER_MISSING");
  EXPECT_EQ(problem->placeholder, "reason");
  values = ValuesFor(Kind::kCertificateRevoked);
  values["rank"] = "1";
  problem = parsed.Render(values, &rendered);
  ASSERT_TRUE(problem.has_value());
  EXPECT_EQ(problem->reason, "PLACEHOLDER_UNKNOWN");
  EXPECT_EQ(problem->placeholder, "rank");
}

TEST(TemplateRules, R_NOT_02_LongSubjectsAreCutAtACharacter) {
  Template parsed;
  ASSERT_EQ(Template::Parse(Kind::kCertificateRevoked, "{reason}", "x", &parsed), std::nullopt);
  auto values = ValuesFor(Kind::kCertificateRevoked);
  const auto subject_of = [&](int characters) {
    values["reason"].clear();
    for (int i = 0; i < characters; ++i) values["reason"] += "ộ";
    Rendered rendered;
    EXPECT_EQ(parsed.Render(values, &rendered), std::nullopt);
    return rendered.subject;
  };
  EXPECT_EQ(subject_of(kSubjectLimit).size(), 3u * kSubjectLimit);
  const std::string cut = subject_of(kSubjectLimit + 1);
  EXPECT_EQ(cut.size(), 3u * kSubjectLimit);  // 249 letters and "…", 3 bytes each
  EXPECT_EQ(cut.substr(cut.size() - 3), "…");
}

// Whatever people wrote into a reason, no line break or control character reaches a subject.
TEST(TemplateRules, R_NOT_02_PropertySubjectsHaveOneLine) {
  Template parsed;
  ASSERT_EQ(Template::Parse(Kind::kCertificateRevoked, "Về {reason}", "{reason}", &parsed),
            std::nullopt);
  EXPECT_TRUE(rc::check("one line, plain body", [&](const std::string& wild) {
    auto values = ValuesFor(Kind::kCertificateRevoked);
    values["reason"] = wild;
    Rendered rendered;
    RC_ASSERT(!parsed.Render(values, &rendered).has_value());
    for (const unsigned char c : rendered.subject) RC_ASSERT(c >= 0x20 && c != 0x7f);
    for (const unsigned char c : rendered.body) {
      RC_ASSERT(c == '\n' || (c >= 0x20 && c != 0x7f));
    }
  }));
}

TEST(TemplateRules, R_NOT_04_ATextForSmsIsOneLineOfKindsThatGoBySms) {
  const auto reason = [](Kind kind, std::string_view sms) {
    Template parsed;
    const auto problem = Template::Parse(kind, "S", "B", sms, &parsed);
    return problem.has_value() ? problem->reason : "";
  };
  EXPECT_EQ(reason(Kind::kMeetingReminder, "Nhắc họp {meeting_time}"), "");
  EXPECT_EQ(reason(Kind::kMeetingReminder, ""), "SMS_MISSING");
  EXPECT_EQ(reason(Kind::kMeetingReminder, "a\nb"), "SMS_MULTILINE");
  EXPECT_EQ(reason(Kind::kMeetingReminder, "{reason}"), "PLACEHOLDER_UNKNOWN");
  EXPECT_EQ(reason(Kind::kPlanLaunched, ""), "");
  EXPECT_EQ(reason(Kind::kPlanLaunched, "x"), "SMS_NEVER_SENT");

  Template parsed;
  ASSERT_EQ(Template::Parse(Kind::kMeetingReminder, "S", "B", "Họp tại {place}", &parsed),
            std::nullopt);
  auto values = ValuesFor(Kind::kMeetingReminder);
  values["place"] = "Phòng\r\nhọp " + std::string(700, 'x');
  Rendered rendered;
  ASSERT_EQ(parsed.Render(values, &rendered), std::nullopt);
  EXPECT_EQ(rendered.sms.rfind("Họp tại Phòng họp xxx", 0), 0u);
  EXPECT_EQ(rendered.sms.find('\n'), std::string::npos);
  EXPECT_LT(rendered.sms.size(), 700u);
}

}  // namespace
}  // namespace thidua::notify::templates
