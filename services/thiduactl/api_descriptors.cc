#include "thiduactl/api_descriptors.h"

#include <cstdlib>
#include <iostream>

#include "google/protobuf/descriptor.pb.h"

// API_DESCRIPTOR_FILE is the descriptor set that the build made of proto/.
__asm__(
    ".section .rodata\n"
    ".global thidua_api_begin\n"
    ".global thidua_api_end\n"
    "thidua_api_begin:\n"
    ".incbin \"" API_DESCRIPTOR_FILE
    "\"\n"
    "thidua_api_end:\n"
    ".byte 0\n"
    ".previous\n");
extern "C" const char thidua_api_begin[];
extern "C" const char thidua_api_end[];

namespace thidua::ctl {
namespace {

const google::protobuf::FileDescriptorSet& Files() {
  static const auto* const kFiles = [] {
    auto* files = new google::protobuf::FileDescriptorSet();
    const std::string bytes(thidua_api_begin, thidua_api_end);
    if (!files->ParseFromString(bytes)) {
      std::cerr << "the built-in descriptors cannot be read\n";
      std::abort();
    }
    return files;
  }();
  return *kFiles;
}

}  // namespace

const google::protobuf::DescriptorPool& ApiPool() {
  static const auto* const kPool = [] {
    auto* pool = new google::protobuf::DescriptorPool();
    for (const auto& file : Files().file()) {
      if (pool->BuildFile(file) == nullptr) {
        std::cerr << "the built-in descriptors are broken at " << file.name() << "\n";
        std::abort();
      }
    }
    return pool;
  }();
  return *kPool;
}

std::vector<const google::protobuf::ServiceDescriptor*> ApiServices() {
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const auto& file : Files().file()) {
    if (file.package().rfind("thidua.", 0) != 0) continue;
    const auto* descriptor = ApiPool().FindFileByName(file.name());
    for (int i = 0; i < descriptor->service_count(); ++i)
      services.push_back(descriptor->service(i));
  }
  return services;
}

absl::StatusOr<const google::protobuf::MethodDescriptor*> FindMethod(const std::string& name) {
  std::string full = name.rfind("thidua.", 0) == 0 ? name : "thidua." + name;
  for (char& c : full) c = c == '/' ? '.' : c;
  const auto* method = ApiPool().FindMethodByName(full);
  if (method == nullptr) return absl::NotFoundError("no rpc is called " + name);
  return method;
}

}  // namespace thidua::ctl
