#include "thiduactl/dossier_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/status.h"
#include "platform/token.h"
#include "thiduactl/testing/fake_api.h"

namespace thidua::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// "REASON line" of what refuses the text.
std::string Refusal(const std::string& text) {
  const auto rows = ParseDossierCsv(text);
  if (rows.ok()) return "taken";
  const auto fields = platform::FieldsOf(rows.status());
  return platform::ReasonOf(rows.status()) + " " + (fields.empty() ? "" : fields[0].field);
}

json RowOf(const std::string& header, const std::string& line) {
  const auto rows = ParseDossierCsv(header + "\n" + line);
  EXPECT_TRUE(rows.ok()) << rows.status();
  return rows.ok() && rows->size() == 1 ? (*rows)[0] : json();
}

TEST(DossierCsvTest, ReadsQuotesLineEndsAndBlankLines) {
  const auto rows = ParseDossierCsv(
      "\xef\xbb\xbf"
      "dossier_code,procedure_code\r\n"
      "\"a,1\",\"say \"\"yes\"\"\"\r\n"
      "\r\n"
      "\"two\nlines\",x\n"
      "last,");
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_THAT(*rows, ElementsAre(json{{"dossier_code", "a,1"}, {"procedure_code", "say \"yes\""}},
                                 json{{"dossier_code", "two\nlines"}, {"procedure_code", "x"}},
                                 json{{"dossier_code", "last"}}));
}

TEST(DossierCsvTest, RefusesBrokenQuotesByTheirLine) {
  EXPECT_EQ(Refusal("dossier_code\n\"open\nand on"), "CSV_QUOTE line 2");
  EXPECT_EQ(Refusal("dossier_code\nx\na\"b"), "CSV_QUOTE line 3");
  EXPECT_EQ(Refusal("dossier_code\n\"a\"b"), "CSV_QUOTE line 2");
  EXPECT_EQ(Refusal("dossier_code\n\"a\"\"\" \"b\""), "CSV_QUOTE line 2");
}

TEST(DossierCsvTest, CountsLinesOverQuotedLineEnds) {
  EXPECT_EQ(Refusal("dossier_code\n\"1\n2\"\na,b"), "ROW_MALFORMED line 4");
}

TEST(DossierCsvTest, RefusesHeaders) {
  EXPECT_EQ(Refusal(""), "FILE_EMPTY line 1");
  EXPECT_EQ(Refusal("dossier_code,name"), "COLUMN_UNKNOWN line 1");
  EXPECT_EQ(Refusal("status,status"), "COLUMN_TWICE line 1");
}

TEST(DossierCsvTest, TakesStatusAsThePortalsCodeAndByName) {
  for (const std::string text : {"9", "FINISHED", "finished", "DOSSIER_STATUS_FINISHED"}) {
    EXPECT_EQ(RowOf("status", text)["status"], "DOSSIER_STATUS_FINISHED") << text;
  }
  EXPECT_EQ(RowOf("status", "10")["status"], "DOSSIER_STATUS_RETURNED");
  EXPECT_EQ(RowOf("channel", "online")["channel"], "DOSSIER_CHANNEL_ONLINE");
  for (const std::string text : {"0", "11", "-1", "UNSPECIFIED", "DONE"}) {
    EXPECT_EQ(Refusal("status\n" + text), "STATUS_UNKNOWN line 2") << text;
  }
  EXPECT_EQ(Refusal("channel\n1"), "CHANNEL_UNKNOWN line 2");
}

// The server's side of an import, as its contract says: two rows a chunk, cut where a test wants.
class PushTest : public ::testing::Test {
 protected:
  PushTest() {
    api_.On("scoring.v1.DossierService/PushDossiers",
            [this](const json& message) { return Answer(message); });
  }

  absl::StatusOr<json> Answer(const json& message) {
    if (message.contains("header")) {
      ++opened_;
      if (!opening_.ok()) return opening_;
      return json{{"opened", {{"next_sequence", std::to_string(chunks_.size())}, {"max_rows", 2}}}};
    }
    if (message.contains("complete")) {
      return json{{"summary", {{"accepted", message["complete"]["chunks"]}}}};
    }
    const json& chunk = message["chunk"];
    // Before it is taken and after: the client cannot tell the two apart.
    if (chunk["sequence"] == "1" && !std::exchange(cut_before_, true)) return cut_;
    EXPECT_EQ(chunk["sequence"], std::to_string(chunks_.size()));
    std::string codes;
    for (const json& row : chunk["rows"]) codes += row["dossier_code"].get<std::string>();
    chunks_.push_back(codes);
    if (chunk["sequence"] == "1" && !std::exchange(cut_after_, true)) return cut_;
    return json{{"ack", {{"sequence", chunk["sequence"]}}}};
  }

