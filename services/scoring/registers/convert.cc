#include "scoring/registers/convert.h"

#include <string_view>

#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "scoring/figures/fields.h"

namespace thidua::scoring::registers {
namespace {

constexpr std::string_view kPrefix = "REGISTER_KIND_";

}  // namespace

std::string KindName(v1::RegisterKind kind) {
  if (kind == v1::REGISTER_KIND_UNSPECIFIED || !v1::RegisterKind_IsValid(kind)) return "";
  return v1::RegisterKind_Name(kind).substr(kPrefix.size());
}

absl::StatusOr<RegisterRow> RegisterOf(const v1::ImportRegisterRequest& request,
                                       absl::CivilDay today) {
  RegisterRow row;
  figures::Fields fields("", today);
  row.unit_id = fields.Id("unit", request.unit(), "units", true);
  row.kind = KindName(request.kind());
  if (row.kind.empty()) {
    fields.Add("kind", "ENUM_UNSPECIFIED", "Chưa chọn loại sổ", "A kind is required");
  }
  row.year = fields.Year(request.year());
  row.document_number = fields.Text("document_number", request.document_number(), 1, 100);
  row.document_date =
      fields.PastDay("document_date", request.document_date()).value_or(absl::CivilDay());
  row.document_issuer = fields.Text("document_issuer", request.document_issuer(), 1, 300);
  row.source_note = fields.Text("source_note", request.source_note(), 0, 2000);
  const std::string corrects = fields.Id("corrects", request.corrects(), "registers", false);
  if (!corrects.empty()) row.corrects = corrects;
  row.correction_reason = fields.CorrectionReason(request.corrects(), request.correction_reason());
  RETURN_IF_ERROR(fields.Status());
  return row;
}

void ToProto(const RegisterRow& row, v1::Register& out) {
  out.set_name(platform::NameOf("registers", row.id));
  out.set_unit(platform::NameOf("units", row.unit_id));
  v1::RegisterKind kind = v1::REGISTER_KIND_UNSPECIFIED;
  v1::RegisterKind_Parse(std::string(kPrefix) + row.kind, &kind);
  out.set_kind(kind);
  out.set_year(row.year);
  out.set_document_number(row.document_number);
  out.set_document_date(platform::FormatDate(row.document_date));
  out.set_document_issuer(row.document_issuer);
  out.set_source_note(row.source_note);
  if (row.corrects) out.set_corrects(platform::NameOf("registers", *row.corrects));
  out.set_correction_reason(row.correction_reason);
  if (row.superseded_by) out.set_superseded_by(platform::NameOf("registers", *row.superseded_by));
  out.set_unit_count(row.unit_count);
  out.set_file_sha256(row.file_sha256);
  *out.mutable_create_time() = platform::ToTimestamp(row.created_at);
  out.set_publish_date(platform::FormatDate(row.publish_date));
}

}  // namespace thidua::scoring::registers
