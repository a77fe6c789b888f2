// What a reader that starts anew learns of rounds and assessments, over real gRPC and a real
// database.
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/json.h"
#include "scoring/testing/round_fixture.h"
#include "thidua/scoring/v1/events.pb.h"
#include "thidua/scoring/v1/feed_service.grpc.pb.h"

namespace thidua::scoring::assessments {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::SizeIs;

class SnapshotTest : public RoundTest {
 protected:
  // All but publications.
  std::vector<common::v1::Event> Exported() {
    const auto stub = v1::FeedService::NewStub(server_->channel());
    const auto context = test::WithToken(keys_.ServiceToken("notify"));
    const auto reader = stub->ExportSnapshot(context.get(), common::v1::ExportSnapshotRequest());
    std::vector<common::v1::Event> events;
    common::v1::SnapshotItem item;
    while (reader->Read(&item)) {
      if (item.has_event() && item.event().aggregate_type() != "publication") {
        events.push_back(item.event());
      }
    }
    EXPECT_TRUE(reader->Finish().ok());
    return events;
  }
  // As it was appended to the feed.
  std::string Appended(const std::string& type) const {
    return Column("SELECT payload FROM events WHERE type = 'thidua.scoring.v1." + type +
                  "' LIMIT 1");
  }
  template <class Payload>
  static Payload PayloadIn(const std::string& json) {
    Payload payload;
    EXPECT_TRUE(platform::FromJson(json, &payload).ok()) << json;
    return payload;
  }
};

TEST_F(SnapshotTest, ItTellsEveryRoundAndHowFarItsUnitsAre) {
  v1::AssessmentRound sent = RoundOf(PublishedSet(), {communes_[0], communes_[1], communes_[2]});
  sent.set_explanation_start("2024-02-12");
  sent.set_explanation_end("2024-03-05");
  v1::AssessmentRound round;
  Must(Open(sent, &round));
  Finalise(round.name(), 1, "10");
  v1::Assessment a = AssessmentOf(round.name(), communes_[0]);
  Must(assessments_->SetSelfScores(test::WithToken(Officer(0)).get(),
                                   Scores<v1::SetSelfScoresRequest>(a, "10", "tự chấm"), &a));
  Must(assessments_->SubmitAssessment(test::WithToken(Officer(0)).get(),
                                      Step<v1::SubmitAssessmentRequest>(a), &a));

  const std::vector<common::v1::Event> events = Exported();
  ASSERT_THAT(events, SizeIs(4));
  EXPECT_EQ(events[0].type(), "thidua.scoring.v1.AssessmentRoundCreated");
  EXPECT_EQ("assessmentRounds/" + events[0].aggregate_id(), round.name());
  EXPECT_EQ(
      PayloadIn<v1::AssessmentRoundCreated>(events[0].payload_json()).DebugString(),
      PayloadIn<v1::AssessmentRoundCreated>(Appended("AssessmentRoundCreated")).DebugString());
  std::vector<std::string> states;
  for (size_t i = 1; i < events.size(); ++i) {
    const auto told = PayloadIn<v1::AssessmentChanged>(events[i].payload_json());
    EXPECT_EQ(told.round_id(), events[0].aggregate_id());
    EXPECT_EQ(told.unit_id(), events[i].unit_id());
    states.push_back(told.unit_id() + " " + told.state());
  }
  EXPECT_THAT(states, ElementsAre(communes_[2] + " DRAFT", communes_[1] + " FINALISED",
                                  communes_[0] + " SUBMITTED"))
      << "in the order in which they came so far";
  for (const common::v1::Event& event : events) {
    EXPECT_EQ(event.id(), "");
    EXPECT_EQ(event.business_date(), "2024-02-15") << "machine time is later";
    EXPECT_THAT(event.occur_time().seconds(), Gt(0));
    EXPECT_THAT(event.aggregate_version(), Gt(0));
  }
}

// The day of the appraisal is what the unit is told officially.
TEST_F(SnapshotTest, ADraftOfAnExplanationDoesNotMoveTheDayOfTheAppraisal) {
  SetToday(absl::CivilDay(2024, 1, 22));
  v1::AssessmentRound sent = RoundOf(PublishedSet(), {communes_[0], communes_[1]});
  sent.set_explanation_start("2024-02-12");
  sent.set_explanation_end("2024-03-05");
  sent.set_self_score_start("2024-01-20");
  sent.set_appraisal_start("2024-01-20");
  v1::AssessmentRound round;
  Must(Open(sent, &round));
  const auto appraise = [&](size_t commune, const std::string& self, const std::string& found) {
    v1::Assessment a = AssessmentOf(round.name(), communes_[commune]);
    Must(assessments_->SetSelfScores(test::WithToken(Officer(commune)).get(),
                                     Scores<v1::SetSelfScoresRequest>(a, self, "tự chấm"), &a));
    Must(assessments_->SubmitAssessment(test::WithToken(Officer(commune)).get(),
                                        Step<v1::SubmitAssessmentRequest>(a), &a));
    Must(assessments_->AppraiseAssessment(
        test::WithToken(Appraiser()).get(),
        Scores<v1::AppraiseAssessmentRequest>(a, found, "Thiếu biển tên"), &a));
    Must(assessments_->CompleteAppraisal(test::WithToken(Appraiser()).get(),
                                         Step<v1::CompleteAppraisalRequest>(a), &a));
    return a;
  };
  appraise(1, "18", "18");
  v1::Assessment a = appraise(0, "18", "17");
  SetToday(absl::CivilDay(2024, 2, 15));
  auto explain = Step<v1::ExplainAppraisalRequest>(a);
  explain.add_explanations()->set_criterion("I.3");
  explain.mutable_explanations(0)->set_text("Đã gắn biển tên từ tháng 3");
  Must(assessments_->ExplainAppraisal(test::WithToken(Officer(0)).get(), explain, &a));
  ASSERT_EQ(a.state(), v1::ASSESSMENT_STATE_APPRAISED);

  const auto tell = [&] {
    std::vector<std::string> told;
    for (const common::v1::Event& event : Exported()) {
      if (event.aggregate_type() != "assessment") continue;
      const auto changed = PayloadIn<v1::AssessmentChanged>(event.payload_json());
      EXPECT_EQ(changed.has_explainable_leaves(), changed.state() == "APPRAISED");
      told.push_back(absl::StrCat(changed.unit_id(), " ", changed.state(), " ",
                                  changed.state_date(), " ", event.business_date(), " ",
                                  changed.explainable_leaves()));
    }
    return told;
  };
  const auto expected = ElementsAre(communes_[1] + " APPRAISED 2024-01-22 2024-01-22 0",
                                    communes_[0] + " APPRAISED 2024-01-22 2024-01-22 1");
  EXPECT_THAT(tell(), expected);
  // The feed says the same as the snapshot.
  const auto live = PayloadIn<v1::AssessmentChanged>(
      Column("SELECT payload FROM events WHERE type = 'thidua.scoring.v1.AssessmentChanged' AND "
             "unit_id = '" +
             communes_[1] + "' ORDER BY aggregate_version DESC LIMIT 1"));
  EXPECT_EQ(live.state_date(), "2024-01-22");
  EXPECT_TRUE(live.has_explainable_leaves());
  EXPECT_EQ(live.explainable_leaves(), 0);

  // What was there before the day was kept has it from the events.
  database_->Run("UPDATE assessments SET state_date = NULL");
  std::ifstream migration("services/scoring/migrations/0048_state_date_of_events.sql");
  database_->Run(std::string(std::istreambuf_iterator<char>(migration), {}));
  EXPECT_THAT(tell(), expected);
}

}  // namespace
}  // namespace thidua::scoring::assessments
