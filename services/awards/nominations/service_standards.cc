#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "awards/errors.h"
#include "awards/nominations/check.h"
#include "awards/nominations/convert.h"
#include "awards/nominations/moves.h"
#include "awards/nominations/service.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::nominations {
namespace {

absl::StatusOr<Standard> StandardOf(const Plan& plan, const NominationRow& nomination,
                                    const std::string& standard_id) {
  const char* const subject = nomination.individual() ? "INDIVIDUAL" : "COLLECTIVE";
  const auto asked =
      std::find_if(plan.standards.begin(), plan.standards.end(), [&](const Standard& standard) {
        return standard.id == standard_id && standard.subject == subject;
      });
  if (asked != plan.standards.end()) return *asked;
  return platform::InvalidField(
      "standard_id", "STANDARD_NOT_IN_PLAN",
      {nomination.individual() ? "Kế hoạch không có tiêu chuẩn cá nhân này."
                               : "Kế hoạch không có tiêu chuẩn tập thể này.",
       "The plan has no such standard for this nomination."});
}

// Evidence comes from who coordinates the plan or from the nominated unit.
absl::Status CheckEvidence(db::Session& session, const std::string& file,
                           const NominationRow& nomination) {
  absl::Status status =
      files::RequireComplete(session, file, nomination.coordinator_unit_id, "file").status();
  if (status.ok() || nomination.unit_id == nomination.coordinator_unit_id) return status;
  return files::RequireComplete(session, file, nomination.unit_id, "file").status();
}

// The day said, or today when none was.
absl::StatusOr<absl::CivilDay> CoversUntil(const std::string& text, absl::CivilDay today) {
  if (text.empty()) return today;
  ASSIGN_OR_RETURN(const absl::CivilDay day, platform::ParseDate(text, "covers_until"));
  RETURN_IF_ERROR(ErrorOf(CheckCoversUntil(day, today)));
  return day;
}

// Nothing when the request does not say; RESULT_NOT_SAID when it says what nobody can confirm.
absl::StatusOr<std::optional<bool>> SaidOf(const v1::ConfirmStandardRequest& request) {
  switch (request.result()) {
    case v1::STANDARD_RESULT_MET:
      return true;
    case v1::STANDARD_RESULT_NOT_MET:
      return false;
    case v1::STANDARD_RESULT_UNSPECIFIED:
      return std::nullopt;
    default:
      return platform::InvalidField(
          "result", "RESULT_NOT_SAID",
          {"Xác nhận phải là đạt hoặc không đạt.", "A confirmation says MET or NOT_MET."});
  }
}

v1::StandardConfirmed ConfirmedEvent(const std::string& nomination_id, const ConfirmationRow& row) {
  v1::StandardConfirmed confirmed;
  confirmed.set_nomination_id(nomination_id);
  confirmed.set_standard_id(row.said.standard_id);
  confirmed.set_result(row.said.met ? "MET" : "NOT_MET");
  confirmed.set_covers_until(platform::FormatDate(row.said.covers_until));
  if (row.said.activity_count) confirmed.set_activity_count(*row.said.activity_count);
  confirmed.set_confirmation_id(row.said.id);
  confirmed.set_file_id(row.file_id);
  return confirmed;
}

// The number before which the next page begins; 0 on the first one.
absl::StatusOr<int> BeforeOf(const platform::Page& page) {
  int before = 0;
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &before)) {
    return platform::InvalidField("page_token", "PAGE_TOKEN_MALFORMED",
                                  {"Mã trang không đúng dạng.", "page_token is malformed."});
  }
  return before;
}

v1::StandardsChecked CheckedEvent(const NominationRow& nomination, const CheckRow& check) {
  v1::StandardsChecked checked;
  checked.set_nomination_id(nomination.id);
  checked.set_check_number(check.number);
  checked.set_stage(std::string(NameOf(check.stage)));
  checked.set_as_of_date(platform::FormatDate(check.as_of));
  for (const Finding& finding : check.findings) {
    if (finding.result == Result::kMet) checked.set_met(checked.met() + 1);
    if (finding.result == Result::kNotMet) checked.set_not_met(checked.not_met() + 1);
    if (finding.result == Result::kNotKnown) checked.set_not_known(checked.not_known() + 1);
  }
  return checked;
}

}  // namespace

