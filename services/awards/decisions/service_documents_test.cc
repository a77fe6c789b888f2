// Documents of decisions and the prizes in them, over a real database.
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <regex>

#include "absl/strings/str_cat.h"
#include "awards/decisions/store_document.h"
#include "platform/etag.h"
#include "platform/executor.h"
#include "platform/hash.h"
#include "support/awards/fixture.h"

namespace thidua::awards::decisions {
namespace {

using test::Reason;
using testing::AwardsTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// The text of a PDF on one line; fails the test when pdftotext cannot be run.
std::string TextIn(const std::string& pdf) {
  const std::string path = absl::StrCat(::testing::TempDir(), "/", getpid(), "-decision.pdf");
  std::ofstream(path, std::ios::binary) << pdf;
  std::string text;
  FILE* pipe = popen(("pdftotext -raw -enc UTF-8 '" + path + "' -").c_str(), "r");
  if (pipe == nullptr) {
    ADD_FAILURE() << "cannot run pdftotext";
    return text;
  }
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
  EXPECT_EQ(pclose(pipe), 0);
  return std::regex_replace(text, std::regex("\\s+"), " ");
}

class DecisionDocumentTest : public AwardsTest {
 protected:
  grpc::Status Download(const std::string& name, std::string* pdf,
                        const std::string& who = "officer") {
    v1::DownloadDecisionRequest request;
    request.set_name(name);
    google::api::HttpBody body;
    grpc::Status status = Call<v1::DecisionService>(&v1::DecisionService::Stub::DownloadDecision,
                                                    request, &body, who);
    if (status.ok()) EXPECT_EQ(body.content_type(), "application/pdf");
    *pdf = body.data();
    return status;
  }
  // A draft over the nomination that was voted on, as `change` leaves the request.
  grpc::Status Draft(const std::function<void(v1::CreateDecisionRequest&)>& change,
                     v1::Decision* draft) {
    if (nomination_.empty()) nomination_ = Closed().nomination();
    v1::CreateDecisionRequest request;
    request.add_nominations(nomination_);
    request.set_awarding_authority("Chủ tịch Ủy ban nhân dân huyện Krông Nô");
    request.set_citation("Đã có thành tích xuất sắc trong phong trào thi đua năm 2023");
    request.set_place("Krông Nô");
    request.set_request_id(RequestId());
    change(request);
    return Call<v1::DecisionService>(&v1::DecisionService::Stub::CreateDecision, request, draft,
                                     "officer");
  }
  v1::Decision PaidDraft() {
    v1::Decision draft;
    const grpc::Status status =
        Draft([](auto& r) { r.set_fund_source("Quỹ thi đua, khen thưởng của huyện"); }, &draft);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return draft;
  }
  grpc::Status Issue(const v1::Decision& draft, const std::string& reason, v1::Decision* issued) {
    v1::IssueDecisionRequest request = IssueRequest(draft);
    request.set_unverified_prizes_reason(reason);
    return Call<v1::DecisionService>(&v1::DecisionService::Stub::IssueDecision, request, issued,
                                     "leader");
  }
  v1::Decision Get(const std::string& name) {
    v1::GetDecisionRequest request;
    request.set_name(name);
    v1::Decision decision;
    EXPECT_TRUE(Call<v1::DecisionService>(&v1::DecisionService::Stub::GetDecision, request,
                                          &decision, "officer")
                    .ok());
    return decision;
  }
  // From now on the plan's awards are of another form, of coefficient 0.8.
  void GiveInstead(const std::string& form) {
    campaign::v1::PlanLaunched plan = Plan();
    plan.set_award_forms(0, form);
    Apply(plan);
    database_->Run(
        "INSERT INTO prize_coefficients (award_form, subject, award_level, valid_from, "
        "thousandths, legal_basis, source, verified) VALUES ('" +
        form + "', 'COLLECTIVE', '', '2024-01-01', 800, 'NĐ', 'thử', TRUE)");
    database_->Run(
        "INSERT INTO award_authorities (unit_type, award_form, valid_from, legal_basis) VALUES "
        "('DISTRICT', '" +
        form + "', '2024-01-01', 'thử')");
  }
  // What the same unit gets in the same plan and year in another form.
  v1::Decision SecondForm(const std::string& form = "BANG_KHEN",
                          const std::string& number = "126/QĐ-UBND") {
    GiveInstead(form);
    nomination_.clear();
    v1::Decision issued;
    v1::IssueDecisionRequest request = IssueRequest(PaidDraft());
    request.set_number(number);
    const grpc::Status status = Call<v1::DecisionService>(&v1::DecisionService::Stub::IssueDecision,
                                                          request, &issued, "leader");
    EXPECT_TRUE(status.ok()) << status.error_message();
    return issued;
  }
  v1::Certificate Revoked(const std::string& name) {
    v1::RevokeCertificateRequest request;
    request.set_name(name);
    request.set_reason("Kê khai thành tích không đúng");
    request.set_document_number("130/QĐ-UBND");
    request.set_document_date("2024-02-01");
    request.set_etag(platform::EtagOf(1));
    request.set_request_id(RequestId());
    v1::Certificate certificate;
    const grpc::Status status = Call<v1::CertificateService>(
        &v1::CertificateService::Stub::RevokeCertificate, request, &certificate, "leader");
    EXPECT_TRUE(status.ok()) << status.error_message();
    return certificate;
  }
  std::string nomination_;
};

// shows: S4-16
TEST_F(DecisionDocumentTest, TheIssueKeepsTheDocumentWithItsHash) {
  campaign::v1::PlanLaunched plan = Plan();
  plan.set_title("Kế hoạch phát động phong trào thi đua năm 2023");
  Apply(plan);
  const v1::Decision issued = Issued();
  std::string pdf;
  ASSERT_TRUE(Download(issued.name(), &pdf).ok());
  EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
  EXPECT_EQ(platform::Sha256Hex(pdf), issued.pdf_sha256());
  EXPECT_EQ(static_cast<int64_t>(pdf.size()), issued.pdf_size_bytes());
  EXPECT_THAT(Payload("DecisionIssued"), HasSubstr(issued.pdf_sha256()));

  EXPECT_EQ(issued.text().issuing_body(), "Ủy ban nhân dân huyện Krông Nô");
  EXPECT_EQ(issued.text().parent_body(), "");
  EXPECT_THAT(
      issued.text().legal_bases(),
      ElementsAre("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
                  "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy "
                  "định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng",
                  "Căn cứ Kế hoạch số 12/KH-UBND ngày 15 tháng 3 năm 2023 của Ủy ban nhân dân "
                  "huyện Krông Nô phát động phong trào thi đua năm 2023",
                  "Căn cứ Biên bản họp Hội đồng Thi đua - Khen thưởng huyện Krông Nô ngày 01 tháng "
                  "02 năm 2024",
                  "Theo đề nghị của Phòng Nội vụ huyện Krông Nô"));
  EXPECT_THAT(issued.text().recipients(), ElementsAre("Như Điều 3", "Lưu: VT"));
  const std::string text = TextIn(pdf);
  for (const char* part :
       {"Số: 125/QĐ-UBND", "Krông Nô, ngày 01 tháng 02 năm 2024", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "cho tập thể UBND xã commune-1 đã có thành tích xuất sắc"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("DỰ THẢO")));
  // Nothing about money was said, so nothing is written.
  EXPECT_FALSE(issued.has_prize_total_vnd());
  EXPECT_FALSE(issued.awards(0).has_prize());
  EXPECT_THAT(text, Not(HasSubstr("tiền thưởng")));

  EXPECT_EQ(Download(issued.name(), &pdf, "stranger").error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Download(issued.name(), &pdf, "").error_code(), grpc::StatusCode::UNAUTHENTICATED);
  // Renamed units and plans change nothing any more.
  database_->Run("UPDATE decisions SET place = 'Nơi khác'");
  std::string again;
  ASSERT_TRUE(Download(issued.name(), &again, "leader").ok());
  EXPECT_EQ(platform::Sha256Hex(again), issued.pdf_sha256());
}

TEST_F(DecisionDocumentTest, ADraftIsSeenAsADraftAndNothingIsKept) {
  const v1::Decision draft = PaidDraft();
  std::string pdf;
  ASSERT_TRUE(Download(draft.name(), &pdf).ok());
  const std::string text = TextIn(pdf);
  EXPECT_THAT(text, HasSubstr("DỰ THẢO"));
  EXPECT_THAT(text, HasSubstr("Số: …../QĐ-….."));
  EXPECT_THAT(text, HasSubstr("1.080.000 đồng/tập thể"));
  EXPECT_THAT(text, HasSubstr("Căn cứ Kế hoạch số 12/KH-UBND"));
  EXPECT_EQ(Count("files WHERE media_type = 'application/pdf'"), "0");
  const v1::Decision read = Get(draft.name());
  EXPECT_EQ(read.pdf_sha256(), "");
  EXPECT_EQ(read.text().issuing_body(), "");
  // Figures that are missing do not stop a look.
  database_->Run("DELETE FROM prize_coefficients");
  ASSERT_TRUE(Download(draft.name(), &pdf).ok());
  EXPECT_THAT(TextIn(pdf), HasSubstr("theo mức lương cơ sở tại ngày ban hành"));

  v1::CancelDecisionRequest cancel;
  cancel.set_name(draft.name());
  cancel.set_reason("Lập lại dự thảo");
  cancel.set_request_id(RequestId());
  v1::Decision cancelled;
  ASSERT_TRUE(Call<v1::DecisionService>(&v1::DecisionService::Stub::CancelDecision, cancel,
                                        &cancelled, "officer")
                  .ok());
  EXPECT_EQ(Reason(Download(draft.name(), &pdf)), "DECISION_STATE");
}

TEST_F(DecisionDocumentTest, WordsThatAreGivenStandInTheDocument) {
  v1::Decision draft;
  const auto give = [](v1::CreateDecisionRequest& request) {
    v1::DecisionText* text = request.mutable_text();
    text->set_parent_body("Ủy ban nhân dân tỉnh Đắk Nông");
    text->set_issuing_body("Ủy ban nhân dân huyện Krông Nô (thử)");
    text->set_subject("Về việc khen thưởng phong trào thi đua");
    text->add_legal_bases("Căn cứ một văn bản của người soạn");
    text->add_articles("Quyết định này có hiệu lực kể từ ngày 15 tháng 02 năm 2024.");
    text->add_recipients("Ban Thi đua - Khen thưởng tỉnh");
    text->add_recipients("Lưu: VT, NV");
  };
  ASSERT_TRUE(Draft(give, &draft).ok());
  EXPECT_EQ(draft.text().subject(), "Về việc khen thưởng phong trào thi đua");
  v1::Decision issued;
  ASSERT_TRUE(Issue(draft, "", &issued).ok());
  EXPECT_EQ(issued.text().SerializeAsString(), draft.text().SerializeAsString());
  EXPECT_EQ(Get(issued.name()).text().SerializeAsString(), draft.text().SerializeAsString());
  std::string pdf;
  ASSERT_TRUE(Download(issued.name(), &pdf).ok());
  const std::string text = TextIn(pdf);
  for (const char* part : {"ỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG", "Căn cứ một văn bản của người soạn.",
                           "Điều 2. Quyết định này có hiệu lực kể từ ngày 15 tháng 02 năm 2024.",
                           "- Ban Thi đua - Khen thưởng tỉnh; - Lưu: VT, NV."}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("Luật Thi đua")));
}

TEST_F(DecisionDocumentTest, WordsThatDoNotFitAreRefusedByField) {
  v1::Decision draft;
  const auto refused = [&](const std::function<void(v1::CreateDecisionRequest&)>& change) {
    const grpc::Status status = Draft(change, &draft);
    return Reason(status) + ":" + ::testing::PrintToString(test::Fields(status));
  };
  EXPECT_EQ(refused([](auto& r) { r.mutable_text()->add_legal_bases("Căn cứ\nhai dòng"); }),
            "LINE_BREAK:{ \"text.legal_bases[0]\" }");
  EXPECT_EQ(refused([](auto& r) { r.mutable_text()->set_subject("hai\ndòng"); }),
            "LINE_BREAK:{ \"text.subject\" }");
  EXPECT_EQ(refused([](auto& r) { r.mutable_text()->add_articles(" "); }),
            "FIELD_REQUIRED:{ \"text.articles[0]\" }");
  EXPECT_EQ(refused([](auto& r) {
              for (int i = 0; i < 21; ++i) r.mutable_text()->add_recipients("Sở Nội vụ");
            }),
            "COUNT_OUT_OF_RANGE:{ \"text.recipients\" }");
  EXPECT_EQ(refused([](auto& r) { r.mutable_text()->set_parent_body(std::string(201, 'x')); }),
            "FIELD_TOO_LONG:{ \"text.parent_body\" }");
  EXPECT_EQ(refused([](auto& r) { r.set_fund_source(std::string(301, 'x')); }),
            "FIELD_TOO_LONG:{ \"fund_source\" }");
  EXPECT_EQ(Count("decisions"), "0");
}

// shows: S3-22
TEST_F(DecisionDocumentTest, R_AWD_57_UncheckedFiguresAreUsedOnlyWithAReasonThatIsKept) {
  const v1::Decision draft = PaidDraft();  // 01/02/2024: the coefficient of NĐ 98/2023 is unchecked
  v1::Decision issued;
  const grpc::Status refused = Issue(draft, "", &issued);
  EXPECT_EQ(Reason(refused), "PRIZE_FIGURE_UNVERIFIED");
  EXPECT_THAT(test::Fields(refused), ElementsAre("unverified_prizes_reason"));
  EXPECT_EQ(Count("certificates"), "0");
  ASSERT_TRUE(Issue(draft, "Đã đối chiếu bản giấy của Nghị định", &issued).ok());
  EXPECT_EQ(issued.unverified_prizes_reason(), "Đã đối chiếu bản giấy của Nghị định");
  EXPECT_EQ(Count("events WHERE type = 'thidua.awards.v1.DecisionIssued' AND reason = "
                  "'Hội đồng đã xem xét\nĐã đối chiếu bản giấy của Nghị định'"),
            "1")
      << "every reason stands in the audit log";
  const v1::Prize& prize = issued.awards(0).prize();
  EXPECT_EQ(prize.vnd(), 1'080'000);
  EXPECT_EQ(prize.coefficient(), "0.6");
  EXPECT_EQ(prize.coefficient_basis(), "Nghị định số 98/2023/NĐ-CP");
  EXPECT_EQ(prize.base_salary_vnd(), 1'800'000);
  EXPECT_EQ(prize.base_salary_basis(), "Nghị định số 24/2023/NĐ-CP");
  EXPECT_FALSE(prize.verified());
  EXPECT_EQ(issued.prize_total_vnd(), 1'080'000);
  EXPECT_THAT(Payload("DecisionIssued"), HasSubstr(R"("prize_total_vnd":"1080000")"));
  std::string pdf;
  ASSERT_TRUE(Download(issued.name(), &pdf).ok());
  EXPECT_THAT(TextIn(pdf),
              HasSubstr("Tổng số tiền thưởng: 1.080.000 đồng (bằng chữ: một triệu không trăm tám "
                        "mươi nghìn đồng). Kinh phí chi từ Quỹ thi đua, khen thưởng của huyện."));
  // The certificate tells its prize, too.
  v1::ListCertificatesRequest list;
  list.set_decision(issued.name());
  v1::ListCertificatesResponse page;
  ASSERT_TRUE(Call<v1::CertificateService>(&v1::CertificateService::Stub::ListCertificates, list,
                                           &page, "commune")
                  .ok());
  EXPECT_EQ(page.certificates(0).prize_vnd(), 1'080'000);
  // Frozen: figures that change later change nothing here.
  database_->Run("UPDATE base_salaries SET vnd_per_month = 1");
  database_->Run("DELETE FROM prize_coefficients");
  EXPECT_EQ(Get(issued.name()).SerializeAsString(), issued.SerializeAsString());
}

TEST_F(DecisionDocumentTest, R_AWD_58_OneAchievementIsPaidOnceByAllDecisionsOfAPlan) {
  v1::Decision first;
  ASSERT_TRUE(Issue(PaidDraft(), "Đã đối chiếu", &first).ok());
  EXPECT_EQ(first.prize_total_vnd(), 1'080'000);
  const v1::Decision second = SecondForm();
  EXPECT_EQ(second.awards(0).prize().vnd(), 0);
  EXPECT_EQ(second.awards(0).prize().paid_with(), first.awards(0).nomination());
  EXPECT_EQ(second.prize_total_vnd(), 0);
  std::string pdf;
  ASSERT_TRUE(Download(second.name(), &pdf).ok());
  EXPECT_THAT(TextIn(pdf), HasSubstr("đã được thưởng tiền theo quyết định trước"));
}

TEST_F(DecisionDocumentTest, R_AWD_112_ThePrizeOfARevokedCertificateIsWithdrawnAndMayBePaidAgain) {
  v1::Decision first;
  ASSERT_TRUE(Issue(PaidDraft(), "Đã đối chiếu", &first).ok());
  EXPECT_EQ(first.prize_withdrawn_vnd(), 0);
  EXPECT_FALSE(first.awards(0).prize().has_withdrawal());
  const v1::Certificate revoked = Revoked(first.awards(0).certificate());
  EXPECT_EQ(revoked.prize_vnd(), 1'080'000);
  EXPECT_TRUE(revoked.prize_withdrawn());
  EXPECT_THAT(Payload("CertificateRevoked"), HasSubstr(R"("prize_withdrawn_vnd":"1080000")"));

  const v1::Decision read = Get(first.name());
  const v1::Prize& prize = read.awards(0).prize();
  EXPECT_EQ(prize.vnd(), 1'080'000) << "as the decision has it";
  EXPECT_EQ(prize.withdrawal().date(), "2024-02-01");
  EXPECT_EQ(prize.withdrawal().reason(), "Kê khai thành tích không đúng");
  EXPECT_EQ(prize.withdrawal().document_number(), "130/QĐ-UBND");
  EXPECT_EQ(prize.withdrawal().document_date(), "2024-02-01");
  ASSERT_TRUE(read.has_prize_total_vnd());
  EXPECT_EQ(read.prize_total_vnd(), 0);
  EXPECT_EQ(read.prize_withdrawn_vnd(), 1'080'000);
  EXPECT_EQ(read.pdf_sha256(), first.pdf_sha256()) << "the document stays as it was signed";
  EXPECT_NE(read.etag(), first.etag()) << "what is read has changed";

  const v1::Decision second = SecondForm();
  EXPECT_EQ(second.awards(0).prize().vnd(), 1'440'000);
  EXPECT_EQ(second.awards(0).prize().paid_with(), "");
  EXPECT_EQ(second.prize_total_vnd(), 1'440'000);

  // Nothing was paid with an award whose prize another one is: nothing is to be given back.
  v1::Decision third = SecondForm("CO_THI_DUA", "127/QĐ-UBND");
  ASSERT_EQ(third.awards(0).prize().paid_with(), second.awards(0).nomination());
  EXPECT_FALSE(Revoked(third.awards(0).certificate()).prize_withdrawn());
  const std::string as_issued = third.etag();
  third = Get(third.name());
  EXPECT_EQ(third.etag(), as_issued) << "nothing of it has changed";
  EXPECT_FALSE(third.awards(0).prize().has_withdrawal());
  EXPECT_EQ(third.prize_withdrawn_vnd(), 0);
}

TEST_F(DecisionDocumentTest, R_AWD_112_WhatWasPaidWithAWithdrawnPrizeStaysUnpaidAndNamesIt) {
  const std::string lower = Closed().nomination();
  GiveInstead("BANG_KHEN");
  const std::string higher = Closed().nomination();
  campaign::v1::PlanLaunched both = Plan();
  both.add_award_forms("BANG_KHEN");
  Apply(both);
  nomination_ = lower;
  v1::Decision draft;
  ASSERT_TRUE(Draft(
                  [&](auto& r) {
                    r.add_nominations(higher);
                    r.set_fund_source("Quỹ thi đua, khen thưởng của huyện");
                  },
                  &draft)
                  .ok());
  v1::Decision issued;
  const grpc::Status status = Issue(draft, "Đã đối chiếu", &issued);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(issued.awards_size(), 2);
  ASSERT_EQ(issued.awards(0).prize().paid_with(), higher);
  ASSERT_EQ(issued.awards(1).prize().vnd(), 1'440'000);
  EXPECT_EQ(issued.prize_total_vnd(), 1'440'000);
  EXPECT_TRUE(Revoked(issued.awards(1).certificate()).prize_withdrawn());

  const v1::Decision read = Get(issued.name());
  EXPECT_EQ(read.awards(0).prize().vnd(), 0);
  EXPECT_EQ(read.awards(0).prize().paid_with(), higher);
  EXPECT_FALSE(read.awards(0).prize().has_withdrawal()) << "nothing of it is to be given back";
  EXPECT_TRUE(read.awards(1).prize().has_withdrawal());
  EXPECT_EQ(read.prize_total_vnd(), 0);
  EXPECT_EQ(read.prize_withdrawn_vnd(), 1'440'000);
  EXPECT_NE(read.etag(), issued.etag());

  const v1::Decision later = SecondForm("CO_THI_DUA", "127/QĐ-UBND");
  EXPECT_EQ(later.awards(0).prize().paid_with(), "");
  EXPECT_EQ(later.prize_total_vnd(), 1'440'000);
}

// shows: S3-22
TEST_F(DecisionDocumentTest, R_AWD_55_CheckedFiguresNeedNoReasonAndNoneIsKept) {
  const v1::Decision draft = PaidDraft();
  SetToday(absl::CivilDay(2025, 7, 1));
  v1::Decision issued;
  ASSERT_TRUE(Issue(draft, "không cần", &issued).ok());
  EXPECT_EQ(issued.awards(0).prize().vnd(), 1'410'000);
  EXPECT_TRUE(issued.awards(0).prize().verified());
  EXPECT_EQ(issued.unverified_prizes_reason(), "");
  EXPECT_THAT(issued.text().legal_bases(1), HasSubstr("152/2025/NĐ-CP"));
}

TEST_F(DecisionDocumentTest, R_AWD_56_AMissingFigureStopsTheIssueAndLeavesTheDraft) {
  const v1::Decision draft = PaidDraft();
  database_->Run("DELETE FROM prize_coefficients WHERE award_level = ''");
  v1::Decision issued;
  const grpc::Status refused = Issue(draft, "lý do", &issued);
  EXPECT_EQ(Reason(refused), "PRIZE_FIGURE_MISSING");
  EXPECT_THAT(refused.error_message(), HasSubstr("GIAY_KHEN COLLECTIVE on 01/02/2024"));
  EXPECT_EQ(Get(draft.name()).state(), v1::DECISION_STATE_DRAFT);
  EXPECT_EQ(Count("certificates"), "0");
}

// The figures as the migrations seed them, against what the law's documents say by day. The prizes
// are worked out by hand here: 0.6 × 1,490,000 = 894,000 → 900,000, and so on.
// shows: S3-22
TEST_F(DecisionDocumentTest, R_AWD_55_SeededFiguresHoldFromTheirDay) {
  const platform::WorkerScope may_block;
  PrizeFigures figures;
  ASSERT_TRUE(database_->pool()
                  .ReadOnly(absl::Now() + absl::Seconds(30),
                            [&](db::Session& session) -> absl::Status {
                              auto read = ReadFigures(session);
                              if (!read.ok()) return read.status();
                              figures = *std::move(read);
                              return absl::OkStatus();
                            })
                  .ok());
  using absl::CivilDay;
  const struct {
    CivilDay day;
    Subject subject;
    const char* level;
    int64_t vnd;
    bool verified;
  } kExpected[] = {{CivilDay(2019, 7, 1), Subject::kCollective, "DISTRICT", 900'000, false},
                   {CivilDay(2023, 6, 30), Subject::kCollective, "DISTRICT", 900'000, false},
                   {CivilDay(2023, 7, 1), Subject::kCollective, "DISTRICT", 1'080'000, false},
                   {CivilDay(2023, 12, 31), Subject::kCollective, "COMMUNE", 540'000, false},
                   {CivilDay(2024, 1, 1), Subject::kCollective, "DISTRICT", 1'080'000, false},
                   {CivilDay(2024, 6, 30), Subject::kCollective, "DISTRICT", 1'080'000, false},
                   {CivilDay(2024, 7, 1), Subject::kCollective, "DISTRICT", 1'410'000, false},
                   {CivilDay(2025, 6, 30), Subject::kCollective, "COMMUNE", 710'000, false},
                   {CivilDay(2025, 7, 1), Subject::kCollective, "COMMUNE", 1'410'000, true},
                   {CivilDay(2025, 7, 1), Subject::kIndividual, "COMMUNE", 710'000, false},
                   {CivilDay(2025, 7, 1), Subject::kHousehold, "COMMUNE", 1'060'000, false},
                   {CivilDay(2026, 6, 30), Subject::kCollective, "PROVINCE", 1'410'000, true},
                   {CivilDay(2026, 7, 1), Subject::kCollective, "PROVINCE", 1'520'000, false}};
  for (const auto& one : kExpected) {
    const PrizesResult result = ComputePrizes({{"n", "u", 2023, "GIAY_KHEN", one.subject}},
                                              one.level, one.day, figures, "lý do");
    ASSERT_FALSE(result.refusal.has_value()) << one.day << " " << result.refusal->en;
    EXPECT_EQ(result.prizes[0].vnd, one.vnd) << one.day;
    EXPECT_EQ(result.prizes[0].verified, one.verified) << one.day;
  }
  const auto bang_khen = [&](const char* level) {
    return ComputePrizes({{"n", "u", 2023, "BANG_KHEN", Subject::kCollective}}, level,
                         CivilDay(2025, 7, 1), figures, "");
  };
  EXPECT_EQ(bang_khen("PROVINCE").total_vnd, 7'020'000);
  EXPECT_EQ(bang_khen("DISTRICT").refusal->reason, "PRIZE_FIGURE_MISSING");
  EXPECT_EQ(ComputePrizes({{"n", "u", 2019, "GIAY_KHEN", Subject::kCollective}}, "DISTRICT",
                          CivilDay(2019, 6, 30), figures, "lý do")
                .refusal->reason,
            "PRIZE_FIGURE_MISSING");
}

}  // namespace
}  // namespace thidua::awards::decisions
