#include "platform/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace thidua::platform {
namespace {

TEST(Status, TravelsWholeOverTheWire) {
  const absl::Status status =
      InvalidField("plan.end_date", "DATE_IMPOSSIBLE", {"ngày không có", "no such date"});
  const grpc::Status wire = ToGrpc(status, "campaign.thidua");
  EXPECT_EQ(wire.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const absl::Status back = FromGrpc(wire);
  EXPECT_EQ(ReasonOf(back), "DATE_IMPOSSIBLE");
  EXPECT_EQ(TextOf(back, "vi"), "plan.end_date: ngày không có");
  EXPECT_EQ(TextOf(back, "en"), "plan.end_date: no such date");
  ASSERT_EQ(FieldsOf(back).size(), 1);
  EXPECT_EQ(FieldsOf(back)[0].field, "plan.end_date");
  EXPECT_EQ(FieldsOf(back)[0].reason, "DATE_IMPOSSIBLE");
  EXPECT_EQ(FieldsOf(back)[0].text.vi, "ngày không có");
}

TEST(Status, NothingLeavesWithoutAReason) {
  const grpc::Status wire = ToGrpc(absl::InternalError("password=1234"), "campaign.thidua");
  EXPECT_EQ(wire.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(ReasonOf(FromGrpc(wire)), "INTERNAL");
  EXPECT_THAT(wire.error_details() + wire.error_message(),
              testing::Not(testing::HasSubstr("1234")));
  EXPECT_EQ(ReasonOf(FromGrpc(ToGrpc(absl::NotFoundError("row 7"), "x"))), "INTERNAL");
}

TEST(Status, ManyFieldsStayWithinATrailer) {
  std::vector<FieldViolation> violations;
  for (int i = 0; i < 500; ++i) {
    violations.push_back(
        {"rows[" + std::to_string(i) + "]", "FIELD_INVALID", {std::string(400, 'a'), "b"}});
  }
  const grpc::Status wire = ToGrpc(InvalidFields(violations), "x");
  EXPECT_LT(wire.error_details().size(), 8192u);
  EXPECT_EQ(FieldsOf(FromGrpc(wire)).size(), 20u);
}

TEST(Status, LongTextIsCutAtACharacterBorder) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "ế";
  const std::string cut = TextOf(NotFound("X", {text, text}), "vi");
  EXPECT_LE(cut.size(), 1024u);
  EXPECT_EQ(cut.size() % std::string("ế").size(), 0u);
}

TEST(Status, APeerThatIsAwayHasAReason) {
  EXPECT_EQ(ReasonOf(FromGrpc({grpc::StatusCode::UNAVAILABLE, "connect failed"})),
            "PEER_UNAVAILABLE");
}

}  // namespace
}  // namespace thidua::platform
