#include "e2e/rpc_resources.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <tuple>

namespace thidua::e2e {
namespace {

std::string NameIn(const json& resource) {
  return resource.is_object() ? resource.value("name", std::string()) : "";
}

}  // namespace

std::string Unknown(const std::string& collection) {
  return collection + "/00000000000000000000000000";
}

json Resources::Request(const Rpc& rpc) {
  json request =
      FilledRequest(rpc, [&](const std::string& collection) { return Name(rpc, collection); });
  const std::string& method = rpc.method->name();
  if (method == "CreatePlan") {
    request["plan"] = {{"issuer", {{"unit", stack_.Unit("H00.20")}}}, {"title", "Kế hoạch thử"}};
  } else if (method == "CreateInitiative") {
    for (const char* field : {"procedure_cut", "authors", "author_shares", "benefit"}) {
      request["initiative"].erase(field);
    }
  } else if (method == "OpenBallot") {
    request.erase("initiative");  // one of two: a nomination
  } else if (method == "CreateCriteriaSet" || method == "UpdateCriteriaSet") {
    std::ifstream in("deploy/demo/data/criteria/xa-2023.json");
    const json name = request["criteria_set"].value("name", json());
    request["criteria_set"] = json::parse(in);
    request["criteria_set"]["unit"] = stack_.Unit("H00.20");
    if (!name.is_null()) request["criteria_set"]["name"] = name;
    request["criteria_set"]["etag"] = "\"1\"";
  } else if (method == "ImportUnits" || method == "ImportPeople" ||
             method == "ImportRoleBindings") {
    // The demo's own files: they name units, and change nothing.
    const std::map<std::string, std::string> files = {
        {"ImportUnits", "units"}, {"ImportPeople", "people"}, {"ImportRoleBindings", "roles"}};
    std::ifstream in("deploy/demo/data/" + files.at(method) + ".csv", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    request["content"]["data"] = ctl::Base64(bytes);
  } else if (method == "CreateSurvey") {
    request["survey"]["kind"] = "thu";
    for (const char* field : {"corrects", "correction_reason"}) request["survey"].erase(field);
  } else if (method == "ImportRegister") {
    for (const char* field : {"corrects", "correction_reason"}) request.erase(field);
  } else if (method == "UpdatePerson") {
    request["update_mask"] = "phone";
    request["person"]["phone"] = "+84300000000";
  } else if (method == "UpdateUnit") {
    request["update_mask"] = "note";
  }
  return request;
}

std::string Resources::Name(const Rpc& rpc, const std::string& collection) {
  // Files, and they alone, are of each service under the same name.
  const std::string service = rpc.name.substr(0, rpc.name.rfind('.') + 1);
  std::string& name = names_[collection == "files" ? service + collection : collection];
  if (name.empty()) name = Find(service, rpc, collection);
  EXPECT_NE(name, "") << collection;
  return name;
}

std::string Resources::Find(const std::string& service, const Rpc& rpc,
                            const std::string& collection) {
  if (collection == "units") return unit_;
  if (collection == "roles") return "roles/UNIT_OFFICER";
  if (collection == "plans") return NameIn(stack_.ChildPlan());
  if (collection == "files") {
    return NameIn(
        stack_.Get(service + "FilesService/StartUpload", {{"unit", unit_},
                                                          {"file_name", "minh-chung.pdf"},
                                                          {"media_type", "application/pdf"},
                                                          {"size_bytes", "1"},
                                                          {"sha256", std::string(64, 'a')},
                                                          {"request_id", "e2e-file"}}));
  }
  if (collection == "initiatives") {
    return NameIn(stack_.Get("awards.v1.InitiativeService/CreateInitiative",
                             {{"initiative",
                               {{"unit", unit_},
                                {"title", "Sáng kiến để thử quyền"},
                                {"kind", "INITIATIVE_KIND_GENERAL"},
                                {"year", 2023},
                                {"summary", "Chỉ để thử quyền"}}},
                              {"request_id", "e2e-initiative"}}));
  }
  if (collection == "meetings") {
    // Some day that is still to come.
    const json clock = stack_.Get("campaign.v1.ClockService/GetBusinessTime", json::object());
    if (clock.is_null()) return "";
    const std::string today = clock["business_date"];
    const bool december = today.substr(5, 2) == "12";
    const std::string day = december ? std::to_string(std::stoi(today.substr(0, 4)) + 1) + "-01-31"
                                     : today.substr(0, 4) + "-12-31";
    return NameIn(stack_.Get("awards.v1.CouncilService/ScheduleMeeting",
                             {{"council", Name(rpc, "councils")},
                              {"meeting",
                               {{"begin", day + "T14:00:00+07:00"},
                                {"place", "Phòng họp để thử"},
                                {"agenda", "Chỉ để thử quyền"}}},
                              {"request_id", "e2e-meeting"}}));
  }
  if (collection == "clients") {
    const json made = stack_.Get("campaign.v1.AccessService/CreateClient",
                                 {{"client", {{"title", "Hệ thống để thử"}, {"unit", unit_}}},
                                  {"request_id", "e2e-client"}});
    return made.is_null() ? "" : NameIn(made["client"]);
  }
  // One that ranks unit_.
  if (collection == "publications") return NameIn(stack_.Publication());
  if (collection == "rankings") {
    // The demo's own request again: answered as it was.
    const json publication = stack_.Publication();
    return NameIn(stack_.Get(
        "scoring.v1.RankingService/ComputeRanking",
        {{"round", publication["round"]}, {"request_id", "demo-ranking-xa-2023"}}, "KN-PNV-01"));
  }
  if (collection == "planIssues") {
    return NameIn(
        stack_.Get("campaign.v1.IssueService/RaiseIssue", {{"plan", NameIn(stack_.ChildPlan())},
                                                           {"unit", unit_},
                                                           {"title", "Vướng mắc để thử quyền"},
                                                           {"text", "Chỉ để thử quyền"},
                                                           {"request_id", "e2e-issue"}}));
  }
  if (collection == "planExemplars") {
    return NameIn(stack_.Get("campaign.v1.ExemplarService/ProposeExemplar",
                             {{"plan", NameIn(stack_.ChildPlan())},
                              {"unit", unit_},
                              {"subject", "SUBJECT_COLLECTIVE"},
                              {"honoree", "Tập thể để thử quyền"},
                              {"title", "Để thử quyền"},
                              {"deeds", "Chỉ để thử quyền"},
                              {"request_id", "e2e-exemplar"}}));
  }
  if (collection == "planConferences") return Conference();
  if (collection == "planTasks") {
    const json tasks = stack_.Get("campaign.v1.PlanService/ListPlanTasks",
                                  {{"page_size", 1}, {"lead_unit", unit_}});
    return tasks.is_null() || tasks["tasks"].empty() ? "" : NameIn(tasks["tasks"][0]);
  }
  if (collection == "surveys") {
    return NameIn(stack_.Get("scoring.v1.SurveyService/CreateSurvey",
                             {{"survey",
                               {{"unit", stack_.Unit("H00.20")},
                                {"kind", "e2e"},
                                {"title", "Điều tra để thử quyền"},
                                {"year", 2023},
                                {"period_start", "2023-10-01"},
                                {"period_end", "2023-11-30"},
                                {"scale", "Chỉ để thử quyền"},
                                {"source_document", {{"number", "1/BC"}}}}},
                              {"request_id", "e2e-survey"}}));
  }
  if (collection == "registers") {
    const json made =
        stack_.Get("scoring.v1.RegisterService/ImportRegister",
                   {{"unit", stack_.Unit("H00.20")},
                    {"kind", "REGISTER_KIND_PETITIONS"},
                    {"year", 2022},
                    {"document_number", "1/BC"},
                    {"document_date", "2023-01-10"},
                    {"document_issuer", "Chỉ để thử quyền"},
                    {"content",
                     {{"content_type", "text/csv"},
                      {"data", ctl::Base64("unit_code,total,counted\nH00.20.11,3,0\n")}}},
                    {"request_id", "e2e-register"}});
    return made.is_null() ? "" : made.value("target", std::string());
  }
  if (collection == "dossiers")
    return First("scoring.v1.DossierService/ListDossiers", "dossiers", true);
  if (collection == "inboxItems") {
    return First("notify.v1.InboxService/ListInbox", "items", false);
  }
  static const auto* const kLists =
      new std::map<std::string, std::tuple<std::string, std::string, bool>>{
          {"people", {"campaign.v1.DirectoryService/ListPeople", "people", true}},
          {"roleBindings", {"campaign.v1.AccessService/ListRoleBindings", "role_bindings", true}},
          {"periodicReports", {"campaign.v1.RecordService/ListPeriodicReports", "reports", true}},
          {"criteriaSets", {"scoring.v1.CriteriaService/ListCriteriaSets", "criteria_sets", false}},
          {"assessmentRounds",
           {"scoring.v1.AssessmentService/ListAssessmentRounds", "rounds", false}},
          {"assessments", {"scoring.v1.AssessmentService/ListAssessments", "assessments", true}},
          {"councils", {"awards.v1.CouncilService/ListCouncils", "councils", false}},
          {"nominations", {"awards.v1.NominationService/ListNominations", "nominations", true}},
          {"ballots", {"awards.v1.CouncilService/ListBallots", "ballots", false}},
          {"decisions", {"awards.v1.DecisionService/ListDecisions", "decisions", false}},
          {"certificates", {"awards.v1.CertificateService/ListCertificates", "certificates", true}},
          {"deadlines", {"notify.v1.DeadlineService/ListDeadlines", "deadlines", true}},
          {"deliveries", {"notify.v1.DeliveryService/ListDeliveries", "deliveries", true}},
          {"noticeTemplates",
           {"notify.v1.TemplateService/ListNoticeTemplates", "notice_templates", false}}};
  const auto list = kLists->find(collection);
  if (list == kLists->end()) {
    ADD_FAILURE() << rpc.name << " names " << collection << ", and this test knows none";
    return Unknown(collection);
  }
  return First(std::get<0>(list->second), std::get<1>(list->second), std::get<2>(list->second));
}

// Of a plan of its own: the demo's district sets no review.
std::string Resources::Conference() {
  const json today = stack_.Get("campaign.v1.ClockService/GetBusinessTime");
  if (today.is_null()) return "";
  const std::string date = today["business_date"];
  const json plan = {
      {"issuer", {{"unit", stack_.Unit("H00.20")}}},
      {"title", "Kế hoạch có mốc tổng kết để thử"},
      {"number", "998"},
      {"symbol", "KH-UBND"},
      {"issue_date", {{"date", date}}},
      {"milestones",
       json::array(
           {{{"id", "tong-ket"}, {"kind", "MILESTONE_KIND_FINAL_REVIEW"}, {"title", "Tổng kết"}}})},
      {"participant_groups",
       json::array({{{"subject", "SUBJECT_COLLECTIVE"},
                     {"scopes", json::array({{{"type", "UNIT_TYPE_COMMUNE"}}})}}})}};
  json made = stack_.Get("campaign.v1.PlanService/CreatePlan",
                         {{"plan", plan}, {"request_id", "e2e-conference-plan"}});
  for (const char* move : {"IssuePlan", "LaunchPlan"}) {
    if (made.is_null()) return "";
    made = stack_.Get("campaign.v1.PlanService/" + std::string(move),
                      {{"name", made["name"]},
                       {"etag", made["etag"]},
                       {"request_id", "e2e-conference-" + std::string(move)}});
  }
  if (made.is_null()) return "";
  return NameIn(stack_.Get("campaign.v1.ConferenceService/RecordConference",
                           {{"plan", made["name"]},
                            {"milestone_id", "tong-ket"},
                            {"details",
                             {{"held_date", date},
                              {"place", "Hội trường huyện"},
                              {"chair", "Chủ tịch UBND huyện"},
                              {"attendee_count", 1}}},
                            {"request_id", "e2e-conference"}}));
}

std::string Resources::First(const std::string& method, const std::string& items, bool of_unit) {
  json request = {{"page_size", 1}};
  if (of_unit) request["unit"] = unit_;
  const json answer =
      stack_.Get(method, request, method == "notify.v1.InboxService/ListInbox" ? "KN-DM-01" : "");
  return answer.is_null() || answer[items].empty() ? "" : NameIn(answer[items][0]);
}

}  // namespace thidua::e2e
