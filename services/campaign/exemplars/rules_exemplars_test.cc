#include "campaign/exemplars/rules_exemplars.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::exemplars {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::CivilDay kToday(2023, 6, 15);

std::vector<std::string> Wrong(const Publication& publication) {
  std::vector<std::string> wrong;
  for (const Problem& problem : CheckPublication(publication, kToday)) {
    EXPECT_FALSE(problem.vi.empty());
    wrong.push_back(problem.field);
  }
  return wrong;
}

TEST(State, R_EXE_01_TwoStatesReadBack) {
  for (const State state : {State::kProposed, State::kPublished})
    EXPECT_EQ(StateFrom(TextOf(state)), state);
  EXPECT_EQ(StateFrom("WITHDRAWN"), std::nullopt);
}

// shows: S2-11
TEST(Publication, R_EXE_02_OutletAndDayAreGivenAndTheAddressIsOfTheWeb) {
  EXPECT_THAT(Wrong({"Báo Đắk Nông", "https://baodaknong.vn/bai-1", kToday}), IsEmpty());
  EXPECT_THAT(Wrong({"Đài truyền thanh xã", "", kToday}), IsEmpty());
  EXPECT_THAT(Wrong({"", "https://a", kToday + 1}), ElementsAre("outlet", "publication_date"));
  for (const char* url : {"javascript:alert(1)", "ftp://a/b", "https://", "https://a b",
                          "https://u@h/", "https://a/\"x", "http://ví.vn/"}) {
    EXPECT_THAT(Wrong({"Báo", url, kToday}), ElementsAre("url")) << url;
  }
  EXPECT_THAT(Wrong({"Báo", "https://a/" + std::string(490, 'x'), kToday}), IsEmpty());
  EXPECT_THAT(Wrong({"Báo", "https://a/" + std::string(491, 'x'), kToday}), ElementsAre("url"));
}

TEST(Person, R_EXE_03_OnlyAnIndividualIsSomebody) {
  EXPECT_TRUE(MayNamePerson(true, "p"));
  EXPECT_TRUE(MayNamePerson(true, ""));
  EXPECT_TRUE(MayNamePerson(false, ""));
  EXPECT_FALSE(MayNamePerson(false, "p"));
}

TEST(Publisher, R_EXE_04_IsNotWhoIntroducedIt) {
  EXPECT_FALSE(MayPublish("person:a", "person:a"));
  EXPECT_TRUE(MayPublish("person:a", "person:b"));
  EXPECT_TRUE(MayPublish("", "person:b")) << "introduced before this was kept";
}

TEST(Person, R_EXE_05_IsNotTheCaller) {
  EXPECT_FALSE(IsOfAnother("a", "a"));
  EXPECT_TRUE(IsOfAnother("a", "b"));
  EXPECT_TRUE(IsOfAnother("a", "")) << "a system is nobody";
  EXPECT_TRUE(IsOfAnother("", "")) << "a collective is nobody";
}

TEST(Person, R_EXE_06_IsNamedByTheHonoree) {
  const std::vector<std::string> name = {"tran", "thi", "hoa"};
  EXPECT_TRUE(NamesPerson(name, name));
  EXPECT_TRUE(NamesPerson({"ba", "tran", "thi", "hoa", "cong", "chuc", "mot", "cua"}, name));
  EXPECT_FALSE(NamesPerson({"ba", "tran", "hoa"}, name));
  EXPECT_FALSE(NamesPerson({"tran", "thi", "hoang"}, name)) << "whole words";
  EXPECT_FALSE(NamesPerson({"hoa", "tran", "thi"}, name)) << "in their order";
  EXPECT_FALSE(NamesPerson({}, name));
  EXPECT_FALSE(NamesPerson(name, {})) << "nobody is named by anything";
}

}  // namespace
}  // namespace thidua::campaign::exemplars
