#include "scoring/rankings/snapshot.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/hash.h"
#include "rapidcheck.h"
#include "scoring/criteria/codec.h"
#include "scoring/criteria/testing.h"
#include "scoring/rankings/explain.h"
#include "scoring/rankings/page.h"

namespace thidua::scoring::rankings {
namespace {

using criteria::LeafInput;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

LeafRecord Counted(const std::string& code, int64_t n, int64_t d) {
  LeafRecord leaf;
  leaf.criterion = code;
  leaf.input.kind = LeafInput::Kind::kInputs;
  leaf.input.inputs = {{"numerator", n}, {"denominator", d}};
  return leaf;
}
LeafRecord Given(const std::string& code, numbers::Rational points) {
  LeafRecord leaf;
  leaf.criterion = code;
  leaf.input.kind = LeafInput::Kind::kGiven;
  leaf.input.given = std::move(points);
  leaf.evidence = {{"ab12", "trang 3"}};
  return leaf;
}

UnitRecord Unit(const std::string& id, const std::string& name, int previous_rank, LeafRecord a,
                LeafRecord b, LeafRecord c) {
  return {id, name, true, previous_rank, {std::move(a), std::move(b), std::move(c)}};
}

Basis Sample() {
  Basis basis;
  basis.definition = criteria::testing::CommuneSet();
  Head& head = basis.head;
  head.publication_id = "p1";
  head.title = "Xếp hạng \"khối xã\"";
  head.publish_date = "2024-02-15";
  head.organiser_id = "u0";
  head.organiser_name = "UBND huyện";
  head.round_id = "r1";
  head.block = "xa";
  head.block_title = "khối xã, thị trấn";
  head.year = 2023;
  head.period_start = "2023-01-01";
  head.period_end = "2023-12-31";
  head.as_of = "2023-12-31";
  head.criteria_set_id = "s1";
  head.criteria_set_version = 1;
  head.criteria_set_sha256 = platform::Sha256Hex(*criteria::Canonical(basis.definition));
  basis.units = {
      Unit("u2", "Xã B", 1, Counted("I.1", 1187, 1250), Counted("I.2", 3, 4), Given("II.1", 18)),
      Unit("u1", "Xã A <x>", 3, Counted("I.1", 1, 1), Counted("I.2", 4, 4), Given("II.1", 20)),
      {"u3", "Xã C", false, 0, {}}};
  return basis;
}

TEST(SnapshotTest, BytesComeOutAsTheyWere) {
  const std::string bytes = *ToBytes(*Compute(Sample()));
  EXPECT_EQ(*ToBytes(*Compute(*BasisOf(bytes))), bytes);
  EXPECT_THAT(bytes, HasSubstr("\"schema\":\"thidua.scoring.ranking/1\""));
  EXPECT_THAT(bytes, HasSubstr("\"points\":\"56.98\""));
}

// R-SCO-54 A set with bonus and deduction: all that was computed is computed again from the bytes.
TEST(SnapshotTest, BonusAndDeductionAreReplayed) {
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
    unit.leaves.push_back(times("III.1", 1));
    unit.leaves.push_back(Given("III.2", numbers::Rational(1, 2)));
    unit.leaves.push_back(times("IV.1", unit.unit_id == "u2" ? 5 : 0));
  }
  const Ranked ranked = *Compute(basis);
  const std::string bytes = *ToBytes(ranked);
  EXPECT_EQ(*ToBytes(*Compute(*BasisOf(bytes))), bytes);
  EXPECT_EQ(platform::Sha256Hex(bytes),
            "ff27e45b8d11d6a4aa86fbc4a6d76f2f3035c2aaedbcad62fffb11ae8de6ecd0");
  EXPECT_THAT(bytes, HasSubstr("\"bonus_points\":\"2.5\""));
  EXPECT_THAT(bytes, HasSubstr("\"deduction_points\":\"2.5\""));
  const std::vector<std::string> lines = ExplainLines(ranked, "u2");
  EXPECT_THAT(lines.at(0), HasSubstr("(điểm thưởng 2,5, điểm trừ 2,5)"));
  EXPECT_THAT(lines.at(2), HasSubstr("Tiêu chí IV.1 (trừ 2,5)"));
  EXPECT_THAT(lines.at(2), Not(HasSubstr("III.1")));
}

// The form and the rules of old snapshots never change: this hash may not move when code does.
TEST(SnapshotTest, TheFormIsFrozen) {
  Basis basis = Sample();
  basis.head.block_title.clear();  // younger than the form
  EXPECT_EQ(platform::Sha256Hex(*ToBytes(*Compute(basis))),
            "15b649ec8ef584ec760a127ed2da3281653230f8b0613727e8b920d66c76d9ab");
}

TEST(SnapshotTest, AnotherCriteriaSetThanNamedIsNoticed) {
  Basis basis = Sample();
  basis.definition.bands.pop_back();
  EXPECT_FALSE(Compute(std::move(basis)).ok());
  basis = Sample();
  basis.units[0].leaves.pop_back();
  EXPECT_FALSE(Compute(std::move(basis)).ok());
  EXPECT_FALSE(BasisOf("{}").ok());
  EXPECT_FALSE(BasisOf("no json").ok());
}

// Any inputs: replaying gives the same bytes, whatever the order of the units.
TEST(SnapshotTest, ReplayIsExactForAnyInputs) {
  EXPECT_TRUE(rc::check("replay", [] {
    Basis basis = Sample();
    basis.units.clear();
    const int count = *rc::gen::inRange(0, 5);
    for (int i = 0; i < count; ++i) {
      const int64_t d = *rc::gen::inRange<int64_t>(0, 5000);
      basis.units.push_back(
          Unit("u" + std::to_string(*rc::gen::inRange(0, 2)) + std::to_string(i), "Xã", 0,
               Counted("I.1", *rc::gen::inRange<int64_t>(0, d + 1), d),
               Counted("I.2", *rc::gen::inRange<int64_t>(0, 4), *rc::gen::inRange<int64_t>(0, 4)),
               Given("II.1", numbers::Rational(*rc::gen::inRange(0, 2001), 100))));
    }
    Basis reversed = basis;
    std::reverse(reversed.units.begin(), reversed.units.end());
    const std::string bytes = *ToBytes(*Compute(basis));
    RC_ASSERT(*ToBytes(*Compute(*BasisOf(bytes))) == bytes);
    RC_ASSERT(*ToBytes(*Compute(reversed)) == bytes);
  }));
}

// R-SCO-33
// shows: S1-13
TEST(ExplainTest, FiveLinesSayWhy) {
  const Ranked ranked = *Compute(Sample());
  EXPECT_THAT(
      ExplainLines(ranked, "u2"),
      ElementsAre(
          "Hạng 2/2 khối xã, thị trấn năm 2023: 89,98/100 điểm áp dụng, chỉ số 89,98 %, xếp loại "
          "Tốt.",
          "So với năm 2022 (hạng 1): giảm 1 bậc.",
          "Mất điểm nhiều nhất: Tiêu chí I.2 15/20 (mất 5); Tiêu chí I.1 56,98/60 (mất 3,02); "
          "Tiêu chí II.1 18/20 (mất 2).",
          "Kém hạng liền trên (hạng 1, chỉ số 100,00 %) 10,02 điểm phần trăm.",
          "Căn cứ: bộ tiêu chí phiên bản 1; 2 tiêu chí tính từ số liệu, 1 tiêu chí thẩm định, 0 "
          "tiêu chí "
          "không áp dụng; 1 tài liệu kiểm chứng."));
  EXPECT_THAT(ExplainLines(ranked, "u1")[2], "Không mất điểm ở tiêu chí nào được áp dụng.");
  EXPECT_THAT(ExplainLines(ranked, "u1")[1], "So với năm 2022 (hạng 3): tăng 2 bậc.");
  EXPECT_THAT(ExplainLines(ranked, "u3"),
              ElementsAre("Không xếp hạng trong khối xã, thị trấn năm 2023: chưa chốt điểm."));
  EXPECT_TRUE(ExplainLines(ranked, "u9").empty());
  EXPECT_EQ(CalculationText(ranked.StandingOf("u2")->leaves[0]), "60 × 1187/1250 = 56,98");
  Basis unnamed = Sample();
  unnamed.head.block_title.clear();
  EXPECT_THAT(ExplainLines(*Compute(unnamed), "u3"),
              ElementsAre("Không xếp hạng trong khối xa năm 2023: chưa chốt điểm."));
}

TEST(PageTest, ShowsTheRankingAndEscapesEveryText) {
  const Ranked ranked = *Compute(Sample());
  const std::string page = RenderPage(ranked, {"feed", "p2"});
  EXPECT_THAT(page, HasSubstr("Xã A &lt;x&gt;"));
  EXPECT_THAT(page, HasSubstr("Xếp hạng &quot;khối xã&quot;"));
  EXPECT_THAT(page, HasSubstr("89,98"));
  EXPECT_THAT(page, HasSubstr("công bố ngày 15/02/2024. Xếp hạng khối xã, thị trấn năm 2023 (số "));
  EXPECT_THAT(page, HasSubstr("<code>feed</code>"));
  EXPECT_THAT(page, HasSubstr("href=\"/trang/xep-hang/p2\""));
  EXPECT_THAT(page, HasSubstr("Tên đơn vị ghi theo ngày 31/12/2023"));
  EXPECT_THAT(page, HasSubstr("chưa chốt điểm"));
  EXPECT_THAT(page, HasSubstr("href=\"/trang/xep-hang/p1/u2\""));
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<x>"), std::string::npos);
}

}  // namespace
}  // namespace thidua::scoring::rankings
