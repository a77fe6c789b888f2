#include "scoring/registers/service.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/message.h"
#include "platform/clock.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "scoring/figures/table.h"
#include "scoring/figures/write_import.h"
#include "scoring/registers/convert.h"
#include "scoring/registers/store.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::scoring::registers {
namespace {

using platform::Call;

absl::CivilDay LastDayOf(int year) { return absl::CivilDay(year, 12, 31); }

absl::Status NoSuchRegister(const std::string& name) {
  return platform::NotFound("REGISTER_NOT_FOUND", {"Không có sổ này", "There is no such register"},
                            {{"name", name}});
}

absl::Status AppendEvent(db::Tx& tx, const Call& call, const RegisterRow& row,
                         const google::protobuf::Message& payload,
                         const google::protobuf::Message* before, const std::string& reason) {
  feed::Draft draft;
  draft.aggregate_type = "register";
  draft.aggregate_id = row.id;
  // All that ever happens to a register is that another takes its place.
  draft.aggregate_version = row.superseded_by.has_value() ? 2 : 1;
  draft.unit_id = row.unit_id;
  draft.payload = &payload;
  draft.before = before;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

// The register in force gives way to the one that corrects it.
absl::Status Supersede(db::Tx& tx, const Call& call, const RegisterRow& by) {
  ASSIGN_OR_RETURN(const std::optional<RegisterRow> old, Store::LockCurrent(tx, by));
  const std::string name = old.has_value() ? platform::NameOf("registers", old->id) : "";
  if (!old.has_value() && !by.corrects.has_value()) return absl::OkStatus();
  if (!by.corrects.has_value()) {
    return platform::FailedPrecondition(
        "REGISTER_EXISTS",
        {"Đã có sổ loại này của năm này; muốn đính chính phải nêu " + name,
         "There is a register of this kind and year; a correction must name " + name},
        {{"register", name}});
  }
  if (!old.has_value() || old->id != *by.corrects) {
    return platform::FailedPrecondition(
        "CORRECTS_NOT_CURRENT",
        {"Sổ được nêu không phải sổ hiện hành của loại và năm này",
         "The register named is not the current one of this kind and year"},
        {{"register", name}});
  }
  RETURN_IF_ERROR(Store::Supersede(tx, old->id, by.id));
  RegisterRow after = *old;
  after.superseded_by = by.id;
  v1::Register payload;
  v1::Register earlier;
  ToProto(after, payload);
  ToProto(*old, earlier);
  return AppendEvent(tx, call, after, payload, &earlier, by.correction_reason);
}

// Another first import of the same unit, kind and year may have come in between: then there is a
// register after all.
absl::Status Insert(db::Tx& tx, const Call& call, const RegisterRow& row,
                    const std::vector<FiguresRow>& figures) {
  absl::Status inserted = Store::Insert(tx, row, figures);
  if (platform::ReasonOf(inserted) == "DUPLICATE_KEY") {
    RETURN_IF_ERROR(Supersede(tx, call, row));
  }
  return inserted;
}

// The figures in the table, and what is wrong with them in its errors.
std::vector<FiguresRow> FiguresOf(figures::Table& table) {
  std::vector<FiguresRow> figures;
  for (const figures::Table::Row& row : table.rows()) {
    const std::optional<int64_t> total = table.Whole(row, 1);
    const std::optional<int64_t> counted = table.Whole(row, 2);
    figures.push_back({row.unit_id, total.value_or(0), counted.value_or(0)});
    if (total.has_value() && counted.has_value() && *counted > *total) {
      table.Refuse(row.line, table.columns()[2], "COUNTED_ABOVE_TOTAL",
                   "số được đếm lớn hơn tổng số", "what is counted is more than the total");
    }
  }
  return figures;
}

absl::Status AppendPublished(db::Tx& tx, const Call& call, const RegisterRow& row,
                             const std::vector<FiguresRow>& figures) {
  v1::RegisterPublished event;
  event.set_register_id(row.id);
  event.set_unit_id(row.unit_id);
  event.set_kind(row.kind);
  event.set_year(row.year);
  event.set_document_number(row.document_number);
  event.set_document_date(platform::FormatDate(row.document_date));
  event.set_document_issuer(row.document_issuer);
  event.set_file_sha256(row.file_sha256);
  event.set_corrects_register_id(row.corrects.value_or(""));
  for (const FiguresRow& one : figures) {
    v1::RegisteredFigures& added = *event.add_figures();
    added.set_unit_id(one.unit_id);
    added.set_total(one.total);
    added.set_counted(one.counted);
  }
  return AppendEvent(tx, call, row, event, nullptr, row.correction_reason);
}

}  // namespace

Service::Reactor* Service::ImportRegister(Ctx* context, const v1::ImportRegisterRequest* request,
                                          v1::FiguresImportReport* response) {
  return runner_.Unary(
      "ImportRegister", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const RegisterRow sent, RegisterOf(req, call.business_today()));
        RETURN_IF_ERROR(call.Require(sent.unit_id));
        ASSIGN_OR_RETURN(const platform::VisibleUnits granted, call.Visible());
        ASSIGN_OR_RETURN(const figures::Table file,
                         figures::Table::Read(req.content(), {"unit_code", "total", "counted"}));
        return figures::WriteImport(
            pool_, call, req, res, [&](db::Tx& tx) -> absl::StatusOr<v1::FiguresImportReport> {
              RegisterRow row = sent;
              row.id = platform::NewId(call.machine_now());
              figures::Table table = file;
              const absl::CivilDay day = std::min(LastDayOf(row.year), call.business_today());
              if (table.ok()) RETURN_IF_ERROR(table.FindUnits(tx, day, granted));
              const std::vector<FiguresRow> figures = FiguresOf(table);
              v1::FiguresImportReport report =
                  table.Report(platform::NameOf("registers", row.id), req.validate_only());
              if (!table.ok()) return report;
              RETURN_IF_ERROR(units::Projection::Get(tx, row.unit_id, day).status());
              RETURN_IF_ERROR(Supersede(tx, call, row));
              row.unit_count = static_cast<int32_t>(figures.size());
              row.file_sha256 = table.file_sha256();
              row.created_at = call.machine_now();
              row.publish_date = call.business_today();
              RETURN_IF_ERROR(Insert(tx, call, row, figures));
              RETURN_IF_ERROR(AppendPublished(tx, call, row, figures));
              return report;
            });
      });
}

