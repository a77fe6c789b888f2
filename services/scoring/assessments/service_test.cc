// From a criteria set to a published, replayed and corrected ranking, over real gRPC and a real
// database.
#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/hash.h"
#include "platform/timestamp.h"
#include "support/scoring_fixture.h"
#include "support/unknown_ids.h"
#include "thidua/scoring/v1/assessment_service.grpc.pb.h"
#include "thidua/scoring/v1/criteria_service.grpc.pb.h"
#include "thidua/scoring/v1/dossier_service.grpc.pb.h"
#include "thidua/scoring/v1/files_service.grpc.pb.h"
#include "thidua/scoring/v1/ranking_service.grpc.pb.h"

namespace thidua::scoring {
namespace {

using absl::CivilDay;
using test::Fields;
using test::Reason;
using test::WithToken;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AssessmentServiceTest : public ScoringTest {
 protected:
  void SetUp() override {
    ScoringTest::SetUp();
    criteria_ = v1::CriteriaService::NewStub(server_->channel());
    dossiers_ = v1::DossierService::NewStub(server_->channel());
    assessments_ = v1::AssessmentService::NewStub(server_->channel());
    rankings_ = v1::RankingService::NewStub(server_->channel());
    files_ = v1::FilesService::NewStub(server_->channel());
  }

  std::string Id() { return absl::StrCat("r-", ++requests_); }
  std::string HomeAffairs() const {
    return Token("person:home-affairs", district_,
                 {"scoring.criteria.read", "scoring.criteria.write", "scoring.rankings.write",
                  "scoring.rankings.read", "scoring.assessments.read"});
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
        criteria_->CreateCriteriaSet(WithToken(HomeAffairs()).get(), request, &created);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return created;
  }
  grpc::Status Publish(const v1::CriteriaSet& set, v1::CriteriaSet* published) {
    v1::PublishCriteriaSetRequest request;
    request.set_name(set.name());
    request.set_etag(set.etag());
    request.set_request_id(Id());
    return criteria_->PublishCriteriaSet(WithToken(HomeAffairs()).get(), request, published);
  }
  std::string PublishedSet() {
    v1::CriteriaSet published;
    const grpc::Status status = Publish(Created(Set()), &published);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return published.name();
  }

  grpc::Status OpenRound(const std::string& set, std::vector<std::string> units,
                         v1::AssessmentRound* round) {
    v1::CreateAssessmentRoundRequest request;
    v1::AssessmentRound& sent = *request.mutable_round();
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
    request.set_request_id(Id());
    return assessments_->CreateAssessmentRound(WithToken(HomeAffairs()).get(), request, round);
  }
  v1::Assessment AssessmentOf(const std::string& round, const std::string& unit) {
    v1::ListAssessmentsRequest request;
    request.set_round(round);
    request.set_unit("units/" + unit);
    v1::ListAssessmentsResponse listed;
    EXPECT_TRUE(
        assessments_->ListAssessments(WithToken(HomeAffairs()).get(), request, &listed).ok());
    v1::GetAssessmentRequest get;
    get.set_name(listed.assessments(0).name());
    v1::Assessment assessment;
    EXPECT_TRUE(assessments_->GetAssessment(WithToken(HomeAffairs()).get(), get, &assessment).ok());
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
    ASSERT_TRUE(dossiers_->BatchPushDossiers(WithToken(Pusher()).get(), request, &response).ok());
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
    EXPECT_TRUE(files_->StartUpload(WithToken(Officer(commune)).get(), start, &file).ok());
    common::v1::UploadPartRequest part;
    part.set_name(file.name());
    part.set_data(content);
    part.set_sha256(platform::Sha256Hex(content));
    EXPECT_TRUE(files_->UploadPart(WithToken(Officer(commune)).get(), part, &file).ok());
    common::v1::CompleteUploadRequest complete;
    complete.set_name(file.name());
    complete.set_request_id(Id());
    EXPECT_TRUE(files_->CompleteUpload(WithToken(Officer(commune)).get(), complete, &file).ok());
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
    ASSERT_TRUE(status.ok()) << Reason(status) << status.error_message();
  }

  // From DRAFT to FINALISED with these points of I.3 ("" = not applicable).
  void Finalise(const std::string& round, size_t commune, const std::string& points) {
    v1::Assessment a = AssessmentOf(round, communes_[commune]);
    Must(assessments_->SetSelfScores(WithToken(Officer(commune)).get(),
                                     Scores<v1::SetSelfScoresRequest>(a, points, "giải trình"),
                                     &a));
    Must(assessments_->SubmitAssessment(WithToken(Officer(commune)).get(),
                                        Step<v1::SubmitAssessmentRequest>(a), &a));
    Must(assessments_->AppraiseAssessment(
        WithToken(Appraiser()).get(), Scores<v1::AppraiseAssessmentRequest>(a, points, ""), &a));
    Must(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(),
                                         Step<v1::CompleteAppraisalRequest>(a), &a));
    Must(assessments_->FinaliseAssessment(WithToken(Leader()).get(),
                                          Step<v1::FinaliseAssessmentRequest>(a), &a));
    EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_FINALISED);
  }
  v1::Ranking Computed(const std::string& round) {
    v1::ComputeRankingRequest request;
    request.set_round(round);
    request.set_request_id(Id());
    v1::Ranking ranking;
    const grpc::Status status =
        rankings_->ComputeRanking(WithToken(HomeAffairs()).get(), request, &ranking);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return ranking;
  }
  grpc::Status PublishRanking(const v1::Ranking& ranking, const std::string& corrects,
                              v1::Publication* publication) {
    v1::PublishRankingRequest request;
    request.set_name(ranking.name());
    request.set_etag(ranking.etag());
    request.set_title("Xếp hạng <CCHC> khối xã năm 2023");
    request.set_corrects(corrects);
    if (!corrects.empty()) request.set_correction_reason("Bổ sung xã chốt điểm muộn");
    request.set_request_id(Id());
    return rankings_->PublishRanking(WithToken(Leader()).get(), request, publication);
  }
  grpc::Status Replay(const std::string& publication, v1::ReplayRankingResponse* replayed) {
    v1::ReplayRankingRequest request;
    request.set_name(publication);
    return rankings_->ReplayRanking(WithToken(Reader()).get(), request, replayed);
  }
  std::string Page(const std::string& publication) {
    v1::GetPublicationPageRequest request;
    request.set_publication(publication.substr(std::string("publications/").size()));
    google::api::HttpBody page;
    EXPECT_TRUE(rankings_->GetPublicationPage(WithToken("").get(), request, &page).ok());
    return page.data();
  }

