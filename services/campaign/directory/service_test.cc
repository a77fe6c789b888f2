// Units and people as a caller sees them.
#include <thread>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "campaign/testing/campaign_test.h"
#include "platform/clock.h"
#include "platform/executor.h"

namespace thidua::campaign::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::DirectoryService::Stub;

constexpr char kHeader[] =
    "code,type,name,parent_code,second_parent_code,valid_from,valid_to,synthetic,note\n";

class DirectoryTest : public CampaignTest {
 protected:
  v1::Unit Get(const std::string& name, const std::string& as_of = "",
               const std::string& token = "") {
    v1::GetUnitRequest request;
    request.set_name(name);
    request.set_as_of(as_of);
    return Ask(directory(), &Stub::GetUnit, request, token);
  }
  v1::ListUnitsResponse List(const std::function<void(v1::ListUnitsRequest&)>& fill,
                             const std::string& token = "") {
    v1::ListUnitsRequest request;
    fill(request);
    return Ask(directory(), &Stub::ListUnits, request, token);
  }
  v1::UpdateUnitRequest Note(const v1::Unit& unit, const std::string& note) {
    v1::UpdateUnitRequest request;
    request.mutable_unit()->set_name(unit.name());
    request.mutable_unit()->set_etag(unit.etag());
    request.mutable_unit()->set_note(note);
    request.mutable_update_mask()->add_paths("note");
    request.set_reason("kiểm thử");
    request.set_request_id(Next());
    return request;
  }
};

TEST_F(DirectoryTest, ImportingTheSameFileAgainChangesNothing) {
  LoadDirectory();
  const int units = CountEvents("UnitChanged");
  const int people = CountEvents("PersonChanged");
  EXPECT_EQ(units, 9);
  EXPECT_EQ(people, 17);
  const v1::ImportReport again = ImportUnits(DirectoryFile("units.csv"));
  EXPECT_TRUE(again.applied());
  EXPECT_EQ(again.unchanged_count(), 9);
  EXPECT_EQ(again.created_count() + again.updated_count(), 0);
  EXPECT_EQ(ImportPeople(DirectoryFile("people.csv")).unchanged_count(), 17);
  EXPECT_EQ(ImportRoles(DirectoryFile("roles.csv")).unchanged_count(), 17);
  EXPECT_EQ(CountEvents("UnitChanged"), units);
  EXPECT_EQ(CountEvents("PersonChanged"), people);
}

TEST_F(DirectoryTest, ImportErrorsAreToldByRowAndNothingIsWritten) {
  MoveTo("2022-10-01");
  const v1::ImportReport report = ImportUnits(std::string(kHeader) +
                                              "H00,PROVINCE,Tỉnh,,,2022-01-01,,yes,\n"
                                              "H00.1,DISTRICT,Huyện,H00,,2022-02-30,,yes,\n"
                                              "H00.2,COMMUNE,Xã,H77,,2022-01-01,,yes,\n"
                                              "h00.3,COMMUNE,Xã,H00,,2022-01-01,,maybe,\n");
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_FALSE(report.applied());
  EXPECT_EQ(report.row_count(), 4);
  std::vector<std::string> errors;
  for (const v1::ImportRowError& error : report.errors()) {
    EXPECT_FALSE(error.text_vi().empty());
    EXPECT_FALSE(error.text_en().empty());
    errors.push_back(std::to_string(error.line()) + ":" + error.column() + ":" + error.reason());
  }
  EXPECT_THAT(errors,
              ::testing::IsSupersetOf({"3:valid_from:DATE_IMPOSSIBLE", "4:parent_code:UNKNOWN_UNIT",
                                       "5:code:CODE_MALFORMED", "5:synthetic:YES_OR_NO"}));
  EXPECT_THAT(List([](auto&) {}).units(), IsEmpty());
  EXPECT_EQ(CountEvents("UnitChanged"), 0);
}

