#include "campaign/plans/facts.h"

#include <algorithm>
#include <functional>

#include "campaign/plans/names.h"
#include "campaign/plans/rules_completeness.h"
#include "campaign/plans/rules_period.h"
#include "campaign/plans/rules_standards.h"
#include "campaign/wording/dates.h"
#include "platform/clock.h"

namespace thidua::campaign::plans {
namespace {

std::optional<Days> DaysOf(const std::string& text) {
  wording::PartialDate date;
  if (wording::ParsePartialDate(text, &date) != wording::DateProblem::kNone) return std::nullopt;
  return Days{date.first(), date.last()};
}

std::optional<absl::CivilDay> DayOf(const std::string& text) {
  const std::optional<Days> days = DaysOf(text);
  if (!days || days->first != days->last) return std::nullopt;
  return days->first;
}

PhraseFacts PhraseOf(const std::string& field, const std::string& phrase) {
  const wording::Worded worded = wording::FindDates(phrase);
  PhraseFacts facts{field, {}, {}};
  for (const wording::WordedSpan& span : worded.spans)
    facts.spans.push_back({span.first, span.last});
  for (const wording::ImpossibleDay& day : worded.impossible)
    facts.impossible.push_back({day.text, day.proposal});
  return facts;
}

// Days of a period given or worded.
Period PeriodOf(const v1::StatedPeriod& period, const std::string& field) {
  Period given;
  if (const auto start = DaysOf(period.start())) given.start = start->first;
  if (const auto end = DaysOf(period.end())) given.end = end->last;
  return ResolveMilestone(given, PhraseOf(field, period.phrase())).period;
}

StartRule RuleOf(v1::StartRule rule) {
  if (rule == v1::START_RULE_ISSUE_DATE) return StartRule::kIssueDate;
  return rule == v1::START_RULE_FIXED ? StartRule::kFixed : StartRule::kUnknown;
}

PeriodResult MovementOf(const v1::Plan& plan) {
  const v1::MovementPeriod& period = plan.movement_period();
  return ResolveMovement(RuleOf(period.start_rule()), DaysOf(plan.issue_date().date()),
                         {DayOf(period.start_date()), DayOf(period.end_date())},
                         PhraseOf("movement_period.phrase", period.phrase()));
}

std::string MilestonePath(int index) { return "milestones[" + std::to_string(index) + "]"; }

PeriodResult MilestoneOf(const v1::Milestone& one, int index) {
  return ResolveMilestone({DayOf(one.start_date()), DayOf(one.end_date())},
                          PhraseOf(MilestonePath(index) + ".phrase", one.phrase()));
}

void SetPrecision(v1::StatedDate* date) {
  const size_t length = date->date().size();
  date->set_precision(length == 10  ? v1::DATE_PRECISION_DAY
                      : length == 7 ? v1::DATE_PRECISION_MONTH
                      : length == 4 ? v1::DATE_PRECISION_YEAR
                                    : v1::DATE_PRECISION_UNSPECIFIED);
}

std::string Text(const std::optional<absl::CivilDay>& day) {
  return day ? platform::FormatDate(*day) : "";
}

void PutGroups(const v1::Plan& plan, PlanFacts* facts) {
  for (const v1::ParticipantGroup& group : plan.participant_groups()) {
    GroupFacts out;
    out.individuals = group.subject() == v1::SUBJECT_INDIVIDUAL;
    for (const v1::UnitScope& scope : group.scopes()) {
      ScopeFacts one{TypeName(scope.type()), {}};
      for (const int type : scope.under())
        one.under.push_back(TypeName(static_cast<v1::UnitType>(type)));
      out.scopes.push_back(std::move(one));
    }
    for (const int category : group.categories()) {
      out.categories.push_back(CategoryName(static_cast<v1::PersonCategory>(category)));
    }
    for (const v1::UnitReference& unit : group.units()) {
      out.unit_ids.push_back(unit.unit().substr(unit.unit().find('/') + 1));
    }
    facts->groups.push_back(std::move(out));
  }
}

void PutStandards(const v1::Plan& plan, PlanFacts* facts) {
  for (const v1::Standard& one : plan.standards()) {
    const std::map<std::string, std::string> parameters(one.parameters().begin(),
                                                        one.parameters().end());
    facts->standards.push_back({one.id(), one.check() != v1::STANDARD_CHECK_UNSPECIFIED,
                                UnsetParameters(CheckName(one.check()), parameters)});
  }
}

// What took a template's place, one after the other.
std::vector<Template> SuccessorsOf(std::string code,
                                   const std::map<std::string, Template>& templates) {
  std::vector<Template> chain;
  while (chain.size() < templates.size()) {  // a circle in the table ends too
    const auto next = std::find_if(templates.begin(), templates.end(), [&](const auto& entry) {
      return entry.second.replaces == code;
    });
    if (next == templates.end()) break;
    chain.push_back(next->second);
    code = next->first;
  }
  return chain;
}

void PutAwards(const v1::Plan& plan, const Surroundings& surroundings, PlanFacts* facts) {
  facts->every_form_has_quota = true;
  for (const v1::AwardFormRule& one : plan.award_forms()) {
    facts->award_forms.push_back(FormName(one.form()));
    facts->every_form_has_quota = facts->every_form_has_quota && one.quota() > 0;
  }
  facts->has_quotas = plan.award_quotas_size() > 0;
  facts->may_escalate = plan.escalation().allowed();
  facts->has_shortlist_bands = plan.selection().shortlist_bands_size() > 0;
  facts->chosen_after_publication = plan.selection().after_publication();
  const v1::AwardDossierRule& dossier = plan.award_dossier();
  facts->has_documents = dossier.documents_size() > 0;
  facts->has_original_sets = dossier.original_sets() > 0;
  const Period preparation = PeriodOf(dossier.preparation(), "award_dossier.preparation.phrase");
  if (preparation.start && preparation.end)
    facts->preparation = Days{*preparation.start, *preparation.end};
  for (int i = 0; i < dossier.documents_size(); ++i) {
    const std::string& code = dossier.documents(i).template_code();
    const auto found = surroundings.templates.find(code);
    if (found == surroundings.templates.end()) continue;
    facts->templates.push_back({"award_dossier.documents[" + std::to_string(i) + "].template_code",
                                code, found->second.valid_to,
                                SuccessorsOf(code, surroundings.templates)});
  }
}

void PutPhrases(const v1::Plan& plan, PlanFacts* facts) {
  const auto add = [&](const std::string& field, const std::string& phrase) {
    facts->phrases.push_back(PhraseOf(field, phrase));
  };
  add("issue_date.phrase", plan.issue_date().phrase());
  add("movement_period.phrase", plan.movement_period().phrase());
  for (int i = 0; i < plan.milestones_size(); ++i) {
    add(MilestonePath(i) + ".phrase", plan.milestones(i).phrase());
    if (MilestoneOf(plan.milestones(i), i).contradicted)
      facts->contradicted.push_back(MilestonePath(i));
  }
  add("award_dossier.preparation.phrase", plan.award_dossier().preparation().phrase());
  for (int i = 0; i < plan.report_requirements_size(); ++i) {
    add("report_requirements[" + std::to_string(i) + "].due.phrase",
        plan.report_requirements(i).due().phrase());
  }
}

// Every text of the document by its path, but for what the server fills and what people added.
void EachText(const google::protobuf::Message& message, const std::string& prefix,
              const std::function<void(const std::string&, const std::string&)>& each) {
  using google::protobuf::FieldDescriptor;
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->is_map()) continue;
    const std::string path = prefix + field->name();
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const std::string at = field->is_repeated() ? path + "[" + std::to_string(i) + "]" : path;
      if (field->type() == FieldDescriptor::TYPE_STRING) {
        each(at, field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                      : reflection->GetString(message, field));
      } else if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
        EachText(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                      : reflection->GetMessage(message, field),
                 at + ".", each);
      }
    }
  }
}

