// FeedService: pages, watching, who sees what.
#include <algorithm>
#include <thread>

#include "gmock/gmock.h"
#include "platform/feed/services_fixture.h"

namespace thidua::feed {
namespace {

using common::v1::ReadEventsRequest;
using common::v1::ReadEventsResponse;
using test::Reason;
using testing::ElementsAre;
using testing::IsEmpty;

// No sequencer runs here: without being asked to, nothing has a place.
TEST_F(ServicesTest, WhatWaitsIsGivenItsPlaceWhenAskedFor) {
  Commit(3);
  EXPECT_THAT(Positions(Read(ReadEventsRequest(), Everywhere())), IsEmpty());
  ReadEventsRequest request;
  request.set_include_waiting(true);
  EXPECT_THAT(Positions(Read(request, Everywhere())), ElementsAre(1, 2, 3));
  EXPECT_THAT(Positions(Read(request, Everywhere())), ElementsAre(1, 2, 3));
}

TEST_F(ServicesTest, PagesFollowEachOther) {
  Commit(5);
  NumberAll();
  ReadEventsRequest request;
  request.set_page_size(2);
  const ReadEventsResponse first = Read(request, Everywhere());
  EXPECT_THAT(Positions(first), ElementsAre(1, 2));
  EXPECT_EQ(first.next_position(), 2);
  EXPECT_EQ(first.head_position(), 5);
  EXPECT_EQ(first.epoch(), FeedHead().epoch);
  request.set_epoch(first.epoch());
  request.set_after_position(4);
  const ReadEventsResponse last = Read(request, Everywhere());
  EXPECT_THAT(Positions(last), ElementsAre(5));
  request.set_after_position(5);
  const ReadEventsResponse end = Read(request, Everywhere());
  EXPECT_THAT(Positions(end), IsEmpty());
  EXPECT_EQ(end.next_position(), 5);
}

// Services poll several times a second.
TEST_F(ServicesTest, AServicesPollThatFindsNothingLeavesNoLogLine) {
  Commit(2);
  NumberAll();
  const auto lines = [&](int64_t after, const std::string& token) {
    ReadEventsRequest request;
    request.set_after_position(after);
    ReadEventsResponse response;
    testing::internal::CaptureStderr();
    feed_->ReadEvents(test::WithToken(token).get(), request, &response).ok();
    const std::string log = testing::internal::GetCapturedStderr();
    return std::count(log.begin(), log.end(), '\n');
  };
  const std::string service = keys_.ServiceToken("scoring");
  EXPECT_EQ(lines(2, service), 0);
  EXPECT_EQ(lines(1, service), 1) << "an event was read";
  EXPECT_EQ(lines(3, service), 1) << "an error";
  EXPECT_EQ(lines(2, Everywhere()), 1) << "no service";
}

TEST_F(ServicesTest, UnnumberedEventsAreNotServed) {
  Commit(2);
  EXPECT_THAT(Positions(Read({}, Everywhere())), IsEmpty());
  EXPECT_EQ(Read({}, Everywhere()).head_position(), 0);
}

TEST_F(ServicesTest, AFilterByTypeMovesThePosition) {
  Commit(4);
  NumberAll();
  database_->Run("UPDATE events SET type = 'thidua.test.v1.Rare' WHERE position = 2");
  ReadEventsRequest request;
  request.add_types("thidua.test.v1.Rare");
  const ReadEventsResponse page = Read(request, Everywhere());
  EXPECT_THAT(Positions(page), ElementsAre(2));
  EXPECT_EQ(page.next_position(), 4);
  request.set_types(0, "thidua.test.v1.Rar");
  EXPECT_EQ(Read(request, Everywhere()).next_position(), 4);
  EXPECT_THAT(Positions(Read(request, Everywhere())), IsEmpty());
  request.add_types("thidua.campaign.v1.PlanLaunched");
  EXPECT_THAT(Positions(Read(request, Everywhere())), ElementsAre(1, 3, 4));
}

TEST_F(ServicesTest, WhoMayReadAtAUnitSeesItsEventsOnly) {
  Commit({.aggregate_id = "1", .unit_id = "commune"});
  Commit({.aggregate_id = "2", .unit_id = "elsewhere"});
  Commit({.aggregate_id = "3", .unit_id = ""});
  Commit({.aggregate_id = "4", .unit_id = "district"});
  NumberAll();
  const ReadEventsResponse page = Read({}, AtDistrict());
  EXPECT_EQ(page.events_size(), 2);
  for (const auto& event : page.events()) {
    EXPECT_THAT(event.unit_id(), testing::AnyOf("commune", "district"));
  }
  EXPECT_EQ(page.next_position(), 4);
  EXPECT_EQ(Read({}, Everywhere()).events_size(), 4);
}

TEST_F(ServicesTest, LargeEventsMakeSmallPages) {
  for (int i = 1; i <= 4; ++i) {
    Commit({.aggregate_id = absl::StrCat(i), .text = std::string(900'000, 'x')});
  }
  NumberAll();
  int64_t position = 0;
  int pages = 0;
  while (position < 4) {
    ReadEventsRequest request;
    request.set_after_position(position);
    const ReadEventsResponse page = Read(request, Everywhere());
    ASSERT_GT(page.next_position(), position);
    ASSERT_LT(page.ByteSizeLong(), 4u * 1024u * 1024u);
    position = page.next_position();
    ++pages;
  }
  EXPECT_EQ(pages, 2);
}

TEST_F(ServicesTest, RequestsThatAreNoPlaceInTheFeed) {
  Commit(2);
  NumberAll();
  ReadEventsRequest request;
  request.set_epoch("another");
  EXPECT_EQ(Refusal(request), "FEED_EPOCH_CHANGED");
  request.clear_epoch();
  request.set_after_position(3);
  EXPECT_EQ(Refusal(request), "FEED_POSITION_AHEAD");
  request.set_after_position(-1);
  EXPECT_EQ(Refusal(request), "POSITION_NEGATIVE");
  request.Clear();
  request.set_page_size(-1);
  EXPECT_EQ(Refusal(request), "PAGE_SIZE_NEGATIVE");
  request.Clear();
  request.add_types("a,b");
  EXPECT_EQ(Refusal(request), "TYPE_MALFORMED");
}

TEST_F(ServicesTest, WatchersGetEventsAsTheyCome) {
  Commit(2);
  NumberAll();
  const auto context = test::WithToken(Everywhere());
  const auto reader = feed_->WatchEvents(context.get(), {});
  ReadEventsResponse page;
  ASSERT_TRUE(reader->Read(&page));
  EXPECT_THAT(Positions(page), ElementsAre(1, 2));
  Commit({.aggregate_id = "plan-3"});
  NumberAll();
  ASSERT_TRUE(reader->Read(&page));
  EXPECT_THAT(Positions(page), ElementsAre(3));
  context->TryCancel();
  EXPECT_FALSE(reader->Read(&page));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ServicesTest, AWatcherIsToldOfANewEpochAndOfTheEnd) {
  Commit(1);
  NumberAll();
  const auto context = test::WithToken(Everywhere());
  const auto reader = feed_->WatchEvents(context.get(), {});
  ReadEventsResponse page;
  ASSERT_TRUE(reader->Read(&page));
  ASSERT_TRUE(StartNewEpoch(pool(), absl::Now(), Soon()).ok());
  EXPECT_FALSE(reader->Read(&page));
  EXPECT_EQ(Reason(reader->Finish()), "FEED_EPOCH_CHANGED");

  const auto second_context = test::WithToken(Everywhere());
  const auto second = feed_->WatchEvents(second_context.get(), {});
  ASSERT_TRUE(second->Read(&page));
  const absl::Time before = absl::Now();
  std::thread stop([&] { server_.host().Shutdown(); });
  EXPECT_FALSE(second->Read(&page));
  EXPECT_EQ(Reason(second->Finish()), "SHUTTING_DOWN");
  stop.join();
  EXPECT_LT(absl::Now() - before, absl::Seconds(10)) << "a watcher does not hold up the drain";
}

TEST_F(ServicesTest, ConsumersAreListed) {
  database_->Run(
      "INSERT INTO consumer_positions VALUES ('scoring', 'e1', 7, 'DATABASE_BUSY: x', "
      "'2024-01-01')");
  Commit(3);
  NumberAll();
  Commit({.aggregate_id = "plan-4"});
  common::v1::ListConsumersResponse response;
  ASSERT_TRUE(feed_->ListConsumers(test::WithToken(Everywhere()).get(), {}, &response).ok());
  ASSERT_EQ(response.consumers_size(), 1);
  EXPECT_EQ(response.consumers(0).producer(), "scoring");
  EXPECT_EQ(response.consumers(0).epoch(), "e1");
  EXPECT_EQ(response.consumers(0).position(), 7);
  EXPECT_EQ(response.consumers(0).last_error(), "DATABASE_BUSY: x");
  EXPECT_EQ(response.head_position(), 3);
  EXPECT_EQ(response.unnumbered_events(), 1);
}

}  // namespace
}  // namespace thidua::feed
