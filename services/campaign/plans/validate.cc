#include "campaign/plans/validate.h"

#include <algorithm>
#include <set>
#include <string>

#include "campaign/plans/names.h"
#include "campaign/plans/rules_quotas.h"
#include "campaign/plans/rules_standards.h"
#include "campaign/wording/dates.h"

namespace thidua::campaign::plans {
namespace {

constexpr int kMostItems = 200;
constexpr size_t kLongText = 20000;
constexpr size_t kShortText = 500;

std::string At(const char* list, int index, const char* field) {
  return std::string("plan.") + list + "[" + std::to_string(index) + "]." + field;
}

void PartialDate(const std::string& text, const std::string& field, Fields* fields) {
  if (text.empty()) return;
  wording::PartialDate date;
  switch (wording::ParsePartialDate(text, &date)) {
    case wording::DateProblem::kNone:
      return;
    case wording::DateProblem::kImpossible:
      fields->Refuse(field, "DATE_IMPOSSIBLE",
                     {"ngày " + text + " không có trong lịch", "no calendar has " + text});
      return;
    case wording::DateProblem::kMalformed:
      fields->Refuse(
          field, "DATE_MALFORMED",
          {"phải có dạng YYYY-MM-DD, YYYY-MM hoặc YYYY", "must be YYYY-MM-DD, YYYY-MM or YYYY"});
  }
}

void Ordered(const std::string& start, const std::string& end, const std::string& field,
             Fields* fields) {
  if (!start.empty() && !end.empty() && end < start.substr(0, end.size())) {
    fields->Refuse(field, "SPAN_REVERSED",
                   {"ngày cuối trước ngày đầu", "the last day is before the first"});
  }
}

void ItemId(const std::string& id, const std::string& field, std::set<std::string>* seen,
            Fields* fields) {
  const bool fits = !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  });
  if (!fits)
    fields->Refuse(
        field, "ITEM_ID",
        {"mã mục gồm 1 đến 40 ký tự A-Z a-z 0-9 . -", "an id has 1 to 40 of A-Z a-z 0-9 . -"});
  if (fits && !seen->insert(id).second)
    fields->Refuse(field, "ITEM_ID_TWICE", {"mã mục bị lặp", "the id is there twice"});
}

template <class List>
void Count(const List& list, const char* field, Fields* fields) {
  if (list.size() > kMostItems) {
    fields->Refuse(std::string("plan.") + field, "TOO_MANY",
                   {"nhiều hơn 200 mục", "more than 200 items"});
  }
}

void Header(const v1::Plan& plan, Fields* fields) {
  fields->Text(plan.title(), 1, kShortText, "plan.title");
  const std::string& number = plan.number();
  if (number.size() > 20 || number.find('/') != std::string::npos) {
    fields->Refuse("plan.number", "PLAN_NUMBER",
                   {"số không kèm ký hiệu, tối đa 20 ký tự",
                    "the number without symbol, at most 20 characters"});
  }
  fields->Text(plan.symbol(), 0, 40, "plan.symbol");
  fields->Text(plan.issue_place(), 0, kShortText, "plan.issue_place");
  PartialDate(plan.issue_date().date(), "plan.issue_date.date", fields);
  fields->Text(plan.issue_date().phrase(), 0, kShortText, "plan.issue_date.phrase");
  PartialDate(plan.programme_phase().start(), "plan.programme_phase.start", fields);
  PartialDate(plan.programme_phase().end(), "plan.programme_phase.end", fields);
  const v1::MovementPeriod& period = plan.movement_period();
  fields->MaybeDay(period.start_date(), "plan.movement_period.start_date");
  fields->MaybeDay(period.end_date(), "plan.movement_period.end_date");
  Ordered(period.start_date(), period.end_date(), "plan.movement_period.end_date", fields);
  fields->Text(period.phrase(), 0, kShortText, "plan.movement_period.phrase");
}

