#include "platform/paging.h"

#include "gtest/gtest.h"
#include "platform/status.h"

namespace thidua::platform {
namespace {

TEST(PagingTest, SizesAreClampedAndNegativeOnesRefused) {
  EXPECT_EQ(ReadPage(0, "", "a")->size, 50);
  EXPECT_EQ(ReadPage(7, "", "a")->size, 7);
  EXPECT_EQ(ReadPage(1001, "", "a")->size, 1000);
  EXPECT_EQ(ReasonOf(ReadPage(-1, "", "a").status()), "PAGE_SIZE_NEGATIVE");
}

TEST(PagingTest, ATokenGoesOnAfterItsKeyAndOnlyInItsOwnList) {
  const std::string token = NextPageToken("01abc", "units|plan=1");
  EXPECT_EQ(ReadPage(0, token, "units|plan=1")->after, "01abc");
  EXPECT_EQ(ReasonOf(ReadPage(0, token, "units|plan=2").status()), "PAGE_TOKEN_MISMATCH");
}

TEST(PagingTest, TextThatIsNoTokenIsRefused) {
  EXPECT_EQ(ReasonOf(ReadPage(0, "%%%", "a").status()), "PAGE_TOKEN_MALFORMED");
  EXPECT_EQ(ReasonOf(ReadPage(0, "QUJD", "a").status()), "PAGE_TOKEN_MALFORMED");
  EXPECT_EQ(ReasonOf(ReadPage(0, std::string(2000, 'A'), "a").status()), "PAGE_TOKEN_MALFORMED");
}

}  // namespace
}  // namespace thidua::platform
