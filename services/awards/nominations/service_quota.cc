// Places for awards, seen before a decision is issued.
#include <optional>
#include <string>
#include <vector>

#include "awards/nominations/names.h"
#include "awards/nominations/service.h"
#include "awards/nominations/store_quota.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::nominations {
namespace {

v1::AwardSubject SubjectOf(const std::string& subject) {
  if (subject == "COLLECTIVE") return v1::AWARD_SUBJECT_COLLECTIVE;
  if (subject == "INDIVIDUAL") return v1::AWARD_SUBJECT_INDIVIDUAL;
  return v1::AWARD_SUBJECT_UNSPECIFIED;
}

void SetUse(const Quota& quota, const Participants& participants,
            const std::vector<CountedAward>& decided, const std::vector<CountedAward>& all,
            v1::QuotaUse* use) {
  use->set_subject(SubjectOf(quota.subject));
  use->set_award_form(quota.award_form);
  use->set_kind(quota.kind);
  use->set_text(quota.text);
  const QuotaCount count = CountQuota(quota, participants, all);
  if (count.places) use->set_places(*count.places);
  if (count.participants) use->set_participants(*count.participants);
  use->set_decided(CountQuota(quota, participants, decided).used);
  use->set_decided_and_carried(count.used);
  for (const std::string& unit_id : count.units_over) {
    use->add_units_over(platform::NameOf("units", unit_id));
  }
  use->set_exceeded(count.exceeded);
}

}  // namespace

grpc::ServerUnaryReactor* Service::GetQuotaUse(grpc::CallbackServerContext* context,
                                               const v1::GetQuotaUseRequest* request,
                                               v1::GetQuotaUseResponse* response) {
  return runner_.Unary(
      "GetQuotaUse", context, request, response,
      [this](const platform::Call& call, const v1::GetQuotaUseRequest& req,
             v1::GetQuotaUseResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string plan_id,
                         platform::IdFromName(req.plan(), "plans", "plan"));
        ASSIGN_OR_RETURN(const Plan plan, FindPlan(pool_, call, plan_id));
        RETURN_IF_ERROR(call.Require(plan.coordinator_unit_id));
        if (req.year() < 2000 || req.year() > 9999) {
          return platform::InvalidField("year", "FIELD_OUT_OF_RANGE",
                                        {"Năm không hợp lệ.", "The year is out of range."});
        }
        return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(const std::vector<CountedAward> decided,
                           ReadDecided(session, plan_id, req.year()));
          ASSIGN_OR_RETURN(std::vector<CountedAward> all,
                           ReadCarried(session, plan_id, req.year()));
          all.insert(all.end(), decided.begin(), decided.end());
          for (const Quota& quota : plan.terms.quotas) {
            SetUse(quota, plan.terms.launched_with, decided, all, res.add_quotas());
          }
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::awards::nominations
