#include "awards/classifications/service.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awards/classifications/import.h"
#include "awards/classifications/record.h"
#include "awards/classifications/store.h"
#include "awards/errors.h"
#include "awards/people.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::classifications {
namespace {

absl::StatusOr<std::optional<KnownPerson>> Known(db::Pool& pool, const platform::Call& call,
                                                 const std::string& person_id) {
  std::optional<KnownPerson> person;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(person, ReadPerson(session, person_id));
    return absl::OkStatus();
  }));
  return person;
}

// The units of the people of a file whose classification the caller may record; others are refused
// as unknown, so that a file tells nobody who exists elsewhere.
absl::StatusOr<std::map<std::string, std::string>> UnitsOf(
    db::Pool& pool, const platform::Call& call, const std::vector<FileRow>& rows,
    v1::ImportClassificationsResponse* response) {
  ASSIGN_OR_RETURN(const platform::VisibleUnits held, call.Visible());
  if (!held.all && held.ids.empty()) return call.Require("*");
  std::map<std::string, std::string> units;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    for (const FileRow& row : rows) {
      ASSIGN_OR_RETURN(const std::optional<KnownPerson> person,
                       ReadPerson(session, row.said.person_id));
      if (person && held.Contains(person->unit_id)) {
        units[row.said.person_id] = person->unit_id;
        continue;
      }
      Refuse(row.line, "person_id", "PERSON_UNKNOWN",
             "Không có người này ở các đơn vị thuộc phạm vi của bạn.",
             "There is no such person at units within your reach.", response);
    }
    return absl::OkStatus();
  }));
  return units;
}

std::string LevelName(v1::ClassificationLevel level) {
  constexpr size_t kPrefix = sizeof("CLASSIFICATION_LEVEL_") - 1;
  if (!v1::ClassificationLevel_IsValid(level) || level == v1::CLASSIFICATION_LEVEL_UNSPECIFIED) {
    return "";
  }
  return v1::ClassificationLevel_Name(level).substr(kPrefix);
}

}  // namespace

Service::Service(platform::Admission& admission, db::Pool& pool)
    : pool_(pool), runner_(admission, v1::ClassificationService::service_full_name()) {}

grpc::ServerUnaryReactor* Service::RecordClassification(
    grpc::CallbackServerContext* context, const v1::RecordClassificationRequest* request,
    v1::Classification* response) {
  return runner_.Unary(
      "RecordClassification", context, request, response,
      [this](const platform::Call& call, const v1::RecordClassificationRequest& req,
             v1::Classification& res) -> absl::Status {
        Record said;
        ASSIGN_OR_RETURN(said.person_id, platform::IdFromName(req.person(), "people", "person"));
        ASSIGN_OR_RETURN(const std::optional<KnownPerson> person,
                         Known(pool_, call, said.person_id));
        if (!person) {
          return platform::NotFoundFor(call, ResourceNotFound("PERSON", req.person()));
        }
        RETURN_IF_ERROR(call.Require(person->unit_id));
        said.year = req.year();
        said.level = LevelName(req.level());
        said.document_number = req.document_number();
        ASSIGN_OR_RETURN(said.document_date,
                         platform::ParseDate(req.document_date(), "document_date"));
        RETURN_IF_ERROR(
            ErrorOf(CheckRecord(said, call.principal().person_id, call.business_today())));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const Put put, PutRecord(tx, call, said, person->unit_id));
          ToProto(put.row, &res);
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::ImportClassifications(
    grpc::CallbackServerContext* context, const v1::ImportClassificationsRequest* request,
    v1::ImportClassificationsResponse* response) {
  return runner_.Unary(
      "ImportClassifications", context, request, response,
      [this](const platform::Call& call, const v1::ImportClassificationsRequest& req,
             v1::ImportClassificationsResponse& res) -> absl::Status {
        const std::string& type = req.content().content_type();
        if (type.substr(0, type.find(';')) != "text/csv") {
          return platform::InvalidField(
              "content.content_type", "CONTENT_TYPE",
              {"Phải gửi tệp CSV (content-type text/csv).", "A CSV file is expected (text/csv)."});
        }
        v1::ImportClassificationsResponse read;
        const std::vector<FileRow> rows = ReadFile(req.content().data(), call.principal().person_id,
                                                   call.business_today(), &read);
        ASSIGN_OR_RETURN(const auto units, UnitsOf(pool_, call, rows, &read));
        if (read.error_count() > 0) {
          // Nothing was done, so nothing is kept under the request id: the same file is judged
          // anew when what it lacked is there.
          res = read;
          return absl::OkStatus();
        }
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          res = read;
          for (const FileRow& row : rows) {
            ASSIGN_OR_RETURN(const Put put,
                             PutRecord(tx, call, row.said, units.at(row.said.person_id)));
            if (put.change == Change::kCreated) res.set_created_count(res.created_count() + 1);
            if (put.change == Change::kUpdated) res.set_updated_count(res.updated_count() + 1);
            if (put.change == Change::kNone) res.set_unchanged_count(res.unchanged_count() + 1);
          }
          res.set_applied(!req.validate_only());
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::ListClassifications(
    grpc::CallbackServerContext* context, const v1::ListClassificationsRequest* request,
    v1::ListClassificationsResponse* response) {
  return runner_.Unary(
      "ListClassifications", context, request, response,
      [this](const platform::Call& call, const v1::ListClassificationsRequest& req,
             v1::ListClassificationsResponse& res) -> absl::Status {
        const std::string scope =
            absl::StrCat("classifications|", req.unit(), "|", req.person(), "|", req.year());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ClassificationFilter filter;
        filter.year = req.year();
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        if (!req.person().empty()) {
          ASSIGN_OR_RETURN(filter.person_id,
                           platform::IdFromName(req.person(), "people", "person"));
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<ClassificationRow> rows,
                           classifications::ListClassifications(tx, visible, filter, page));
          res.set_next_page_token(page.Cut(rows, &ClassificationRow::id));
          std::vector<std::string> people;
          for (const ClassificationRow& row : rows) {
            people.push_back(row.said.person_id);
            ToProto(row, res.add_classifications());
          }
          return AppendPersonalDataRead(tx, call, "ListClassifications", req, people);
        });
      });
}

}  // namespace thidua::awards::classifications
