// What awards learns from other services comes through their real feeds: plans, people and units
// from campaign, rankings from scoring.
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <string>

#include "platform/feed/append.h"
#include "platform/feed/sequencer.h"
#include "platform/feed/services.h"
#include "platform/json.h"
#include "support/awards/fixture.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"
#include "thidua/scoring/v1/feed_service.grpc.pb.h"

namespace thidua::awards {
namespace {

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

// A producer of a feed: a schema of its own and a server that offers nothing else.
template <class V1FeedService>
class Producer {
 public:
  // `restored` is what a snapshot of it holds.
  Producer(const std::string& name, const test::TestKeys& keys,
           std::vector<feed::SnapshotSource> restored = {})
      : database_(test::TestDatabase::Create({"platform"})), server_(name, keys) {
    server_.host().Add(feed::NewFeedService<V1FeedService>(server_.host().admission(),
                                                           database_->pool(), std::move(restored)));
    server_.Start();
  }

  void Publish(const google::protobuf::Message& payload) {
    feed::Origin origin;
    origin.actor = "person:test";
    origin.machine_now = absl::Now();
    origin.business_today = absl::CivilDay(2024, 2, 1);
    feed::Draft draft;
    draft.aggregate_type = "test";
    draft.aggregate_id = "01";
    draft.payload = &payload;
    const absl::Status appended = database_->pool().InTransaction(
        Soon(), [&](db::Tx& tx) { return feed::Append(tx, origin, draft); });
    ASSERT_TRUE(appended.ok()) << appended;
    ASSERT_TRUE(feed::SequenceOnce(database_->pool(), 100, Soon()).ok());
    ++published_;
  }

  // As after a restore from a backup: nothing that was published counts any more.
  void BeginAnew() {
    const absl::StatusOr<std::string> epoch =
        feed::StartNewEpoch(database_->pool(), absl::Now(), Soon());
    ASSERT_TRUE(epoch.ok()) << epoch.status();
  }

  int64_t published() const { return published_; }
  platform::PeerChannel peer() const { return server_.PeerFor("awards"); }

 private:
  std::unique_ptr<test::TestDatabase> database_;
  test::TestServer server_;
  int64_t published_ = 0;
};

class ServerTest : public testing::AwardsTest {
 protected:
  // Starts an awards server that reads both feeds.
  static void StartReading(test::TestServer& reader, platform::PeerChannel campaign,
                           platform::PeerChannel scoring) {
    Parts parts;
    parts.pool = pool_.get();
    parts.projection = projection_.get();
    parts.blobs = blobs_.get();
    parts.key = keys_->key("awards");
    parts.public_base_url = "https://thidua.example";
    parts.campaign = std::move(campaign);
    parts.scoring = std::move(scoring);
    ASSERT_TRUE(AddAwards(reader.host(), std::move(parts)).ok());
    reader.Start();
  }

  // How an invitation stands that was to be answered by 2024-02-15.
  static v1::NominationState StateOf(test::TestServer& reader, const std::string& nomination) {
    v1::GetNominationRequest request;
    request.set_name(nomination);
    v1::Nomination answer;
    const auto context = test::WithToken(Token("officer"));
    const grpc::Status got = v1::NominationService::NewStub(reader.channel())
                                 ->GetNomination(context.get(), request, &answer);
    EXPECT_TRUE(got.ok()) << got.error_message();
    return answer.state();
  }

