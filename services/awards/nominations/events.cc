#include "awards/nominations/events.h"

#include <vector>

#include "awards/nominations/store.h"
#include "awards/nominations/store_inputs.h"
#include "platform/clock.h"
#include "platform/json.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::nominations {
namespace {

constexpr int kAtOnce = 500;

template <class TaskEvent>
absl::Status TakeTask(db::Tx& tx, const common::v1::Event& event) {
  ASSIGN_OR_RETURN(const TaskEvent task, feed::PayloadOf<TaskEvent>(event));
  return PutTask(tx, task);
}

// When the nomination came to stand as it does. The day is not kept of the oldest.
absl::CivilDay StandsSince(const NominationRow& row) {
  return row.state_date.value_or(absl::ToCivilDay(row.created_at, platform::VietnamTime()));
}

// Whether the unit was ever invited.
bool WasInvited(State state) {
  return state != State::kNominated && state != State::kNotSelected && state != State::kShortlisted;
}

bool ToBeFiled(State state) { return state == State::kInvited || state == State::kAccepted; }

absl::Status Emit(db::Session& session, const NominationRow& row,
                  absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
  v1::NominationInvited invited;
  invited.set_nomination_id(row.id);
  invited.set_plan_id(row.plan_id);
  invited.set_unit_id(row.unit_id);
  invited.set_publication_id(row.publication_id);
  if (const auto last_day = row.open_until()) {
    invited.set_filing_deadline(platform::FormatDate(*last_day));
  }
  invited.set_award_form(row.award_form);
  invited.set_person_id(row.person_id);
  invited.set_state(std::string(NameOf(row.state)));
  if (!ToBeFiled(row.state)) {
    ASSIGN_OR_RETURN(const std::vector<FilingRow> filings, ReadFilings(session, row.id));
    if (!filings.empty()) invited.set_file_date(platform::FormatDate(filings.back().file_date));
  }
  common::v1::Event event;
  event.set_type(invited.GetDescriptor()->full_name());
  event.set_aggregate_type("nomination");
  event.set_aggregate_id(row.id);
  event.set_aggregate_version(row.row_version);
  event.set_unit_id(row.unit_id);
  event.set_business_date(platform::FormatDate(StandsSince(row)));
  ASSIGN_OR_RETURN(*event.mutable_payload_json(), platform::ToJson(invited));
  return emit(event);
}

}  // namespace

std::map<std::string, feed::Handler> CampaignHandlers() {
  const auto plan_launched = [](db::Tx& tx, const common::v1::Event& event) -> absl::Status {
    ASSIGN_OR_RETURN(const campaign::v1::PlanLaunched plan,
                     feed::PayloadOf<campaign::v1::PlanLaunched>(event));
    return PutPlan(tx, plan);
  };
  const auto report_recorded = [](db::Tx& tx, const common::v1::Event& event) -> absl::Status {
    ASSIGN_OR_RETURN(const campaign::v1::PeriodicReportRecorded report,
                     feed::PayloadOf<campaign::v1::PeriodicReportRecorded>(event));
    return PutReport(tx, report);
  };
  return {{"thidua.campaign.v1.PlanLaunched", plan_launched},
          {"thidua.campaign.v1.PeriodicReportRecorded", report_recorded},
          {"thidua.campaign.v1.PlanTaskRecorded", TakeTask<campaign::v1::PlanTaskRecorded>},
          {"thidua.campaign.v1.PlanTaskCompleted", TakeTask<campaign::v1::PlanTaskCompleted>}};
}

std::map<std::string, feed::Handler> ScoringHandlers() {
  const auto ranking_published = [](db::Tx& tx, const common::v1::Event& event) -> absl::Status {
    ASSIGN_OR_RETURN(const scoring::v1::RankingPublished publication,
                     feed::PayloadOf<scoring::v1::RankingPublished>(event));
    return PutPublication(tx, publication);
  };
  return {{"thidua.scoring.v1.RankingPublished", ranking_published}};
}

absl::Status EmitSnapshot(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
  platform::VisibleUnits all;
  all.all = true;
  platform::Page page;
  page.size = kAtOnce;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<NominationRow> rows,
                     ListNominations(session, all, {}, page));
    for (const NominationRow& row : rows) {
      if (!WasInvited(row.state)) continue;
      // Others keep what they made of the last day until they hear what became of it.
      if (!ToBeFiled(row.state) && !row.open_until()) continue;
      RETURN_IF_ERROR(Emit(session, row, emit));
    }
    if (static_cast<int>(rows.size()) <= page.size) return absl::OkStatus();
    page.after = rows.back().id;
  }
}

}  // namespace thidua::awards::nominations
