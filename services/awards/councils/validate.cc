#include "awards/councils/validate.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "awards/errors.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::councils {
namespace {

constexpr int kMostMembers = 200;
constexpr int kMostRules = 50;
constexpr int kMostAliases = 20;

absl::Status Required(const std::string& field) {
  return platform::InvalidField(field, "FIELD_REQUIRED",
                                {"Trường này không được để trống.", "This field is required."});
}

absl::Status CheckCount(const std::string& field, int count, int least, int most) {
  if (count >= least && count <= most) return absl::OkStatus();
  return platform::InvalidField(field, "COUNT_OUT_OF_RANGE",
                                {absl::StrCat("Cần từ ", least, " đến ", most, " mục."),
                                 absl::StrCat("There must be ", least, " to ", most, " entries.")});
}

template <class Message>
absl::StatusOr<Period> PeriodOf(const Message& message, const std::string& at) {
  Period period;
  ASSIGN_OR_RETURN(period.from, platform::ParseDate(message.valid_from(), at + ".valid_from"));
  if (!message.valid_to().empty()) {
    ASSIGN_OR_RETURN(const absl::CivilDay to,
                     platform::ParseDate(message.valid_to(), at + ".valid_to"));
    period.to = to;
  }
  return period;
}

absl::StatusOr<Member> MemberOf(const v1::CouncilMember& from, const std::string& at) {
  Member member;
  ASSIGN_OR_RETURN(member.person_id, platform::IdFromName(from.person(), "people", at + ".person"));
  if (!v1::CouncilRole_IsValid(from.role()) || from.role() == v1::COUNCIL_ROLE_UNSPECIFIED) {
    return Required(at + ".role");
  }
  member.role = static_cast<Role>(from.role() - 1);
  if (!from.unit().empty()) {
    ASSIGN_OR_RETURN(member.unit_id, platform::IdFromName(from.unit(), "units", at + ".unit"));
  }
  RETURN_IF_ERROR(CheckOptionalText(at + ".position", from.position(), 300));
  member.position = from.position();
  ASSIGN_OR_RETURN(member.period, PeriodOf(from, at));
  return member;
}

absl::StatusOr<VotingRule> RuleOf(const v1::VotingRule& from, const std::string& at) {
  VotingRule rule;
  const bool word = from.award_form().size() <= 32 &&
                    std::all_of(from.award_form().begin(), from.award_form().end(),
                                [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
  if (!word) {
    return platform::InvalidField(
        at + ".award_form", "AWARD_FORM_MALFORMED",
        {"Hình thức khen thưởng viết dạng GIAY_KHEN.", "Award forms are like GIAY_KHEN."});
  }
  rule.award_form = from.award_form();
  rule.quorum = {from.quorum().numerator(), from.quorum().denominator()};
  rule.threshold = {from.threshold().numerator(), from.threshold().denominator()};
  rule.threshold_exclusive = from.threshold_exclusive();
  rule.written_counts_for_quorum = from.written_counts_for_quorum();
  rule.conflicts_left_out = from.conflict_treatment() == v1::CONFLICT_TREATMENT_LEFT_OUT;
  rule.secret = from.secret();
  RETURN_IF_ERROR(CheckOptionalText(at + ".legal_basis", from.legal_basis(), 500));
  rule.legal_basis = from.legal_basis();
  ASSIGN_OR_RETURN(rule.period, PeriodOf(from, at));
  return rule;
}

}  // namespace

absl::StatusOr<CouncilRow> CouncilOf(const v1::Council& council) {
  CouncilRow row;
  ASSIGN_OR_RETURN(row.unit_id, platform::IdFromName(council.unit(), "units", "council.unit"));
  if (!v1::CouncilKind_IsValid(council.kind()) || council.kind() == v1::COUNCIL_KIND_UNSPECIFIED) {
    return Required("council.kind");
  }
  row.kind = static_cast<Kind>(council.kind() - 1);
  RETURN_IF_ERROR(CheckText("council.title", council.title(), 300));
  row.title = council.title();
  RETURN_IF_ERROR(CheckOptionalText("council.legal_basis", council.legal_basis(), 500));
  row.legal_basis = council.legal_basis();
  RETURN_IF_ERROR(CheckCount("council.aliases", council.aliases_size(), 0, kMostAliases));
  for (int i = 0; i < council.aliases_size(); ++i) {
    RETURN_IF_ERROR(CheckText(absl::StrCat("council.aliases[", i, "]"), council.aliases(i), 300));
    row.aliases.push_back(council.aliases(i));
  }
  RETURN_IF_ERROR(CheckCount("council.members", council.members_size(), 1, kMostMembers));
  for (int i = 0; i < council.members_size(); ++i) {
    ASSIGN_OR_RETURN(Member member,
                     MemberOf(council.members(i), absl::StrCat("council.members[", i, "]")));
    row.members.push_back(std::move(member));
  }
  RETURN_IF_ERROR(CheckCount("council.voting_rules", council.voting_rules_size(), 0, kMostRules));
  for (int i = 0; i < council.voting_rules_size(); ++i) {
    ASSIGN_OR_RETURN(VotingRule rule, RuleOf(council.voting_rules(i),
                                             absl::StrCat("council.voting_rules[", i, "]")));
    row.rules.push_back(std::move(rule));
  }
  RETURN_IF_ERROR(ErrorOf(CheckComposition(row.members, row.rules)));
  return row;
}

absl::StatusOr<Choice> ChoiceOf(v1::VoteChoice choice) {
  if (!v1::VoteChoice_IsValid(choice) || choice == v1::VOTE_CHOICE_UNSPECIFIED) {
    return Required("choice");
  }
  return static_cast<Choice>(choice - 1);
}

absl::StatusOr<Minutes> MinutesOf(const v1::BallotMinutes& from) {
  Minutes minutes;
  ASSIGN_OR_RETURN(minutes.meeting_date,
                   platform::ParseDate(from.meeting_date(), "minutes.meeting_date"));
  RETURN_IF_ERROR(CheckOptionalText("minutes.place", from.place(), 300));
  minutes.place = from.place();
  RETURN_IF_ERROR(CheckCount("minutes.present", from.present_size(), 0, kMostMembers));
  for (int i = 0; i < from.present_size(); ++i) {
    ASSIGN_OR_RETURN(
        std::string id,
        platform::IdFromName(from.present(i), "people", absl::StrCat("minutes.present[", i, "]")));
    minutes.present.insert(std::move(id));
  }
  if (!from.file().empty()) {
    ASSIGN_OR_RETURN(minutes.file_id, platform::IdFromName(from.file(), "files", "minutes.file"));
  }
  RETURN_IF_ERROR(CheckOptionalText("minutes.note", from.note(), 5000));
  minutes.note = from.note();
  return minutes;
}

}  // namespace thidua::awards::councils
