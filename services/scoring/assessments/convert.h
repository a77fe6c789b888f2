// Rounds and assessments → messages.
#pragma once

#include <string>
#include <vector>

#include "scoring/assessments/store.h"
#include "scoring/assessments/view.h"
#include "thidua/scoring/v1/assessment_service.pb.h"

namespace thidua::scoring::assessments {

void ToProto(const RoundRow& row, const std::vector<std::string>& units, v1::AssessmentRound& out);
// Without criteria and totals.
void ToProto(const AssessmentRow& row, const std::string& unit_name, v1::Assessment& out);
// Whole.
void ToProto(const View& view, const std::string& unit_name, v1::Assessment& out);
// `number` is the place within leaf and layer.
void ToProto(const EntryRow& entry, int number, v1::ScoreEntry& out);
// All explanations, numbered within their leaf.
void ToProto(const View& view, google::protobuf::RepeatedPtrField<v1::Explanation>& out);
// All entries, numbered within leaf and layer.
void ToProto(const std::vector<EntryRow>& entries,
             google::protobuf::RepeatedPtrField<v1::ScoreEntry>& out);

}  // namespace thidua::scoring::assessments
