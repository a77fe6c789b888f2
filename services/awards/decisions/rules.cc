#include "awards/decisions/rules.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"

namespace thidua::awards::decisions {
namespace {

constexpr std::array<std::pair<State, std::string_view>, 3> kStates = {
    {{State::kDraft, "DRAFT"}, {State::kIssued, "ISSUED"}, {State::kCancelled, "CANCELLED"}}};

constexpr size_t kMostDigits = 6;
constexpr size_t kLongestSymbol = 60;

Refusal Invalid(std::string field, std::string reason, std::string vi, std::string en) {
  Refusal refusal;
  refusal.field = std::move(field);
  refusal.reason = std::move(reason);
  refusal.vi = std::move(vi);
  refusal.en = std::move(en);
  return refusal;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Capitals, digits, "-", "&" and letters beyond ASCII; at least one character.
bool IsSymbol(std::string_view text) {
  if (text.empty() || text.size() > kLongestSymbol) return false;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool fits = byte >= 0x80 || IsDigit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '&';
    if (!fits) return false;
  }
  return true;
}

}  // namespace

std::string_view NameOf(State state) { return kStates[static_cast<size_t>(state)].second; }

std::optional<State> StateNamed(std::string_view name) {
  for (const auto& [state, text] : kStates) {
    if (text == name) return state;
  }
  return std::nullopt;
}

// R-AWD-50
NumberResult ReadNumber(std::string_view number) {
  constexpr std::string_view kDecision = "/QĐ-";
  size_t digits = 0;
  while (digits < number.size() && IsDigit(number[digits])) ++digits;
  size_t zeros = 0;
  while (zeros < digits && number[zeros] == '0') ++zeros;
  const std::string_view rest = number.substr(digits);
  const bool fits = digits >= 1 && digits <= kMostDigits && zeros < digits &&
                    rest.substr(0, kDecision.size()) == kDecision &&
                    IsSymbol(rest.substr(kDecision.size()));
  if (!fits) {
    return {"", Invalid("number", "DECISION_NUMBER_MALFORMED",
                        "Số, ký hiệu quyết định phải có dạng “125/QĐ-UBND”.",
                        "Number and symbol must be like 125/QĐ-UBND.")};
  }
  return {std::string(number.substr(zeros)), std::nullopt};
}

// R-AWD-51
MaybeRefusal CheckIssueDate(absl::CivilDay issue, absl::CivilDay today,
                            const std::vector<absl::CivilDay>& ballots_closed) {
  if (issue > today) {
    return Invalid("issue_date", "DATE_IN_FUTURE", "Ngày ban hành nằm trong tương lai.",
                   "The day of issue lies in the future.");
  }
  for (absl::CivilDay closed : ballots_closed) {
    if (issue < closed) {
      return Invalid("issue_date", "DECISION_BEFORE_BALLOT",
                     "Ngày ban hành trước ngày Hội đồng biểu quyết.",
                     "The day of issue comes before the council's vote.");
    }
  }
  return std::nullopt;
}

// R-AWD-52
MaybeRefusal CheckSignature(const Signature& signature) {
  if (signature.signer_name.empty()) {
    return Invalid("signature.signer_name", "FIELD_REQUIRED", "Thiếu họ tên người ký.",
                   "The signer's name is missing.");
  }
  if (signature.signer_position.empty()) {
    return Invalid("signature.signer_position", "FIELD_REQUIRED", "Thiếu chức vụ người ký.",
                   "The signer's position is missing.");
  }
  const bool direct = signature.mode == SigningMode::kDirect;
  if (direct && !signature.signs_for.empty()) {
    return Invalid("signature.signs_for", "SIGNS_FOR_NOBODY",
                   "Ký trực tiếp thì không ký thay, ký thừa lệnh hay thừa ủy quyền cho ai.",
                   "Who signs directly signs for nobody else.");
  }
  if (!direct && signature.signs_for.empty()) {
    return Invalid("signature.signs_for", "FIELD_REQUIRED",
                   "Ký TM., KT., TL. hoặc TUQ. phải nêu ký cho ai.",
                   "Who signs TM., KT., TL. or TUQ. names for whom.");
  }
  return std::nullopt;
}

// R-AWD-53
MaybeRefusal CheckOnePlan(const std::vector<std::string>& plan_ids) {
  for (size_t i = 1; i < plan_ids.size(); ++i) {
    if (plan_ids[i] != plan_ids[0]) {
      return Invalid(absl::StrCat("nominations[", i, "]"), "NOMINATION_OF_OTHER_PLAN",
                     "Các đề nghị trong một quyết định phải thuộc cùng một kế hoạch.",
                     "All nominations of a decision must be of one plan.");
    }
  }
  return std::nullopt;
}

// R-AWD-54
MaybeRefusal CheckDraft(State state) {
  if (state == State::kDraft) return std::nullopt;
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.reason = "DECISION_STATE";
  refusal.vi =
      absl::StrCat("Quyết định ", state == State::kIssued ? "đã ban hành" : "đã hủy dự thảo",
                   "; không còn thao tác hợp lệ.");
  refusal.en = absl::StrCat("The decision is ", std::string(NameOf(state)), "; no move is legal.");
  refusal.metadata = {{"state", std::string(NameOf(state))}, {"legal_moves", "-"}};
  return refusal;
}

}  // namespace thidua::awards::decisions
