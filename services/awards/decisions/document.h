// From a decision to its document: prizes, words, bytes.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/decisions/store.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/files/store.h"

namespace thidua::awards::decisions {

// The prizes of a decision that says who pays, as of the day, into its awards and its total; their
// PRIZE_FIGURE_… refusals. Does nothing for one that says nothing about money.
absl::Status SetPrizes(db::Session& session, absl::CivilDay day,
                       const std::string& unverified_reason, DecisionRow& decision);

// Fills in the words of the document that nobody gave, as they follow on the day.
absl::Status CompleteText(db::Session& session, absl::CivilDay day, DecisionRow& decision);

// Renders an issued decision of complete words and keeps the PDF.
absl::Status KeepDocument(db::Tx& tx, const platform::Call& call, files::BlobStore& blobs,
                          DecisionRow& decision);

// A draft as it would look if it were issued today, marked as a draft.
absl::StatusOr<std::string> Preview(db::Session& session, absl::CivilDay today,
                                    DecisionRow decision);

}  // namespace thidua::awards::decisions
