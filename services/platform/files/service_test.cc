// FilesService over real gRPC, a real database and a real folder.
#include "platform/files/service.h"

#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "support/test_database.h"
#include "support/test_server.h"
#include "thidua/campaign/v1/files_service.grpc.pb.h"

namespace thidua::files {
namespace {

using campaign::v1::FilesService;
using common::v1::File;
using test::Reason;
using testing::ElementsAre;

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

class FilesServiceTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = test::TestDatabase::Create({"platform"}).release(); }
  static void TearDownTestSuite() {
    delete database_;
    database_ = nullptr;
  }
  void SetUp() override {
    database_->TruncateAll();
    server_.host().Add(
        NewFilesService<FilesService>(server_.host().admission(), database_->pool(), *blobs_));
    server_.Start();
    stub_ = FilesService::NewStub(server_.channel());
  }

  std::string Officer(const std::string& unit) const {
    return keys_.Token("person:officer", {{unit, {"campaign.files.write", "campaign.files.read"}}});
  }
  common::v1::StartUploadRequest StartRequest(const std::string& content) const {
    common::v1::StartUploadRequest request;
    request.set_unit("units/" + unit_);
    request.set_file_name("Báo cáo.pdf");
    request.set_media_type("application/pdf");
    request.set_size_bytes(static_cast<int64_t>(content.size()));
    request.set_sha256(platform::Sha256Hex(content));
    request.set_request_id("start-1");
    return request;
  }
  File Start(const std::string& content) {
    File file;
    const grpc::Status status =
        stub_->StartUpload(test::WithToken(Officer(unit_)).get(), StartRequest(content), &file);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return file;
  }
  grpc::Status Part(const std::string& name, int64_t offset, const std::string& data, File* file) {
    common::v1::UploadPartRequest request;
    request.set_name(name);
    request.set_offset(offset);
    request.set_data(data);
    request.set_sha256(platform::Sha256Hex(data));
    return stub_->UploadPart(test::WithToken(Officer(unit_)).get(), request, file);
  }
  grpc::Status Complete(const std::string& name, const std::string& request_id, File* file) {
    common::v1::CompleteUploadRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    return stub_->CompleteUpload(test::WithToken(Officer(unit_)).get(), request, file);
  }
  std::string Uploaded(const std::string& content) {
    const std::string name = Start(content).name();
    File file;
    EXPECT_TRUE(Part(name, 0, content, &file).ok());
    EXPECT_TRUE(Complete(name, "complete-1", &file).ok());
    return name;
  }
  std::string Download(const std::string& name, grpc::Status* status, std::string* type = nullptr) {
    common::v1::DownloadFileRequest request;
    request.set_name(name);
    const auto context = test::WithToken(Officer(unit_));
    const auto reader = stub_->DownloadFile(context.get(), request);
    std::string content;
    google::api::HttpBody body;
    while (reader->Read(&body)) {
      if (type != nullptr && type->empty()) *type = body.content_type();
      content += body.data();
    }
    *status = reader->Finish();
    return content;
  }
  static std::vector<std::string> Events() {
    std::vector<std::string> types;
    EXPECT_TRUE(database_->pool()
                    .ReadOnly(Soon(),
                              [&](db::Session& session) {
                                return session.Query(
                                    [&](const db::Row& row) {
                                      types.push_back(absl::StrCat(row.Get<std::string>(0), " ",
                                                                   row.Get<int64_t>(1)));
                                      return absl::OkStatus();
                                    },
                                    "SELECT type, aggregate_version FROM events "
                                    "WHERE aggregate_type = 'file' ORDER BY event_id");
                              })
                    .ok());
    return types;
  }
  absl::Status RequireIn(const std::string& name, const std::string& unit) {
    return database_->pool().ReadOnly(Soon(), [&](db::Session& session) {
      return RequireComplete(session, name, unit, "evidence[0].file").status();
    });
  }

  static inline test::TestDatabase* database_ = nullptr;
  const test::TestKeys keys_;
  const test::TempDir folder_;
  const std::string unit_ = platform::NewId(absl::UnixEpoch());
  const std::string sibling_ = platform::NewId(absl::UnixEpoch() + absl::Hours(1));
  const std::unique_ptr<BlobStore> blobs_ = OpenLocalBlobs(folder_.path()).value();
  test::TestServer server_{"campaign", keys_};
  std::unique_ptr<FilesService::Stub> stub_;
};

