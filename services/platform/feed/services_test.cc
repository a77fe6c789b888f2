// FeedService and AuditService over real gRPC and a real database: who sees what, and whether
// damage is found.
#include "platform/feed/services.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "platform/feed/feed_fixture.h"
#include "platform/feed/leaf.h"
#include "platform/feed/tree_head_store.h"
#include "platform/feed/verify.h"
#include "platform/status.h"
#include "support/test_server.h"
#include "thidua/campaign/v1/audit_service.grpc.pb.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"

namespace thidua::feed {
namespace {

using campaign::v1::AuditService;
using campaign::v1::PlanLaunched;
using common::v1::AuditLogItem;
using common::v1::ReadEventsRequest;
using common::v1::ReadEventsResponse;
using common::v1::SnapshotItem;
using test::Reason;
using testing::ElementsAre;
using testing::IsEmpty;

// district contains commune; province contains both.
class TestTree final : public platform::UnitTree {
 public:
  absl::StatusOr<bool> IsWithin(const std::string& unit, const std::string& ancestor,
                                absl::CivilDay, absl::Time) override {
    return unit == ancestor || ancestor == "province" ||
           (ancestor == "district" && unit == "commune");
  }
  absl::StatusOr<std::vector<std::string>> Subtree(const std::string& unit, absl::CivilDay,
                                                   absl::Time) override {
    if (unit == "district") return std::vector<std::string>{"commune", "district"};
    return std::vector<std::string>{unit};
  }
};

class ServicesTest : public FeedTest {
 protected:
  void SetUp() override {
    FeedTest::SetUp();
    server_.host().admission().SetUnitTree(&tree_);
    server_.host().Add(NewFeedService<campaign::v1::FeedService>(
        server_.host().admission(), pool(),
        {[this](db::Session& session, auto emit) { return Snapshot(session, emit); }}));
    server_.host().Add(NewAuditService<AuditService>(server_.host().admission(), pool()));
    server_.Start();
    feed_ = campaign::v1::FeedService::NewStub(server_.channel());
    audit_ = AuditService::NewStub(server_.channel());
  }
  virtual absl::Status Snapshot(db::Session&,
                                absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
    for (const char* unit : {"commune", "elsewhere", ""}) {
      common::v1::Event event;
      event.set_id("not to be sent");
      event.set_type("thidua.campaign.v1.PlanLaunched");
      event.set_unit_id(unit);
      RETURN_IF_ERROR(emit(event));
    }
    return absl::OkStatus();
  }

