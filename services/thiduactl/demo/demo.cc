// thiduactl demo: one movement, from the launch plan to the verified certificate, through public
// APIs only.
#include "absl/flags/flag.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/demo/stage.h"

ABSL_FLAG(std::string, demo_data, "deploy/demo/data",
          "demo: folder with units, people, roles and plans");
ABSL_FLAG(int, last_step, 10, "demo: stop after this step, 1..10");

namespace thidua::ctl {

absl::Status RunDemo(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("demo");
  static constexpr absl::Status (*kSteps[])(demo::Stage&) = {
      demo::ImportDirectory, demo::LaunchParentPlan, demo::ScoreYearBefore, demo::LaunchChildPlan,
      demo::FileReports,     demo::PushDossiers2023, demo::ScoreAndPublish, demo::Award,
      demo::VerifyAndRevoke, demo::ShowNotices};
  demo::Stage stage(session, absl::GetFlag(FLAGS_demo_data));
  int number = 0;
  for (const auto step : kSteps) {
    if (++number > absl::GetFlag(FLAGS_last_step)) break;
    RETURN_IF_ERROR(step(stage));
  }
  return absl::OkStatus();
}

}  // namespace thidua::ctl
