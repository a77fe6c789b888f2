#include "support/awards/fixture.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awards/councils/events.h"
#include "awards/nominations/events.h"
#include "platform/clock.h"
#include "platform/executor.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::testing {
namespace {

void Expect(const grpc::Status& status, const char* what) {
  ASSERT_TRUE(status.ok()) << what << ": " << status.error_message();
}

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

campaign::v1::UnitChanged Unit(const std::string& id, const std::string& type,
                               const std::string& name, const std::string& parent) {
  campaign::v1::UnitChanged unit;
  unit.set_unit_id(id);
  unit.set_type(type);
  unit.set_valid_from("2015-01-01");
  auto* named = unit.add_names();
  named->set_value(name);
  named->set_valid_from("2015-01-01");
  if (!parent.empty()) {
    auto* below = unit.add_parents();
    below->set_value(parent);
    below->set_valid_from("2015-01-01");
  }
  return unit;
}

void AddStandard(campaign::v1::PlanLaunched& plan, const std::string& id, const std::string& check,
                 const std::map<std::string, std::string>& parameters = {}) {
  auto* standard = plan.add_standards();
  standard->set_standard_id(id);
  standard->set_subject(id.rfind("S4-25", 0) == 0 ? "INDIVIDUAL" : "COLLECTIVE");
  standard->set_text("tiêu chuẩn " + id);
  standard->set_check(check);
  for (const auto& [name, value] : parameters) (*standard->mutable_parameters())[name] = value;
}

std::vector<std::string> PermissionsOf(const std::string& who) {
  if (who == "officer") {
    return {"awards.nominations.*",   "awards.councils.*",       "awards.decisions.read",
            "awards.decisions.write", "awards.files.*",          "awards.initiatives.*",
            "awards.feed.read",       "awards.classifications.*"};
  }
  if (who == "leader") {
    return {"awards.ballots.close",  "awards.decisions.issue", "awards.certificates.revoke",
            "awards.decisions.read", "awards.councils.read",   "awards.nominations.read"};
  }
  if (absl::StartsWith(who, "member-")) return {"awards.ballots.vote", "awards.councils.read"};
  return {"awards.dossiers.file",  "awards.files.*",          "awards.nominations.read",
          "awards.decisions.read", "awards.initiatives.read", "awards.initiatives.write"};
}

std::string HomeOf(const std::string& who) {
  if (who == "commune") return "commune-1";
  if (who == "stranger") return "commune-2";
  return "district";
}

}  // namespace

std::unique_ptr<test::TestDatabase> AwardsTest::database_;
std::unique_ptr<db::Pool> AwardsTest::pool_;
std::unique_ptr<test::TestKeys> AwardsTest::keys_;
std::unique_ptr<test::TempDir> AwardsTest::directory_;
std::unique_ptr<files::BlobStore> AwardsTest::blobs_;
std::unique_ptr<units::Projection> AwardsTest::projection_;
std::unique_ptr<test::TestServer> AwardsTest::server_;

std::string AwardsTest::Id(const std::string& label) {
  static std::map<std::string, std::string> ids;
  std::string& id = ids[label];
  if (id.empty()) id = platform::NewId(absl::Now());
  return id;
}

void AwardsTest::SetUpTestSuite() {
  const platform::WorkerScope may_block;
  database_ = test::TestDatabase::Create({"platform", "units", "awards"});
  db::Options options = database_->RestrictedUser({"platform", "units", "awards"});
  options.require_worker_thread = true;
  auto pool = db::Pool::Create(std::move(options));
  ASSERT_TRUE(pool.ok()) << pool.status();
  pool_ = *std::move(pool);
  keys_ = std::make_unique<test::TestKeys>();
  directory_ = std::make_unique<test::TempDir>();
  auto blobs = files::OpenLocalBlobs(directory_->path());
  ASSERT_TRUE(blobs.ok()) << blobs.status();
  blobs_ = *std::move(blobs);
  projection_ = std::make_unique<units::Projection>(*pool_);
  server_ = std::make_unique<test::TestServer>("awards", *keys_);
  Parts parts;
  parts.pool = pool_.get();
  parts.projection = projection_.get();
  parts.blobs = blobs_.get();
  parts.key = keys_->key("awards");
  parts.public_base_url = "https://thidua.example/";
  const absl::Status added = AddAwards(server_->host(), std::move(parts));
  ASSERT_TRUE(added.ok()) << added;
  server_->Start();
}