TEST_F(FilesServiceTest, UploadIsReadBackAsItWas) {
  const std::string content = "%PDF-1.7\n" + std::string(2'500'000, 'x');
  const File started = Start(content);
  EXPECT_EQ(started.state(), common::v1::FILE_STATE_UPLOADING);
  EXPECT_TRUE(platform::IdFromName(started.name(), "files", "name").ok());
  File file;
  for (size_t offset = 0; offset < content.size(); offset += 1'000'000) {
    ASSERT_TRUE(
        Part(started.name(), static_cast<int64_t>(offset), content.substr(offset, 1'000'000), &file)
            .ok());
  }
  EXPECT_EQ(file.received_bytes(), file.size_bytes());
  EXPECT_EQ(platform::ReasonOf(RequireIn(started.name(), unit_)), "FILE_NOT_COMPLETE");
  ASSERT_TRUE(Complete(started.name(), "complete-1", &file).ok());
  EXPECT_EQ(file.state(), common::v1::FILE_STATE_COMPLETE);
  EXPECT_TRUE(RequireIn(started.name(), unit_).ok());
  EXPECT_EQ(platform::ReasonOf(RequireIn(started.name(), sibling_)), "FILE_OF_OTHER_UNIT");
  EXPECT_EQ(platform::ReasonOf(RequireIn("files/" + sibling_, unit_)), "FILE_NOT_FOUND");
  grpc::Status status;
  std::string type;
  EXPECT_EQ(Download(started.name(), &status, &type), content);
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(type, "application/pdf");
  EXPECT_THAT(Events(), ElementsAre("thidua.common.v1.File 1", "thidua.common.v1.File 2",
                                    "thidua.common.v1.DownloadFileRequest 2"));
}

TEST_F(FilesServiceTest, AnUploadCutInTheMiddleGoesOnWhereItWas) {
  const std::string content = "%PDF-1.7 first half second half";
  const std::string name = Start(content).name();
  File file;
  ASSERT_TRUE(Part(name, 0, content.substr(0, 10), &file).ok());
  // The server died in the middle of the next part: bytes on the disk that nobody acknowledged.
  ASSERT_TRUE(blobs_->WritePart(name.substr(6), 10, "garbage").ok());
  // Another process, another client, with parts of another size.
  common::v1::GetFileRequest get;
  get.set_name(name);
  ASSERT_TRUE(stub_->GetFile(test::WithToken(Officer(unit_)).get(), get, &file).ok());
  EXPECT_EQ(file.received_bytes(), 10);
  ASSERT_TRUE(Part(name, 10, content.substr(10, 3), &file).ok());
  ASSERT_TRUE(Part(name, 13, content.substr(13), &file).ok());
  ASSERT_TRUE(Complete(name, "complete-1", &file).ok());
  grpc::Status status;
  EXPECT_EQ(Download(name, &status), content);
}

TEST_F(FilesServiceTest, APartThatIsStoredIsAnsweredAsItWas) {
  const std::string content = "%PDF-1.7 0123456789";
  const std::string name = Start(content).name();
  File first, again;
  ASSERT_TRUE(Part(name, 0, content.substr(0, 9), &first).ok());
  ASSERT_TRUE(Part(name, 0, content.substr(0, 9), &again).ok());
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  EXPECT_EQ(Reason(Part(name, 12, "345", &again)), "PART_OUT_OF_ORDER") << "a gap";
  EXPECT_EQ(Reason(Part(name, 5, content.substr(5, 8), &again)), "PART_OUT_OF_ORDER") << "overlap";
  EXPECT_EQ(Reason(Part(name, 9, std::string(11, 'x'), &again)), "PART_BEYOND_END");
  ASSERT_TRUE(Part(name, 9, content.substr(9), &again).ok());
  ASSERT_TRUE(Complete(name, "complete-1", &again).ok());
  ASSERT_TRUE(Part(name, 9, content.substr(9), &again).ok()) << "its answer was lost";
  EXPECT_EQ(again.state(), common::v1::FILE_STATE_COMPLETE);
}

TEST_F(FilesServiceTest, RepeatsOfStartAndCompleteChangeNothing) {
  const std::string content = "%PDF-1.7";
  const File first = Start(content);
  const File again = Start(content);
  EXPECT_EQ(first.name(), again.name());
  File file;
  ASSERT_TRUE(Part(first.name(), 0, content, &file).ok());
  ASSERT_TRUE(Complete(first.name(), "complete-1", &file).ok());
  ASSERT_TRUE(Complete(first.name(), "complete-1", &file).ok());
  ASSERT_TRUE(Complete(first.name(), "complete-2", &file).ok());
  EXPECT_EQ(Events().size(), 2u);
  common::v1::StartUploadRequest other = StartRequest("%PDF-1.7 other");
  EXPECT_EQ(Reason(stub_->StartUpload(test::WithToken(Officer(unit_)).get(), other, &file)),
            "REQUEST_ID_REUSED");
}

TEST_F(FilesServiceTest, AWholeThatIsNotWhatWasAnnouncedIsRefused) {
  common::v1::StartUploadRequest request = StartRequest("%PDF-1.7 the announced");
  File file;
  ASSERT_TRUE(stub_->StartUpload(test::WithToken(Officer(unit_)).get(), request, &file).ok());
  const std::string name = file.name();
  EXPECT_EQ(Reason(Complete(name, "c1", &file)), "FILE_INCOMPLETE");
  ASSERT_TRUE(Part(name, 0, "%PDF-1.7 not announced", &file).ok());
  EXPECT_EQ(Reason(Complete(name, "c2", &file)), "FILE_HASH_MISMATCH");
  grpc::Status status;
  Download(name, &status);
  EXPECT_EQ(Reason(status), "FILE_NOT_COMPLETE");
}

