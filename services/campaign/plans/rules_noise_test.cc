#include "campaign/plans/rules_noise.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Passages(std::string_view text) {
  std::vector<std::string> passages;
  for (const Noise& one : NoiseIn(text)) passages.push_back(one.passage);
  return passages;
}

// shows: S2-14
TEST(Noise, R_PLN_31_FurnitureOfTheNewsPage) {
  EXPECT_THAT(Passages(".\nNhằm tạo khí thế thi đua sôi nổi"), ElementsAre("."));
  EXPECT_THAT(Passages(". Nhằm tạo khí thế"), ElementsAre("."));
  EXPECT_THAT(Passages("trong Phong trào thi đua./.\nBBT.\nBản in"), ElementsAre("BBT.", "Bản in"));
  EXPECT_THAT(Passages("."), ElementsAre("."));
  EXPECT_THAT(Passages("Phong trào thi đua./."), IsEmpty()) << "so a document ends";
  EXPECT_THAT(Passages("Bản in của kế hoạch"), IsEmpty()) << "a sentence";
}

// shows: S4-35
TEST(Noise, R_PLN_31_MarksOfLayoutAndAWordLeftOut) {
  EXPECT_THAT(Passages("**Phát động phong trào thi đua**"), ElementsAre("**"));
  EXPECT_THAT(Passages("(*dịch vụ công trực tuyến toàn trình*)"), ElementsAre("*"));
  const std::vector<Noise> found =
      NoiseIn("bình chọn cá nhân xuất sắc nhất đề Chủ tịch UBND huyện khen thưởng");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, NoiseKind::kSlip);
  EXPECT_EQ(found[0].meant, "đề nghị Chủ tịch");
  EXPECT_THAT(Passages("đề nghị Chủ tịch UBND huyện; đề xuất Chủ tịch"), IsEmpty());
  EXPECT_THAT(Passages("những vấn đề Chủ tịch UBND huyện giao"), IsEmpty());
}

TEST(Noise, R_PLN_31_WhatIsToldIsInTheText) {
  EXPECT_TRUE(rc::check("passages are verbatim", [](const std::string& text) {
    for (const Noise& one : NoiseIn(text)) RC_ASSERT(text.find(one.passage) != std::string::npos);
  }));
}

}  // namespace
}  // namespace thidua::campaign::plans
