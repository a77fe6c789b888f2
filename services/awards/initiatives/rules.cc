#include "awards/initiatives/rules.h"

#include <algorithm>

namespace thidua::awards::initiatives {
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

}  // namespace

// R-AWD-90
MaybeRefusal CheckCut(const ProcedureCut& cut) {
  if (std::min({cut.components_before, cut.components_after, cut.days_before, cut.days_after}) <
      0) {
    return Make(RefusalKind::kInvalid, "initiative.procedure_cut", "FIELD_OUT_OF_RANGE",
                "Số thành phần và số ngày không được âm.",
                "Components and days must not be negative.");
  }
  const bool rises =
      cut.components_after > cut.components_before || cut.days_after > cut.days_before;
  const bool falls =
      cut.components_after < cut.components_before || cut.days_after < cut.days_before;
  if (rises || !falls) {
    return Make(RefusalKind::kInvalid, "initiative.procedure_cut", "NOTHING_CUT",
                "Cắt giảm phải làm giảm số thành phần hồ sơ hoặc số ngày giải quyết và không làm "
                "tăng bên nào.",
                "A cut lowers components or days and raises neither.");
  }
  return std::nullopt;
}

// R-AWD-91, R-AWD-92
MaybeRefusal CheckRecognition(int year, bool recognised_already, const std::string& registrar,
                              const std::string& actor, absl::CivilDay date, absl::CivilDay today) {
  if (recognised_already) {
    Refusal refusal = Make(RefusalKind::kState, "", "INITIATIVE_STATE",
                           "Sáng kiến đã được công nhận; không còn thao tác hợp lệ.",
                           "The initiative is recognised; no move is legal.");
    refusal.metadata = {{"state", "RECOGNISED"}, {"legal_moves", "-"}};
    return refusal;
  }
  if (registrar == actor) {
    return Make(RefusalKind::kForbidden, "", "REGISTRAR_CANNOT_RECOGNISE",
                "Người đăng ký sáng kiến không được ghi nhận việc công nhận sáng kiến đó.",
                "Who registered an initiative cannot record its recognition.");
  }
  if (date > today) {
    return Make(RefusalKind::kInvalid, "recognition.date", "DATE_IN_FUTURE",
                "Ngày công nhận nằm trong tương lai.",
                "The day of recognition lies in the future.");
  }
  if (date.year() < year) {
    return Make(RefusalKind::kInvalid, "recognition.date", "RECOGNISED_BEFORE_ITS_YEAR",
                "Ngày công nhận trước năm áp dụng sáng kiến.",
                "The day of recognition comes before the initiative's year.");
  }
  return std::nullopt;
}

}  // namespace thidua::awards::initiatives
