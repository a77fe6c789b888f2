// thiduactl state digest: one SHA-256 over the state of all services, by business keys. Ids, etags,
// times of machines and what is derived from them (random codes, hashes over ids) are left out, so
// that two runs of the same acts give the same digest, whatever was killed in between.
#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "absl/strings/str_replace.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/paging.h"

namespace thidua::ctl {
namespace {

struct Collection {
  const char* method;
  const char* items;
  std::vector<const char*> key;  // fields that name an item; references in them are replaced first
  // A field whose value other items tell in their texts, of another value in every run.
  const char* word = nullptr;
};

// In the order of reference: what a key names comes before.
const std::vector<Collection>& Collections() {
  static const auto* const kAll = new std::vector<Collection>{
      {"campaign.v1.DirectoryService/ListUnits", "units", {"code"}},
      {"campaign.v1.DirectoryService/ListPeople", "people", {"staff_code"}},
      {"campaign.v1.AccessService/ListClients", "clients", {"title"}},
      {"campaign.v1.AccessService/ListRoleBindings",
       "role_bindings",
       {"principal", "role", "unit"}},
      {"campaign.v1.PlanService/ListPlans", "plans", {"issuer", "title"}},
      {"campaign.v1.PlanService/ListPlanTasks", "tasks", {"plan", "code"}},
      {"campaign.v1.RecordService/ListPeriodicReports", "reports", {"plan", "unit", "period"}},
      {"campaign.v1.IssueService/ListIssues", "issues", {"plan", "unit", "title"}},
      {"campaign.v1.ExemplarService/ListExemplars", "exemplars", {"plan", "unit", "title"}},
      {"scoring.v1.CriteriaService/ListCriteriaSets",
       "criteria_sets",
       {"unit", "block", "year", "version"}},
      {"scoring.v1.SurveyService/ListSurveys", "surveys", {"unit", "kind", "year", "title"}},
      {"scoring.v1.RegisterService/ListRegisters",
       "registers",
       {"unit", "kind", "year", "document_number"}},
      {"scoring.v1.AssessmentService/ListAssessmentRounds", "rounds", {"unit", "title"}},
      {"scoring.v1.AssessmentService/ListAssessments", "assessments", {"round", "unit"}},
      {"scoring.v1.RankingService/ListPublications",
       "publications",
       {"round", "title", "publish_date"},
       "snapshot_sha256"},
      {"awards.v1.CouncilService/ListCouncils", "councils", {"unit", "title"}},
      {"awards.v1.InitiativeService/ListInitiatives", "initiatives", {"unit", "title", "year"}},
      {"awards.v1.NominationService/ListNominations",
       "nominations",
       {"plan", "unit", "award_form", "person"}},
      {"awards.v1.ClassificationService/ListClassifications",
       "classifications",
       {"person", "year"}},
      {"awards.v1.CouncilService/ListBallots",
       "ballots",
       {"council", "nomination", "initiative", "open_date"}},
      {"awards.v1.CouncilService/ListMeetings", "meetings", {"council", "begin", "agenda"}},
      {"awards.v1.DecisionService/ListDecisions", "decisions", {"unit", "number"}},
      {"awards.v1.CertificateService/ListCertificates",
       "certificates",
       {"decision", "unit", "person"},
       "code"},
      {"notify.v1.DeadlineService/ListDeadlines",
       "deadlines",
       {"kind", "unit", "plan", "due_date", "title"}},
      {"notify.v1.DeliveryService/ListDeliveries", "deliveries", {"person", "subject"}},
  };
  return *kAll;
}

// What differs between two runs of the same acts. Attempts and possible repeats are history, not
// state.
bool Volatile(const std::string& key) {
  static const auto* const kKeys = new std::set<std::string>{"etag",
                                                             "code_sha256",
                                                             "snapshot_sha256",
                                                             "snapshot_size_bytes",
                                                             "publication_sha256",
                                                             "pdf_sha256",
                                                             "pdf_size_bytes",
                                                             "certificate_code",
                                                             "verification_url",
                                                             "content_sha256",
                                                             "criteria_set_sha256",
                                                             "message_id",
                                                             "attempts",
                                                             "attempt_count",
                                                             "possible_repeats",
                                                             "last_error",
                                                             "file",
                                                             "files"};
  const bool time = key.size() > 5 && key.compare(key.size() - 5, 5, "_time") == 0;
  return time || kKeys->count(key) == 1;
}

struct Names {
  std::map<std::string, std::string> ids;  // → business key
  // What stands within texts and is not the same in two runs: codes of certificates (subjects of
  // mails), hashes of snapshots (sources of findings).
  std::map<std::string, std::string> words;
};

// "units/<id>", "person:<id>" and bare ids become what they mean; an id that means nothing here
// becomes "#".
std::string Replace(const std::string& text, const Names& names) {
  const size_t cut = text.find_last_of("/:");
  const std::string id = cut == std::string::npos ? text : text.substr(cut + 1);
  if (!platform::IsId(id)) return absl::StrReplaceAll(text, names.words);
  const auto found = names.ids.find(id);
  return (cut == std::string::npos ? "" : text.substr(0, cut + 1)) +
         (found == names.ids.end() ? "#" : found->second);
}

json Canonical(const json& value, const Names& names, bool certificate) {
  if (value.is_string()) return Replace(value.get<std::string>(), names);
  if (value.is_array()) {
    json out = json::array();
    for (const json& item : value) out.push_back(Canonical(item, names, certificate));
    return out;
  }
  if (!value.is_object()) return value;
  json out = json::object();
  for (auto it = value.begin(); it != value.end(); ++it) {
    if (Volatile(it.key()) || (certificate && it.key() == "code")) continue;
    out[Replace(it.key(), names)] = Canonical(it.value(), names, certificate);
  }
  return out;
}

std::string KeyOf(const Collection& collection, const json& item, const Names& names) {
  std::string key;
  for (const char* field : collection.key) {
    const json value = item.value(field, json());
    const json shown = Canonical(value, names, false);
    key += (key.empty() ? "" : "|") + (shown.is_string() ? shown.get<std::string>() : shown.dump());
  }
  return key;
}

// What is read plan by plan: the conferences that were held and, year by year, the places for
// awards and what is taken of them.
absl::Status ReadOfPlan(Session& session, const json& plan, const Names& names, json& state) {
  const std::string name = plan["name"].get<std::string>();
  ASSIGN_OR_RETURN(const json conferences,
                   ListAll(session, "campaign.v1.ConferenceService/ListConferences", "conferences",
                           {{"plan", name}}));
  for (const json& conference : conferences) {
    state["conferences"].push_back(Canonical(conference, names, false));
  }
  if (plan.value("state", "") == "PLAN_STATE_DRAFT" ||
      plan.value("state", "") == "PLAN_STATE_ISSUED") {
    return absl::OkStatus();  // awards is told of it with its launch
  }
  for (const json& year : plan.value("years", json::array())) {
    ASSIGN_OR_RETURN(json quotas, session.Call("awards.v1.NominationService/GetQuotaUse",
                                               {{"plan", name}, {"year", year["year"]}}));
    if (quotas["quotas"].empty()) continue;
    quotas["plan"] = name;
    quotas["year"] = year["year"];
    state["quotas"].push_back(Canonical(quotas, names, false));
  }
  return absl::OkStatus();
}

// All of the state once it is at rest: part → its items in order, by business keys.
absl::StatusOr<json> ReadState(Session& session) {
  // The state of reminders and mails is part of it: no worker may still be changing them.
  RETURN_IF_ERROR(WaitForRest(session));
  Names names;
  json state = json::object();
  std::vector<std::string> units;
  json plans = json::array();
  for (const Collection& collection : Collections()) {
    ASSIGN_OR_RETURN(const json items,
                     ListAll(session, collection.method, collection.items, json::object()));
    std::vector<std::pair<std::string, json>> keyed;
    for (const json& item : items) {
      const std::string key = KeyOf(collection, item, names);
      const std::string name = item.value("name", std::string());
      if (!name.empty()) names.ids[name.substr(name.find('/') + 1)] = key;
      if (collection.word != nullptr) {
        const std::string word = item.value(collection.word, std::string());
        if (!word.empty()) names.words[word] = std::string(collection.word) + " of " + key;
      }
      if (std::string(collection.items) == "units") units.push_back(name);
      keyed.emplace_back(key, item);
    }
    if (std::string(collection.items) == "plans") plans = items;
    json canonical = json::array();
    for (const auto& [key, item] : keyed) {
      canonical.push_back(
          {{"key", key},
           {"value", Canonical(item, names, std::string(collection.items) == "certificates")}});
    }
    std::sort(canonical.begin(), canonical.end(),
              [](const json& a, const json& b) { return a.dump() < b.dump(); });
    state[collection.items] = std::move(canonical);
  }
  for (const json& plan : plans) RETURN_IF_ERROR(ReadOfPlan(session, plan, names, state));
  for (const std::string& unit : units) {
    ASSIGN_OR_RETURN(const json summary, session.Call("scoring.v1.DossierService/GetTimeliness",
                                                      {{"unit", unit},
                                                       {"period_start", "2022-01-01"},
                                                       {"period_end", "2025-12-31"},
                                                       {"as_of", "2025-12-31"}}));
    state["timeliness"].push_back(Canonical(summary, names, false));
  }
  return state;
}

}  // namespace

absl::Status StateShow(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("state show");
  ASSIGN_OR_RETURN(const json state, ReadState(session));
  std::cout << state.dump(2) << "\n";
  return absl::OkStatus();
}

absl::Status StateDigest(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("state digest");
  ASSIGN_OR_RETURN(const json state, ReadState(session));
  ASSIGN_OR_RETURN(const std::string bytes, platform::CanonicalJson(state));
  // Where two digests differ, these tell in which part.
  json parts = json::object();
  json counts = json::object();
  for (auto part = state.begin(); part != state.end(); ++part) {
    ASSIGN_OR_RETURN(const std::string text, platform::CanonicalJson(part.value()));
    parts[part.key()] = platform::Sha256Hex(text);
    counts[part.key()] = part.value().size();
  }
  const json digest = {
      {"sha256", platform::Sha256Hex(bytes)}, {"counts", counts}, {"parts", parts}};
  return Show(session, digest,
              [](const json& value) { std::cout << value["sha256"].get<std::string>() << "\n"; });
}

}  // namespace thidua::ctl
