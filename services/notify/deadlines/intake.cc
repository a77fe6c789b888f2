#include "notify/deadlines/intake.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "notify/deadlines/changes.h"
#include "notify/deadlines/store_rounds.h"
#include "notify/inbox/notices.h"
#include "notify/inbox/units.h"
#include "notify/origin.h"
#include "notify/wording.h"
#include "platform/clock.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::notify::deadlines {
namespace {

std::string FilingKey(const std::string& nomination_id) { return "award_filing:" + nomination_id; }

std::string SelfScoreKey(const std::string& round_id, const std::string& unit_id) {
  return "self_score:" + round_id + ":" + unit_id;
}
std::string ExplanationKey(const std::string& round_id, const std::string& unit_id) {
  return "explanation:" + round_id + ":" + unit_id;
}
std::string AppraisalKey(const std::string& round_id) { return "appraisal:" + round_id; }

// Milestone ids are the plan author's words; a long or unusual one is told by its hash.
std::string SafeId(const std::string& id) {
  const bool plain =
      !id.empty() && id.size() <= 40 &&
      id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") ==
          std::string::npos;
  return plain ? id : platform::Sha256Hex(id).substr(0, 40);
}

// All but the last day.
template <class Payload>
DeadlineDraft FilingOf(const Payload& nomination) {
  DeadlineDraft draft;
  draft.key = FilingKey(nomination.nomination_id());
  draft.kind = Kind::kAwardFiling;
  draft.unit_id = nomination.unit_id();
  draft.plan_id = nomination.plan_id();
  draft.subject_id = nomination.nomination_id();
  draft.link = platform::NameOf("nominations", nomination.nomination_id());
  draft.title = "Nộp hồ sơ đề nghị khen thưởng (" + AwardFormName(nomination.award_form()) + ")";
  return draft;
}

// What the state of the nomination, as a snapshot tells it, says of its last day for filing.
absl::Status SettleFiling(db::Tx& tx, const feed::Origin& origin, absl::CivilDay due,
                          absl::CivilDay stands_since,
                          const awards::v1::NominationInvited& nomination) {
  const std::string key = FilingKey(nomination.nomination_id());
  absl::CivilDay acted_on = stands_since;
  if (!nomination.file_date().empty()) {
    ASSIGN_OR_RETURN(acted_on, platform::ParseDate(nomination.file_date(), "file_date"));
  }
  const Filing filing = FilingIn(nomination.state());
  const bool filed = !nomination.file_date().empty();
  if (filing == Filing::kOpen && (!filed || ReopensWhenReturned(due, stands_since))) {
    // One that is open already stays as it is.
    return ReopenDeadline(tx, origin, key, stands_since);
  }
  if (filing == Filing::kDone || filed) return MeetDeadline(tx, origin, key, acted_on);
  return absl::OkStatus();
}

// Tells the unit that it may explain, at its first appraisal.
absl::Status TellOfExplaining(db::Tx& tx, const feed::Origin& origin,
                              const common::v1::Event& event, absl::CivilDay appraised_on,
                              const RoundExplanation& round, const DeadlineDraft& deadline) {
  inbox::NoticeDraft draft;
  draft.key = "explanation_opened:" + round.round_id + ":" + deadline.unit_id;
  draft.kind = templates::Kind::kExplanationOpened;
  draft.unit_id = deadline.unit_id;
  draft.date = appraised_on;
  draft.link = deadline.link;
  draft.source_event_id = event.id();
  ASSIGN_OR_RETURN(draft.values["unit_name"], inbox::UnitName(tx, deadline.unit_id, appraised_on));
  draft.values["round_title"] = round.title;
  draft.values["appraisal_date"] = platform::FormatDateVi(appraised_on);
  draft.values["start_date"] = platform::FormatDateVi(std::max(round.start, appraised_on));
  draft.values["due_date"] = platform::FormatDateVi(round.end);
  return inbox::MakeNotice(tx, origin, draft).status();
}

absl::Status SettleExplanation(db::Tx& tx, const feed::Origin& origin,
                               const common::v1::Event& event, absl::CivilDay day,
                               const scoring::v1::AssessmentChanged& assessment) {
  ASSIGN_OR_RETURN(const std::optional<RoundExplanation> round,
                   FindRoundExplanation(tx, assessment.round_id()));
  if (!round.has_value()) return absl::OkStatus();
  DeadlineDraft draft;
  draft.key = ExplanationKey(round->round_id, assessment.unit_id());
  draft.kind = Kind::kExplanation;
  draft.unit_id = assessment.unit_id();
  draft.plan_id = round->plan_id;
  draft.subject_id = round->round_id;
  draft.link = platform::NameOf("assessmentRounds", round->round_id);
  draft.title = "Giải trình kết quả thẩm định (nếu có) – " + round->title;
  draft.start = round->start;
  draft.due = round->end;
  std::optional<int> explainable;
  if (assessment.has_explainable_leaves()) explainable = assessment.explainable_leaves();
  switch (ExplainingIn(assessment.state(), explainable)) {
    case Explaining::kNotYet:
      return SuspendDeadline(tx, origin, draft.key);
    case Explaining::kDone:
      return MeetDeadline(tx, origin, draft.key, day);
    case Explaining::kOpen:
      break;
  }
  // Also of a unit that campaign has not told of: the worker lets its reminders wait.
  RETURN_IF_ERROR(SetDeadline(tx, origin, draft));
  RETURN_IF_ERROR(ReopenDeadline(tx, origin, draft.key, day));
  RETURN_IF_ERROR(ResumeDeadline(tx, origin, draft.key));
  ASSIGN_OR_RETURN(const bool gone, inbox::IsUnitGone(tx, event, draft.unit_id));
  if (gone || !TellsOfExplaining(draft.due, origin.business_today)) return absl::OkStatus();
  return TellOfExplaining(tx, origin, event, day, *round, draft);
}

}  // namespace

