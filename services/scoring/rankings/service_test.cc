// RankingService over real gRPC and a real database.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/hash.h"
#include "scoring/testing/round_fixture.h"

namespace thidua::scoring::rankings {
namespace {

using test::Reason;
using test::WithToken;
using ::testing::HasSubstr;

class RankingServiceTest : public RoundTest {};

// shows: S0-14, S1-15, S4-20, S4-26
TEST_F(RankingServiceTest, ARankingIsPublishedExplainedReplayedAndCorrected) {
  PushDossiers(0, 95, 100);
  PushDossiers(1, 95, 100);
  PushDossiers(2, 60, 100);
  RecordReport(2, "2023-Q1", "2023-03-20", "2023-03-20");
  v1::AssessmentRound round;
  Must(OpenRound(PublishedSet(), communes_, &round));
  Finalise(round.name(), 0, "20");
  Finalise(round.name(), 1, "20");
  Finalise(round.name(), 2, "");
  v1::Ranking ranking = Computed(round.name());
  ASSERT_EQ(ranking.entries_size(), 5);
  EXPECT_EQ(ranking.as_of(), "2023-12-31");
  EXPECT_EQ(ranking.entries(0).rank(), 1);
  EXPECT_EQ(ranking.entries(1).rank(), 1);
  EXPECT_EQ(ranking.entries(2).rank(), 3);
  EXPECT_EQ(ranking.entries(0).points(), "77");
  EXPECT_EQ(ranking.entries(0).applicable_max_points(), "80");
  EXPECT_EQ(ranking.entries(0).index_percent(), "96.25");
  EXPECT_EQ(ranking.entries(0).band(), "Xuất sắc");
  EXPECT_EQ(ranking.entries(2).index_percent(), "70.00");
  EXPECT_EQ(ranking.entries(3).rank(), 0);
  EXPECT_EQ(ranking.entries(3).not_ranked_reason(), "ASSESSMENT_NOT_FINALISED");

  v1::Publication first;
  Must(PublishRanking(ranking, "", &first));
  EXPECT_EQ(first.publish_date(), "2024-02-15");
  v1::GetPublicationSnapshotRequest snapshot;
  snapshot.set_name(first.name());
  google::api::HttpBody bytes;
  Must(rankings_->GetPublicationSnapshot(WithToken("").get(), snapshot, &bytes));
  EXPECT_EQ(platform::Sha256Hex(bytes.data()), first.snapshot_sha256());
  EXPECT_EQ(static_cast<int64_t>(bytes.data().size()), first.snapshot_size_bytes());
  EXPECT_THAT(bytes.data(), ::testing::Not(HasSubstr("person:")));
  v1::ReplayRankingResponse replayed;
  Must(Replay(first.name(), &replayed));
  EXPECT_EQ(replayed.recomputed_sha256(), first.snapshot_sha256());
  EXPECT_EQ(replayed.units(), 5);
  EXPECT_EQ(replayed.leaf_scores(), 9);

  v1::ExplainRankRequest explain;
  explain.set_publication(first.name());
  explain.set_unit("units/" + communes_[2]);
  v1::ExplainRankResponse why;
  Must(rankings_->ExplainRank(WithToken(Officer(2)).get(), explain, &why));
  EXPECT_LE(why.lines_vi_size(), 5);
  EXPECT_THAT(why.lines_vi(0), HasSubstr("Hạng 3/3"));
  EXPECT_THAT(why.lines_vi(2), HasSubstr("Hồ sơ đúng hạn 36/60"));
  ASSERT_EQ(why.trace_size(), 3);
  EXPECT_EQ(why.trace(0).calculation_vi(), "60 × 60/100 = 36");
  EXPECT_EQ(why.trace(0).inputs().at("late"), "40");
  EXPECT_EQ(why.trace(2).status(), v1::SCORE_STATUS_NOT_APPLICABLE);
  EXPECT_EQ(why.trace(2).entries(0).actor(), "person:officer-2");
  EXPECT_EQ(Reason(rankings_->ExplainRank(WithToken(Officer(1)).get(), explain, &why)),
            "PERMISSION_DENIED");

  // One more commune is finalised late: the kept ranking is stale, and the new one has to name what
  // it corrects.
  Finalise(round.name(), 3, "0");
  v1::GetRankingRequest get;
  get.set_name(ranking.name());
  Must(rankings_->GetRanking(WithToken(HomeAffairs()).get(), get, &ranking));
  v1::GetPublicationRequest read;
  read.set_name(first.name());
  v1::Publication corrected;
  Must(rankings_->GetPublication(WithToken("").get(), read, &corrected));
  EXPECT_EQ(corrected.corrected_by(), "");
  EXPECT_THAT(Page(first.name()), ::testing::Not(HasSubstr("đã được đính chính")));
  v1::Publication second;
  EXPECT_EQ(Reason(PublishRanking(ranking, first.name(), &second)), "RANKING_STALE");
  ranking = Computed(round.name());
  EXPECT_EQ(ranking.entries(3).rank(), 4);
  EXPECT_EQ(ranking.entries(3).points(), "0");
  EXPECT_EQ(Reason(PublishRanking(ranking, "", &second)), "PUBLICATION_EXISTS");
  Must(PublishRanking(ranking, first.name(), &second));
  EXPECT_EQ(second.corrects(), first.name());
  Must(rankings_->GetPublication(WithToken("").get(), read, &corrected));
  EXPECT_EQ(corrected.corrected_by(), second.name());
  EXPECT_EQ(corrected.snapshot_sha256(), first.snapshot_sha256());
  Must(Replay(first.name(), &replayed));
  Must(Replay(second.name(), &replayed));
  EXPECT_THAT(Page(first.name()), HasSubstr("đã được đính chính"));
  const std::string page = Page(second.name());
  EXPECT_THAT(page, HasSubstr("bản đính chính cho <a href=\"/trang/xep-hang/"));
  EXPECT_THAT(page, HasSubstr("Xếp hạng &lt;CCHC&gt; khối xã"));
  EXPECT_THAT(page, HasSubstr(second.snapshot_sha256()));
  EXPECT_THAT(page, HasSubstr("UBND xã 1"));
  EXPECT_THAT(page, HasSubstr("96,25"));
  EXPECT_EQ(Column("SELECT COUNT(*) FROM events WHERE type = 'thidua.scoring.v1.RankingPublished'"),
            "2\n");

  // Once shown, a publication is neither read from its snapshot nor computed again.
  const std::string held = Page(first.name());
  database_->Run("UPDATE publications SET snapshot = CONCAT('x', snapshot)");
  EXPECT_EQ(Page(first.name()), held);
  Must(rankings_->GetPublication(WithToken("").get(), read, &corrected));
  EXPECT_EQ(corrected.corrected_by(), second.name());
  database_->Run("UPDATE publications SET snapshot = SUBSTR(snapshot, 2)");

  // A changed byte is noticed, wherever it stands.
  database_->Run("UPDATE publications SET snapshot = REPLACE(snapshot, '\"95\"', '\"96\"')");
  const grpc::Status damaged = Replay(second.name(), &replayed);
  EXPECT_EQ(damaged.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(Reason(damaged), "REPLAY_MISMATCH");
}

// A correction says why and by which document; both publications stay, and both can be recomputed.
TEST_F(RankingServiceTest, ACorrectionRestsOnADocumentAndLeavesTheOldOneReadable) {
  v1::AssessmentRound round;
  Must(OpenRound(PublishedSet(), {communes_[0], communes_[1]}, &round));
  Finalise(round.name(), 0, "10");
  v1::Ranking ranking = Computed(round.name());
  v1::Publication first;
  v1::PublishRankingRequest request = Publishing(ranking);
  request.mutable_correction_basis()->set_number("12/QĐ-UBND");
  const grpc::Status early = rankings_->PublishRanking(WithToken(Leader()).get(), request, &first);
  EXPECT_THAT(test::Fields(early),
              ::testing::ElementsAre("correction_basis", "correction_basis.issuer",
                                     "correction_basis.issue_date"));
  Must(PublishRanking(ranking, "", &first));
  EXPECT_FALSE(first.has_correction_basis());
  Finalise(round.name(), 1, "20");
  ranking = Computed(round.name());
  request = Publishing(ranking);
  request.set_corrects(first.name());
  request.set_correction_reason("Xã 2 <chốt điểm> muộn");
  v1::LegalBasis& basis = *request.mutable_correction_basis();
  basis.set_number("12/QĐ-UBND");
  basis.set_issuer("UBND huyện Krông Nô");
  basis.set_issue_date("2024-02-16");
  basis.set_subject("Đính chính kết quả xếp hạng");
  v1::Publication second;
  EXPECT_EQ(Reason(rankings_->PublishRanking(WithToken(Leader()).get(), request, &second)),
            "DATE_IN_FUTURE");  // it is the 15th
  basis.set_issue_date("2024-02-14");
  request.set_request_id(Id());
  Must(rankings_->PublishRanking(WithToken(Leader()).get(), request, &second));
  EXPECT_EQ(second.correction_basis().number(), "12/QĐ-UBND");
  EXPECT_EQ(second.correction_basis().issue_date(), "2024-02-14");

  v1::GetPublicationRequest get;
  get.set_name(first.name());
  v1::Publication old;
  Must(rankings_->GetPublication(WithToken("").get(), get, &old));
  EXPECT_EQ(old.corrected_by(), second.name());
  EXPECT_EQ(old.entries_size(), 2);
  EXPECT_EQ(old.snapshot_sha256(), first.snapshot_sha256());
  for (const v1::Publication& one : {first, second}) {
    v1::ReplayRankingResponse replayed;
    Must(Replay(one.name(), &replayed));
    EXPECT_EQ(replayed.recomputed_sha256(), one.snapshot_sha256());
  }
  // Lists: all, or what holds now.
  v1::ListPublicationsRequest list;
  v1::ListPublicationsResponse listed;
  Must(rankings_->ListPublications(WithToken("").get(), list, &listed));
  EXPECT_EQ(listed.publications_size(), 2);
  list.set_current_only(true);
  Must(rankings_->ListPublications(WithToken("").get(), list, &listed));
  ASSERT_EQ(listed.publications_size(), 1);
  EXPECT_EQ(listed.publications(0).name(), second.name());
  EXPECT_EQ(listed.publications(0).correction_basis().issuer(), "UBND huyện Krông Nô");
  // What consumers learn.
  const std::string event = Column(
      "SELECT payload FROM events WHERE type = 'thidua.scoring.v1.RankingPublished' "
      "ORDER BY event_id DESC LIMIT 1");
  EXPECT_THAT(event, HasSubstr("12/QĐ-UBND"));
  EXPECT_THAT(event, HasSubstr("2024-02-14"));
  EXPECT_THAT(Page(second.name()),
              HasSubstr("Xã 2 &lt;chốt điểm&gt; muộn. Văn bản: 12/QĐ-UBND ngày 14/02/2024 của UBND "
                        "huyện Krông Nô"));
}

TEST_F(RankingServiceTest, EveryUnitHasAPageThatNeedsNoToken) {
  PushDossiers(0, 95, 100);
  v1::AssessmentRound round;
  Must(OpenRound(PublishedSet(), {communes_[0], communes_[1]}, &round));
  Finalise(round.name(), 0, "20");
  v1::Publication publication;
  Must(PublishRanking(Computed(round.name()), "", &publication));
  v1::GetPublicationUnitPageRequest request;
  request.set_publication(publication.name().substr(std::string("publications/").size()));
  google::api::HttpBody page;
  const auto show = [&](const std::string& unit) {
    request.set_unit(unit);
    return rankings_->GetPublicationUnitPage(WithToken("").get(), request, &page);
  };
  Must(show(communes_[0]));
  EXPECT_EQ(page.content_type(), "text/html; charset=utf-8");
  EXPECT_THAT(page.data(), HasSubstr("<h1>UBND xã 1</h1>"));
  EXPECT_THAT(page.data(), HasSubstr("60 × 95/100 = 57"));
  EXPECT_THAT(page.data(), HasSubstr(publication.snapshot_sha256()));
  EXPECT_THAT(page.data(), HasSubstr("Các bước: tự chấm 20 → thẩm định 20."));
  for (const char* hidden : {"person:", "giải trình<", "<script"}) {
    EXPECT_THAT(page.data(), ::testing::Not(HasSubstr(hidden)));
  }
  Must(show(communes_[1]));
  EXPECT_THAT(page.data(), HasSubstr("chưa chốt điểm"));
  EXPECT_EQ(Reason(show(communes_[2])), "UNIT_NOT_RANKED");
  EXPECT_EQ(Reason(show("không có")), "UNIT_NOT_RANKED");
  // Neither read nor computed again; that it was corrected shows at once.
  database_->Run("UPDATE publications SET snapshot = CONCAT('x', snapshot)");
  Must(show(communes_[0]));
  database_->Run("UPDATE publications SET snapshot = SUBSTR(snapshot, 2)");
  Finalise(round.name(), 1, "10");
  v1::Publication second;
  Must(PublishRanking(Computed(round.name()), publication.name(), &second));
  Must(show(communes_[0]));
  EXPECT_THAT(page.data(), HasSubstr("đã được đính chính"));
  for (const char* nowhere : {"00000000000000000000000000", "khác"}) {
    request.set_publication(nowhere);
    EXPECT_EQ(Reason(show(communes_[0])), "PUBLICATION_NOT_FOUND") << nowhere;
  }
}

TEST_F(RankingServiceTest, TheYearBeforeGivesThePreviousRank) {
  v1::CriteriaSet last_year = Set();
  last_year.set_year(2022);
  v1::CriteriaSet published;
  Must(Publish(Created(last_year), &published));
  v1::AssessmentRound round;
  Must(OpenRound(published.name(), {communes_[0], communes_[1]}, &round));
  Finalise(round.name(), 0, "10");
  Finalise(round.name(), 1, "20");
  v1::Publication publication;
  Must(PublishRanking(Computed(round.name()), "", &publication));
  Must(OpenRound(PublishedSet(), {communes_[0], communes_[1]}, &round));
  Finalise(round.name(), 0, "20");
  Finalise(round.name(), 1, "10");
  const v1::Ranking ranking = Computed(round.name());
  EXPECT_EQ(ranking.entries(0).unit(), "units/" + communes_[0]);
  EXPECT_EQ(ranking.entries(0).previous_rank(), 2);
  EXPECT_EQ(ranking.entries(0).rank_change(), 1);
  EXPECT_EQ(ranking.entries(1).previous_rank(), 1);
  EXPECT_EQ(ranking.entries(1).rank_change(), -1);
}

}  // namespace
}  // namespace thidua::scoring::rankings
