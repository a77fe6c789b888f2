// For the service tests of criteria, assessments and rankings: the people of a district and the
// moves that lead from a criteria set to a published ranking, over real gRPC and a real database.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "platform/hash.h"
#include "support/scoring_fixture.h"
#include "thidua/scoring/v1/assessment_service.grpc.pb.h"
#include "thidua/scoring/v1/criteria_service.grpc.pb.h"
#include "thidua/scoring/v1/dossier_service.grpc.pb.h"
#include "thidua/scoring/v1/files_service.grpc.pb.h"
#include "thidua/scoring/v1/ranking_service.grpc.pb.h"
#include "thidua/scoring/v1/register_service.grpc.pb.h"
#include "thidua/scoring/v1/survey_service.grpc.pb.h"

namespace thidua::scoring {

// Drives one round from a criteria set to its publication.
class RoundTest : public ScoringTest {
 protected:
  void SetUp() override {
    ScoringTest::SetUp();
    criteria_ = v1::CriteriaService::NewStub(server_->channel());
    dossiers_ = v1::DossierService::NewStub(server_->channel());
    assessments_ = v1::AssessmentService::NewStub(server_->channel());
    rankings_ = v1::RankingService::NewStub(server_->channel());
    files_ = v1::FilesService::NewStub(server_->channel());
    surveys_ = v1::SurveyService::NewStub(server_->channel());
    registers_ = v1::RegisterService::NewStub(server_->channel());
  }

  std::string Id() { return absl::StrCat("r-", ++requests_); }
  std::string HomeAffairs() const {
    return Token("person:home-affairs", district_,
                 {"scoring.surveys.read", "scoring.surveys.write", "scoring.registers.read",
                  "scoring.registers.write", "scoring.criteria.read", "scoring.criteria.write",
                  "scoring.rankings.write", "scoring.rankings.read", "scoring.assessments.read"});
  }
  std::string Officer(size_t commune) const {
    return Token(
        absl::StrCat("person:officer-", commune), communes_[commune],
        {"scoring.assessments.self_score", "scoring.assessments.read", "scoring.files.write",
         "scoring.criteria.read", "scoring.assessments.appraise", "scoring.rankings.read"});
  }
  std::string Appraiser() const {
    return Token("person:appraiser", district_,
                 {"scoring.assessments.appraise", "scoring.assessments.read"});
  }
  std::string Leader() const {
    return Token("person:leader", district_,
                 {"scoring.assessments.finalise", "scoring.rankings.publish"});
  }

  // 60 points on time, 20 reports, 20 manual.
  v1::CriteriaSet Set() const {
    v1::CriteriaSet set;
    set.set_unit("units/" + district_);
    set.set_title("Bộ tiêu chí khối xã năm 2023 (mẫu)");
    set.set_block("xa");
    set.set_block_title("khối xã, thị trấn");
    set.set_year(2023);
    set.set_valid_from("2023-01-01");
    set.mutable_legal_basis()->set_number("mẫu/QĐ-UBND");
    set.set_source_note("Mẫu dùng cho kiểm thử");
    v1::CriteriaField& field = *set.add_fields();
    field.set_code("I");
    field.set_title("Cải cách thủ tục hành chính");
    field.set_max_points("100");
    const auto leaf = [&](const char* code, const char* title, const char* max, const char* type) {
      v1::Criterion& criterion = *field.add_criteria();
      criterion.set_code(code);
      criterion.set_title(title);
      criterion.set_max_points(max);
      criterion.mutable_rule()->set_type(type);
      return criterion.mutable_rule()->mutable_parameters();
    };
    auto* on_time = leaf("I.1", "Hồ sơ đúng hạn", "60", "RATIO_WITH_FLOOR");
    (*on_time)["metric"] = "DOSSIERS_ON_TIME";
    (*on_time)["floor_percent"] = "50";
    (*on_time)["when_none"] = "ZERO";
    auto* reports = leaf("I.2", "Báo cáo định kỳ đúng hạn", "20", "COUNT_RATIO");
    (*reports)["metric"] = "REPORTS_ON_TIME";
    (*reports)["when_none"] = "NOT_APPLICABLE";
    leaf("I.3", "Chất lượng một cửa", "20", "MANUAL");
    field.mutable_criteria(2)->set_may_be_not_applicable(true);
    const auto step = [&](v1::RoundingStage stage) {
      v1::RoundingStep& added = *set.add_rounding();
      added.set_stage(stage);
      added.set_mode(v1::ROUNDING_MODE_HALF_UP);
      added.set_decimals(2);
    };
    step(v1::ROUNDING_STAGE_LEAF);
    step(v1::ROUNDING_STAGE_INDEX);
    for (const auto& [name, bound] : std::vector<std::pair<std::string, std::string>>{
             {"Xuất sắc", "90"}, {"Tốt", "80"}, {"Khá", "0"}}) {
      v1::Band& band = *set.add_bands();
      band.set_name(name);
      band.set_lower_bound(bound);
    }
    return set;
  }
  v1::CriteriaSet Created(const v1::CriteriaSet& set) {
    v1::CreateCriteriaSetRequest request;
    *request.mutable_criteria_set() = set;
    request.set_request_id(Id());
    v1::CriteriaSet created;
    const grpc::Status status =
        criteria_->CreateCriteriaSet(test::WithToken(HomeAffairs()).get(), request, &created);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return created;
  }
  grpc::Status Publish(const v1::CriteriaSet& set, v1::CriteriaSet* published) {
    v1::PublishCriteriaSetRequest request;
    request.set_name(set.name());
    request.set_etag(set.etag());
    request.set_request_id(Id());
    return criteria_->PublishCriteriaSet(test::WithToken(HomeAffairs()).get(), request, published);
  }
  std::string PublishedSet() {
    v1::CriteriaSet published;
    const grpc::Status status = Publish(Created(Set()), &published);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return published.name();
  }

