// Requests about rounds and scores → values, or field violations. Pure.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring/assessments/store.h"
#include "scoring/criteria/scheme.h"
#include "thidua/scoring/v1/assessment_service.pb.h"

namespace thidua::scoring::assessments {

struct SentRound {
  RoundRow row;                    // without what the server makes
  std::vector<std::string> units;  // ids, sorted
};
absl::StatusOr<SentRound> ReadRound(const v1::AssessmentRound& round);

// Every field of the set known and named once.
absl::Status CheckLeads(const criteria::Scheme& scheme, const std::vector<FieldLead>& leads);

// One score as sent. Files are names yet.
struct SentFile {
  std::string name;
  std::string pages;
  std::string field;
};
struct SentScore {
  EntryRow entry;  // criterion, status, points, note, reason
  std::vector<SentFile> files;
};

// At most 100, with at most 200 KiB of notes and reasons. Every score against its leaf: known,
// once, NOT_APPLICABLE only where allowed, points within 0..maximum and no finer than the set
// rounds.
absl::StatusOr<std::vector<SentScore>> ReadScores(
    const criteria::Scheme& scheme,
    const google::protobuf::RepeatedPtrField<v1::ScoreInput>& scores);

// At most 100, with at most 200 KiB of text. Every leaf known and once, a text for each.
struct SentExplanation {
  std::string criterion;
  std::string text;
  std::vector<SentFile> files;
};
absl::StatusOr<std::vector<SentExplanation>> ReadExplanations(
    const criteria::Scheme& scheme,
    const google::protobuf::RepeatedPtrField<v1::ExplanationInput>& explanations);

// At most 100, with at most 200 KiB of reasons. Every leaf known and once, a reason for each,
// points with those that are accepted alone.
struct SentAnswer {
  bool accepted = false;
  Score score;  // criterion; status and points when accepted
  std::string reason;
};
absl::StatusOr<std::vector<SentAnswer>> ReadAnswers(
    const criteria::Scheme& scheme,
    const google::protobuf::RepeatedPtrField<v1::AnswerInput>& answers);

// A reason or note: at most 2000 characters, and at least one when `required`.
absl::Status CheckReason(const std::string& text, const std::string& field, bool required);

}  // namespace thidua::scoring::assessments
