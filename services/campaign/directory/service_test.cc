// Units and people as a caller sees them.
#include "campaign/directory/directory_fixture.h"

namespace thidua::campaign::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using Stub = v1::DirectoryService::Stub;

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
