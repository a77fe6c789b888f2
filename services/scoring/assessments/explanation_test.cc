// The explanation round over real gRPC and a real database.
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/timestamp.h"
#include "scoring/testing/round_fixture.h"

namespace thidua::scoring::assessments {
namespace {

using absl::CivilDay;
using test::Fields;
using test::Reason;
using test::WithToken;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ExplanationTest : public RoundTest {
 protected:
  std::string SecondAppraiser() const {
    return Token("person:second", district_,
                 {"scoring.assessments.appraise", "scoring.assessments.read"});
  }

  // An assessment of commune 0, appraised with `appraised` where it gave itself `self`.
  v1::Assessment Appraised(const std::string& self, const std::string& appraised) {
    v1::AssessmentRound sent = RoundOf(PublishedSet(), {communes_[0]});
    sent.set_explanation_start("2024-02-12");
    sent.set_explanation_end("2024-03-05");
    Must(Open(sent, &round_));
    EXPECT_EQ(round_.explanation_end(), "2024-03-05");
    v1::Assessment a = AssessmentOf(round_.name(), communes_[0]);
    Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(),
                                     Scores<v1::SetSelfScoresRequest>(a, self, "tự chấm"), &a));
    Must(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                        Step<v1::SubmitAssessmentRequest>(a), &a));
    Must(assessments_->AppraiseAssessment(
        WithToken(Appraiser()).get(),
        Scores<v1::AppraiseAssessmentRequest>(a, appraised, "Thiếu biển tên"), &a));
    Must(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(),
                                         Step<v1::CompleteAppraisalRequest>(a), &a));
    return a;
  }
  v1::ExplainAppraisalRequest Explaining(const v1::Assessment& a, const std::string& criterion,
                                         const std::string& text) {
    auto request = Step<v1::ExplainAppraisalRequest>(a);
    request.add_explanations()->set_criterion(criterion);
    request.mutable_explanations(0)->set_text(text);
    return request;
  }
  v1::AnswerExplanationRequest Answering(const v1::Assessment& a, const std::string& points,
                                         const std::string& reason) {
    auto request = Step<v1::AnswerExplanationRequest>(a);
    v1::AnswerInput& answer = *request.add_answers();
    answer.set_criterion("I.3");
    answer.set_reason(reason);
    answer.set_outcome(points.empty() ? v1::EXPLANATION_OUTCOME_KEPT
                                      : v1::EXPLANATION_OUTCOME_ACCEPTED);
    if (!points.empty()) answer.set_status(v1::SCORE_STATUS_SCORED);
    answer.set_points(points);
    return request;
  }
  void ExplainAndSubmit(v1::Assessment& a) {
    Must(assessments_->ExplainAppraisal(WithToken(Officer(0)).get(),
                                        Explaining(a, "I.3", "Đã gắn biển tên từ tháng 3"), &a));
    Must(assessments_->SubmitExplanation(WithToken(Officer(0)).get(),
                                         Step<v1::SubmitExplanationRequest>(a), &a));
    EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_EXPLAINED);
  }
  std::string ExplainReason(const v1::ExplainAppraisalRequest& request) {
    v1::Assessment ignored;
    return Reason(assessments_->ExplainAppraisal(WithToken(Officer(0)).get(), request, &ignored));
  }
  std::string AnswerReason(const std::string& token, const v1::AnswerExplanationRequest& request) {
    v1::Assessment ignored;
    return Reason(assessments_->AnswerExplanation(WithToken(token).get(), request, &ignored));
  }
  std::string FinaliseReason(const v1::Assessment& a) {
    v1::Assessment ignored;
    return Reason(assessments_->FinaliseAssessment(
        WithToken(Leader()).get(), Step<v1::FinaliseAssessmentRequest>(a), &ignored));
  }

  v1::AssessmentRound round_;
};

