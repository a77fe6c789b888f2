#include "campaign/plans/rules_completeness.h"

namespace thidua::campaign::plans {

std::vector<Missing> FindMissing(const PlanFacts& plan) {
  std::vector<Missing> missing;
  const auto need = [&](bool present, const char* field, const char* vi, const char* en) {
    if (!present) missing.push_back({field, true, vi, en});
  };
  const auto tell = [&](bool present, const char* field, const char* vi, const char* en) {
    if (!present) missing.push_back({field, false, vi, en});
  };
  const bool day_known = plan.issue && plan.issue->first == plan.issue->last;

  need(plan.has_issuer, "issuer", "chưa rõ cơ quan ban hành", "the issuing unit is not known");
  need(plan.has_title, "title", "chưa có tên kế hoạch", "there is no title");
  need(plan.has_number, "number", "chưa có số văn bản", "the number is not known");
  need(plan.has_symbol, "symbol", "chưa có ký hiệu văn bản", "the symbol is not known");
  need(day_known, "issue_date", "chưa rõ ngày ban hành", "the day of issue is not known");

  tell(plan.has_place, "issue_place", "không nêu địa danh ban hành", "no place of issue is given");
  tell(plan.has_signer_name, "signer", "không nêu người ký", "no signer is given");
  tell(plan.has_signing_mode, "signer.mode", "không rõ thể thức ký (TM., KT., TL., TUQ.)",
       "the signing mode is not known");
  tell(plan.has_legal_basis, "legal_bases", "không nêu căn cứ pháp lý", "no legal basis is given");
  tell(plan.has_content, "content_items", "không nêu nội dung thi đua", "no content is given");
  for (const std::string& item : plan.answered_by_nobody) {
    missing.push_back({item + ".responsible_position", false,
                       "không nêu chức vụ chịu trách nhiệm về nội dung này",
                       "it does not say who answers for this"});
  }
  tell(plan.movement.start.has_value(), "movement_period.start_date",
       "chưa rõ ngày bắt đầu phong trào", "the first day of the movement is not known");
  tell(plan.movement.end.has_value(), "movement_period.end_date",
       "chưa rõ ngày kết thúc phong trào", "the last day of the movement is not known");
  tell(plan.has_milestones, "milestones", "không nêu mốc sơ kết, tổng kết",
       "no interim or final review is given");
  tell(plan.has_theme, "themes", "không nêu chủ đề năm", "no yearly theme is given");
  tell(!plan.groups.empty(), "participant_groups", "không nêu đối tượng thi đua",
       "it does not say who takes part");
  tell(!plan.standards.empty(), "standards", "không nêu tiêu chuẩn khen thưởng",
       "no standards for awards are given");
  tell(!plan.award_forms.empty(), "award_forms", "không nêu hình thức khen thưởng",
       "no award form is given");
  tell(plan.has_quotas || (!plan.award_forms.empty() && plan.every_form_has_quota),
       "award_forms.quota", "không nêu chỉ tiêu (số lượng) khen thưởng",
       "no quota of awards is given");
  tell(plan.has_shortlist_bands, "selection.shortlist_bands",
       "không nêu nhóm xếp hạng được chọn xét khen thưởng",
       "it does not say from which bands units are chosen");
  tell(plan.has_documents, "award_dossier.documents", "không nêu thành phần hồ sơ khen thưởng",
       "the documents of an award dossier are not given");
  tell(plan.has_original_sets, "award_dossier.original_sets", "không nêu số bộ hồ sơ bản chính",
       "the number of original sets is not given");
  tell(plan.preparation.has_value(), "award_dossier.preparation",
       "không nêu thời gian lập hồ sơ khen thưởng", "no time for making award dossiers is given");
  tell(plan.has_coordinator, "roles", "không rõ đơn vị điều phối",
       "the coordinating unit is not known");
  tell(plan.has_report, "report_requirements", "không nêu chế độ báo cáo",
       "no report is asked for");
  tell(plan.has_report && plan.every_report_has_due_date, "report_requirements.due",
       "không nêu hạn gửi báo cáo; khi chưa có hạn, báo cáo không bị coi là trễ",
       "no due date of reports is given; without one no report is late");
  return missing;
}

}  // namespace thidua::campaign::plans