  v1::AssessmentRound RoundOf(const std::string& set, const std::vector<std::string>& units) const {
    v1::AssessmentRound sent;
    sent.set_unit("units/" + district_);
    sent.set_title("Đánh giá khối xã năm 2023");
    sent.set_criteria_set(set);
    sent.set_period_start("2023-01-01");
    sent.set_period_end("2023-12-31");
    sent.set_self_score_start("2024-02-01");
    sent.set_self_score_end("2024-02-20");
    sent.set_appraisal_start("2024-02-10");
    sent.set_appraisal_end("2024-02-28");
    for (const std::string& unit : units) sent.add_units("units/" + unit);
    return sent;
  }
  grpc::Status OpenRound(const std::string& set, const std::vector<std::string>& units,
                         v1::AssessmentRound* round) {
    return Open(RoundOf(set, units), round);
  }
  grpc::Status Open(const v1::AssessmentRound& sent, v1::AssessmentRound* round) {
    v1::CreateAssessmentRoundRequest request;
    *request.mutable_round() = sent;
    request.set_request_id(Id());
    return assessments_->CreateAssessmentRound(test::WithToken(HomeAffairs()).get(), request,
                                               round);
  }
  v1::Assessment AssessmentOf(const std::string& round, const std::string& unit) {
    v1::ListAssessmentsRequest request;
    request.set_round(round);
    request.set_unit("units/" + unit);
    v1::ListAssessmentsResponse listed;
    EXPECT_TRUE(
        assessments_->ListAssessments(test::WithToken(HomeAffairs()).get(), request, &listed).ok());
    v1::GetAssessmentRequest get;
    get.set_name(listed.assessments(0).name());
    v1::Assessment assessment;
    EXPECT_TRUE(
        assessments_->GetAssessment(test::WithToken(HomeAffairs()).get(), get, &assessment).ok());
    return assessment;
  }