  std::unique_ptr<v1::CriteriaService::Stub> criteria_;
  std::unique_ptr<v1::DossierService::Stub> dossiers_;
  std::unique_ptr<v1::AssessmentService::Stub> assessments_;
  std::unique_ptr<v1::RankingService::Stub> rankings_;
  std::unique_ptr<v1::FilesService::Stub> files_;
  int requests_ = 0;
};

TEST_F(AssessmentServiceTest, ACriteriaSetIsDraftedCheckedPublishedAndReplaced) {
  v1::CriteriaSet broken = Set();
  broken.clear_rounding();
  broken.mutable_fields(0)->set_max_points("99");
  v1::CriteriaSet draft = Created(broken);
  EXPECT_EQ(draft.version(), 1);
  EXPECT_EQ(draft.state(), v1::CRITERIA_SET_STATE_DRAFT);
  ASSERT_EQ(draft.defects_size(), 3);
  v1::CriteriaSet published;
  EXPECT_EQ(Reason(Publish(draft, &published)), "CRITERIA_SET_DEFECTIVE");

  v1::UpdateCriteriaSetRequest update;
  *update.mutable_criteria_set() = Set();
  update.mutable_criteria_set()->set_name(draft.name());
  update.mutable_criteria_set()->set_etag("\"7\"");
  update.set_request_id(Id());
  EXPECT_EQ(Reason(criteria_->UpdateCriteriaSet(WithToken(HomeAffairs()).get(), update, &draft)),
            "ETAG_MISMATCH");
  update.mutable_criteria_set()->set_etag(draft.etag().empty() ? "\"1\"" : draft.etag());
  update.set_request_id(Id());
  Must(criteria_->UpdateCriteriaSet(WithToken(HomeAffairs()).get(), update, &draft));
  EXPECT_EQ(draft.defects_size(), 0);

  // A draft is for those who may read at its unit; a published set for all who may read somewhere.
  v1::GetCriteriaSetRequest get;
  get.set_name(draft.name());
  v1::CriteriaSet read;
  EXPECT_EQ(Reason(criteria_->GetCriteriaSet(WithToken(Officer(0)).get(), get, &read)),
            "CRITERIA_SET_NOT_FOUND");
  Must(Publish(draft, &published));
  Must(criteria_->GetCriteriaSet(WithToken(Officer(0)).get(), get, &read));
  EXPECT_EQ(read.publish_date(), "2024-02-15");
  EXPECT_EQ(read.content_sha256(), draft.content_sha256());
  update.mutable_criteria_set()->set_etag(published.etag());
  update.set_request_id(Id());
  EXPECT_EQ(Reason(criteria_->UpdateCriteriaSet(WithToken(HomeAffairs()).get(), update, &draft)),
            "CRITERIA_SET_NOT_DRAFT");

  const v1::CriteriaSet second = Created(Set());
  EXPECT_EQ(second.version(), 2);
  v1::CriteriaSet newer;
  Must(Publish(second, &newer));
  Must(criteria_->GetCriteriaSet(WithToken(Officer(0)).get(), get, &read));
  EXPECT_EQ(read.state(), v1::CRITERIA_SET_STATE_SUPERSEDED);
  EXPECT_EQ(read.superseded_by(), newer.name());
  v1::ListCriteriaSetsRequest list;
  list.set_block("xa");
  v1::ListCriteriaSetsResponse listed;
  Must(criteria_->ListCriteriaSets(WithToken(Officer(0)).get(), list, &listed));
  EXPECT_EQ(listed.criteria_sets_size(), 2);

  v1::CreateCriteriaSetRequest create;
  *create.mutable_criteria_set() = Set();
  create.set_request_id(Id());
  EXPECT_EQ(Reason(criteria_->CreateCriteriaSet(WithToken(Officer(0)).get(), create, &read)),
            "PERMISSION_DENIED");
  create.mutable_criteria_set()->set_block("Khối xã");
  create.mutable_criteria_set()->set_valid_from("2023-02-30");
  EXPECT_THAT(Fields(criteria_->CreateCriteriaSet(WithToken(HomeAffairs()).get(), create, &read)),
              ElementsAre("criteria_set.block", "criteria_set.valid_from"));
}

