// What assessments write into the feed, and what they take from campaign's.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/call.h"
#include "platform/clock.h"
#include "platform/db/session.h"
#include "platform/feed/consumer.h"
#include "platform/feed/services.h"
#include "scoring/assessments/view.h"

namespace thidua::scoring::assessments {

absl::Status AppendRoundCreated(db::Tx& tx, const platform::Call& call, const RoundRow& round,
                                const std::vector<std::string>& units);
absl::Status AppendStateChange(db::Tx& tx, const platform::Call& call, const View& view,
                               const AssessmentRow& before, const std::string& reason);
// The newest `count` entries of the view, which are of one layer.
absl::Status AppendScores(db::Tx& tx, const platform::Call& call, const View& view, size_t count,
                          const std::string& reason);

// The newest `count` explanations of the view.
absl::Status AppendExplanations(db::Tx& tx, const platform::Call& call, const View& view,
                                size_t count);

// Every round as AssessmentRoundCreated, each followed by how far its assessments are, as
// AssessmentChanged, in the order in which they came so far; for readers that start anew. `clock`
// must outlive it.
feed::SnapshotSource Snapshot(const platform::BusinessClock& clock);

// PeriodicReportRecorded → report_records.
std::map<std::string, feed::Handler> ReportHandlers();
// Empties report_records, when campaign's feed starts anew.
absl::Status ResetReports(db::Tx& tx);

}  // namespace thidua::scoring::assessments
