#include "e2e/award_steps.h"

#include <gtest/gtest.h>

#include "thiduactl/demo/participants.h"

namespace thidua::e2e {

void FileAwardDossier(Stack& stack, const json& nomination, const std::string& staff) {
  const std::string unit = nomination["unit"].get<std::string>();
  json documents = json::array();
  for (const char* kind : {"SUBMISSION_LETTER", "MINUTES", "ACHIEVEMENT_REPORT"}) {
    documents.push_back(
        {{"kind", std::string("DOCUMENT_KIND_") + kind},
         {"file", stack.Upload("awards", unit, "e2e-" + staff + "-" + kind, staff)}});
  }
  stack.Get("awards.v1.NominationService/FileAwardDossier",
            {{"name", nomination["name"]},
             {"documents", documents},
             {"original_sets", 1},
             {"request_id", "e2e-file-" + staff}},
            staff);
}

std::vector<json> NominationsOf(Stack& stack, const char* subject) {
  std::vector<json> found;
  const json list = stack.Get("awards.v1.NominationService/ListNominations",
                              {{"plan", stack.ChildPlan()["name"]},
                               {"subject", std::string("AWARD_SUBJECT_") + subject},
                               {"page_size", 1000}});
  if (!list.is_null()) found.assign(list["nominations"].begin(), list["nominations"].end());
  return found;
}

json NominationOf(Stack& stack, const std::string& unit_code) {
  const std::string unit = stack.Unit(unit_code);
  for (const json& nomination : NominationsOf(stack, "COLLECTIVE")) {
    if (nomination["unit"] == unit) return nomination;
  }
  return nullptr;
}

json NominationOfPerson(Stack& stack, const std::string& staff) {
  const std::string person = stack.Person(staff);
  for (const json& nomination : NominationsOf(stack, "INDIVIDUAL")) {
    if (nomination["person"] == person) return nomination;
  }
  return nullptr;
}

std::map<std::string, json> FindingsOf(const json& nomination) {
  std::map<std::string, json> findings;
  for (const json& finding : nomination["standards_check"]["findings"]) {
    findings[finding["standard_id"].get<std::string>()] = finding;
  }
  return findings;
}

json ReopenedNomination(Stack& stack, const std::string& ended, std::string* officer) {
  const std::string then = "NOMINATION_STATE_" + ended;
  // As the demo left them: other tests reopen them as well.
  const json state = stack.demo_state();
  for (const ctl::demo::Participant& unit : ctl::demo::Communes().units) {
    const std::string key = std::string("units/") + unit.code;
    for (const json& item : state["nominations"]) {
      const json& value = item["value"];
      if (value["unit"] != key || value["subject"] != "AWARD_SUBJECT_COLLECTIVE" ||
          value["state"] != then) {
        continue;
      }
      *officer = unit.officer;
      json nomination = NominationOf(stack, unit.code);
      if (nomination["state"] != then) return nomination;
      return stack.Get("awards.v1.NominationService/ReopenNomination",
                       {{"name", nomination["name"]},
                        {"reason", "Bưu phẩm đến chậm"},
                        {"filing_deadline", "2024-03-15"},
                        {"request_id", "e2e-reopen-" + *officer}},
                       "KN-PNV-01");
    }
  }
  ADD_FAILURE() << "no unit of the demo is " << ended;
  return nullptr;
}

}  // namespace thidua::e2e
