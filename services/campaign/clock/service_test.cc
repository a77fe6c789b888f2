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

  // Who carries the code today, as the second process says.
  std::string CarrierAtSecond(const std::string& code) {
    v1::ListUnitsRequest request;
    request.set_code(code);
    const v1::ListUnitsResponse found =
        Ask(*directory_of_second_, &v1::DirectoryService::Stub::ListUnits, request);
    EXPECT_EQ(found.units_size(), 1) << reason();
    return found.units_size() == 1 ? found.units(0).names(0).text() : "";
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
  PassACodeOn();
  for (int i = 0; i < 5; ++i) {
    MoveTo("2022-10-01");
    EXPECT_EQ(CarrierAtSecond("H00.20.30"), "Xã trước") << i;
    MoveTo("2023-10-01");
    EXPECT_EQ(CarrierAtSecond("H00.20.30"), "Xã sau") << i;
  }
}

}  // namespace
}  // namespace thidua::campaign::clock