void Lists(const v1::Plan& plan, Fields* fields) {
  Count(plan.legal_bases(), "legal_bases", fields);
  for (int i = 0; i < plan.legal_bases_size(); ++i) {
    PartialDate(plan.legal_bases(i).date().date(), At("legal_bases", i, "date.date"), fields);
    fields->Text(plan.legal_bases(i).text(), 0, kLongText, At("legal_bases", i, "text"));
  }
  Count(plan.sections(), "sections", fields);
  for (int i = 0; i < plan.sections_size(); ++i) {
    fields->Text(plan.sections(i).text(), 1, kLongText, At("sections", i, "text"));
  }
  std::set<std::string> milestones;
  Count(plan.milestones(), "milestones", fields);
  for (int i = 0; i < plan.milestones_size(); ++i) {
    const v1::Milestone& one = plan.milestones(i);
    ItemId(one.id(), At("milestones", i, "id"), &milestones, fields);
    fields->Text(one.title(), 1, kShortText, At("milestones", i, "title"));
    fields->Text(one.phrase(), 0, kShortText, At("milestones", i, "phrase"));
    fields->MaybeDay(one.start_date(), At("milestones", i, "start_date"));
    fields->MaybeDay(one.end_date(), At("milestones", i, "end_date"));
    Ordered(one.start_date(), one.end_date(), At("milestones", i, "end_date"), fields);
  }
  std::set<int> years;
  for (int i = 0; i < plan.themes_size(); ++i) {
    const int year = plan.themes(i).year();
    if (year < 1900 || year > 2200 || !years.insert(year).second) {
      fields->Refuse(At("themes", i, "year"), "THEME_YEAR",
                     {"năm không hợp lệ hoặc bị lặp", "not a valid year, or twice the same"});
    }
    fields->Text(plan.themes(i).text(), 1, kLongText, At("themes", i, "text"));
  }
  std::set<std::string> items;
  Count(plan.content_items(), "content_items", fields);
  for (int i = 0; i < plan.content_items_size(); ++i) {
    ItemId(plan.content_items(i).id(), At("content_items", i, "id"), &items, fields);
    fields->Text(plan.content_items(i).text(), 1, kLongText, At("content_items", i, "text"));
    fields->Text(plan.content_items(i).responsible_position(), 0, kShortText,
                 At("content_items", i, "responsible_position"));
  }
}

// Collectives or individuals: whatever is said of neither would pass everybody by.
void SubjectOf(v1::Subject subject, const std::string& field, Fields* fields) {
  if (subject == v1::SUBJECT_COLLECTIVE || subject == v1::SUBJECT_INDIVIDUAL) return;
  fields->Refuse(field, "SUBJECT",
                 {"phải là tập thể hoặc cá nhân", "must be collectives or individuals"});
}

void People(const v1::Plan& plan, Fields* fields) {
  Count(plan.participant_groups(), "participant_groups", fields);
  for (int i = 0; i < plan.participant_groups_size(); ++i) {
    const v1::ParticipantGroup& group = plan.participant_groups(i);
    SubjectOf(group.subject(), At("participant_groups", i, "subject"), fields);
    for (const v1::UnitScope& scope : group.scopes()) {
      if (scope.type() == v1::UNIT_TYPE_UNSPECIFIED || !v1::UnitType_IsValid(scope.type())) {
        fields->Refuse(At("participant_groups", i, "scopes"), "UNIT_TYPE",
                       {"loại đơn vị không hợp lệ", "not a valid kind of unit"});
      }
    }
  }
  std::set<std::string> standards;
  Count(plan.standards(), "standards", fields);
  for (int i = 0; i < plan.standards_size(); ++i) {
    const v1::Standard& one = plan.standards(i);
    ItemId(one.id(), At("standards", i, "id"), &standards, fields);
    SubjectOf(one.subject(), At("standards", i, "subject"), fields);
    fields->Text(one.text(), 1, kLongText, At("standards", i, "text"));
    const std::map<std::string, std::string> parameters(one.parameters().begin(),
                                                        one.parameters().end());
    fields->Add(CheckParameters(CheckName(one.check()), parameters), At("standards", i, ""));
  }
}