// R-SCO-42, R-SCO-43
TEST_F(ExplanationTest, AnAcceptedExplanationChangesThePointsAndEveryLayerIsKept) {
  PushDossiers(0, 10, 10);
  v1::Assessment a = Appraised("18.5", "17");
  EXPECT_TRUE(a.criteria(2).explainable());
  EXPECT_FALSE(a.criteria(0).explainable());
  EXPECT_EQ(FinaliseReason(a), "EXPLANATION_OPEN");
  v1::Assessment ignored;
  EXPECT_EQ(Reason(assessments_->SubmitExplanation(
                WithToken(Officer(0)).get(), Step<v1::SubmitExplanationRequest>(a), &ignored)),
            "NOTHING_EXPLAINED");
  EXPECT_EQ(ExplainReason(Explaining(a, "I.1", "x")), "NOT_EXPLAINABLE");
  EXPECT_EQ(ExplainReason(Explaining(a, "I.9", "x")), "CRITERION_UNKNOWN");
  EXPECT_EQ(ExplainReason(Explaining(a, "I.3", "")), "TEXT_LENGTH");
  auto explain = Explaining(a, "I.3", "Đã gắn biển tên từ tháng 3");
  *explain.add_explanations() = explain.explanations(0);
  EXPECT_EQ(ExplainReason(explain), "CRITERION_TWICE");
  explain.mutable_explanations()->RemoveLast();
  v1::Evidence& evidence = *explain.mutable_explanations(0)->add_evidence();
  evidence.set_file(EvidenceFile(1));
  evidence.set_pages("trang 4");
  EXPECT_EQ(ExplainReason(explain), "FILE_OF_OTHER_UNIT");
  evidence.set_file(EvidenceFile(0));
  explain.set_validate_only(true);
  EXPECT_EQ(ExplainReason(explain), "");
  EXPECT_EQ(Count("explanations"), 0);
  explain.set_validate_only(false);
  explain.set_request_id(Id());
  Must(assessments_->ExplainAppraisal(WithToken(Officer(0)).get(), explain, &a));
  EXPECT_EQ(a.criteria(2).explanation().outcome(), v1::EXPLANATION_OUTCOME_OPEN);
  EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_APPRAISED);
  // The same again says nothing new.
  auto again = explain;
  again.set_etag(a.etag());
  again.set_request_id(Id());
  Must(assessments_->ExplainAppraisal(WithToken(Officer(0)).get(), again, &a));
  EXPECT_EQ(Count("explanations"), 1);
  // Who judged it does not speak for it.
  EXPECT_EQ(
      Reason(assessments_->SubmitExplanation(
          WithToken(Token("person:appraiser", district_, {"scoring.assessments.self_score"})).get(),
          Step<v1::SubmitExplanationRequest>(a), &ignored)),
      "SEPARATION_OF_DUTIES");
  Must(assessments_->SubmitExplanation(WithToken(Officer(0)).get(),
                                       Step<v1::SubmitExplanationRequest>(a), &a));
  EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_EXPLAINED);
  EXPECT_EQ(FinaliseReason(a), "ASSESSMENT_WRONG_STATE");

  EXPECT_EQ(AnswerReason(Appraiser(), Answering(a, "18", "Có ảnh chụp")), "SEPARATION_OF_DUTIES");
  EXPECT_EQ(AnswerReason(Officer(0), Answering(a, "18", "Có ảnh chụp")), "SEPARATION_OF_DUTIES");
  EXPECT_EQ(Reason(assessments_->CompleteSecondAppraisal(
                WithToken(SecondAppraiser()).get(), Step<v1::CompleteSecondAppraisalRequest>(a),
                &ignored)),
            "EXPLANATIONS_UNANSWERED");
  EXPECT_EQ(AnswerReason(SecondAppraiser(), Answering(a, "17", "x")), "ANSWER_CHANGES_NOTHING");
  EXPECT_EQ(AnswerReason(SecondAppraiser(), Answering(a, "20.5", "x")), "POINTS_OUT_OF_RANGE");
  EXPECT_EQ(AnswerReason(SecondAppraiser(), Answering(a, "18", "")), "TEXT_LENGTH");
  auto odd = Answering(a, "", "x");
  odd.mutable_answers(0)->set_points("18");
  EXPECT_EQ(AnswerReason(SecondAppraiser(), odd), "POINTS_NOT_ALLOWED");
  odd.mutable_answers(0)->set_outcome(v1::EXPLANATION_OUTCOME_OPEN);
  EXPECT_EQ(AnswerReason(SecondAppraiser(), odd), "OUTCOME_NOT_ALLOWED");
  auto other = Answering(a, "18", "x");
  other.mutable_answers(0)->set_criterion("I.1");
  EXPECT_EQ(AnswerReason(SecondAppraiser(), other), "NOT_EXPLAINED");
  // An answer has no last day.
  SetToday(CivilDay(2024, 3, 20));
  Must(assessments_->AnswerExplanation(WithToken(SecondAppraiser()).get(),
                                       Answering(a, "18", "Có ảnh chụp"), &a));
  EXPECT_EQ(a.criteria(2).explanation().outcome(), v1::EXPLANATION_OUTCOME_ACCEPTED);
  EXPECT_EQ(a.totals().points(), "78");
  Must(assessments_->CompleteSecondAppraisal(WithToken(SecondAppraiser()).get(),
                                             Step<v1::CompleteSecondAppraisalRequest>(a), &a));
  EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_REAPPRAISED);
  Must(assessments_->FinaliseAssessment(WithToken(Leader()).get(),
                                        Step<v1::FinaliseAssessmentRequest>(a), &a));
  const v1::CriterionAssessment& manual = a.criteria(2);
  EXPECT_EQ(manual.self_score().points(), "18.5");
  EXPECT_EQ(manual.appraised().points(), "17");
  EXPECT_EQ(manual.reappraised().points(), "18");
  EXPECT_EQ(manual.reappraised().actor(), "person:second");
  EXPECT_EQ(manual.reappraised().reason(), "Có ảnh chụp");
  EXPECT_EQ(manual.final().points(), "18");
  ASSERT_EQ(manual.final().evidence_size(), 1);
  EXPECT_EQ(manual.final().evidence(0).pages(), "trang 4");

  v1::ListScoreEntriesRequest list;
  list.set_assessment(a.name());
  v1::ListScoreEntriesResponse all;
  Must(assessments_->ListScoreEntries(WithToken(Officer(0)).get(), list, &all));
  EXPECT_EQ(all.entries_size(), 1 + 2 + 1 + 1 + 3);  // self, computed, appraised, again, final
  ASSERT_EQ(all.explanations_size(), 1);
  EXPECT_EQ(all.explanations(0).text(), "Đã gắn biển tên từ tháng 3");
  EXPECT_EQ(all.explanations(0).actor(), "person:officer-0");
  EXPECT_EQ(
      Column("SELECT COUNT(*) FROM events WHERE type = 'thidua.scoring.v1.ExplanationsRecorded'"),
      "1\n");

  // The published snapshot shows the layers, without anybody's name or words.
  v1::Publication publication;
  Must(PublishRanking(Computed(round_.name()), "", &publication));
  v1::GetPublicationSnapshotRequest get;
  get.set_name(publication.name());
  google::api::HttpBody snapshot;
  Must(rankings_->GetPublicationSnapshot(WithToken("").get(), get, &snapshot));
  EXPECT_THAT(snapshot.data(),
              HasSubstr(R"("layers":{"APPRAISED":"17","REAPPRAISED":"18","SELF":"18.5"})"));
  for (const char* hidden : {"person:", "biển tên", "ảnh chụp"}) {
    EXPECT_THAT(snapshot.data(), Not(HasSubstr(hidden)));
  }
  v1::ReplayRankingResponse replayed;
  Must(Replay(publication.name(), &replayed));
  EXPECT_EQ(replayed.recomputed_sha256(), publication.snapshot_sha256());
  v1::ExplainRankRequest why;
  why.set_publication(publication.name());
  why.set_unit("units/" + communes_[0]);
  v1::ExplainRankResponse told;
  Must(rankings_->ExplainRank(WithToken(Officer(0)).get(), why, &told));
  std::vector<v1::ScoreLayer> layers;
  for (const v1::ScoreEntry& entry : told.trace(2).entries()) layers.push_back(entry.layer());
  EXPECT_THAT(layers, ElementsAre(v1::SCORE_LAYER_SELF, v1::SCORE_LAYER_APPRAISED,
                                  v1::SCORE_LAYER_REAPPRAISED, v1::SCORE_LAYER_FINAL));
  ASSERT_EQ(told.trace(2).explanations_size(), 1);
  EXPECT_EQ(told.trace(2).explanations(0).outcome(), v1::EXPLANATION_OUTCOME_ACCEPTED);
}

