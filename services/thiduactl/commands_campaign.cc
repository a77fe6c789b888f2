// thiduactl units, people, roles, plans.
#include <cstdio>
#include <iostream>

#include "absl/time/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/paging.h"

namespace thidua::ctl {
namespace {

// One whole file: the server takes all of it or nothing and says for each row what is wrong. Each
// run is a request of its own: a file may come again after it was refused, or after another file
// has changed what it had brought.
absl::Status Import(Session& session, const std::string& method, const std::string& file) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(file));
  const json request = {{"content", {{"content_type", "text/csv"}, {"data", Base64(bytes)}}},
                        {"request_id", platform::NewId(absl::Now())}};
  ASSIGN_OR_RETURN(const json report, session.Call(method, request));
  RETURN_IF_ERROR(Show(session, report, [&](const json& value) {
    for (const json& error : value["errors"]) {
      std::cout << "  dòng " << error["line"] << ", cột " << error["column"].get<std::string>()
                << ": [" << error["reason"].get<std::string>() << "] "
                << error["text_vi"].get<std::string>() << "\n";
    }
    std::cout << file << ": " << value["row_count"] << " dòng, mới " << value["created_count"]
              << ", sửa " << value["updated_count"] << ", như cũ " << value["unchanged_count"]
              << ", lỗi " << value["error_count"] << "\n";
  }));
  if (report.value("applied", false)) return absl::OkStatus();
  return platform::InvalidField(
      "file", "IMPORT_REFUSED",
      {"không nhập dòng nào vì có lỗi", "nothing was imported: rows have errors"});
}

std::string Text(const json& value, const char* key) { return value.value(key, std::string()); }

}  // namespace

absl::Status UnitsList(Session& session, const std::vector<std::string>& rest) {
  json request = json::object();
  if (!rest.empty()) request["as_of"] = rest[0];
  ASSIGN_OR_RETURN(const json units,
                   ListAll(session, "campaign.v1.DirectoryService/ListUnits", "units", request));
  return Show(session, units, [](const json& all) {
    for (const json& unit : all) {
      std::printf("%-14s %-28s %s\n", Text(unit, "code").c_str(),
                  ShortName(Text(unit, "type"), "UNIT_TYPE_").c_str(),
                  Text(unit, "display_name").c_str());
    }
  });
}

absl::Status UnitsShow(Session& session, const std::vector<std::string>& rest) {
  if (rest.empty() || rest.size() > 2) return WrongArguments("units show MÃ [NGÀY]");
  json request = {{"code", rest[0]}};
  if (rest.size() == 2) request["as_of"] = rest[1];
  ASSIGN_OR_RETURN(const json units,
                   ListAll(session, "campaign.v1.DirectoryService/ListUnits", "units", request));
  if (units.empty()) {
    return platform::NotFound("UNKNOWN_UNIT", {"không có đơn vị mang mã " + rest[0],
                                               "no unit carries the code " + rest[0]});
  }
  return Show(session, units[0], [](const json& unit) {
    std::cout << Text(unit, "display_name") << " (" << Text(unit, "code") << "), tại ngày "
              << Text(unit, "as_of") << "\n  " << Text(unit, "name") << ", từ "
              << Text(unit, "valid_from")
              << (Text(unit, "valid_to").empty() ? "" : " đến " + Text(unit, "valid_to"))
              << (unit.value("synthetic", false) ? ", mã minh họa" : "") << "\n";
  });
}

absl::Status UnitsImport(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("units import TỆP.csv");
  return Import(session, "campaign.v1.DirectoryService/ImportUnits", rest[0]);
}

absl::Status PeopleImport(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("people import TỆP.csv");
  return Import(session, "campaign.v1.DirectoryService/ImportPeople", rest[0]);
}

absl::Status RolesImport(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("roles import TỆP.csv");
  return Import(session, "campaign.v1.AccessService/ImportRoleBindings", rest[0]);
}

namespace {

// "584/KH-UBND"; "?/KH-UBND" while the number is not known.
std::string Number(const json& plan) {
  const std::string number = Text(plan, "number");
  return (number.empty() ? "?" : number) + "/" + Text(plan, "symbol");
}

std::string StateVi(const json& plan) {
  std::string state = Text(plan, "state");
  if (state == "PLAN_STATE_DRAFT") return "dự thảo";
  if (state == "PLAN_STATE_ISSUED") return "đã ban hành";
  if (state == "PLAN_STATE_LAUNCHED") return "đã phát động";
  if (state == "PLAN_STATE_CLOSED") return "đã kết thúc";
  return state;
}

}  // namespace

absl::Status PlansList(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("plans list");
  ASSIGN_OR_RETURN(const json plans,
                   ListAll(session, "campaign.v1.PlanService/ListPlans", "plans", json::object()));
  return Show(session, plans, [](const json& all) {
    for (const json& plan : all) {
      std::cout << Text(plan, "name") << "  " << Number(plan) << "  " << StateVi(plan) << "\n    "
                << Text(plan, "title") << "\n";
    }
  });
}

absl::Status PlansShow(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("plans show plans/ID");
  ASSIGN_OR_RETURN(const json plan,
                   session.Call("campaign.v1.PlanService/GetPlan", {{"name", rest[0]}}));
  return Show(session, plan, [](const json& value) {
    std::cout << Text(value, "title") << "\n  số " << Number(value) << ", " << StateVi(value)
              << "\n";
    for (const json& missing : value["missing"]) {
      std::cout << "  thiếu " << Text(missing, "field") << ": " << Text(missing, "text_vi")
                << (missing.value("blocks_issue", false) ? " (chặn ban hành)" : "") << "\n";
    }
    for (const json& finding : value["findings"]) {
      std::cout << "  lưu ý [" << Text(finding, "code") << "] " << Text(finding, "text_vi") << "\n";
    }
  });
}

}  // namespace thidua::ctl
