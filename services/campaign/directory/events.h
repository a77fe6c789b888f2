// What the directory tells the feed and the audit log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "campaign/directory/rules_people.h"
#include "campaign/directory/rules_units.h"
#include "google/protobuf/message.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::campaign::directory {

// One event for one change; `before` is null for a new one.
absl::Status AppendUnit(db::Tx& tx, const platform::Call& call, const Unit* before,
                        const Unit& after, const std::string& reason);
absl::Status AppendPerson(db::Tx& tx, const platform::Call& call, const Person* before,
                          const Person& after, const std::string& reason);
// Personal data was shown: the request and whom it showed, as hashes.
absl::Status AppendPersonalDataRead(db::Tx& tx, const platform::Call& call, std::string_view method,
                                    const google::protobuf::Message& request,
                                    const std::vector<std::string>& person_ids);

// The payloads, for snapshots.
v1::UnitChanged PayloadOf(const Unit& unit);
v1::PersonChanged PayloadOf(const Person& person, absl::CivilDay today);

}  // namespace thidua::campaign::directory
