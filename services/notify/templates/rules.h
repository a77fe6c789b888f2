// Texts of notices as data: strict placeholders, plain text. A template that names a placeholder
// its kind does not know never loads, and a notice with a missing value is never written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::notify::templates {

// What a notice tells of.
enum class Kind {
  kPlanLaunched,
  kNominationInvited,
  kIndividualInvited,
  kInvitationAnswered,
  kNominationReopened,
  kAwardDossierReturned,
  kAwardDossierRejected,
  kDecisionIssued,
  kCertificateRevoked,
  kRankingPublished,
  kExplanationOpened,
  kReminderOpens,
  kReminderDue,
  kReminderToday,
  kReminderPassed,
  kReminderOverdue,
  kMeetingInvited,
  kMeetingChanged,
  kMeetingCancelled,
  kMeetingUninvited,
  kMeetingReminder,
};

// All kinds, in the order above.
const std::vector<Kind>& AllKinds();
// "PLAN_LAUNCHED".
std::string_view NameOf(Kind kind);
// nullopt for a name that is no kind.
std::optional<Kind> KindFromName(std::string_view name);
// The placeholders a template of this kind may use, sorted. Whoever writes a notice of the kind
// gives a value for each of them.
const std::vector<std::string>& PlaceholdersOf(Kind kind);

// Whether notices of this kind may go by SMS.
bool GoesBySms(Kind kind);

// Why a text was refused. reason: PLACEHOLDER_UNKNOWN, PLACEHOLDER_MISSING, PLACEHOLDER_MALFORMED
// (a brace that is not closed, or closed without an opening), TEMPLATE_EMPTY, SUBJECT_MULTILINE,
// SMS_MULTILINE, SMS_MISSING, SMS_NEVER_SENT.
struct Problem {
  std::string reason;
  std::string placeholder;  // the text between the braces, where there is one
};

// A notice as people read it.
struct Rendered {
  std::string subject;  // one line, at most kSubjectLimit characters
  std::string body;     // lines end with "\n"; no other control characters
  std::string sms;      // one line, at most kSmsLimit characters; empty when there is none
};

inline constexpr int kSubjectLimit = 250;
// Of the text as it is kept; what fits an SMS is cut when it is sent (R-NOT-34).
inline constexpr int kSmsLimit = 600;

// A checked template. "{name}" is a placeholder; "{{" and "}}" are braces.
class Template {
 public:
  // R-NOT-01 a template uses only placeholders of its kind; subject and body are not empty, the
  // subject has one line.
  static std::optional<Problem> Parse(Kind kind, std::string_view subject, std::string_view body,
                                      Template* parsed);
  // R-NOT-04 the same with a text for SMS, which has one line, too; kinds that go by SMS have one,
  // the others have none (SMS_MISSING, SMS_NEVER_SENT).
  static std::optional<Problem> Parse(Kind kind, std::string_view subject, std::string_view body,
                                      std::string_view sms, Template* parsed);
  // R-NOT-02 every placeholder of the kind has a value, used or not, and there is no other value.
  // Line breaks and control characters in a value never reach the subject; in the body only "\n"
  // survives.
  std::optional<Problem> Render(const std::map<std::string, std::string>& values,
                                Rendered* rendered) const;

 private:
  struct Segment {
    bool placeholder = false;
    std::string text;
  };
  static std::optional<Problem> ParseText(Kind kind, std::string_view text,
                                          std::vector<Segment>* segments);
  static std::string Fill(const std::vector<Segment>& segments,
                          const std::map<std::string, std::string>& values);
  Kind kind_ = Kind::kPlanLaunched;
  std::vector<Segment> subject_;
  std::vector<Segment> body_;
  std::vector<Segment> sms_;
};

}  // namespace thidua::notify::templates
