#include "campaign/conferences/service.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "campaign/conferences/reviews.h"
#include "campaign/conferences/store.h"
#include "campaign/plans/reading.h"
#include "campaign/requests/attachments.h"
#include "campaign/requests/fields.h"
#include "campaign/requests/rights.h"
#include "campaign/rules_due.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::campaign::conferences {
namespace {

using platform::Call;

constexpr size_t kReason = 500;
constexpr int kMostAttendees = 100000;

absl::Status UnknownConference(const std::string& id) {
  return platform::NotFound("UNKNOWN_CONFERENCE",
                            {"không có hội nghị này", "there is no such conference"},
                            {{"conference", id}});
}

std::string DateOrEmpty(const std::optional<absl::CivilDay>& day) {
  return day ? platform::FormatDate(*day) : "";
}

v1::PlanConference ToProto(const Conference& conference, const v1::Plan& plan) {
  v1::PlanConference out;
  out.set_name(platform::NameOf("planConferences", conference.id));
  out.set_plan(platform::NameOf("plans", conference.plan_id));
  out.set_milestone_id(conference.milestone_id);
  out.set_held_date(platform::FormatDate(conference.held));
  out.set_place(conference.place);
  out.set_chair(conference.chair);
  out.set_attendee_count(conference.attendee_count);
  out.set_conclusions(conference.conclusions);
  for (const std::string& file : conference.files) out.add_files(file);
  const std::optional<Review> review = FindReview(plan, conference.milestone_id);
  out.set_late(review && IsLate(review->days, conference.held));
  out.set_etag(platform::EtagOf(conference.row_version));
  return out;
}

v1::PlanConferenceRecorded ToEvent(const Conference& conference) {
  v1::PlanConferenceRecorded out;
  out.set_conference_id(conference.id);
  out.set_plan_id(conference.plan_id);
  out.set_milestone_id(conference.milestone_id);
  out.set_held_date(platform::FormatDate(conference.held));
  out.set_place(conference.place);
  out.set_chair(conference.chair);
  out.set_attendee_count(conference.attendee_count);
  out.set_conclusions(conference.conclusions);
  for (const std::string& file : conference.files)
    out.add_file_ids(file.substr(file.find('/') + 1));
  return out;
}

absl::Status AppendConference(db::Tx& tx, const Call& call, const plans::Record& plan,
                              const Conference* before, const Conference& after,
                              const std::string& reason) {
  const v1::PlanConferenceRecorded payload = ToEvent(after);
  const v1::PlanConferenceRecorded earlier =
      before == nullptr ? v1::PlanConferenceRecorded() : ToEvent(*before);
  feed::Draft draft;
  draft.aggregate_type = "plan_conference";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  draft.unit_id = plan.row.issuer_id;
  draft.payload = &payload;
  if (before != nullptr) draft.before = &earlier;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

// What is said of a conference, into it.
void ReadDetails(const v1::ConferenceDetails& details, Conference* conference, Fields* fields) {
  conference->held = fields->Day(details.held_date(), "details.held_date");
  fields->Text(details.place(), 1, 300, "details.place");
  fields->Text(details.chair(), 1, 200, "details.chair");
  fields->Text(details.conclusions(), 0, 10000, "details.conclusions");
  if (details.attendee_count() < 1 || details.attendee_count() > kMostAttendees) {
    fields->Refuse("details.attendee_count", "OUT_OF_RANGE",
                   {"phải từ 1 đến 100000", "must be 1 to 100000"});
  }
  conference->place = details.place();
  conference->chair = details.chair();
  conference->attendee_count = details.attendee_count();
  conference->conclusions = details.conclusions();
  conference->files.assign(details.files().begin(), details.files().end());
}

// What depends on the plan.
absl::Status CheckAgainst(db::Tx& tx, const Call& call, const plans::Record& plan,
                          const Conference& conference) {
  switch (CheckHeld(conference.held, plan.row.launch_date, call.business_today())) {
    case HeldProblem::kNone:
      break;
    case HeldProblem::kToCome:
      return platform::InvalidField("details.held_date", "DATE_TO_COME",
                                    {"ngày tổ chức chưa đến", "the day is still to come"});
    case HeldProblem::kBeforeLaunch:
      return platform::InvalidField(
          "details.held_date", "DATE_BEFORE_PLAN",
          {"ngày tổ chức trước ngày phát động", "the day is before the plan's launch"});
  }
  return CheckAttachments(tx, conference.files, {plan.row.issuer_id, plans::CoordinatorOf(plan)},
                          "details.files");
}

// The plan, locked, with the right at its issuer or its coordinator.
absl::StatusOr<plans::Record> LockForKeeper(db::Tx& tx, const Call& call,
                                            const std::string& plan_id) {
  absl::StatusOr<plans::Record> plan = plans::LockRecord(tx, plan_id);
  if (!plan.ok()) return platform::NotFoundFor(call, plan.status());
  RETURN_IF_ERROR(RequireAtOne(call, {plan->row.issuer_id, plans::CoordinatorOf(*plan)}));
  return plan;
}

}  // namespace

ConferenceService::Reactor* ConferenceService::RecordConference(
    Ctx* ctx, const v1::RecordConferenceRequest* req, v1::PlanConference* res) {
  return runner_.Unary(
      "RecordConference", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        Conference conference;
        conference.plan_id = fields.Id(req.plan(), "plans", "plan");
        ReadDetails(req.details(), &conference, &fields);
        RETURN_IF_ERROR(fields.status());
        conference.milestone_id = req.milestone_id();
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const plans::Record plan, LockForKeeper(tx, call, conference.plan_id));
          RETURN_IF_ERROR(plans::RequireLaunchedOrClosed(plan));
          if (!FindReview(plan.document, conference.milestone_id)) {
            return platform::InvalidField(
                "milestone_id", "MILESTONE_UNKNOWN",
                {"kế hoạch không có mốc sơ kết, tổng kết này", "the plan sets no such review"});
          }
          RETURN_IF_ERROR(CheckAgainst(tx, call, plan, conference));
          Conference made = conference;
          made.id = platform::NewId(call.machine_now());
          RETURN_IF_ERROR(InsertConference(tx, made, call.machine_now()));
          RETURN_IF_ERROR(AppendConference(tx, call, plan, nullptr, made, ""));
          res = ToProto(made, plan.document);
          return absl::OkStatus();
        });
      });
}