// shows: S1-12, S1-13
TEST_F(AssessmentServiceTest, SelfScoreAppraisalAndFinalPointsAreKeptApart) {
  PushDossiers(0, 9, 10);
  RecordReport(0, "2023-Q1", "2023-03-20", "2023-03-20");
  RecordReport(0, "2023-Q2", "2023-06-20", "2023-06-21");
  RecordReport(0, "2022", "2023-01-10", "2023-02-10");
  v1::AssessmentRound round;
  Must(OpenRound(PublishedSet(), {communes_[0]}, &round));
  v1::Assessment a = AssessmentOf(round.name(), communes_[0]);
  EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_DRAFT);
  EXPECT_EQ(a.totals().not_yet_scored(), 3);

  EXPECT_EQ(Reason(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                                  Step<v1::SubmitAssessmentRequest>(a), &a)),
            "SELF_SCORES_MISSING");
  a = AssessmentOf(round.name(), communes_[0]);
  Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(),
                                   Scores<v1::SetSelfScoresRequest>(a, "18.5", ""), &a));
  EXPECT_EQ(Reason(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                                  Step<v1::SubmitAssessmentRequest>(a), &a)),
            "EVIDENCE_REQUIRED");
  a = AssessmentOf(round.name(), communes_[0]);
  auto with_file = Scores<v1::SetSelfScoresRequest>(a, "18.5", "");
  with_file.mutable_scores(0)->add_evidence()->set_file(EvidenceFile(1));
  with_file.mutable_scores(0)->mutable_evidence(0)->set_pages("trang 2–3");
  EXPECT_EQ(Reason(assessments_->SetSelfScores(WithToken(Officer(0)).get(), with_file, &a)),
            "FILE_OF_OTHER_UNIT");
  with_file.mutable_scores(0)->mutable_evidence(0)->set_file(EvidenceFile(0));
  Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(), with_file, &a));
  Must(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));
  EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_SUBMITTED);
  EXPECT_EQ(a.criteria(0).computed().points(), "54");
  EXPECT_EQ(a.criteria(0).computed().inputs().at("numerator"), "9");
  EXPECT_EQ(a.criteria(0).computed().inputs().at("denominator"), "10");
  EXPECT_EQ(a.criteria(1).computed().points(), "10");

  // Frozen: later dossiers change nothing until somebody computes again and says why.
  PushDossiers(0, 10, 10);
  // Who self-scored may not appraise, not even with the right to.
  EXPECT_EQ(
      Reason(assessments_->AppraiseAssessment(
          WithToken(Officer(0)).get(), Scores<v1::AppraiseAssessmentRequest>(a, "18.5", ""), &a)),
      "SEPARATION_OF_DUTIES");
  a = AssessmentOf(round.name(), communes_[0]);
  EXPECT_EQ(a.criteria(0).computed().points(), "54");
  EXPECT_EQ(Reason(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(),
                                                   Step<v1::CompleteAppraisalRequest>(a), &a)),
            "CRITERIA_NOT_SCORED");
  a = AssessmentOf(round.name(), communes_[0]);
  const grpc::Status unexplained = assessments_->AppraiseAssessment(
      WithToken(Appraiser()).get(), Scores<v1::AppraiseAssessmentRequest>(a, "17", ""), &a);
  EXPECT_EQ(Reason(unexplained), "REASON_REQUIRED");
  EXPECT_THAT(Fields(unexplained), ElementsAre("scores[0].reason"));
  a = AssessmentOf(round.name(), communes_[0]);
  for (const auto& [points, reason] :
       std::vector<std::pair<std::string, std::string>>{{"20.01", "POINTS_OUT_OF_RANGE"},
                                                        {"-1", "POINTS_OUT_OF_RANGE"},
                                                        {"17.005", "POINTS_TOO_PRECISE"},
                                                        {"17,5", "POINTS_MALFORMED"}}) {
    v1::Assessment ignored;
    EXPECT_EQ(Reason(assessments_->AppraiseAssessment(
                  WithToken(Appraiser()).get(),
                  Scores<v1::AppraiseAssessmentRequest>(a, points, "x"), &ignored)),
              reason);
  }
  Must(assessments_->AppraiseAssessment(
      WithToken(Appraiser()).get(),
      Scores<v1::AppraiseAssessmentRequest>(a, "17", "Thiếu biển tên"), &a));
  Must(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(),
                                       Step<v1::CompleteAppraisalRequest>(a), &a));
  v1::Assessment ignored;
  const grpc::Status wrong = assessments_->AppraiseAssessment(
      WithToken(Appraiser()).get(), Scores<v1::AppraiseAssessmentRequest>(a, "16", "x"), &ignored);
  EXPECT_EQ(Reason(wrong), "ASSESSMENT_WRONG_STATE");
  EXPECT_THAT(wrong.error_message(), HasSubstr("FinaliseAssessment"));
  Must(assessments_->FinaliseAssessment(WithToken(Leader()).get(),
                                        Step<v1::FinaliseAssessmentRequest>(a), &a));
  EXPECT_EQ(a.totals().points(), "81");
  EXPECT_EQ(a.totals().index_percent(), "81.00");
  EXPECT_EQ(a.criteria(2).self_score().points(), "18.5");
  EXPECT_EQ(a.criteria(2).appraised().points(), "17");
  EXPECT_EQ(a.criteria(2).final().points(), "17");
  EXPECT_EQ(a.criteria(2).final().evidence_size(), 1);
  EXPECT_EQ(a.criteria(2).appraised().actor(), "person:appraiser");
  v1::ListScoreEntriesRequest entries;
  entries.set_assessment(a.name());
  v1::ListScoreEntriesResponse all;
  Must(assessments_->ListScoreEntries(WithToken(Officer(0)).get(), entries, &all));
  EXPECT_EQ(all.entries_size(), 2 + 2 + 1 + 3);  // self twice, computed, appraised, final
}

