#include "awards/nominations/rules_states.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace thidua::awards::nominations {
namespace {

struct StateText {
  State state;
  std::string_view name;
  std::string_view vi;
};

constexpr std::array<StateText, 14> kStates = {{
    {State::kShortlisted, "SHORTLISTED", "đã chọn"},
    {State::kInvited, "INVITED", "đã mời lập hồ sơ"},
    {State::kFiled, "FILED", "đã nộp hồ sơ"},
    {State::kReturned, "RETURNED", "đã trả lại hồ sơ"},
    {State::kAppraised, "APPRAISED", "đã thẩm định"},
    {State::kCarried, "CARRIED", "Hội đồng tán thành"},
    {State::kNotCarried, "NOT_CARRIED", "Hội đồng không tán thành"},
    {State::kDecided, "DECIDED", "đã có quyết định"},
    {State::kAccepted, "ACCEPTED", "đã nhận lời mời"},
    {State::kDeclined, "DECLINED", "đã từ chối lời mời"},
    {State::kMissed, "MISSED", "đã quá hạn nộp hồ sơ"},
    {State::kIneligible, "INELIGIBLE", "không đủ điều kiện"},
    {State::kNominated, "NOMINATED", "đơn vị đã giới thiệu"},
    {State::kNotSelected, "NOT_SELECTED", "không được chọn"},
}};

struct Edge {
  State from;
  Move move;
  State to;
  std::string_view rpc;
};

constexpr std::array<Edge, 27> kEdges = {{
    {State::kNominated, Move::kSelectIndividual, State::kShortlisted, "SelectIndividuals"},
    {State::kNominated, Move::kPassOverIndividual, State::kNotSelected, "SelectIndividuals"},
    {State::kNotSelected, Move::kReopenNomination, State::kNominated, "ReopenNomination"},
    {State::kShortlisted, Move::kInviteUnits, State::kInvited, "InviteUnits"},
    {State::kInvited, Move::kAcceptInvitation, State::kAccepted, "AcceptInvitation"},
    {State::kInvited, Move::kDeclineInvitation, State::kDeclined, "DeclineInvitation"},
    {State::kInvited, Move::kFileAwardDossier, State::kFiled, "FileAwardDossier"},
    {State::kAccepted, Move::kDeclineInvitation, State::kDeclined, "DeclineInvitation"},
    {State::kAccepted, Move::kFileAwardDossier, State::kFiled, "FileAwardDossier"},
    {State::kDeclined, Move::kReopenNomination, State::kInvited, "ReopenNomination"},
    {State::kMissed, Move::kReopenNomination, State::kInvited, "ReopenNomination"},
    {State::kIneligible, Move::kReopenNomination, State::kFiled, "ReopenNomination"},
    {State::kFiled, Move::kReturnAwardDossier, State::kReturned, "ReturnAwardDossier"},
    {State::kFiled, Move::kRejectAwardDossier, State::kIneligible, "RejectAwardDossier"},
    {State::kFiled, Move::kConfirmStandard, State::kFiled, "ConfirmStandard"},
    {State::kFiled, Move::kCheckStandards, State::kFiled, "CheckStandards"},
    {State::kFiled, Move::kAppraiseAwardDossier, State::kAppraised, "AppraiseAwardDossier"},
    {State::kReturned, Move::kFileAwardDossier, State::kFiled, "FileAwardDossier"},
    {State::kAppraised, Move::kConfirmStandard, State::kAppraised, "ConfirmStandard"},
    {State::kAppraised, Move::kCheckStandards, State::kAppraised, "CheckStandards"},
    {State::kAppraised, Move::kOpenBallot, State::kAppraised, "OpenBallot"},
    {State::kAppraised, Move::kCloseBallotCarried, State::kCarried, "CloseBallot"},
    {State::kAppraised, Move::kCloseBallotNotCarried, State::kNotCarried, "CloseBallot"},
    {State::kCarried, Move::kConfirmStandard, State::kCarried, "ConfirmStandard"},
    {State::kCarried, Move::kCheckStandards, State::kCarried, "CheckStandards"},
    {State::kCarried, Move::kCreateDecision, State::kCarried, "CreateDecision"},
    {State::kCarried, Move::kIssueDecision, State::kDecided, "IssueDecision"},
}};

bool EndedForTheUnit(State state) { return state == State::kDeclined || state == State::kMissed; }

const StateText& TextOf(State state) { return kStates[static_cast<size_t>(state)]; }

}  // namespace

std::string_view NameOf(State state) { return TextOf(state).name; }

