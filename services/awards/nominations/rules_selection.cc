#include "awards/nominations/rules_selection.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace thidua::awards::nominations {
namespace {

Refusal Make(RefusalKind kind, std::string field, std::string reason, std::string vi,
             std::string en) {
  Refusal refusal;
  refusal.kind = kind;
  refusal.field = std::move(field);
  refusal.reason = std::move(reason);
  refusal.vi = std::move(vi);
  refusal.en = std::move(en);
  return refusal;
}

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool InBand(const PlanTerms& plan, const RankedUnit& unit) {
  return unit.rank > 0 && Has(plan.shortlist_bands, unit.band);
}

// R-AWD-25
MaybeRefusal CheckRanking(const PlanTerms& plan, const PublishedRanking& ranking) {
  if (!ranking.plan_id.empty() && ranking.plan_id != plan.plan_id) {
    return Make(RefusalKind::kInvalid, "publication", "PUBLICATION_OF_OTHER_PLAN",
                "Kết quả xếp hạng này thuộc về một kế hoạch khác.",
                "This ranking belongs to another plan.");
  }
  if (!ranking.corrected_by.empty()) {
    Refusal refusal = Make(RefusalKind::kState, "publication", "PUBLICATION_CORRECTED",
                           "Kết quả xếp hạng này đã được đính chính bằng một công bố sau.",
                           "This ranking was corrected by a later publication.");
    refusal.metadata["corrected_by"] = "publications/" + ranking.corrected_by;
    return refusal;
  }
  return std::nullopt;
}

MaybeRefusal CheckChosen(const PlanTerms& plan, const PublishedRanking& ranking,
                         const std::vector<std::string>& chosen) {
  std::set<std::string> seen;
  for (size_t i = 0; i < chosen.size(); ++i) {
    const std::string at = absl::StrCat("units[", i, "]");
    if (!seen.insert(chosen[i]).second) {
      return Make(RefusalKind::kInvalid, at, "UNIT_TWICE", "Đơn vị được nêu hai lần.",
                  "The unit is named twice.");
    }
    const auto unit =
        std::find_if(ranking.units.begin(), ranking.units.end(),
                     [&](const RankedUnit& ranked) { return ranked.unit_id == chosen[i]; });
    if (unit == ranking.units.end() || !InBand(plan, *unit)) {  // R-AWD-22
      Refusal refusal =
          Make(RefusalKind::kInvalid, at, "UNIT_NOT_IN_BAND",
               absl::StrCat("Đơn vị không thuộc nhóm xếp hạng được chọn theo kế hoạch (",
                            absl::StrJoin(plan.shortlist_bands, ", "), ")."),
               absl::StrCat("The unit is in none of the bands that the plan names (",
                            absl::StrJoin(plan.shortlist_bands, ", "), ")."));
      refusal.metadata["band"] = unit == ranking.units.end() ? "" : unit->band;
      return refusal;
    }
    if (!Has(plan.participants, chosen[i])) {  // R-AWD-23
      return Make(RefusalKind::kInvalid, at, "UNIT_NOT_PARTICIPANT",
                  "Đơn vị không tham gia phong trào thi đua này.",
                  "The unit does not take part in this plan.");
    }
  }
  return std::nullopt;
}

}  // namespace

MaybeRefusal CheckForm(const PlanTerms& plan, std::string* award_form) {
  if (award_form->empty() && plan.award_forms.size() == 1) *award_form = plan.award_forms.front();
  if (award_form->empty()) {
    return Make(
        RefusalKind::kInvalid, "award_form", "AWARD_FORM_REQUIRED",
        absl::StrCat("Kế hoạch cho phép ", plan.award_forms.size(),
                     " hình thức khen thưởng; hãy chọn một."),
        absl::StrCat("The plan allows ", plan.award_forms.size(), " award forms; choose one."));
  }
  if (!Has(plan.award_forms, *award_form)) {
    Refusal refusal = Make(RefusalKind::kInvalid, "award_form", "AWARD_FORM_NOT_ALLOWED",
                           "Kế hoạch không cho phép hình thức khen thưởng này.",
                           "The plan does not allow this award form.");
    refusal.metadata["allowed"] = absl::StrJoin(plan.award_forms, ", ");
    return refusal;
  }
  return std::nullopt;
}

