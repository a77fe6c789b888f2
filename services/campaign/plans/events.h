// What plans tell the feed and the audit log.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "campaign/plans/record.h"
#include "campaign/plans/rules_tasks.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::plans {

// A change of the document or the state, for the audit log; `before` is null for a new plan.
absl::Status AppendPlan(db::Tx& tx, const platform::Call& call, const Record* before,
                        const Record& after, const std::string& reason);
// The launch, for all who follow.
absl::Status AppendLaunch(db::Tx& tx, const platform::Call& call, const Record& before,
                          const Record& launched, const std::vector<Participant>& roster);
absl::Status AppendAcknowledgement(db::Tx& tx, const platform::Call& call,
                                   const std::string& plan_id, int64_t plan_version,
                                   const Acknowledgement& one);

// One for a file, however many tasks it holds.
absl::Status AppendTaskImport(db::Tx& tx, const platform::Call& call, const Record& plan,
                              const v1::ImportReport& report, const std::string& content_sha256);
// A task that was made, or changed when there is one before.
absl::Status AppendTaskRecord(db::Tx& tx, const platform::Call& call, const Task* before,
                              const Task& after);
absl::Status AppendTaskCompletion(db::Tx& tx, const platform::Call& call, const Task& before,
                                  const Task& after);

v1::PlanTaskRecorded TaskRecordOf(const Task& task);
v1::PlanLaunched LaunchOf(const Record& launched, const std::vector<Participant>& roster);

}  // namespace thidua::campaign::plans
