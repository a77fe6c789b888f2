#include "awards/councils/rules_names.h"

#include <array>

#include "absl/strings/str_cat.h"

namespace thidua::awards::councils {
namespace {

constexpr std::array<std::string_view, 2> kKinds = {"AWARD", "INITIATIVE"};
constexpr std::array<std::string_view, 4> kRoles = {"CHAIR", "VICE", "SECRETARY", "MEMBER"};
constexpr std::array<std::string_view, 3> kChoices = {"FOR", "AGAINST", "ABSTAIN"};
constexpr std::array<std::string_view, 2> kModes = {"IN_PERSON", "WRITTEN"};
constexpr std::array<std::string_view, 3> kBallotStates = {"OPEN", "CLOSED", "CANCELLED"};

template <class Enum, size_t N>
Enum Named(const std::array<std::string_view, N>& names, std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return static_cast<Enum>(0);
}

}  // namespace

std::string_view NameOf(Kind kind) { return kKinds[static_cast<size_t>(kind)]; }
std::string_view NameOf(Role role) { return kRoles[static_cast<size_t>(role)]; }
std::string_view NameOf(Choice choice) { return kChoices[static_cast<size_t>(choice)]; }
std::string_view NameOf(Mode mode) { return kModes[static_cast<size_t>(mode)]; }
std::string_view NameOf(BallotState state) { return kBallotStates[static_cast<size_t>(state)]; }

Kind KindNamed(std::string_view name) { return Named<Kind>(kKinds, name); }
Role RoleNamed(std::string_view name) { return Named<Role>(kRoles, name); }
Choice ChoiceNamed(std::string_view name) { return Named<Choice>(kChoices, name); }
Mode ModeNamed(std::string_view name) { return Named<Mode>(kModes, name); }
BallotState BallotStateNamed(std::string_view name) {
  return Named<BallotState>(kBallotStates, name);
}

MaybeRefusal CheckOpen(BallotState state) {
  if (state == BallotState::kOpen) return std::nullopt;
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.reason = "BALLOT_STATE";
  refusal.vi = absl::StrCat("Cuộc biểu quyết đã ",
                            state == BallotState::kClosed ? "kiểm phiếu và kết thúc" : "hủy",
                            "; không còn thao tác hợp lệ.");
  refusal.en = absl::StrCat("The ballot is ", std::string(NameOf(state)), "; no move is legal.");
  refusal.metadata = {{"state", std::string(NameOf(state))}, {"legal_moves", "-"}};
  return refusal;
}

}  // namespace thidua::awards::councils
