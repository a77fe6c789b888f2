// Whether a unit meets the standards of a plan, as far as anyone knows, and from what source.
//
// R-AWD-30  Every standard answers MET, NOT_MET or NOT_KNOWN with its source; without a source it
// is
//           NOT_KNOWN, never guessed.
// R-AWD-31  "High rank or leap": thresholds are parameters of the plan (max_rank,
//           min_rank_gain). A missing threshold or a missing rank of the year before makes
//           that half unknown; one half met is enough, both halves failed are needed to fail.
// R-AWD-32  Reports full and on time: all reports of the year that were due before the day are
// filed,
//           none late. A report is due to the end of its last day. One without a due date is never
//           late and, once filed, never on time: while nothing else fails, the standard is not
//           known.
// R-AWD-33  A recognised initiative of the year, recognised by the day by any competent authority.
//           Registered and not recognised: not met; nothing registered: not known.
// R-AWD-34  The newest confirmation of a person fills in what no register knows and may lower what
// a
//           register says; it never raises it.
// R-AWD-35  "Nobody disciplined, no complaint in the year" holds up to the day a confirmation
//           vouches for: it must reach the day of the check or the end of the plan's period. A MET
//           that does not reach it leaves an earlier NOT_MET standing; only one that does answers
//           the complaint.
// R-AWD-36  Nobody vouches for days to come.
// R-AWD-37  Activities against a plan's min_activities are counted: the newest confirmation's count
//           decides, fewer is not met, as many is met, no count is not known. A word of the
//           confirmer that contradicts the count is refused. Where the plan sets no minimum the
//           confirmer's word stands (R-AWD-34) and the count is told beside it.
// R-AWD-38  Tasks on time: of the unit's tasks of the plan that fall due in the year, the share
//           that min_on_time_ratio asks for (all of them where the plan sets none) is done by the
//           last day. Late and overdue ones fail it; one that still runs, or has no last day (never
//           late and never on time), leaves it not known unless it could not change the answer.
//           Tasks that are made up count and are told apart; a grade is told and decides nothing.
// R-AWD-49  A person's yearly classification is compared in order: EXCELLENT > GOOD > COMPLETED >
//           NOT_COMPLETED. The register of that year says; without a record, or without a
//           min_classification in the plan, it is not known.
// R-AWD-110  Standards for people are decided by what is known of the person: the classification,
//           initiatives of which they are author or co-author, confirmations. What the registers
//           say of the unit decides nothing about its people.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/nominations/rules_selection.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::nominations {

enum class Result { kMet, kNotMet, kNotKnown };
enum class Source {
  kNone,
  kRanking,
  kReports,
  kInitiatives,
  kConfirmation,
  kTasks,
  kClassification,
};

struct Standard {
  std::string id;
  std::string subject;  // COLLECTIVE or INDIVIDUAL
  std::string text;
  std::string check;
  std::map<std::string, std::string> parameters;
};

struct Report {
  std::string record_id;
  std::string period;  // begins with the year
  std::optional<absl::CivilDay> due;
  std::optional<absl::CivilDay> filed;
};

// A task of the plan that the unit leads.
struct Task {
  std::string id;
  std::optional<absl::CivilDay> due;
  std::optional<absl::CivilDay> done;
  bool not_passed = false;  // so graded
  bool synthetic = false;
};

struct Initiative {
  std::string id;
  int year = 0;
  std::optional<absl::CivilDay> recognised;
  std::string authority;
};

struct Confirmation {
  std::string id;
  std::string standard_id;
  bool met = false;
  std::optional<int> activity_count;
  absl::CivilDay confirmed;
  absl::CivilDay covers_until;
  std::string note;
};

struct YearlyClassification {
  std::string id;
  std::string level;  // EXCELLENT, GOOD, COMPLETED, NOT_COMPLETED
  std::string document;
};

// What is known of one unit or person on one day.
struct Facts {
  bool individual = false;
  absl::CivilDay as_of;
  int year = 0;
  std::optional<absl::CivilDay> plan_end;
  PublishedRanking ranking;  // the newest, with or without the unit
  std::string unit_id;
  std::vector<Report> reports;
  std::vector<Task> tasks;
  std::vector<Initiative> initiatives;  // of the unit, or of the person
  std::optional<YearlyClassification> classification;
  std::vector<Confirmation> confirmations;  // in the order they were recorded
};

struct Finding {
  std::string standard_id;
  std::string text;
  Result result = Result::kNotKnown;
  Source source = Source::kNone;
  std::vector<std::string> refs;
  std::string explanation;  // Vietnamese
};

// "GOOD" → "hoàn thành tốt nhiệm vụ"; "" for what is no level.
std::string LevelText(const std::string& level);

// One finding for each standard for collectives, or for individuals, in order.
std::vector<Finding> CheckStandards(const std::vector<Standard>& standards, const Facts& facts);

// R-AWD-36
MaybeRefusal CheckCoversUntil(absl::CivilDay covers_until, absl::CivilDay today);

// R-AWD-37  Puts what a person said of a standard into `said`: `met`, nothing when they did not
// say, and the activities they counted.
MaybeRefusal ReadConfirmation(const Standard& standard, std::optional<bool> met,
                              std::optional<int> activity_count, Confirmation* said);

// Whether findings let a dossier or a decision pass: none NOT_MET, and a reason when some are not
// known. A refusal lists every finding that is in the way, by standard, with what was found.
MaybeRefusal CheckPassing(const std::vector<Finding>& findings, const std::string& reason,
                          const std::string& nomination);

// R-AWD-41  Whether findings let a dossier be rejected.
MaybeRefusal CheckFailing(const std::vector<Finding>& findings);

}  // namespace thidua::awards::nominations
