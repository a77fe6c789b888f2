#include "awards/certificates/page.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::certificates {
namespace {

using testing::HasSubstr;
using testing::Not;

PageFacts Facts() {
  PageFacts facts;
  facts.content.award_form = "GIAY_KHEN";
  facts.content.unit_name = "Ủy ban nhân dân xã Đắk Sôr";
  facts.content.awarding_authority = "Chủ tịch Ủy ban nhân dân huyện Krông Nô";
  facts.content.citation = "Đã có thành tích xuất sắc";
  facts.content.decision_number = "125/QĐ-UBND";
  facts.content.decision_date = absl::CivilDay(2024, 2, 5);
  facts.content.signature = {"người ký", "Phó Chủ tịch", SigningMode::kDeputy, "Chủ tịch"};
  facts.content.code = "0000-0000-0000-0000-0000";
  facts.pdf_sha256 = "abc123";
  facts.publication_id = "pub1";
  facts.publication_sha256 = "def456";
  return facts;
}

TEST(CertificatePage, AValidCertificateSaysWhatToWhomByWhichDecision) {
  const std::string page = CertificatePage(Facts());
  for (const char* text :
       {"Giấy khen còn hiệu lực.", "Giấy khen", "Ủy ban nhân dân xã Đắk Sôr", "125/QĐ-UBND",
        "ngày 05 tháng 02 năm 2024", "KT. Chủ tịch", "abc123", "def456",
        "href=\"/trang/xep-hang/pub1\"", "lang=\"vi\"", "charset=\"utf-8\""}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("thu hồi")));
}

TEST(CertificatePage, APersonsCertificateNamesThePersonAndTheUnitAndNoRanking) {
  PageFacts facts = Facts();
  facts.content.person_name = "Nguyễn Văn An";
  facts.content.person_position = "Công chức Tư pháp - Hộ tịch";
  facts.publication_id.clear();
  const std::string page = CertificatePage(facts);
  EXPECT_THAT(page, HasSubstr("<dd>Nguyễn Văn An, Công chức Tư pháp - Hộ tịch, "
                              "Ủy ban nhân dân xã Đắk Sôr</dd>"));
  EXPECT_THAT(page, Not(HasSubstr("xep-hang")));
}

TEST(CertificatePage, ARevokedCertificateSaysSinceWhenAndWhy) {
  PageFacts facts = Facts();
  facts.state = State::kRevoked;
  facts.revoked = absl::CivilDay(2024, 3, 1);
  facts.revoke_reason = "Kê khai không đúng";
  const std::string page = CertificatePage(facts);
  EXPECT_THAT(page, HasSubstr("Giấy khen đã bị thu hồi ngày 01/03/2024. Lý do: "));
  EXPECT_THAT(page, HasSubstr("Kê khai không đúng"));
  EXPECT_THAT(page, Not(HasSubstr("còn hiệu lực")));
  facts.revoke_document_number = "130/QĐ-UBND";
  facts.revoke_document_date = absl::CivilDay(2024, 2, 29);
  EXPECT_THAT(CertificatePage(facts),
              HasSubstr("thu hồi ngày 01/03/2024 theo Quyết định số 130/QĐ-UBND ngày 29/02/2024."));
}

TEST(CertificatePage, AllTextIsEscaped) {
  PageFacts facts = Facts();
  facts.state = State::kRevoked;
  const std::string evil = "<script>alert('x')</script>&\"";
  facts.content.unit_name = facts.content.citation = facts.content.awarding_authority = evil;
  facts.content.award_form = facts.content.decision_number = facts.content.code = evil;
  facts.content.signature.signer_name = facts.content.signature.signer_position = evil;
  facts.content.signature.signs_for = facts.revoke_reason = facts.revoke_document_number = evil;
  facts.pdf_sha256 = facts.publication_id = facts.publication_sha256 = evil;
  for (const std::string& page : {CertificatePage(facts), UnknownPage(evil)}) {
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("'x'")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;"));
  }
}

TEST(CertificatePage, UnknownAndMistypedAreToldApart) {
  EXPECT_THAT(UnknownPage("0000-0000-0000-0000-0000"), HasSubstr("Không tìm thấy"));
  EXPECT_THAT(MistypedPage(), HasSubstr("Mã không đúng"));
}

}  // namespace
}  // namespace thidua::awards::certificates
