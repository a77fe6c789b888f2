#include "campaign/directory/unit_tree.h"

#include "campaign/directory/store_units.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {
namespace {

absl::Status Unknown(const std::string& unit_id) {
  return platform::NotFound("UNKNOWN_UNIT", {"không có đơn vị này", "there is no such unit"},
                            {{"unit", unit_id}});
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Tree>> DirectoryTree::Current(absl::Time deadline) {
  std::shared_ptr<const Tree> tree;
  RETURN_IF_ERROR(pool_.ReadOnly(deadline, [&](db::Session& session) -> absl::Status {
    // The version first: what is loaded afterwards is as new or newer, never older than it says.
    ASSIGN_OR_RETURN(const int64_t version, DirectoryVersion(session));
    {
      absl::MutexLock lock(&mutex_);
      if (tree_ != nullptr && version_ == version) {
        tree = tree_;
        return absl::OkStatus();
      }
    }
    ASSIGN_OR_RETURN(Tree loaded, LoadTree(session));
    tree = std::make_shared<const Tree>(std::move(loaded));
    absl::MutexLock lock(&mutex_);
    if (tree_ == nullptr || version > version_) {
      tree_ = tree;
      version_ = version;
    }
    return absl::OkStatus();
  }));
  return tree;
}

absl::StatusOr<bool> DirectoryTree::IsWithin(const std::string& unit_id,
                                             const std::string& ancestor_id, absl::CivilDay as_of,
                                             absl::Time deadline) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Tree> tree, Current(deadline));
  if (!tree->Knows(unit_id)) return Unknown(unit_id);
  return tree->IsWithin(unit_id, ancestor_id, as_of);
}

absl::StatusOr<std::vector<std::string>> DirectoryTree::Subtree(const std::string& unit_id,
                                                                absl::CivilDay as_of,
                                                                absl::Time deadline) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Tree> tree, Current(deadline));
  if (!tree->Knows(unit_id)) return Unknown(unit_id);
  return tree->Subtree(unit_id, as_of);
}

}  // namespace thidua::campaign::directory
