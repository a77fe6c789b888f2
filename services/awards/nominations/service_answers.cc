// What units say to an invitation, and taking up again what had ended.
#include <optional>
#include <string>
#include <vector>

#include "awards/errors.h"
#include "awards/nominations/convert.h"
#include "awards/nominations/moves.h"
#include "awards/nominations/service.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::nominations {
namespace {

constexpr size_t kLongestReason = 2000;

void SetAnswered(const platform::Call& call, const std::string& decline_reason,
                 NominationRow& nomination) {
  nomination.answerer = call.principal().subject;
  nomination.answer_date = call.business_today();
  nomination.decline_reason = decline_reason;
}

// Why it had ended, in the words of who ended it.
std::string EarlierReason(State from, const NominationRow& nomination) {
  if (from == State::kDeclined) return nomination.decline_reason;
  if (from == State::kIneligible) return nomination.reject_reason;
  if (from == State::kNotSelected) return nomination.not_selected_reason;
  return "";
}

// Who had ended it as its judge; "" when the unit or the day did.
std::string EarlierJudge(State from, const NominationRow& nomination) {
  if (from == State::kIneligible) return nomination.rejecter;
  if (from == State::kNotSelected) return nomination.selector;
  return "";
}

// What belonged to the end that is taken back; the reopening keeps its reason and its judge, the
// audit log all.
void ClearEnd(State from, NominationRow& nomination) {
  nomination.answerer.clear();
  nomination.answer_date.reset();
  nomination.decline_reason.clear();
  nomination.rejecter.clear();
  nomination.reject_date.reset();
  nomination.reject_reason.clear();
  nomination.reject_check = 0;
  // Who selected the person stays the selector whatever ended later.
  if (from == State::kNotSelected) nomination.selector.clear();
  nomination.not_selected_reason.clear();
}

v1::NominationReopened ReopenedEvent(const NominationRow& nomination,
                                     const ReopeningRow& reopening) {
  auto reopened = About<v1::NominationReopened>(nomination);
  reopened.set_from_state(std::string(NameOf(reopening.from)));
  reopened.set_to_state(std::string(NameOf(nomination.state)));
  if (reopening.until) reopened.set_reopened_until(platform::FormatDate(*reopening.until));
  reopened.set_reason(reopening.reason);
  reopened.set_award_form(nomination.award_form);
  reopened.set_person_id(nomination.person_id);
  return reopened;
}

}  // namespace

grpc::ServerUnaryReactor* Service::AcceptInvitation(grpc::CallbackServerContext* context,
                                                    const v1::AcceptInvitationRequest* request,
                                                    v1::Nomination* response) {
  return runner_.Unary(
      "AcceptInvitation", context, request, response,
      [this](const platform::Call& call, const v1::AcceptInvitationRequest& req,
             v1::Nomination& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        ASSIGN_OR_RETURN(const NominationRow known, Find(pool_, call, id));
        RETURN_IF_ERROR(call.Require(known.unit_id));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
          RETURN_IF_ERROR(Make(Move::kAcceptInvitation, call.business_today(), nomination));
          SetAnswered(call, "", nomination);
          RETURN_IF_ERROR(UpdateNomination(tx, nomination));
          RETURN_IF_ERROR(Show(tx, nomination, call.business_today(), &res));
          auto accepted = About<v1::InvitationAccepted>(nomination);
          accepted.set_coordinator_unit_id(nomination.coordinator_unit_id);
          accepted.set_person_id(nomination.person_id);
          return AppendEvent(tx, call, nomination, accepted);
        });
      });
}

grpc::ServerUnaryReactor* Service::DeclineInvitation(grpc::CallbackServerContext* context,
                                                     const v1::DeclineInvitationRequest* request,
                                                     v1::Nomination* response) {
  return runner_.Unary(
      "DeclineInvitation", context, request, response,
      [this](const platform::Call& call, const v1::DeclineInvitationRequest& req,
             v1::Nomination& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        ASSIGN_OR_RETURN(const NominationRow known, Find(pool_, call, id));
        RETURN_IF_ERROR(call.Require(known.unit_id));
        RETURN_IF_ERROR(CheckText("reason", req.reason(), kLongestReason));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
          RETURN_IF_ERROR(Make(Move::kDeclineInvitation, call.business_today(), nomination));
          SetAnswered(call, req.reason(), nomination);
          RETURN_IF_ERROR(UpdateNomination(tx, nomination));
          RETURN_IF_ERROR(Show(tx, nomination, call.business_today(), &res));
          auto declined = About<v1::InvitationDeclined>(nomination);
          declined.set_coordinator_unit_id(nomination.coordinator_unit_id);
          declined.set_reason(req.reason());
          declined.set_person_id(nomination.person_id);
          return AppendEvent(tx, call, nomination, declined, req.reason());
        });
      });
}

grpc::ServerUnaryReactor* Service::ReopenNomination(grpc::CallbackServerContext* context,
                                                    const v1::ReopenNominationRequest* request,
                                                    v1::Nomination* response) {
  return runner_.Unary(
      "ReopenNomination", context, request, response,
      [this](const platform::Call& call, const v1::ReopenNominationRequest& req,
             v1::Nomination& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        ASSIGN_OR_RETURN(const NominationRow known, Find(pool_, call, id));
        RETURN_IF_ERROR(call.Require(known.coordinator_unit_id));
        RETURN_IF_ERROR(CheckText("reason", req.reason(), kLongestReason));
        std::optional<absl::CivilDay> deadline;
        if (!req.filing_deadline().empty()) {
          ASSIGN_OR_RETURN(deadline, platform::ParseDate(req.filing_deadline(), "filing_deadline"));
        }
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
          ReopeningRow reopening;
          reopening.reopener = call.principal().subject;
          reopening.date = call.business_today();
          reopening.reason = req.reason();
          reopening.from = nomination.StateOn(reopening.date);
          reopening.until = deadline;
          reopening.earlier_reason = EarlierReason(reopening.from, nomination);
          reopening.earlier_judge = EarlierJudge(reopening.from, nomination);
          RETURN_IF_ERROR(Make(Move::kReopenNomination, reopening.date, nomination));
          RETURN_IF_ERROR(ErrorOf(CheckReopening(reopening.from, deadline, reopening.date)));
          ASSIGN_OR_RETURN(const std::vector<FilingRow> filings, ReadFilings(tx, id));
          RETURN_IF_ERROR(RequireNotFiler(call, nomination, filings));
          ClearEnd(reopening.from, nomination);
          if (deadline) nomination.reopened_until = deadline;
          RETURN_IF_ERROR(InsertReopening(tx, id, reopening));
          RETURN_IF_ERROR(UpdateNomination(tx, nomination));
          RETURN_IF_ERROR(Show(tx, nomination, call.business_today(), &res));
          return AppendEvent(tx, call, nomination, ReopenedEvent(nomination, reopening),
                             req.reason());
        });
      });
}

}  // namespace thidua::awards::nominations
