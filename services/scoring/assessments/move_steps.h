// What the moves of an assessment have in common: who may act now, and how what they did is
// written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "scoring/assessments/moves.h"
#include "scoring/assessments/validate.h"
#include "scoring/assessments/view.h"

namespace thidua::scoring::assessments {

// OUTSIDE_WINDOW; NO_EXPLANATION_ROUND where the round has none.
absl::Status CheckSelfScoreWindow(const Call& call, const View& view);
absl::Status CheckAppraisalWindow(const Call& call, const View& view);
absl::Status CheckExplanationWindow(const Call& call, const View& view);
// EXPLANATION_OPEN, for a round with an explanation.
absl::Status ExplanationOpen(const View& view);

// R-SCO-26 SEPARATION_OF_DUTIES when the caller has acted on the other side. Locks the unit.
absl::Status CheckSeparation(db::Tx& tx, const Call& call, const View& view, Side side);

// `reason` with the codes, OK when there are none.
absl::Status Missing(std::string_view reason, const std::vector<std::string>& codes,
                     const std::string& vi, const std::string& en);

// Names of complete files of the unit → what is kept of them.
absl::Status ResolveFiles(db::Tx& tx, const View& view, const std::vector<SentFile>& sent,
                          std::vector<EvidenceRow>& evidence);

// Gives the entry its place, maker and time, and adds it to the view.
void Add(const Call& call, Layer layer, EntryRow entry, View& view);

// Writes the view's row, its newest `added` entries and the duty.
absl::Status Save(db::Tx& tx, const Call& call, View& view, Action action, size_t added,
                  const std::string& reason);
// The same with the state that the action leads to.
absl::Status SaveState(db::Tx& tx, const Call& call, View& view, Action action, size_t added,
                       const std::string& reason);

}  // namespace thidua::scoring::assessments
