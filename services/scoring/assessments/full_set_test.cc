// Whole criteria sets as a province has them, seven fields with bonus and deduction: taken by the
// checker, computed from every source of figures, ranked and replayed.
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "scoring/testing/round_fixture.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::scoring::assessments {
namespace {

using test::Reason;
using test::WithToken;
using ::testing::Contains;
using ::testing::HasSubstr;

class FullSetTest : public RoundTest {
 protected:
  v1::CriteriaSet FromFile(const std::string& name) const {
    std::ifstream in("deploy/demo/data/criteria/" + name);
    const std::string json((std::istreambuf_iterator<char>(in)), {});
    v1::CriteriaSet set;
    const auto read = google::protobuf::util::JsonStringToMessage(json, &set);
    EXPECT_TRUE(read.ok()) << read.ToString();
    set.set_unit("units/" + district_);
    return set;
  }

  // `count` dossiers of the commune that came by the channel for procedures of the level.
  void Push(size_t commune, int count, v1::DossierChannel channel, v1::ServiceLevel level,
            bool late = false) {
    v1::BatchPushDossiersRequest request;
    request.set_request_id(Id());
    for (int i = 0; i < count; ++i) {
      v1::DossierRow& row = *request.add_rows();
      row.set_dossier_code(absl::StrCat("d-", request.request_id(), "-", i));
      row.set_unit_code(absl::StrCat("H00.9.", commune + 1));
      row.set_procedure_code("1.001");
      row.set_channel(channel);
      row.set_service_level(level);
      row.set_status(v1::DOSSIER_STATUS_RETURNED);
      row.set_received_date("2023-05-02");
      row.set_due_date("2023-05-10");
      row.set_finished_date(late ? "2023-05-11" : "2023-05-10");
      row.mutable_event_time()->set_seconds(1683800000);
    }
    v1::BatchPushDossiersResponse response;
    Must(dossiers_->BatchPushDossiers(WithToken(Pusher()).get(), request, &response));
    ASSERT_EQ(response.ack().accepted(), count);
  }
  void Initiative(size_t commune, const std::string& id, const std::string& recognised) {
    awards::v1::InitiativeChanged changed;
    changed.set_initiative_id(id);
    changed.set_unit_id(communes_[commune]);
    changed.set_year(2023);
    changed.set_recognised(!recognised.empty());
    changed.set_recognition_date(recognised);
    Apply(changed);
  }
  void PublishedSurvey(const std::string& rows) {
    const v1::Survey draft = DraftSurvey("sipas");
    v1::FiguresImportReport report;
    Must(ImportSurvey(draft.name(), rows, &report));
    ASSERT_TRUE(report.applied());
    v1::Survey survey;
    Must(PublishSurvey(draft.name(), &survey));
  }
  // The manual criteria of xa-2023.json; "" = not applicable.
  template <class Req>
  Req Manual(const v1::Assessment& assessment) {
    Req request = Step<Req>(assessment);
    const std::vector<std::pair<std::string, std::string>> points = {
        {"1.2", "5"}, {"2.1", ""}, {"4.1", "8"}, {"6.1", "7.5"}, {"T.2", "1.5"}, {"TR.3", "0"}};
    for (const auto& [criterion, given] : points) {
      v1::ScoreInput& score = *request.add_scores();
      score.set_criterion(criterion);
      score.set_status(given.empty() ? v1::SCORE_STATUS_NOT_APPLICABLE : v1::SCORE_STATUS_SCORED);
      score.set_points(given);
      score.set_note("giải trình");
    }
    return request;
  }
  v1::Assessment Submitted(const std::string& round, size_t commune) {
    v1::Assessment a = AssessmentOf(round, communes_[commune]);
    Must(assessments_->SetSelfScores(WithToken(Officer(commune)).get(),
                                     Manual<v1::SetSelfScoresRequest>(a), &a));
    Must(assessments_->SubmitAssessment(WithToken(Officer(commune)).get(),
                                        Step<v1::SubmitAssessmentRequest>(a), &a));
    return a;
  }
  static std::map<std::string, std::string> ComputedPoints(const v1::Assessment& assessment) {
    std::map<std::string, std::string> points;
    for (const v1::CriterionAssessment& criterion : assessment.criteria()) {
      if (!criterion.has_computed()) continue;
      points[criterion.criterion()] = criterion.computed().status() == v1::SCORE_STATUS_SCORED
                                          ? criterion.computed().points()
                                          : v1::ScoreStatus_Name(criterion.computed().status());
    }
    return points;
  }
};

// shows: S4-07
TEST_F(FullSetTest, TheCheckerTakesBothSetsOfTheDistrict) {
  for (const char* file : {"xa-2023.json", "phong-2023.json"}) {
    const v1::CriteriaSet draft = Created(FromFile(file));
    EXPECT_EQ(draft.defects_size(), 0) << file << ": " << draft.defects(0).text_vi();
    int core = 0;
    int leaves = 0;
    std::set<std::string> types;
    for (const v1::CriteriaField& field : draft.fields()) {
      core += field.kind() == v1::CRITERIA_FIELD_KIND_CORE ? 1 : 0;
      leaves += field.criteria_size();
      for (const v1::Criterion& leaf : field.criteria()) types.insert(leaf.rule().type());
    }
    EXPECT_EQ(core, 7) << file;
    EXPECT_GE(leaves, 10) << file;
    for (const char* type : {"COUNT_RATIO", "RATIO_WITH_TARGET", "LEVEL_TABLE", "LEVEL_TABLE_COUNT",
                             "SURVEY", "MANUAL", "BONUS", "DEDUCTION"}) {
      EXPECT_THAT(types, Contains(type)) << file;
    }
    EXPECT_NE(draft.source_note(), "");
    v1::CriteriaSet published;
    Must(Publish(draft, &published));
    EXPECT_EQ(published.extra_points().index_max(), "100");
  }
}

// shows: S4-09
// shows: S4-10
// shows: S4-12
// shows: S4-13
TEST_F(FullSetTest, EveryCriterionIsComputedFromItsSource) {
  v1::CriteriaSet set;
  Must(Publish(Created(FromFile("xa-2023.json")), &set));
  v1::AssessmentRound round;
  Must(OpenRound(set.name(), {communes_[0], communes_[1]}, &round));
  Push(0, 50, v1::DOSSIER_CHANNEL_ONLINE, v1::SERVICE_LEVEL_FULL);
  Push(0, 10, v1::DOSSIER_CHANNEL_DIRECT, v1::SERVICE_LEVEL_FULL);
  Push(0, 10, v1::DOSSIER_CHANNEL_POSTAL, v1::SERVICE_LEVEL_PARTIAL);
  Push(0, 28, v1::DOSSIER_CHANNEL_DIRECT, v1::SERVICE_LEVEL_UNSPECIFIED);
  Push(0, 2, v1::DOSSIER_CHANNEL_DIRECT, v1::SERVICE_LEVEL_UNSPECIFIED, /*late=*/true);
  RecordReport(0, "2023-H1", "2023-06-15", "2023-06-15");
  RecordReport(0, "2023", "2023-12-05", "2023-12-06");
  Initiative(0, "a", "2023-12-20");
  Initiative(0, "b", "2024-01-05");
  Initiative(0, "c", "");
  PublishedSurvey("H00.9.1,200,180,86.4\nH00.9.2,150,20,91\n");
  ImportedRegister(v1::REGISTER_KIND_ONE_STOP_PROCEDURES, "H00.9.1,120,119\n");
  ImportedRegister(v1::REGISTER_KIND_WRONG_DOSSIERS, "H00.9.1,100,1\n");
  ImportedRegister(v1::REGISTER_KIND_VIOLATIONS, "H00.9.1,20,1\n");
  ImportedRegister(v1::REGISTER_KIND_PETITIONS, "H00.9.1,3,0\n");

  v1::Assessment a = Submitted(round.name(), 0);
  EXPECT_EQ(ComputedPoints(a), (std::map<std::string, std::string>{{"1.1", "3"},
                                                                   {"3.1", "14.7"},
                                                                   {"3.2", "4.96"},
                                                                   {"3.3", "9.6"},
                                                                   {"3.4", "2.5"},
                                                                   {"5.1", "7.6"},
                                                                   {"5.2", "4"},
                                                                   {"7.1", "7.14"},
                                                                   {"7.2", "4"},
                                                                   {"7.3", "1.5"},
                                                                   {"T.1", "2"},
                                                                   {"TR.1", "0.5"},
                                                                   {"TR.2", "0.2"}}));
  // What no register and too small a survey say of the other commune is not known, never zero.
  v1::Assessment other = Submitted(round.name(), 1);
  const auto points = ComputedPoints(other);
  for (const char* criterion : {"3.2", "3.3", "3.4", "5.1", "5.2"}) {
    EXPECT_EQ(points.at(criterion), "SCORE_STATUS_NOT_YET_SCORED") << criterion;
  }
  for (const char* criterion : {"1.1", "3.1", "7.1", "7.2", "7.3"}) {
    EXPECT_EQ(points.at(criterion), "SCORE_STATUS_NOT_APPLICABLE") << criterion;
  }
  EXPECT_EQ(points.at("T.1"), "0");
  Must(assessments_->AppraiseAssessment(WithToken(Appraiser()).get(),
                                        Manual<v1::AppraiseAssessmentRequest>(other), &other));
  EXPECT_EQ(Reason(assessments_->CompleteAppraisal(
                WithToken(Appraiser()).get(), Step<v1::CompleteAppraisalRequest>(other), &other)),
            "CRITERIA_NOT_SCORED");

  Must(assessments_->AppraiseAssessment(WithToken(Appraiser()).get(),
                                        Manual<v1::AppraiseAssessmentRequest>(a), &a));
  // 79.5 of 92 applicable points, 3.5 of bonus, 0.7 of deduction.
  EXPECT_EQ(a.totals().applicable_max_points(), "92");
  EXPECT_EQ(a.totals().bonus_points(), "3.5");
  EXPECT_EQ(a.totals().deduction_points(), "0.7");
  EXPECT_EQ(a.totals().points(), "82.3");
  EXPECT_EQ(a.totals().index_percent(), "89.46");
  Must(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(),
                                       Step<v1::CompleteAppraisalRequest>(a), &a));
  Must(assessments_->FinaliseAssessment(WithToken(Leader()).get(),
                                        Step<v1::FinaliseAssessmentRequest>(a), &a));
  v1::Publication publication;
  Must(PublishRanking(Computed(round.name()), "", &publication));

