#include "thiduactl/rest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "platform/status.h"
#include "thiduactl/testing/fake_api.h"

namespace thidua::ctl {
namespace {

using ::testing::HasSubstr;

json Consumer(const std::string& producer, const std::string& position) {
  return {{"producer", producer}, {"epoch", "e1"}, {"position", position}};
}

// Four services that have read everything and owe nothing, unless a test says otherwise.
class RestTest : public ::testing::Test {
 protected:
  RestTest() {
    feeds_["campaign"] = {{"head_position", "7"}, {"consumers", json::array()}};
    feeds_["scoring"] = {{"head_position", "3"}, {"consumers", {Consumer("campaign", "7")}}};
    feeds_["awards"] = {{"head_position", "0"},
                        {"consumers", {Consumer("campaign", "7"), Consumer("scoring", "3")}}};
    feeds_["notify"] = {
        {"head_position", "2"},
        {"consumers",
         {Consumer("campaign", "7"), Consumer("scoring", "3"), Consumer("awards", "0")}}};
    for (const auto& entry : feeds_) {
      const std::string service = entry.first;
      api_.On(service + ".v1.FeedService/ListConsumers",
              [this, service](const json&) { return feeds_[service]; });
      api_.On(service + ".v1.FeedService/ReadEvents", [](const json&) {
        return json{{"epoch", "e1"}};
      });
    }
    api_.On("campaign.v1.ClockService/GetBusinessTime", [](const json&) {
      return json{{"business_time", "2023-12-15T01:00:00Z"}};
    });
    api_.On("notify.v1.DeadlineService/ListDeadlines", [this](const json&) {
      return json{{"deadlines", deadlines_}};
    });
    api_.On("notify.v1.DeliveryService/GetDeliveryStats", [this](const json&) {
      return json{{"pending", std::to_string(mails_)}};
    });
  }

  void AddReminder(const std::string& fire_time, const std::string& state) {
    deadlines_.push_back({{"reminders", {{{"fire_time", fire_time}, {"state", state}}}}});
  }

  absl::StatusOr<FeedHeads> Wait(absl::Duration patience) {
    return WaitUntilAtRest(*api_.NewSession(), patience);
  }

  std::map<std::string, json> feeds_;
  json deadlines_ = json::array();
  int mails_ = 0;
  testing::FakeApi api_;  // last: it calls what stands above
};

TEST_F(RestTest, NothingUnderWayIsRest) {
  AddReminder("2023-12-15T01:00:00Z", "REMINDER_STATE_FIRED");
  AddReminder("2023-12-15T01:00:01Z", "REMINDER_STATE_PENDING");  // its time has not come
  const auto heads = Wait(absl::Seconds(20));
  ASSERT_TRUE(heads.ok()) << heads.status();
  EXPECT_EQ(*heads, (FeedHeads{{"awards", 0}, {"campaign", 7}, {"notify", 2}, {"scoring", 3}}));
}

TEST_F(RestTest, AConsumerThatHasNotBegunIsBehind) {
  feeds_["notify"]["consumers"].erase(2);
  const auto heads = Wait(absl::ZeroDuration());
  EXPECT_EQ(platform::ReasonOf(heads.status()), "FEEDS_BEHIND");
  EXPECT_THAT(platform::TextOf(heads.status(), "en"), HasSubstr("notify < awards"));
}

TEST_F(RestTest, AConsumerBehindItsProducerIsBehind) {
  feeds_["scoring"]["consumers"][0]["position"] = "6";
  const auto heads = Wait(absl::ZeroDuration());
  EXPECT_EQ(platform::ReasonOf(heads.status()), "FEEDS_BEHIND");
  EXPECT_THAT(platform::TextOf(heads.status(), "en"), HasSubstr("scoring < campaign (6/7)"));
}

TEST_F(RestTest, APositionOfAnEarlierEpochIsBehind) {
  feeds_["scoring"]["consumers"][0]["epoch"] = "e0";
  feeds_["scoring"]["consumers"][0]["position"] = "9";
  const auto heads = Wait(absl::ZeroDuration());
  EXPECT_EQ(platform::ReasonOf(heads.status()), "FEEDS_BEHIND");
  EXPECT_THAT(platform::TextOf(heads.status(), "en"), HasSubstr("scoring < campaign (9/7, "));
}

TEST_F(RestTest, AnEventWithoutAPlaceIsBehind) {
  feeds_["awards"]["unnumbered_events"] = "1";
  EXPECT_EQ(platform::ReasonOf(Wait(absl::ZeroDuration()).status()), "FEEDS_BEHIND");
}

TEST_F(RestTest, WhatIsPendingIsNamedInTheEnd) {
  AddReminder("2023-12-15T01:00:00Z", "REMINDER_STATE_PENDING");
  mails_ = 3;
  const auto heads = Wait(absl::ZeroDuration());
  EXPECT_EQ(platform::ReasonOf(heads.status()), "NOT_AT_REST");
  EXPECT_THAT(platform::TextOf(heads.status(), "en"), HasSubstr("1 lời nhắc (reminders)"));
  EXPECT_THAT(platform::TextOf(heads.status(), "en"), HasSubstr("3 thư (mails)"));
}

TEST_F(RestTest, WaitsUntilMailsAreSentAndTheirEventsRead) {
  mails_ = 3;
  api_.On("notify.v1.DeliveryService/GetDeliveryStats", [this](const json&) {
    // The last mail goes out between two looks and leaves an event.
    if (mails_ > 0 && --mails_ == 0) feeds_["notify"]["head_position"] = "5";
    return json{{"pending", std::to_string(mails_)}};
  });
  const auto heads = Wait(absl::Seconds(20));
  ASSERT_TRUE(heads.ok()) << heads.status();
  EXPECT_EQ(mails_, 0);
  EXPECT_EQ(heads->at("notify"), 5);
}

}  // namespace
}  // namespace thidua::ctl