absl::Status OnPlanLaunched(db::Tx& tx, const feed::Origin& origin, const common::v1::Event&,
                            const campaign::v1::PlanLaunched& plan) {
  for (const auto& milestone : plan.milestones()) {
    if (milestone.end_date().empty()) continue;
    DeadlineDraft draft;
    draft.kind = Kind::kMilestone;
    draft.plan_id = plan.plan_id();
    draft.subject_id = SafeId(milestone.milestone_id());
    draft.link = platform::NameOf("plans", plan.plan_id());
    draft.title = milestone.title() + " – " + plan.title();
    draft.source_phrase = milestone.source_phrase();
    ASSIGN_OR_RETURN(draft.due, platform::ParseDate(milestone.end_date(), "end_date"));
    if (!milestone.start_date().empty()) {
      ASSIGN_OR_RETURN(draft.start, platform::ParseDate(milestone.start_date(), "start_date"));
    }
    for (const std::string& unit_id : plan.participant_unit_ids()) {
      draft.unit_id = unit_id;
      draft.key = "milestone:" + plan.plan_id() + ":" + draft.subject_id + ":" + unit_id;
      RETURN_IF_ERROR(SetDeadline(tx, origin, draft));
    }
  }
  return absl::OkStatus();
}

absl::Status OnPeriodicReportRecorded(db::Tx& tx, const feed::Origin& origin,
                                      const common::v1::Event&,
                                      const campaign::v1::PeriodicReportRecorded& report) {
  const std::string key = "periodic_report:" + report.record_id();
  if (!report.filed_date().empty()) {
    ASSIGN_OR_RETURN(const absl::CivilDay filed,
                     platform::ParseDate(report.filed_date(), "filed_date"));
    return MeetDeadline(tx, origin, key, filed);
  }
  if (report.due_date().empty()) return absl::OkStatus();
  DeadlineDraft draft;
  draft.key = key;
  draft.kind = Kind::kPeriodicReport;
  draft.unit_id = report.unit_id();
  draft.plan_id = report.plan_id();
  draft.subject_id = report.record_id();
  draft.link = platform::NameOf("periodicReports", report.record_id());
  draft.title = "Nộp báo cáo định kỳ " + PeriodPhrase(report.period());
  ASSIGN_OR_RETURN(draft.due, platform::ParseDate(report.due_date(), "due_date"));
  RETURN_IF_ERROR(SetDeadline(tx, origin, draft));
  // One that was filed is so no more: a restore of campaign has undone it.
  return UndoMeeting(tx, origin, key);
}

absl::Status OnNominationInvited(db::Tx& tx, const feed::Origin& origin,
                                 const common::v1::Event& event,
                                 const awards::v1::NominationInvited& nomination) {
  if (nomination.filing_deadline().empty()) return absl::OkStatus();
  DeadlineDraft draft = FilingOf(nomination);
  ASSIGN_OR_RETURN(draft.due, platform::ParseDate(nomination.filing_deadline(), "filing_deadline"));
  RETURN_IF_ERROR(SetDeadline(tx, origin, draft));
  ASSIGN_OR_RETURN(const absl::CivilDay day, DayOf(event));
  return SettleFiling(tx, origin, draft.due, day, nomination);
}

absl::Status OnInvitationDeclined(db::Tx& tx, const feed::Origin& origin, const common::v1::Event&,
                                  const awards::v1::InvitationDeclined& declined) {
  return MeetDeadline(tx, origin, FilingKey(declined.nomination_id()), origin.business_today);
}

