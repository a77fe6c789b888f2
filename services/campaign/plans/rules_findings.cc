#include "campaign/plans/rules_findings.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"

namespace thidua::campaign::plans {
namespace {

std::string Iso(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

std::string Vietnamese(absl::CivilDay day) {
  return absl::StrFormat("%02d/%02d/%04d", day.day(), day.month(), day.year());
}

using Named = std::pair<std::string_view, std::string_view>;

template <size_t kSize>
std::string NameIn(const std::array<Named, kSize>& names, const std::string& code) {
  for (const Named& named : names) {
    if (named.first == code) return std::string(named.second);
  }
  return code;
}

// "đơn vị ngành dọc"
std::string UnitKind(const std::string& type) {
  static constexpr std::array<Named, 6> kNames = {{{"PROVINCE", "Ủy ban nhân dân cấp tỉnh"},
                                                   {"DEPARTMENT", "sở, ban, ngành"},
                                                   {"DISTRICT", "Ủy ban nhân dân cấp huyện"},
                                                   {"COMMUNE", "Ủy ban nhân dân cấp xã"},
                                                   {"ROOM", "phòng, ban"},
                                                   {"VERTICAL_BRANCH", "đơn vị ngành dọc"}}};
  return NameIn(kNames, type);
}

// A parameter of a standard's check.
std::string ThresholdName(const std::string& parameter) {
  static constexpr std::array<Named, 6> kNames = {
      {{"min_activities", "số hoạt động tối thiểu"},
       {"min_on_time_ratio", "tỷ lệ đúng hạn tối thiểu"},
       {"max_rank", "thứ hạng cao"},
       {"min_rank_gain", "số bậc tăng hạng"},
       {"min_initiatives", "số sáng kiến tối thiểu"},
       {"min_classification", "mức xếp loại tối thiểu"}}};
  return NameIn(kNames, parameter);
}

void InvalidDates(const PlanFacts& plan, std::vector<Finding>* findings) {
  for (const PhraseFacts& phrase : plan.phrases) {
    for (const ImpossibleDay& day : phrase.impossible) {
      const std::string proposal = day.proposal ? Iso(*day.proposal) : "";
      findings->push_back(
          {"INVALID_DATE", phrase.field,
           "văn bản ghi ngày " + day.text + ", ngày này không có trong lịch; cần người quyết định" +
               (day.proposal ? ", đề xuất " + Vietnamese(*day.proposal) : ""),
           "the document says " + day.text + ", a day no calendar has; a person has to decide" +
               (day.proposal ? ", proposed is " + proposal : ""),
           proposal, true});
    }
  }
}

void DossierTime(const PlanFacts& plan, std::vector<Finding>* findings) {
  if (!plan.chosen_after_publication || !plan.preparation || !plan.movement.end) return;
  if (plan.preparation->last > *plan.movement.end) return;
  findings->push_back({"DOSSIER_TIME_BEFORE_PUBLICATION", "award_dossier.preparation",
                       "thời gian lập hồ sơ kết thúc ngày " + Vietnamese(plan.preparation->last) +
                           ", nhưng tập thể chỉ được chọn sau khi công bố kết quả xếp hạng, tức là "
                           "sau khi phong trào kết thúc ngày " +
                           Vietnamese(*plan.movement.end),
                       "dossiers are to be made until " + Iso(plan.preparation->last) +
                           ", yet units are chosen only after the ranking is published, which is "
                           "after the movement ends on " +
                           Iso(*plan.movement.end),
                       "", false});
}

void HigherForm(const PlanFacts& plan, std::vector<Finding>* findings) {
  if (!plan.may_escalate || plan.award_forms.empty()) return;
  const bool only_lowest = std::all_of(plan.award_forms.begin(), plan.award_forms.end(),
                                       [](const std::string& form) { return form == "GIAY_KHEN"; });
  if (!only_lowest) return;
  findings->push_back(
      {"HIGHER_FORM_NOT_LISTED", "award_forms",
       "chỉ nêu hình thức giấy khen, nhưng cho phép đề nghị cấp trên khen thưởng",
       "only giấy khen is listed, yet awards of the authority above may be proposed", "", false});
}

// People of a room belong to the unit above it, so a kind is covered when all its parents' kinds
// are.
void People(const PlanFacts& plan, std::vector<Finding>* findings) {
  std::set<std::string> of_people;
  bool any_people = false;
  for (const GroupFacts& group : plan.groups) {
    if (!group.individuals) continue;
    any_people = true;
    for (const ScopeFacts& scope : group.scopes) of_people.insert(scope.type);
  }
  if (!any_people || of_people.empty()) return;
  for (size_t i = 0; i < plan.groups.size(); ++i) {
    if (plan.groups[i].individuals) continue;
    for (const ScopeFacts& scope : plan.groups[i].scopes) {
      const bool through_parents =
          !scope.under.empty() &&
          std::all_of(scope.under.begin(), scope.under.end(),
                      [&](const std::string& type) { return of_people.count(type) != 0; });
      if (of_people.count(scope.type) != 0 || through_parents) continue;
      findings->push_back(
          {"COLLECTIVE_WITHOUT_ITS_PEOPLE",
           "participant_groups[" + std::to_string(i) + "].scopes[" + scope.type + "]",
           UnitKind(scope.type) + " tham gia thi đua nhưng cá nhân thuộc đơn vị đó không được nêu",
           "units of kind " + scope.type + " take part, but their people are not named", "",
           false});
    }
  }
}

void Phase(const PlanFacts& plan, std::vector<Finding>* findings) {
  const auto differ = [](const std::optional<absl::CivilDay>& a,
                         const std::optional<absl::CivilDay>& b) {
    return a && b && a->year() != b->year();
  };
  if (!differ(plan.phase.start, plan.movement.start) && !differ(plan.phase.end, plan.movement.end))
    return;
  findings->push_back(
      {"PHASE_DIFFERS_FROM_MOVEMENT", "programme_phase",
       "giai đoạn của chương trình khác với thời gian của phong trào; hai giá trị được giữ riêng",
       "the programme phase differs from the period of the movement; both are kept", "", false});
}

// The successor that is in force on a day; null when none is known.
const Template* InForce(const std::vector<Template>& successors, absl::CivilDay day) {
  for (const Template& one : successors) {
    if (one.valid_from && *one.valid_from <= day && (!one.valid_to || *one.valid_to >= day)) {
      return &one;
    }
  }
  return nullptr;
}

void Templates(const PlanFacts& plan, std::vector<Finding>* findings) {
  if (!plan.movement.end) return;
  // Dossiers are made after the movement when units are chosen after publication, else until its
  // end.
  const absl::CivilDay made =
      plan.chosen_after_publication ? *plan.movement.end + 1 : *plan.movement.end;
  for (const TemplateFacts& one : plan.templates) {
    if (!one.valid_to || *one.valid_to >= made) continue;
    std::string vi = "hồ sơ lập sau đó phải dùng biểu mẫu đang có hiệu lực";
    std::string en = "dossiers made later need the one then in force";
    if (const Template* next = InForce(one.successors, made)) {
      vi = "hồ sơ lập từ ngày " + Vietnamese(made) + " dùng " + next->title + " theo " +
           next->legal_basis + " (có hiệu lực từ " + Vietnamese(*next->valid_from) +
           (next->source_note.empty() ? "" : "; " + next->source_note) + ")";
      en = "dossiers made from " + Iso(made) + " use " + next->code + ", in force from " +
           Iso(*next->valid_from);
    }
    findings->push_back(
        {"TEMPLATE_SUPERSEDED", one.field,
         "biểu mẫu " + one.code + " chỉ có hiệu lực đến " + Vietnamese(*one.valid_to) + "; " + vi,
         "template " + one.code + " is in force until " + Iso(*one.valid_to) + " only; " + en, "",
         false});
  }
}

void Issuer(const PlanFacts& plan, std::vector<Finding>* findings) {
  if (!plan.issuer_valid_to || !plan.movement.end || *plan.issuer_valid_to >= *plan.movement.end)
    return;
  findings->push_back({"ISSUER_ENDS_EARLY", "issuer",
                       "cơ quan ban hành kết thúc hoạt động ngày " +
                           Vietnamese(*plan.issuer_valid_to) +
                           ", trước khi phong trào kết thúc; đơn vị kế thừa tiếp nhận",
                       "the issuing unit ends on " + Iso(*plan.issuer_valid_to) +
                           ", before the movement does; its successors take over",
                       "", false});
}

void Thresholds(const PlanFacts& plan, std::vector<Finding>* findings) {
  for (const StandardFacts& standard : plan.standards) {
    if (standard.unset_parameters.empty()) continue;
    std::string names, codes;
    for (const std::string& name : standard.unset_parameters) {
      names += (names.empty() ? "" : ", ") + ThresholdName(name);
      codes += (codes.empty() ? "" : ", ") + name;
    }
    findings->push_back({"THRESHOLD_UNDEFINED", "standards[" + standard.id + "].parameters",
                         "tiêu chuẩn không nêu ngưỡng (" + names +
                             "); khi chưa có ngưỡng, kết quả kiểm tra là \"chưa rõ\"",
                         "the standard states no threshold (" + codes +
                             "); without one its check answers \"not known\"",
                         "", false});
  }
}

void Bases(const PlanFacts& plan, std::vector<Finding>* findings) {
  if (!plan.issue) return;
  for (size_t i = 0; i < plan.bases.size(); ++i) {
    if (!plan.bases[i].first || *plan.bases[i].first <= plan.issue->last) continue;
    findings->push_back({"BASIS_AFTER_ISSUE", "legal_bases[" + std::to_string(i) + "].date",
                         "căn cứ có ngày sau ngày ban hành kế hoạch",
                         "the legal basis is younger than the plan", "", false});
  }
}

void SourceNoise(const PlanFacts& plan, std::vector<Finding>* findings) {
  for (const NoiseFacts& one : plan.noises) {
    if (one.noise.empty()) continue;
    std::string vi, en;
    for (const Noise& noise : one.noise) {
      vi += vi.empty() ? "" : "; ";
      en += en.empty() ? "" : "; ";
      switch (noise.kind) {
        case NoiseKind::kFurniture:
          vi += "“" + noise.passage + "” là phần của trang đăng, không thuộc kế hoạch";
          en += "\"" + noise.passage + "\" is a part of the page, not of the plan";
          break;
        case NoiseKind::kLayout:
          vi += "“" + noise.passage + "” là dấu định dạng chữ";
          en += "\"" + noise.passage + "\" is a mark of layout";
          break;
        case NoiseKind::kSlip:
          vi += "“" + noise.passage + "” có thể thiếu chữ, là “" + noise.meant + "”";
          en += "\"" + noise.passage + "\" may lack a word: \"" + noise.meant + "\"";
          break;
      }
    }
    findings->push_back(
        {"SOURCE_NOISE", one.field, vi + "; giữ nguyên văn", en + "; kept as it is", "", false});
  }
}

}  // namespace

std::vector<Finding> FindDoubts(const PlanFacts& plan) {
  std::vector<Finding> findings;
  InvalidDates(plan, &findings);
  DossierTime(plan, &findings);
  HigherForm(plan, &findings);
  People(plan, &findings);
  Phase(plan, &findings);
  Templates(plan, &findings);
  Issuer(plan, &findings);
  Thresholds(plan, &findings);
  Bases(plan, &findings);
  SourceNoise(plan, &findings);
  for (const std::string& field : plan.contradicted) {
    findings.push_back({"PHRASE_CONTRADICTS_DATES", field,
                        "ngày đã nhập khác với ngày mà văn bản ghi",
                        "the days given differ from those the words name", "", false});
  }
  return findings;
}

}  // namespace thidua::campaign::plans
