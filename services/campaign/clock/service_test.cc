// Business time over two processes of campaign on one schema.
#include "campaign/testing/campaign_test.h"

namespace thidua::campaign::clock {
namespace {

class ReplicasTest : public CampaignTest {
 protected:
  ReplicasTest() : tree_(*pool_), second_("campaign", keys()) {
    auto blobs = files::OpenLocalBlobs(folder_.path());
    EXPECT_TRUE(blobs.ok()) << blobs.status();
    blobs_ = *std::move(blobs);
    Parts parts;
    parts.pool = pool_.get();
    parts.tree = &tree_;
    parts.blobs = blobs_.get();
    parts.key = keys().key("campaign");
    parts.access_key = keys().key("access");
    const absl::Status added = AddCampaign(second_.host(), std::move(parts));
    EXPECT_TRUE(added.ok()) << added;
    second_.Start();
    directory_of_second_ = v1::DirectoryService::NewStub(second_.channel());
  }

  // Whether the second process finds that the unit exists today.
  bool ExistsAtSecond(const std::string& unit) {
    v1::GetUnitRequest request;
    request.set_name(unit);
    Ask(*directory_of_second_, &v1::DirectoryService::Stub::GetUnit, request);
    EXPECT_TRUE(status.ok() || reason() == "UNIT_NOT_VALID") << reason();
    return status.ok();
  }

 private:
  test::TempDir folder_;
  std::unique_ptr<files::BlobStore> blobs_;
  directory::DirectoryTree tree_;
  test::TestServer second_;
  std::unique_ptr<v1::DirectoryService::Stub> directory_of_second_;
};

TEST_F(ReplicasTest, TimeMovedAtOneIsTheTimeOfTheOtherAtOnce) {
  LoadDirectory();
  MoveTo("2023-10-01");
  PassACodeOn();
  const std::string made_in_2023 = UnitOf("H00.20.30");
  for (int i = 0; i < 5; ++i) {
    MoveTo("2022-10-01");
    EXPECT_FALSE(ExistsAtSecond(made_in_2023)) << i;
    MoveTo("2023-10-01");
    EXPECT_TRUE(ExistsAtSecond(made_in_2023)) << i;
  }
}

}  // namespace
}  // namespace thidua::campaign::clock
