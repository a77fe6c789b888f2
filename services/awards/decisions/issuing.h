// Issuing a decision: everything that has to hold on the day, and what follows from it.
#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "awards/certificates/issue.h"
#include "awards/decisions/store.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/files/store.h"

namespace thidua::awards::decisions {

// What a request to issue says, checked as far as it can be without the database.
struct IssueOrder {
  std::string number;
  std::string number_key;
  absl::CivilDay issue_date;
  Signature signature;
  std::string unknown_standards_reason;
  std::string unverified_prizes_reason;
  std::string quota_override_reason;
  bool rehearsal = false;  // no certificates and no document are made
};

// Issues a draft whose lock the caller holds: nominations are locked, checked and decided, prizes
// computed, words completed; awards get their certificates and the decision its document. `codes`
// keeps the codes by nomination over repeats of the transaction.
absl::Status IssueDraft(db::Tx& tx, const platform::Call& call, const IssueOrder& order,
                        const certificates::Issuer& issuer, files::BlobStore& blobs,
                        std::map<std::string, std::string>& codes, DecisionRow& decision);

}  // namespace thidua::awards::decisions
