// What awards keeps of people: the unit of the post, and by a digest whether a name is theirs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"

namespace thidua::awards {

struct KnownPerson {
  std::string unit_id;
  std::string name_key;  // "" when the name was not told
};
absl::StatusOr<std::optional<KnownPerson>> ReadPerson(db::Session& session,
                                                      const std::string& person_id);

// The digest of a person's name; runs of blanks are one and those at the ends are none. "" for no
// name.
std::string NameKey(std::string_view person_id, std::string_view full_name);

// Personal data was shown: the request and whom it showed, as hashes. Nothing when nobody was.
absl::Status AppendPersonalDataRead(db::Tx& tx, const platform::Call& call, std::string_view method,
                                    const google::protobuf::Message& request,
                                    const std::vector<std::string>& person_ids);

// The people an answer names as "people/<id>", by id, each once.
std::vector<std::string> PeopleIn(const google::protobuf::Message& answer);

// The same in a transaction of its own, for what was read without one.
absl::Status TellShown(db::Pool& pool, const platform::Call& call, std::string_view method,
                       const google::protobuf::Message& request,
                       const std::vector<std::string>& person_ids);

}  // namespace thidua::awards