void PutNoise(const v1::Plan& plan, PlanFacts* facts) {
  v1::Plan words = plan;
  words.clear_findings();
  words.clear_missing();
  words.clear_supplied_values();
  words.mutable_source()->clear_noise();
  // Whoever read the source says so themselves.
  for (int i = 0; i < plan.source().noise_size(); ++i) {
    facts->noises.push_back({"source.noise[" + std::to_string(i) + "]",
                             {{NoiseKind::kFurniture, plan.source().noise(i), ""}}});
  }
  EachText(words, "", [&](const std::string& field, const std::string& text) {
    std::vector<Noise> noise = NoiseIn(text);
    if (!noise.empty()) facts->noises.push_back({field, std::move(noise)});
  });
}

void PutResponsible(const v1::Plan& plan, PlanFacts* facts) {
  for (int i = 0; i < plan.content_items_size(); ++i) {
    const v1::ContentItem& item = plan.content_items(i);
    if (item.kind() == v1::CONTENT_KIND_LEADERSHIP && item.responsible_position().empty())
      facts->answered_by_nobody.push_back("content_items[" + std::to_string(i) + "]");
  }
}

}  // namespace

std::optional<absl::CivilDay> IssueDay(const v1::Plan& plan) {
  return DayOf(plan.issue_date().date());
}

void Normalise(v1::Plan* plan) {
  for (const char* field :
       {"name", "state", "missing", "legal_moves", "launch_date", "participant_unit_count",
        "participant_person_count", "etag", "years"}) {
    plan->GetReflection()->ClearField(plan, plan->GetDescriptor()->FindFieldByName(field));
  }
  if (plan->has_issue_date()) SetPrecision(plan->mutable_issue_date());
  for (v1::LegalBasis& basis : *plan->mutable_legal_bases()) {
    if (basis.has_date()) SetPrecision(basis.mutable_date());
  }
  for (v1::ReportRequirement& report : *plan->mutable_report_requirements()) {
    if (report.has_due()) SetPrecision(report.mutable_due());
  }
  if (plan->has_movement_period()) {
    const Period period = MovementOf(*plan).period;
    plan->mutable_movement_period()->set_start_date(Text(period.start));
    plan->mutable_movement_period()->set_end_date(Text(period.end));
  }
  for (int i = 0; i < plan->milestones_size(); ++i) {
    const Period period = MilestoneOf(plan->milestones(i), i).period;
    plan->mutable_milestones(i)->set_start_date(Text(period.start));
    plan->mutable_milestones(i)->set_end_date(Text(period.end));
  }
  for (v1::Standard& one : *plan->mutable_standards()) one.clear_unset_parameters();
}

