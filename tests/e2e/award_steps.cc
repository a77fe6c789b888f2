#include "e2e/award_steps.h"

namespace thidua::e2e {

std::string IdIn(const json& name) {
  const auto text = name.get<std::string>();
  return text.substr(text.find('/') + 1);
}

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

json NominationOf(Stack& stack, const std::string& unit_code) {
  const json list =
      stack.Get("awards.v1.NominationService/ListNominations", {{"unit", stack.Unit(unit_code)}});
  if (list.is_null() || list["nominations"].empty()) return nullptr;
  return list["nominations"][0];
}

}  // namespace thidua::e2e