grpc::ServerUnaryReactor* Service::ConfirmStandard(grpc::CallbackServerContext* context,
                                                   const v1::ConfirmStandardRequest* request,
                                                   v1::StandardConfirmation* response) {
  return runner_.Unary(
      "ConfirmStandard", context, request, response,
      [this](const platform::Call& call, const v1::ConfirmStandardRequest& req,
             v1::StandardConfirmation& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        ASSIGN_OR_RETURN(const NominationRow known, Find(pool_, call, id));
        RETURN_IF_ERROR(call.Require(known.coordinator_unit_id));
        RETURN_IF_ERROR(PersonOf(call).status());
        ASSIGN_OR_RETURN(const std::optional<bool> met, SaidOf(req));
        std::optional<int> activity_count;
        if (req.has_activity_count()) activity_count = req.activity_count();
        RETURN_IF_ERROR(CheckText("note", req.note(), 2000));
        ConfirmationRow row;
        ASSIGN_OR_RETURN(row.file_id, platform::IdFromName(req.file(), "files", "file"));
        row.said.id = platform::NewId(call.machine_now());
        row.said.standard_id = req.standard_id();
        row.said.confirmed = call.business_today();
        row.said.note = req.note();
        row.confirmer = call.principal().subject;
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          // In here: a repeat gets the first answer, whatever day it has become.
          ASSIGN_OR_RETURN(row.said.covers_until,
                           CoversUntil(req.covers_until(), call.business_today()));
          ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
          RETURN_IF_ERROR(Make(Move::kConfirmStandard, call.business_today(), nomination));
          ASSIGN_OR_RETURN(const Plan plan, PlanOf(tx, nomination));
          ASSIGN_OR_RETURN(const Standard standard,
                           StandardOf(plan, nomination, req.standard_id()));
          RETURN_IF_ERROR(ErrorOf(ReadConfirmation(standard, met, activity_count, &row.said)));
          ASSIGN_OR_RETURN(const std::vector<FilingRow> filings, ReadFilings(tx, id));
          RETURN_IF_ERROR(RequireNotFiler(call, nomination, filings));
          RETURN_IF_ERROR(CheckEvidence(tx, req.file(), nomination));
          RETURN_IF_ERROR(InsertConfirmation(tx, id, row));
          RETURN_IF_ERROR(UpdateNomination(tx, nomination));
          ToProto(row, id, &res);
          return AppendEvent(tx, call, nomination, ConfirmedEvent(id, row), row.said.note);
        });
      });
}

grpc::ServerUnaryReactor* Service::CheckStandards(grpc::CallbackServerContext* context,
                                                  const v1::CheckStandardsRequest* request,
                                                  v1::StandardsCheck* response) {
  return runner_.Unary(
      "CheckStandards", context, request, response,
      [this](const platform::Call& call, const v1::CheckStandardsRequest& req,
             v1::StandardsCheck& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        ASSIGN_OR_RETURN(const NominationRow known, Find(pool_, call, id));
        RETURN_IF_ERROR(call.Require(known.coordinator_unit_id));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
          RETURN_IF_ERROR(Make(Move::kCheckStandards, call.business_today(), nomination));
          ASSIGN_OR_RETURN(const Plan plan, PlanOf(tx, nomination));
          ASSIGN_OR_RETURN(const CheckRow check, RunCheck(tx, nomination, plan, Stage::kAppraisal,
                                                          call.business_today()));
          RETURN_IF_ERROR(UpdateNomination(tx, nomination));
          ToProto(check, id, &res);
          return AppendEvent(tx, call, nomination, CheckedEvent(nomination, check));
        });
      });
}

grpc::ServerUnaryReactor* Service::ListStandardConfirmations(
    grpc::CallbackServerContext* context, const v1::ListStandardConfirmationsRequest* request,
    v1::ListStandardConfirmationsResponse* response) {
  return runner_.Unary(
      "ListStandardConfirmations", context, request, response,
      [this](const platform::Call& call, const v1::ListStandardConfirmationsRequest& req,
             v1::ListStandardConfirmationsResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        const std::string scope = absl::StrCat("standard_confirmations|", id);
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const int before, BeforeOf(page));
        RETURN_IF_ERROR(FindForReader(pool_, call, id).status());
        return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<ConfirmationRow> rows,
                           ListConfirmations(session, id, before, page.size));
          res.set_next_page_token(page.Cut(
              rows, [](const ConfirmationRow& row) { return absl::StrCat(row.sequence); }));
          for (const ConfirmationRow& row : rows) ToProto(row, id, res.add_confirmations());
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::ListStandardsChecks(
    grpc::CallbackServerContext* context, const v1::ListStandardsChecksRequest* request,
    v1::ListStandardsChecksResponse* response) {
  return runner_.Unary(
      "ListStandardsChecks", context, request, response,
      [this](const platform::Call& call, const v1::ListStandardsChecksRequest& req,
             v1::ListStandardsChecksResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        const std::string scope = absl::StrCat("standards_checks|", id);
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const int before, BeforeOf(page));
        RETURN_IF_ERROR(FindForReader(pool_, call, id).status());
        return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<CheckRow> checks,
                           ListChecks(session, id, before, page.size));
          res.set_next_page_token(
              page.Cut(checks, [](const CheckRow& row) { return absl::StrCat(row.number); }));
          for (const CheckRow& check : checks) ToProto(check, id, res.add_checks());
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::awards::nominations
