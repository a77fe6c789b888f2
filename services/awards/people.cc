#include "awards/people.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "platform/feed/append.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards {

std::string NameKey(std::string_view person_id, std::string_view full_name) {
  std::string name(full_name);
  absl::RemoveExtraAsciiWhitespace(&name);
  if (name.empty()) return "";
  return platform::Sha256Hex(absl::StrCat(std::string(person_id), "\n", name));
}

absl::Status AppendPersonalDataRead(db::Tx& tx, const platform::Call& call, std::string_view method,
                                    const google::protobuf::Message& request,
                                    const std::vector<std::string>& person_ids) {
  if (person_ids.empty()) return absl::OkStatus();
  std::string ids;
  for (const std::string& id : person_ids) ids += id + "\n";
  ASSIGN_OR_RETURN(const std::string query, platform::ToJson(request));
  v1::PersonalDataRead payload;
  payload.set_method(std::string(method));
  payload.set_query_sha256(platform::Sha256Hex(query));
  payload.set_person_count(static_cast<int>(person_ids.size()));
  payload.set_person_ids_sha256(platform::Sha256Hex(ids));
  feed::Draft draft;
  draft.aggregate_type = "personal_data_read";
  draft.aggregate_id = platform::NewId(call.machine_now());
  draft.payload = &payload;
  return feed::Append(tx, call, draft);
}

}  // namespace thidua::awards
