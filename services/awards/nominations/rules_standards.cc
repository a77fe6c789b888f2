#include "awards/nominations/rules_standards.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace thidua::awards::nominations {
namespace {

std::string Day(absl::CivilDay day) {
  return absl::StrFormat("%02d/%02d/%04d", day.day(), day.month(), static_cast<int>(day.year()));
}

// A parameter of a check as a whole number; nothing when it is absent or no positive whole number.
std::optional<int> WholeParameter(const Standard& standard, const std::string& name) {
  const auto found = standard.parameters.find(name);
  int value = 0;
  if (found == standard.parameters.end() || !absl::SimpleAtoi(found->second, &value) || value < 1) {
    return std::nullopt;
  }
  return value;
}

constexpr const char* kActivityCount = "ACTIVITY_COUNT";

// Three-valued: nothing is "not known".
using Known = std::optional<bool>;

Known Either(Known a, Known b) {
  if (a.value_or(false) || b.value_or(false)) return true;
  if (a.has_value() && b.has_value()) return false;
  return std::nullopt;
}

Result ResultOf(Known known) {
  if (!known) return Result::kNotKnown;
  return *known ? Result::kMet : Result::kNotMet;
}

// R-AWD-31
void CheckRank(const Standard& standard, const Facts& facts, Finding& finding) {
  const std::vector<RankedUnit>& units = facts.ranking.units;
  const auto unit = std::find_if(units.begin(), units.end(), [&](const RankedUnit& ranked) {
    return ranked.unit_id == facts.unit_id;
  });
  if (unit == units.end() || unit->rank == 0) {
    finding.explanation = "Đơn vị không có thứ hạng trong công bố xếp hạng.";
    return;
  }
  const std::optional<int> high = WholeParameter(standard, "max_rank");
  const std::optional<int> rise = WholeParameter(standard, "min_rank_gain");
  Known is_high, is_leap;
  if (high) is_high = unit->rank <= *high;
  if (rise && unit->previous_rank > 0) is_leap = unit->previous_rank - unit->rank >= *rise;
  finding.result = ResultOf(Either(is_high, is_leap));
  finding.source = Source::kRanking;
  finding.refs = {facts.ranking.sha256};
  finding.explanation = absl::StrCat(
      "Thứ hạng ", unit->rank, "; ngưỡng “thứ hạng cao”: ",
      high ? absl::StrCat("từ ", *high, " trở lên") : std::string("chưa xác định"), ". Năm trước: ",
      unit->previous_rank > 0 ? absl::StrCat("hạng ", unit->previous_rank)
                              : std::string("không có xếp hạng"),
      "; ngưỡng “vượt bậc”: ",
      rise ? absl::StrCat("tăng ", *rise, " bậc trở lên") : std::string("chưa xác định"), ".");
}

// R-AWD-32
void CheckReports(const Facts& facts, Finding& finding) {
  const std::string year = absl::StrCat(facts.year);
  int on_time = 0, late = 0, missing = 0, undated_filed = 0, undated_open = 0;
  for (const Report& report : facts.reports) {
    if (report.period.rfind(year, 0) != 0) continue;
    const bool filed = report.filed && *report.filed <= facts.as_of;
    if (!report.due) {
      ++(filed ? undated_filed : undated_open);
    } else if (filed) {
      ++(*report.filed <= *report.due ? on_time : late);
    } else if (*report.due < facts.as_of) {
      ++missing;
    } else {
      continue;  // still running
    }
    finding.refs.push_back(report.record_id);
  }
  if (finding.refs.empty()) {
    finding.explanation =
        absl::StrCat("Chưa ghi nhận báo cáo định kỳ nào đến hạn trong năm ", year, ".");
    return;
  }
  finding.source = Source::kReports;
  if (late + missing > 0) {
    finding.result = Result::kNotMet;
  } else if (undated_filed + undated_open == 0) {
    finding.result = Result::kMet;
  }
  finding.explanation =
      absl::StrCat("Báo cáo năm ", year, " tính đến ", Day(facts.as_of), ": đúng hạn ", on_time,
                   ", trễ hạn ", late, ", thiếu ", missing, ", đã nộp, không có hạn ",
                   undated_filed, ", chưa nộp, không có hạn ", undated_open, ".");
}

// A share in millionths: "0.95" is 950000. Nothing when it is no decimal from 0 to 1 with at most
// six places.
std::optional<int64_t> Millionths(const std::string& text) {
  constexpr int64_t kWhole = 1000000;
  constexpr size_t kPlaces = 6;
  const size_t point = text.find('.');
  std::string places = point == std::string::npos ? "" : text.substr(point + 1);
  if (places.size() > kPlaces || (point != std::string::npos && places.empty()))
    return std::nullopt;
  places.resize(kPlaces, '0');
  const std::string digits = text.substr(0, point) + places;
  int64_t value = 0;
  if (digits.size() != kPlaces + 1 || !absl::c_all_of(digits, absl::ascii_isdigit) ||
      !absl::SimpleAtoi(digits, &value) || value > kWhole) {
    return std::nullopt;
  }
  return value;
}

// The unit's tasks of the year on one day.
struct TaskCounts {
  int on_time = 0, late = 0, overdue = 0, running = 0, undated = 0;
  int synthetic = 0, not_passed = 0;
  std::vector<std::string> ids;
};

TaskCounts CountTasks(const Facts& facts) {
  TaskCounts counts;
  for (const Task& task : facts.tasks) {
    if (task.due && task.due->year() != facts.year) continue;
    const bool done = task.done && *task.done <= facts.as_of;
    if (!task.due) {
      ++counts.undated;
    } else if (done) {
      ++(*task.done <= *task.due ? counts.on_time : counts.late);
    } else {
      ++(*task.due < facts.as_of ? counts.overdue : counts.running);
    }
    counts.synthetic += task.synthetic ? 1 : 0;
    counts.not_passed += done && task.not_passed ? 1 : 0;
    counts.ids.push_back(task.id);
  }
  return counts;
}

// Whether the share is reached: by what is on time already, or no longer by all that may still be.
Known SharesReached(const TaskCounts& counts, int64_t millionths) {
  constexpr int64_t kWhole = 1000000;
  const auto total = static_cast<int64_t>(counts.ids.size());
  const int open = counts.running + counts.undated;
  if (counts.on_time * kWhole >= millionths * total) return true;
  if ((counts.on_time + open) * kWhole < millionths * total) return false;
  return std::nullopt;
}

// R-AWD-38
void CheckTasks(const Standard& standard, const Facts& facts, Finding& finding) {
  TaskCounts counts = CountTasks(facts);
  if (counts.ids.empty()) {
    finding.explanation = absl::StrCat(
        "Chưa ghi nhận nhiệm vụ nào của kế hoạch do đơn vị chủ trì, "
        "đến hạn trong năm ",
        facts.year, ".");
    return;
  }
  const auto asked = standard.parameters.find("min_on_time_ratio");
  const bool all = asked == standard.parameters.end();
  const std::optional<int64_t> share = Millionths(all ? "1" : asked->second);
  finding.source = Source::kTasks;
  if (share) finding.result = ResultOf(SharesReached(counts, *share));
  finding.explanation =
      absl::StrCat("Nhiệm vụ của kế hoạch do đơn vị chủ trì, đến hạn trong năm ", facts.year,
                   ", tính đến ", Day(facts.as_of), ": đúng hạn ", counts.on_time, ", trễ hạn ",
                   counts.late, ", quá hạn chưa hoàn thành ", counts.overdue, ", chưa đến hạn ",
                   counts.running, ", không có hạn ", counts.undated, "; ",
                   all     ? std::string("cần tất cả đúng hạn")
                   : share ? absl::StrCat("cần tỷ lệ đúng hạn từ ", asked->second)
                           : std::string("tỷ lệ cần đạt của kế hoạch không đọc được"),
                   ".");
  if (counts.synthetic > 0) {
    absl::StrAppend(&finding.explanation, " Nhiệm vụ minh họa: ", counts.synthetic, ".");
  }
  if (counts.not_passed > 0) {
    absl::StrAppend(&finding.explanation, " Bị đánh giá không đạt chất lượng: ", counts.not_passed,
                    ", do người thẩm định xem xét.");
  }
  finding.refs = std::move(counts.ids);
}

// R-AWD-33
void CheckInitiatives(const Standard& standard, const Facts& facts, Finding& finding) {
  const int needed = WholeParameter(standard, "min_initiatives").value_or(1);
  int registered = 0;
  std::vector<std::string> recognised;
  for (const Initiative& initiative : facts.initiatives) {
    if (initiative.year != facts.year) continue;
    ++registered;
    if (initiative.recognised && *initiative.recognised <= facts.as_of) {
      recognised.push_back(initiative.id);
    }
  }
  if (registered == 0) {
    finding.explanation =
        absl::StrCat("Chưa có sáng kiến nào của ", facts.individual ? "cá nhân" : "đơn vị",
                     " được đăng ký trong năm ", facts.year, ".");
    return;
  }
  finding.source = Source::kInitiatives;
  finding.result = static_cast<int>(recognised.size()) >= needed ? Result::kMet : Result::kNotMet;
  finding.explanation = absl::StrCat("Sáng kiến năm ", facts.year, ": đã đăng ký ", registered,
                                     ", được cấp có thẩm quyền công nhận đến ", Day(facts.as_of),
                                     ": ", recognised.size(), "; cần ", needed, ".");
  finding.refs = std::move(recognised);
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kLevels = {
    {{"EXCELLENT", "hoàn thành xuất sắc nhiệm vụ"},
     {"GOOD", "hoàn thành tốt nhiệm vụ"},
     {"COMPLETED", "hoàn thành nhiệm vụ"},
     {"NOT_COMPLETED", "không hoàn thành nhiệm vụ"}}};

// 0 for the highest; nothing for what is no level.
std::optional<size_t> OrderOf(const std::string& level) {
  for (size_t i = 0; i < kLevels.size(); ++i) {
    if (kLevels[i].first == level) return i;
  }
  return std::nullopt;
}

// R-AWD-49
void CheckClassification(const Standard& standard, const Facts& facts, Finding& finding) {
  if (!facts.classification) {
    finding.explanation = absl::StrCat("Chưa ghi nhận kết quả xếp loại năm ", facts.year, ".");
    return;
  }
  const auto asked = standard.parameters.find("min_classification");
  const std::optional<size_t> least =
      asked == standard.parameters.end() ? std::nullopt : OrderOf(asked->second);
  const std::optional<size_t> level = OrderOf(facts.classification->level);
  finding.source = Source::kClassification;
  finding.refs = {facts.classification->id};
  if (least && level) finding.result = *level <= *least ? Result::kMet : Result::kNotMet;
  finding.explanation =
      absl::StrCat("Xếp loại năm ", facts.year, ": ", LevelText(facts.classification->level), " (",
                   facts.classification->document, "); mức cần đạt: ",
                   least ? absl::StrCat("từ ", LevelText(asked->second), " trở lên")
                         : std::string("kế hoạch chưa xác định"),
                   ".");
}

// R-AWD-110
void AskRegisters(const Standard& standard, const Facts& facts, Finding& finding) {
  if (standard.check == "RECOGNISED_INITIATIVE") {
    CheckInitiatives(standard, facts, finding);
  } else if (facts.individual) {
    if (standard.check == "CLASSIFICATION_AT_LEAST") CheckClassification(standard, facts, finding);
  } else if (standard.check == "RANK_HIGH_OR_LEAP") {
    CheckRank(standard, facts, finding);
  } else if (standard.check == "REPORTS_ON_TIME") {
    CheckReports(facts, finding);
  } else if (standard.check == "TASKS_ON_TIME") {
    CheckTasks(standard, facts, finding);
  }
}

// R-AWD-35  The day up to which a confirmation has to vouch; nothing when any day will do.
std::optional<absl::CivilDay> CoverNeeded(const Standard& standard, const Facts& facts) {
  if (standard.check != "NO_DISCIPLINE_NO_COMPLAINT") return std::nullopt;
  return std::min(facts.as_of, facts.plan_end.value_or(facts.as_of));
}

// The newest one, but for one that says MET of too short a time after a NOT_MET: what is known to
// have failed does not become unknown by it.
const Confirmation* StandingConfirmation(const Facts& facts, const Standard& standard) {
  const std::optional<absl::CivilDay> needed = CoverNeeded(standard, facts);
  const Confirmation* standing = nullptr;
  for (const Confirmation& said : facts.confirmations) {
    if (said.standard_id != standard.id || said.confirmed > facts.as_of) continue;
    const bool short_of = said.met && needed && said.covers_until < *needed;
    if (short_of && standing != nullptr && !standing->met) continue;
    standing = &said;
  }
  return standing;
}

// R-AWD-37
void CheckActivities(int needed, const Confirmation* said, Finding& finding) {
  if (said == nullptr) {
    finding.explanation =
        absl::StrCat("Chưa có xác nhận nào về số hoạt động; cần ít nhất ", needed, ".");
    return;
  }
  finding.source = Source::kConfirmation;
  finding.refs = {said->id};
  if (!said->activity_count) {
    finding.explanation = absl::StrCat("Xác nhận ngày ", Day(said->confirmed),
                                       " không nêu số hoạt động; cần ít nhất ", needed, ".");
    return;
  }
  finding.result = *said->activity_count >= needed ? Result::kMet : Result::kNotMet;
  finding.explanation = absl::StrCat(
      "Số hoạt động được xác nhận đến ngày ", Day(said->covers_until), ": ", *said->activity_count,
      "; cần ít nhất ", needed, ". Xác nhận ngày ", Day(said->confirmed), ": ", said->note);
}

// R-AWD-34, R-AWD-35
void ApplyConfirmation(const Standard& standard, const Facts& facts, Finding& finding) {
  const Confirmation* said = StandingConfirmation(facts, standard);
  if (said == nullptr) {
    if (finding.explanation.empty()) {
      finding.explanation = "Chưa có nguồn dữ liệu hoặc xác nhận nào.";
    }
    return;
  }
  if (finding.result == Result::kNotMet) return;
  if (said->met && finding.result == Result::kMet) return;
  const std::string before = finding.explanation;
  const std::optional<absl::CivilDay> needed = CoverNeeded(standard, facts);
  if (said->met && needed && said->covers_until < *needed) {
    finding.source = Source::kConfirmation;
    finding.refs = {said->id};
    finding.explanation = absl::StrCat("Chỉ được xác nhận đến ngày ", Day(said->covers_until),
                                       ", cần đến ngày ", Day(*needed), ".");
    return;
  }
  finding.result = said->met ? Result::kMet : Result::kNotMet;
  finding.source = Source::kConfirmation;
  finding.refs = {said->id};
  finding.explanation = absl::StrCat(before, before.empty() ? "" : " ", "Xác nhận ngày ",
                                     Day(said->confirmed), ": ", said->note);
  if (said->activity_count) {
    absl::StrAppend(&finding.explanation, " (số hoạt động: ", *said->activity_count,
                    "; kế hoạch không nêu số tối thiểu)");
  }
}

Refusal Invalid(const char* field, const char* reason, const char* vi, const char* en) {
  Refusal refusal;
  refusal.field = field;
  refusal.reason = reason;
  refusal.vi = vi;
  refusal.en = en;
  return refusal;
}

// The least number of activities that a standard asks for.
std::optional<int> LeastActivities(const Standard& standard) {
  if (standard.check != kActivityCount) return std::nullopt;
  return WholeParameter(standard, "min_activities");
}

}  // namespace

MaybeRefusal CheckCoversUntil(absl::CivilDay covers_until, absl::CivilDay today) {
  if (covers_until <= today) return std::nullopt;
  return Invalid("covers_until", "DATE_IN_FUTURE", "Không thể xác nhận cho những ngày chưa đến.",
                 "Nobody can vouch for days to come.");
}

MaybeRefusal ReadConfirmation(const Standard& standard, std::optional<bool> met,
                              std::optional<int> activity_count, Confirmation* said) {
  constexpr int kMostActivities = 99999;
  if (activity_count && standard.check != kActivityCount) {
    return Invalid("activity_count", "ACTIVITY_COUNT_NOT_ASKED_FOR",
                   "Tiêu chuẩn này không tính theo số hoạt động.",
                   "This standard does not count activities.");
  }
  if (activity_count && (*activity_count < 0 || *activity_count > kMostActivities)) {
    return Invalid("activity_count", "FIELD_OUT_OF_RANGE", "Số hoạt động phải từ 0 đến 99999.",
                   "Activities must be 0 to 99999.");
  }
  said->activity_count = activity_count;
  if (const std::optional<int> needed = LeastActivities(standard)) {
    if (!activity_count) {
      return Invalid("activity_count", "ACTIVITY_COUNT_REQUIRED",
                     "Tiêu chuẩn này cần số hoạt động đã xác nhận.",
                     "This standard needs the number of activities confirmed.");
    }
    said->met = *activity_count >= *needed;
    if (!met || *met == said->met) return std::nullopt;
    return Invalid("result", "RESULT_CONTRADICTS_COUNT",
                   "Kết quả được nêu trái với số hoạt động và số tối thiểu của kế hoạch.",
                   "The result contradicts the number of activities and the plan's minimum.");
  }
  if (!met) {
    return Invalid("result", "RESULT_NOT_SAID", "Xác nhận phải là đạt hoặc không đạt.",
                   "A confirmation says MET or NOT_MET.");
  }
  said->met = *met;
  return std::nullopt;
}

std::string LevelText(const std::string& level) {
  const std::optional<size_t> order = OrderOf(level);
  return order ? std::string(kLevels[*order].second) : "";
}

std::vector<Finding> CheckStandards(const std::vector<Standard>& standards, const Facts& facts) {
  std::vector<Finding> findings;
  for (const Standard& standard : standards) {
    if (standard.subject != (facts.individual ? "INDIVIDUAL" : "COLLECTIVE")) continue;
    Finding finding;
    finding.standard_id = standard.id;
    finding.text = standard.text;
    AskRegisters(standard, facts, finding);
    if (const std::optional<int> needed = LeastActivities(standard)) {
      CheckActivities(*needed, StandingConfirmation(facts, standard), finding);
    } else {
      ApplyConfirmation(standard, facts, finding);
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

MaybeRefusal CheckPassing(const std::vector<Finding>& findings, const std::string& reason,
                          const std::string& nomination) {
  std::vector<std::string> not_met, not_known;
  for (const Finding& finding : findings) {
    if (finding.result == Result::kNotMet) not_met.push_back(finding.standard_id);
    if (finding.result == Result::kNotKnown) not_known.push_back(finding.standard_id);
  }
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.metadata["nomination"] = nomination;
  for (const Finding& finding : findings) {
    if (finding.result == Result::kMet) continue;
    const bool failed = finding.result == Result::kNotMet;
    refusal.items.push_back(
        {absl::StrCat("standards[", finding.standard_id, "]"),
         failed ? "STANDARD_NOT_MET" : "STANDARD_NOT_KNOWN",
         absl::StrCat(finding.standard_id,
                      failed ? " chưa đạt: " : " chưa có thông tin: ", finding.explanation),
         absl::StrCat("Standard ", finding.standard_id,
                      failed ? " is not met." : " is not known.")});
  }
  if (!not_met.empty()) {
    const std::string ids = absl::StrJoin(not_met, ", ");
    refusal.reason = "STANDARD_NOT_MET";
    refusal.vi = absl::StrCat("Tiêu chuẩn chưa đạt: ", ids, ".");
    refusal.en = absl::StrCat("Standards not met: ", ids, ".");
    refusal.metadata["standards"] = ids;
    return refusal;
  }
  if (!not_known.empty() && reason.empty()) {
    const std::string ids = absl::StrJoin(not_known, ", ");
    refusal.reason = "STANDARD_NOT_KNOWN";
    refusal.vi = absl::StrCat("Tiêu chuẩn chưa có thông tin: ", ids,
                              "; hãy bổ sung xác nhận hoặc nêu lý do vẫn tiếp tục.");
    refusal.en = absl::StrCat("Standards not known: ", ids,
                              "; confirm them or say why to go on (unknown_standards_reason).");
    refusal.metadata["standards"] = ids;
    return refusal;
  }
  return std::nullopt;
}

MaybeRefusal CheckFailing(const std::vector<Finding>& findings) {
  const bool failed = absl::c_any_of(
      findings, [](const Finding& finding) { return finding.result == Result::kNotMet; });
  if (failed) return std::nullopt;
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.reason = "NO_STANDARD_FAILED";
  refusal.vi =
      "Không có tiêu chuẩn nào được xác định là không đạt; thao tác hợp lệ: ReturnAwardDossier, "
      "ConfirmStandard, AppraiseAwardDossier.";
  refusal.en =
      "No standard is known to have failed; legal moves: ReturnAwardDossier, ConfirmStandard, "
      "AppraiseAwardDossier.";
  refusal.metadata["legal_moves"] = "ReturnAwardDossier, ConfirmStandard, AppraiseAwardDossier";
  return refusal;
}

}  // namespace thidua::awards::nominations
