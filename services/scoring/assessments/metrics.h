// Where automatic criteria get their inputs. A metric is a name that the rule type tells of its
// parameters (RuleType::metric, criteria/rule_types.cc) and a row of the table in metrics.cc.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "platform/db/session.h"
#include "scoring/criteria/rule_types.h"

namespace thidua::scoring::assessments {

struct MetricScope {
  std::string unit_id;
  std::string plan_id;  // "" = any
  absl::CivilDay period_start;
  absl::CivilDay period_end;
  absl::CivilDay today;
  int year = 0;                     // that is assessed: of surveys and registers
  std::string organiser_id;         // of the round
  criteria::Parameters parameters;  // of the rule, for metrics that need one beside their name
};

// "numerator" and "denominator", and beside them every count they were made of, to be frozen with
// the score. Open dossiers are judged on the last day of the period (today while it runs); reports
// as filed until today. Names that a rule needs are missing where nobody has told them yet: the
// criterion is then not yet scored.
absl::StatusOr<criteria::Inputs> ReadMetric(db::Session& session, const std::string& metric,
                                            const MetricScope& scope);

// Whether there is such a metric.
bool IsMetric(const std::string& metric);

}  // namespace thidua::scoring::assessments