  absl::StatusOr<json> Push(absl::Duration retry_for) {
    const auto session = api_.NewSession(retry_for);
    const std::vector<json> rows = {{{"dossier_code", "a"}},
                                    {{"dossier_code", "b"}},
                                    {{"dossier_code", "c"}},
                                    {{"dossier_code", "d"}},
                                    {{"dossier_code", "e"}}};
    const auto tokens = [&](const std::string& expired) -> absl::StatusOr<std::string> {
      expired_.push_back(expired);
      return tokens_renew_ ? absl::StrCat("token ", expired_.size()) : "the token";
    };
    return PushDossiers(session->client(), tokens, "import", rows,
                        [&](size_t done, const json&) { done_.push_back(done); });
  }

  absl::Status opening_;
  absl::Status cut_ =
      platform::Unavailable("STOPPING", {"đang dừng", "stopping"}, absl::Seconds(1));
  bool cut_before_ = false;
  bool cut_after_ = false;
  int opened_ = 0;
  bool tokens_renew_ = true;
  std::vector<std::string> expired_;  // what tokens were asked for
  std::vector<std::string> chunks_;
  std::vector<size_t> done_;
  testing::FakeApi api_;  // last: it calls what stands above
};

TEST_F(PushTest, GoesOnAfterTheLastChunkThatTheServerHolds) {
  const auto summary = Push(absl::Seconds(20));
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_THAT(chunks_, ElementsAre("ab", "cd", "e"));
  EXPECT_THAT(done_, ElementsAre(2, 5));  // the acknowledgement of the second was lost
  EXPECT_EQ(opened_, 3);
  EXPECT_EQ(summary->value("accepted", ""), "3");
}

TEST_F(PushTest, GoesOnWithANewTokenWhenTheOldOneHasExpired) {
  cut_ = platform::TokenExpired();
  cut_after_ = true;  // the server looks before it takes a chunk
  const auto summary = Push(absl::ZeroDuration());
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_THAT(chunks_, ElementsAre("ab", "cd", "e")) << "each once: what was acknowledged stays";
  EXPECT_THAT(done_, ElementsAre(2, 4, 5));
  EXPECT_THAT(expired_, ElementsAre("", "token 1"));
  EXPECT_EQ(opened_, 2);
}

TEST_F(PushTest, ATokenThatCannotBeRenewedEndsThePush) {
  cut_ = platform::TokenExpired();
  tokens_renew_ = false;
  EXPECT_EQ(platform::ReasonOf(Push(absl::Seconds(20)).status()), "TOKEN_EXPIRED");
  EXPECT_THAT(chunks_, ElementsAre("ab"));
  EXPECT_EQ(opened_, 1);
}

TEST_F(PushTest, NewTokensThatAreRefusedAtOnceEndThePush) {
  opening_ = platform::TokenExpired();
  EXPECT_EQ(platform::ReasonOf(Push(absl::Seconds(20)).status()), "TOKEN_EXPIRED");
  EXPECT_EQ(opened_, 1);
}

TEST_F(PushTest, ARefusalIsNotTriedAgain) {
  cut_ = platform::PermissionDenied("PERMISSION_DENIED", {"không có quyền", "no right"});
  EXPECT_EQ(platform::ReasonOf(Push(absl::Seconds(20)).status()), "PERMISSION_DENIED");
  EXPECT_EQ(opened_, 1);
}

TEST_F(PushTest, AServerThatIsAwayFromTheStartIsWaitedForOnlyWhenAsked) {
  opening_ = cut_;
  EXPECT_EQ(platform::ReasonOf(Push(absl::ZeroDuration()).status()), "STOPPING");
  EXPECT_EQ(opened_, 1);
  EXPECT_EQ(platform::ReasonOf(Push(absl::Milliseconds(250)).status()), "STOPPING");
  EXPECT_GT(opened_, 2);
}

TEST(ValidateDossiersTest, SumsTheChecksOfAllBatches) {
  testing::FakeApi api;
  std::vector<size_t> sizes;
  api.On("scoring.v1.DossierService/BatchPushDossiers", [&](const json& request) {
    EXPECT_EQ(request["validate_only"], true);
    sizes.push_back(request["rows"].size());
    return json{{"ack", {{"accepted", request["rows"].size() - 1}, {"refused", 1}}}};
  });
  const auto session = api.NewSession();
  const std::vector<json> rows(501, {{"dossier_code", "a"}});
  const auto sums =
      ValidateDossiers(session->client(), "a token", rows, [](size_t, const json&) {});
  ASSERT_TRUE(sums.ok()) << sums.status();
  EXPECT_THAT(sizes, ElementsAre(500, 1));
  EXPECT_EQ(sums->value("accepted", -1), 499);
  EXPECT_EQ(sums->value("refused", -1), 2);
}

}  // namespace
}  // namespace thidua::ctl
