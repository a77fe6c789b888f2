// AssessmentService over real gRPC and a real database.
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/executor.h"
#include "platform/timestamp.h"
#include "scoring/testing/round_fixture.h"
#include "support/unknown_ids.h"

namespace thidua::scoring::assessments {
namespace {

using absl::CivilDay;
using test::Fields;
using test::Reason;
using test::WithToken;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class AssessmentServiceTest : public RoundTest {
 protected:
  // Who may both score for a unit and judge it.
  std::string TokenOfBoth() {
    return Token("person:both", district_,
                 {"scoring.assessments.self_score", "scoring.assessments.read",
                  "scoring.assessments.appraise"});
  }
  // The first commune's in the round, with scores by its officer, submitted.
  v1::Assessment SelfScored(const std::string& round) {
    v1::Assessment a = AssessmentOf(round, communes_[0]);
    Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(),
                                     Scores<v1::SetSelfScoresRequest>(a, "10", "x"), &a));
    Must(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                        Step<v1::SubmitAssessmentRequest>(a), &a));
    return a;
  }
  v1::ReturnAssessmentRequest Returning(const v1::Assessment& a) {
    auto request = Step<v1::ReturnAssessmentRequest>(a);
    request.set_reason("Bổ sung giải trình");
    return request;
  }
  // Waits until this many sessions are within the statement that locks a unit, which is where they
  // stand while somebody holds it; false when they have not come to that within half a minute.
  // It looks again and again, with a pause, since the server tells nobody that a session waits.
  static bool AwaitAtTheUnit(int sessions) {
    const platform::WorkerScope may_block;
    const absl::Time last = absl::Now() + absl::Seconds(30);
    std::optional<int64_t> within;
    while (within != sessions && absl::Now() < last) {
      const absl::Status status =
          database_->pool().ReadOnly(last, [&](db::Session& session) -> absl::Status {
            ASSIGN_OR_RETURN(
                within,
                session.QueryOptional<int64_t>(
                    [](const db::Row& row) { return row.Get<int64_t>(0); },
                    "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = ? AND ID <> "
                    "CONNECTION_ID() AND INFO LIKE '%FROM units WHERE unit_id = ? FOR UPDATE'",
                    database_->schema()));
            return absl::OkStatus();
          });
      EXPECT_TRUE(status.ok()) << status;
      if (!status.ok()) return false;
      if (within != sessions) absl::SleepFor(absl::Milliseconds(5));
    }
    return within == sessions;
  }
};

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
  auto wordy = Scores<v1::AppraiseAssessmentRequest>(a, "17", std::string(2000, 'x'));
  while (wordy.scores_size() < 100) *wordy.add_scores() = wordy.scores(0);
  for (v1::ScoreInput& score : *wordy.mutable_scores()) score.set_note(std::string(2000, 'x'));
  EXPECT_EQ(Reason(assessments_->AppraiseAssessment(WithToken(Appraiser()).get(), wordy, &a)),
            "TEXTS_TOO_LONG");
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

// R-SCO-26 when both are done at once, in two rounds of the year: neither finds the other's duty
// without the lock on the unit.
TEST_F(AssessmentServiceTest, OfScoringAndJudgingAUnitAtOnceOneIsRefused) {
  const std::string both = TokenOfBoth();
  const std::string set = PublishedSet();
  v1::AssessmentRound judged;
  v1::AssessmentRound scored;
  Must(OpenRound(set, {communes_[0]}, &judged));
  Must(OpenRound(set, {communes_[0]}, &scored));
  const v1::Assessment a = SelfScored(judged.name());
  const auto back = Returning(a);
  const auto own =
      Scores<v1::SetSelfScoresRequest>(AssessmentOf(scored.name(), communes_[0]), "20", "x");

  // Both transactions have begun, and stand behind the unit, before either goes on.
  absl::Notification held;
  absl::Notification go_on;
  std::thread holder([&] {
    const platform::WorkerScope may_block;
    const absl::Status status = database_->pool().InTransaction(
        absl::Now() + absl::Minutes(2), [&](db::Tx& tx) -> absl::Status {
          RETURN_IF_ERROR(units::Projection::Lock(tx, communes_[0]).status());
          if (!held.HasBeenNotified()) held.Notify();
          go_on.WaitForNotification();
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
  });
  held.WaitForNotification();
  std::string returned;
  std::string self_scored;
  std::thread judge([&] {
    v1::Assessment answer;
    returned = Reason(assessments_->ReturnAssessment(WithToken(both).get(), back, &answer));
  });
  std::thread scorer([&] {
    v1::Assessment answer;
    self_scored = Reason(assessments_->SetSelfScores(WithToken(both).get(), own, &answer));
  });
  EXPECT_TRUE(AwaitAtTheUnit(2)) << "they do not stand behind the unit";
  go_on.Notify();
  for (std::thread* thread : {&holder, &judge, &scorer}) thread->join();
  EXPECT_THAT((std::vector<std::string>{returned, self_scored}),
              UnorderedElementsAre("", "SEPARATION_OF_DUTIES"));
}

// R-SCO-26 both ways: P appraises at the district and is an officer of a commune below it.
TEST_F(AssessmentServiceTest, WhoJudgedAUnitDoesNotScoreForIt) {
  const std::string both = TokenOfBoth();
  const std::string set = PublishedSet();
  v1::AssessmentRound round;
  Must(OpenRound(set, {communes_[0], communes_[1]}, &round));
  v1::Assessment a = SelfScored(round.name());
  // A return leaves no score behind, yet it is a judgement.
  const auto back = Returning(a);
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

  const std::string survey = id_in(DraftSurvey("sipas").name());
  const std::string move = R"({"request_id": "rights", "name": "assessments/$"})";
  std::vector<test::Named> named = {
      {"AssessmentService/GetAssessment", R"({"name": "assessments/$"})", assessment,
       "ASSESSMENT_NOT_FOUND"},
      {"AssessmentService/ListScoreEntries", R"({"assessment": "assessments/$"})", assessment,
       "ASSESSMENT_NOT_FOUND"},
      {"AssessmentService/ListMissingSubmissions", R"({"round": "assessmentRounds/$"})",
       id_in(round.name()), "ASSESSMENT_ROUND_NOT_FOUND"},
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
      {"SurveyService/ImportSurveyResults", R"({"request_id": "rights", "name": "surveys/$"})",
       survey, "SURVEY_NOT_FOUND"},
      {"SurveyService/PublishSurvey", R"({"request_id": "rights", "name": "surveys/$"})", survey,
       "SURVEY_NOT_FOUND"},
  };
  for (const char* rpc :
       {"SetSelfScores", "SubmitAssessment", "ComputeAssessment", "AppraiseAssessment",
        "CompleteAppraisal", "ReturnAssessment", "ExplainAppraisal", "SubmitExplanation",
        "AnswerExplanation", "CompleteSecondAppraisal", "FinaliseAssessment"}) {
    named.push_back(
        {absl::StrCat("AssessmentService/", rpc), move, assessment, "ASSESSMENT_NOT_FOUND"});
  }
  const test::Callers callers = {Token("person:elsewhere", sibling_, {"*"}),
                                 Token("person:everywhere", "*", {"*"})};
  EXPECT_THAT(test::UnknownIdProblems(server_->channel(), "thidua.scoring.v1", callers, named),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace thidua::scoring::assessments
