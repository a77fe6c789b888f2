// Codes that are not known here yet are asked for at campaign.
#include "scoring/testing/dossier_fixture.h"

namespace thidua::scoring::dossiers {
namespace {

using absl::CivilDay;

// With a campaign of its own, in which nobody numbers events: what is committed there becomes known
// here by being asked for, never by the passing of time.
class ReadThroughTest : public DossierServiceTest {
 protected:
  static void SetUpTestSuite() {
    DossierServiceTest::SetUpTestSuite();
    campaign_database_ = test::TestDatabase::Create({"platform"}).release();
  }
  static void TearDownTestSuite() {
    delete campaign_database_;
    campaign_database_ = nullptr;
    DossierServiceTest::TearDownTestSuite();
  }
  void SetUp() override {
    campaign_database_->TruncateAll();
    campaign_ = std::make_unique<test::TestServer>("campaign", keys_);
    campaign_->host().Add(feed::NewFeedService<campaign::v1::FeedService>(
        campaign_->host().admission(), campaign_database_->pool(), {}));
    campaign_->Start();
    DossierServiceTest::SetUp();
  }
  platform::PeerChannel Campaign() override { return campaign_->PeerFor("scoring"); }

  // A commune of the district, made in campaign; it has its code from a day on.
  void MakeUnit(const std::string& code, const std::string& from = "2004-01-01") {
    campaign::v1::UnitChanged unit =
        Unit(platform::NewId(absl::Now()), district_, "UBND xã mới", "COMMUNE", code, "");
    unit.mutable_codes(0)->set_valid_from(from);
    feed::Draft draft;
    draft.aggregate_type = "unit";
    draft.aggregate_id = unit.unit_id();
    draft.aggregate_version = 1;
    draft.payload = &unit;
    const absl::Status made =
        campaign_database_->pool().InTransaction(absl::Now() + absl::Seconds(30), [&](db::Tx& tx) {
          return feed::Append(tx,
                              feed::Origin{.actor = "person:tester",
                                           .request_id = "request",
                                           .machine_now = absl::Now(),
                                           .business_today = CivilDay(2024, 2, 15)},
                              draft);
        });
    ASSERT_TRUE(made.ok()) << made;
  }
  static v1::DossierRow RowOf(int i, const std::string& code) {
    v1::DossierRow row = Row(i);
    row.set_unit_code(code);
    return row;
  }

  static inline test::TestDatabase* campaign_database_ = nullptr;
  std::unique_ptr<test::TestServer> campaign_;
};

TEST_F(ReadThroughTest, AUnitMadeJustNowIsKnownAndOneThatIsNotIsRefused) {
  MakeUnit("H00.9.50");
  const v1::ChunkAck ack = Accept({RowOf(1, "H00.9.50"), RowOf(2, "H00.9.51"), Row(3)});
  EXPECT_EQ(ack.accepted(), 2);
  ASSERT_EQ(ack.errors_size(), 1);
  EXPECT_EQ(ack.errors(0).reason(), "UNKNOWN_UNIT");
  EXPECT_EQ(ack.errors(0).row_index(), 1);

  // A code that another unit had before.
  const auto after_it_ended = [](int i) {
    v1::DossierRow row = RowOf(i, "H00.9.99");
    row.set_received_date("2023-02-01");
    row.set_due_date("2023-02-08");
    row.clear_finished_date();
    row.set_status(v1::DOSSIER_STATUS_PROCESSING);
    return row;
  };
  const v1::ChunkAck nobodys = Accept({after_it_ended(5)});
  ASSERT_EQ(nobodys.errors_size(), 1);
  EXPECT_EQ(nobodys.errors(0).reason(), "UNIT_NOT_VALID");
  MakeUnit("H00.9.99", "2023-01-01");
  EXPECT_EQ(Accept({after_it_ended(6)}).accepted(), 1);

  // The same over the stream.
  MakeUnit("H00.9.52");
  Stream stream(*stub_, Pusher());
  ASSERT_TRUE(stream.Open("import-1").has_value());
  v1::PushDossiersRequest chunk;
  *chunk.mutable_chunk()->add_rows() = RowOf(4, "H00.9.52");
  const auto answer = stream.Say(chunk);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->ack().accepted(), 1);
  EXPECT_TRUE(stream.Close().ok());
  EXPECT_EQ(Count("dossiers"), 4);
}

TEST_F(ReadThroughTest, WhileCampaignIsAwayAChunkWithAnUnknownCodeIsToBeSentAgain) {
  campaign_->host().Shutdown();
  EXPECT_EQ(Accept({Row(1)}).accepted(), 1) << "no code is unknown, nobody is asked";
  grpc::Status status;
  Batch({Row(2), RowOf(3, "H00.9.50")}, "away", &status);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Reason(status), "UNITS_NOT_CURRENT");
  EXPECT_EQ(Count("dossiers"), 1) << "nothing of it is taken";

  Stream stream(*stub_, Pusher());
  ASSERT_TRUE(stream.Open("import-1").has_value());
  v1::PushDossiersRequest chunk;
  *chunk.mutable_chunk()->add_rows() = RowOf(4, "H00.9.50");
  EXPECT_FALSE(stream.Say(chunk).has_value());
  EXPECT_EQ(Reason(stream.End()), "UNITS_NOT_CURRENT");
}

}  // namespace
}  // namespace thidua::scoring::dossiers
