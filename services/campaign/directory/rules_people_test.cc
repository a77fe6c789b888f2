#include "campaign/directory/rules_people.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::directory {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Span kAlways{CivilDay(2022, 1, 1), std::nullopt};

Person Officer() {
  Person person;
  person.staff_code = "KN-PNV-01";
  person.full_name = "Chuyên viên Phòng Nội vụ huyện Krông Nô";
  person.category = Category::kCivilServant;
  person.posts = {{"room", "Chuyên viên", kAlways}};
  person.email = "chuyenvien.pnv@krongno.example";
  return person;
}

std::vector<std::string> Check(const Person& person) {
  std::vector<std::string> reasons;
  const std::map<std::string, Span> units = {{"room", kAlways}};
  for (const Problem& problem : CheckPerson(person, units)) {
    reasons.push_back(problem.reason + "@" + problem.field);
  }
  return reasons;
}

TEST(CheckPerson, GoodPeoplePass) {
  EXPECT_THAT(Check(Officer()), IsEmpty());
  Person person = Officer();
  person.email = "";
  person.phone = "+84261123456";
  EXPECT_THAT(Check(person), IsEmpty());
}

// shows: S0-08
TEST(CheckPerson, R_DIR_10_OnePostAtATime) {
  Person person = Officer();
  person.posts[0].span.to = CivilDay(2023, 6, 30);
  person.posts.push_back({"room", "Phó Trưởng phòng", {CivilDay(2023, 7, 1), std::nullopt}});
  EXPECT_THAT(Check(person), IsEmpty());
  person.posts[1].span.from = CivilDay(2023, 6, 30);
  EXPECT_THAT(Check(person), ElementsAre("POSTS_OVERLAP@posts[1].valid_from"));
  person.posts = {};
  EXPECT_THAT(Check(person), ElementsAre("POST_MISSING@posts"));
}

TEST(CheckPerson, R_DIR_10_ThePostsUnitExists) {
  Person person = Officer();
  person.posts[0].unit_id = "nowhere";
  EXPECT_THAT(Check(person), ElementsAre("UNKNOWN_UNIT@posts[0].unit"));
  person = Officer();
  person.posts[0].span.from = CivilDay(2021, 12, 31);
  EXPECT_THAT(Check(person), ElementsAre("UNIT_NOT_VALID@posts[0].unit"));
}

TEST(CheckPerson, R_DIR_11_FormsOfCodesMailAndTelephone) {
  for (const char* email :
       {"a", "a@b", "@b.vn", "a@b.vn.", "a b@c.vn", "a@b@c.vn", "a@.vn", "a,b@c.vn"}) {
    Person person = Officer();
    person.email = email;
    EXPECT_THAT(Check(person), ElementsAre("EMAIL@email")) << email;
  }
  for (const char* phone : {"0261123456", "+0261", "+84 261", "+8426112345678901"}) {
    Person person = Officer();
    person.phone = phone;
    EXPECT_THAT(Check(person), ElementsAre("PHONE@phone")) << phone;
  }
  for (const char* code : {"", "a b", "đ", "x/y"}) {
    Person person = Officer();
    person.staff_code = code;
    EXPECT_THAT(Check(person), ElementsAre("STAFF_CODE@staff_code")) << code;
  }
}

}  // namespace
}  // namespace thidua::campaign::directory