TEST_F(ExplanationTest, WhatIsNotExplainedInTimeKeepsItsAppraisal) {
  v1::Assessment a = Appraised("18", "17");
  SetToday(CivilDay(2024, 2, 11));
  EXPECT_EQ(ExplainReason(Explaining(a, "I.3", "x")), "OUTSIDE_WINDOW");
  SetToday(CivilDay(2024, 3, 5));
  Must(assessments_->ExplainAppraisal(WithToken(Officer(0)).get(),
                                      Explaining(a, "I.3", "viết mà không gửi"), &a));
  EXPECT_EQ(FinaliseReason(a), "EXPLANATION_OPEN");
  SetToday(CivilDay(2024, 3, 6));
  EXPECT_EQ(ExplainReason(Explaining(a, "I.3", "muộn")), "OUTSIDE_WINDOW");
  v1::Assessment ignored;
  EXPECT_EQ(Reason(assessments_->SubmitExplanation(
                WithToken(Officer(0)).get(), Step<v1::SubmitExplanationRequest>(a), &ignored)),
            "OUTSIDE_WINDOW");
  Must(assessments_->FinaliseAssessment(WithToken(Leader()).get(),
                                        Step<v1::FinaliseAssessmentRequest>(a), &a));
  EXPECT_EQ(a.criteria(2).final().points(), "17");
  EXPECT_FALSE(a.criteria(2).has_reappraised());
  EXPECT_EQ(a.criteria(2).explanation().outcome(), v1::EXPLANATION_OUTCOME_OPEN);
}

