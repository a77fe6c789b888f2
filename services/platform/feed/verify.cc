#include "platform/feed/verify.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "platform/feed/leaf.h"
#include "platform/feed/merkle.h"
#include "platform/hash.h"
#include "platform/timestamp.h"

namespace thidua::feed {
namespace {

constexpr size_t kHashSize = 32;

std::string TextMember(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return "";
  return found->get<std::string>();
}

// Whether one epoch has two roots among heads of one size.
bool Conflict(const std::vector<const common::v1::SignedTreeHead*>& heads) {
  std::map<std::string, std::string> root_of_epoch;
  return std::any_of(heads.begin(), heads.end(), [&](const common::v1::SignedTreeHead* head) {
    return root_of_epoch.emplace(head->epoch(), head->root_hash()).first->second !=
           head->root_hash();
  });
}

}  // namespace

LogVerifier::LogVerifier(TreeHeadFile copy, SignatureCheck check,
                         std::set<std::string> abandoned_epochs)
    : check_(std::move(check)), abandoned_epochs_(std::move(abandoned_epochs)) {
  for (const auto& head : copy.heads) AddHead(head, /*from_log=*/false);
  for (const int line : copy.malformed_lines) {
    Report({.kind = FindingKind::kHeadMalformed, .first = line, .last = line});
  }
}

void LogVerifier::Report(Finding finding) {
  ++report_.findings_in_all;
  if (report_.findings_in_all <= kMaxFindings) report_.findings.push_back(std::move(finding));
}

void LogVerifier::Add(const common::v1::AuditLogItem& item) {
  switch (item.item_case()) {
    case common::v1::AuditLogItem::kLeaf:
      return AddLeaf(item.leaf());
    case common::v1::AuditLogItem::kHead:
      return AddHead(item.head(), /*from_log=*/true);
    case common::v1::AuditLogItem::kOverdueUnnumbered:
      ended_ = true;
      if (item.overdue_unnumbered() > 0) {
        Report({.kind = FindingKind::kUnnumberedOverdue, .count = item.overdue_unnumbered()});
      }
      return;
    case common::v1::AuditLogItem::ITEM_NOT_SET:
      return;  // of a newer service; the heads say whether an entry is missing
  }
}

void LogVerifier::AddLeaf(const common::v1::AuditLeaf& leaf) {
  ++report_.entries;
  if (leaf.position() <= last_position_) {
    whole_ = false;
    Report(
        {.kind = FindingKind::kEntryMisplaced, .first = leaf.position(), .last = leaf.position()});
  } else if (leaf.position() > last_position_ + 1) {
    whole_ = false;
    Report({.kind = FindingKind::kEntryMissing,
            .first = last_position_ + 1,
            .last = leaf.position() - 1});
  }
  last_position_ = std::max(last_position_, leaf.position());

  const std::string hash = LeafHash(leaf.content());
  if (whole_) content_hashes_.append(hash);
  if (hash == leaf.leaf_hash()) return;
  const nlohmann::json content =
      nlohmann::json::parse(leaf.content(), nullptr, /*allow_exceptions=*/false);
  Mismatch mismatch{.stored_hash = leaf.leaf_hash()};
  if (content.is_object()) {
    mismatch.event_id = TextMember(content, "id");
    mismatch.about =
        absl::StrCat(TextMember(content, "type"), " ", TextMember(content, "aggregate_type"), "/",
                     TextMember(content, "aggregate_id"));
  }
  mismatches_.emplace(leaf.position(), std::move(mismatch));
}

void LogVerifier::AddHead(const common::v1::SignedTreeHead& head, bool from_log) {
  const absl::StatusOr<std::string> content = SignedContent(head);
  const absl::Status signature =
      content.ok() ? check_(head.key_id(), *content, head.signature()) : content.status();
  if (!signature.ok()) {
    Report({.kind = FindingKind::kHeadSignature,
            .first = head.tree_size(),
            .last = head.tree_size(),
            .detail = std::string(signature.message())});
    return;
  }
  Head& known = heads_[*content];
  known.head = head;
  (from_log ? known.in_log : known.in_copy) = true;
}

// One pass over the leaves, with the roots at the sizes of the signed heads on the way: once from
// the contents as they are, once from the hashes stored beside them.
void LogVerifier::CheckHeads() {
  std::map<int64_t, std::vector<const common::v1::SignedTreeHead*>> by_size;
  for (const auto& [content, head] : heads_) {
    if (abandoned_epochs_.contains(head.head.epoch())) continue;
    by_size[head.head.tree_size()].push_back(&head.head);
  }
  const int64_t known = static_cast<int64_t>(content_hashes_.size() / kHashSize);
  Frontier contents;
  Frontier stored;
  Finding unsatisfied{.kind = FindingKind::kHeadUnsatisfied};
  for (const auto& [size, heads] : by_size) {
    if (Conflict(heads)) Report({.kind = FindingKind::kHeadConflict, .first = size, .last = size});
    // Entries are missing, in the middle or at the end: said elsewhere, and there is no root to
    // compare.
    if (size > known) continue;
    while (contents.size() < size) {
      const int64_t position = contents.size() + 1;
      const std::string_view hash =
          std::string_view(content_hashes_)
              .substr(static_cast<size_t>(contents.size()) * kHashSize, kHashSize);
      const auto mismatch = mismatches_.find(position);
      contents.Append(hash);
      stored.Append(mismatch == mismatches_.end() ? hash : mismatch->second.stored_hash);
    }
    const std::string root = contents.Root();
    const std::string stored_root = stored.Root();
    int64_t unexplained = 0;
    bool proved = true;
    for (const common::v1::SignedTreeHead* head : heads) {
      if (head->root_hash() == root) continue;
      proved = false;
      if (head->root_hash() != stored_root) ++unexplained;  // else the changed entries explain it
    }
    if (proved) {
      report_.proved_size = size;
      report_.proved_root = platform::ToHex(root);
      report_.newest_sign_time = Rfc3339(platform::FromTimestamp(heads.back()->sign_time()));
    } else if (unexplained > 0) {
      if (unsatisfied.count == 0) {
        unsatisfied.first = report_.proved_size + 1;
        unsatisfied.last = size;
      }
      unsatisfied.count += unexplained;
    }
  }
  if (unsatisfied.count > 0) Report(std::move(unsatisfied));
  if (!by_size.empty() && by_size.rbegin()->first > last_position_) {
    Report({.kind = FindingKind::kEntryMissing,
            .first = last_position_ + 1,
            .last = by_size.rbegin()->first});
  }
}

void LogVerifier::CheckChangedEntries() {
  for (const auto& [position, mismatch] : mismatches_) {
    Report({.kind = position <= report_.proved_size ? FindingKind::kStoredHashChanged
                                                    : FindingKind::kEntryChanged,
            .first = position,
            .last = position,
            .event_id = mismatch.event_id,
            .detail = mismatch.about});
  }
}

void LogVerifier::CheckCopy() {
  for (const auto& [content, head] : heads_) {
    if (head.in_log || abandoned_epochs_.contains(head.head.epoch())) continue;
    Report({.kind = FindingKind::kHeadRemoved,
            .first = head.head.tree_size(),
            .last = head.head.tree_size()});
  }
}

AuditReport LogVerifier::Finish() {
  report_.heads = static_cast<int64_t>(heads_.size());
  if (!ended_) Report({.kind = FindingKind::kExportIncomplete, .first = last_position_ + 1});
  CheckHeads();
  CheckChangedEntries();
  if (ended_) CheckCopy();
  std::stable_sort(report_.findings.begin(), report_.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.first < b.first; });
  return std::move(report_);
}

}  // namespace thidua::feed
