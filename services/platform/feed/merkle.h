// The Merkle tree of RFC 6962 (section 2.1) over the leaves of the audit log. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace thidua::feed {

// SHA-256(0x00 ‖ content): 32 raw bytes.
std::string LeafHash(std::string_view content);
// SHA-256(0x01 ‖ left ‖ right).
std::string NodeHash(std::string_view left, std::string_view right);

// The roots of the complete subtrees that make up a tree of some size, largest first: all that is
// needed to append leaves and to know the root, 32 bytes for each bit set in the size.
class Frontier {
 public:
  // The empty tree.
  Frontier() = default;
  // From Bytes() of a tree of `size` leaves. DATA_LOSS when the two do not belong together.
  static absl::StatusOr<Frontier> Parse(int64_t size, std::string_view bytes);

  void Append(std::string_view leaf_hash);
  int64_t size() const { return size_; }
  // The root over all leaves; SHA-256 of nothing for the empty tree.
  std::string Root() const;
  std::string Bytes() const;

 private:
  int64_t size_ = 0;
  std::vector<std::string> subtrees_;
};

}  // namespace thidua::feed
