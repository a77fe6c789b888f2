#include "thiduactl/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "absl/flags/reflection.h"
#include "platform/status.h"
#include "support/test_server.h"
#include "thiduactl/help.h"
#include "thiduactl/testing/fake_api.h"

namespace thidua::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(CommandsTest, HelpOfACommandExplainsItsFlagsAndTheseExist) {
  for (const Command& command : Commands()) {
    const std::string help = HelpFor(command.words);
    EXPECT_THAT(help, HasSubstr(command.help));
    for (const Flag& flag : command.flags) {
      EXPECT_THAT(help, HasSubstr("--" + flag.name));
      EXPECT_NE(absl::FindCommandLineFlag(flag.name), nullptr) << flag.name;
    }
  }
}

TEST(CommandsTest, HelpOfAFirstWordListsItsCommandsOnly) {
  EXPECT_THAT(HelpFor({"rankings"}), HasSubstr("thiduactl rankings why"));
  EXPECT_THAT(HelpFor({"rankings"}), ::testing::Not(HasSubstr("thiduactl plans")));
  EXPECT_THAT(HelpFor({"nothing"}), HasSubstr("thiduactl plans list"));
}

TEST(CommandsTest, ShortNameTakesAnyAnswer) {
  EXPECT_EQ(ShortName("UNIT_TYPE_COMMUNE", "UNIT_TYPE_"), "COMMUNE");
  EXPECT_EQ(ShortName("", "UNIT_TYPE_"), "");
  EXPECT_EQ(ShortName("UNIT", "UNIT_TYPE_"), "UNIT");
}

TEST(ErrorTest, OneFieldIsNamedOnce) {
  const absl::Status status =
      platform::InvalidField("plan.start_date", "DATE_IMPOSSIBLE", {"sai", "wrong"});
  EXPECT_EQ(ErrorLine(status), "[DATE_IMPOSSIBLE] plan.start_date: sai (plan.start_date: wrong)");
  platform::ErrorSpec spec;
  spec.code = absl::StatusCode::kInvalidArgument;
  spec.reason = "BAD";
  spec.text = {"sai", "wrong"};
  spec.fields = {{"plan", "BAD", {"sai", "wrong"}}};
  EXPECT_EQ(ErrorLine(platform::MakeError(spec)), "[BAD] plan: sai (wrong)");
}

TEST(ErrorTest, SeveralFieldsHaveALineEach) {
  const std::string line = ErrorLine(
      platform::InvalidFields({{"a", "ONE", {"một", "one"}}, {"b", "TWO", {"hai", "two"}}}));
  EXPECT_THAT(line, HasSubstr("\n  - a: [ONE] một"));
  EXPECT_THAT(line, HasSubstr("\n  - b: [TWO] hai"));
}

TEST(ErrorTest, JsonHasReasonTextsAndFields) {
  const json error = ErrorJson(platform::InvalidField("a", "ONE", {"một", "one"}))["error"];
  EXPECT_EQ(error["reason"], "ONE");
  EXPECT_THAT(error["message_vi"].get<std::string>(), HasSubstr("một"));
  EXPECT_THAT(error["message_en"].get<std::string>(), HasSubstr("one"));
  EXPECT_EQ(
      error["fields"],
      json::array(
          {{{"field", "a"}, {"reason", "ONE"}, {"message_vi", "một"}, {"message_en", "one"}}}));
}

TEST(ErrorTest, JsonOfAnErrorWithoutReasonHasItsCode) {
  const json error = ErrorJson(absl::NotFoundError("nothing"))["error"];
  EXPECT_EQ(error["reason"], "NOT_FOUND");
  EXPECT_EQ(error["message_en"], "nothing");
}

// A file that was refused, or whose effect another file has changed since, is a new request.
TEST(ImportTest, EachRunIsARequestOfItsOwn) {
  testing::FakeApi api;
  std::set<std::string> ids;
  api.On("campaign.v1.DirectoryService/ImportUnits", [&](const json& request) {
    ids.insert(request["request_id"].get<std::string>());
    return json{{"applied", ids.size() > 1}};
  });
  const test::TempDir folder;
  const std::string file = folder.path() + "/units.csv";
  std::ofstream(file) << "code\n";
  const auto session = api.NewSession();
  EXPECT_EQ(platform::ReasonOf(UnitsImport(*session, {file})), "IMPORT_REFUSED");
  EXPECT_TRUE(UnitsImport(*session, {file}).ok());
  EXPECT_THAT(ids, SizeIs(2));
}

}  // namespace
}  // namespace thidua::ctl
