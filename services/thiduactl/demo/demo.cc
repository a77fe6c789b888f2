// thiduactl demo: one movement, from the launch plan to the verified certificate, through public
// APIs only.
#include "absl/flags/flag.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/demo/stage.h"

ABSL_FLAG(std::string, demo_data, "deploy/demo/data",
          "demo: folder with units, people, roles and plans");

namespace thidua::ctl {

absl::Status RunDemo(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("demo");
  demo::Stage stage(session, absl::GetFlag(FLAGS_demo_data));
  RETURN_IF_ERROR(demo::ImportDirectory(stage));
  RETURN_IF_ERROR(demo::LaunchPlans(stage));
  RETURN_IF_ERROR(demo::FileReports(stage));
  RETURN_IF_ERROR(demo::PushDossiersOfYear(stage));
  RETURN_IF_ERROR(demo::ScoreAndPublish(stage));
  RETURN_IF_ERROR(demo::Award(stage));
  RETURN_IF_ERROR(demo::VerifyAndRevoke(stage));
  return demo::ShowNotices(stage);
}

}  // namespace thidua::ctl
