#include "platform/files/validate.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/hash.h"

namespace thidua::files {
namespace {

using common::v1::StartUploadRequest;
using common::v1::UploadPartRequest;
using testing::ElementsAre;
using testing::IsEmpty;

StartUploadRequest Good() {
  StartUploadRequest request;
  request.set_file_name("Tờ trình số 12.pdf");
  request.set_media_type("application/pdf");
  request.set_size_bytes(1);
  request.set_sha256(platform::Sha256Hex("x"));
  return request;
}

std::vector<std::string> Reasons(const std::vector<platform::FieldViolation>& violations) {
  std::vector<std::string> reasons;
  for (const auto& violation : violations) reasons.push_back(violation.reason);
  return reasons;
}

std::vector<std::string> NameReasons(const std::string& name) {
  StartUploadRequest request = Good();
  request.set_file_name(name);
  return Reasons(CheckStart(request));
}

TEST(FileValidateTest, FileNames) {
  EXPECT_THAT(NameReasons("Tờ trình số 12.pdf"), IsEmpty());
  EXPECT_THAT(NameReasons(".htaccess"), IsEmpty());
  std::string longest;
  for (int i = 0; i < 255; ++i) longest += "ế";
  EXPECT_THAT(NameReasons(longest), IsEmpty()) << "characters, not bytes";
  EXPECT_THAT(NameReasons(longest + "x"), ElementsAre("FILE_NAME_LENGTH"));
  EXPECT_THAT(NameReasons(""), ElementsAre("FILE_NAME_LENGTH"));
  for (const std::string& bad :
       {std::string("../passwd"), std::string("a/b.pdf"), std::string("C:\\a.pdf"),
        std::string(".."), std::string("."), std::string("a\nb.pdf"), std::string("a\0b.pdf", 7),
        std::string("a\x7f.pdf"), std::string("a\xc2\x85.pdf"), std::string(" a.pdf"),
        std::string("a.pdf "),
        std::string("hồ sơ\xe2\x80\xae"
                    "fdp.exe")}) {
    EXPECT_THAT(NameReasons(bad), ElementsAre("FILE_NAME_MALFORMED")) << bad;
  }
}

TEST(FileValidateTest, EveryWrongFieldIsNamed) {
  StartUploadRequest request;
  request.set_file_name("a.exe");
  request.set_media_type("application/x-msdownload");
  request.set_size_bytes(52'428'801);
  request.set_sha256("ABC");
  EXPECT_THAT(Reasons(CheckStart(request)),
              ElementsAre("MEDIA_TYPE_NOT_ALLOWED", "FILE_SIZE", "SHA256_MALFORMED"));
  request = Good();
  request.set_size_bytes(52'428'800);
  EXPECT_THAT(CheckStart(request), IsEmpty());
  request.set_size_bytes(0);
  EXPECT_THAT(Reasons(CheckStart(request)), ElementsAre("FILE_SIZE"));
}

TEST(FileValidateTest, Parts) {
  UploadPartRequest part;
  part.set_data("abc");
  part.set_sha256(platform::Sha256Hex("abc"));
  EXPECT_THAT(CheckPart(part), IsEmpty());
  part.set_data("abd");
  EXPECT_THAT(Reasons(CheckPart(part)), ElementsAre("PART_HASH_MISMATCH"));
  part.set_data(std::string(1024 * 1024, 'x'));
  part.set_sha256(platform::Sha256Hex(part.data()));
  EXPECT_THAT(CheckPart(part), IsEmpty());
  part.set_data(part.data() + "x");
  part.set_sha256(platform::Sha256Hex(part.data()));
  EXPECT_THAT(Reasons(CheckPart(part)), ElementsAre("PART_SIZE"));
  part.Clear();
  part.set_offset(-1);
  EXPECT_THAT(Reasons(CheckPart(part)),
              ElementsAre("PART_SIZE", "OFFSET_NEGATIVE", "SHA256_MALFORMED"));
}

TEST(FileValidateTest, ContentMustBeWhatItSays) {
  const std::string docx =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  EXPECT_TRUE(LooksLike("application/pdf", "%PDF-1.7\n"));
  EXPECT_TRUE(LooksLike("image/png", "\x89PNG\r\n\x1a\n...."));
  EXPECT_TRUE(LooksLike("image/jpeg", "\xff\xd8\xff\xe0"));
  EXPECT_TRUE(LooksLike("application/zip", "PK\x03\x04...."));
  EXPECT_TRUE(LooksLike("application/zip", "PK\x05\x06...."));
  EXPECT_TRUE(LooksLike(docx, "PK\x03\x04...."));
  EXPECT_FALSE(LooksLike(docx, "PK\x05\x06....")) << "an empty archive is no document";
  EXPECT_TRUE(LooksLike("text/csv", "mã,tên\n"));
  EXPECT_FALSE(LooksLike("text/csv", std::string_view("a\0b", 3)));
  EXPECT_FALSE(LooksLike("application/pdf", "MZ\x90"));
  EXPECT_FALSE(LooksLike("application/pdf", "%PDF"));
  EXPECT_FALSE(LooksLike("image/png", "%PDF-1.7"));
  EXPECT_FALSE(LooksLike("application/x-msdownload", "MZ"));
}

}  // namespace
}  // namespace thidua::files
