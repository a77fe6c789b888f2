#include "support/unknown_ids.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/descriptor_database.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "support/raw_call.h"
#include "support/test_server.h"
#include "thidua/common/v1/policy.pb.h"

namespace thidua::test {
namespace {

constexpr char kUnknownId[] = "00000000000000000000000000";

using google::protobuf::DescriptorPool;

// The methods of the package whose handlers ask once the resource is loaded.
std::set<std::string> OfResources(const std::string& package) {
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::set<std::string> found;
  for (const std::string& name : files) {
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    if (file == nullptr || file->package() != package) continue;
    for (int i = 0; i < file->service_count(); ++i) {
      const auto* service = file->service(i);
      for (int j = 0; j < service->method_count(); ++j) {
        const auto* method = service->method(j);
        if (method->options().GetExtension(common::v1::policy).unit_from() != "RESOURCE") continue;
        found.insert(absl::StrCat(service->name(), "/", method->name()));
      }
    }
  }
  return found;
}

// The request as bytes, or "" with what is wrong with it.
std::string Bytes(const std::string& method, const std::string& json, std::string* wrong) {
  const auto* descriptor =
      DescriptorPool::generated_pool()->FindMethodByName(absl::StrReplaceAll(method, {{"/", "."}}));
  if (descriptor == nullptr) {
    *wrong = "no such rpc";
    return "";
  }
  const std::unique_ptr<google::protobuf::Message> request(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(descriptor->input_type())
          ->New());
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, request.get());
  if (!parsed.ok()) *wrong = parsed.ToString();
  return request->SerializeAsString();
}

std::string Shown(const grpc::Status& status) {
  return absl::StrCat(status.error_code(), " ", Reason(status), " ", status.error_message());
}

}  // namespace

std::vector<std::string> UnknownIdProblems(const std::shared_ptr<grpc::Channel>& channel,
                                           const std::string& package, const Callers& callers,
                                           const std::vector<Named>& named,
                                           std::set<std::string> names_its_units) {
  std::vector<std::string> problems;
  std::set<std::string> left = OfResources(package);
  for (const std::string& method : names_its_units) {
    if (left.erase(method) == 0) problems.push_back(method + ": asks at no resource");
  }
  for (const Named& one : named) {
    left.erase(one.method);
    const std::string full = absl::StrCat(package, ".", one.method);
    const auto call = [&](const std::string& token, const std::string& id) {
      std::string wrong;
      const std::string bytes = Bytes(full, absl::StrReplaceAll(one.request, {{"$", id}}), &wrong);
      if (!wrong.empty()) problems.push_back(absl::StrCat(one.method, ": ", wrong));
      return SendRaw(channel, token, "/" + full, {bytes}).status;
    };
    const grpc::Status out_of_reach = call(callers.elsewhere, one.existing);
    const grpc::Status unknown = call(callers.elsewhere, kUnknownId);
    if (out_of_reach.error_code() != grpc::StatusCode::PERMISSION_DENIED) {
      problems.push_back(absl::StrCat(one.method, ": out of reach: ", Shown(out_of_reach)));
    }
    if (unknown.error_code() != out_of_reach.error_code() ||
        unknown.error_message() != out_of_reach.error_message() ||
        unknown.error_details() != out_of_reach.error_details()) {
      problems.push_back(absl::StrCat(one.method, ": unknown to somebody elsewhere: ",
                                      Shown(unknown), ", out of reach: ", Shown(out_of_reach)));
    }
    const grpc::Status missing = call(callers.everywhere, kUnknownId);
    if (missing.error_code() != grpc::StatusCode::NOT_FOUND || Reason(missing) != one.reason) {
      problems.push_back(
          absl::StrCat(one.method, ": unknown to somebody everywhere: ", Shown(missing)));
    }
  }
  for (const std::string& method : left) problems.push_back(method + ": is not tried");
  return problems;
}

}  // namespace thidua::test
