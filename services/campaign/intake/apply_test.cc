#include "campaign/intake/apply.h"

#include <string>
#include <vector>

#include "campaign/testing/campaign_test.h"
#include "platform/status.h"

namespace thidua::campaign::intake {
namespace {

class ImportWithRightsTest : public CampaignTest {
 protected:
  // What an import of somebody with the right at "mine" ends with.
  absl::Status Import(absl::FunctionRef<absl::StatusOr<v1::ImportReport>(db::Tx&, Rights&)> body) {
    platform::Call::Context context;
    context.method = "/thidua.campaign.v1.DirectoryService/ImportUnits";
    context.policy.set_permission("campaign.units.write");
    context.policy.set_scope(common::v1::SCOPE_UNIT);
    context.principal.subject = "person:somebody";
    context.principal.grants = {{"mine", {"campaign.units.*"}}};
    context.deadline = absl::Now() + absl::Seconds(20);
    context.machine_now = absl::Now();
    context.business_now = context.machine_now;
    const platform::Call call(context);
    v1::ImportUnitsRequest request;
    request.set_request_id(Next());
    v1::ImportReport report;
    return WriteImportWithRights(*pool_, call, request, report, body);
  }
};

TEST_F(ImportWithRightsTest, ABodyRunsAgainWithTheRightItAskedForAndWhatItWroteBeforeIsGone) {
  std::vector<bool> granted;
  EXPECT_TRUE(Import([&](db::Tx& tx, Rights& rights) -> absl::StatusOr<v1::ImportReport> {
                rights.Need("mine");
                granted.push_back(rights.granted());
                // Twice would break the key.
                if (const auto written =
                        tx.Execute("INSERT INTO units VALUES ('written-once', 'ROOM', '2022-10-01',"
                                   " NULL, '', 1, '', 1, '2022-10-01', '2022-10-01')");
                    !written.ok()) {
                  return written.status();
                }
                return v1::ImportReport();
              }).ok());
  EXPECT_EQ(granted, (std::vector<bool>{false, true}));
}

TEST_F(ImportWithRightsTest, WhatIsNeededElsewhereOrNotAtAllIsRefused) {
  const auto other = [](db::Tx&, Rights& rights) -> absl::StatusOr<v1::ImportReport> {
    rights.Need("other");
    return v1::ImportReport();
  };
  EXPECT_EQ(platform::ReasonOf(Import(other)), "PERMISSION_DENIED");
  const auto nothing = [](db::Tx&, Rights&) -> absl::StatusOr<v1::ImportReport> {
    return v1::ImportReport();
  };
  EXPECT_EQ(platform::ReasonOf(Import(nothing)), "PERMISSION_DENIED");
}

// A try that a lock or a lost connection ends says nothing about rights.
TEST_F(ImportWithRightsTest, AConflictBeforeAnyRightIsNeededIsTriedAgainAndRefusesNobody) {
  int runs = 0;
  EXPECT_TRUE(Import([&](db::Tx& tx, Rights& rights) -> absl::StatusOr<v1::ImportReport> {
                if (++runs == 1) {
                  rights.Need("other");  // of what the other had not yet changed
                  return tx.Execute("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213").status();
                }
                rights.Need("mine");
                return v1::ImportReport();
              }).ok());
  EXPECT_EQ(runs, 3);
  const auto gone = [](db::Tx&, Rights&) -> absl::StatusOr<v1::ImportReport> {
    return platform::Unavailable("DATABASE_UNAVAILABLE", {"mất", "gone"}, absl::Seconds(1));
  };
  EXPECT_EQ(platform::ReasonOf(Import(gone)), "DATABASE_UNAVAILABLE");
}

}  // namespace
}  // namespace thidua::campaign::intake
