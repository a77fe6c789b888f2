#include <unistd.h>

#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "platform/files/store.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "support/test_server.h"

namespace thidua::files {
namespace {

class LocalBlobsTest : public testing::Test {
 protected:
  const test::TempDir folder_;
  const std::unique_ptr<BlobStore> blobs_ = OpenLocalBlobs(folder_.path() + "/files").value();
  const std::string upload_ = platform::NewId(absl::UnixEpoch());
  std::string UploadPath() const { return folder_.path() + "/files/uploads/" + upload_; }
};

TEST_F(LocalBlobsTest, PartsMakeAWhole) {
  const std::string whole = std::string(1'500'000, 'a') + "end";
  ASSERT_TRUE(blobs_->WritePart(upload_, 0, whole.substr(0, 1'000'000)).ok());
  ASSERT_TRUE(blobs_->WritePart(upload_, 1'000'000, whole.substr(1'000'000)).ok());
  const std::string hash = platform::Sha256Hex(whole);
  EXPECT_FALSE(blobs_->Read(hash, 0).ok()) << "nothing to be read before it is whole";
  ASSERT_TRUE(blobs_->Complete(upload_, 1'500'003, hash).ok());
  const std::string first = blobs_->Read(hash, 0).value();
  EXPECT_EQ(first.size(), 1024u * 1024u);
  EXPECT_EQ(first + blobs_->Read(hash, 1024 * 1024).value(), whole);
  EXPECT_EQ(blobs_->Read(hash, 1'500'003).value(), "");
  EXPECT_FALSE(std::filesystem::exists(UploadPath()));
}

TEST_F(LocalBlobsTest, APartThatWasCutOffIsWrittenAgain) {
  ASSERT_TRUE(blobs_->WritePart(upload_, 0, "good").ok());
  // A crash in the middle of the next part left bytes that nobody acknowledged.
  ASSERT_TRUE(blobs_->WritePart(upload_, 4, "\xff\xff").ok());
  ASSERT_TRUE(blobs_->WritePart(upload_, 4, "part").ok());
  ASSERT_TRUE(blobs_->WritePart(upload_, 4, "part").ok()) << "a repeat is accepted";
  EXPECT_TRUE(blobs_->Complete(upload_, 8, platform::Sha256Hex("goodpart")).ok());
}

TEST_F(LocalBlobsTest, AWrongHashOrSizeMakesNothingReadable) {
  ASSERT_TRUE(blobs_->WritePart(upload_, 0, "content").ok());
  const std::string other = platform::Sha256Hex("other");
  EXPECT_EQ(platform::ReasonOf(blobs_->Complete(upload_, 7, other)), "FILE_HASH_MISMATCH");
  EXPECT_EQ(platform::ReasonOf(blobs_->Complete(upload_, 8, platform::Sha256Hex("content"))),
            "FILE_INCOMPLETE");
  EXPECT_FALSE(blobs_->Read(other, 0).ok());
  EXPECT_FALSE(blobs_->Read(platform::Sha256Hex("content"), 0).ok());
}

TEST_F(LocalBlobsTest, CompletingTwiceIsAsCompletingOnce) {
  ASSERT_TRUE(blobs_->WritePart(upload_, 0, "content").ok());
  const std::string hash = platform::Sha256Hex("content");
  EXPECT_TRUE(blobs_->Complete(upload_, 7, hash).ok());
  EXPECT_TRUE(blobs_->Complete(upload_, 7, hash).ok());
  const std::string second = platform::NewId(absl::UnixEpoch() + absl::Hours(1));
  EXPECT_EQ(platform::ReasonOf(blobs_->Complete(second, 8, hash)), "FILE_INCOMPLETE");
}

TEST_F(LocalBlobsTest, AGapIsNeverFilledWithNothing) {
  EXPECT_FALSE(blobs_->WritePart(upload_, 4, "late").ok());
}

TEST_F(LocalBlobsTest, PutIsReadableAtOnceAndTwiceTheSame) {
  const std::string hash = blobs_->Put("%PDF-1.7 made here").value();
  EXPECT_EQ(hash, platform::Sha256Hex("%PDF-1.7 made here"));
  EXPECT_EQ(blobs_->Put("%PDF-1.7 made here").value(), hash);
  EXPECT_EQ(blobs_->Read(hash, 0).value(), "%PDF-1.7 made here");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() + "/files/uploads"));
}

TEST_F(LocalBlobsTest, AFullDiskIsSaidSo) {
  // The kernel's own full disk: every write to it fails with ENOSPC.
  ASSERT_EQ(symlink("/dev/full", UploadPath().c_str()), 0);
  const absl::Status status = blobs_->WritePart(upload_, 0, "content");
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(platform::ReasonOf(status), "STORAGE_FULL");
}

TEST_F(LocalBlobsTest, NamesThatAreNoIdsReachNoFile) {
  EXPECT_FALSE(blobs_->WritePart("../../escape", 0, "x").ok());
  EXPECT_FALSE(blobs_->Read("../../../../etc/passwd", 0).ok());
  EXPECT_FALSE(blobs_->Complete(upload_, 1, "../x").ok());
}

TEST(OpenLocalBlobsTest, AFolderThatCannotBeMadeIsRefused) {
  EXPECT_FALSE(OpenLocalBlobs("/dev/null/files").ok());
}

}  // namespace
}  // namespace thidua::files
