// A round of assessment of the demo: who takes part, by which criteria, who leads which field.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "thiduactl/demo/participants.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {

inline constexpr char kAssessments[] = "scoring.v1.AssessmentService/";
// Who appraises for the district.
inline constexpr char kAppraiser[] = "KN-PNV-02";

// The room that leads a field of reform in 2023, and who appraises there.
struct FieldLead {
  const char* field;
  const char* room;
  const char* appraiser;
};
const std::vector<FieldLead>& FieldLeads();

// A criterion whose points people give.
struct Manual {
  std::string code;
  std::string title;
  double max_points = 0;
  std::string field;
  std::string field_kind;  // "" for the ordinary ones
  bool may_be_not_applicable = false;
};

// The assessment of one unit as it moves on.
struct Assessment {
  Participant unit;
  std::string name;
  std::string etag = "\"1\"";
};

struct Round {
  const Block& block;
  int year;
  std::string plan;  // "" when it stands alone
  // Known once it is open.
  std::string name{};
  std::vector<Manual> manual{};
  std::vector<Assessment> assessments{};  // in the order of the block

  // In 2023 rooms lead their fields.
  bool HasLeads() const { return year == 2023; }
  // Units explain what the appraisal found.
  bool HasExplanation() const { return year == 2023 && std::string(block.key) == "xa"; }
  Assessment& Of(const std::string& unit_code);
};

// Names an act of the round.
std::string ActOf(const Round& round, const std::string& what);
// Publishes its criteria set, criteria/<block>-<year>.json, and opens it.
absl::Status OpenRound(Stage& stage, Round& round);

// The unit's own side: evidence, self-scores, submission.
absl::Status SelfScore(Stage& stage, const Round& round, Assessment& assessment);
// The other side: computed again, appraised by who leads each field.
absl::Status Appraise(Stage& stage, const Round& round, Assessment& assessment);
absl::Status CompleteAppraisal(Stage& stage, const Round& round, Assessment& assessment);
absl::Status Finalise(Stage& stage, const Round& round, Assessment& assessment);
// One step of it; `what` names the act.
absl::StatusOr<json> Move(Stage& stage, const Round& round, Assessment& assessment,
                          const std::string& what, const std::string& staff,
                          const std::string& method, json request);
// Says who has not handed in, and what waits for an appraiser.
absl::Status ShowWaiting(Stage& stage, const Round& round);

// Two communes explain what the appraisal found: one is heard, the other is not.
absl::Status ExplainAndAnswer(Stage& stage, Round& round);

}  // namespace thidua::ctl::demo
