// What a unit's points and index must be, from the inputs that a publication shows and the files of
// the demo's criteria sets, in whole numbers: apart from the product's own arithmetic and its own
// copy of the rules. Decimals are hundredths.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "e2e/stack.h"

namespace thidua::e2e {

int64_t Hundredths(const std::string& decimal);
int64_t Whole(const std::string& number);
int64_t HalfUp(int64_t numerator, int64_t denominator);

// The set that the demo publishes for a block ("xa", "phong") and year, as its file has it.
json DemoCriteria(const std::string& block, int year);

// The publication of a block and year that holds now.
json CurrentPublication(Stack& stack, const std::string& block, int year);
// Why a unit has its rank, with its trace by code of the leaf.
json WhyOf(Stack& stack, const json& publication, const std::string& unit_code);
json LeafOf(const json& why, const std::string& code);
// The newest score of a layer ("FINAL") among a leaf's entries; null when there is none.
json ScoreOf(const json& leaf, const std::string& layer);
// What a computed leaf rests on. Where a person looked at it and confirmed it, what was computed
// before; empty where nothing was.
json InputsOf(const json& leaf);

// What one leaf must be: its points, unless it does not apply.
struct ExpectedLeaf {
  bool applies = true;
  int64_t points = 0;
};
// Of each leaf of the file, by code. Expects the trace to have these leaves with the rules of the
// file, and inputs for whatever people do not score.
std::map<std::string, ExpectedLeaf> ExpectLeaves(const json& criteria, const json& why);

struct ExpectedUnit {
  int64_t points = 0;  // as published: with bonus and deduction where the set adds them to points
  int64_t applicable_max = 0;
  int64_t bonus = 0;
  int64_t deduction = 0;
  int64_t index = 0;  // of a percent
};
// Of the leaves of the set, as ExpectLeaves() gives them.
ExpectedUnit ExpectUnit(const json& criteria, const std::map<std::string, ExpectedLeaf>& leaves);

}  // namespace thidua::e2e
