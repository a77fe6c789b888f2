#include "notify/templates/rules.h"

#include <algorithm>
#include <utility>

namespace thidua::notify::templates {
namespace {

struct KindEntry {
  Kind kind;
  std::string_view name;
  std::vector<std::string> placeholders;  // sorted
};

const std::vector<KindEntry>& Entries() {
  static const auto& entries = *new std::vector<KindEntry>{
      {Kind::kPlanLaunched,
       "PLAN_LAUNCHED",
       {"end_date", "issue_date", "issuer_name", "milestones", "period", "plan_name", "plan_number",
        "plan_title", "start_date", "theme", "unit_name"}},
      {Kind::kNominationInvited,
       "NOMINATION_INVITED",
       {"award_form", "coordinator_name", "documents", "filing_deadline", "plan_name",
        "plan_number", "plan_title", "unit_name"}},
      {Kind::kIndividualInvited,
       "INDIVIDUAL_INVITED",
       {"award_form", "coordinator_name", "documents", "filing_deadline", "person_name",
        "plan_name", "plan_number", "plan_title", "unit_name"}},
      {Kind::kInvitationAnswered,
       "INVITATION_ANSWERED",
       {"answer", "answer_date", "answering_unit", "plan_name", "plan_number", "plan_title",
        "reason", "unit_name"}},
      {Kind::kNominationReopened,
       "NOMINATION_REOPENED",
       {"award_form", "next_step", "plan_name", "plan_number", "plan_title", "reason",
        "reopen_date", "unit_name"}},
      {Kind::kAwardDossierReturned,
       "AWARD_DOSSIER_RETURNED",
       {"plan_name", "plan_number", "plan_title", "reason", "return_date", "unit_name"}},
      {Kind::kAwardDossierRejected,
       "AWARD_DOSSIER_REJECTED",
       {"findings", "plan_name", "plan_number", "plan_title", "reason", "reject_date",
        "unit_name"}},
      {Kind::kDecisionIssued,
       "DECISION_ISSUED",
       {"award_forms", "awarding_authority", "certificate_codes", "certificates", "decision_number",
        "issue_date", "issuer_name", "plan_name", "plan_title", "signer_name", "signer_position",
        "unit_name"}},
      {Kind::kCertificateRevoked,
       "CERTIFICATE_REVOKED",
       {"award_form", "certificate_code", "document_date", "document_number", "of_person", "reason",
        "revoke_date", "unit_name", "withdrawn_prize"}},
      {Kind::kRankingPublished,
       "RANKING_PUBLISHED",
       {"band", "index_percent", "max_points", "points", "publish_date", "rank", "rank_change",
        "ranked_count", "unit_name", "year"}},
      {Kind::kExplanationOpened,
       "EXPLANATION_OPENED",
       {"appraisal_date", "due_date", "round_title", "start_date", "unit_name"}},
      {Kind::kReminderOpens,
       "REMINDER_OPENS",
       {"days", "deadline_title", "due_date", "source_phrase", "start_date", "unit_name"}},
      {Kind::kReminderDue,
       "REMINDER_DUE",
       {"days", "deadline_title", "due_date", "source_phrase", "start_date", "unit_name"}},
      {Kind::kReminderToday,
       "REMINDER_TODAY",
       {"days", "deadline_title", "due_date", "source_phrase", "start_date", "unit_name"}},
      {Kind::kReminderPassed,
       "REMINDER_PASSED",
       {"days", "deadline_title", "due_date", "source_phrase", "start_date", "unit_name"}},
      {Kind::kReminderOverdue,
       "REMINDER_OVERDUE",
       {"days", "deadline_title", "due_date", "source_phrase", "start_date", "unit_name"}},
      {Kind::kMeetingInvited,
       "MEETING_INVITED",
       {"agenda", "council_name", "meeting_date", "meeting_time", "place", "unit_name", "weekday"}},
      {Kind::kMeetingChanged,
       "MEETING_CHANGED",
       {"agenda", "council_name", "former_date", "former_place", "former_time", "meeting_date",
        "meeting_time", "place", "unit_name", "weekday"}},
      {Kind::kMeetingCancelled,
       "MEETING_CANCELLED",
       {"agenda", "council_name", "meeting_date", "meeting_time", "place", "reason", "unit_name",
        "weekday"}},
      {Kind::kMeetingUninvited,
       "MEETING_UNINVITED",
       {"agenda", "council_name", "meeting_date", "meeting_time", "place", "unit_name", "weekday"}},
      {Kind::kMeetingReminder,
       "MEETING_REMINDER",
       {"agenda", "council_name", "meeting_date", "meeting_time", "place", "unit_name", "weekday"}},
  };
  return entries;
}

const KindEntry& EntryOf(Kind kind) {
  for (const KindEntry& entry : Entries()) {
    if (entry.kind == kind) return entry;
  }
  return Entries().front();
}

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

// One line: every run of white space and control characters is one space; none at the ends.
std::string OneLine(std::string_view text) {
  std::string line;
  bool gap = false;
  for (const char c : text) {
    if (c == ' ' || IsControl(c)) {
      gap = !line.empty();
      continue;
    }
    if (gap) line.push_back(' ');
    gap = false;
    line.push_back(c);
  }
  return line;
}

// At most `limit` characters (code points of UTF-8), the last of them "…" when something was cut
// off.
std::string Shortened(const std::string& text, int limit) {
  int characters = 0;
  size_t cut = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) continue;
    if (characters == limit - 1) cut = i;
    if (characters == limit) return text.substr(0, cut) + "…";
    ++characters;
  }
  return text;
}