TEST_F(ExplanationTest, AnAppraisalMayBeKeptAndAnAnswerGivenBack) {
  v1::Assessment a = Appraised("18", "17");
  ExplainAndSubmit(a);
  Must(assessments_->AnswerExplanation(WithToken(SecondAppraiser()).get(),
                                       Answering(a, "", "Ảnh chụp không có ngày"), &a));
  EXPECT_EQ(a.criteria(2).explanation().outcome(), v1::EXPLANATION_OUTCOME_KEPT);
  EXPECT_EQ(a.criteria(2).reappraised().points(), "17");
  Must(assessments_->CompleteSecondAppraisal(WithToken(SecondAppraiser()).get(),
                                             Step<v1::CompleteSecondAppraisalRequest>(a), &a));
  auto back = Step<v1::ReturnAssessmentRequest>(a);
  back.set_reason("Xem lại ảnh chụp");
  SetToday(CivilDay(2024, 3, 10));  // the appraisal itself is long over
  Must(assessments_->ReturnAssessment(WithToken(SecondAppraiser()).get(), back, &a));
  EXPECT_EQ(a.state(), v1::ASSESSMENT_STATE_EXPLAINED);
  Must(assessments_->AnswerExplanation(WithToken(SecondAppraiser()).get(),
                                       Answering(a, "18", "Ảnh chụp có ngày"), &a));
  Must(assessments_->CompleteSecondAppraisal(WithToken(SecondAppraiser()).get(),
                                             Step<v1::CompleteSecondAppraisalRequest>(a), &a));
  Must(assessments_->FinaliseAssessment(WithToken(Leader()).get(),
                                        Step<v1::FinaliseAssessmentRequest>(a), &a));
  EXPECT_EQ(a.criteria(2).final().points(), "18");
}

// What the data say may be contested too; kept, it is still what they say.
TEST_F(ExplanationTest, AKeptComputationStaysAComputation) {
  PushDossiers(0, 9, 10);
  v1::AssessmentRound sent = RoundOf(PublishedSet(), {communes_[0]});
  sent.set_explanation_start("2024-02-12");
  sent.set_explanation_end("2024-03-05");
  Must(Open(sent, &round_));
  v1::Assessment a = AssessmentOf(round_.name(), communes_[0]);
  auto scores = Scores<v1::SetSelfScoresRequest>(a, "18", "x");
  *scores.add_scores() = scores.scores(0);
  scores.mutable_scores(1)->set_criterion("I.1");
  scores.mutable_scores(1)->set_points("60");
  Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(), scores, &a));
  Must(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));
  Must(assessments_->AppraiseAssessment(WithToken(Appraiser()).get(),
                                        Scores<v1::AppraiseAssessmentRequest>(a, "18", ""), &a));
  Must(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(),
                                       Step<v1::CompleteAppraisalRequest>(a), &a));
  EXPECT_TRUE(a.criteria(0).explainable());
  EXPECT_FALSE(a.criteria(2).explainable());
  Must(assessments_->ExplainAppraisal(WithToken(Officer(0)).get(),
                                      Explaining(a, "I.1", "Một hồ sơ bị tính nhầm"), &a));
  Must(assessments_->SubmitExplanation(WithToken(Officer(0)).get(),
                                       Step<v1::SubmitExplanationRequest>(a), &a));
  auto answer = Answering(a, "", "Hồ sơ đó trả muộn một ngày");
  answer.mutable_answers(0)->set_criterion("I.1");
  // Nobody appraised it, so the appraiser of the others may answer.
  Must(assessments_->AnswerExplanation(WithToken(Appraiser()).get(), answer, &a));
  Must(assessments_->CompleteSecondAppraisal(WithToken(Appraiser()).get(),
                                             Step<v1::CompleteSecondAppraisalRequest>(a), &a));
  Must(assessments_->FinaliseAssessment(WithToken(Leader()).get(),
                                        Step<v1::FinaliseAssessmentRequest>(a), &a));
  EXPECT_EQ(a.criteria(0).final().points(), "54");
  EXPECT_EQ(a.criteria(0).final().inputs().at("numerator"), "9");
  const v1::Ranking ranking = Computed(round_.name());
  EXPECT_EQ(ranking.entries(0).criteria(0).points(), "54");
}

