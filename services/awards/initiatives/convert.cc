#include "awards/initiatives/convert.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awards/errors.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::awards::initiatives {
namespace {

constexpr const char* kCut = "PROCEDURE_CUT";
constexpr const char* kGeneral = "GENERAL";

absl::Status ReadCut(const v1::Initiative& initiative, InitiativeRow& row) {
  const bool is_cut = initiative.kind() == v1::INITIATIVE_KIND_PROCEDURE_CUT;
  if (is_cut != initiative.has_procedure_cut()) {
    return platform::InvalidField(
        "initiative.procedure_cut", is_cut ? "FIELD_REQUIRED" : "FIELD_NOT_APPLICABLE",
        {"Số liệu cắt giảm thủ tục có khi và chỉ khi loại sáng kiến là cắt giảm thủ tục.",
         "procedure_cut is given exactly when the kind is PROCEDURE_CUT."});
  }
  row.kind = is_cut ? kCut : kGeneral;
  if (!is_cut) return absl::OkStatus();
  const v1::ProcedureCut& cut = initiative.procedure_cut();
  RETURN_IF_ERROR(CheckText("initiative.procedure_cut.procedure", cut.procedure(), 300));
  row.procedure = cut.procedure();
  row.cut = ProcedureCut{cut.components_before(), cut.components_after(), cut.days_before(),
                         cut.days_after()};
  return ErrorOf(CheckCut(*row.cut));
}

absl::Status ReadAuthors(const v1::Initiative& initiative, InitiativeRow& row) {
  constexpr int kMostAuthors = 20;
  if (initiative.authors_size() > kMostAuthors) {
    return platform::InvalidField("initiative.authors", "COUNT_OUT_OF_RANGE",
                                  {"Không quá 20 tác giả, đồng tác giả.",
                                   "There must be at most 20 authors and co-authors."});
  }
  for (int i = 0; i < initiative.authors_size(); ++i) {
    const std::string at = absl::StrCat("initiative.authors[", i, "]");
    ASSIGN_OR_RETURN(std::string id, platform::IdFromName(initiative.authors(i), "people", at));
    if (std::find(row.author_ids.begin(), row.author_ids.end(), id) != row.author_ids.end()) {
      return platform::InvalidField(at, "NAMED_TWICE",
                                    {"Mục này được nêu hai lần.", "This is named twice."});
    }
    row.author_ids.push_back(std::move(id));
  }
  row.author_shares = {initiative.author_shares().begin(), initiative.author_shares().end()};
  return ErrorOf(CheckShares(row.author_ids.size(), row.author_shares));
}

absl::Status ReadBenefit(const v1::Initiative& initiative, InitiativeRow& row) {
  const v1::InitiativeBenefit& benefit = initiative.benefit();
  RETURN_IF_ERROR(CheckOptionalText("initiative.benefit.basis", benefit.basis(), 1000));
  if (benefit.has_hours_saved()) row.benefit.hours_saved = benefit.hours_saved();
  if (benefit.has_vnd_saved()) row.benefit.vnd_saved = benefit.vnd_saved();
  row.benefit.basis = benefit.basis();
  return ErrorOf(CheckBenefit(row.benefit));
}

// "" for what was not said.
std::string NameOf(v1::InfluenceScope scope) {
  constexpr std::array<const char*, 4> kNames = {"", "LOCAL", "PROVINCE", "NATION"};
  return kNames.at(static_cast<size_t>(scope));
}

v1::InfluenceScope ScopeNamed(const std::string& name) {
  for (int i = v1::INFLUENCE_SCOPE_LOCAL; i <= v1::INFLUENCE_SCOPE_NATION; ++i) {
    const auto scope = static_cast<v1::InfluenceScope>(i);
    if (NameOf(scope) == name) return scope;
  }
  return v1::INFLUENCE_SCOPE_UNSPECIFIED;
}

}  // namespace

