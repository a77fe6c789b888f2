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

// One score as sent. Files are names yet.
struct SentScore {
  EntryRow entry;  // criterion, status, points, note, reason
  struct File {
    std::string name;
    std::string pages;
    std::string field;
  };
  std::vector<File> files;
};

// At most 100, with at most 200 KiB of notes and reasons. Every score against its leaf: known,
// once, NOT_APPLICABLE only where allowed, points within 0..maximum and no finer than the set
// rounds.
absl::StatusOr<std::vector<SentScore>> ReadScores(
    const criteria::Scheme& scheme,
    const google::protobuf::RepeatedPtrField<v1::ScoreInput>& scores);

// A reason or note: at most 2000 characters, and at least one when `required`.
absl::Status CheckReason(const std::string& text, const std::string& field, bool required);

}  // namespace thidua::scoring::assessments
