#include "thiduactl/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "platform/status.h"
#include "support/test_server.h"
#include "thiduactl/help.h"
#include "thiduactl/testing/fake_api.h"

ABSL_DECLARE_FLAG(bool, validate_only);

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

TEST(DecisionsTest, ADownloadWritesTheBytesOfTheAnswer) {
  const std::string bytes("%PDF-\n\0\xFF", 8);
  testing::FakeApi api;
  api.On("awards.v1.DecisionService/DownloadDecision", [&](const json& request) {
    EXPECT_EQ(request["name"], "decisions/01");
    return json{{"content_type", "application/pdf"}, {"data", Base64(bytes)}};
  });
  const test::TempDir folder;
  const std::string file = folder.path() + "/decision.pdf";
  const auto session = api.NewSession();
  ASSERT_TRUE(DecisionsDownload(*session, {"decisions/01", file}).ok());
  EXPECT_EQ(*ReadFile(file), bytes);
  EXPECT_EQ(platform::ReasonOf(DecisionsDownload(*session, {"decisions/01"})), "ARGUMENTS_WRONG");
  EXPECT_EQ(platform::ReasonOf(
                DecisionsDownload(*session, {"decisions/01", folder.path() + "/none/x.pdf"})),
            "FILE_NOT_WRITABLE");
}

// A template can be imported as it is: what its columns are called is the server's.
TEST(ImportTest, TemplatesHaveTheColumnsOfTheDemosFiles) {
  const auto session = Session::Offline({});
  ASSERT_TRUE(session.ok());
  const std::map<std::string, absl::Status (*)(Session&, const std::vector<std::string>&)> all = {
      {"units.csv", UnitsTemplate},
      {"people.csv", PeopleTemplate},
      {"roles.csv", RolesTemplate},
      {"tasks/krong-no-2023.csv", TasksTemplate}};
  for (const auto& [file, command] : all) {
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    EXPECT_TRUE(command(**session, {}).ok());
    const std::string shown = ::testing::internal::GetCapturedStdout();
    const std::string explained = ::testing::internal::GetCapturedStderr();
    std::ifstream in("deploy/demo/data/" + file);
    std::string header;
    ASSERT_TRUE(std::getline(in, header)) << file;
    EXPECT_EQ(shown, header + "\n");
    for (const absl::string_view column : absl::StrSplit(header, ','))
      EXPECT_THAT(explained, HasSubstr(std::string(column))) << file;
  }
}

TEST(ImportTest, CheckingOnlyKeepsNothingAndFailsForBadRows) {
  testing::FakeApi api;
  // The server answers on threads of its own.
  absl::Mutex mutex;
  json last;
  std::atomic<int> errors = 0;
  api.On("campaign.v1.PlanService/ImportPlanTasks", [&](const json& request) {
    absl::MutexLock lock(&mutex);
    last = request;
    return json{{"applied", false}, {"row_count", 3}, {"error_count", errors.load()}};
  });
  const test::TempDir folder;
  const std::string file = folder.path() + "/tasks.csv";
  std::ofstream(file) << "code\n";
  const auto session = api.NewSession();
  absl::SetFlag(&FLAGS_validate_only, true);
  EXPECT_TRUE(TasksImport(*session, {"plans/a", file}).ok());
  {
    absl::MutexLock lock(&mutex);
    EXPECT_EQ(last["name"], "plans/a");
    EXPECT_EQ(last["validate_only"], true);
  }
  errors = 1;
  EXPECT_EQ(platform::ReasonOf(TasksImport(*session, {"plans/a", file})), "IMPORT_REFUSED");
  absl::SetFlag(&FLAGS_validate_only, false);
  errors = 0;
  EXPECT_EQ(platform::ReasonOf(TasksImport(*session, {"plans/a", file})), "IMPORT_REFUSED")
      << "not checked only, and not applied";
}

// The server's side of imports: each ends with the rows of units it does not know refused.
class DossiersPushTest : public ::testing::Test {
 protected:
  struct Import {
    int rows = 0;
    int refused = 0;
    bool completed = false;
  };

  DossiersPushTest() {
    std::ofstream(file_) << "dossier_code,unit_code\na,known\nb,unknown\n";
    api_.On("scoring.v1.DossierService/PushDossiers",
            [this](const json& message) { return Answer(message); });
    api_.On("scoring.v1.DossierService/GetDossierImport",
            [this](const json& request) -> absl::StatusOr<json> {
              const auto found = imports_.find(request["import_id"].get<std::string>());
              if (found == imports_.end()) {
                return platform::NotFound("DOSSIER_IMPORT_NOT_FOUND", {"không có", "none"});
              }
              return Summary(found->first, found->second);
            });
  }

  static json Summary(const std::string& id, const Import& import) {
    return {{"import_id", id},
            {"accepted", std::to_string(import.rows - import.refused)},
            {"refused", std::to_string(import.refused)},
            {"completed", import.completed}};
  }

  absl::StatusOr<json> Answer(const json& message) {
    if (message.contains("header")) {
      open_ = message["header"]["import_id"].get<std::string>();
      const bool held = imports_.count(open_) > 0;
      return json{{"opened", {{"next_sequence", held ? "1" : "0"}, {"max_rows", 500}}}};
    }
    Import& import = imports_[open_];
    if (message.contains("complete")) {
      import.completed = true;
      return json{{"summary", Summary(open_, import)}};
    }
    for (const json& row : message["chunk"]["rows"]) {
      ++sent_;
      ++import.rows;
      if (row["unit_code"] == "unknown" && !mended_) ++import.refused;
    }
    return json{{"ack", {{"sequence", message["chunk"]["sequence"]}}}};
  }

  // The reason of the refusal, "" for OK.
  std::string Push() {
    sent_ = 0;
    const auto session = api_.NewSession();
    return platform::ReasonOf(DossiersPush(*session, {file_}));
  }

  const test::TempDir folder_;
  const std::string file_ = folder_.path() + "/dossiers.csv";
  std::map<std::string, Import> imports_;
  std::string open_;
  bool mended_ = false;
  int sent_ = 0;
  testing::FakeApi api_;  // last: it calls what stands above
};

TEST_F(DossiersPushTest, AFileWithRefusedRowsIsSentAgainUnderANewName) {
  EXPECT_EQ(Push(), "ROWS_REFUSED");
  EXPECT_EQ(sent_, 2);
  EXPECT_EQ(Push(), "ROWS_REFUSED");
  EXPECT_EQ(sent_, 2);
  mended_ = true;
  EXPECT_EQ(Push(), "");
  EXPECT_EQ(sent_, 2);
  ASSERT_THAT(imports_, SizeIs(3));
  const std::string first = imports_.begin()->first;
  EXPECT_EQ(imports_.count(first + "-2"), 1u);
  EXPECT_EQ(imports_[first + "-3"].refused, 0);
  // What was taken whole is not sent again.
  EXPECT_EQ(Push(), "");
  EXPECT_EQ(sent_, 0);
  EXPECT_THAT(imports_, SizeIs(3));
}

TEST_F(DossiersPushTest, AnImportThatWasCutGoesOnUnderItsName) {
  EXPECT_EQ(Push(), "ROWS_REFUSED");
  imports_.begin()->second.completed = false;
  EXPECT_EQ(Push(), "ROWS_REFUSED");
  EXPECT_EQ(sent_, 0) << "only the completion was missing";
  EXPECT_THAT(imports_, SizeIs(1));
}

}  // namespace
}  // namespace thidua::ctl
