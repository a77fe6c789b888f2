// What waits for whom, over real gRPC and a real database.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scoring/testing/round_fixture.h"

namespace thidua::scoring::assessments {
namespace {

using absl::CivilDay;
using test::Reason;
using test::WithToken;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TasksTest : public RoundTest {
 protected:
  std::string Judge(const std::string& who) const {
    return Token("person:" + who, district_,
                 {"scoring.assessments.appraise", "scoring.assessments.read"});
  }
  std::string ReadingLeader() const {
    return Token("person:leader", district_,
                 {"scoring.assessments.finalise", "scoring.assessments.read"});
  }
  v1::ListAssessmentTasksResponse Page(const std::string& token,
                                       const v1::ListAssessmentTasksRequest& request = {}) {
    v1::ListAssessmentTasksResponse response;
    Must(assessments_->ListAssessmentTasks(WithToken(token).get(), request, &response));
    return response;
  }
  // "APPRAISE commune 0 waits 1/3 until 2024-02-28 in 13", a line a task.
  std::vector<std::string> Tasks(const std::string& token,
                                 const v1::ListAssessmentTasksRequest& request = {}) {
    std::vector<std::string> lines;
    const v1::ListAssessmentTasksResponse page = Page(token, request);
    for (const v1::AssessmentTask& task : page.tasks()) {
      const std::string kind = v1::AssessmentTaskKind_Name(task.kind());
      lines.push_back(absl::StrCat(kind.substr(std::string("ASSESSMENT_TASK_KIND_").size()), " ",
                                   task.unit_name(), " ", task.criteria_waiting(), "/",
                                   task.criteria_total(), " ", task.due_date(), " ",
                                   task.days_left(), task.overdue() ? " overdue" : ""));
    }
    return lines;
  }
  v1::ListMissingSubmissionsResponse Missing(const std::string& round, int page_size,
                                             const std::string& token) {
    v1::ListMissingSubmissionsRequest request;
    request.set_round(round);
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListMissingSubmissionsResponse response;
    Must(assessments_->ListMissingSubmissions(WithToken(HomeAffairs()).get(), request, &response));
    return response;
  }
};

TEST_F(TasksTest, EachStepWaitsForWhoMayTakeIt) {
  v1::AssessmentRound sent = RoundOf(PublishedSet(), {communes_[0]});
  sent.set_explanation_start("2024-02-12");
  sent.set_explanation_end("2024-03-05");
  v1::AssessmentRound round;
  Must(Open(sent, &round));
  const std::string officer = Officer(0);
  const std::string first = Judge("appraiser");
  const std::string second = Judge("second");
  EXPECT_THAT(Tasks(officer), ElementsAre("SELF_SCORE UBND xã 1 1/3 2024-02-20 5"));
  for (const std::string& other : {Officer(1), first, ReadingLeader(), HomeAffairs()}) {
    EXPECT_THAT(Tasks(other), IsEmpty());
  }
  SetToday(CivilDay(2024, 2, 22));
  EXPECT_THAT(Tasks(officer), ElementsAre("SELF_SCORE UBND xã 1 1/3 2024-02-20 -2 overdue"));
  SetToday(CivilDay(2024, 1, 31));
  EXPECT_THAT(Tasks(officer), IsEmpty());  // not begun
  SetToday(CivilDay(2024, 2, 15));

  v1::Assessment a = AssessmentOf(round.name(), communes_[0]);
  Must(assessments_->SetSelfScores(WithToken(officer).get(),
                                   Scores<v1::SetSelfScoresRequest>(a, "18", "x"), &a));
  EXPECT_THAT(Tasks(officer), ElementsAre("SELF_SCORE UBND xã 1 0/3 2024-02-20 5"));
  Must(assessments_->SubmitAssessment(WithToken(officer).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));
  // The officer holds the right to appraise too, and has scored.
  EXPECT_THAT(Tasks(officer), IsEmpty());
  EXPECT_THAT(Tasks(first), ElementsAre("APPRAISE UBND xã 1 1/3 2024-02-28 13"));
  Must(assessments_->AppraiseAssessment(WithToken(first).get(),
                                        Scores<v1::AppraiseAssessmentRequest>(a, "17", "y"), &a));
  EXPECT_THAT(Tasks(first), ElementsAre("APPRAISE UBND xã 1 0/3 2024-02-28 13"));
  Must(assessments_->CompleteAppraisal(WithToken(first).get(),
                                       Step<v1::CompleteAppraisalRequest>(a), &a));
  EXPECT_THAT(Tasks(first), IsEmpty());
  EXPECT_THAT(Tasks(officer), ElementsAre("EXPLAIN UBND xã 1 1/3 2024-03-05 19"));
  EXPECT_THAT(Tasks(ReadingLeader()), IsEmpty());
  SetToday(CivilDay(2024, 3, 6));  // the unit let the time pass
  EXPECT_THAT(Tasks(officer), IsEmpty());
  EXPECT_THAT(Tasks(ReadingLeader()), ElementsAre("FINALISE UBND xã 1 0/3  0"));
  SetToday(CivilDay(2024, 2, 16));

  auto explain = Step<v1::ExplainAppraisalRequest>(a);
  explain.add_explanations()->set_criterion("I.3");
  explain.mutable_explanations(0)->set_text("Đã gắn biển tên");
  Must(assessments_->ExplainAppraisal(WithToken(officer).get(), explain, &a));
  EXPECT_THAT(Tasks(officer), ElementsAre("EXPLAIN UBND xã 1 0/3 2024-03-05 18"));
  Must(assessments_->SubmitExplanation(WithToken(officer).get(),
                                       Step<v1::SubmitExplanationRequest>(a), &a));
  EXPECT_THAT(Tasks(officer), IsEmpty());
  // Who appraised it does not answer it, and cannot end what is not answered.
  EXPECT_THAT(Tasks(first), IsEmpty());
  EXPECT_THAT(Tasks(second), ElementsAre("ANSWER UBND xã 1 1/3  0"));
  auto answer = Step<v1::AnswerExplanationRequest>(a);
  answer.add_answers()->set_criterion("I.3");
  answer.mutable_answers(0)->set_outcome(v1::EXPLANATION_OUTCOME_KEPT);
  answer.mutable_answers(0)->set_reason("Không có ảnh");
  Must(assessments_->AnswerExplanation(WithToken(second).get(), answer, &a));
  EXPECT_THAT(Tasks(second), ElementsAre("ANSWER UBND xã 1 0/3  0"));
  EXPECT_THAT(Tasks(first), ElementsAre("ANSWER UBND xã 1 0/3  0"));
  Must(assessments_->CompleteSecondAppraisal(WithToken(second).get(),
                                             Step<v1::CompleteSecondAppraisalRequest>(a), &a));
  EXPECT_THAT(Tasks(ReadingLeader()), ElementsAre("FINALISE UBND xã 1 0/3  0"));
  Must(assessments_->FinaliseAssessment(WithToken(Leader()).get(),
                                        Step<v1::FinaliseAssessmentRequest>(a), &a));
  for (const std::string& other : {officer, first, second, ReadingLeader()}) {
    EXPECT_THAT(Tasks(other), IsEmpty());
  }
}

TEST_F(TasksTest, TasksComeInPagesAndByKindAndRound) {
  const std::string set = PublishedSet();
  v1::AssessmentRound round;
  Must(OpenRound(set, communes_, &round));
  v1::AssessmentRound other;
  Must(OpenRound(set, {communes_[0]}, &other));
  v1::Assessment a = AssessmentOf(round.name(), communes_[2]);
  Must(assessments_->SetSelfScores(WithToken(Officer(2)).get(),
                                   Scores<v1::SetSelfScoresRequest>(a, "18", "x"), &a));
  Must(assessments_->SubmitAssessment(WithToken(Officer(2)).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));
  const std::string all = Token("person:all", district_,
                                {"scoring.assessments.self_score", "scoring.assessments.read",
                                 "scoring.assessments.appraise"});
  EXPECT_EQ(Tasks(all).size(), 6u);
  std::vector<std::string> units;
  v1::ListAssessmentTasksRequest request;
  request.set_round(round.name());
  request.set_page_size(2);
  do {
    const v1::ListAssessmentTasksResponse page = Page(all, request);
    EXPECT_LE(page.tasks_size(), 2);
    for (const v1::AssessmentTask& task : page.tasks()) units.push_back(task.unit());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  ASSERT_EQ(units.size(), 5u);
  EXPECT_EQ(units.back(), "units/" + communes_[2]);  // the appraisal, after all self-scores
  request.set_page_token(Page(all, request).next_page_token());
  request.set_kind(v1::ASSESSMENT_TASK_KIND_APPRAISE);
  v1::ListAssessmentTasksResponse ignored;
  EXPECT_EQ(Reason(assessments_->ListAssessmentTasks(WithToken(all).get(), request, &ignored)),
            "PAGE_TOKEN_MISMATCH");
  request.clear_page_token();
  EXPECT_THAT(Tasks(all, request), ElementsAre("APPRAISE UBND xã 3 1/3 2024-02-28 13"));
  EXPECT_EQ(Reason(assessments_->ListAssessmentTasks(WithToken(Pusher()).get(), {}, &ignored)),
            "PERMISSION_DENIED");
}

TEST_F(TasksTest, TheOrganiserSeesWhoHasNotHandedIn) {
  v1::AssessmentRound round;
  Must(OpenRound(PublishedSet(), communes_, &round));
  Finalise(round.name(), 1, "10");
  v1::ListMissingSubmissionsResponse page = Missing(round.name(), 3, "");
  EXPECT_EQ(page.submissions_size(), 3);
  EXPECT_EQ(page.units_total(), 5);
  EXPECT_EQ(page.missing_total(), 4);
  EXPECT_EQ(page.submissions(0).due_date(), "2024-02-20");
  EXPECT_EQ(page.submissions(0).days_left(), 5);
  page = Missing(round.name(), 3, page.next_page_token());
  EXPECT_EQ(page.submissions_size(), 1);
  EXPECT_EQ(page.next_page_token(), "");
  // Handed in and given back: there is time until the end of the appraisal.
  v1::Assessment a = AssessmentOf(round.name(), communes_[0]);
  Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(),
                                   Scores<v1::SetSelfScoresRequest>(a, "10", "x"), &a));
  Must(assessments_->SubmitAssessment(WithToken(Officer(0)).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));
  EXPECT_EQ(Missing(round.name(), 10, "").missing_total(), 3);
  auto back = Step<v1::ReturnAssessmentRequest>(a);
  back.set_reason("Bổ sung tài liệu");
  Must(assessments_->ReturnAssessment(WithToken(Appraiser()).get(), back, &a));
  SetToday(CivilDay(2024, 2, 21));
  page = Missing(round.name(), 10, "");
  for (const v1::MissingSubmission& one : page.submissions()) {
    const bool returned = one.unit() == "units/" + communes_[0];
    EXPECT_EQ(one.returned(), returned);
    EXPECT_EQ(one.overdue(), !returned);
    EXPECT_EQ(one.days_left(), returned ? 7 : -1);
  }
  v1::ListMissingSubmissionsRequest request;
  request.set_round(round.name());
  v1::ListMissingSubmissionsResponse ignored;
  EXPECT_EQ(
      Reason(assessments_->ListMissingSubmissions(WithToken(Officer(0)).get(), request, &ignored)),
      "PERMISSION_DENIED");
}

}  // namespace
}  // namespace thidua::scoring::assessments
