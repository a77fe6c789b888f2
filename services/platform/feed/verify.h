// Checks an exported audit log against its own hashes, its signed tree heads and a copy of tree
// heads that was kept outside the service. Pure: no database, no network, no clock.
//
// What it can prove: every entry up to the newest signed head is as it was when that head was
// signed, and none is gone. Entries after the newest head are only checked against their stored
// hashes.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/feed/tree_head.h"
#include "platform/status.h"
#include "thidua/common/v1/audit.pb.h"

namespace thidua::feed {

enum class FindingKind {
  kEntryChanged,       // the content is not what was hashed
  kStoredHashChanged,  // the content is proved by a signed head, the hash stored beside it is not
  kEntryMissing,       // places first..last are empty
  kEntryMisplaced,     // a place is given twice or out of order
  kHeadUnsatisfied,    // a change somewhere in first..last that its stored hashes hide
  kHeadConflict,       // two heads of one epoch and size with different roots
  kHeadSignature,      // a head whose signature does not verify
  kHeadRemoved,        // kept outside, gone from the log
  kHeadMalformed,      // a line of the copy (first) that cannot be read
  kUnnumberedOverdue,  // `count` events wait for a place for more than 60 s
  kExportIncomplete,   // the export ended before its last item
};
std::string_view FindingName(FindingKind kind);  // "ENTRY_CHANGED"

struct Finding {
  FindingKind kind;
  int64_t first = 0;     // positions; for heads their tree size
  int64_t last = 0;      // inclusive
  int64_t count = 0;     // kUnnumberedOverdue, kHeadUnsatisfied (heads)
  std::string event_id;  // of a changed entry, as its content says
  std::string detail;    // what the entry is about, or why a signature fails
};
// One sentence for people.
platform::Text Describe(const Finding& finding);

struct AuditReport {
  int64_t entries = 0;
  int64_t heads = 0;             // different signed heads looked at, from the log and from the copy
  int64_t proved_size = 0;       // size of the largest signed head that the log satisfies
  std::string proved_root;       // its root, hex
  std::string newest_sign_time;  // of that head, RFC 3339
  std::vector<Finding> findings;  // in order of place; at most kMaxFindings
  int64_t findings_in_all = 0;
  bool ok() const { return findings_in_all == 0; }
};
inline constexpr int64_t kMaxFindings = 1000;

class LogVerifier {
 public:
  // `copy`: heads kept outside the service (ParseTreeHeadFile); may be empty, and then a service
  // that rewrote its log and its heads together is not found out. `abandoned_epochs`: epochs that
  // ended with a restore that lost entries, as decided and recorded by people; their unsatisfied
  // heads are no finding.
  LogVerifier(TreeHeadFile copy, SignatureCheck check, std::set<std::string> abandoned_epochs = {});

  // The items of ExportAuditLog from position 0, in their order.
  void Add(const common::v1::AuditLogItem& item);
  AuditReport Finish();

 private:
  void AddLeaf(const common::v1::AuditLeaf& leaf);
  void AddHead(const common::v1::SignedTreeHead& head, bool from_log);
  void CheckHeads();
  void CheckCopy();
  void CheckChangedEntries();
  void Report(Finding finding);

  // A leaf whose content does not hash to what is stored beside it.
  struct Mismatch {
    std::string stored_hash;
    std::string event_id;
    std::string about;
  };
  struct Head {
    common::v1::SignedTreeHead head;
    bool in_log = false;
    bool in_copy = false;
  };

  const SignatureCheck check_;
  const std::set<std::string> abandoned_epochs_;
  AuditReport report_;
  int64_t last_position_ = 0;
  bool whole_ = true;           // no place missing or misplaced so far
  std::string content_hashes_;  // 32 bytes a leaf, while whole_
  std::map<int64_t, Mismatch> mismatches_;
  std::map<std::string, Head> heads_;  // by signed content: the same head counts once
  bool ended_ = false;
};

}  // namespace thidua::feed