// The client of an import makes the request id from the file, so the same file comes with the same
// id.
TEST_F(DirectoryTest, ARefusedImportIsJudgedAnewWhenItIsRepeated) {
  MoveTo("2022-10-01");
  v1::ImportPeopleRequest people;
  people.mutable_content()->set_content_type("text/csv");
  people.mutable_content()->set_data(DirectoryFile("people.csv"));
  people.set_request_id("the-hash-of-people.csv");
  const v1::ImportReport refused = Ask(directory(), &Stub::ImportPeople, people);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_FALSE(refused.applied());
  ASSERT_GT(refused.errors_size(), 0);
  EXPECT_EQ(refused.errors(0).reason(), "UNKNOWN_UNIT");
  ASSERT_TRUE(ImportUnits(DirectoryFile("units.csv")).applied());
  const v1::ImportReport taken = Ask(directory(), &Stub::ImportPeople, people);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_TRUE(taken.applied());
  EXPECT_EQ(taken.created_count(), 17);
  // What took effect is answered as it was, not done again.
  EXPECT_EQ(Ask(directory(), &Stub::ImportPeople, people).created_count(), 17);
  EXPECT_EQ(CountEvents("PersonChanged"), 17);
  // The id is taken from then on.
  people.mutable_content()->set_data(DirectoryFile("people.csv") + "\n");
  Ask(directory(), &Stub::ImportPeople, people);
  EXPECT_EQ(reason(), "REQUEST_ID_REUSED");
}