TEST_F(AssessmentServiceTest, WindowsReturnsAndComputingAgain) {
  v1::AssessmentRound round;
  Must(OpenRound(PublishedSet(), {communes_[0]}, &round));
  v1::Assessment a = AssessmentOf(round.name(), communes_[0]);
  SetToday(CivilDay(2024, 2, 21));
  v1::Assessment ignored;
  EXPECT_EQ(
      Reason(assessments_->SetSelfScores(WithToken(Officer(0)).get(),
                                         Scores<v1::SetSelfScoresRequest>(a, "10", "x"), &ignored)),
      "OUTSIDE_WINDOW");
  SetToday(CivilDay(2024, 2, 20));
  Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(),
                                   Scores<v1::SetSelfScoresRequest>(a, "10", "x"), &a));
  Must(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));
  EXPECT_EQ(a.criteria(0).computed().points(), "0");
  EXPECT_EQ(a.criteria(1).computed().status(), v1::SCORE_STATUS_NOT_APPLICABLE);

  PushDossiers(0, 3, 4);
  auto compute = Step<v1::ComputeAssessmentRequest>(a);
  EXPECT_EQ(
      Reason(assessments_->ComputeAssessment(WithToken(Appraiser()).get(), compute, &ignored)),
      "REASON_REQUIRED");
  compute.set_reason("Dữ liệu gửi muộn");
  compute.set_request_id(Id());
  Must(assessments_->ComputeAssessment(WithToken(Appraiser()).get(), compute, &a));
  EXPECT_EQ(a.criteria(0).computed().points(), "45");
  EXPECT_EQ(a.criteria(0).computed().entry_number(), 2);

  auto back = Step<v1::ReturnAssessmentRequest>(a);
  back.set_reason("Bổ sung giải trình");
  SetToday(CivilDay(2024, 2, 25));
  Must(assessments_->ReturnAssessment(WithToken(Appraiser()).get(), back, &a));
  EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_DRAFT);
  Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(),
                                   Scores<v1::SetSelfScoresRequest>(a, "12", "y"), &a));
  Must(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));
  // A repeat with the same request id answers as before and changes nothing.
  const auto stale = Step<v1::CompleteAppraisalRequest>(a);
  Must(assessments_->AppraiseAssessment(WithToken(Appraiser()).get(),
                                        Scores<v1::AppraiseAssessmentRequest>(a, "12", ""), &a));
  EXPECT_EQ(Reason(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(), stale, &ignored)),
            "ETAG_MISMATCH");
  const auto complete = Step<v1::CompleteAppraisalRequest>(a);
  Must(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(), complete, &a));
  Must(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(), complete, &ignored));
  EXPECT_EQ(*platform::ToJson(ignored), *platform::ToJson(a));
  SetToday(CivilDay(2024, 3, 5));
  Must(assessments_->FinaliseAssessment(WithToken(Leader()).get(),
                                        Step<v1::FinaliseAssessmentRequest>(a), &a));
  EXPECT_EQ(a.totals().points(), "57");
  EXPECT_EQ(a.totals().applicable_max_points(), "80");
  EXPECT_EQ(a.totals().index_percent(), "71.25");
}

