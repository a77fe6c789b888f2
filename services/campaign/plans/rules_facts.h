// What the rules of plans look at: plain values read from a plan and from what it refers to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "campaign/plans/rules_noise.h"

namespace thidua::campaign::plans {

struct Days {
  absl::CivilDay first;
  absl::CivilDay last;
};

// A day that the words of a document name and no calendar has.
struct ImpossibleDay {
  std::string text;
  std::optional<absl::CivilDay> proposal;
};

// What words say about time.
struct PhraseFacts {
  std::string field;  // path of the phrase in the plan
  std::vector<Days> spans;
  std::vector<ImpossibleDay> impossible;
};

struct Period {
  std::optional<absl::CivilDay> start;
  std::optional<absl::CivilDay> end;
};

struct ScopeFacts {
  std::string type;                // "ROOM"
  std::vector<std::string> under;  // kinds of parents; empty: any
};

struct GroupFacts {
  bool individuals = false;
  std::vector<ScopeFacts> scopes;
  std::vector<std::string> unit_ids;
  std::vector<std::string> categories = {};  // kinds of staff, "CADRE"; empty: all
};

struct StandardFacts {
  std::string id;
  bool has_check = false;
  std::vector<std::string> unset_parameters;
};

struct BasisFacts {
  std::optional<absl::CivilDay> first;  // first day on which it can have been issued
};

// A legal template of an award document; days that are not known are nullopt.
struct Template {
  std::string code;
  std::string title;
  std::string legal_basis;
  std::optional<absl::CivilDay> valid_from;
  std::optional<absl::CivilDay> valid_to;  // last day in force
  std::string replaces;                    // code; "" when it replaces none
  std::string source_note;                 // what of it is not verified
};

struct TemplateFacts {
  std::string field;
  std::string code;
  std::optional<absl::CivilDay> valid_to;  // last day in force; nullopt while in force or not known
  std::vector<Template> successors;        // what took its place, one after the other
};

// A passage of the source and what in it is none of the plan.
struct NoiseFacts {
  std::string field;
  std::vector<Noise> noise;
};

struct PlanFacts {
  bool has_number = false;
  bool has_symbol = false;
  bool has_title = false;
  bool has_issuer = false;
  bool has_place = false;
  bool has_signer_name = false;
  bool has_signing_mode = false;
  bool has_coordinator = false;
  std::optional<Days> issue;  // known to the day when first equals last
  std::optional<absl::CivilDay> issuer_valid_to;
  Period phase;
  Period movement;
  bool has_legal_basis = false;
  bool has_content = false;
  bool has_milestones = false;
  bool has_theme = false;
  bool has_report = false;
  bool every_report_has_due_date = false;
  std::vector<GroupFacts> groups;
  std::vector<StandardFacts> standards;
  std::vector<std::string> award_forms;  // "GIAY_KHEN"
  bool every_form_has_quota = false;
  bool has_quotas = false;
  bool may_escalate = false;
  bool has_shortlist_bands = false;
  bool chosen_after_publication = false;
  bool has_documents = false;
  bool has_original_sets = false;
  std::optional<Days> preparation;  // when award dossiers are made
  std::vector<BasisFacts> bases;
  std::vector<TemplateFacts> templates;
  std::vector<PhraseFacts> phrases;
  // Phrases whose dates differ from those given beside them: paths of the dates.
  std::vector<std::string> contradicted;
  std::vector<NoiseFacts> noises;
  // Paths of content items about the head's responsibility that name nobody who answers.
  std::vector<std::string> answered_by_nobody;
};

}  // namespace thidua::campaign::plans
