#include "scoring/surveys/service.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/ascii_text.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "scoring/figures/figure_rules.h"
#include "scoring/figures/table.h"
#include "scoring/figures/write_import.h"
#include "scoring/surveys/convert.h"
#include "scoring/surveys/store.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::scoring::surveys {
namespace {

using platform::Call;

absl::Status NoSuchSurvey(const std::string& name) {
  return platform::NotFound("SURVEY_NOT_FOUND",
                            {"Không có cuộc điều tra này", "There is no such survey"},
                            {{"name", name}});
}

absl::Status NotADraft(const SurveyRow& row) {
  return platform::FailedPrecondition(
      "SURVEY_NOT_DRAFT",
      {"Kết quả điều tra đã công bố, không sửa được; thao tác hợp lệ: tạo bản đính chính",
       "The survey is published and cannot be changed; legal moves: create one that corrects it"},
      {{"state", row.state}, {"legal_moves", "CreateSurvey"}});
}

// The survey that a request names, once the caller's right at its organiser is known. Asked before
// the write's transaction, because an answer that is only repeated does not run its body.
absl::StatusOr<SurveyRow> RequireAt(db::Pool& pool, const Call& call, const std::string& name) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "surveys", "name"));
  std::optional<SurveyRow> row;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(row, Store::Get(session, id));
    return absl::OkStatus();
  }));
  if (!row.has_value()) return platform::NotFoundFor(call, NoSuchSurvey(name));
  RETURN_IF_ERROR(call.Require(row->unit_id));
  return *std::move(row);
}

absl::StatusOr<SurveyRow> LockDraft(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<SurveyRow> row, Store::Lock(tx, id));
  if (!row.has_value()) return platform::Internal("a survey is gone");
  if (row->state != "DRAFT") return NotADraft(*row);
  return *std::move(row);
}

absl::Status Append(db::Tx& tx, const Call& call, const SurveyRow* before, const SurveyRow& after) {
  v1::Survey event;
  v1::Survey earlier;
  ToProto(after, event);
  if (before != nullptr) ToProto(*before, earlier);
  feed::Draft draft;
  draft.aggregate_type = "survey";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  draft.unit_id = after.unit_id;
  draft.payload = &event;
  draft.before = before == nullptr ? nullptr : &earlier;
  draft.reason = after.correction_reason;
  return feed::Append(tx, call, draft);
}

// What is corrected has to be about the same thing. The right at the unit is the caller's.
absl::Status CheckCorrects(db::Session& session, const SurveyRow& row) {
  if (!row.corrects.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::optional<SurveyRow> old, Store::Get(session, *row.corrects));
  if (old.has_value() && old->unit_id == row.unit_id && old->kind == row.kind &&
      old->year == row.year) {
    return absl::OkStatus();
  }
  return platform::InvalidField("survey.corrects", "CORRECTS_ANOTHER",
                                {"Đơn vị này không có cuộc điều tra nào như vậy về loại và năm này",
                                 "The unit has no such survey of this kind and year"});
}

// The published survey gives way to the one that corrects it.
absl::Status Supersede(db::Tx& tx, const Call& call, const SurveyRow& by) {
  ASSIGN_OR_RETURN(std::optional<SurveyRow> old, Store::LockCurrent(tx, by));
  const std::string name = old.has_value() ? platform::NameOf("surveys", old->id) : "";
  if (!old.has_value() && !by.corrects.has_value()) return absl::OkStatus();
  if (!by.corrects.has_value()) {
    return platform::FailedPrecondition(
        "SURVEY_EXISTS",
        {"Đã công bố kết quả điều tra loại này của năm này; muốn đính chính phải nêu " + name,
         "Results of this kind and year are published; a correction must name " + name},
        {{"survey", name}});
  }
  if (!old.has_value() || old->id != *by.corrects) {
    return platform::FailedPrecondition(
        "CORRECTS_NOT_CURRENT",
        {"Cuộc điều tra được nêu không phải bản hiện hành của loại và năm này",
         "The survey named is not the current one of this kind and year"},
        {{"survey", name}});
  }
  const SurveyRow before = *old;
  old->state = "SUPERSEDED";
  old->superseded_by = by.id;
  ++old->row_version;
  RETURN_IF_ERROR(Store::Update(tx, *old));
  return Append(tx, call, &before, *old);
}

