#include "scoring/rankings/unit_page.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/hash.h"
#include "scoring/criteria/codec.h"
#include "scoring/criteria/testing.h"

namespace thidua::scoring::rankings {
namespace {

using criteria::LeafInput;
using ::testing::HasSubstr;
using ::testing::Not;

LeafRecord Counted(const std::string& code, int64_t n, int64_t d) {
  LeafRecord leaf;
  leaf.criterion = code;
  leaf.input.kind = LeafInput::Kind::kInputs;
  leaf.input.inputs = {{"numerator", n}, {"denominator", d}, {"late", d - n}, {"unheard_of", 5}};
  return leaf;
}

LeafRecord Given(const std::string& code, int points) {
  LeafRecord leaf;
  leaf.criterion = code;
  leaf.input.kind = LeafInput::Kind::kGiven;
  leaf.input.given = points;
  leaf.evidence = {{"ab12", "trang 3"}};
  return leaf;
}

Basis Sample() {
  Basis basis;
  basis.definition = criteria::testing::CommuneSet();
  basis.definition.fields[0].title = "Thủ tục <hành chính>";
  basis.definition.tie_break_criteria = {"I.1", "II.1"};
  Head& head = basis.head;
  head.publication_id = "p1";
  head.title = "Xếp hạng \"khối xã\"";
  head.publish_date = "2024-02-15";
  head.organiser_name = "UBND huyện <K>";
  head.block_title = "khối xã, thị trấn";
  head.year = 2023;
  head.period_start = "2023-01-01";
  head.period_end = "2023-12-31";
  head.as_of = "2023-12-31";
  head.criteria_set_version = 4;
  head.legal_basis = {"766/QĐ-TTg", "2022-06-23", "Thủ tướng", ""};
  LeafRecord appraised = Given("II.1", 18);
  appraised.layers = {{"SELF", "20"}, {"APPRAISED", "17"}, {"REAPPRAISED", "18"}};
  LeafRecord exempt;
  exempt.criterion = "I.2";
  exempt.input.kind = LeafInput::Kind::kNotApplicable;
  basis.units = {
      {"u1", "Xã A <x>", true, 3, {Counted("I.1", 60, 100), exempt, appraised}},
      {"u2", "Xã B", true, 0, {Given("I.1", 60), Counted("I.2", 4, 4), Given("II.1", 20)}},
      {"u3", "Xã C", false, 0, {}}};
  head.criteria_set_sha256 = platform::Sha256Hex(*criteria::Canonical(basis.definition));
  return basis;
}

std::string PageOf(const std::string& unit, const Basis& basis = Sample(),
                   const std::string& corrected_by = "") {
  return RenderUnitPage(*Compute(basis), {"feed", corrected_by}, unit);
}

// Elements that are opened and closed in order, or what is wrong.
std::string Unbalanced(const std::string& page) {
  std::vector<std::string> open;
  for (size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    const size_t end = page.find('>', at);
    if (end == std::string::npos) return "an element without an end";
    const bool closing = page[at + 1] == '/';
    const size_t from = at + (closing ? 2 : 1);
    const std::string name = page.substr(from, page.find_first_of(" >\n", from) - from);
    if (name == "!doctype" || name == "meta") continue;
    if (!closing) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "</" + name + "> closes " + (open.empty() ? "nothing" : open.back());
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back() + " is not closed";
}

size_t Count(const std::string& page, const std::string& what) {
  size_t count = 0;
  for (size_t at = page.find(what); at != std::string::npos; at = page.find(what, at + 1)) ++count;
  return count;
}

TEST(UnitPageTest, SaysHowEveryPointCameAbout) {
  const std::string page = PageOf("u1");
  for (const char* part : {"<h1>Xã A &lt;x&gt;</h1>",
                           "2 <small>trên 2 đơn vị</small>",
                           "54 <small>trên 80 điểm áp dụng",
                           "67,50 %",
                           "Yếu" /* of no unit, but of the bands */,
                           "▲ tăng 1 bậc</span> (từ&nbsp;hạng&nbsp;3)",
                           "60 × 60/100 = 36",
                           "Số liệu: trễ hạn 40.",
                           "Các bước: tự chấm 20 → thẩm định 17 → thẩm định lại sau giải trình 18.",
                           "Có 1 tài liệu kiểm chứng.",
                           "không áp dụng",
                           "Thủ tục &lt;hành chính&gt;",
                           "36/60 điểm áp dụng",
                           "18/20 điểm áp dụng",
                           "xét lần lượt tỷ lệ điểm của: I.1. Tiêu chí I.1; II.1. Tiêu chí II.1",
                           "Xuất sắc từ 90 % trở lên",
                           "phiên bản 4 (766/QĐ-TTg ngày 23/06/2022)",
                           "href=\"/trang/xep-hang/p1\"",
                           "href=\"/v1/publications/p1:snapshot\"",
                           "<code>feed</code>",
                           "công bố ngày 15/02/2024",
                           "UBND huyện &lt;K&gt;"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  // An input without a word is left to the snapshot.
  EXPECT_THAT(page, Not(HasSubstr("unheard_of")));
  EXPECT_THAT(PageOf("u2"), HasSubstr("Điểm do người thẩm định cho, thay cho điểm tính từ số"));
  EXPECT_THAT(PageOf("u2"), HasSubstr("chưa có năm trước để so sánh"));
  EXPECT_THAT(PageOf("u3"), HasSubstr("không xếp hạng <small>chưa chốt điểm</small>"));
  EXPECT_EQ(PageOf("u9"), "");
}

// R-SCO-54 Bonus and deduction are no part of a maximum, and the page says how they count.
TEST(UnitPageTest, BonusAndDeductionAreSaidAsSuch) {
  Basis basis = Sample();
  basis.definition = criteria::testing::SetWithExtraPoints();
  basis.head.criteria_set_sha256 = platform::Sha256Hex(*criteria::Canonical(basis.definition));
  const auto times = [](const std::string& code, int64_t count) {
    LeafRecord leaf;
    leaf.criterion = code;
    leaf.input.kind = LeafInput::Kind::kInputs;
    leaf.input.inputs = {{"count", count}};
    return leaf;
  };
  for (UnitRecord& unit : basis.units) {
    if (!unit.finalised) continue;
    unit.leaves.push_back(times("III.1", 4));
    unit.leaves.push_back(Given("III.2", 3));
    unit.leaves.push_back(times("IV.1", 5));
  }
  const std::string page = PageOf("u1", basis);
  // 36 + 18 of 80, 4 of bonus at most, 2.5 off.
  for (const char* part : {"55,5 <small>trên 80 điểm áp dụng", "69,38 %", "36/60 điểm áp dụng",
                           "thưởng 10 điểm, tối đa 10", "trừ 2,5 điểm, tối đa 5",
                           "(điểm đạt + điểm thưởng − điểm trừ) ÷ điểm tối đa",
                           "điểm thưởng nhiều nhất 4; chỉ số cao nhất 100"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  EXPECT_EQ(Unbalanced(page), "");
  basis.definition.extra_points->scale = criteria::ExtraScale::kIndex;
  basis.head.criteria_set_sha256 = platform::Sha256Hex(*criteria::Canonical(basis.definition));
  EXPECT_THAT(PageOf("u1", basis), HasSubstr("áp dụng × 100 + điểm thưởng − điểm trừ"));
}

TEST(UnitPageTest, IsWellFormedWithTablesThatCanBeReadAloud) {
  for (const char* unit : {"u1", "u2", "u3"}) {
    const std::string page = PageOf(unit);
    EXPECT_EQ(Unbalanced(page), "") << unit;
    EXPECT_EQ(Count(page, "<table"), Count(page, "<caption>"));
    EXPECT_EQ(Count(page, "<thead"), Count(page, "<table"));
    EXPECT_EQ(Count(page, "<script"), 0u);
    EXPECT_EQ(Count(page, "<x>"), 0u);
    EXPECT_EQ(Count(page, "lang=\"vi\""), 1u);
    EXPECT_EQ(Count(page, "<h1>"), 1u);
  }
  EXPECT_EQ(Count(PageOf("u1"), "<table"), 2u);  // one a field
  EXPECT_EQ(Count(PageOf("u1"), "scope=\"row\""), 3u);
}

TEST(UnitPageTest, ACorrectionIsSaidAtTheTop) {
  EXPECT_THAT(PageOf("u1"), Not(HasSubstr("class=\"notice\"")));
  EXPECT_THAT(PageOf("u1", Sample(), "p2"), HasSubstr("href=\"/trang/xep-hang/p2\""));
  Basis basis = Sample();
  basis.head.corrects = "p0";
  basis.head.correction_reason = "Cộng <nhầm>";
  EXPECT_THAT(PageOf("u1", basis), HasSubstr("Lý do: Cộng &lt;nhầm&gt;.</p>"));
  basis.head.correction_basis = {"12/QĐ-UBND", "2024-03-01", "UBND huyện", "Đính chính"};
  EXPECT_THAT(PageOf("u1", basis),
              HasSubstr("Văn bản: 12/QĐ-UBND ngày 01/03/2024 của UBND huyện – Đính chính.</p>"));
}

}  // namespace
}  // namespace thidua::scoring::rankings
