// The exported log as a verifier takes it: whether damage in the tables is found.
#include <fstream>
#include <sstream>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "platform/feed/leaf.h"
#include "platform/feed/services_fixture.h"
#include "platform/feed/tree_head_store.h"
#include "platform/feed/verify.h"

namespace thidua::feed {
namespace {

using common::v1::AuditLogItem;
using testing::ElementsAre;
using testing::IsEmpty;

class AuditExportTest : public ServicesTest {
 protected:
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

  int signed_ = 0;
};

TEST_F(AuditExportTest, TheNewestTreeHeadIsGiven) {
  common::v1::SignedTreeHead head;
  EXPECT_EQ(test::Reason(audit_->GetTreeHead(test::WithToken(Everywhere()).get(), {}, &head)),
            "TREE_HEAD_NONE");
  Commit(2);
  NumberAll();
  Sign();
  ASSERT_TRUE(audit_->GetTreeHead(test::WithToken(Everywhere()).get(), {}, &head).ok());
  EXPECT_EQ(head.tree_size(), 2);
}

TEST_F(AuditExportTest, AnExportProvesTheLogAndGoesOnAfterAPosition) {
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
TEST_F(AuditExportTest, DamageInTheTableIsFound) {
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

TEST_F(AuditExportTest, ADeletedRowIsFoundByItsPlaceOrByTheCopyOfTheHeads) {
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

TEST_F(AuditExportTest, ARewrittenRowWithItsHashIsFoundByTheSignedHead) {
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

TEST_F(AuditExportTest, EventsThatNobodyNumbersAreTold) {
  Commit({.aggregate_id = "plan-1", .at = absl::Now() - absl::Seconds(61)});
  Commit({.aggregate_id = "plan-2", .at = absl::Now()});
  const AuditReport report = Verify();
  ASSERT_THAT(Names(report), ElementsAre("UNNUMBERED_OVERDUE 0-0"));
  EXPECT_EQ(report.findings[0].count, 1);
}

}  // namespace
}  // namespace thidua::feed