// Another of the same unit, kind and year may have been published in between: then there is one
// after all.
absl::Status Publish(db::Tx& tx, const Call& call, const SurveyRow& row) {
  absl::Status published = Store::Update(tx, row);
  if (platform::ReasonOf(published) == "DUPLICATE_KEY") {
    RETURN_IF_ERROR(Supersede(tx, call, row));
  }
  return published;
}

// The results in the table, and what is wrong with them in its errors.
std::vector<ResultRow> ResultsOf(figures::Table& table) {
  std::vector<ResultRow> results;
  for (const figures::Table::Row& row : table.rows()) {
    ResultRow result;
    result.unit_id = row.unit_id;
    const std::optional<int64_t> sent = table.Whole(row, 1);
    const std::optional<int64_t> came_back = table.Whole(row, 2);
    result.forms_sent = static_cast<int32_t>(sent.value_or(0));
    result.respondents = static_cast<int32_t>(came_back.value_or(0));
    result.index_percent = row.cells[3];
    if (sent.has_value() && came_back.has_value() && *came_back > *sent) {
      table.Refuse(row.line, table.columns()[2], "MORE_THAN_SENT",
                   "số phiếu thu về nhiều hơn số phiếu phát ra",
                   "more forms came back than were handed out");
    }
    if (!figures::ReadPercent(row.cells[3]).has_value()) {
      table.Refuse(row.line, table.columns()[3], "INDEX_MALFORMED",
                   "chỉ số phải là số thập phân từ 0 đến 100, ví dụ 86.55",
                   "the index must be a decimal from 0 to 100, for example 86.55");
    }
    results.push_back(std::move(result));
  }
  return results;
}

absl::Status AppendResults(db::Tx& tx, const Call& call, const SurveyRow& row,
                           const std::vector<ResultRow>& results) {
  v1::SurveyResultsImported event;
  event.set_survey_id(row.id);
  event.set_unit_id(row.unit_id);
  event.set_file_sha256(row.file_sha256);
  for (const ResultRow& result : results) {
    v1::SurveyedUnit& added = *event.add_results();
    added.set_unit_id(result.unit_id);
    added.set_forms_sent(result.forms_sent);
    added.set_respondents(result.respondents);
    added.set_index_percent(result.index_percent);
  }
  feed::Draft draft;
  draft.aggregate_type = "survey";
  draft.aggregate_id = row.id;
  draft.aggregate_version = row.row_version;
  draft.unit_id = row.unit_id;
  draft.payload = &event;
  return feed::Append(tx, call, draft);
}

// For lists and reads: drafts are for those who may read at the organiser.
bool Shows(const platform::VisibleUnits& visible, const SurveyRow& row) {
  return row.state != "DRAFT" || visible.Contains(row.unit_id);
}

}  // namespace

Service::Reactor* Service::CreateSurvey(Ctx* context, const v1::CreateSurveyRequest* request,
                                        v1::Survey* response) {
  return runner_.Unary(
      "CreateSurvey", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string unit_id,
                         platform::IdFromName(req.survey().unit(), "units", "survey.unit"));
        RETURN_IF_ERROR(call.Require(unit_id));
        ASSIGN_OR_RETURN(const SurveyRow sent, SurveyOf(req.survey(), call.business_today()));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          SurveyRow row = sent;
          RETURN_IF_ERROR(units::Projection::Get(tx, row.unit_id, row.period_end).status());
          RETURN_IF_ERROR(CheckCorrects(tx, row));
          row.id = platform::NewId(call.machine_now());
          row.state = "DRAFT";
          row.created_at = call.machine_now();
          RETURN_IF_ERROR(Store::Insert(tx, row));
          ToProto(row, res);
          return Append(tx, call, nullptr, row);
        });
      });
}