  std::string Everywhere() const {
    return keys_.Token("client:a", {{"*", {"campaign.feed.read", "campaign.audit.read"}}});
  }
  std::string AtDistrict() const {
    return keys_.Token("client:b", {{"district", {"campaign.feed.read", "campaign.audit.read"}}});
  }
  ReadEventsResponse Read(const ReadEventsRequest& request, const std::string& token) {
    ReadEventsResponse response;
    const grpc::Status status = feed_->ReadEvents(test::WithToken(token).get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  std::string Refusal(const ReadEventsRequest& request) {
    ReadEventsResponse response;
    return Reason(feed_->ReadEvents(test::WithToken(Everywhere()).get(), request, &response));
  }
  static std::vector<int64_t> Positions(const ReadEventsResponse& page) {
    std::vector<int64_t> positions;
    for (const auto& event : page.events()) positions.push_back(event.position());
    return positions;
  }
  // The export as a verifier would take it, given the copy of heads.
  AuditReport Verify(TreeHeadFile copy = {}) {
    const auto tokens =
        platform::TokenVerifier::FromFile(keys_.jwks_file(), server_.host().clock()).value();
    LogVerifier verifier(std::move(copy), [&](auto id, auto bytes, auto signature) {
      return tokens->VerifyBytes(id, bytes, signature);
    });
    const auto context = test::WithToken(Everywhere());
    const auto reader = audit_->ExportAuditLog(context.get(), {});
    AuditLogItem item;
    while (reader->Read(&item)) verifier.Add(item);
    const grpc::Status status = reader->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return verifier.Finish();
  }
  void Sign() {
    ++signed_;
    ASSERT_TRUE(SignIfGrown(pool(), *keys_.key("campaign"),
                            absl::FromUnixSeconds(1'700'000'000 + signed_), Soon())
                    .value());
  }
  static std::vector<std::string> Names(const AuditReport& report) {
    std::vector<std::string> names;
    for (const Finding& finding : report.findings) {
      names.push_back(absl::StrCat(std::string(FindingName(finding.kind)), " ", finding.first, "-",
                                   finding.last));
    }
    return names;
  }

  const test::TestKeys keys_;
  TestTree tree_;
  test::TestServer server_{"campaign", keys_};
  std::unique_ptr<campaign::v1::FeedService::Stub> feed_;
  std::unique_ptr<AuditService::Stub> audit_;
  int signed_ = 0;
};

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

TEST_F(ServicesTest, SnapshotsFollowRightsAndEndWithAnEmptyItem) {
  Commit(2);
  const auto read = [&](const std::string& token) {
    const auto context = test::WithToken(token);
    const auto reader = feed_->ExportSnapshot(context.get(), {});
    std::vector<std::string> units;
    SnapshotItem item;
    bool ended = false;
    while (reader->Read(&item)) {
      EXPECT_EQ(item.position(), 2) << "what was waiting has got its place first";
      EXPECT_EQ(item.epoch(), FeedHead().epoch);
      ended = !item.has_event();
      if (ended) continue;
      EXPECT_EQ(item.event().id(), "");
      units.push_back(item.event().unit_id());
    }
    EXPECT_TRUE(ended);
    EXPECT_TRUE(reader->Finish().ok());
    return units;
  };
  EXPECT_THAT(read(Everywhere()), ElementsAre("commune", "elsewhere", ""));
  EXPECT_THAT(read(AtDistrict()), ElementsAre("commune"));
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

TEST_F(ServicesTest, AuditEntriesByPageUnitAndAggregate) {
  for (int i = 1; i <= 7; ++i) {
    Commit({.aggregate_id = absl::StrCat("plan-", i % 2),
            .version = i,
            .unit_id = i <= 4 ? "commune" : "elsewhere",
            .at = absl::FromUnixSeconds(1'700'000'000 + i)});
  }
  NumberAll();
  const auto list = [&](common::v1::ListAuditEntriesRequest request, const std::string& token) {
    std::vector<int64_t> positions;
    do {
      common::v1::ListAuditEntriesResponse response;
      const grpc::Status status =
          audit_->ListAuditEntries(test::WithToken(token).get(), request, &response);
      EXPECT_TRUE(status.ok()) << status.error_message();
      for (const auto& entry : response.entries()) positions.push_back(entry.position());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return positions;
  };
  common::v1::ListAuditEntriesRequest request;
  request.set_page_size(2);
  EXPECT_THAT(list(request, Everywhere()), ElementsAre(1, 2, 3, 4, 5, 6, 7));
  EXPECT_THAT(list(request, AtDistrict()), ElementsAre(1, 2, 3, 4));
  request.set_unit_id("elsewhere");
  EXPECT_THAT(list(request, Everywhere()), ElementsAre(5, 6, 7));
  EXPECT_THAT(list(request, AtDistrict()), IsEmpty());
  request.set_aggregate_id("plan-1");
  EXPECT_THAT(list(request, Everywhere()), ElementsAre(5, 7));
  request.clear_unit_id();
  EXPECT_THAT(list(request, Everywhere()), ElementsAre(1, 3, 5, 7));
  EXPECT_THAT(list(request, AtDistrict()), ElementsAre(1, 3));

  common::v1::ListAuditEntriesResponse response;
  request.Clear();
  request.set_page_size(1);
  ASSERT_TRUE(
      audit_->ListAuditEntries(test::WithToken(Everywhere()).get(), request, &response).ok());
  EXPECT_EQ(response.entries(0).actor(), "person:tester");
  EXPECT_EQ(response.entries(0).reason(), "vì thử nghiệm");
  request.set_page_token(response.next_page_token());
  request.set_unit_id("commune");
  EXPECT_EQ(
      Reason(audit_->ListAuditEntries(test::WithToken(Everywhere()).get(), request, &response)),
      "PAGE_TOKEN_MISMATCH");
}

TEST_F(ServicesTest, TheNewestTreeHeadIsGiven) {
  common::v1::SignedTreeHead head;
  EXPECT_EQ(Reason(audit_->GetTreeHead(test::WithToken(Everywhere()).get(), {}, &head)),
            "TREE_HEAD_NONE");
  Commit(2);
  NumberAll();
  Sign();
  ASSERT_TRUE(audit_->GetTreeHead(test::WithToken(Everywhere()).get(), {}, &head).ok());
  EXPECT_EQ(head.tree_size(), 2);
}

TEST_F(ServicesTest, TheWholeLogIsOnlyForThoseWhoMayReadAll) {
  const auto context = test::WithToken(AtDistrict());
  const auto reader = audit_->ExportAuditLog(context.get(), {});
  AuditLogItem item;
  EXPECT_FALSE(reader->Read(&item));
  EXPECT_EQ(Reason(reader->Finish()), "AUDIT_EXPORT_NEEDS_ALL");
}

TEST_F(ServicesTest, AnExportProvesTheLogAndGoesOnAfterAPosition) {
  Commit(150);
  NumberAll();
  Sign();
  Commit({.aggregate_id = "plan-151"});
  NumberAll();
  const AuditReport report = Verify();
  EXPECT_TRUE(report.ok()) << absl::StrJoin(Names(report), "; ");
  EXPECT_EQ(report.entries, 151);
  EXPECT_EQ(report.proved_size, 150);

  common::v1::ExportAuditLogRequest rest;
  rest.set_after_position(149);
  const auto context = test::WithToken(Everywhere());
  const auto reader = audit_->ExportAuditLog(context.get(), rest);
  std::vector<int64_t> positions;
  AuditLogItem item;
  while (reader->Read(&item)) {
    if (item.has_leaf()) positions.push_back(item.leaf().position());
  }
  EXPECT_THAT(positions, ElementsAre(150, 151));
}

// One byte of one payload, one row: found and named.
TEST_F(ServicesTest, DamageInTheTableIsFound) {
  Commit(9);
  NumberAll();
  Sign();
  ASSERT_TRUE(Verify().ok());

  database_->Run("UPDATE events SET payload = REPLACE(payload, 'text', 'tExt') WHERE position = 4");
  const AuditReport changed = Verify();
  EXPECT_THAT(Names(changed), ElementsAre("ENTRY_CHANGED 4-4"));
  EXPECT_EQ(changed.findings[0].event_id, Log()[3].event.id());
  EXPECT_THAT(changed.findings[0].detail, testing::HasSubstr("plan/plan-"));
  database_->Run("UPDATE events SET payload = REPLACE(payload, 'tExt', 'text') WHERE position = 4");
  ASSERT_TRUE(Verify().ok());

  database_->Run(
      "UPDATE events SET occurred_at = occurred_at + INTERVAL 1 MICROSECOND "
      "WHERE position = 5");
  EXPECT_THAT(Names(Verify()), ElementsAre("ENTRY_CHANGED 5-5"));
  database_->Run(
      "UPDATE events SET occurred_at = occurred_at - INTERVAL 1 MICROSECOND "
      "WHERE position = 5");

  database_->Run("UPDATE events SET leaf_hash = REPEAT('x', 32) WHERE position = 6");
  EXPECT_THAT(Names(Verify()), ElementsAre("STORED_HASH_CHANGED 6-6"));
}

TEST_F(ServicesTest, ADeletedRowIsFoundByItsPlaceOrByTheCopyOfTheHeads) {
  const test::TempDir folder;
  const std::string file = folder.path() + "/tree_heads.jsonl";
  Commit(9);
  NumberAll();
  Sign();
  ASSERT_TRUE(TreeHeadCopy(file).CatchUp(pool(), Soon()).ok());
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  const TreeHeadFile copy = ParseTreeHeadFile(text.str());
  ASSERT_TRUE(Verify(copy).ok());

  database_->Run("DELETE FROM events WHERE position = 9");
  EXPECT_THAT(Names(Verify()), ElementsAre("ENTRY_MISSING 9-9"));
  // The thief is thorough: the signed heads and the head row go too.
  database_->Run("DELETE FROM tree_heads");
  EXPECT_THAT(Names(Verify()), IsEmpty()) << "the schema alone cannot tell";
  EXPECT_THAT(Names(Verify(copy)), ElementsAre("ENTRY_MISSING 9-9", "HEAD_REMOVED 9-9"));
  database_->Run("DELETE FROM events WHERE position = 3");
  EXPECT_THAT(Names(Verify(copy)),
              ElementsAre("ENTRY_MISSING 3-3", "ENTRY_MISSING 9-9", "HEAD_REMOVED 9-9"));
}

TEST_F(ServicesTest, ARewrittenRowWithItsHashIsFoundByTheSignedHead) {
  Commit(9);
  NumberAll();
  Sign();
  database_->Run("UPDATE events SET payload = REPLACE(payload, 'text', 'tExt') WHERE position = 4");
  // With the hash that belongs to the new content.
  const common::v1::Event forged = Log()[3].event;
  ASSERT_TRUE(pool()
                  .Autocommit(Soon(),
                              [&](db::Session& session) {
                                return session
                                    .Execute("UPDATE events SET leaf_hash = ? WHERE position = 4",
                                             LeafHash(LeafContent(forged).value()))
                                    .status();
                              })
                  .ok());
  EXPECT_THAT(Names(Verify()), ElementsAre("HEAD_UNSATISFIED 1-9"));
}

TEST_F(ServicesTest, EventsThatNobodyNumbersAreTold) {
  Commit({.aggregate_id = "plan-1", .at = absl::Now() - absl::Seconds(61)});
  Commit({.aggregate_id = "plan-2", .at = absl::Now()});
  const AuditReport report = Verify();
  ASSERT_THAT(Names(report), ElementsAre("UNNUMBERED_OVERDUE 0-0"));
  EXPECT_EQ(report.findings[0].count, 1);
}

// A snapshot and its position belong together while others write: what it holds is exactly what the
// events up to its position made.
class SnapshotUnderWritesTest : public ServicesTest {
 protected:
  static void SetUpTestSuite() {
    ServicesTest::SetUpTestSuite();
    database_->Run(
        "CREATE TABLE counters (id INT NOT NULL PRIMARY KEY, value INT NOT NULL) "
        "ENGINE=InnoDB");
  }
  absl::Status Snapshot(db::Session& session,
                        absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) override {
    return session.Query(
        [&](const db::Row& row) {
          common::v1::Event event;
          event.set_aggregate_version(row.Get<int64_t>(0));
          return emit(event);
        },
        "SELECT value FROM counters WHERE id = 1");
  }
};

TEST_F(SnapshotUnderWritesTest, StateAndPositionBelongTogether) {
  database_->Run("DELETE FROM counters");
  database_->Run("INSERT INTO counters VALUES (1, 0)");
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    const std::unique_ptr<db::Pool> own = OwnPool();
    for (int i = 1; !stop.load(); ++i) {
      EXPECT_TRUE(
          own->InTransaction(
                 Soon(),
                 [&](db::Tx& tx) -> absl::Status {
                   RETURN_IF_ERROR(
                       tx.Execute("UPDATE counters SET value = ? WHERE id = 1", i).status());
                   return AppendChange(tx, {.aggregate_id = "plan-1", .version = i});
                 })
              .ok());
      absl::SleepFor(absl::Milliseconds(2));
    }
  });
  for (int i = 0; i < 10; ++i) {
    const auto context = test::WithToken(Everywhere());
    const auto reader = feed_->ExportSnapshot(context.get(), {});
    SnapshotItem item;
    while (reader->Read(&item)) {
      if (item.has_event()) EXPECT_EQ(item.event().aggregate_version(), item.position());
    }
    const grpc::Status status = reader->Finish();
    if (!status.ok()) EXPECT_EQ(Reason(status), "FEED_BUSY");
  }
  stop.store(true);
  writer.join();
}

}  // namespace
}  // namespace thidua::feed
