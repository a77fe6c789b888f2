// What a plan keeps of its source's own words, and what it says of them.
#include "campaign/testing/plan_test.h"
#include "platform/status.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using Stub = v1::PlanService::Stub;

// shows: S2-14, S4-35
TEST_F(PlanTest, NoiseOfTheSourceIsKeptToldAndNeverChanged) {
  const auto noise = [](const v1::Plan& plan) {
    std::vector<std::string> fields;
    for (const v1::Finding& one : plan.findings()) {
      if (one.code() == "SOURCE_NOISE") fields.push_back(one.field());
    }
    return fields;
  };
  const v1::Plan article = Create(DemoPlan("dak-nong-2022-2025"));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(article.source().noise(), ElementsAre(".", "BBT.", "Bản in"));
  EXPECT_THAT(noise(article), ElementsAre("source.noise[0]", "source.noise[1]", "source.noise[2]"));
  const v1::Plan sent = DemoPlan("krong-no-2023");
  v1::Plan plan = sent;
  plan.clear_parent_plan();
  plan.set_title("**" + plan.title() + "**");
  plan = Create(plan);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(noise(plan), ::testing::UnorderedElementsAre("title", "selection.individual_text"));
  EXPECT_EQ(plan.title(), "**" + sent.title() + "**");
  EXPECT_EQ(plan.selection().individual_text(), sent.selection().individual_text());
  v1::ResolveFindingRequest resolve = Named<v1::ResolveFindingRequest>(plan);
  resolve.set_finding_id("SOURCE_NOISE:title");
  resolve.set_decision(v1::FINDING_DECISION_SET_VALUE);
  resolve.set_value("2023-01-01");
  resolve.set_reason("kiểm thử");
  Ask(plans(), &Stub::ResolveFinding, resolve);
  EXPECT_EQ(reason(), "DECISION_NOT_POSSIBLE");
}

// shows: S4-05, S2-03
TEST_F(PlanTest, TheHeadsResponsibilityIsAContentItemWithWhoAnswers) {
  for (const char* name : {"krong-no-2023", "dak-nong-2022-2025"}) {
    v1::Plan plan = DemoPlan(name);
    plan.clear_parent_plan();
    plan = Create(plan);
    ASSERT_TRUE(status.ok()) << reason();
    const v1::ContentItem& first = plan.content_items(0);
    EXPECT_EQ(first.kind(), v1::CONTENT_KIND_LEADERSHIP);
    EXPECT_EQ(first.responsible_position(), "người đứng đầu các cơ quan, đơn vị");
    EXPECT_THAT(first.text(), ::testing::HasSubstr(first.responsible_position()));
  }
  v1::Plan unsaid = Small();
  unsaid.set_number("9");
  v1::ContentItem* item = unsaid.add_content_items();
  item->set_id("1");
  item->set_kind(v1::CONTENT_KIND_LEADERSHIP);
  item->set_text("Nâng cao trách nhiệm");
  const v1::Plan created = Create(unsaid);
  std::vector<std::string> missing;
  for (const v1::MissingItem& one : created.missing()) missing.push_back(one.field());
  EXPECT_THAT(missing, Contains("content_items[0].responsible_position"));
}

}  // namespace
}  // namespace thidua::campaign::plans
