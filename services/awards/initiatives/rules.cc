#include "awards/initiatives/rules.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace thidua::awards::initiatives {
namespace {

constexpr std::array<std::string_view, 5> kStates = {"REGISTERED", "UNDER_REVIEW", "CARRIED",
                                                     "RECOGNISED", "NOT_RECOGNISED"};
constexpr std::array<std::string_view, 5> kStateTexts = {
    "mới được đăng ký", "đang được Hội đồng xem xét", "đã được Hội đồng thông qua",
    "đã được công nhận", "đã không được Hội đồng thông qua"};

struct Step {
  State from;
  Move move;
  State to;
  std::string_view rpc;
};
constexpr std::array<Step, 7> kSteps = {{
    {State::kRegistered, Move::kOpenBallot, State::kUnderReview, "OpenBallot"},
    {State::kRegistered, Move::kRecognise, State::kRecognised, "RecogniseInitiative"},
    {State::kUnderReview, Move::kCloseCarried, State::kCarried, "CloseBallot"},
    {State::kUnderReview, Move::kCloseNotCarried, State::kNotRecognised, "CloseBallot"},
    {State::kUnderReview, Move::kCancelBallot, State::kRegistered, "CancelBallot"},
    {State::kCarried, Move::kRecognise, State::kRecognised, "RecogniseInitiative"},
    {State::kNotRecognised, Move::kRecognise, State::kRecognised, "RecogniseInitiative"},
}};

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

// R-AWD-97
MaybeRefusal CheckBenefit(const Benefit& benefit) {
  constexpr int64_t kMostHours = 100'000'000;
  constexpr int64_t kMostVnd = 1'000'000'000'000'000;
  const auto outside = [](const std::optional<int64_t>& value, int64_t most) {
    return value && (*value < 0 || *value > most);
  };
  if (outside(benefit.hours_saved, kMostHours) || outside(benefit.vnd_saved, kMostVnd)) {
    return Make(RefusalKind::kInvalid, "initiative.benefit", "FIELD_OUT_OF_RANGE",
                "Thời gian, chi phí tiết kiệm được không được âm hoặc quá lớn.",
                "Time and cost saved must not be negative or too large.");
  }
  const bool stated = benefit.hours_saved || benefit.vnd_saved;
  if (stated && benefit.basis.empty()) {
    return Make(RefusalKind::kInvalid, "initiative.benefit.basis", "FIELD_REQUIRED",
                "Nêu cách tính thời gian, chi phí tiết kiệm được.",
                "Say how time and cost saved were counted.");
  }
  return std::nullopt;
}

// R-AWD-96
MaybeRefusal CheckShares(size_t authors, const std::vector<int>& shares) {
  if (shares.empty()) return std::nullopt;
  const bool each = std::all_of(shares.begin(), shares.end(),
                                [](int share) { return share >= 1 && share <= 100; });
  if (shares.size() == authors && each && std::accumulate(shares.begin(), shares.end(), 0) == 100) {
    return std::nullopt;
  }
  return Make(RefusalKind::kInvalid, "initiative.author_shares", "AUTHOR_SHARES",
              "Tỷ lệ đóng góp nêu cho mọi tác giả, mỗi người từ 1 đến 100 phần trăm, tổng là 100.",
              "Shares are given for every author, 1 to 100 percent each, 100 in all.");
}

std::string_view NameOf(State state) { return kStates[static_cast<size_t>(state)]; }

std::optional<State> StateNamed(std::string_view name) {
  for (size_t i = 0; i < kStates.size(); ++i) {
    if (kStates[i] == name) return static_cast<State>(i);
  }
  return std::nullopt;
}

// R-AWD-93
MoveResult Apply(State state, Move move) {
  std::vector<std::string> legal;
  for (const Step& step : kSteps) {
    if (step.from != state) continue;
    if (step.move == move) return {step.to, std::nullopt};
    const std::string rpc(step.rpc);
    if (std::find(legal.begin(), legal.end(), rpc) == legal.end()) legal.push_back(rpc);
  }
  std::string list;
  for (const std::string& rpc : legal) list += (list.empty() ? "" : ", ") + rpc;
  Refusal refusal =
      Make(RefusalKind::kState, "", "INITIATIVE_STATE",
           "Sáng kiến " + std::string(kStateTexts[static_cast<size_t>(state)]) +
               (list.empty() ? "; không còn thao tác hợp lệ." : "; thao tác hợp lệ: " + list + "."),
           "The initiative is " + std::string(NameOf(state)) +
               (list.empty() ? "; no move is legal." : "; legal moves: " + list + "."));
  refusal.metadata = {{"state", std::string(NameOf(state))},
                      {"legal_moves", list.empty() ? "-" : list}};
  return {state, std::move(refusal)};
}

// R-AWD-91 to R-AWD-94
MaybeRefusal CheckRecognition(const RecognitionCase& recognition) {
  if (MoveResult move = Apply(recognition.state, Move::kRecognise); move.refusal) {
    return move.refusal;
  }
  if (recognition.registrar == recognition.actor) {
    return Make(RefusalKind::kForbidden, "", "REGISTRAR_CANNOT_RECOGNISE",
                "Người đăng ký sáng kiến không được ghi nhận việc công nhận sáng kiến đó.",
                "Who registered an initiative cannot record its recognition.");
  }
  const std::vector<std::string>& authors = recognition.authors;
  if (!recognition.actor_person.empty() &&
      std::find(authors.begin(), authors.end(), recognition.actor_person) != authors.end()) {
    return Make(RefusalKind::kForbidden, "", "OWN_PERSON",
                "Tác giả không được ghi nhận việc công nhận sáng kiến của chính mình.",
                "An author does not record the recognition of the own initiative.");
  }
  if (recognition.date > recognition.today) {
    return Make(RefusalKind::kInvalid, "recognition.date", "DATE_IN_FUTURE",
                "Ngày công nhận nằm trong tương lai.",
                "The day of recognition lies in the future.");
  }
  if (recognition.date.year() < recognition.year) {
    return Make(RefusalKind::kInvalid, "recognition.date", "RECOGNISED_BEFORE_ITS_YEAR",
                "Ngày công nhận trước năm áp dụng sáng kiến.",
                "The day of recognition comes before the initiative's year.");
  }
  if (!recognition.judgement) return std::nullopt;
  const Judgement& judgement = *recognition.judgement;
  if (recognition.state == State::kCarried && recognition.date < judgement.closed) {
    return Make(RefusalKind::kInvalid, "recognition.date", "RECOGNISED_BEFORE_BALLOT",
                "Quyết định công nhận có ngày trước ngày Hội đồng biểu quyết.",
                "The decision on the recognition is older than the council's vote.");
  }
  const std::vector<std::string>& names = judgement.council_names;
  if (recognition.state == State::kNotRecognised &&
      std::find(names.begin(), names.end(), recognition.authority) != names.end()) {
    return Make(RefusalKind::kInvalid, "recognition.authority", "NOT_CARRIED_BY_THIS_COUNCIL",
                "Hội đồng này đã không thông qua sáng kiến; chỉ cấp có thẩm quyền khác mới công "
                "nhận được.",
                "This council has not carried the initiative; only another authority may "
                "recognise it.");
  }
  return std::nullopt;
}

}  // namespace thidua::awards::initiatives
