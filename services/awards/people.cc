#include "awards/people.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "platform/feed/append.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void AddPerson(const std::string& value, std::set<std::string>& seen,
               std::vector<std::string>& people) {
  const absl::StatusOr<std::string> id = platform::IdFromName(value, "people", "");
  if (id.ok() && seen.insert(*id).second) people.push_back(*id);
}

void AddPeople(const Message& message, std::set<std::string>& seen,
               std::vector<std::string>& people) {
  const google::protobuf::Reflection* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection->ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        AddPeople(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                       : reflection->GetMessage(message, field),
                  seen, people);
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        AddPerson(field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                       : reflection->GetString(message, field),
                  seen, people);
      }
    }
  }
}

}  // namespace

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

std::vector<std::string> PeopleIn(const Message& answer) {
  std::set<std::string> seen;
  std::vector<std::string> people;
  AddPeople(answer, seen, people);
  return people;
}

absl::Status TellShown(db::Pool& pool, const platform::Call& call, std::string_view method,
                       const Message& request, const std::vector<std::string>& person_ids) {
  if (person_ids.empty()) return absl::OkStatus();
  return pool.InTransaction(call.deadline(), [&](db::Tx& tx) {
    return AppendPersonalDataRead(tx, call, method, request, person_ids);
  });
}

}  // namespace thidua::awards
