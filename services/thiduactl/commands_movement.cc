// thiduactl work, issues, exemplars, reports; what a movement owes and what came of it.
#include <cstdio>
#include <iostream>

#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/paging.h"

namespace thidua::ctl {
namespace {

std::string Text(const json& value, const char* key) { return value.value(key, std::string()); }
int Number(const json& value, const char* key) { return value.value(key, 0); }

// The resource name of the unit that carries a code today.
absl::StatusOr<std::string> UnitByCode(Session& session, const std::string& code) {
  ASSIGN_OR_RETURN(const json found,
                   session.Call("campaign.v1.DirectoryService/ListUnits", {{"code", code}}));
  const json units = found.value("units", json::array());
  if (!units.empty()) return Text(units[0], "name");
  return platform::NotFound(
      "UNKNOWN_UNIT", {"không có đơn vị mang mã " + code, "no unit carries the code " + code});
}

// "còn 3 ngày", "hạn cuối hôm nay", "quá hạn 2 ngày"; "chưa có hạn" without a due date.
std::string Due(const json& item) {
  const std::string due = Text(item, "due_date");
  if (due.empty()) return "chưa có hạn";
  const int days = Number(item, "days_left");
  if (days == 0) return "hạn " + due + ", là hôm nay";
  return "hạn " + due +
         (days > 0 ? ", còn " + std::to_string(days) : ", quá hạn " + std::to_string(-days)) +
         " ngày";
}

std::string IssueStateVi(const json& issue) {
  std::string state = ShortName(Text(issue, "state"), "PLAN_ISSUE_STATE_");
  if (state == "RAISED") return "chờ đơn vị điều phối cho ý kiến";
  if (state == "FORWARDED") return "chờ cơ quan ban hành quyết định";
  if (state == "RETURNED") return "chờ đơn vị bổ sung";
  if (state == "ANSWERED") return "đã trả lời";
  return state;
}

std::string IssueMoveVi(const json& step) {
  std::string move = ShortName(Text(step, "move"), "PLAN_ISSUE_MOVE_");
  if (move == "RAISE") return "nêu";
  if (move == "FORWARD") return "chuyển, có ý kiến";
  if (move == "RETURN") return "trả lại để bổ sung";
  if (move == "SUPPLEMENT") return "bổ sung";
  if (move == "ANSWER") return "trả lời";
  return move;
}

std::string ReviewStateVi(const json& review) {
  std::string state = ShortName(Text(review, "state"), "REVIEW_STATE_");
  if (state == "TO_COME") return "chưa đến";
  if (state == "OPEN") return "đang trong thời gian tổ chức";
  if (state == "HELD") return "đã tổ chức";
  if (state == "HELD_LATE") return "đã tổ chức, quá hạn";
  if (state == "OVERDUE") return "ĐÃ QUA MÀ CHƯA TỔ CHỨC";
  return state;
}

}  // namespace

absl::Status WorkList(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() > 1) return WrongArguments("work list [MÃ_ĐƠN_VỊ]");
  json request = json::object();
  if (!rest.empty()) {
    ASSIGN_OR_RETURN(request["unit"], UnitByCode(session, rest[0]));
  }
  ASSIGN_OR_RETURN(const json items, ListAll(session, "campaign.v1.WorkService/ListPendingWork",
                                             "items", std::move(request)));
  return Show(session, items, [](const json& all) {
    for (const json& item : all) {
      std::cout << (item.value("overdue", false) ? "! " : "  ") << Text(item, "text_vi") << "\n    "
                << Text(item, "unit_name") << ", " << Due(item) << "\n    "
                << Text(item, "resource") << "\n";
    }
    std::cout << all.size() << " việc đang chờ\n";
  });
}

absl::Status IssuesList(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() > 1) return WrongArguments("issues list [plans/ID]");
  json request = json::object();
  if (!rest.empty()) request["plan"] = rest[0];
  ASSIGN_OR_RETURN(const json issues, ListAll(session, "campaign.v1.IssueService/ListIssues",
                                              "issues", std::move(request)));
  return Show(session, issues, [](const json& all) {
    for (const json& issue : all) {
      std::cout << Text(issue, "name") << "  " << IssueStateVi(issue)
                << (issue.value("overdue", false) ? ", QUÁ HẠN" : "") << "\n    "
                << Text(issue, "title") << "\n";
    }
  });
}

