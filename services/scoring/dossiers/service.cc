#include "scoring/dossiers/service.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/ascii_text.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "platform/units/projection.h"
#include "scoring/dossiers/convert.h"
#include "scoring/dossiers/csv.h"
#include "scoring/dossiers/ingest.h"
#include "scoring/dossiers/push_session.h"
#include "scoring/dossiers/store.h"
#include "scoring/dossiers/store_imports.h"
#include "scoring/dossiers/timeliness.h"
#include "scoring/dossiers/validate.h"

namespace thidua::scoring::dossiers {
namespace {

using platform::Call;

absl::StatusOr<Window> ReadWindow(const v1::GetTimelinessRequest& request, absl::CivilDay today) {
  Window window;
  ASSIGN_OR_RETURN(window.first, platform::ParseDate(request.period_start(), "period_start"));
  ASSIGN_OR_RETURN(window.last, platform::ParseDate(request.period_end(), "period_end"));
  window.as_of = today;
  if (!request.as_of().empty()) {
    ASSIGN_OR_RETURN(window.as_of, platform::ParseDate(request.as_of(), "as_of"));
  }
  if (window.first.day() != 1 || (window.last + 1).day() != 1 || window.last < window.first) {
    return platform::InvalidField(
        "period_end", "PERIOD_NOT_WHOLE_MONTHS",
        {"Kỳ phải gồm các tháng trọn vẹn", "The period must consist of whole months"});
  }
  return window;
}

// The unit on the day; one that ended before or began after it, on its last or first day: its
// dossiers stay readable.
absl::StatusOr<units::Unit> UnitNear(db::Session& session, const std::string& unit_id,
                                     absl::CivilDay day) {
  absl::StatusOr<units::Unit> unit = units::Projection::Get(session, unit_id, day);
  if (platform::ReasonOf(unit.status()) != "UNIT_NOT_VALID") return unit;
  const std::string from = platform::MetadataOf(unit.status(), "valid_from");
  const std::string to = platform::MetadataOf(unit.status(), "valid_to");
  const bool ended = !to.empty() && to < platform::FormatDate(day);
  ASSIGN_OR_RETURN(const absl::CivilDay nearest,
                   platform::ParseDate(ended ? to : from, ended ? "valid_to" : "valid_from"));
  return units::Projection::Get(session, unit_id, nearest);
}

// A page of the unit's dossiers; those that stand otherwise than asked are passed over.
absl::Status ReadList(db::Session& session, const v1::ListDossiersRequest& request,
                      Store::ListFilter filter, size_t wanted, absl::CivilDay today,
                      std::vector<DossierRecord>& found) {
  while (found.size() < wanted) {
    ASSIGN_OR_RETURN(std::vector<DossierRecord> rows, Store::List(session, filter));
    for (DossierRecord& row : rows) {
      filter.after_code = row.dossier_code;
      filter.after_id = row.id;
      const int timeliness = static_cast<int>(Classify(row.present.state, today));
      if (request.timeliness() != 0 && timeliness != request.timeliness()) continue;
      if (found.size() < wanted) found.push_back(std::move(row));
    }
    if (static_cast<int>(rows.size()) < filter.limit) break;
  }
  return absl::OkStatus();
}

}  // namespace

Service::Service(platform::Admission& admission, db::Pool& pool, feed::Consumer* campaign)
    : runner_(admission, v1::DossierService::service_full_name()),
      pool_(pool),
      campaign_(campaign) {
  MarkMethodRawCallback(
      runner_.IndexOf("PushDossiers"),
      runner_.Chunks<v1::PushDossiersRequest, v1::PushDossiersResponse>(
          "PushDossiers", [this](const Call&) { return NewPushSession(pool_, campaign_); }));
}

absl::Status Service::PushOnce(const Call& call, const google::protobuf::Message& request,
                               const Rows& rows, const std::string& request_id,
                               v1::BatchPushDossiersResponse& response) {
  if (rows.empty() || rows.size() > kMaxRows) {
    return platform::InvalidField("rows", "CHUNK_SIZE",
                                  {absl::StrCat("Mỗi lần gửi 1–", kMaxRows, " hồ sơ"),
                                   absl::StrCat("Send 1 to ", kMaxRows, " rows at a time")});
  }
  ReadThrough units(campaign_);
  return units.Run(call, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
    return db::Write(pool_, call, request, response, [&](db::Tx& tx) -> absl::Status {
      const absl::Time now = call.machine_now();
      ASSIGN_OR_RETURN(
          const std::string source,
          ImportStore::LockSource(tx, call.principal().subject, platform::NewId(now), now));
      return ApplyChunk(tx, call, visible, {source, "batch:" + request_id, 0}, rows, units,
                        *response.mutable_ack());
    });
  });
}

Service::Reactor* Service::BatchPushDossiers(Ctx* context,
                                             const v1::BatchPushDossiersRequest* request,
                                             v1::BatchPushDossiersResponse* response) {
  return runner_.Unary("BatchPushDossiers", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         return PushOnce(call, req, req.rows(), req.request_id(), res);
                       });
}

Service::Reactor* Service::PushDossiersCsv(Ctx* context, const v1::PushDossiersCsvRequest* request,
                                           v1::BatchPushDossiersResponse* response) {
  return runner_.Unary("PushDossiersCsv", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const Rows rows, ReadDossierCsv(req.csv().data()));
                         return PushOnce(call, req, rows, req.request_id(), res);
                       });
}

