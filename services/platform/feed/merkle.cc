#include "platform/feed/merkle.h"

#include <bit>

#include "absl/strings/str_cat.h"
#include "platform/hash.h"

namespace thidua::feed {
namespace {

constexpr size_t kHashSize = 32;

std::string Hash(char domain, std::string_view first, std::string_view second) {
  std::string bytes;
  bytes.reserve(1 + first.size() + second.size());
  bytes.push_back(domain);
  bytes.append(first);
  bytes.append(second);
  return platform::Sha256(bytes);
}

}  // namespace

std::string LeafHash(std::string_view content) { return Hash('\x00', content, {}); }

std::string NodeHash(std::string_view left, std::string_view right) {
  return Hash('\x01', left, right);
}

absl::StatusOr<Frontier> Frontier::Parse(int64_t size, std::string_view bytes) {
  const auto subtrees = size < 0 ? size_t{0} : std::popcount(static_cast<uint64_t>(size));
  if (size < 0 || bytes.size() != kHashSize * static_cast<size_t>(subtrees)) {
    return absl::DataLossError(absl::StrCat("a Merkle frontier of ", bytes.size(),
                                            " bytes does not belong to a log of ", size,
                                            " leaves"));
  }
  Frontier frontier;
  frontier.size_ = size;
  for (size_t at = 0; at < bytes.size(); at += kHashSize) {
    frontier.subtrees_.emplace_back(bytes.substr(at, kHashSize));
  }
  return frontier;
}

void Frontier::Append(std::string_view leaf_hash) {
  std::string subtree(leaf_hash);
  // As in a binary counter: every trailing one of the old size is a complete subtree of the same
  // height as the one being carried.
  for (uint64_t rest = static_cast<uint64_t>(size_); (rest & 1) != 0; rest >>= 1) {
    subtree = NodeHash(subtrees_.back(), subtree);
    subtrees_.pop_back();
  }
  subtrees_.push_back(std::move(subtree));
  ++size_;
}

std::string Frontier::Root() const {
  if (subtrees_.empty()) return platform::Sha256("");
  std::string root = subtrees_.back();
  for (size_t i = subtrees_.size() - 1; i > 0; --i) root = NodeHash(subtrees_[i - 1], root);
  return root;
}

std::string Frontier::Bytes() const {
  std::string bytes;
  bytes.reserve(subtrees_.size() * kHashSize);
  for (const std::string& subtree : subtrees_) bytes.append(subtree);
  return bytes;
}

}  // namespace thidua::feed