void AwardsTest::TearDownTestSuite() {
  server_.reset();
  projection_.reset();
  blobs_.reset();
  directory_.reset();
  keys_.reset();
  pool_.reset();
  database_.reset();
}

void AwardsTest::SetUp() {
  database_->TruncateAll();
  SetToday(absl::CivilDay(2024, 2, 1));
  Apply(Unit(Id("district"), "DISTRICT", "UBND huyện Krông Nô", ""));
  Apply(Unit(Id("room"), "ROOM", "Phòng Nội vụ huyện Krông Nô", Id("district")));
  for (const char* label : {"commune-1", "commune-2", "commune-3"}) {
    Apply(Unit(Id(label), "COMMUNE", absl::StrCat("UBND xã ", label), Id("district")));
  }
  for (int i = 1; i <= 5; ++i) {
    campaign::v1::PersonChanged person;
    person.set_person_id(Id(absl::StrCat("member-", i)));
    person.set_unit_id(Id("district"));
    person.set_valid_from("2020-01-01");
    Apply(person);
  }
  Apply(Plan());
  Apply(Ranking());
}

void AwardsTest::SetToday(absl::CivilDay day) {
  const absl::Time noon = absl::FromCivil(absl::CivilHour(day) + 12, platform::VietnamTime());
  const absl::Duration offset = noon - absl::Now();
  database_->Run(absl::StrCat(
      "UPDATE business_time SET offset_ms = ", absl::ToInt64Milliseconds(offset), " WHERE id = 1"));
  // For the steps, which ask the clock for the day; the server goes by the table.
  server_->host().business_clock().SetOffset(offset);
}

std::string AwardsTest::Token(const std::string& who) {
  std::vector<platform::Grant> grants;
  if (who == "admin") {
    grants.push_back({"*", {"*"}});
  } else if (who != "nobody") {
    grants.push_back({Id(HomeOf(who)), PermissionsOf(who)});
  }
  return keys_->Token("person:" + Id(who), std::move(grants));
}

void AwardsTest::Apply(const google::protobuf::Message& payload) {
  std::map<std::string, feed::Handler> handlers = units::ProjectionHandlers(/*movable=*/false);
  handlers.merge(councils::CampaignHandlers());
  handlers.merge(nominations::CampaignHandlers());
  handlers.merge(nominations::ScoringHandlers());
  common::v1::Event event;
  event.set_type(payload.GetDescriptor()->full_name());
  const auto handler = handlers.find(event.type());
  ASSERT_NE(handler, handlers.end()) << event.type();
  event.set_payload_json(*platform::ToJson(payload));
  const absl::Status applied = database_->pool().InTransaction(
      Soon(), [&](db::Tx& tx) { return handler->second(tx, event); });
  ASSERT_TRUE(applied.ok()) << applied;
}

campaign::v1::PlanLaunched AwardsTest::Plan() {
  campaign::v1::PlanLaunched plan;
  plan.set_plan_id(Id("plan"));
  plan.set_number("12/KH-UBND");
  plan.set_unit_id(Id("district"));
  plan.set_coordinator_unit_id(Id("room"));
  plan.set_issue_date("2023-03-15");
  plan.set_start_date("2023-01-01");
  plan.set_end_date("2023-12-31");
  for (const char* label : {"commune-1", "commune-2", "commune-3"}) {
    plan.add_participant_unit_ids(Id(label));
  }
  plan.add_award_forms("GIAY_KHEN");
  for (const char* kind : {"SUBMISSION_LETTER", "MINUTES", "ACHIEVEMENT_REPORT"}) {
    plan.add_required_documents(kind);
  }
  plan.set_original_sets(1);
  plan.add_shortlist_bands("Xuất sắc");
  AddStandard(plan, "S4-17", "MANUAL");
  AddStandard(plan, "S4-20", "RANK_HIGH_OR_LEAP", {{"max_rank", "2"}});
  AddStandard(plan, "S4-21", "REPORTS_ON_TIME");
  AddStandard(plan, "S4-23", "RECOGNISED_INITIATIVE");
  AddStandard(plan, "S4-24", "NO_DISCIPLINE_NO_COMPLAINT");
  AddStandard(plan, "S4-25.1", "CLASSIFICATION_AT_LEAST", {{"min_classification", "GOOD"}});
  AddStandard(plan, "S4-25.2", "RECOGNISED_INITIATIVE");
  AddStandard(plan, "S4-25.3", "NO_DISCIPLINE_NO_COMPLAINT");
  return plan;
}