absl::Status OnNominationReopened(db::Tx& tx, const feed::Origin& origin, const common::v1::Event&,
                                  const awards::v1::NominationReopened& reopened) {
  if (reopened.reopened_until().empty()) return absl::OkStatus();
  DeadlineDraft draft = FilingOf(reopened);
  ASSIGN_OR_RETURN(draft.due, platform::ParseDate(reopened.reopened_until(), "reopened_until"));
  RETURN_IF_ERROR(SetDeadline(tx, origin, draft));
  // One that was declined counted as met.
  return ReopenDeadline(tx, origin, draft.key, origin.business_today);
}

absl::Status OnAwardDossierFiled(db::Tx& tx, const feed::Origin& origin, const common::v1::Event&,
                                 const awards::v1::AwardDossierFiled& filed) {
  return MeetDeadline(tx, origin, FilingKey(filed.nomination_id()), origin.business_today);
}

absl::Status OnAwardDossierReturned(db::Tx& tx, const feed::Origin& origin,
                                    const common::v1::Event&,
                                    const awards::v1::AwardDossierReturned& returned) {
  return ReopenDeadline(tx, origin, FilingKey(returned.nomination_id()), origin.business_today);
}

absl::Status OnAssessmentRoundCreated(db::Tx& tx, const feed::Origin& origin,
                                      const common::v1::Event& event,
                                      const scoring::v1::AssessmentRoundCreated& round) {
  if (!round.explanation_end().empty()) {
    RoundExplanation explanation{round.round_id(), round.plan_id(), round.title(), {}, {}};
    ASSIGN_OR_RETURN(explanation.start,
                     platform::ParseDate(round.explanation_start(), "explanation_start"));
    ASSIGN_OR_RETURN(explanation.end,
                     platform::ParseDate(round.explanation_end(), "explanation_end"));
    RETURN_IF_ERROR(PutRoundExplanation(tx, explanation));
  }
  DeadlineDraft draft;
  draft.plan_id = round.plan_id();
  draft.subject_id = round.round_id();
  draft.link = platform::NameOf("assessmentRounds", round.round_id());
  draft.kind = Kind::kSelfScore;
  draft.title = "Tự chấm điểm – " + round.title();
  ASSIGN_OR_RETURN(draft.start, platform::ParseDate(round.self_score_start(), "self_score_start"));
  ASSIGN_OR_RETURN(draft.due, platform::ParseDate(round.self_score_end(), "self_score_end"));
  for (const std::string& unit_id : round.unit_ids()) {
    RETURN_IF_ERROR(AddRoundUnit(tx, round.round_id(), unit_id));
    draft.unit_id = unit_id;
    draft.key = SelfScoreKey(round.round_id(), unit_id);
    RETURN_IF_ERROR(SetDeadline(tx, origin, draft));
  }
  draft.kind = Kind::kAppraisal;
  draft.title = "Thẩm định điểm tự chấm – " + round.title();
  ASSIGN_OR_RETURN(draft.start, platform::ParseDate(round.appraisal_start(), "appraisal_start"));
  ASSIGN_OR_RETURN(draft.due, platform::ParseDate(round.appraisal_end(), "appraisal_end"));
  draft.unit_id = round.unit_id();
  draft.key = AppraisalKey(round.round_id());
  return SetDeadline(tx, origin, draft);
}

absl::Status OnAssessmentChanged(db::Tx& tx, const feed::Origin& origin,
                                 const common::v1::Event& event,
                                 const scoring::v1::AssessmentChanged& assessment) {
  // Events of the first days do not name their round; nothing was planned for it either.
  if (assessment.round_id().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(absl::CivilDay day, DayOf(event));
  if (!assessment.state_date().empty()) {
    ASSIGN_OR_RETURN(day, platform::ParseDate(assessment.state_date(), "state_date"));
  }
  const std::string own = SelfScoreKey(assessment.round_id(), assessment.unit_id());
  RETURN_IF_ERROR(IsSelfScored(assessment.state()) ? MeetDeadline(tx, origin, own, day)
                                                   : ReopenDeadline(tx, origin, own, day));
  RETURN_IF_ERROR(SettleExplanation(tx, origin, event, day, assessment));
  RETURN_IF_ERROR(
      SetRoundUnit(tx, assessment.round_id(), assessment.unit_id(), assessment.state()));
  ASSIGN_OR_RETURN(const std::vector<std::string> states,
                   LockRoundStates(tx, assessment.round_id()));
  const std::string all = AppraisalKey(assessment.round_id());
  return IsAppraised(states) ? MeetDeadline(tx, origin, all, day)
                             : ReopenDeadline(tx, origin, all, day);
}

}  // namespace thidua::notify::deadlines
