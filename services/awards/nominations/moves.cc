#include "awards/nominations/moves.h"

#include <optional>
#include <utility>

#include "awards/errors.h"
#include "awards/nominations/check.h"
#include "awards/nominations/store_standards.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status_macros.h"

namespace thidua::awards::nominations {
namespace {

absl::Status Missing(const std::string& id) {
  return ResourceNotFound("NOMINATION", platform::NameOf("nominations", id));
}

}  // namespace

absl::StatusOr<NominationRow> Find(db::Pool& pool, const platform::Call& call,
                                   const std::string& id) {
  std::optional<NominationRow> nomination;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(nomination, ReadNomination(session, id));
    return absl::OkStatus();
  }));
  if (!nomination) return platform::NotFoundFor(call, Missing(id));
  return *std::move(nomination);
}

absl::StatusOr<NominationAndPlan> FindForIssuer(db::Pool& pool, const platform::Call& call,
                                                const std::string& id) {
  NominationAndPlan found;
  ASSIGN_OR_RETURN(found.nomination, Find(pool, call, id));
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(found.plan, PlanOf(session, found.nomination));
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(call.Require(found.plan.unit_id));
  return found;
}

absl::StatusOr<NominationRow> FindForReader(db::Pool& pool, const platform::Call& call,
                                            const std::string& id) {
  ASSIGN_OR_RETURN(NominationRow nomination, Find(pool, call, id));
  if (!call.Require(nomination.unit_id).ok()) {
    RETURN_IF_ERROR(call.Require(nomination.coordinator_unit_id));
  }
  return nomination;
}

absl::StatusOr<NominationRow> Lock(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<NominationRow> nomination, LockNomination(tx, id));
  if (!nomination) return Missing(id);
  return *std::move(nomination);
}

absl::Status Make(Move move, absl::CivilDay today, NominationRow& nomination) {
  const State from = nomination.StateOn(today);
  const MoveResult result = Apply(from, move);
  RETURN_IF_ERROR(ErrorOf(result.refusal));
  if (result.next != from) nomination.state_date = today;
  nomination.state = result.next;
  ++nomination.row_version;
  return absl::OkStatus();
}

absl::Status RequireNotFiler(const platform::Call& call, const NominationRow& nomination,
                             const std::vector<FilingRow>& filings) {
  RETURN_IF_ERROR(ErrorOf(CheckNotOwnPerson(nomination.person_id, call.principal().person_id)));
  std::vector<std::string> filers;
  if (!nomination.nominator.empty()) filers.push_back(nomination.nominator);
  filers.reserve(filings.size());
  for (const FilingRow& filing : filings) filers.push_back(filing.filer);
  return ErrorOf(CheckNotFiler(filers, call.principal().subject));
}

absl::Status RequireNotJudge(db::Tx& tx, const platform::Call& call,
                             const NominationRow& nomination,
                             const std::vector<FilingRow>& filings) {
  std::vector<std::string> judges = {nomination.selector, nomination.rejecter,
                                     nomination.appraiser};
  for (const FilingRow& filing : filings) {
    judges.push_back(filing.returner);
  }
  ASSIGN_OR_RETURN(const std::vector<ReopeningRow> reopenings, ReadReopenings(tx, nomination.id));
  for (const ReopeningRow& row : reopenings) judges.push_back(row.earlier_judge);
  ASSIGN_OR_RETURN(const std::vector<ConfirmationRow> confirmations,
                   ReadConfirmations(tx, nomination.id));
  for (const ConfirmationRow& row : confirmations) judges.push_back(row.confirmer);
  return ErrorOf(CheckNotJudge(judges, call.principal().subject));
}

absl::Status AppendEvent(db::Tx& tx, const platform::Call& call, const NominationRow& nomination,
                         const google::protobuf::Message& payload, const std::string& reason) {
  feed::Draft draft;
  draft.aggregate_type = "nomination";
  draft.aggregate_id = nomination.id;
  draft.aggregate_version = nomination.row_version;
  draft.unit_id = nomination.unit_id;
  draft.payload = &payload;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

}  // namespace thidua::awards::nominations