absl::Status IssuesShow(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("issues show planIssues/ID");
  ASSIGN_OR_RETURN(const json issue,
                   session.Call("campaign.v1.IssueService/GetIssue", {{"name", rest[0]}}));
  return Show(session, issue, [](const json& value) {
    std::cout << Text(value, "title") << "\n  " << IssueStateVi(value)
              << (Text(value, "due_date").empty() ? "" : ", hạn " + Text(value, "due_date"))
              << "\n";
    for (const json& step : value.value("steps", json::array())) {
      std::cout << "  " << Text(step, "step_date") << " " << IssueMoveVi(step) << ": "
                << Text(step, "text") << "\n";
      if (!Text(step, "document_number").empty())
        std::cout << "    văn bản " << Text(step, "document_number") << "\n";
    }
  });
}

absl::Status ExemplarsList(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() > 1) return WrongArguments("exemplars list [plans/ID]");
  json request = json::object();
  if (!rest.empty()) request["plan"] = rest[0];
  ASSIGN_OR_RETURN(const json exemplars,
                   ListAll(session, "campaign.v1.ExemplarService/ListExemplars", "exemplars",
                           std::move(request)));
  return Show(session, exemplars, [](const json& all) {
    for (const json& one : all) {
      std::cout << Text(one, "name") << "  " << Text(one, "honoree") << "\n    "
                << Text(one, "title") << "\n";
      for (const json& publication : one.value("publications", json::array())) {
        std::cout << "    " << Text(publication, "publication_date") << " "
                  << Text(publication, "outlet") << " " << Text(publication, "url") << "\n";
      }
    }
  });
}

absl::Status PlansAcknowledgements(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("plans acknowledgements plans/ID");
  ASSIGN_OR_RETURN(const json units,
                   ListAll(session, "campaign.v1.PlanService/ListAcknowledgementStates", "units",
                           {{"name", rest[0]}}));
  return Show(session, units, [](const json& all) {
    size_t missing = 0;
    for (const json& unit : all) {
      const std::string date = Text(unit, "acknowledge_date");
      missing += date.empty() ? 1 : 0;
      std::cout << (date.empty() ? "  chưa      " : "  " + date) << "  "
                << Text(unit, "display_name") << " (" << Number(unit, "days") << " ngày)\n";
    }
    std::cout << all.size() - missing << "/" << all.size() << " đơn vị đã quán triệt\n";
  });
}

absl::Status PlansReviews(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("plans reviews plans/ID");
  ASSIGN_OR_RETURN(const json reviews,
                   ListAll(session, "campaign.v1.ConferenceService/ListReviewMilestones",
                           "milestones", {{"plan", rest[0]}}));
  return Show(session, reviews, [](const json& all) {
    for (const json& review : all) {
      std::cout << Text(review, "milestone_id") << "  " << Text(review, "title") << ", "
                << Text(review, "start_date") << " đến " << Text(review, "end_date") << ": "
                << ReviewStateVi(review) << "\n";
    }
  });
}

absl::Status ReportsMissing(Session& session, const std::vector<std::string>& rest) {
  if (rest.empty() || rest.size() > 2) return WrongArguments("reports missing plans/ID [KỲ]");
  json request = {{"plan", rest[0]}};
  if (rest.size() == 2) request["period"] = rest[1];
  ASSIGN_OR_RETURN(const json reports,
                   ListAll(session, "campaign.v1.RecordService/ListMissingReports", "reports",
                           std::move(request)));
  return Show(session, reports, [](const json& all) {
    for (const json& report : all) {
      std::cout << (report.value("overdue", false) ? "! " : "  ") << Text(report, "unit_name")
                << ", kỳ " << Text(report, "period") << ": " << Due(report) << "\n";
    }
    std::cout << all.size() << " báo cáo chưa nộp\n";
  });
}

}  // namespace thidua::ctl
