#include "gateway/options.h"

#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

CommandLine Parse(const std::vector<std::string>& arguments,
                  const std::map<std::string, std::string>& environment = {}) {
  return ParseCommandLine(arguments, [&](const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional<std::string>(found->second);
  });
}

TEST(ParseCommandLine, TakesBothFormsOfAFlag) {
  const CommandLine line =
      Parse({"--descriptors=api.pb", "--upstream", "a.v1=127.0.0.1:1", "--upstream=b.v1=[::1]:2",
             "--listen", "127.0.0.1:80", "--timeout=5s", "--body_limit=1000", "--threads=4"});
  EXPECT_THAT(line.problems, IsEmpty());
  EXPECT_EQ(line.options.descriptors, "api.pb");
  ASSERT_EQ(line.options.upstreams.size(), 2u);
  EXPECT_EQ(line.options.upstreams[1].package, "b.v1");
  EXPECT_EQ(line.options.upstreams[1].address, "[::1]:2");
  EXPECT_EQ(line.options.listen, "127.0.0.1:80");
  EXPECT_EQ(line.options.time.unary_default, absl::Seconds(5));
  EXPECT_EQ(line.options.http.body_bytes, 1000u);
  EXPECT_EQ(line.options.threads, 4);
}

TEST(ParseCommandLine, PrefersFlagsToEnvironment) {
  const CommandLine line =
      Parse({"--descriptors=flag.pb"}, {{"THIDUA_DESCRIPTORS", "environment.pb"},
                                        {"THIDUA_UPSTREAM", "a=127.0.0.1:1,b=127.0.0.1:2"},
                                        {"THIDUA_DRAIN", "3s"}});
  EXPECT_THAT(line.problems, IsEmpty());
  EXPECT_EQ(line.options.descriptors, "flag.pb");
  EXPECT_EQ(line.options.upstreams.size(), 2u);
  EXPECT_EQ(line.options.drain, absl::Seconds(3));
}

TEST(ParseCommandLine, NamesAllProblemsAtOnce) {
  const CommandLine line =
      Parse({"--nothing=1", "plain", "--threads=0", "--timeout=5", "--upstream=x", "--listen"},
            {{"THIDUA_BODY_LIMIT", "-1"}});
  EXPECT_THAT(
      line.problems,
      ElementsAre(HasSubstr("unknown argument --nothing"), HasSubstr("unknown argument plain"),
                  HasSubstr("--threads: a whole number from 1 to 64"),
                  HasSubstr("--timeout: a time such as"),
                  HasSubstr("--upstream: package=host:port"), HasSubstr("--listen wants a value"),
                  HasSubstr("THIDUA_BODY_LIMIT"), HasSubstr("--descriptors is required"),
                  HasSubstr("--upstream is required")));
}

TEST(ParseCommandLine, OpenApiNeedsNoUpstream) {
  const CommandLine line = Parse({"--openapi", "--descriptors=api.pb"});
  EXPECT_TRUE(line.openapi);
  EXPECT_THAT(line.problems, IsEmpty());
}

TEST(ParseCommandLine, HelpAsksForNothing) {
  const CommandLine line = Parse({"--help"});
  EXPECT_TRUE(line.help);
  EXPECT_THAT(line.problems, IsEmpty());
  for (const char* flag : {"--descriptors", "--upstream", "--openapi", "--listen", "--drain"}) {
    EXPECT_THAT(HelpText(), HasSubstr(flag));
  }
}

}  // namespace
}  // namespace thidua::gateway