TEST_F(DirectoryTest, ImportTellsEncodingColumnsAndContentType) {
  MoveTo("2022-10-01");
  EXPECT_EQ(ImportUnits(std::string(kHeader) + "H00,PROVINCE,Kr\xF4ng,,,2022-01-01,,yes,\n")
                .errors(0)
                .reason(),
            "CSV_NOT_UTF8");
  EXPECT_EQ(ImportUnits("code,name\nH00,Tỉnh\n").errors(0).reason(), "CSV_COLUMN");
  v1::ImportUnitsRequest request;
  request.mutable_content()->set_content_type("application/json");
  request.set_request_id(Next());
  Ask(directory(), &Stub::ImportUnits, request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(reason(), "CONTENT_TYPE");
}

TEST_F(DirectoryTest, ARehearsalOfAnImportChangesNothing) {
  MoveTo("2022-10-01");
  const v1::ImportReport report = ImportUnits(DirectoryFile("units.csv"), /*validate_only=*/true);
  EXPECT_EQ(report.created_count(), 9);
  EXPECT_FALSE(report.applied());
  EXPECT_THAT(List([](auto&) {}).units(), IsEmpty());
}

// shows: S0-20
TEST_F(DirectoryTest, NamesAreFoundWithoutAccents) {
  LoadDirectory();
  const auto found = List([](auto& request) { request.set_query("dak DRO"); });
  ASSERT_THAT(found.units(), SizeIs(1));
  EXPECT_EQ(found.units(0).display_name(), "UBND xã Đắk Drô");
}

TEST_F(DirectoryTest, ListsGoPageByPageAndByPlace) {
  LoadDirectory();
  std::vector<std::string> seen;
  std::string token;
  do {
    const auto page = List([&](auto& request) {
      request.set_page_size(2);
      request.set_page_token(token);
      request.set_within(UnitOf("H00.20"));
    });
    for (const v1::Unit& unit : page.units()) seen.push_back(unit.code());
    token = page.next_page_token();
  } while (!token.empty());
  std::sort(seen.begin(), seen.end());
  EXPECT_THAT(seen, ElementsAre("H00.20", "H00.20.01", "H00.20.11", "H00.20.12", "H00.20.13",
                                "H00.20.14", "H00.20.15"));
  const std::string district = UnitOf("H00.20");
  EXPECT_THAT(List([&](auto& request) {
                request.set_parent(district);
                request.set_type(v1::UNIT_TYPE_ROOM);
              }).units(),
              SizeIs(1));
}

TEST_F(DirectoryTest, UnknownUnitAndUnitNotValidOnThatDate) {
  LoadDirectory();
  Get("units/00000000000000000000000000");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(reason(), "UNKNOWN_UNIT");
  Get(UnitOf("H00.20"), "2021-12-31");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(reason(), "UNIT_NOT_VALID");
  Get(UnitOf("H00.20"), "2019-11-31");
  EXPECT_EQ(reason(), "DATE_IMPOSSIBLE");
  EXPECT_THAT(fields(), ElementsAre("as_of"));
}

TEST_F(DirectoryTest, ARightAtASiblingIsNoRight) {
  LoadDirectory();
  const v1::Unit mine = Get(UnitOf("H00.20.11"));
  const v1::Unit sibling = Get(UnitOf("H00.20.12"));
  const std::string token = TokenAt(mine.name(), {"campaign.units.read", "campaign.units.write"});
  Ask(directory(), &Stub::UpdateUnit, Note(sibling, "x"), token);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  Get(sibling.name(), "", token);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  Ask(directory(), &Stub::UpdateUnit, Note(mine, "của mình"), token);
  EXPECT_TRUE(status.ok()) << reason();
  EXPECT_THAT(List([](auto&) {}, token).units(), SizeIs(1));
  ImportUnits(std::string(kHeader) + "H00.20.12,COMMUNE,Xã khác,H00.20,,2022-01-01,,yes,\n", false,
              token);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

// A code passes from unit to unit: the right is asked for at the one that the row's days mean.
TEST_F(DirectoryTest, AnImportIsJudgedAtTheUnitThatItChanges) {
  LoadDirectory();
  PassACodeOn();
  const std::string mine = TokenAt(UnitOf("H00.20.30"), {"campaign.units.*", "campaign.people.*"});
  const std::string former =
      std::string(kHeader) + "H00.20.30,COMMUNE,Xã khác,H00.20,,2022-01-01,2022-12-31,yes,\n";
  ImportUnits(former, false, mine);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  const std::string people =
      "staff_code,full_name,category,unit_code,position,valid_from,valid_to,email,phone,synthetic,"
      "note\nMOI-01,Lê Văn Mới,CIVIL_SERVANT,H00.20.30,Chuyên viên,";
  ImportPeople(people + "2022-03-01,2022-12-31,,,yes,\n", mine);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(CountEvents("UnitChanged"), 11);
  // Its own days and its own unit, and the days of both by who has the right at both.
  EXPECT_EQ(ImportPeople(people + "2023-03-01,,,,yes,\n", mine).created_count(), 1) << reason();
  const std::string own =
      std::string(kHeader) + "H00.20.30,COMMUNE,Xã của mình,H00.20,,2023-01-01,,yes,\n";
  EXPECT_EQ(ImportUnits(own, false, mine).updated_count(), 1) << reason();
  EXPECT_EQ(
      ImportUnits(former, false, TokenAt(UnitOf("H00.20"), {"campaign.units.*"})).updated_count(),
      1)
      << reason();
  const v1::ImportReport both = ImportUnits(
      std::string(kHeader) + "H00.20.30,COMMUNE,Xã của cả hai,H00.20,,2022-01-01,,yes,\n");
  ASSERT_THAT(both.errors(), SizeIs(1));
  EXPECT_EQ(both.errors(0).reason(), "CODE_TAKEN");
}

// Who has the right where a row belongs is told what is wrong with it, also when that is its date.
TEST_F(DirectoryTest, ABadRowIsToldToWhoMayImportIt) {
  LoadDirectory();
  const std::string token = TokenAt(UnitOf("H00.20"), {"campaign.units.*", "campaign.people.*"});
  const std::string people =
      "staff_code,full_name,category,unit_code,position,valid_from,valid_to,email,phone,synthetic,"
      "note\n";
  const v1::ImportReport dates = ImportPeople(
      people + "MOI-01,Lê Văn Mới,CIVIL_SERVANT,H00.20.11,Chuyên viên,2023-11-31,,,,yes,\n", token);
  ASSERT_THAT(dates.errors(), SizeIs(1)) << reason();
  EXPECT_EQ(dates.errors(0).reason(), "DATE_IMPOSSIBLE");
  const v1::ImportReport unit = ImportUnits(
      std::string(kHeader) + "H00.20.77,COMMUNE,Xã mới,H00.20,,2023-11-31,,yes,\n", false, token);
  ASSERT_THAT(unit.errors(), SizeIs(1)) << reason();
  EXPECT_EQ(unit.errors(0).reason(), "DATE_IMPOSSIBLE");
  // Nobody has the code today: no more is told than the date.
  const v1::ImportReport nobodys = ImportPeople(
      people + "MOI-01,Lê Văn Mới,CIVIL_SERVANT,H00.20.78,Chuyên viên,2023-11-31,,,,yes,\n", token);
  ASSERT_THAT(nobodys.errors(), SizeIs(1)) << reason();
  EXPECT_EQ(nobodys.errors(0).reason(), "DATE_IMPOSSIBLE");
  // A mistake of the file itself.
  const v1::ImportReport file = ImportPeople("staff_code,full_name\nMOI-01,Lê Văn Mới\n", token);
  ASSERT_THAT(file.errors(), ::testing::Not(IsEmpty())) << reason();
  EXPECT_THAT(file.errors(0).reason(), ::testing::StartsWith("CSV_"));
  ImportPeople("staff_code\nMOI-01\n", TokenAt(UnitOf("H00.20"), {"campaign.units.*"}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  // Letters that no code has are a mistake in the row, not in the call.
  const v1::ImportReport codes =
      ImportPeople(people +
                   "MỚI-01,Lê Văn Mới,CIVIL_SERVANT,H00.20.11,Chuyên viên,2023-03-01,,,,yes,\n"
                   "MOI-02,Lê Văn Hai,CIVIL_SERVANT,Xã,Chuyên viên,2023-03-01,,,,yes,\n");
  ASSERT_THAT(codes.errors(), SizeIs(2)) << reason();
  EXPECT_EQ(codes.errors(0).column() + " " + codes.errors(0).reason(), "staff_code STAFF_CODE");
  EXPECT_EQ(codes.errors(1).column() + " " + codes.errors(1).reason(), "unit_code UNKNOWN_UNIT");
}

TEST_F(DirectoryTest, AnImportIsJudgedAtTheUnitsItPutsBelowAndTakesFrom) {
  LoadDirectory();
  const std::string header(kHeader);
  const auto rights = [&](const std::vector<std::string>& codes) {
    std::vector<platform::Grant> grants;
    for (const std::string& code : codes) {
      const std::string unit = UnitOf(code);
      grants.push_back({unit.substr(unit.find('/') + 1), {"campaign.units.*"}});
    }
    return keys().Token("person:somebody", grants);
  };
  ASSERT_TRUE(ImportUnits(header +
                          "H00.20.12.1,ROOM,Bộ phận một,H00.20.12,,2022-01-01,,yes,\n"
                          "H00.20.12.2,ROOM,Bộ phận hai,H00.20.12,,2022-01-01,2022-06-30,yes,\n")
                  .applied())
      << reason();
  // Nobody has the code today: the stored unit is changed all the same.
  ImportUnits(header + "H00.20.12.2,ROOM,Bị lấy,H00.20.11,,2022-01-01,2022-06-30,yes,\n", false,
              rights({"H00.20.11"}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  // From below somebody else, and below somebody else.
  const std::string moved = header + "H00.20.12.1,ROOM,Bộ phận một,H00.20.11,,2022-01-01,,yes,\n";
  for (const auto& held : std::vector<std::vector<std::string>>{
           {"H00.20.11"}, {"H00.20.12"}, {"H00.20.12.1"}, {"H00.20.12.1", "H00.20.11"}}) {
    ImportUnits(moved, false, rights(held));
    EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  }
  v1::UpdateUnitRequest by_hand = Note(Get(UnitOf("H00.20.12.1")), "");
  by_hand.clear_update_mask();
  by_hand.mutable_update_mask()->add_paths("parents");
  v1::UnitParent* parent = by_hand.mutable_unit()->add_parents();
  parent->set_unit(UnitOf("H00.20.11"));
  parent->set_valid_from("2022-01-01");
  Ask(directory(), &Stub::UpdateUnit, by_hand, rights({"H00.20.12.1", "H00.20.11"}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ImportUnits(moved, false, rights({"H00.20.12", "H00.20.11"})).updated_count(), 1)
      << reason();
  // The second parent too.
  const std::string branch =
      header + "H00.20.40,VERTICAL_BRANCH,Chi nhánh,H00.20,H00.01,2022-01-01,,yes,\n";
  ImportUnits(branch, false, rights({"H00.20"}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ImportUnits(branch, false, rights({"H00.20", "H00.01"})).created_count(), 1)
      << reason();
}

TEST_F(DirectoryTest, AStaleEtagIsRefused) {
  LoadDirectory();
  const v1::Unit unit = Get(UnitOf("H00.20.11"));
  Ask(directory(), &Stub::UpdateUnit, Note(unit, "một"));
  ASSERT_TRUE(status.ok()) << reason();
  Ask(directory(), &Stub::UpdateUnit, Note(unit, "hai"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(reason(), "ETAG_MISMATCH");
}

TEST_F(DirectoryTest, ARequestIdWithOtherContentIsRefused) {
  LoadDirectory();
  v1::UpdateUnitRequest request = Note(Get(UnitOf("H00.20.11")), "một");
  const v1::Unit first = Ask(directory(), &Stub::UpdateUnit, request);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(Ask(directory(), &Stub::UpdateUnit, request).etag(), first.etag());
  EXPECT_TRUE(status.ok());
  request.mutable_unit()->set_note("hai");
  Ask(directory(), &Stub::UpdateUnit, request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(reason(), "REQUEST_ID_REUSED");
}

TEST_F(DirectoryTest, AMoveRepeatedAfterTheUnitHasMovedOnHasTheFirstAnswer) {
  LoadDirectory();
  ASSERT_TRUE(ImportUnits(std::string(kHeader) +
                          "H00.20.12.1,ROOM,Bộ phận một,H00.20.12,,2022-01-01,,yes,\n")
                  .applied())
      << reason();
  const std::string room = UnitOf("H00.20.12.1");
  std::vector<platform::Grant> grants;
  for (const std::string& unit : {room, UnitOf("H00.20.11"), UnitOf("H00.20.12")}) {
    grants.push_back({unit.substr(unit.find('/') + 1), {"campaign.units.*"}});
  }
  const std::string mover = keys().Token("person:mover", grants);
  const auto move = [&](const std::string& to) {
    v1::UpdateUnitRequest request = Note(Get(room), "");
    request.clear_update_mask();
    request.mutable_update_mask()->add_paths("parents");
    request.mutable_unit()->add_parents()->set_unit(to);
    return request;
  };
  const v1::UpdateUnitRequest request = move(UnitOf("H00.20.11"));
  const v1::Unit first = Ask(directory(), &Stub::UpdateUnit, request, mover);
  ASSERT_TRUE(status.ok()) << reason();
  Ask(directory(), &Stub::UpdateUnit, move(UnitOf("H00.20")));
  ASSERT_TRUE(status.ok()) << reason();
  // It lies where the caller has no right by now.
  const v1::Unit again = Ask(directory(), &Stub::UpdateUnit, request, mover);
  EXPECT_TRUE(status.ok()) << reason();
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  Ask(directory(), &Stub::UpdateUnit, move(UnitOf("H00.20.11")), mover);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << "as a new request";
}

// Rights at parents are read over a connection too: who asked for them while holding one would wait
// for another that may never come.
TEST_F(DirectoryTest, AMoveNeedsOneConnectionAtATime) {
  LoadDirectory();
  ASSERT_TRUE(ImportUnits(std::string(kHeader) +
                          "H00.20.12.1,ROOM,Bộ phận một,H00.20.12,,2022-01-01,,yes,\n")
                  .applied())
      << reason();
  v1::UpdateUnitRequest request = Note(Get(UnitOf("H00.20.12.1")), "");
  request.clear_update_mask();
  request.mutable_update_mask()->add_paths("parents");
  request.mutable_unit()->add_parents()->set_unit(UnitOf("H00.20.11"));
  // By a right above the parents, so that the tree is asked.
  const std::string mover = TokenAt(UnitOf("H00.20"), {"campaign.units.*"});
  const int taken = pool_->stats().limit - 1;
  absl::BlockingCounter held(taken);
  absl::Notification go_on;
  std::vector<std::thread> holders;
  holders.reserve(taken);
  for (int i = 0; i < taken; ++i) {
    holders.emplace_back([&] {
      const platform::WorkerScope may_block;
      const absl::Status holding =
          pool_->ReadOnly(absl::Now() + absl::Seconds(60), [&](db::Session&) -> absl::Status {
            held.DecrementCount();
            go_on.WaitForNotification();
            return absl::OkStatus();
          });
      EXPECT_TRUE(holding.ok()) << holding;
    });
  }
  held.Wait();
  Ask(directory(), &Stub::UpdateUnit, request, mover);
  EXPECT_TRUE(status.ok()) << reason();
  go_on.Notify();
  for (std::thread& holder : holders) holder.join();
}

TEST_F(DirectoryTest, ACodeBelongsToOneUnitAtATime) {
  LoadDirectory();
  v1::CreateUnitRequest request;
  request.mutable_unit()->set_type(v1::UNIT_TYPE_COMMUNE);
  request.mutable_unit()->set_valid_from("2022-01-01");
  request.mutable_unit()->add_names()->set_text("Xã khác");
  request.mutable_unit()->add_parents()->set_unit(UnitOf("H00.20"));
  request.mutable_unit()->add_codes()->set_code("H00.20.11");
  request.set_request_id(Next());
  Ask(directory(), &Stub::CreateUnit, request);
  EXPECT_EQ(reason(), "CODE_TAKEN");
  EXPECT_THAT(fields(), ElementsAre("unit.codes[0].code"));
}

// shows: S4-36
TEST_F(DirectoryTest, AHistoryHasAnEnd) {
  LoadDirectory();
  v1::CreateUnitRequest request;
  request.set_request_id(Next());
  v1::Unit* unit = request.mutable_unit();
  unit->set_type(v1::UNIT_TYPE_COMMUNE);
  unit->set_valid_from("2022-02-01");
  unit->add_parents()->set_unit(UnitOf("H00.20"));
  for (absl::CivilDay day(2022, 2, 1); unit->names_size() <= 100; ++day) {
    auto* name = unit->add_names();
    name->set_text("Xã " + std::to_string(unit->names_size()));
    name->set_valid_from(platform::FormatDate(day));
    if (unit->names_size() <= 100) name->set_valid_to(platform::FormatDate(day));
  }
  Ask(directory(), &Stub::CreateUnit, request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(reason(), "TOO_MANY");
  EXPECT_THAT(fields(), ElementsAre("unit.names"));
  unit->mutable_names()->RemoveLast();
  unit->mutable_names(99)->clear_valid_to();
  Ask(directory(), &Stub::CreateUnit, request);
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(DirectoryTest, AMergedUnitLivesOnInItsSuccessor) {
  LoadDirectory();
  const std::string province = UnitOf("H00");
  const std::string district = UnitOf("H00.20");
  const v1::Unit merged = Get(UnitOf("H00.20.13"));
  const std::string heir = UnitOf("H00.20.12");
  v1::CloseUnitRequest close;
  close.set_name(merged.name());
  close.set_last_day("2025-06-30");
  close.set_closing(v1::UNIT_CLOSING_MERGED);
  close.add_successors(heir);
  close.set_reason("sáp nhập (kiểm thử)");
  close.set_etag(merged.etag());
  close.set_request_id(Next());
  const v1::Unit closed = Ask(directory(), &Stub::CloseUnit, close);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(closed.valid_to(), "2025-06-30");
  EXPECT_THAT(closed.successors(), ElementsAre(heir));
  // The district ends too; what stands below it moves to the province.
  v1::CloseUnitRequest end;
  end.set_name(district);
  end.set_last_day("2025-06-30");
  end.set_closing(v1::UNIT_CLOSING_ABOLISHED);
  end.set_reason("bỏ cấp huyện (kiểm thử)");
  end.set_etag(Get(district).etag());
  end.set_request_id(Next());
  Ask(directory(), &Stub::CloseUnit, end);
  EXPECT_EQ(reason(), "UNIT_HAS_CHILDREN");
  end.set_children_to(province);
  Ask(directory(), &Stub::CloseUnit, end);
  // A room may stand below a province, a commune too.
  ASSERT_TRUE(status.ok()) << reason();
  MoveTo("2025-07-01");
  EXPECT_EQ(Get(heir).parent(), province);
  EXPECT_EQ(Get(heir, "2025-06-30").parent(), district);
  // The role at the successor covers the unit whose place it took.
  Get(merged.name(), "2025-06-30", TokenAt(heir, {"campaign.units.read"}));
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(DirectoryTest, ReadingPersonalDataLeavesOneEntryACall) {
  LoadDirectory();
  v1::ListPeopleRequest request;
  request.set_unit(UnitOf("H00.20.01"));
  const v1::ListPeopleResponse people = Ask(directory(), &Stub::ListPeople, request);
  ASSERT_THAT(people.people(), SizeIs(3));
  EXPECT_EQ(CountEvents("PersonalDataRead"), 1);
  v1::GetPersonRequest get;
  get.set_name(people.people(0).name());
  Ask(directory(), &Stub::GetPerson, get);
  EXPECT_TRUE(status.ok()) << reason();
  EXPECT_EQ(CountEvents("PersonalDataRead"), 2);
  Ask(directory(), &Stub::GetPerson, get, TokenAt(UnitOf("H00.20.11"), {"campaign.people.read"}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(CountEvents("PersonalDataRead"), 2);
}

TEST_F(DirectoryTest, APersonMovesToAnotherPost) {
  LoadDirectory();
  v1::ListPeopleRequest request;
  request.set_staff_code("KN-DM-01");
  v1::Person person = Ask(directory(), &Stub::ListPeople, request).people(0);
  person.mutable_posts(0)->set_valid_to("2023-06-30");
  v1::Post* next = person.add_posts();
  next->set_unit(UnitOf("H00.20.12"));
  next->set_position("Công chức Văn phòng - Thống kê");
  next->set_valid_from("2023-06-30");
  v1::UpdatePersonRequest update;
  *update.mutable_person() = person;
  update.mutable_update_mask()->add_paths("posts");
  update.set_reason("điều động (kiểm thử)");
  update.set_request_id(Next());
  Ask(directory(), &Stub::UpdatePerson, update);
  EXPECT_EQ(reason(), "POSTS_OVERLAP");
  EXPECT_THAT(fields(), ElementsAre("person.posts[1].valid_from"));
  update.mutable_person()->mutable_posts(1)->set_valid_from("2023-07-01");
  Ask(directory(), &Stub::UpdatePerson, update);
  EXPECT_TRUE(status.ok()) << reason();
}

}  // namespace
}  // namespace thidua::campaign::directory
