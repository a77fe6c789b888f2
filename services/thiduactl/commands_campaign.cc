// thiduactl units, people, roles, plans.
#include <cstdio>
#include <iostream>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/time/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/paging.h"

ABSL_DECLARE_FLAG(bool, validate_only);

namespace thidua::ctl {
namespace {

// One whole file: the server takes all of it or nothing and says for each row what is wrong. Each
// run is a request of its own: a file may come again after it was refused, or after another file
// has changed what it had brought.
absl::Status Import(Session& session, const std::string& method, const std::string& file,
                    json request = json::object()) {
  const bool check_only = absl::GetFlag(FLAGS_validate_only);
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(file));
  request["content"] = {{"content_type", "text/csv"}, {"data", Base64(bytes)}};
  request["validate_only"] = check_only;
  request["request_id"] = platform::NewId(absl::Now());
  if (!session.options().json) {
    std::fprintf(stderr, "%s %s, %zu byte…\n", check_only ? "Đang kiểm tra" : "Đang nhập",
                 file.c_str(), bytes.size());
  }
  ASSIGN_OR_RETURN(const json report, session.Call(method, request));
  RETURN_IF_ERROR(Show(session, report, [&](const json& value) {
    for (const json& error : value["errors"]) {
      std::cout << "  dòng " << error["line"] << ", cột " << error["column"].get<std::string>()
                << ": [" << error["reason"].get<std::string>() << "] "
                << error["text_vi"].get<std::string>() << "\n";
    }
    std::cout << file << ": " << value["row_count"] << " dòng, mới " << value["created_count"]
              << ", sửa " << value["updated_count"] << ", như cũ " << value["unchanged_count"]
              << ", lỗi " << value["error_count"] << (check_only ? "; chỉ kiểm tra, chưa lưu" : "")
              << "\n";
  }));
  if (report.value("applied", false)) return absl::OkStatus();
  if (check_only && report.value("error_count", 0) == 0) return absl::OkStatus();
  return platform::InvalidField(
      "file", "IMPORT_REFUSED",
      {check_only ? "tệp có dòng sai" : "không nhập dòng nào vì có lỗi",
       check_only ? "rows have errors" : "nothing was imported: rows have errors"});
}

// A file to begin with on stdout, and what its columns mean on stderr.
absl::Status Template(const char* header, const char* explained) {
  std::cout << header << "\n";
  std::cerr << explained;
  return absl::OkStatus();
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

absl::Status TasksImport(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 2) return WrongArguments("tasks import plans/ID TỆP.csv");
  return Import(session, "campaign.v1.PlanService/ImportPlanTasks", rest[1], {{"name", rest[0]}});
}

absl::Status UnitsTemplate(Session&, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("units template");
  return Template(
      "code,type,name,parent_code,second_parent_code,valid_from,valid_to,synthetic,note",
      "code: mã định danh theo QĐ 20/2020/QĐ-TTg, ví dụ H00.20.11\n"
      "type: PROVINCE, DEPARTMENT, DISTRICT, COMMUNE, ROOM, VERTICAL_BRANCH\n"
      "name: tên đơn vị\n"
      "parent_code: mã đơn vị cấp trên trực tiếp; chỉ cấp tỉnh để trống\n"
      "second_parent_code: mã đơn vị cấp trên thứ hai của đơn vị ngành dọc; còn lại để trống\n"
      "valid_from, valid_to: ngày đầu, ngày cuối, YYYY-MM-DD; đang hoạt động thì để trống ngày "
      "cuối\n"
      "synthetic: yes nếu là dữ liệu minh họa; no hoặc để trống nếu không\n"
      "note: ghi chú\n");
}

absl::Status PeopleTemplate(Session&, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("people template");
  return Template(
      "staff_code,full_name,category,unit_code,position,valid_from,valid_to,email,phone,"
      "synthetic,note",
      "staff_code: mã cán bộ, 1 đến 40 ký tự A-Z a-z 0-9 . _ -\n"
      "full_name: họ và tên\n"
      "category: CADRE (cán bộ), CIVIL_SERVANT (công chức), PUBLIC_EMPLOYEE (viên chức), "
      "CONTRACT_WORKER (người lao động), hoặc để trống\n"
      "unit_code: mã đơn vị công tác\n"
      "position: chức vụ\n"
      "valid_from, valid_to: ngày đầu, ngày cuối giữ chức vụ, YYYY-MM-DD; đang giữ thì để trống "
      "ngày cuối\n"
      "email, phone: thư công vụ, điện thoại công vụ dạng +84…; không có thì để trống\n"
      "synthetic: yes nếu là dữ liệu minh họa; no hoặc để trống nếu không\n"
      "note: ghi chú\n");
}

absl::Status RolesTemplate(Session&, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("roles template");
  return Template("staff_code,role,unit_code,valid_from,valid_to",
                  "staff_code: mã cán bộ đã nhập\n"
                  "role: PROVINCE_ADMIN, HOME_AFFAIRS_OFFICER, APPRAISER, UNIT_OFFICER, "
                  "COUNCIL_MEMBER, LEADER, AUDITOR\n"
                  "unit_code: mã đơn vị nơi giữ vai trò, hoặc * cho mọi nơi\n"
                  "valid_from, valid_to: ngày đầu, ngày cuối, YYYY-MM-DD; đang giữ thì để trống "
                  "ngày cuối\n");
}

absl::Status TasksTemplate(Session&, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("tasks template");
  return Template("code,title,field,lead_unit_code,due_date,source_document,synthetic,note",
                  "code: mã nhiệm vụ, duy nhất trong kế hoạch, ví dụ 1.1\n"
                  "title: nội dung nhiệm vụ\n"
                  "field: STEERING, INSTITUTIONS, PROCEDURES, APPARATUS, CIVIL_SERVICE, "
                  "PUBLIC_FINANCE, DIGITAL_GOVERNMENT\n"
                  "lead_unit_code: mã đơn vị chủ trì\n"
                  "due_date: hạn hoàn thành, YYYY-MM-DD; chưa rõ thì để trống\n"
                  "source_document: số, ký hiệu văn bản giao nhiệm vụ mà kế hoạch nêu làm căn cứ\n"
                  "synthetic: yes nếu là dữ liệu minh họa, khi đó phải có ghi chú\n"
                  "note: ghi chú\n");
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