// By these documents dossiers are filed: each kind is known and asked for once, which bounds them.
void Documents(const v1::AwardDossierRule& dossier, Fields* fields) {
  Count(dossier.documents(), "award_dossier.documents", fields);
  std::set<std::string> seen;
  for (int i = 0; i < std::min(dossier.documents_size(), kMostItems); ++i) {
    const std::string kind = DocumentName(dossier.documents(i).document());
    const std::string field = At("award_dossier.documents", i, "document");
    if (kind.empty()) {
      fields->Refuse(field, "AWARD_DOCUMENT",
                     {"không có loại tài liệu này", "there is no such kind of document"});
    } else if (!seen.insert(kind).second) {
      fields->Refuse(
          field, "AWARD_DOCUMENT_TWICE",
          {"tài liệu này đã được nêu ở trên", "this document is asked for above already"});
    }
  }
}

// R-PLN-13
void Quotas(const v1::Plan& plan, Fields* fields) {
  Count(plan.award_quotas(), "award_quotas", fields);
  std::set<std::string> seen;
  for (int i = 0; i < plan.award_quotas_size(); ++i) {
    const v1::AwardQuota& quota = plan.award_quotas(i);
    QuotaFacts facts;
    facts.known_enums = v1::Subject_IsValid(quota.subject()) &&
                        v1::AwardForm_IsValid(quota.form()) &&
                        v1::AwardQuotaRounding_IsValid(quota.rounding());
    facts.subject = SubjectName(quota.subject());
    facts.kind = QuotaKindName(quota.kind());
    facts.places = quota.places();
    facts.percent = quota.percent();
    facts.rounding = RoundingName(quota.rounding());
    for (const Problem& problem : CheckQuota(facts)) {
      fields->Refuse(At("award_quotas", i, problem.field.c_str()), problem.reason,
                     {problem.vi, problem.en});
    }
    const std::string key = facts.subject + "|" + FormName(quota.form()) + "|" + facts.kind;
    if (!seen.insert(key).second) {
      fields->Refuse(At("award_quotas", i, "kind"), "AWARD_QUOTA_TWICE",
                     {"chỉ tiêu này đã được nêu ở trên", "this quota is given above already"});
    }
  }
}

void Awards(const v1::Plan& plan, Fields* fields) {
  Quotas(plan, fields);
  Count(plan.award_forms(), "award_forms", fields);
  for (int i = 0; i < plan.award_forms_size(); ++i) {
    if (FormName(plan.award_forms(i).form()).empty() || plan.award_forms(i).quota() < 0) {
      fields->Refuse(At("award_forms", i, "form"), "AWARD_FORM",
                     {"hình thức hoặc chỉ tiêu không hợp lệ", "not a valid form or quota"});
    }
  }
  const v1::AwardDossierRule& dossier = plan.award_dossier();
  if (dossier.original_sets() < 0 || dossier.original_sets() > 20) {
    fields->Refuse("plan.award_dossier.original_sets", "OUT_OF_RANGE",
                   {"phải từ 0 đến 20", "must be 0 to 20"});
  }
  Documents(dossier, fields);
  PartialDate(dossier.preparation().start(), "plan.award_dossier.preparation.start", fields);
  PartialDate(dossier.preparation().end(), "plan.award_dossier.preparation.end", fields);
  Count(plan.roles(), "roles", fields);
  Count(plan.recipients(), "recipients", fields);
  Count(plan.report_requirements(), "report_requirements", fields);
  for (int i = 0; i < plan.report_requirements_size(); ++i) {
    PartialDate(plan.report_requirements(i).due().date(), At("report_requirements", i, "due.date"),
                fields);
  }
}

}  // namespace

void ValidatePlan(const v1::Plan& plan, Fields* fields) {
  Header(plan, fields);
  Lists(plan, fields);
  People(plan, fields);
  Awards(plan, fields);
}

}  // namespace thidua::campaign::plans