Service::Reactor* Service::ImportSurveyResults(Ctx* context,
                                               const v1::ImportSurveyResultsRequest* request,
                                               v1::FiguresImportReport* response) {
  return runner_.Unary(
      "ImportSurveyResults", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const SurveyRow known, RequireAt(pool_, call, req.name()));
        ASSIGN_OR_RETURN(const platform::VisibleUnits granted, call.Visible());
        ASSIGN_OR_RETURN(const figures::Table file,
                         figures::Table::Read(req.content(), {"unit_code", "forms_sent",
                                                              "respondents", "index_percent"}));
        return figures::WriteImport(
            pool_, call, req, res, [&](db::Tx& tx) -> absl::StatusOr<v1::FiguresImportReport> {
              ASSIGN_OR_RETURN(SurveyRow row, LockDraft(tx, known.id));
              figures::Table table = file;
              if (table.ok()) RETURN_IF_ERROR(table.FindUnits(tx, row.period_end, granted));
              const std::vector<ResultRow> results = ResultsOf(table);
              v1::FiguresImportReport report = table.Report(req.name(), req.validate_only());
              if (!table.ok()) return report;
              row.unit_count = static_cast<int32_t>(results.size());
              row.respondent_count = 0;
              for (const ResultRow& result : results) row.respondent_count += result.respondents;
              row.file_sha256 = table.file_sha256();
              ++row.row_version;
              RETURN_IF_ERROR(Store::ReplaceResults(tx, row.id, results));
              RETURN_IF_ERROR(Store::Update(tx, row));
              RETURN_IF_ERROR(AppendResults(tx, call, row, results));
              return report;
            });
      });
}

Service::Reactor* Service::PublishSurvey(Ctx* context, const v1::PublishSurveyRequest* request,
                                         v1::Survey* response) {
  return runner_.Unary("PublishSurvey", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const SurveyRow known,
                                          RequireAt(pool_, call, req.name()));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const SurveyRow before, LockDraft(tx, known.id));
                           RETURN_IF_ERROR(platform::CheckEtag(req.etag(), before.row_version));
                           if (before.unit_count == 0) {
                             return platform::FailedPrecondition(
                                 "SURVEY_WITHOUT_RESULTS",
                                 {"Chưa có kết quả nào; thao tác hợp lệ: nhập kết quả",
                                  "There are no results; legal moves: import results"},
                                 {{"state", before.state}, {"legal_moves", "ImportSurveyResults"}});
                           }
                           RETURN_IF_ERROR(Supersede(tx, call, before));
                           SurveyRow row = before;
                           row.state = "PUBLISHED";
                           row.publish_date = call.business_today();
                           ++row.row_version;
                           RETURN_IF_ERROR(Publish(tx, call, row));
                           ToProto(row, res);
                           return Append(tx, call, &before, row);
                         });
                       });
}

Service::Reactor* Service::GetSurvey(Ctx* context, const v1::GetSurveyRequest* request,
                                     v1::Survey* response) {
  return runner_.Unary(
      "GetSurvey", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(req.name(), "surveys", "name"));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        std::optional<SurveyRow> row;
        std::vector<ResultRow> results;
        std::map<std::string, std::string> names;
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(row, Store::Get(session, id));
          if (!row.has_value() || !Shows(visible, *row)) return NoSuchSurvey(req.name());
          ASSIGN_OR_RETURN(results, Store::Results(session, id));
          for (const ResultRow& result : results) {
            ASSIGN_OR_RETURN(const units::Unit unit,
                             units::Projection::Get(session, result.unit_id, row->period_end));
            names[result.unit_id] = unit.name;
          }
          return absl::OkStatus();
        }));
        ToProto(*row, res);
        for (const ResultRow& result : results) {
          v1::SurveyResult& added = *res.add_results();
          added.set_unit(platform::NameOf("units", result.unit_id));
          added.set_unit_name(names[result.unit_id]);
          added.set_forms_sent(result.forms_sent);
          added.set_respondents(result.respondents);
          added.set_index_percent(result.index_percent);
        }
        return absl::OkStatus();
      });
}

Service::Reactor* Service::ListSurveys(Ctx* context, const v1::ListSurveysRequest* request,
                                       v1::ListSurveysResponse* response) {
  return runner_.Unary(
      "ListSurveys", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        const std::string scope =
            absl::StrCat("surveys|", req.unit(), "|", req.kind(), "|", req.year());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        Store::Filter filter;
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        RETURN_IF_ERROR(platform::RequireAscii(req.kind(), "kind"));
        filter.kind = req.kind();
        filter.year = req.year();
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        std::vector<SurveyRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, platform::ReadShown(
                                     page,
                                     [&](const std::string& before, int limit) {
                                       return Store::List(session, filter, before, limit);
                                     },
                                     &SurveyRow::id,
                                     [&](const SurveyRow& row) -> absl::StatusOr<bool> {
                                       return Shows(visible, row);
                                     }));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, &SurveyRow::id));
        for (const SurveyRow& row : rows) ToProto(row, *res.add_surveys());
        return absl::OkStatus();
      });
}

}  // namespace thidua::scoring::surveys
