#include "awards/decisions/events.h"

#include <vector>

#include "platform/clock.h"
#include "platform/json.h"
#include "platform/status_macros.h"

namespace thidua::awards::decisions {

v1::DecisionIssued IssuedEvent(const DecisionRow& row) {
  v1::DecisionIssued issued;
  issued.set_decision_id(row.id);
  issued.set_plan_id(row.plan_id);
  issued.set_number(row.number);
  if (row.issue_date) issued.set_issue_date(platform::FormatDate(*row.issue_date));
  issued.set_unit_id(row.unit_id);
  issued.set_awarding_authority(row.awarding_authority);
  issued.set_quota_override_reason(row.quota_override_reason);
  if (row.signature) {
    issued.set_signer_name(row.signature->signer_name);
    issued.set_signer_position(row.signature->signer_position);
    issued.set_signing_mode(std::string(NameOf(row.signature->mode)));
  }
  for (const AwardRow& award : row.awards) {
    v1::DecidedAward* added = issued.add_awards();
    added->set_nomination_id(award.nomination_id);
    added->set_unit_id(award.unit_id);
    added->set_award_form(award.award_form);
    added->set_certificate_code(award.certificate_code);
    if (award.prize) added->set_prize_vnd(award.prize->vnd);
    added->set_person_id(award.person_id);
  }
  issued.set_pdf_sha256(row.pdf_sha256);
  if (row.prize_total_vnd) issued.set_prize_total_vnd(*row.prize_total_vnd);
  issued.set_fund_source(row.fund_source);
  issued.set_unverified_prizes_reason(row.unverified_prizes_reason);
  return issued;
}

absl::Status EmitSnapshot(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
  platform::VisibleUnits all;
  all.all = true;
  platform::Page page;
  page.size = 200;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<DecisionRow> rows,
                     ListDecisions(session, all, "", "", page));
    for (const DecisionRow& row : rows) {
      if (row.state != State::kIssued) continue;
      const v1::DecisionIssued issued = IssuedEvent(row);
      common::v1::Event event;
      event.set_type(issued.GetDescriptor()->full_name());
      event.set_aggregate_type("decision");
      event.set_aggregate_id(row.id);
      event.set_aggregate_version(row.row_version);
      event.set_unit_id(row.unit_id);
      event.set_business_date(issued.issue_date());
      ASSIGN_OR_RETURN(*event.mutable_payload_json(), platform::ToJson(issued));
      RETURN_IF_ERROR(emit(event));
    }
    if (static_cast<int>(rows.size()) <= page.size) return absl::OkStatus();
    page.after = rows.back().id;
  }
}

}  // namespace thidua::awards::decisions