// Line ends become "\n"; other control characters become spaces.
std::string PlainText(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') plain.push_back('\n');
    } else if (text[i] != '\n' && IsControl(text[i])) {
      plain.push_back(' ');
    } else {
      plain.push_back(text[i]);
    }
  }
  return plain;
}

}  // namespace

const std::vector<Kind>& AllKinds() {
  static const auto& kinds = *[] {
    auto* all = new std::vector<Kind>;
    for (const KindEntry& entry : Entries()) all->push_back(entry.kind);
    return all;
  }();
  return kinds;
}

std::string_view NameOf(Kind kind) { return EntryOf(kind).name; }

std::optional<Kind> KindFromName(std::string_view name) {
  for (const KindEntry& entry : Entries()) {
    if (entry.name == name) return entry.kind;
  }
  return std::nullopt;
}

bool GoesBySms(Kind kind) {
  switch (kind) {
    case Kind::kMeetingInvited:
    case Kind::kMeetingChanged:
    case Kind::kMeetingCancelled:
    case Kind::kMeetingUninvited:
    case Kind::kMeetingReminder:
      return true;
    default:
      return false;
  }
}

const std::vector<std::string>& PlaceholdersOf(Kind kind) { return EntryOf(kind).placeholders; }

std::optional<Problem> Template::ParseText(Kind kind, std::string_view text,
                                           std::vector<Segment>* segments) {
  const std::vector<std::string>& known = PlaceholdersOf(kind);
  std::string literal;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '{' && c != '}') {
      literal.push_back(c);
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == c) {
      literal.push_back(c);
      ++i;
      continue;
    }
    const size_t end = text.find_first_of("{}", i + 1);
    if (c == '}' || end == std::string_view::npos || text[end] == '{') {
      return Problem{"PLACEHOLDER_MALFORMED", std::string(text.substr(i, 40))};
    }
    std::string name(text.substr(i + 1, end - i - 1));
    if (!std::binary_search(known.begin(), known.end(), name)) {
      return Problem{"PLACEHOLDER_UNKNOWN", name};
    }
    if (!literal.empty()) segments->push_back({false, std::exchange(literal, "")});
    segments->push_back({true, std::move(name)});
    i = end;
  }
  if (!literal.empty()) segments->push_back({false, literal});
  return std::nullopt;
}

std::optional<Problem> Template::Parse(Kind kind, std::string_view subject, std::string_view body,
                                       Template* parsed) {
  Template result;
  result.kind_ = kind;
  if (OneLine(subject).empty() || OneLine(body).empty()) return Problem{"TEMPLATE_EMPTY", ""};
  if (std::any_of(subject.begin(), subject.end(), IsControl)) {
    return Problem{"SUBJECT_MULTILINE", ""};
  }
  if (auto problem = ParseText(kind, subject, &result.subject_)) return problem;
  if (auto problem = ParseText(kind, body, &result.body_)) return problem;
  *parsed = std::move(result);
  return std::nullopt;
}

std::optional<Problem> Template::Parse(Kind kind, std::string_view subject, std::string_view body,
                                       std::string_view sms, Template* parsed) {
  Template result;
  if (auto problem = Parse(kind, subject, body, &result)) return problem;
  if (std::any_of(sms.begin(), sms.end(), IsControl)) return Problem{"SMS_MULTILINE", ""};
  if (GoesBySms(kind) == OneLine(sms).empty()) {
    return Problem{GoesBySms(kind) ? "SMS_MISSING" : "SMS_NEVER_SENT", ""};
  }
  if (auto problem = ParseText(kind, sms, &result.sms_)) return problem;
  *parsed = std::move(result);
  return std::nullopt;
}

std::string Template::Fill(const std::vector<Segment>& segments,
                           const std::map<std::string, std::string>& values) {
  std::string text;
  for (const Segment& segment : segments) {
    text += segment.placeholder ? values.at(segment.text) : segment.text;
  }
  return text;
}

std::optional<Problem> Template::Render(const std::map<std::string, std::string>& values,
                                        Rendered* rendered) const {
  const std::vector<std::string>& known = PlaceholdersOf(kind_);
  for (const std::string& name : known) {
    if (values.find(name) == values.end()) return Problem{"PLACEHOLDER_MISSING", name};
  }
  for (const auto& [name, value] : values) {
    if (!std::binary_search(known.begin(), known.end(), name)) {
      return Problem{"PLACEHOLDER_UNKNOWN", name};
    }
  }
  rendered->subject = Shortened(OneLine(Fill(subject_, values)), kSubjectLimit);
  rendered->body = PlainText(Fill(body_, values));
  rendered->sms = Shortened(OneLine(Fill(sms_, values)), kSmsLimit);
  return std::nullopt;
}

}  // namespace thidua::notify::templates