  // Waits until both feeds are read to the end; fails the test after 30 s.
  static void AwaitCaughtUp(v1::FeedService::Stub& feed, const std::string& token, int64_t campaign,
                            int64_t scoring) {
    const absl::Time last = Soon();
    while (absl::Now() < last) {
      auto context = test::WithToken(token);
      common::v1::ListConsumersResponse consumers;
      ASSERT_TRUE(feed.ListConsumers(context.get(), {}, &consumers).ok());
      std::map<std::string, int64_t> positions;
      for (const auto& consumer : consumers.consumers()) {
        positions[consumer.producer()] = consumer.position();
        ASSERT_EQ(consumer.last_error(), "");
      }
      if (positions["campaign"] == campaign && positions["scoring"] == scoring) return;
      absl::SleepFor(absl::Milliseconds(20));
    }
    FAIL() << "the feeds were not read to the end";
  }
};

// shows: S4-26
TEST_F(ServerTest, PlansAndRankingsComeThroughTheFeeds) {
  database_->TruncateAll();
  Producer<campaign::v1::FeedService> campaign("campaign", *keys_);
  Producer<scoring::v1::FeedService> scoring("scoring", *keys_);
  campaign::v1::UnitChanged unit;
  for (const char* label : {"district", "room", "commune-1", "commune-2"}) {
    unit.Clear();
    unit.set_unit_id(Id(label));
    unit.set_type("COMMUNE");
    unit.set_valid_from("2015-01-01");
    auto* name = unit.add_names();
    name->set_value(label);
    name->set_valid_from("2015-01-01");
    if (std::string(label) != "district") {
      auto* parent = unit.add_parents();
      parent->set_value(Id("district"));
      parent->set_valid_from("2015-01-01");
    }
    campaign.Publish(unit);
  }
  campaign.Publish(Plan());
  campaign.Publish(Plan());  // a plan that is sent again is the same plan
  scoring.Publish(Ranking());

  test::TestServer reader("awards", *keys_);
  StartReading(reader, campaign.peer(), scoring.peer());
  auto feed = v1::FeedService::NewStub(reader.channel());
  AwaitCaughtUp(*feed, keys_->ServiceToken("notify"), campaign.published(), scoring.published());

  v1::ShortlistUnitsRequest request;
  request.set_plan("plans/" + Id("plan"));
  request.set_publication("publications/" + Id("publication"));
  request.set_request_id(RequestId());
  v1::ShortlistUnitsResponse response;
  auto context = test::WithToken(Token("officer"));
  auto nominations = v1::NominationService::NewStub(reader.channel());
  const grpc::Status listed = nominations->ShortlistUnits(context.get(), request, &response);
  ASSERT_TRUE(listed.ok()) << listed.error_message();
  EXPECT_EQ(response.nominations_size(), 2);

  // A correction takes the first unit out of the band.
  scoring::v1::RankingPublished correction = Ranking();
  correction.set_publication_id(Id("correction"));
  correction.set_corrects_publication_id(Id("publication"));
  scoring.Publish(correction);
  AwaitCaughtUp(*feed, keys_->ServiceToken("notify"), campaign.published(), scoring.published());
  request.set_request_id(RequestId());
  auto again = test::WithToken(Token("officer"));
  EXPECT_EQ(test::Reason(nominations->ShortlistUnits(again.get(), request, &response)),
            "PUBLICATION_CORRECTED");
}

// shows: S4-19
TEST_F(ServerTest, TasksComeThroughTheFeedAndGoWithItsEpoch) {
  database_->TruncateAll();
  campaign::v1::PlanTaskRecorded kept;
  kept.set_task_id(Id("task that the backup holds"));
  kept.set_plan_id(Id("plan"));
  kept.set_unit_id(Id("commune-1"));
  const feed::SnapshotSource snapshot =
      [&](db::Session&, absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
        common::v1::Event event;
        event.set_type(kept.GetDescriptor()->full_name());
        event.set_payload_json(*platform::ToJson(kept));
        return emit(event);
      };
  Producer<campaign::v1::FeedService> campaign("campaign", *keys_, {snapshot});
  Producer<scoring::v1::FeedService> scoring("scoring", *keys_);
  campaign::v1::PlanTaskRecorded task = kept;
  campaign.Publish(task);
  task.set_task_id(Id("task made since"));
  campaign.Publish(task);
  campaign::v1::PlanTaskCompleted done;
  done.set_task_id(Id("task made since"));
  done.set_plan_id(Id("plan"));
  done.set_unit_id(Id("commune-1"));
  done.set_done_date("2023-06-12");
  campaign.Publish(done);

  test::TestServer reader("awards", *keys_);
  StartReading(reader, campaign.peer(), scoring.peer());
  auto feed = v1::FeedService::NewStub(reader.channel());
  AwaitCaughtUp(*feed, keys_->ServiceToken("notify"), campaign.published(), scoring.published());
  EXPECT_EQ(Count("plan_tasks"), "2");
  EXPECT_EQ(Count("plan_tasks WHERE done_date = '2023-06-12'"), "1");

  // What was told before plan_tasks was there: the migration has the snapshot read.
  database_->Run("DELETE FROM plan_tasks");
  std::ifstream migration("services/awards/migrations/0013_plan_tasks_read_anew.sql");
  database_->Run(std::string(std::istreambuf_iterator<char>(migration), {}));
  const absl::Time read = Soon();
  while (Count("plan_tasks") == "0" && absl::Now() < read) absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(Count("plan_tasks WHERE task_id = '" + Id("task that the backup holds") + "'"), "1");

  campaign.BeginAnew();
  const absl::Time last = Soon();
  while (Count("plan_tasks") != "1" && absl::Now() < last) absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(Count("plan_tasks"), "1") << "what the restored producer does not know is gone";
  EXPECT_EQ(Count("plan_tasks WHERE task_id = '" + Id("task that the backup holds") + "'"), "1");
}

// Two processes on one schema: whichever applied the move, once it stands in the tables both go by
// it, at once.
TEST_F(ServerTest, WhenTheFeedSaysThatTimeHasMovedItHasForEveryReplica) {
  const std::string nomination = Invited().name();
  Producer<campaign::v1::FeedService> campaign("campaign", *keys_);
  Producer<scoring::v1::FeedService> scoring("scoring", *keys_);
  test::TestServer first("awards", *keys_);
  test::TestServer second("awards", *keys_);
  StartReading(first, campaign.peer(), scoring.peer());
  StartReading(second, campaign.peer(), scoring.peer());
  auto feed = v1::FeedService::NewStub(first.channel());
  for (int i = 0; i < 6; ++i) {
    const bool in_time = i % 2 == 1;
    const absl::Time moved_to =
        absl::FromCivil(absl::CivilHour(2024, 2, in_time ? 14 : 16, 9), platform::VietnamTime());
    campaign::v1::BusinessTimeSet set;
    set.set_offset_ms(absl::ToInt64Milliseconds(moved_to - absl::Now()));
    campaign.Publish(set);
    AwaitCaughtUp(*feed, keys_->ServiceToken("notify"), campaign.published(), 0);
    const auto state = in_time ? v1::NOMINATION_STATE_INVITED : v1::NOMINATION_STATE_MISSED;
    EXPECT_EQ(StateOf(first, nomination), state) << i;
    EXPECT_EQ(StateOf(second, nomination), state) << i;
  }
}

TEST_F(ServerTest, AnAddressThatFitsNoQrCodeIsRefusedAtTheStart) {
  test::TestServer server("awards", *keys_);
  Parts parts;
  parts.pool = pool_.get();
  parts.projection = projection_.get();
  parts.blobs = blobs_.get();
  parts.key = keys_->key("awards");
  parts.public_base_url = "thidua";
  const absl::Status added = AddAwards(server.host(), std::move(parts));
  EXPECT_THAT(std::string(added.message()), ::testing::HasSubstr("--public_base_url"));
}

}  // namespace
}  // namespace thidua::awards