scoring::v1::RankingPublished AwardsTest::Ranking() {
  scoring::v1::RankingPublished ranking;
  ranking.set_publication_id(Id("publication"));
  ranking.set_plan_id(Id("plan"));
  ranking.set_block("xa");
  ranking.set_year(2023);
  ranking.set_snapshot_sha256(platform::Sha256Hex("snapshot"));
  ranking.set_publish_date("2024-01-20");
  int rank = 0;
  for (const char* label : {"commune-1", "commune-2", "commune-3"}) {
    auto* unit = ranking.add_units();
    unit->set_unit_id(Id(label));
    unit->set_rank(++rank);
    unit->set_band(rank <= 2 ? "Xuất sắc" : "Tốt");
    unit->set_index_percent("95.00");
  }
  return ranking;
}

std::string AwardsTest::RequestId() { return platform::NewId(absl::Now()); }

std::string AwardsTest::Upload(const std::string& unit_label, const std::string& who,
                               const std::string& content) {
  common::v1::StartUploadRequest start;
  start.set_unit(UnitName(unit_label));
  start.set_file_name("tep.txt");
  start.set_media_type("text/plain");
  start.set_size_bytes(static_cast<int64_t>(content.size()));
  start.set_sha256(platform::Sha256Hex(content));
  start.set_request_id(RequestId());
  common::v1::File file;
  Expect(Call<v1::FilesService>(&v1::FilesService::Stub::StartUpload, start, &file, who), "start");
  common::v1::UploadPartRequest part;
  part.set_name(file.name());
  part.set_data(content);
  part.set_sha256(start.sha256());
  common::v1::File stored;
  Expect(Call<v1::FilesService>(&v1::FilesService::Stub::UploadPart, part, &stored, who), "part");
  common::v1::CompleteUploadRequest complete;
  complete.set_name(file.name());
  complete.set_request_id(RequestId());
  Expect(Call<v1::FilesService>(&v1::FilesService::Stub::CompleteUpload, complete, &stored, who),
         "complete");
  return file.name();
}

std::vector<std::string> AwardsTest::EventTypes() {
  std::vector<std::string> types;
  const absl::Status read = database_->pool().ReadOnly(Soon(), [&](db::Session& session) {
    return session.Query(
        [&](const db::Row& row) {
          types.push_back(row.Get<std::string>(0).substr(std::string("thidua.awards.v1.").size()));
          return absl::OkStatus();
        },
        "SELECT type FROM events WHERE type LIKE 'thidua.awards.v1.%' ORDER BY event_id");
  });
  EXPECT_TRUE(read.ok()) << read;
  return types;
}

std::string AwardsTest::Payload(const std::string& type) {
  std::string payload;
  const absl::Status read = database_->pool().ReadOnly(Soon(), [&](db::Session& session) {
    return session.Query(
        [&](const db::Row& row) {
          payload = row.Get<std::string>(0);
          return absl::OkStatus();
        },
        "SELECT payload FROM events WHERE type = ? ORDER BY event_id LIMIT 1",
        "thidua.awards.v1." + type);
  });
  EXPECT_TRUE(read.ok()) << read;
  return payload;
}

std::string AwardsTest::Count(const std::string& table) {
  std::string count;
  const absl::Status read = database_->pool().ReadOnly(Soon(), [&](db::Session& session) {
    return session.Query(
        [&](const db::Row& row) {
          count = row.Get<std::string>(0);
          return absl::OkStatus();
        },
        "SELECT COUNT(*) FROM " + table);
  });
  EXPECT_TRUE(read.ok()) << read;
  return count;
}

}  // namespace thidua::awards::testing
