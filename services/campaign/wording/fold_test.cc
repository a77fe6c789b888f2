#include "campaign/wording/fold.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::wording {
namespace {

using ::testing::ElementsAre;

// shows: S0-20
TEST(Fold, AccentsAndCaseDoNotMatter) {
  EXPECT_EQ(Fold("UBND huyện Krông Nô"), "ubnd huyen krong no");
  EXPECT_EQ(Fold("Đắk Nông"), "dak nong");
  EXPECT_EQ(Fold("THỊ TRẤN ĐẮK MÂM"), "thi tran dak mam");
  EXPECT_EQ(Fold("Nâm N'Đir"), "nam n'dir");
}

TEST(Fold, EveryVietnameseVowelHasItsBase) {
  EXPECT_EQ(Fold("àáảãạăằắẳẵặâầấẩẫậ"), "aaaaaaaaaaaaaaaaa");
  EXPECT_EQ(Fold("èéẻẽẹêềếểễệìíỉĩị"), "eeeeeeeeeeeiiiii");
  EXPECT_EQ(Fold("òóỏõọôồốổỗộơờớởỡợ"), "ooooooooooooooooo");
  EXPECT_EQ(Fold("ùúủũụưừứửữựỳýỷỹỵđ"), "uuuuuuuuuuuyyyyyd");
  EXPECT_EQ(Fold("ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐ"), "aaaaaaaaaaaaaaaaad");
}

TEST(Fold, DecomposedTextFoldsLikeComposed) {
  EXPECT_EQ(Fold("Kro\xCC\x82ng No\xCC\x82"), "krong no");
}

TEST(Fold, OtherTextStays) {
  EXPECT_EQ(Fold("số 584/KH-UBND – 100 % ✓"), "so 584/kh-ubnd – 100 % ✓");
  EXPECT_EQ(Fold("\xFFz"), "\xFFz");
}

TEST(Fold, FoldingTwiceChangesNothing) {
  EXPECT_TRUE(rc::check("fold is idempotent", [](const std::string& text) {
    RC_ASSERT(Fold(Fold(text)) == Fold(text));
  }));
}

TEST(FoldedWords, SplitsAtWhatIsNoLetter) {
  EXPECT_THAT(FoldedWords("UBND xã Đắk Drô (cũ)"), ElementsAre("ubnd", "xa", "dak", "dro", "cu"));
  EXPECT_THAT(FoldedWords(" - "), ElementsAre());
}

}  // namespace
}  // namespace thidua::campaign::wording