TEST_F(FilesServiceTest, AProgramIsNoPdf) {
  const std::string content = "MZ\x90 this program cannot be run";
  const std::string name = Start(content).name();
  File file;
  ASSERT_TRUE(Part(name, 0, content, &file).ok());
  EXPECT_EQ(Reason(Complete(name, "c1", &file)), "FILE_TYPE_MISMATCH");
  EXPECT_EQ(platform::ReasonOf(RequireIn(name, unit_)), "FILE_NOT_COMPLETE");
}

TEST_F(FilesServiceTest, EveryWrongFieldIsNamedAndABrokenPartIsRefused) {
  common::v1::StartUploadRequest request = StartRequest("x");
  request.set_file_name("../x");
  request.set_size_bytes(0);
  File file;
  const grpc::Status status =
      stub_->StartUpload(test::WithToken(Officer(unit_)).get(), request, &file);
  EXPECT_THAT(test::Fields(status), ElementsAre("file_name", "size_bytes"));
  const std::string name = Start("%PDF-1.7").name();
  common::v1::UploadPartRequest part;
  part.set_name(name);
  part.set_data("%PDF-1.7");
  part.set_sha256(platform::Sha256Hex("flipped on the way"));
  EXPECT_EQ(Reason(stub_->UploadPart(test::WithToken(Officer(unit_)).get(), part, &file)),
            "PART_HASH_MISMATCH");
}

TEST_F(FilesServiceTest, RightsAreThoseAtTheFilesUnit) {
  const std::string name = Uploaded("%PDF-1.7");
  const std::string stranger = Officer(sibling_);
  File file;
  EXPECT_EQ(Reason(stub_->StartUpload(test::WithToken(stranger).get(), StartRequest("x"), &file)),
            "PERMISSION_DENIED");
  common::v1::GetFileRequest get;
  get.set_name(name);
  EXPECT_EQ(Reason(stub_->GetFile(test::WithToken(stranger).get(), get, &file)),
            "PERMISSION_DENIED");
  common::v1::UploadPartRequest part;
  part.set_name(name);
  EXPECT_EQ(Reason(stub_->UploadPart(test::WithToken(stranger).get(), part, &file)),
            "PERMISSION_DENIED");
  common::v1::CompleteUploadRequest complete;
  complete.set_name(name);
  complete.set_request_id("c9");
  EXPECT_EQ(Reason(stub_->CompleteUpload(test::WithToken(stranger).get(), complete, &file)),
            "PERMISSION_DENIED");
  common::v1::DownloadFileRequest download;
  download.set_name(name);
  const auto context = test::WithToken(stranger);
  const auto reader = stub_->DownloadFile(context.get(), download);
  google::api::HttpBody body;
  EXPECT_FALSE(reader->Read(&body));
  EXPECT_EQ(Reason(reader->Finish()), "PERMISSION_DENIED");
}

TEST_F(FilesServiceTest, AFullDiskIsSaidSoAndTheUploadGoesOnWhenThereIsRoom) {
  const std::string content = "%PDF-1.7";
  const std::string name = Start(content).name();
  const std::string path = folder_.path() + "/uploads/" + name.substr(6);
  ASSERT_EQ(symlink("/dev/full", path.c_str()), 0);
  File file;
  const grpc::Status full = Part(name, 0, content, &file);
  EXPECT_EQ(full.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(Reason(full), "STORAGE_FULL");
  std::filesystem::remove(path);
  ASSERT_TRUE(Part(name, 0, content, &file).ok());
  EXPECT_TRUE(Complete(name, "c1", &file).ok());
}

TEST_F(FilesServiceTest, AFileThatTheServiceMadeIsReadLikeAnyOther) {
  const std::string content = "%PDF-1.7 giấy khen";
  File made;
  made.set_unit("units/" + unit_);
  made.set_file_name("giay-khen.pdf");
  made.set_media_type("application/pdf");
  made.set_size_bytes(static_cast<int64_t>(content.size()));
  made.set_sha256(blobs_->Put(content).value());
  *made.mutable_create_time() = platform::ToTimestamp(absl::FromUnixSeconds(1'700'000'000));
  std::string name;
  ASSERT_TRUE(database_->pool()
                  .InTransaction(Soon(),
                                 [&](db::Tx& tx) -> absl::Status {
                                   ASSIGN_OR_RETURN(name, RecordGenerated(tx, made));
                                   return absl::OkStatus();
                                 })
                  .ok());
  grpc::Status status;
  EXPECT_EQ(Download(name, &status), content);
  EXPECT_TRUE(status.ok());
  EXPECT_TRUE(RequireIn(name, unit_).ok());
}

}  // namespace
}  // namespace thidua::files