  // A later register changes nothing of what is published: it is computed again from its bytes.
  v1::ImportRegisterRequest correction =
      RegisterRequest(v1::REGISTER_KIND_VIOLATIONS, "H00.9.1,20,0\n");
  v1::ListRegistersRequest list;
  list.set_kind(v1::REGISTER_KIND_VIOLATIONS);
  v1::ListRegistersResponse listed;
  Must(registers_->ListRegisters(WithToken(HomeAffairs()).get(), list, &listed));
  correction.set_corrects(listed.registers(0).name());
  correction.set_correction_reason("Quyết định kỷ luật bị hủy");
  v1::FiguresImportReport report;
  Must(registers_->ImportRegister(WithToken(HomeAffairs()).get(), correction, &report));
  v1::ReplayRankingResponse replayed;
  Must(Replay(publication.name(), &replayed));
  EXPECT_EQ(replayed.recomputed_sha256(), replayed.published_sha256());
  v1::ExplainRankRequest explain;
  explain.set_publication(publication.name());
  explain.set_unit("units/" + communes_[0]);
  v1::ExplainRankResponse why;
  Must(rankings_->ExplainRank(WithToken(HomeAffairs()).get(), explain, &why));
  EXPECT_EQ(why.entry().index_percent(), "89.46");
  EXPECT_EQ(why.entry().band(), "Tốt");
  EXPECT_THAT(why.lines_vi(0), HasSubstr("điểm thưởng 3,5, điểm trừ 0,7"));
  std::map<std::string, std::string> calculations;
  for (const v1::CriterionTrace& trace : why.trace()) {
    calculations[trace.criterion()] = trace.calculation_vi();
  }
  EXPECT_EQ(calculations["3.2"], "5 × 119/120 ÷ 100 % = 4,96");
  EXPECT_EQ(calculations["3.3"], "10 × 86,4 % ÷ 90 % (180 phiếu) = 9,6");
  EXPECT_EQ(calculations["7.1"], "10 × 50/100 ÷ 70 % (mức ≥ 40 %) = 7,14");
  EXPECT_EQ(calculations["TR.2"], "2 × 0,1 = 0,2");
}

}  // namespace
}  // namespace thidua::scoring::assessments