ConferenceService::Reactor* ConferenceService::CorrectConference(
    Ctx* ctx, const v1::CorrectConferenceRequest* req, v1::PlanConference* res) {
  return runner_.Unary(
      "CorrectConference", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        Conference said;
        said.id = fields.Id(req.name(), "planConferences", "name");
        ReadDetails(req.details(), &said, &fields);
        fields.Text(req.reason(), 1, kReason, "reason");
        RETURN_IF_ERROR(fields.status());
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<std::string> plan_id, PlanOfConference(tx, said.id));
          if (!plan_id) return platform::NotFoundFor(call, UnknownConference(said.id));
          ASSIGN_OR_RETURN(const plans::Record plan, LockForKeeper(tx, call, *plan_id));
          ASSIGN_OR_RETURN(const std::optional<Conference> found, LockConference(tx, said.id));
          if (!found) return platform::NotFoundFor(call, UnknownConference(said.id));
          RETURN_IF_ERROR(platform::CheckEtag(req.etag(), found->row_version));
          RETURN_IF_ERROR(CheckAgainst(tx, call, plan, said));
          Conference after = said;
          after.plan_id = found->plan_id;
          after.milestone_id = found->milestone_id;
          after.row_version = found->row_version + 1;
          RETURN_IF_ERROR(ReplaceConference(tx, after, call.machine_now()));
          RETURN_IF_ERROR(AppendConference(tx, call, plan, &*found, after, req.reason()));
          res = ToProto(after, plan.document);
          return absl::OkStatus();
        });
      });
}

ConferenceService::Reactor* ConferenceService::ListConferences(
    Ctx* ctx, const v1::ListConferencesRequest* req, v1::ListConferencesResponse* res) {
  return runner_.Unary(
      "ListConferences", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const plans::Record plan,
                         plans::ReadForReader(pool_, call, req.plan(), "plan"));
        ASSIGN_OR_RETURN(
            const platform::Page page,
            platform::ReadPage(req.page_size(), req.page_token(), "conferences|" + req.plan()));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(
              std::vector<Conference> rows,
              conferences::ListConferences(session, plan.row.id, page.after, page.size + 1));
          res.set_next_page_token(page.CutToFit(rows, &Conference::id, [](const Conference& one) {
            return one.conclusions.size() + 1000;
          }));
          for (const Conference& one : rows) *res.add_conferences() = ToProto(one, plan.document);
          return absl::OkStatus();
        });
      });
}

ConferenceService::Reactor* ConferenceService::ListReviewMilestones(
    Ctx* ctx, const v1::ListReviewMilestonesRequest* req, v1::ListReviewMilestonesResponse* res) {
  return runner_.Unary(
      "ListReviewMilestones", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const plans::Record plan,
                         plans::ReadForReader(pool_, call, req.plan(), "plan"));
        const std::string scope =
            "reviewMilestones|" + req.plan() + (req.overdue_only() ? "|overdue" : "");
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(const std::vector<Held> held, HeldFor(session, plan.row.id));
          std::vector<v1::ReviewMilestone> rows;
          bool begun = page.after.empty();
          for (const Review& review : ReviewsOf(plan.document)) {
            if (!begun) {
              begun = review.milestone_id == page.after;
              continue;
            }
            std::vector<absl::CivilDay> days;
            v1::ReviewMilestone out;
            for (const Held& one : held) {
              if (one.milestone_id != review.milestone_id) continue;
              if (days.empty()) out.set_conference(platform::NameOf("planConferences", one.id));
              days.push_back(one.date);
            }
            const ReviewState state = StateOf(review.days, days, call.business_today());
            if (req.overdue_only() && state != ReviewState::kOverdue) continue;
            out.set_milestone_id(review.milestone_id);
            out.set_kind(review.kind);
            out.set_title(review.title);
            out.set_start_date(DateOrEmpty(review.days.first));
            out.set_end_date(DateOrEmpty(review.days.last));
            out.set_state(static_cast<v1::ReviewState>(static_cast<int>(state) + 1));
            if (days.empty()) out.set_days_left(DaysLeft(review.days.last, call.business_today()));
            rows.push_back(std::move(out));
          }
          res.set_next_page_token(
              page.Cut(rows, [](const v1::ReviewMilestone& one) { return one.milestone_id(); }));
          for (v1::ReviewMilestone& row : rows) *res.add_milestones() = std::move(row);
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::campaign::conferences
