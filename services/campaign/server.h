// The parts of the campaign service put into a server process; the binary and the tests use the
// same.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "campaign/directory/unit_tree.h"
#include "platform/db/pool.h"
#include "platform/files/store.h"
#include "platform/server_host.h"
#include "platform/token.h"

namespace thidua::campaign {

// All must outlive the host.
struct Parts {
  db::Pool* pool = nullptr;
  directory::DirectoryTree* tree = nullptr;
  files::BlobStore* blobs = nullptr;
  std::shared_ptr<platform::SigningKey> key;         // signs tree heads and the published keys
  std::shared_ptr<platform::SigningKey> access_key;  // signs access tokens
  std::string tree_head_file;                        // empty: no copies
};

// Adds services, background tasks and the reading of business time. Before host.Start().
absl::Status AddCampaign(platform::ServerHost& host, Parts parts);

}  // namespace thidua::campaign