  // `on_time` of `total` dossiers of the commune in time, the others late.
  void PushDossiers(size_t commune, int on_time, int total) {
    v1::BatchPushDossiersRequest request;
    request.set_request_id(Id());
    for (int i = 0; i < total; ++i) {
      v1::DossierRow& row = *request.add_rows();
      row.set_dossier_code(absl::StrCat("d-", request.request_id(), "-", i));
      row.set_unit_code(absl::StrCat("H00.9.", commune + 1));
      row.set_procedure_code("1.001");
      row.set_channel(v1::DOSSIER_CHANNEL_ONLINE);
      row.set_status(v1::DOSSIER_STATUS_RETURNED);
      row.set_received_date("2023-05-02");
      row.set_due_date("2023-05-10");
      row.set_finished_date(i < on_time ? "2023-05-10" : "2023-05-11");
      row.mutable_event_time()->set_seconds(1683800000);
    }
    v1::BatchPushDossiersResponse response;
    ASSERT_TRUE(
        dossiers_->BatchPushDossiers(test::WithToken(Pusher()).get(), request, &response).ok());
    ASSERT_EQ(response.ack().accepted(), total);
  }
  void RecordReport(size_t commune, const std::string& period, const std::string& due,
                    const std::string& filed) {
    campaign::v1::PeriodicReportRecorded report;
    report.set_record_id(platform::NewId(absl::Now()));
    report.set_unit_id(communes_[commune]);
    report.set_period(period);
    report.set_due_date(due);
    report.set_filed_date(filed);
    Apply(report);
  }
  v1::Survey SurveyOfDistrict(const std::string& kind) const {
    v1::Survey survey;
    survey.set_unit("units/" + district_);
    survey.set_kind(kind);
    survey.set_title("Đo lường sự hài lòng năm 2023");
    survey.set_year(2023);
    survey.set_period_start("2023-10-01");
    survey.set_period_end("2023-11-30");
    survey.set_scale("Tỷ lệ câu trả lời hài lòng và rất hài lòng");
    survey.mutable_source_document()->set_number("12/BC-SNV");
    survey.mutable_source_document()->set_issue_date("2024-01-15");
    return survey;
  }
  v1::Survey DraftSurvey(const std::string& kind, const std::string& corrects = "") {
    v1::CreateSurveyRequest request;
    *request.mutable_survey() = SurveyOfDistrict(kind);
    request.mutable_survey()->set_corrects(corrects);
    if (!corrects.empty()) request.mutable_survey()->set_correction_reason("Sửa số phiếu");
    request.set_request_id(Id());
    v1::Survey survey;
    const grpc::Status status =
        surveys_->CreateSurvey(test::WithToken(HomeAffairs()).get(), request, &survey);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return survey;
  }
  // The whole of the file; the header line is added.
  grpc::Status ImportSurvey(const std::string& name, const std::string& rows,
                            v1::FiguresImportReport* report, const std::string& request_id = "") {
    v1::ImportSurveyResultsRequest request;
    request.set_name(name);
    request.mutable_content()->set_content_type("text/csv");
    request.mutable_content()->set_data("unit_code,forms_sent,respondents,index_percent\n" + rows);
    request.set_request_id(request_id.empty() ? Id() : request_id);
    return surveys_->ImportSurveyResults(test::WithToken(HomeAffairs()).get(), request, report);
  }
  grpc::Status PublishSurvey(const std::string& name, v1::Survey* survey) {
    v1::GetSurveyRequest get;
    get.set_name(name);
    EXPECT_TRUE(surveys_->GetSurvey(test::WithToken(HomeAffairs()).get(), get, survey).ok());
    v1::PublishSurveyRequest request;
    request.set_name(name);
    request.set_etag(survey->etag());
    request.set_request_id(Id());
    return surveys_->PublishSurvey(test::WithToken(HomeAffairs()).get(), request, survey);
  }
  // A register of the district; the header line is added.
  v1::ImportRegisterRequest RegisterRequest(v1::RegisterKind kind, const std::string& rows) {
    v1::ImportRegisterRequest request;
    request.set_unit("units/" + district_);
    request.set_kind(kind);
    request.set_year(2023);
    request.set_document_number("30/BC-UBND");
    request.set_document_date("2024-01-20");
    request.set_document_issuer("UBND huyện Krông Nô");
    request.mutable_content()->set_content_type("text/csv; charset=utf-8");
    request.mutable_content()->set_data("unit_code,total,counted\n" + rows);
    request.set_request_id(Id());
    return request;
  }
  v1::FiguresImportReport ImportedRegister(v1::RegisterKind kind, const std::string& rows) {
    v1::FiguresImportReport report;
    const grpc::Status status = registers_->ImportRegister(test::WithToken(HomeAffairs()).get(),
                                                           RegisterRequest(kind, rows), &report);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_TRUE(report.applied());
    return report;
  }
  std::string EvidenceFile(size_t commune) {
    const std::string content = absl::StrCat("%PDF-1.4 minh chứng ", commune);
    common::v1::StartUploadRequest start;
    start.set_unit("units/" + communes_[commune]);
    start.set_file_name("minh-chung.pdf");
    start.set_media_type("application/pdf");
    start.set_size_bytes(static_cast<int64_t>(content.size()));
    start.set_sha256(platform::Sha256Hex(content));
    start.set_request_id(Id());
    common::v1::File file;
    EXPECT_TRUE(files_->StartUpload(test::WithToken(Officer(commune)).get(), start, &file).ok());
    common::v1::UploadPartRequest part;
    part.set_name(file.name());
    part.set_data(content);
    part.set_sha256(platform::Sha256Hex(content));
    EXPECT_TRUE(files_->UploadPart(test::WithToken(Officer(commune)).get(), part, &file).ok());
    common::v1::CompleteUploadRequest complete;
    complete.set_name(file.name());
    complete.set_request_id(Id());
    EXPECT_TRUE(
        files_->CompleteUpload(test::WithToken(Officer(commune)).get(), complete, &file).ok());
    return file.name();
  }