absl::StatusOr<InitiativeRow> InitiativeOf(const v1::Initiative& initiative) {
  InitiativeRow row;
  ASSIGN_OR_RETURN(row.unit_id,
                   platform::IdFromName(initiative.unit(), "units", "initiative.unit"));
  RETURN_IF_ERROR(CheckText("initiative.title", initiative.title(), 300));
  row.title = initiative.title();
  if (!v1::InitiativeKind_IsValid(initiative.kind()) ||
      initiative.kind() == v1::INITIATIVE_KIND_UNSPECIFIED) {
    return platform::InvalidField("initiative.kind", "FIELD_REQUIRED",
                                  {"Thiếu loại sáng kiến.", "The kind is missing."});
  }
  if (initiative.year() < 1990 || initiative.year() > 2200) {
    return platform::InvalidField("initiative.year", "FIELD_OUT_OF_RANGE",
                                  {"Năm không hợp lệ.", "The year is out of range."});
  }
  row.year = initiative.year();
  RETURN_IF_ERROR(CheckText("initiative.summary", initiative.summary(), 5000));
  row.summary = initiative.summary();
  RETURN_IF_ERROR(ReadCut(initiative, row));
  RETURN_IF_ERROR(ReadAuthors(initiative, row));
  RETURN_IF_ERROR(ReadBenefit(initiative, row));
  return row;
}

absl::StatusOr<Recognition> RecognitionOf(const v1::Recognition& from) {
  Recognition recognition;
  RETURN_IF_ERROR(CheckText("recognition.authority", from.authority(), 300));
  recognition.authority = from.authority();
  RETURN_IF_ERROR(CheckText("recognition.document_number", from.document_number(), 100));
  recognition.document_number = from.document_number();
  ASSIGN_OR_RETURN(recognition.date, platform::ParseDate(from.date(), "recognition.date"));
  ASSIGN_OR_RETURN(recognition.file_id,
                   platform::IdFromName(from.file(), "files", "recognition.file"));
  if (!v1::InfluenceScope_IsValid(from.scope())) {
    return platform::InvalidField("recognition.scope", "FIELD_OUT_OF_RANGE",
                                  {"Phạm vi ảnh hưởng không hợp lệ.", "There is no such scope."});
  }
  recognition.scope = NameOf(from.scope());
  return recognition;
}

void ToProto(const InitiativeRow& row, v1::Initiative* initiative) {
  initiative->set_name(platform::NameOf("initiatives", row.id));
  initiative->set_unit(platform::NameOf("units", row.unit_id));
  initiative->set_title(row.title);
  initiative->set_kind(row.kind == kCut ? v1::INITIATIVE_KIND_PROCEDURE_CUT
                                        : v1::INITIATIVE_KIND_GENERAL);
  initiative->set_year(row.year);
  initiative->set_summary(row.summary);
  if (row.cut) {
    v1::ProcedureCut* cut = initiative->mutable_procedure_cut();
    cut->set_procedure(row.procedure);
    cut->set_components_before(row.cut->components_before);
    cut->set_components_after(row.cut->components_after);
    cut->set_days_before(row.cut->days_before);
    cut->set_days_after(row.cut->days_after);
  }
  if (row.recognition) {
    v1::Recognition* recognition = initiative->mutable_recognition();
    recognition->set_authority(row.recognition->authority);
    recognition->set_document_number(row.recognition->document_number);
    recognition->set_date(platform::FormatDate(row.recognition->date));
    recognition->set_file(platform::NameOf("files", row.recognition->file_id));
    recognition->set_recorder(row.recognition->recorder);
    recognition->set_scope(ScopeNamed(row.recognition->scope));
  }
  // The contract's states have UNSPECIFIED before our first one.
  initiative->set_state(static_cast<v1::InitiativeState>(static_cast<int>(row.state) + 1));
  if (!row.ballot_id.empty()) initiative->set_ballot(platform::NameOf("ballots", row.ballot_id));
  for (const std::string& id : row.author_ids) {
    initiative->add_authors(platform::NameOf("people", id));
  }
  for (int share : row.author_shares) initiative->add_author_shares(share);
  const Benefit& benefit = row.benefit;
  if (benefit.hours_saved || benefit.vnd_saved || !benefit.basis.empty()) {
    v1::InitiativeBenefit* to = initiative->mutable_benefit();
    if (benefit.hours_saved) to->set_hours_saved(*benefit.hours_saved);
    if (benefit.vnd_saved) to->set_vnd_saved(*benefit.vnd_saved);
    to->set_basis(benefit.basis);
  }
  initiative->set_registrar(row.registrar);
  *initiative->mutable_create_time() = platform::ToTimestamp(row.created_at);
  initiative->set_etag(platform::EtagOf(row.row_version));
}

}  // namespace thidua::awards::initiatives