Selection Select(const PlanTerms& plan, const PublishedRanking& ranking,
                 const std::string& award_form, const std::vector<std::string>& chosen) {
  Selection selection;
  selection.award_form = award_form;
  if ((selection.refusal = CheckRanking(plan, ranking))) return selection;
  if ((selection.refusal = CheckForm(plan, &selection.award_form))) return selection;
  if (plan.shortlist_bands.empty()) {  // R-AWD-22
    selection.refusal = Make(RefusalKind::kState, "", "PLAN_WITHOUT_BANDS",
                             "Kế hoạch không nêu nhóm xếp hạng nào được chọn để khen thưởng.",
                             "The plan names no band from which units are chosen.");
    return selection;
  }
  if ((selection.refusal = CheckChosen(plan, ranking, chosen))) return selection;
  for (const RankedUnit& unit : ranking.units) {
    const bool wanted =
        chosen.empty() ? Has(plan.participants, unit.unit_id) : Has(chosen, unit.unit_id);
    if (wanted && InBand(plan, unit)) selection.units.push_back(unit);
  }
  std::sort(selection.units.begin(), selection.units.end(),
            [](const RankedUnit& a, const RankedUnit& b) {
              return std::tie(a.rank, a.unit_id) < std::tie(b.rank, b.unit_id);
            });
  if (selection.units.empty()) {
    selection.refusal = Make(RefusalKind::kState, "", "NO_UNIT_IN_BAND",
                             "Không có đơn vị nào trong nhóm xếp hạng được chọn theo kế hoạch.",
                             "No unit is in a band that the plan names.");
  }
  return selection;
}

MaybeRefusal CheckStillInBand(const PlanTerms& plan, const PublishedRanking& newest,
                              const std::string& unit_id) {
  for (const RankedUnit& unit : newest.units) {
    if (unit.unit_id == unit_id && InBand(plan, unit)) return std::nullopt;
  }
  Refusal refusal =
      Make(RefusalKind::kState, "", "NOT_IN_BAND_ANY_MORE",
           "Theo công bố xếp hạng mới nhất, đơn vị không còn thuộc nhóm được chọn theo kế hoạch.",
           "By the newest publication the unit is no longer in a band that the plan names.");
  refusal.metadata = {{"unit", "units/" + unit_id},
                      {"publication", "publications/" + newest.publication_id}};
  return refusal;
}

MaybeRefusal CheckFilingDeadline(std::optional<absl::CivilDay> deadline, absl::CivilDay today) {
  if (!deadline || *deadline >= today) return std::nullopt;
  return Make(RefusalKind::kInvalid, "filing_deadline", "DEADLINE_PAST", "Hạn nộp hồ sơ đã qua.",
              "The filing deadline is in the past.");
}

bool DeadlineAfterPlanPeriod(const PlanTerms& plan, std::optional<absl::CivilDay> deadline,
                             absl::CivilDay today) {
  return plan.end && deadline.value_or(today) > *plan.end;
}

std::string DocumentText(const std::string& kind) {
  if (kind == "SUBMISSION_LETTER") return "Tờ trình đề nghị khen thưởng";
  if (kind == "MINUTES") return "Biên bản họp Hội đồng Thi đua - Khen thưởng";
  if (kind == "ACHIEVEMENT_REPORT") return "Báo cáo thành tích";
  return "tài liệu " + kind;
}

MaybeRefusal CheckDocuments(const PlanTerms& plan, const std::vector<std::string>& kinds,
                            int original_sets) {
  std::set<std::string> seen;
  for (size_t i = 0; i < kinds.size(); ++i) {
    const std::string at = absl::StrCat("documents[", i, "].kind");
    if (!seen.insert(kinds[i]).second) {
      return Make(RefusalKind::kInvalid, at, "DOCUMENT_TWICE", "Tài liệu này được nộp hai lần.",
                  "This document is filed twice.");
    }
    if (!Has(plan.required_documents, kinds[i])) {
      return Make(RefusalKind::kInvalid, at, "DOCUMENT_NOT_ASKED_FOR",
                  "Kế hoạch không yêu cầu tài liệu này.",
                  "The plan does not ask for this document.");
    }
  }
  for (const std::string& kind : plan.required_documents) {
    if (seen.count(kind) > 0) continue;
    Refusal refusal = Make(RefusalKind::kInvalid, "documents", "DOCUMENT_MISSING",
                           absl::StrCat("Hồ sơ thiếu ", DocumentText(kind), "."),
                           absl::StrCat("The dossier lacks ", kind, "."));
    refusal.metadata["kind"] = kind;
    return refusal;
  }
  if (plan.original_sets > 0 && original_sets != plan.original_sets) {
    Refusal refusal = Make(RefusalKind::kInvalid, "original_sets", "ORIGINAL_SETS",
                           absl::StrCat("Kế hoạch yêu cầu ", plan.original_sets,
                                        " bộ bản chính, hồ sơ có ", original_sets, "."),
                           absl::StrCat("The plan asks for ", plan.original_sets,
                                        " sets of originals, there are ", original_sets, "."));
    refusal.metadata = {{"required", absl::StrCat(plan.original_sets)}};
    return refusal;
  }
  if (original_sets < 0 || original_sets > 100) {
    return Make(RefusalKind::kInvalid, "original_sets", "FIELD_OUT_OF_RANGE",
                "Số bộ bản chính phải từ 0 đến 100.", "Sets of originals must be 0 to 100.");
  }
  return std::nullopt;
}

bool IsLate(std::optional<absl::CivilDay> deadline, absl::CivilDay filed) {
  return deadline && filed > *deadline;
}

}  // namespace thidua::awards::nominations