Service::Reactor* Service::GetRegister(Ctx* context, const v1::GetRegisterRequest* request,
                                       v1::Register* response) {
  return runner_.Unary(
      "GetRegister", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "registers", "name"));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        std::optional<RegisterRow> row;
        std::vector<FiguresRow> figures;
        std::map<std::string, std::string> names;
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(row, Store::Get(session, id));
          if (!row.has_value()) return NoSuchRegister(req.name());
          ASSIGN_OR_RETURN(figures, Store::Figures(session, id));
          const absl::CivilDay day = std::min(LastDayOf(row->year), row->publish_date);
          for (const FiguresRow& one : figures) {
            ASSIGN_OR_RETURN(const units::Unit unit,
                             units::Projection::Get(session, one.unit_id, day));
            names[one.unit_id] = unit.name;
          }
          return absl::OkStatus();
        }));
        ToProto(*row, res);
        for (const FiguresRow& one : figures) {
          if (!visible.Contains(one.unit_id)) continue;
          v1::RegisterFigures& added = *res.add_figures();
          added.set_unit(platform::NameOf("units", one.unit_id));
          added.set_unit_name(names[one.unit_id]);
          added.set_total(one.total);
          added.set_counted(one.counted);
        }
        return absl::OkStatus();
      });
}

Service::Reactor* Service::ListRegisters(Ctx* context, const v1::ListRegistersRequest* request,
                                         v1::ListRegistersResponse* response) {
  return runner_.Unary(
      "ListRegisters", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Store::Filter filter;
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        filter.kind = KindName(req.kind());
        if (filter.kind.empty() && req.kind() != v1::REGISTER_KIND_UNSPECIFIED) {
          return platform::InvalidField("kind", "ENUM_UNSPECIFIED",
                                        {"Không có loại sổ này", "There is no such kind"});
        }
        filter.year = req.year();
        const std::string scope =
            absl::StrCat("registers|", req.unit(), "|", filter.kind, "|", req.year());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        RETURN_IF_ERROR(call.Visible().status());
        std::vector<RegisterRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, Store::List(session, filter, page.after, page.size + 1));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, &RegisterRow::id));
        for (const RegisterRow& row : rows) ToProto(row, *res.add_registers());
        return absl::OkStatus();
      });
}

}  // namespace thidua::scoring::registers
