// thidua-campaign: units, people, access, plans, periodic reports, business time. A wiring diagram;
// see server.cc for the parts.
#include <cstdio>
#include <string>

#include "absl/flags/flag.h"
#include "campaign/server.h"
#include "platform/db/serve.h"
#include "platform/service_options.h"
#include "platform/status_macros.h"

ABSL_FLAG(
    std::string, access_key_file, "",
    "private key (PEM, Ed25519) that signs access tokens; default access.pem beside --key_file");

namespace thidua::campaign {
namespace {

std::string AccessKeyFile(const std::string& key_file) {
  if (std::string given = absl::GetFlag(FLAGS_access_key_file); !given.empty()) return given;
  const size_t slash = key_file.rfind('/');
  return (slash == std::string::npos ? "" : key_file.substr(0, slash + 1)) + "access.pem";
}

absl::Status Run(const platform::ServiceOptions& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<platform::ServerHost> host,
                   platform::ServerHost::Create(options.host));
  ASSIGN_OR_RETURN(const std::unique_ptr<db::Pool> pool, db::Pool::Create(options.database));
  db::AddDatabase(*host, *pool, db::SeriesOfService(options.migrations_root, "campaign"));
  directory::DirectoryTree tree(*pool);
  ASSIGN_OR_RETURN(const std::unique_ptr<files::BlobStore> blobs,
                   files::OpenLocalBlobs(options.data_directory + "/blobs"));

  Parts parts;
  parts.pool = pool.get();
  parts.tree = &tree;
  parts.blobs = blobs.get();
  ASSIGN_OR_RETURN(parts.key, platform::SigningKey::Load(options.key_file));
  ASSIGN_OR_RETURN(parts.access_key, platform::SigningKey::Load(AccessKeyFile(options.key_file)));
  parts.tree_head_file = options.data_directory + "/tree_heads.jsonl";
  RETURN_IF_ERROR(AddCampaign(*host, std::move(parts)));
  RETURN_IF_ERROR(host->Start());
  return host->RunUntilSignal();
}

}  // namespace
}  // namespace thidua::campaign

int main(int argc, char** argv) {
  const absl::Status status =
      thidua::campaign::Run(thidua::platform::ParseServiceOptionsOrExit("campaign", argc, argv));
  if (status.ok()) return 0;
  std::fprintf(stderr, "thidua-campaign: %s\n", std::string(status.message()).c_str());
  return 1;
}
