#include "awards/classifications/record.h"

#include <optional>
#include <utility>

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::classifications {
namespace {

bool Same(const ClassificationRow& row, const Record& said) {
  return row.said.level == said.level && row.said.document_number == said.document_number &&
         row.said.document_date == said.document_date;
}

v1::ClassificationRecorded EventOf(const ClassificationRow& row) {
  v1::ClassificationRecorded recorded;
  recorded.set_classification_id(row.id);
  recorded.set_person_id(row.said.person_id);
  recorded.set_unit_id(row.unit_id);
  recorded.set_year(row.said.year);
  recorded.set_level(row.said.level);
  recorded.set_document_number(row.said.document_number);
  recorded.set_document_date(platform::FormatDate(row.said.document_date));
  return recorded;
}

absl::Status AppendRecorded(db::Tx& tx, const platform::Call& call,
                            const std::optional<ClassificationRow>& before,
                            const ClassificationRow& after) {
  const v1::ClassificationRecorded payload = EventOf(after);
  feed::Draft draft;
  draft.aggregate_type = "classification";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  draft.unit_id = after.unit_id;
  draft.payload = &payload;
  v1::ClassificationRecorded earlier;
  if (before) {
    earlier = EventOf(*before);
    draft.before = &earlier;
  }
  return feed::Append(tx, call, draft);
}

}  // namespace

absl::StatusOr<Put> PutRecord(db::Tx& tx, const platform::Call& call, const Record& said,
                              const std::string& unit_id) {
  ASSIGN_OR_RETURN(const std::optional<ClassificationRow> before,
                   LockClassification(tx, said.person_id, said.year));
  if (before && Same(*before, said)) return Put{*before, Change::kNone};
  Put put;
  put.change = before ? Change::kUpdated : Change::kCreated;
  put.row.id = before ? before->id : platform::NewId(call.machine_now());
  put.row.said = said;
  put.row.unit_id = unit_id;
  put.row.recorder = call.principal().subject;
  put.row.record_date = call.business_today();
  put.row.created_at = before ? before->created_at : call.machine_now();
  put.row.row_version = before ? before->row_version + 1 : 1;
  RETURN_IF_ERROR(before ? ReplaceClassification(tx, put.row) : InsertClassification(tx, put.row));
  RETURN_IF_ERROR(AppendRecorded(tx, call, before, put.row));
  return put;
}

void ToProto(const ClassificationRow& row, v1::Classification* to) {
  to->set_name(platform::NameOf("classifications", row.id));
  to->set_person(platform::NameOf("people", row.said.person_id));
  to->set_unit(platform::NameOf("units", row.unit_id));
  to->set_year(row.said.year);
  v1::ClassificationLevel level = v1::CLASSIFICATION_LEVEL_UNSPECIFIED;
  v1::ClassificationLevel_Parse("CLASSIFICATION_LEVEL_" + row.said.level, &level);
  to->set_level(level);
  to->set_document_number(row.said.document_number);
  to->set_document_date(platform::FormatDate(row.said.document_date));
  to->set_recorder(row.recorder);
  to->set_record_date(platform::FormatDate(row.record_date));
  *to->mutable_create_time() = platform::ToTimestamp(row.created_at);
  to->set_etag(platform::EtagOf(row.row_version));
}

}  // namespace thidua::awards::classifications
