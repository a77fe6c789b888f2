// The parts of thidua-scoring, put together. The binary and the service tests use the same.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "platform/client.h"
#include "platform/db/pool.h"
#include "platform/files/store.h"
#include "platform/server_host.h"
#include "platform/token.h"
#include "platform/units/projection.h"

namespace thidua::scoring {

struct Parts {
  db::Pool* pool = nullptr;                   // required; must outlive the host
  units::Projection* projection = nullptr;    // required; must outlive the host
  files::BlobStore* blobs = nullptr;          // required; must outlive the host
  std::shared_ptr<platform::SigningKey> key;  // required: tree heads
  std::string tree_head_file;                 // "" = no copies
  platform::PeerChannel campaign;             // without a channel its feed is not read
  platform::PeerChannel awards;               // the same
};

// Adds all services and background tasks to the host; call before Start.
absl::Status AddScoring(platform::ServerHost& host, Parts parts);

}  // namespace thidua::scoring
