// What a record of a yearly classification must be like.
//
// R-AWD-100  A level of the four, for a year from 2000 to this one, by a document that has a number
//            and a day: not in the future and not before the year it judges.
// R-AWD-101  Nobody records the own classification.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::classifications {

bool IsLevel(std::string_view level);

struct Record {
  std::string person_id;
  int year = 0;
  std::string level;
  std::string document_number;
  absl::CivilDay document_date;
};

// `caller` is the person who records, "" for a system. Fields are named as the contract's and the
// file's columns, the person as "person".
MaybeRefusal CheckRecord(const Record& record, const std::string& caller, absl::CivilDay today);

}  // namespace thidua::awards::classifications