  // Scores `points` for I.3 ("" = not applicable).
  template <class Req>
  Req Scores(const v1::Assessment& assessment, const std::string& points, const std::string& text) {
    Req request;
    request.set_name(assessment.name());
    request.set_etag(assessment.etag());
    v1::ScoreInput& score = *request.add_scores();
    score.set_criterion("I.3");
    score.set_status(points.empty() ? v1::SCORE_STATUS_NOT_APPLICABLE : v1::SCORE_STATUS_SCORED);
    score.set_points(points);
    score.set_note(text);
    score.set_reason(text);
    request.set_request_id(Id());
    return request;
  }
  template <class Req>
  Req Step(const v1::Assessment& assessment) {
    Req request;
    request.set_name(assessment.name());
    request.set_etag(assessment.etag());
    request.set_request_id(Id());
    return request;
  }
  void Must(const grpc::Status& status) {
    ASSERT_TRUE(status.ok()) << test::Reason(status) << status.error_message();
  }

  // From DRAFT to FINALISED with these points of I.3 ("" = not applicable).
  void Finalise(const std::string& round, size_t commune, const std::string& points) {
    v1::Assessment a = AssessmentOf(round, communes_[commune]);
    Must(assessments_->SetSelfScores(test::WithToken(Officer(commune)).get(),
                                     Scores<v1::SetSelfScoresRequest>(a, points, "giải trình"),
                                     &a));
    Must(assessments_->SubmitAssessment(test::WithToken(Officer(commune)).get(),
                                        Step<v1::SubmitAssessmentRequest>(a), &a));
    Must(assessments_->AppraiseAssessment(test::WithToken(Appraiser()).get(),
                                          Scores<v1::AppraiseAssessmentRequest>(a, points, ""),
                                          &a));
    Must(assessments_->CompleteAppraisal(test::WithToken(Appraiser()).get(),
                                         Step<v1::CompleteAppraisalRequest>(a), &a));
    Must(assessments_->FinaliseAssessment(test::WithToken(Leader()).get(),
                                          Step<v1::FinaliseAssessmentRequest>(a), &a));
    EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_FINALISED);
  }
  v1::Ranking Computed(const std::string& round) {
    v1::ComputeRankingRequest request;
    request.set_round(round);
    request.set_request_id(Id());
    v1::Ranking ranking;
    const grpc::Status status =
        rankings_->ComputeRanking(test::WithToken(HomeAffairs()).get(), request, &ranking);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return ranking;
  }
  v1::PublishRankingRequest Publishing(const v1::Ranking& ranking) {
    v1::PublishRankingRequest request;
    request.set_name(ranking.name());
    request.set_etag(ranking.etag());
    request.set_title("Xếp hạng <CCHC> khối xã năm 2023");
    request.set_request_id(Id());
    return request;
  }
  grpc::Status PublishRanking(const v1::Ranking& ranking, const std::string& corrects,
                              v1::Publication* publication) {
    v1::PublishRankingRequest request = Publishing(ranking);
    request.set_corrects(corrects);
    if (!corrects.empty()) request.set_correction_reason("Bổ sung xã chốt điểm muộn");
    return rankings_->PublishRanking(test::WithToken(Leader()).get(), request, publication);
  }
  grpc::Status Replay(const std::string& publication, v1::ReplayRankingResponse* replayed) {
    v1::ReplayRankingRequest request;
    request.set_name(publication);
    return rankings_->ReplayRanking(test::WithToken(Reader()).get(), request, replayed);
  }
  std::string Page(const std::string& publication) {
    v1::GetPublicationPageRequest request;
    request.set_publication(publication.substr(std::string("publications/").size()));
    google::api::HttpBody page;
    EXPECT_TRUE(rankings_->GetPublicationPage(test::WithToken("").get(), request, &page).ok());
    return page.data();
  }

  std::unique_ptr<v1::CriteriaService::Stub> criteria_;
  std::unique_ptr<v1::DossierService::Stub> dossiers_;
  std::unique_ptr<v1::AssessmentService::Stub> assessments_;
  std::unique_ptr<v1::RankingService::Stub> rankings_;
  std::unique_ptr<v1::FilesService::Stub> files_;
  std::unique_ptr<v1::SurveyService::Stub> surveys_;
  std::unique_ptr<v1::RegisterService::Stub> registers_;
  int requests_ = 0;
};

}  // namespace thidua::scoring