PlanFacts FactsOf(const v1::Plan& plan, const Surroundings& surroundings) {
  PlanFacts facts;
  facts.has_number = !plan.number().empty();
  facts.has_symbol = !plan.symbol().empty();
  facts.has_title = !plan.title().empty();
  facts.has_issuer = !plan.issuer().unit().empty();
  facts.has_place = !plan.issue_place().empty();
  facts.has_signer_name = !plan.signer().full_name().empty();
  facts.has_signing_mode = plan.signer().mode() != v1::SIGNING_MODE_UNSPECIFIED;
  for (const v1::PlanRole& role : plan.roles()) {
    facts.has_coordinator =
        facts.has_coordinator ||
        (role.kind() == v1::PLAN_ROLE_KIND_COORDINATOR && !role.unit().unit().empty());
  }
  facts.issue = DaysOf(plan.issue_date().date());
  facts.issuer_valid_to = surroundings.issuer_valid_to;
  facts.phase = PeriodOf(plan.programme_phase(), "programme_phase.phrase");
  const PeriodResult movement = MovementOf(plan);
  facts.movement = movement.period;
  if (movement.contradicted) facts.contradicted.push_back("movement_period");
  facts.has_legal_basis = plan.legal_bases_size() > 0;
  facts.has_content = plan.content_items_size() > 0;
  facts.has_milestones = plan.milestones_size() > 0;
  facts.has_theme = plan.themes_size() > 0;
  facts.has_report = plan.report_requirements_size() > 0;
  facts.every_report_has_due_date =
      std::all_of(plan.report_requirements().begin(), plan.report_requirements().end(),
                  [](const v1::ReportRequirement& report) { return !report.due().date().empty(); });
  for (const v1::LegalBasis& basis : plan.legal_bases()) {
    const std::optional<Days> days = DaysOf(basis.date().date());
    facts.bases.push_back({days ? std::optional<absl::CivilDay>(days->first) : std::nullopt});
  }
  PutGroups(plan, &facts);
  PutStandards(plan, &facts);
  PutAwards(plan, surroundings, &facts);
  PutPhrases(plan, &facts);
  PutNoise(plan, &facts);
  PutResponsible(plan, &facts);
  return facts;
}

std::vector<v1::Finding> StandingFindings(const PlanFacts& facts, const v1::Plan& plan) {
  std::vector<v1::Finding> standing;
  for (const Finding& found : FindDoubts(facts)) {
    v1::Finding one;
    one.set_id(found.id());
    one.set_code(found.code);
    one.set_field(found.field);
    one.set_text_vi(found.vi);
    one.set_text_en(found.en);
    one.set_proposal(found.proposal);
    one.set_blocks_issue(found.blocks_issue);
    standing.push_back(std::move(one));
  }
  for (const v1::Finding& decided : plan.findings()) {
    if (!decided.has_resolution()) continue;
    const auto found = std::find_if(standing.begin(), standing.end(), [&](const v1::Finding& one) {
      return one.id() == decided.id();
    });
    if (found == standing.end()) {
      standing.push_back(decided);
    } else {
      *found->mutable_resolution() = decided.resolution();
    }
  }
  return standing;
}

void PutJudgement(const PlanFacts& facts, v1::Plan* plan) {
  plan->clear_missing();
  for (const Missing& one : FindMissing(facts)) {
    v1::MissingItem* item = plan->add_missing();
    item->set_field(one.field);
    item->set_blocks_issue(one.blocks_issue);
    item->set_text_vi(one.vi);
    item->set_text_en(one.en);
  }
  const std::vector<v1::Finding> standing = StandingFindings(facts, *plan);
  plan->clear_findings();
  for (const v1::Finding& one : standing) *plan->add_findings() = one;
  for (int i = 0; i < plan->standards_size(); ++i) {
    plan->mutable_standards(i)->clear_unset_parameters();
    for (const std::string& name : facts.standards[static_cast<size_t>(i)].unset_parameters) {
      plan->mutable_standards(i)->add_unset_parameters(name);
    }
  }
}

void PutYears(const PlanFacts& facts, v1::Plan* plan) {
  plan->clear_years();
  for (const Days& days : YearsOf(facts.movement)) {
    v1::PlanYear* year = plan->add_years();
    year->set_year(static_cast<int32_t>(days.first.year()));
    year->set_start_date(platform::FormatDate(days.first));
    year->set_end_date(platform::FormatDate(days.last));
    for (const v1::Theme& theme : plan->themes()) {
      if (theme.year() == year->year()) year->set_theme(theme.text());
    }
  }
}

}  // namespace thidua::campaign::plans
