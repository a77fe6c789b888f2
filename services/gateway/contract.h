// The contract the gateway serves, read from a FileDescriptorSet (api.pb): the same file that
// Envoy's transcoder loads. Nothing of it is compiled in.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/util/type_resolver.h"

namespace thidua::gateway {

// Immutable after Load; every method may be called from any thread.
class Contract {
 public:
  // Needs --include_imports; comments for OpenAPI need --include_source_info.
  static absl::StatusOr<std::unique_ptr<Contract>> Load(const std::string& file);
  static absl::StatusOr<std::unique_ptr<Contract>> FromSet(
      const google::protobuf::FileDescriptorSet& set);

  const google::protobuf::DescriptorPool& pool() const { return pool_; }
  // In the order of the set.
  const std::vector<const google::protobuf::FileDescriptor*>& files() const { return files_; }
  // An empty message owned by the arena.
  google::protobuf::Message* NewMessage(const google::protobuf::Descriptor* type,
                                        google::protobuf::Arena* arena) const;
  // For protobuf's JSON printing. Knows the set's types and those of google.rpc (error details).
  google::protobuf::util::TypeResolver* types() const { return types_.get(); }

 private:
  Contract();
  google::protobuf::DescriptorPool pool_;
  std::vector<const google::protobuf::FileDescriptor*> files_;
  mutable google::protobuf::DynamicMessageFactory messages_;
  std::unique_ptr<google::protobuf::util::TypeResolver> types_;
};

// "type.googleapis.com/<full name>".
std::string TypeUrl(const google::protobuf::Descriptor* type);

}  // namespace thidua::gateway
