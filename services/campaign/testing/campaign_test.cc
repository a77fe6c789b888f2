#include "campaign/testing/campaign_test.h"

#include <fstream>
#include <sstream>

#include "google/protobuf/util/json_util.h"
#include "platform/clock.h"
#include "platform/timestamp.h"

namespace thidua::campaign {
namespace {

std::string Whole(const std::string& path) {
  std::ifstream in(path);
  EXPECT_TRUE(in.good()) << path;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

std::unique_ptr<test::TestKeys> CampaignTest::keys_;
std::unique_ptr<test::TestDatabase> CampaignTest::database_;
std::unique_ptr<db::Pool> CampaignTest::pool_;

void CampaignTest::SetUpTestSuite() {
  keys_ = std::make_unique<test::TestKeys>();
  database_ = test::TestDatabase::Create({"platform", "campaign"});
  auto pool = db::Pool::Create(database_->RestrictedUser({"platform", "campaign"}));
  ASSERT_TRUE(pool.ok()) << pool.status();
  pool_ = *std::move(pool);
}

void CampaignTest::TearDownTestSuite() {
  pool_.reset();
  database_.reset();
  keys_.reset();
}

CampaignTest::CampaignTest() {
  database_->TruncateAll();
  auto blobs = files::OpenLocalBlobs(folder_.path());
  EXPECT_TRUE(blobs.ok()) << blobs.status();
  blobs_ = *std::move(blobs);
  tree_ = std::make_unique<directory::DirectoryTree>(*pool_);
  server_ = std::make_unique<test::TestServer>("campaign", *keys_);
  Parts parts;
  parts.pool = pool_.get();
  parts.tree = tree_.get();
  parts.blobs = blobs_.get();
  parts.key = keys_->key("campaign");
  parts.access_key = keys_->key("access");
  const absl::Status added = AddCampaign(server_->host(), std::move(parts));
  EXPECT_TRUE(added.ok()) << added;
  server_->Start();
  directory_ = v1::DirectoryService::NewStub(server_->channel());
  access_ = v1::AccessService::NewStub(server_->channel());
  plans_ = v1::PlanService::NewStub(server_->channel());
  records_ = v1::RecordService::NewStub(server_->channel());
  clock_ = v1::ClockService::NewStub(server_->channel());
}

CampaignTest::~CampaignTest() = default;

std::string CampaignTest::TokenAt(const std::string& unit, std::vector<std::string> permissions,
                                  const std::string& subject) const {
  return keys().Token(subject, {{unit.substr(unit.find('/') + 1), std::move(permissions)}});
}

void CampaignTest::MoveTo(const std::string& date) {
  const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(date, "");
  ASSERT_TRUE(day.ok()) << date;
  v1::SetBusinessTimeRequest request;
  *request.mutable_business_time() = platform::ToTimestamp(
      absl::FromCivil(absl::CivilSecond(absl::CivilHour(*day) + 12), platform::VietnamTime()));
  request.set_reason("kiểm thử");
  request.set_request_id(Next());
  Ask(*clock_, &v1::ClockService::Stub::SetBusinessTime, request);
  ASSERT_TRUE(status.ok()) << reason();
}

v1::ImportReport CampaignTest::ImportUnits(const std::string& csv, bool validate_only,
                                           const std::string& token) {
  v1::ImportUnitsRequest request;
  request.mutable_content()->set_content_type("text/csv; charset=utf-8");
  request.mutable_content()->set_data(csv);
  request.set_validate_only(validate_only);
  request.set_request_id(Next());
  return Ask(*directory_, &v1::DirectoryService::Stub::ImportUnits, request, token);
}

v1::ImportReport CampaignTest::ImportPeople(const std::string& csv, const std::string& token) {
  v1::ImportPeopleRequest request;
  request.mutable_content()->set_content_type("text/csv");
  request.mutable_content()->set_data(csv);
  request.set_request_id(Next());
  return Ask(*directory_, &v1::DirectoryService::Stub::ImportPeople, request, token);
}

v1::ImportReport CampaignTest::ImportRoles(const std::string& csv, const std::string& token) {
  v1::ImportRoleBindingsRequest request;
  request.mutable_content()->set_content_type("text/csv");
  request.mutable_content()->set_data(csv);
  request.set_request_id(Next());
  return Ask(*access_, &v1::AccessService::Stub::ImportRoleBindings, request, token);
}

void CampaignTest::LoadDirectory() {
  MoveTo("2022-10-01");
  ASSERT_EQ(ImportUnits(DirectoryFile("units.csv")).created_count(), 9) << reason();
  ASSERT_EQ(ImportPeople(DirectoryFile("people.csv")).created_count(), 17) << reason();
  ASSERT_EQ(ImportRoles(DirectoryFile("roles.csv")).created_count(), 17) << reason();
}

std::string CampaignTest::DirectoryFile(const std::string& name) {
  return Whole("services/campaign/testing/data/" + name);
}

std::string CampaignTest::DemoFile(const std::string& name) {
  return Whole("deploy/demo/data/" + name);
}

v1::Plan CampaignTest::DemoPlan(const std::string& name) {
  v1::Plan plan;
  // Strictly: a field that the contract does not know is an error of the file.
  const auto read =
      google::protobuf::util::JsonStringToMessage(DemoFile("plans/" + name + ".json"), &plan);
  EXPECT_TRUE(read.ok()) << read.ToString();
  return plan;
}

void CampaignTest::PassACodeOn() {
  MoveTo("2023-10-01");
  const std::string header =
      "code,type,name,parent_code,second_parent_code,valid_from,valid_to,synthetic,note\n";
  ASSERT_TRUE(
      ImportUnits(header + "H00.20.30,COMMUNE,Xã trước,H00.20,,2022-01-01,2022-12-31,yes,\n")
          .applied());
  ASSERT_TRUE(
      ImportUnits(header + "H00.20.30,COMMUNE,Xã sau,H00.20,,2023-01-01,,yes,\n").applied());
}

std::string CampaignTest::UnitOf(const std::string& code) {
  v1::ListUnitsRequest request;
  request.set_code(code);
  const v1::ListUnitsResponse found =
      Ask(*directory_, &v1::DirectoryService::Stub::ListUnits, request);
  EXPECT_EQ(found.units_size(), 1) << code << " " << reason();
  return found.units_size() == 1 ? found.units(0).name() : "";
}

int CampaignTest::CountEvents(const std::string& type) {
  int64_t count = -1;
  const absl::Status read =
      database_->pool().ReadOnly(absl::Now() + absl::Seconds(10), [&](db::Session& session) {
        return session.Query(
            [&](const db::Row& row) {
              count = row.Get<int64_t>(0);
              return absl::OkStatus();
            },
            "SELECT COUNT(*) FROM events WHERE type = ?", "thidua.campaign.v1." + type);
      });
  EXPECT_TRUE(read.ok()) << read;
  return static_cast<int>(count);
}

}  // namespace thidua::campaign