Service::Reactor* Service::GetDossierImport(Ctx* context,
                                            const v1::GetDossierImportRequest* request,
                                            v1::DossierImport* response) {
  return runner_.Unary(
      "GetDossierImport", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        RETURN_IF_ERROR(call.Visible().status());
        RETURN_IF_ERROR(platform::RequireAscii(req.import_id(), "import_id"));
        std::optional<ImportRow> import;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const std::string source,
                           ImportStore::FindSource(session, call.principal().subject));
          ASSIGN_OR_RETURN(import, ImportStore::Get(session, source, req.import_id()));
          return absl::OkStatus();
        }));
        if (!import.has_value()) {
          return platform::NotFound("DOSSIER_IMPORT_NOT_FOUND",
                                    {"Không có đợt gửi này", "There is no such import"},
                                    {{"import_id", req.import_id()}});
        }
        ToProto(*import, call.principal().subject, res);
        return absl::OkStatus();
      });
}

Service::Reactor* Service::GetDossier(Ctx* context, const v1::GetDossierRequest* request,
                                      v1::Dossier* response) {
  return runner_.Unary(
      "GetDossier", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "dossiers", "name"));
        std::optional<DossierRecord> record;
        std::string source;
        std::vector<HistoryRecord> history;
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(record, Store::Get(session, id));
          if (!record.has_value()) return absl::OkStatus();
          ASSIGN_OR_RETURN(source, Store::SubjectOf(session, record->source_id));
          ASSIGN_OR_RETURN(history, Store::History(session, {id}));
          return absl::OkStatus();
        }));
        if (!record.has_value()) {
          return platform::NotFoundFor(
              call, platform::NotFound("DOSSIER_NOT_FOUND",
                                       {"Không có hồ sơ này", "There is no such dossier"},
                                       {{"name", req.name()}}));
        }
        RETURN_IF_ERROR(call.Require(record->present.state.unit_id));
        ToProto(*record, source, call.business_today(), res);
        for (const HistoryRecord& earlier : history) {
          v1::DossierHistoryEntry& entry = *res.add_history();
          ToProto(record->dossier_code, earlier.state.state, *entry.mutable_state());
          *entry.mutable_arrive_time() = platform::ToTimestamp(earlier.arrived_at);
          entry.set_arrived_late(earlier.state.arrived_late);
        }
        return absl::OkStatus();
      });
}

Service::Reactor* Service::ListDossiers(Ctx* context, const v1::ListDossiersRequest* request,
                                        v1::ListDossiersResponse* response) {
  return runner_.Unary(
      "ListDossiers", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Store::ListFilter filter;
        ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        RETURN_IF_ERROR(call.Require(filter.unit_id));
        const std::string scope =
            absl::StrCat("dossiers|", req.unit(), "|", static_cast<int>(req.timeliness()), "|",
                         req.dossier_code());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        RETURN_IF_ERROR(platform::RequireAscii(req.dossier_code(), "dossier_code"));
        filter.dossier_code = req.dossier_code();
        // The key is "code\nid"; no code holds a line break.
        const size_t split = page.after.find('\n');
        if (split != std::string::npos) {
          filter.after_code = page.after.substr(0, split);
          filter.after_id = page.after.substr(split + 1);
        }
        filter.limit = std::max(page.size + 1, 200);
        std::vector<DossierRecord> rows;
        std::map<std::string, std::string> sources;
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          rows.clear();
          RETURN_IF_ERROR(ReadList(session, req, filter, static_cast<size_t>(page.size) + 1,
                                   call.business_today(), rows));
          for (const DossierRecord& row : rows) {
            std::string& subject = sources[row.source_id];
            if (!subject.empty()) continue;
            ASSIGN_OR_RETURN(subject, Store::SubjectOf(session, row.source_id));
          }
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, [](const DossierRecord& row) {
          return absl::StrCat(row.dossier_code, "\n", row.id);
        }));
        for (const DossierRecord& row : rows) {
          ToProto(row, sources[row.source_id], call.business_today(), *res.add_dossiers());
        }
        return absl::OkStatus();
      });
}

Service::Reactor* Service::GetTimeliness(Ctx* context, const v1::GetTimelinessRequest* request,
                                         v1::TimelinessSummary* response) {
  return runner_.Unary(
      "GetTimeliness", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string unit_id,
                         platform::IdFromName(req.unit(), "units", "unit"));
        RETURN_IF_ERROR(call.Require(unit_id));
        ASSIGN_OR_RETURN(const Window window, ReadWindow(req, call.business_today()));
        std::map<Channel, Counts> counts;
        units::Unit unit;
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(unit, UnitNear(session, unit_id, std::min(window.as_of, window.last)));
          ASSIGN_OR_RETURN(counts, ReadTimeliness(session, unit_id, window, call.business_today()));
          return absl::OkStatus();
        }));
        res.set_unit(req.unit());
        res.set_unit_name(unit.name);
        res.set_period_start(platform::FormatDate(window.first));
        res.set_period_end(platform::FormatDate(window.last));
        res.set_as_of(platform::FormatDate(window.as_of));
        ToProto(counts, res);
        return absl::OkStatus();
      });
}

}  // namespace thidua::scoring::dossiers
