// What a reader that starts anew learns of rounds and assessments, over real gRPC and a real
// database.
#include <string>
#include <vector>

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

}  // namespace
}  // namespace thidua::scoring::assessments
