#include "gateway/contract.h"

#include <fstream>
#include <map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/type.pb.h"
#include "google/protobuf/util/type_resolver_util.h"
#include "google/rpc/error_details.pb.h"
#include "platform/status_macros.h"

namespace thidua::gateway {
namespace {

namespace pb = google::protobuf;

constexpr char kUrlPrefix[] = "type.googleapis.com";

// Protobuf's resolver makes a Type anew at each call; this one keeps them.
class CachedTypes : public pb::util::TypeResolver {
 public:
  explicit CachedTypes(const pb::DescriptorPool* pool)
      : own_(pb::util::NewTypeResolverForDescriptorPool(kUrlPrefix, pool)),
        linked_(pb::util::NewTypeResolverForDescriptorPool(kUrlPrefix,
                                                           pb::DescriptorPool::generated_pool())) {
    // The details of errors are needed even when no file of the set imports them.
    google::rpc::ErrorInfo::descriptor();
  }

  pb::util::Status ResolveMessageType(const std::string& url, pb::Type* type) override {
    return Resolve(url, type, &messages_, &TypeResolver::ResolveMessageType);
  }
  pb::util::Status ResolveEnumType(const std::string& url, pb::Enum* type) override {
    return Resolve(url, type, &enums_, &TypeResolver::ResolveEnumType);
  }

 private:
  template <class T>
  pb::util::Status Resolve(const std::string& url, T* type, std::map<std::string, T>* cache,
                           pb::util::Status (TypeResolver::*resolve)(const std::string&, T*)) {
    {
      absl::ReaderMutexLock lock(&mutex_);
      if (auto found = cache->find(url); found != cache->end()) {
        *type = found->second;
        return {};
      }
    }
    pb::util::Status status = (own_.get()->*resolve)(url, type);
    if (!status.ok()) status = (linked_.get()->*resolve)(url, type);
    // Only what exists is kept, so that made-up names cannot grow the cache.
    if (status.ok()) {
      absl::MutexLock lock(&mutex_);
      cache->emplace(url, *type);
    }
    return status;
  }

  const std::unique_ptr<TypeResolver> own_;
  const std::unique_ptr<TypeResolver> linked_;
  absl::Mutex mutex_;
  std::map<std::string, pb::Type> messages_;
  std::map<std::string, pb::Enum> enums_;
};

class Errors : public pb::DescriptorPool::ErrorCollector {
 public:
  void AddError(const std::string& file, const std::string& element, const pb::Message*,
                ErrorLocation, const std::string& message) override {
    absl::StrAppend(&text_, text_.empty() ? "" : "; ", file, ": ", element, ": ", message);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

Contract::Contract() : messages_(&pool_), types_(std::make_unique<CachedTypes>(&pool_)) {}

absl::StatusOr<std::unique_ptr<Contract>> Contract::FromSet(const pb::FileDescriptorSet& set) {
  std::unique_ptr<Contract> contract(new Contract());
  for (const pb::FileDescriptorProto& file : set.file()) {
    Errors errors;
    const pb::FileDescriptor* built = contract->pool_.BuildFileCollectingErrors(file, &errors);
    if (built == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("descriptor set: ", file.name(), " cannot be used: ", errors.text()));
    }
    contract->files_.push_back(built);
  }
  if (contract->files_.empty()) return absl::InvalidArgumentError("descriptor set: no files in it");
  return contract;
}

absl::StatusOr<std::unique_ptr<Contract>> Contract::Load(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("descriptor set: cannot open ", file));
  pb::FileDescriptorSet set;
  if (!set.ParseFromIstream(&in)) {
    return absl::InvalidArgumentError(
        absl::StrCat("descriptor set: ", file, " is not a FileDescriptorSet"));
  }
  return FromSet(set);
}

pb::Message* Contract::NewMessage(const pb::Descriptor* type, pb::Arena* arena) const {
  return messages_.GetPrototype(type)->New(arena);
}

std::string TypeUrl(const pb::Descriptor* type) {
  return absl::StrCat(kUrlPrefix, "/", type->full_name());
}

}  // namespace thidua::gateway
