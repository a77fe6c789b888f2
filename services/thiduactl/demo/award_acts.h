// What people of the demo do on the way to an award, from the dossier to the council's table. Each
// act is named after its candidate, so that a repeated run changes nothing.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {

inline constexpr char kNominations[] = "awards.v1.NominationService/";
inline constexpr char kCouncils[] = "awards.v1.CouncilService/";
// Who coordinates the plan, and who decides.
inline constexpr char kCoordinator[] = "KN-PNV-01";
inline constexpr char kLeader[] = "KN-UBH-01";

// A unit, or a person of it, that was asked for a dossier.
struct Candidate {
  std::string act;      // begins the names of all acts about it; "" for the town, followed longest
  std::string who;      // for the reader
  std::string unit;     // "units/<id>"
  std::string officer;  // staff code of who acts for the unit
  std::string nomination;
};

// Who sits on the district's councils, the chair first.
inline constexpr const char* kCouncilMembers[] = {"KN-HD-01", "KN-HD-02", "KN-HD-03", "KN-HD-04",
                                                  "KN-HD-05"};
// A council of these five, with a quorum of two thirds.
struct Council {
  const char* act;
  const char* kind;
  const char* title;
  const char* called;          // in the members' positions
  bool has_secretary = false;  // the last member
  json rule;                   // of voting, without the quorum
};
absl::StatusOr<json> MakeCouncil(Stage& stage, const Council& council);

// Staff code of who acts for a unit of the demo.
absl::StatusOr<std::string> OfficerOf(const Stage& stage, const std::string& unit);
absl::StatusOr<json> NominationNow(Stage& stage, const std::string& nomination);

// Files the three documents; `act` tells one filing from the other.
absl::Status FileDossier(Stage& stage, const Candidate& candidate, const std::string& act);

// What no data source tells, the appraiser confirms with evidence; then every standard is told
// with its source. Returns whether one of them is still not known.
absl::StatusOr<bool> ConfirmUnit(Stage& stage, const Candidate& candidate);
absl::StatusOr<bool> ConfirmPerson(Stage& stage, const Candidate& candidate);

// To the council; `unknown`: a standard is not known, and a person says why it goes on.
absl::Status Appraise(Stage& stage, const Candidate& candidate, bool unknown);
// A dossier that fails a standard is no dossier for the council, and is told why.
absl::Status Reject(Stage& stage, const Candidate& candidate, const std::string& reason);

// Why a decision is made although a standard is not known.
inline constexpr char kUnknownReason[] =
    "QĐ 62 không giao riêng nhiệm vụ cho đơn vị; Phòng Nội vụ không ghi nhận việc chậm trễ";

}  // namespace thidua::ctl::demo
