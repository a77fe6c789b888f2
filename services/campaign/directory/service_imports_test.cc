// Units brought in by a file: what is told, what is written, and by whom it may be done.
#include "campaign/directory/directory_fixture.h"

namespace thidua::campaign::directory {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::DirectoryService::Stub;

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

}  // namespace
}  // namespace thidua::campaign::directory