// R-SCO-26 both ways: P appraises at the district and is an officer of a commune below it.
TEST_F(AssessmentServiceTest, WhoJudgedAUnitDoesNotScoreForIt) {
  const std::string both = Token("person:both", district_,
                                 {"scoring.assessments.self_score", "scoring.assessments.read",
                                  "scoring.assessments.appraise"});
  const std::string set = PublishedSet();
  v1::AssessmentRound round;
  Must(OpenRound(set, {communes_[0], communes_[1]}, &round));
  v1::Assessment a = AssessmentOf(round.name(), communes_[0]);
  Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(),
                                   Scores<v1::SetSelfScoresRequest>(a, "10", "x"), &a));
  Must(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));
  // A return leaves no score behind, yet it is a judgement.
  auto back = Step<v1::ReturnAssessmentRequest>(a);
  back.set_reason("Bổ sung giải trình");
  Must(assessments_->ReturnAssessment(WithToken(both).get(), back, &a));
  v1::Assessment ignored;
  EXPECT_EQ(Reason(assessments_->SetSelfScores(
                WithToken(both).get(), Scores<v1::SetSelfScoresRequest>(a, "20", "x"), &ignored)),
            "SEPARATION_OF_DUTIES");
  EXPECT_EQ(Reason(assessments_->SubmitAssessment(WithToken(both).get(),
                                                  Step<v1::SubmitAssessmentRequest>(a), &ignored)),
            "SEPARATION_OF_DUTIES");
  // Nor in another round of the unit in that year.
  v1::AssessmentRound other;
  Must(OpenRound(set, {communes_[0]}, &other));
  EXPECT_EQ(
      Reason(assessments_->SetSelfScores(
          WithToken(both).get(),
          Scores<v1::SetSelfScoresRequest>(AssessmentOf(other.name(), communes_[0]), "20", "x"),
          &ignored)),
      "SEPARATION_OF_DUTIES");
  // Another unit they may still score for, and then not judge.
  v1::Assessment b = AssessmentOf(round.name(), communes_[1]);
  Must(assessments_->SetSelfScores(WithToken(both).get(),
                                   Scores<v1::SetSelfScoresRequest>(b, "20", "x"), &b));
  Must(assessments_->SubmitAssessment(WithToken(both).get(), Step<v1::SubmitAssessmentRequest>(b),
                                      &b));
  EXPECT_EQ(
      Reason(assessments_->AppraiseAssessment(
          WithToken(both).get(), Scores<v1::AppraiseAssessmentRequest>(b, "20", ""), &ignored)),
      "SEPARATION_OF_DUTIES");
  // Who judged goes on judging, who scored goes on scoring.
  Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(),
                                   Scores<v1::SetSelfScoresRequest>(a, "12", "y"), &a));
  Must(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));
  Must(assessments_->AppraiseAssessment(WithToken(both).get(),
                                        Scores<v1::AppraiseAssessmentRequest>(a, "12", ""), &a));
}

