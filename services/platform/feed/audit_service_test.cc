// AuditService: lists of entries, and who may have the whole log.
#include "gmock/gmock.h"
#include "platform/feed/services_fixture.h"

namespace thidua::feed {
namespace {

using common::v1::AuditLogItem;
using test::Reason;
using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(ServicesTest, AuditEntriesByPageUnitAndAggregate) {
  for (int i = 1; i <= 7; ++i) {
    Commit({.aggregate_id = absl::StrCat("plan-", i % 2),
            .version = i,
            .unit_id = i <= 4 ? "commune" : "elsewhere",
            .at = absl::FromUnixSeconds(1'700'000'000 + i)});
  }
  NumberAll();
  const auto list = [&](common::v1::ListAuditEntriesRequest request, const std::string& token) {
    std::vector<int64_t> positions;
    do {
      common::v1::ListAuditEntriesResponse response;
      const grpc::Status status =
          audit_->ListAuditEntries(test::WithToken(token).get(), request, &response);
      EXPECT_TRUE(status.ok()) << status.error_message();
      for (const auto& entry : response.entries()) positions.push_back(entry.position());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return positions;
  };
  common::v1::ListAuditEntriesRequest request;
  request.set_page_size(2);
  EXPECT_THAT(list(request, Everywhere()), ElementsAre(1, 2, 3, 4, 5, 6, 7));
  EXPECT_THAT(list(request, AtDistrict()), ElementsAre(1, 2, 3, 4));
  request.set_unit_id("elsewhere");
  EXPECT_THAT(list(request, Everywhere()), ElementsAre(5, 6, 7));
  EXPECT_THAT(list(request, AtDistrict()), IsEmpty());
  request.set_aggregate_id("plan-1");
  EXPECT_THAT(list(request, Everywhere()), ElementsAre(5, 7));
  request.clear_unit_id();
  EXPECT_THAT(list(request, Everywhere()), ElementsAre(1, 3, 5, 7));
  EXPECT_THAT(list(request, AtDistrict()), ElementsAre(1, 3));

  common::v1::ListAuditEntriesResponse response;
  request.Clear();
  request.set_page_size(1);
  ASSERT_TRUE(
      audit_->ListAuditEntries(test::WithToken(Everywhere()).get(), request, &response).ok());
  EXPECT_EQ(response.entries(0).actor(), "person:tester");
  EXPECT_EQ(response.entries(0).reason(), "vì thử nghiệm");
  request.set_page_token(response.next_page_token());
  request.set_unit_id("commune");
  EXPECT_EQ(
      Reason(audit_->ListAuditEntries(test::WithToken(Everywhere()).get(), request, &response)),
      "PAGE_TOKEN_MISMATCH");
}

TEST_F(ServicesTest, TheWholeLogIsOnlyForThoseWhoMayReadAll) {
  const auto context = test::WithToken(AtDistrict());
  const auto reader = audit_->ExportAuditLog(context.get(), {});
  AuditLogItem item;
  EXPECT_FALSE(reader->Read(&item));
  EXPECT_EQ(Reason(reader->Finish()), "AUDIT_EXPORT_NEEDS_ALL");
}

}  // namespace
}  // namespace thidua::feed
