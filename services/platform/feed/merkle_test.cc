#include "platform/feed/merkle.h"

#include <rapidcheck.h>

#include <span>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "platform/hash.h"

namespace thidua::feed {
namespace {

using platform::FromHex;
using platform::Sha256;
using platform::ToHex;

// The known leaves and roots of the reference implementation (certificate-transparency,
// merkle_tree_test).
const std::vector<std::string> kLeaves = {"",
                                          "00",
                                          "10",
                                          "2021",
                                          "3031",
                                          "40414243",
                                          "5051525354555657",
                                          "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

// RFC 6962 section 2.1, word for word: the oracle.
std::string MerkleTreeHash(std::span<const std::string> leaves) {
  if (leaves.empty()) return Sha256("");
  if (leaves.size() == 1) return Sha256(std::string(1, '\0') + leaves[0]);
  size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return Sha256(std::string(1, '\1') + MerkleTreeHash(leaves.first(k)) +
                MerkleTreeHash(leaves.subspan(k)));
}

TEST(MerkleTest, KnownRoots) {
  Frontier frontier;
  EXPECT_EQ(ToHex(frontier.Root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (size_t i = 0; i < kLeaves.size(); ++i) {
    frontier.Append(LeafHash(FromHex(kLeaves[i])));
    EXPECT_EQ(ToHex(frontier.Root()), kRoots[i]) << "after leaf " << i;
  }
}

TEST(MerkleTest, RootIsThatOfTheRecursiveDefinition) {
  EXPECT_TRUE(rc::check([](const std::vector<std::string>& leaves) {
    Frontier frontier;
    for (const std::string& leaf : leaves) frontier.Append(LeafHash(leaf));
    RC_ASSERT(frontier.size() == static_cast<int64_t>(leaves.size()));
    RC_ASSERT(frontier.Root() == MerkleTreeHash(leaves));
  }));
}

TEST(MerkleTest, AStoredFrontierGoesOnAsTheOneThatWasNeverStored) {
  EXPECT_TRUE(
      rc::check([](const std::vector<std::string>& before, const std::vector<std::string>& after) {
        Frontier kept;
        for (const std::string& leaf : before) kept.Append(LeafHash(leaf));
        absl::StatusOr<Frontier> restored = Frontier::Parse(kept.size(), kept.Bytes());
        RC_ASSERT(restored.ok());
        for (const std::string& leaf : after) {
          kept.Append(LeafHash(leaf));
          restored->Append(LeafHash(leaf));
        }
        RC_ASSERT(restored->Root() == kept.Root());
        RC_ASSERT(restored->Bytes() == kept.Bytes());
      }));
}

TEST(MerkleTest, AFrontierOfAnotherSizeIsRefused) {
  Frontier three;
  for (const char* leaf : {"a", "b", "c"}) three.Append(LeafHash(leaf));
  EXPECT_EQ(Frontier::Parse(4, three.Bytes()).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Frontier::Parse(-1, "").status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Frontier::Parse(3, three.Bytes().substr(1)).status().code(),
            absl::StatusCode::kDataLoss);
  EXPECT_TRUE(Frontier::Parse(0, "").ok());
}

}  // namespace
}  // namespace thidua::feed