TEST_F(AssessmentServiceTest, RoundsAreChecked) {
  const std::string set = PublishedSet();
  v1::AssessmentRound round;
  EXPECT_EQ(Reason(OpenRound(Created(Set()).name(), {communes_[0]}, &round)),
            "CRITERIA_SET_NOT_PUBLISHED");
  EXPECT_EQ(Reason(OpenRound(set, {sibling_}, &round)), "PERMISSION_DENIED");
  EXPECT_EQ(Reason(OpenRound(set, {ended_}, &round)), "UNIT_NOT_VALID");
  EXPECT_EQ(Reason(OpenRound(set, {communes_[0], communes_[0]}, &round)), "UNIT_TWICE");
  EXPECT_EQ(Reason(OpenRound(set, {}, &round)), "UNITS_COUNT");
  Must(OpenRound(set, {communes_[0]}, &round));
  EXPECT_EQ(round.block(), "xa");
  EXPECT_EQ(round.year(), 2023);
}

// shows: S0-14, S1-15, S4-20, S4-26
TEST_F(AssessmentServiceTest, ARankingIsPublishedExplainedReplayedAndCorrected) {
  PushDossiers(0, 95, 100);
  PushDossiers(1, 95, 100);
  PushDossiers(2, 60, 100);
  RecordReport(2, "2023-Q1", "2023-03-20", "2023-03-20");
  v1::AssessmentRound round;
  Must(OpenRound(PublishedSet(), communes_, &round));
  Finalise(round.name(), 0, "20");
  Finalise(round.name(), 1, "20");
  Finalise(round.name(), 2, "");
  v1::Ranking ranking = Computed(round.name());
  ASSERT_EQ(ranking.entries_size(), 5);
  EXPECT_EQ(ranking.as_of(), "2023-12-31");
  EXPECT_EQ(ranking.entries(0).rank(), 1);
  EXPECT_EQ(ranking.entries(1).rank(), 1);
  EXPECT_EQ(ranking.entries(2).rank(), 3);
  EXPECT_EQ(ranking.entries(0).points(), "77");
  EXPECT_EQ(ranking.entries(0).applicable_max_points(), "80");
  EXPECT_EQ(ranking.entries(0).index_percent(), "96.25");
  EXPECT_EQ(ranking.entries(0).band(), "Xuất sắc");
  EXPECT_EQ(ranking.entries(2).index_percent(), "70.00");
  EXPECT_EQ(ranking.entries(3).rank(), 0);
  EXPECT_EQ(ranking.entries(3).not_ranked_reason(), "ASSESSMENT_NOT_FINALISED");

  v1::Publication first;
  Must(PublishRanking(ranking, "", &first));
  EXPECT_EQ(first.publish_date(), "2024-02-15");
  v1::GetPublicationSnapshotRequest snapshot;
  snapshot.set_name(first.name());
  google::api::HttpBody bytes;
  Must(rankings_->GetPublicationSnapshot(WithToken("").get(), snapshot, &bytes));
  EXPECT_EQ(platform::Sha256Hex(bytes.data()), first.snapshot_sha256());
  EXPECT_EQ(static_cast<int64_t>(bytes.data().size()), first.snapshot_size_bytes());
  EXPECT_THAT(bytes.data(), ::testing::Not(HasSubstr("person:")));
  v1::ReplayRankingResponse replayed;
  Must(Replay(first.name(), &replayed));
  EXPECT_EQ(replayed.recomputed_sha256(), first.snapshot_sha256());
  EXPECT_EQ(replayed.units(), 5);
  EXPECT_EQ(replayed.leaf_scores(), 9);

  v1::ExplainRankRequest explain;
  explain.set_publication(first.name());
  explain.set_unit("units/" + communes_[2]);
  v1::ExplainRankResponse why;
  Must(rankings_->ExplainRank(WithToken(Officer(2)).get(), explain, &why));
  EXPECT_LE(why.lines_vi_size(), 5);
  EXPECT_THAT(why.lines_vi(0), HasSubstr("Hạng 3/3"));
  EXPECT_THAT(why.lines_vi(2), HasSubstr("Hồ sơ đúng hạn 36/60"));
  ASSERT_EQ(why.trace_size(), 3);
  EXPECT_EQ(why.trace(0).calculation_vi(), "60 × 60/100 = 36");
  EXPECT_EQ(why.trace(0).inputs().at("late"), "40");
  EXPECT_EQ(why.trace(2).status(), v1::SCORE_STATUS_NOT_APPLICABLE);
  EXPECT_EQ(why.trace(2).entries(0).actor(), "person:officer-2");
  EXPECT_EQ(Reason(rankings_->ExplainRank(WithToken(Officer(1)).get(), explain, &why)),
            "PERMISSION_DENIED");

  // One more commune is finalised late: the kept ranking is stale, and the new one has to name what
  // it corrects.
  Finalise(round.name(), 3, "0");
  v1::GetRankingRequest get;
  get.set_name(ranking.name());
  Must(rankings_->GetRanking(WithToken(HomeAffairs()).get(), get, &ranking));
  v1::Publication second;
  EXPECT_EQ(Reason(PublishRanking(ranking, first.name(), &second)), "RANKING_STALE");
  ranking = Computed(round.name());
  EXPECT_EQ(ranking.entries(3).rank(), 4);
  EXPECT_EQ(ranking.entries(3).points(), "0");
  EXPECT_EQ(Reason(PublishRanking(ranking, "", &second)), "PUBLICATION_EXISTS");
  Must(PublishRanking(ranking, first.name(), &second));
  EXPECT_EQ(second.corrects(), first.name());
  v1::GetPublicationRequest read;
  read.set_name(first.name());
  v1::Publication corrected;
  Must(rankings_->GetPublication(WithToken("").get(), read, &corrected));
  EXPECT_EQ(corrected.corrected_by(), second.name());
  EXPECT_EQ(corrected.snapshot_sha256(), first.snapshot_sha256());
  Must(Replay(first.name(), &replayed));
  Must(Replay(second.name(), &replayed));
  EXPECT_THAT(Page(first.name()), HasSubstr("đã được đính chính"));
  const std::string page = Page(second.name());
  EXPECT_THAT(page, HasSubstr("bản đính chính cho công bố"));
  EXPECT_THAT(page, HasSubstr("Xếp hạng &lt;CCHC&gt; khối xã"));
  EXPECT_THAT(page, HasSubstr(second.snapshot_sha256()));
  EXPECT_THAT(page, HasSubstr("UBND xã 1"));
  EXPECT_THAT(page, HasSubstr("96,25"));
  EXPECT_EQ(Column("SELECT COUNT(*) FROM events WHERE type = 'thidua.scoring.v1.RankingPublished'"),
            "2\n");

  // A changed byte is noticed, wherever it stands.
  database_->Run("UPDATE publications SET snapshot = REPLACE(snapshot, '\"95\"', '\"96\"')");
  const grpc::Status damaged = Replay(second.name(), &replayed);
  EXPECT_EQ(damaged.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(Reason(damaged), "REPLAY_MISMATCH");
}

TEST_F(AssessmentServiceTest, TheYearBeforeGivesThePreviousRank) {
  v1::CriteriaSet last_year = Set();
  last_year.set_year(2022);
  v1::CriteriaSet published;
  Must(Publish(Created(last_year), &published));
  v1::AssessmentRound round;
  Must(OpenRound(published.name(), {communes_[0], communes_[1]}, &round));
  Finalise(round.name(), 0, "10");
  Finalise(round.name(), 1, "20");
  v1::Publication publication;
  Must(PublishRanking(Computed(round.name()), "", &publication));
  Must(OpenRound(PublishedSet(), {communes_[0], communes_[1]}, &round));
  Finalise(round.name(), 0, "20");
  Finalise(round.name(), 1, "10");
  const v1::Ranking ranking = Computed(round.name());
  EXPECT_EQ(ranking.entries(0).unit(), "units/" + communes_[0]);
  EXPECT_EQ(ranking.entries(0).previous_rank(), 2);
  EXPECT_EQ(ranking.entries(0).rank_change(), 1);
  EXPECT_EQ(ranking.entries(1).previous_rank(), 1);
  EXPECT_EQ(ranking.entries(1).rank_change(), -1);
}

// Who may not reach a resource does not learn whether it exists, in every area.
TEST_F(AssessmentServiceTest, UnknownIdsAndThoseOutOfReachAreAnsweredAlike) {
  const auto id_in = [](const std::string& name) { return name.substr(name.find('/') + 1); };
  const std::string set = PublishedSet();
  v1::AssessmentRound round;
  Must(OpenRound(set, communes_, &round));
  Finalise(round.name(), 0, "10");
  const std::string assessment = id_in(AssessmentOf(round.name(), communes_[0]).name());
  const std::string ranking = id_in(Computed(round.name()).name());
  const std::string file = id_in(EvidenceFile(0));
  PushDossiers(0, 1, 1);
  v1::ListDossiersRequest list;
  list.set_unit("units/" + communes_[0]);
  v1::ListDossiersResponse dossiers;
  Must(dossiers_->ListDossiers(WithToken(Reader()).get(), list, &dossiers));
  ASSERT_EQ(dossiers.dossiers_size(), 1);
  v1::UpdateCriteriaSetRequest update;
  *update.mutable_criteria_set() = Set();
  update.mutable_criteria_set()->set_name("criteriaSets/$");
  update.set_request_id("rights");

  const std::string move = R"({"request_id": "rights", "name": "assessments/$"})";
  std::vector<test::Named> named = {
      {"AssessmentService/GetAssessment", R"({"name": "assessments/$"})", assessment,
       "ASSESSMENT_NOT_FOUND"},
      {"AssessmentService/ListScoreEntries", R"({"assessment": "assessments/$"})", assessment,
       "ASSESSMENT_NOT_FOUND"},
      {"CriteriaService/UpdateCriteriaSet", *platform::ToJson(update), id_in(set),
       "CRITERIA_SET_NOT_FOUND"},
      {"CriteriaService/PublishCriteriaSet",
       R"({"request_id": "rights", "name": "criteriaSets/$"})", id_in(set),
       "CRITERIA_SET_NOT_FOUND"},
      {"DossierService/GetDossier", R"({"name": "dossiers/$"})", id_in(dossiers.dossiers(0).name()),
       "DOSSIER_NOT_FOUND"},
      {"FilesService/UploadPart", R"({"name": "files/$"})", file, "FILE_NOT_FOUND"},
      {"FilesService/CompleteUpload", R"({"request_id": "rights", "name": "files/$"})", file,
       "FILE_NOT_FOUND"},
      {"FilesService/GetFile", R"({"name": "files/$"})", file, "FILE_NOT_FOUND"},
      {"FilesService/DownloadFile", R"({"name": "files/$"})", file, "FILE_NOT_FOUND"},
      {"RankingService/ComputeRanking",
       R"({"request_id": "rights", "round": "assessmentRounds/$"})", id_in(round.name()),
       "ASSESSMENT_ROUND_NOT_FOUND"},
      {"RankingService/GetRanking", R"({"name": "rankings/$"})", ranking, "RANKING_NOT_FOUND"},
      {"RankingService/PublishRanking", R"({"request_id": "rights", "name": "rankings/$"})",
       ranking, "RANKING_NOT_FOUND"},
  };
  for (const char* rpc :
       {"SetSelfScores", "SubmitAssessment", "ComputeAssessment", "AppraiseAssessment",
        "CompleteAppraisal", "ReturnAssessment", "FinaliseAssessment"}) {
    named.push_back(
        {absl::StrCat("AssessmentService/", rpc), move, assessment, "ASSESSMENT_NOT_FOUND"});
  }
  const test::Callers callers = {Token("person:elsewhere", sibling_, {"*"}),
                                 Token("person:everywhere", "*", {"*"})};
  EXPECT_THAT(test::UnknownIdProblems(server_->channel(), "thidua.scoring.v1", callers, named),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace thidua::scoring