// One of two that hand in at the same moment does; the same request sent twice is one act.
TEST_F(ExplanationTest, HandingInTwiceAtOnceIsOneAct) {
  v1::Assessment a = Appraised("18", "17");
  Must(assessments_->ExplainAppraisal(WithToken(Officer(0)).get(), Explaining(a, "I.3", "x"), &a));
  const auto first = Step<v1::SubmitExplanationRequest>(a);
  const auto second = Step<v1::SubmitExplanationRequest>(a);
  std::vector<std::string> reasons(4);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < reasons.size(); ++i) {
    threads.emplace_back([&, i] {
      v1::Assessment ignored;
      reasons[i] = Reason(assessments_->SubmitExplanation(WithToken(Officer(0)).get(),
                                                          i % 2 == 0 ? first : second, &ignored));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(reasons[0], reasons[2]);
  EXPECT_EQ(reasons[1], reasons[3]);
  const std::string& lost = reasons[0].empty() ? reasons[1] : reasons[0];
  EXPECT_TRUE(reasons[0].empty() != reasons[1].empty()) << reasons[0] << " " << reasons[1];
  EXPECT_EQ(lost, "ASSESSMENT_WRONG_STATE");
  EXPECT_EQ(Column("SELECT COUNT(*) FROM events WHERE type = "
                   "'thidua.scoring.v1.AssessmentChanged' AND payload LIKE '%EXPLAINED%'"),
            "1\n");
}

TEST_F(ExplanationTest, WhereNothingDiffersOrNoExplanationIsHeldNobodyWaits) {
  v1::Assessment a = Appraised("17", "17");
  EXPECT_EQ(FinaliseReason(a), "");
  v1::AssessmentRound plain;
  Must(OpenRound(PublishedSet(), {communes_[1]}, &plain));
  EXPECT_EQ(plain.explanation_start(), "");
  Finalise(plain.name(), 1, "10");
  v1::AssessmentRound third;
  Must(OpenRound(PublishedSet(), {communes_[2]}, &third));
  v1::Assessment b = AssessmentOf(third.name(), communes_[2]);
  Must(assessments_->SetSelfScores(WithToken(Officer(2)).get(),
                                   Scores<v1::SetSelfScoresRequest>(b, "18", "x"), &b));
  Must(assessments_->SubmitAssessment(WithToken(Officer(2)).get(),
                                      Step<v1::SubmitAssessmentRequest>(b), &b));
  Must(assessments_->AppraiseAssessment(WithToken(Appraiser()).get(),
                                        Scores<v1::AppraiseAssessmentRequest>(b, "17", "y"), &b));
  Must(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(),
                                       Step<v1::CompleteAppraisalRequest>(b), &b));
  EXPECT_FALSE(b.criteria(2).explainable());
  v1::Assessment ignored;
  EXPECT_EQ(Reason(assessments_->ExplainAppraisal(WithToken(Officer(2)).get(),
                                                  Explaining(b, "I.3", "x"), &ignored)),
            "NO_EXPLANATION_ROUND");
}

TEST_F(ExplanationTest, TheWindowIsChecked) {
  v1::AssessmentRound sent = RoundOf(PublishedSet(), {communes_[0]});
  v1::AssessmentRound ignored;
  sent.set_explanation_start("2024-02-12");
  EXPECT_THAT(Fields(Open(sent, &ignored)), ElementsAre("round.explanation_end"));
  sent.set_explanation_end("2024-02-27");  // the appraisal ends on the 28th
  EXPECT_THAT(Fields(Open(sent, &ignored)), ElementsAre("round.explanation_end"));
  sent.set_explanation_end("2024-03-05");
  sent.set_explanation_start("2024-02-09");  // it begins on the 10th
  EXPECT_THAT(Fields(Open(sent, &ignored)), ElementsAre("round.explanation_start"));
  sent.set_explanation_start("2024-03-06");
  EXPECT_THAT(Fields(Open(sent, &ignored)), ElementsAre("round.explanation_end"));
}

}  // namespace
}  // namespace thidua::scoring::assessments
