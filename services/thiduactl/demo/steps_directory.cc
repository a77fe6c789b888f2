// Step 1: units, people and roles from CSV.
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {
namespace {

absl::StatusOr<json> Import(Stage& stage, const std::string& act, const std::string& method,
                            const std::string& text) {
  return stage.Act(act, "", method,
                   {{"content", {{"content_type", "text/csv"}, {"data", Base64(text)}}}});
}

absl::Status ImportFile(Stage& stage, const std::string& act, const std::string& method,
                        const std::string& file) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(stage.data() + "/" + file));
  ASSIGN_OR_RETURN(const json report, Import(stage, act, method, text));
  if (!report.value("applied", false)) {
    return absl::InternalError(file + " không nhập được: " + report["errors"].dump());
  }
  stage.Say(file + ": " + std::to_string(report["row_count"].get<int>()) + " dòng, mới " +
            std::to_string(report["created_count"].get<int>()));
  return absl::OkStatus();
}

// What the file would do, without doing it.
absl::Status TryUnits(Stage& stage) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(stage.data() + "/units.csv"));
  ASSIGN_OR_RETURN(const json tried,
                   stage.Read("", "campaign.v1.DirectoryService/ImportUnits",
                              {{"content", {{"content_type", "text/csv"}, {"data", Base64(text)}}},
                               {"validate_only", true},
                               {"request_id", "demo-units-tried"}}));
  if (tried.value("applied", true) || !tried["errors"].empty()) {
    return absl::InternalError("thử units.csv: " + tried.dump());
  }
  stage.Say("thử units.csv: " + std::to_string(tried["row_count"].get<int>()) +
            " dòng, không lỗi, chưa nhập gì");
  return absl::OkStatus();
}

}  // namespace

absl::Status ImportDirectory(Stage& stage) {
  stage.Title(1, "Đơn vị, con người, vai trò (CSV)");
  RETURN_IF_ERROR(stage.MoveTime("2022-10-10"));
  // A row that names a parent nobody knows and a date that does not exist: told by row, nothing
  // imported.
  ASSIGN_OR_RETURN(
      const json bad,
      Import(stage, "units-with-errors", "campaign.v1.DirectoryService/ImportUnits",
             "code,type,name,parent_code,second_parent_code,valid_from,valid_to,synthetic,note\n"
             "H00.20.91,COMMUNE,Xã thử,H00.99,,2022-01-01,,yes,\n"
             "H00.20.92,COMMUNE,Xã thử hai,H00.20,,2022-02-30,,yes,\n"));
  if (bad.value("applied", false) || bad["errors"].empty()) {
    return absl::InternalError("tệp có lỗi mà lại nhập được");
  }
  for (const json& error : bad["errors"]) {
    stage.Say("tệp có lỗi, dòng " + std::to_string(error["line"].get<int>()) + ", cột " +
              error["column"].get<std::string>() + ": [" + error["reason"].get<std::string>() +
              "] " + error["text_vi"].get<std::string>());
  }
  RETURN_IF_ERROR(TryUnits(stage));
  RETURN_IF_ERROR(
      ImportFile(stage, "units", "campaign.v1.DirectoryService/ImportUnits", "units.csv"));
  RETURN_IF_ERROR(
      ImportFile(stage, "people", "campaign.v1.DirectoryService/ImportPeople", "people.csv"));
  RETURN_IF_ERROR(
      ImportFile(stage, "roles", "campaign.v1.AccessService/ImportRoleBindings", "roles.csv"));
  ASSIGN_OR_RETURN(const json units, stage.Read("", "campaign.v1.DirectoryService/ListUnits",
                                                {{"page_size", 1000}, {"as_of", "2022-10-10"}}));
  for (const json& unit : units["units"]) {
    stage.units_[unit["code"].get<std::string>()] = unit["name"].get<std::string>();
  }
  return stage.CatchUp();
}

}  // namespace thidua::ctl::demo
