#include <gmock/gmock.h>

#include "awards/certificates/issue.h"
#include "awards/certificates/rules_code.h"
#include "platform/hash.h"
#include "support/awards/fixture.h"

namespace thidua::awards::certificates {
namespace {

using test::Reason;
using testing::AwardsTest;
using ::testing::HasSubstr;

class CertificateServiceTest : public AwardsTest {
 protected:
  grpc::Status Verify(const std::string& code, v1::CertificateVerification* verification) {
    v1::VerifyCertificateRequest request;
    request.set_code(code);
    return Call<v1::CertificateService>(&v1::CertificateService::Stub::VerifyCertificate, request,
                                        verification, "");
  }
  std::string PageOf(const std::string& code) {
    v1::ShowCertificatePageRequest request;
    request.set_code(code);
    google::api::HttpBody page;
    const grpc::Status status = Call<v1::CertificateService>(
        &v1::CertificateService::Stub::ShowCertificatePage, request, &page, "");
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(page.content_type(), "text/html; charset=utf-8");
    return page.data();
  }
  v1::Certificate Get(const std::string& name) {
    v1::GetCertificateRequest request;
    request.set_name(name);
    v1::Certificate certificate;
    EXPECT_TRUE(Call<v1::CertificateService>(&v1::CertificateService::Stub::GetCertificate, request,
                                             &certificate, "commune")
                    .ok());
    return certificate;
  }
  std::string document_date_ = "2024-02-01";
  grpc::Status Revoke(const v1::Certificate& certificate, const std::string& who = "leader") {
    v1::RevokeCertificateRequest request;
    request.set_name(certificate.name());
    request.set_reason("Kê khai thành tích không đúng");
    request.set_document_number("130/QĐ-UBND");
    request.set_document_date(document_date_);
    request.set_etag(certificate.etag());
    request.set_request_id(RequestId());
    v1::Certificate revoked;
    return Call<v1::CertificateService>(&v1::CertificateService::Stub::RevokeCertificate, request,
                                        &revoked, who);
  }
};

TEST_F(CertificateServiceTest, AnyoneChecksACertificateByItsCode) {
  const v1::Decision issued = Issued();
  const std::string code = issued.awards(0).certificate_code();
  v1::CertificateVerification found;
  ASSERT_TRUE(Verify(code, &found).ok());
  EXPECT_EQ(found.state(), v1::CERTIFICATE_STATE_VALID);
  EXPECT_EQ(found.award_form_text(), "Giấy khen");
  EXPECT_EQ(found.unit_name(), "UBND xã commune-1");
  EXPECT_EQ(found.decision_number(), "125/QĐ-UBND");
  EXPECT_EQ(found.decision_date(), "2024-02-01");
  EXPECT_EQ(found.publication_sha256(), platform::Sha256Hex("snapshot"));
  EXPECT_EQ(found.publication(), "publications/" + Id("publication"));
  const v1::Certificate certificate = Get(issued.awards(0).certificate());
  EXPECT_EQ(found.pdf_sha256(), certificate.pdf_sha256());
  EXPECT_EQ(certificate.verification_url(), "https://thidua.example/trang/chung-nhan/" + code);

  // However it is typed.
  std::string typed;
  for (char c : code) typed += c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  ASSERT_TRUE(Verify(typed, &found).ok());
  EXPECT_EQ(found.code(), code);
  EXPECT_THAT(PageOf(code), HasSubstr("Giấy khen còn hiệu lực."));
  EXPECT_THAT(PageOf(code), HasSubstr("UBND xã commune-1"));
}

TEST_F(CertificateServiceTest, UnknownAndMistypedCodesAreToldApart) {
  v1::CertificateVerification found;
  const std::string unknown = MakeCode("thidua-12345");
  const grpc::Status status = Verify(unknown, &found);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Reason(status), "CERTIFICATE_UNKNOWN");
  EXPECT_THAT(PageOf(unknown), HasSubstr("Không tìm thấy"));
  std::string mistyped = unknown;
  mistyped[0] = mistyped[0] == '7' ? '8' : '7';
  EXPECT_EQ(Reason(Verify(mistyped, &found)), "CERTIFICATE_CODE_MISTYPED");
  EXPECT_EQ(Reason(Verify("", &found)), "CERTIFICATE_CODE_MISTYPED");
  EXPECT_THAT(PageOf("<script>"), HasSubstr("Mã không đúng"));
}

TEST_F(CertificateServiceTest, ThePdfIsKeptWithItsHash) {
  const v1::Decision issued = Issued();
  v1::DownloadCertificateRequest request;
  request.set_name(issued.awards(0).certificate());
  google::api::HttpBody pdf;
  const auto download = [&](const std::string& who) {
    return Call<v1::CertificateService>(&v1::CertificateService::Stub::DownloadCertificate, request,
                                        &pdf, who);
  };
  ASSERT_TRUE(download("commune").ok());
  EXPECT_EQ(pdf.content_type(), "application/pdf");
  EXPECT_EQ(pdf.data().substr(0, 5), "%PDF-");
  const v1::Certificate certificate = Get(request.name());
  EXPECT_EQ(platform::Sha256Hex(pdf.data()), certificate.pdf_sha256());
  EXPECT_EQ(static_cast<int64_t>(pdf.data().size()), certificate.pdf_size_bytes());
  EXPECT_TRUE(download("leader").ok());
  EXPECT_EQ(download("stranger").error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(download("").error_code(), grpc::StatusCode::UNAUTHENTICATED);

  v1::ListCertificatesRequest list;
  list.set_decision(issued.name());
  v1::ListCertificatesResponse page;
  const auto count = [&](const std::string& who) {
    EXPECT_TRUE(Call<v1::CertificateService>(&v1::CertificateService::Stub::ListCertificates, list,
                                             &page, who)
                    .ok());
    return page.certificates_size();
  };
  EXPECT_EQ(count("leader"), 1);
  EXPECT_EQ(count("commune"), 1);
  EXPECT_EQ(count("stranger"), 0);
}

TEST_F(CertificateServiceTest, ARevokedCertificateSaysSoEverywhereAndForGood) {
  const v1::Decision issued = Issued();
  const v1::Certificate certificate = Get(issued.awards(0).certificate());
  EXPECT_EQ(Revoke(certificate, "officer").error_code(), grpc::StatusCode::PERMISSION_DENIED);
  SetToday(absl::CivilDay(2024, 3, 1));
  document_date_ = "2024-02-29";
  ASSERT_TRUE(Revoke(certificate).ok());
  v1::CertificateVerification found;
  ASSERT_TRUE(Verify(certificate.code(), &found).ok());
  EXPECT_EQ(found.state(), v1::CERTIFICATE_STATE_REVOKED);
  EXPECT_EQ(found.revoke_date(), "2024-03-01");
  EXPECT_EQ(found.revoke_reason(), "Kê khai thành tích không đúng");
  EXPECT_EQ(found.revoke_document_number(), "130/QĐ-UBND");
  EXPECT_EQ(found.revoke_document_date(), "2024-02-29");
  EXPECT_EQ(Get(certificate.name()).revoke_document_date(), "2024-02-29");
  EXPECT_THAT(PageOf(certificate.code()),
              HasSubstr("Giấy khen đã bị thu hồi ngày 01/03/2024 theo Quyết định số 130/QĐ-UBND "
                        "ngày 29/02/2024. Lý do: Kê khai"));
  EXPECT_EQ(EventTypes().back(), "CertificateRevoked");
  EXPECT_EQ(Reason(Revoke(certificate)), "CERTIFICATE_STATE");
  EXPECT_EQ(Get(certificate.name()).pdf_sha256(), certificate.pdf_sha256());
}

// R-AWD-75
TEST_F(CertificateServiceTest, ARevocationRestsOnADecisionWithNumberAndDate) {
  const v1::Decision issued = Issued();  // of 01/02/2024
  const v1::Certificate certificate = Get(issued.awards(0).certificate());
  v1::RevokeCertificateRequest request;
  request.set_name(certificate.name());
  request.set_reason("Kê khai thành tích không đúng");
  request.set_etag(certificate.etag());
  v1::Certificate revoked;
  const auto revoke = [&](const std::string& number, const std::string& date) {
    request.set_document_number(number);
    request.set_document_date(date);
    request.set_request_id(RequestId());
    const grpc::Status status = Call<v1::CertificateService>(
        &v1::CertificateService::Stub::RevokeCertificate, request, &revoked, "leader");
    return Reason(status) + ":" + ::testing::PrintToString(test::Fields(status));
  };
  EXPECT_EQ(revoke("", "2024-02-01"), "FIELD_REQUIRED:{ \"document_number\" }");
  EXPECT_EQ(revoke(" ", "2024-02-01"), "FIELD_REQUIRED:{ \"document_number\" }");
  EXPECT_EQ(revoke("130/QĐ-UBND", ""), "FIELD_REQUIRED:{ \"document_date\" }");
  EXPECT_EQ(revoke("130/QĐ-UBND", "2024-02-30"), "DATE_IMPOSSIBLE:{ \"document_date\" }");
  EXPECT_EQ(revoke("130/QĐ-UBND", "2024-01-31"), "DOCUMENT_BEFORE_DECISION:{ \"document_date\" }");
  EXPECT_EQ(revoke("130/QĐ-UBND", "2034-01-31"), "DATE_IN_FUTURE:{ \"document_date\" }");
  EXPECT_EQ(Get(certificate.name()).state(), v1::CERTIFICATE_STATE_VALID);
  EXPECT_EQ(revoke("130/QĐ-UBND", "2024-02-01"), ":{}");
  EXPECT_EQ(revoked.revoke_document_number(), "130/QĐ-UBND");
}

TEST_F(CertificateServiceTest, ANewReaderOfTheFeedGetsDecisionsInvitationsAndRevocations) {
  const v1::Decision issued = Issued();
  ASSERT_TRUE(Revoke(Get(issued.awards(0).certificate())).ok());
  const std::string token = keys_->ServiceToken("notify");
  auto stub = v1::FeedService::NewStub(server_->channel());
  auto context = test::WithToken(token);
  auto reader = stub->ExportSnapshot(context.get(), common::v1::ExportSnapshotRequest());
  std::vector<std::string> told;
  common::v1::SnapshotItem item;
  while (reader->Read(&item)) {
    if (item.has_event()) told.push_back(item.event().type() + " " + item.event().business_date());
  }
  ASSERT_TRUE(reader->Finish().ok());
  EXPECT_THAT(told,
              ::testing::ElementsAre("thidua.awards.v1.NominationInvited " + issued.issue_date(),
                                     "thidua.awards.v1.DecisionIssued " + issued.issue_date(),
                                     "thidua.awards.v1.CertificateRevoked " +
                                         Get(issued.awards(0).certificate()).revoke_date()));
}

TEST_F(CertificateServiceTest, CodesAreNeverTheSame) {
  std::set<std::string> codes;
  for (int i = 0; i < 1000; ++i) {
    const auto code = NewCode();
    ASSERT_TRUE(code.ok());
    EXPECT_EQ(ReadCode(*code), *code);
    codes.insert(*code);
  }
  EXPECT_EQ(codes.size(), 1000u);
}

TEST_F(CertificateServiceTest, TheBaseAddressMustFitAQrCode) {
  EXPECT_EQ(*ReadBaseUrl("https://localhost:7443/"), "https://localhost:7443");
  EXPECT_EQ(*ReadBaseUrl("https://thidua.daknong.example/x"), "https://thidua.daknong.example/x");
  for (const char* wrong :
       {"", "localhost", "ftp://x", "https://", "https://a b", "https://a?b", "https://a\"b"}) {
    EXPECT_FALSE(ReadBaseUrl(wrong).ok()) << wrong;
  }
  EXPECT_FALSE(ReadBaseUrl("https://" + std::string(300, 'a')).ok());
}

}  // namespace
}  // namespace thidua::awards::certificates
