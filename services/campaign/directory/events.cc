#include "campaign/directory/events.h"

#include "platform/clock.h"
#include "platform/feed/append.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {
namespace {

template <class Dated>
void PutSpan(const Span& span, Dated* out) {
  out->set_valid_from(platform::FormatDate(span.from));
  if (span.to) out->set_valid_to(platform::FormatDate(*span.to));
}

// The post of today; else the last one that has begun; else the first to come.
const Post& TellingPost(const Person& person, absl::CivilDay today) {
  const Post* telling = &person.posts.front();
  for (const Post& post : person.posts) {
    if (post.span.from <= today) telling = &post;
  }
  return *telling;
}

}  // namespace

v1::UnitChanged PayloadOf(const Unit& unit) {
  v1::UnitChanged payload;
  payload.set_unit_id(unit.id);
  payload.set_type(std::string(TextOf(unit.type)));
  PutSpan(unit.span, &payload);
  for (const DatedText& name : unit.names) {
    v1::DatedValue* one = payload.add_names();
    one->set_value(name.text);
    PutSpan(name.span, one);
  }
  for (const DatedParent& parent : unit.parents) {
    v1::DatedValue* one = payload.add_parents();
    one->set_value(parent.unit_id);
    PutSpan(parent.span, one);
  }
  for (const DatedCode& code : unit.codes) {
    v1::DatedValue* one = payload.add_codes();
    one->set_value(code.code);
    one->set_scheme(code.scheme);
    PutSpan(code.span, one);
  }
  for (const std::string& id : unit.successors) payload.add_successor_ids(id);
  return payload;
}

v1::PersonChanged PayloadOf(const Person& person, absl::CivilDay today) {
  const Post& post = TellingPost(person, today);
  v1::PersonChanged payload;
  payload.set_person_id(person.id);
  payload.set_full_name(person.full_name);
  payload.set_unit_id(post.unit_id);
  payload.set_position(post.position);
  payload.set_email(person.email);
  payload.set_phone(person.phone);
  PutSpan(post.span, &payload);
  return payload;
}

absl::Status AppendUnit(db::Tx& tx, const platform::Call& call, const Unit* before,
                        const Unit& after, const std::string& reason) {
  const v1::UnitChanged payload = PayloadOf(after);
  v1::UnitChanged earlier;
  feed::Draft draft;
  draft.aggregate_type = "unit";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  draft.unit_id = after.id;
  draft.payload = &payload;
  if (before != nullptr) {
    earlier = PayloadOf(*before);
    draft.before = &earlier;
  }
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

absl::Status AppendPerson(db::Tx& tx, const platform::Call& call, const Person* before,
                          const Person& after, const std::string& reason) {
  const v1::PersonChanged payload = PayloadOf(after, call.business_today());
  v1::PersonChanged earlier;
  feed::Draft draft;
  draft.aggregate_type = "person";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  draft.unit_id = payload.unit_id();
  draft.payload = &payload;
  if (before != nullptr) {
    earlier = PayloadOf(*before, call.business_today());
    draft.before = &earlier;
  }
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

absl::Status AppendPersonalDataRead(db::Tx& tx, const platform::Call& call, std::string_view method,
                                    const google::protobuf::Message& request,
                                    const std::vector<std::string>& person_ids) {
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

}  // namespace thidua::campaign::directory
