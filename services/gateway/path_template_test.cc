#include "gateway/path_template.h"

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::gateway {
namespace {

struct Shaped {
  const char* text;
  const char* shape;
};

class PathTemplateShapes : public ::testing::TestWithParam<Shaped> {};

TEST_P(PathTemplateShapes, ParsesAndPrintsItself) {
  const auto parsed = PathTemplate::Parse(GetParam().text);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->Shape(), GetParam().shape);
  EXPECT_EQ(parsed->ToString(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PathTemplateShapes,
    ::testing::Values(Shaped{"/v1/plans", "/v1/plans"}, Shaped{"/v1/{name=plans/*}", "/v1/plans/*"},
                      Shaped{"/v1/{name=plans/*}:launch", "/v1/plans/*:launch"},
                      Shaped{"/v1/{plan.name=plans/*}", "/v1/plans/*"}, Shaped{"/v1/{id}", "/v1/*"},
                      Shaped{"/v1/*/x", "/v1/*/x"}, Shaped{"/v1/files/{path=**}", "/v1/files/**"},
                      Shaped{"/v1/{name=a/*/b/*}/c:verb", "/v1/a/*/b/*/c:verb"},
                      Shaped{"/v1/{a=x/*}/{b=y/*}", "/v1/x/*/y/*"},
                      Shaped{"/v1/{name=files/**}:get", "/v1/files/**:get"}));

class PathTemplateMistakes : public ::testing::TestWithParam<const char*> {};

TEST_P(PathTemplateMistakes, AreRefused) {
  EXPECT_FALSE(PathTemplate::Parse(GetParam()).ok()) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Table, PathTemplateMistakes,
                         ::testing::Values("", "v1", "/", "/v1/", "//v1", "/v1/{", "/v1/{name",
                                           "/v1/{name=", "/v1/{name=}", "/v1/{=x}", "/v1/{na-me}",
                                           "/v1/{a={b}}", "/v1/**/x", "/v1/{a=**}/x",
                                           "/v1:", "/v1/x:a:b", "/v1/x y", "/v1/{a}/{a}",
                                           "/v1/{.a}", "/v1/{a.}", "/v1/x?y"));

TEST(SplitPath, SplitsAtSlashesAndChecksPercentCodes) {
  using Segments = std::vector<std::string>;
  EXPECT_EQ(SplitPath("/a/b"), (Segments{"a", "b"}));
  EXPECT_EQ(SplitPath("/a/"), (Segments{"a", ""}));
  EXPECT_EQ(SplitPath("//"), (Segments{"", ""}));
  EXPECT_EQ(SplitPath("/a%2Fb"), (Segments{"a%2Fb"}));
  for (const char* wrong : {"", "a", "*", "/a%", "/a%2", "/a%zz", "/%4"}) {
    EXPECT_EQ(SplitPath(wrong), std::nullopt) << wrong;
  }
}

TEST(DecodePercent, KeepsSlashesOfSeveralSegments) {
  EXPECT_EQ(DecodePercent("a%20b%2Fc%2fd", false), "a b/c/d");
  EXPECT_EQ(DecodePercent("a%20b%2Fc%2fd", true), "a b%2Fc%2fd");
  EXPECT_EQ(DecodePercent("%C3%81o", false), "Áo");
  EXPECT_EQ(DecodePercent("100%", false), "100%");
}

TEST(VariableValue, TakesItsSegments) {
  const auto value = [](const char* text, const std::vector<std::string>& segments) {
    const PathTemplate parsed = PathTemplate::Parse(text).value();
    return VariableValue(parsed, parsed.variables.front(), segments);
  };
  EXPECT_EQ(value("/v1/{name=plans/*}", {"v1", "plans", "a%20b"}), "plans/a b");
  EXPECT_EQ(value("/v1/{name=plans/*}", {"v1", "plans", "a%2Fb"}), "plans/a%2Fb");
  EXPECT_EQ(value("/v1/{id}", {"v1", "a%2Fb"}), "a/b");
  EXPECT_EQ(value("/v1/{path=**}", {"v1", "a", "b", "c"}), "a/b/c");
  EXPECT_EQ(value("/v1/{path=**}", {"v1"}), "");
  EXPECT_EQ(value("/v1/{path=files/**}", {"v1", "files", "a", "b"}), "files/a/b");
}

// Any template that can be built prints to a text that parses to itself.
TEST(PathTemplate, ParseOfPrintIsTheSame) {
  rc::check("parse(print(template)) == template", [] {
    const auto literal = rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcxyz019-_.~"))));
    PathTemplate made;
    const int groups = *rc::gen::inRange(1, 5);
    for (int g = 0; g < groups; ++g) {
      const bool variable = *rc::gen::arbitrary<bool>();
      const size_t begin = made.segments.size();
      const int size = variable ? *rc::gen::inRange(1, 4) : 1;
      for (int i = 0; i < size; ++i) {
        if (*rc::gen::arbitrary<bool>()) {
          made.segments.push_back({PathSegment::kOne, ""});
        } else {
          made.segments.push_back({PathSegment::kLiteral, *literal});
        }
      }
      if (variable) {
        made.variables.push_back({"f" + std::to_string(g), begin, made.segments.size()});
      }
    }
    if (*rc::gen::arbitrary<bool>()) made.verb = *literal;
    const auto parsed = PathTemplate::Parse(made.ToString());
    RC_ASSERT(parsed.ok());
    RC_ASSERT(*parsed == made);
  });
}

}  // namespace
}  // namespace thidua::gateway