std::optional<State> StateNamed(std::string_view name) {
  for (const StateText& text : kStates) {
    if (text.name == name) return text.state;
  }
  return std::nullopt;
}

State StateOn(State stored, std::optional<absl::CivilDay> deadline, absl::CivilDay today) {
  const bool waits = stored == State::kInvited || stored == State::kAccepted;
  return waits && deadline && today > *deadline ? State::kMissed : stored;
}

std::vector<std::string> LegalMoves(State state) {
  std::vector<std::string> moves;
  for (const Edge& edge : kEdges) {
    if (edge.from != state) continue;
    std::string rpc(edge.rpc);
    if (std::find(moves.begin(), moves.end(), rpc) == moves.end()) moves.push_back(std::move(rpc));
  }
  return moves;
}

MoveResult Apply(State state, Move move) {
  const auto edge = std::find_if(kEdges.begin(), kEdges.end(),
                                 [&](const Edge& e) { return e.from == state && e.move == move; });
  if (edge != kEdges.end()) return {edge->to, std::nullopt};

  const std::vector<std::string> legal = LegalMoves(state);
  const std::string moves = legal.empty() ? "-" : absl::StrJoin(legal, ", ");
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.reason = "NOMINATION_STATE";
  refusal.vi = absl::StrCat("Đề nghị khen thưởng đang ở trạng thái “",
                            std::string(TextOf(state).vi), "”; thao tác hợp lệ: ", moves, ".");
  refusal.en =
      absl::StrCat("The nomination is ", std::string(NameOf(state)), "; legal moves: ", moves, ".");
  refusal.metadata = {{"state", std::string(NameOf(state))}, {"legal_moves", moves}};
  return {state, refusal};
}

MaybeRefusal CheckReopening(State from, std::optional<absl::CivilDay> deadline,
                            absl::CivilDay today) {
  Refusal refusal;
  refusal.field = "filing_deadline";
  if (!EndedForTheUnit(from)) {
    if (!deadline) return std::nullopt;
    refusal.reason = "DEADLINE_NOT_ASKED_FOR";
    refusal.vi = "Trường hợp này không đặt lại hạn nộp hồ sơ.";
    refusal.en = "No filing deadline is set in this case.";
    return refusal;
  }
  if (!deadline) {
    refusal.reason = "FIELD_REQUIRED";
    refusal.vi = "Mở lại thì phải nêu hạn nộp hồ sơ mới.";
    refusal.en = "Reopening needs a new filing deadline.";
    return refusal;
  }
  if (*deadline >= today) return std::nullopt;
  refusal.reason = "DEADLINE_PAST";
  refusal.vi = "Hạn nộp hồ sơ đã qua.";
  refusal.en = "The filing deadline is in the past.";
  return refusal;
}

MaybeRefusal CheckNotOwnPerson(const std::string& person_id, const std::string& caller) {
  if (person_id.empty() || person_id != caller) return std::nullopt;
  Refusal refusal;
  refusal.kind = RefusalKind::kForbidden;
  refusal.reason = "OWN_PERSON";
  refusal.vi = "Không ai được xem xét đề nghị khen thưởng của chính mình.";
  refusal.en = "Nobody judges the own nomination.";
  return refusal;
}

MaybeRefusal CheckNotFiler(const std::vector<std::string>& filers, const std::string& actor) {
  if (std::find(filers.begin(), filers.end(), actor) == filers.end()) return std::nullopt;
  Refusal refusal;
  refusal.kind = RefusalKind::kForbidden;
  refusal.reason = "FILER_CANNOT_APPRAISE";
  refusal.vi = "Người đã nộp hồ sơ hoặc đã giới thiệu cá nhân không được xem xét chính đề nghị đó.";
  refusal.en = "Who filed an award dossier or put up the person cannot judge it.";
  return refusal;
}

MaybeRefusal CheckNotJudge(const std::vector<std::string>& judges, const std::string& actor) {
  if (actor.empty() || std::find(judges.begin(), judges.end(), actor) == judges.end()) {
    return std::nullopt;
  }
  Refusal refusal;
  refusal.kind = RefusalKind::kForbidden;
  refusal.reason = "SEPARATION_OF_DUTIES";
  refusal.vi =
      "Người đã lựa chọn cá nhân, đã trả lại, từ chối, thẩm định hồ sơ hoặc đã xác nhận tiêu chuẩn "
      "không được nộp chính hồ sơ đó.";
  refusal.en =
      "Who selected the person, returned, rejected or appraised an award dossier or confirmed a "
      "standard cannot file it.";
  return refusal;
}

}  // namespace thidua::awards::nominations
