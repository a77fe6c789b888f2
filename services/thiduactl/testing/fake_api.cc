#include "thiduactl/testing/fake_api.h"

#include <cstdlib>
#include <iostream>
#include <utility>
#include <vector>

#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/util/json_util.h"
#include "grpcpp/server_builder.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/api_descriptors.h"

namespace thidua::ctl::testing {
namespace {

std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type) {
  static auto* const kFactory = new google::protobuf::DynamicMessageFactory(&ApiPool());
  return std::unique_ptr<google::protobuf::Message>(kFactory->GetPrototype(type)->New());
}

// Reads, answers, reads again until the client has ended its side: unary calls and streams alike.
class Reactor final : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(FakeApi& api, std::string path) : api_(api), path_(std::move(path)) {
    StartRead(&request_);
  }
  void OnReadDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::OK);
      return;
    }
    auto answer = api_.Handle(path_, request_);
    if (!answer.ok()) {
      Finish(platform::ToGrpc(answer.status(), "fake.thidua"));
      return;
    }
    answer_ = *std::move(answer);
    StartWrite(&answer_);
  }
  void OnWriteDone(bool ok) override {
    if (ok) {
      StartRead(&request_);
    } else {
      Finish(grpc::Status::OK);
    }
  }
  void OnDone() override { delete this; }

 private:
  FakeApi& api_;
  const std::string path_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer answer_;
};

}  // namespace

FakeApi::FakeApi(int port) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:" + std::to_string(port), grpc::InsecureServerCredentials(),
                           &port_);
  builder.RegisterCallbackGenericService(this);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) {
    std::cerr << "the fake server does not start\n";
    std::abort();
  }
}

FakeApi::~FakeApi() { server_->Shutdown(); }

void FakeApi::On(const std::string& method, Answer answer) {
  const auto found = FindMethod(method);
  if (!found.ok()) {
    std::cerr << found.status() << "\n";
    std::abort();
  }
  absl::MutexLock lock(&mutex_);
  answers_[(*found)->full_name()] = std::move(answer);
}

void FakeApi::EmptyByDefault() {
  absl::MutexLock lock(&mutex_);
  empty_by_default_ = true;
}

std::unique_ptr<Session> FakeApi::NewSession(absl::Duration retry_for, bool as_json) const {
  Session::Options options;
  options.server.target = "127.0.0.1:" + std::to_string(port_);
  options.server.retry_for = retry_for;
  options.token = "a token";
  options.json = as_json;
  auto session = Session::Open(options);
  if (!session.ok()) {
    std::cerr << session.status() << "\n";
    std::abort();
  }
  return *std::move(session);
}

grpc::ServerGenericBidiReactor* FakeApi::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  return new Reactor(*this, context->method());
}

absl::StatusOr<grpc::ByteBuffer> FakeApi::Handle(const std::string& path,
                                                 const grpc::ByteBuffer& request) {
  ASSIGN_OR_RETURN(const auto* method, FindMethod(path.substr(1)));
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!request.Dump(&slices).ok()) return absl::InternalError("cannot read a request");
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  const auto asked = NewMessage(method->input_type());
  if (!asked->ParseFromString(bytes)) return absl::InternalError("cannot read a request");
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string text;
  (void)google::protobuf::util::MessageToJsonString(*asked, &text, options);
  json answer = json::object();
  {
    absl::MutexLock lock(&mutex_);
    const auto found = answers_.find(method->full_name());
    if (found != answers_.end()) {
      ASSIGN_OR_RETURN(answer, found->second(json::parse(text)));
    } else if (!empty_by_default_) {
      return absl::UnimplementedError(method->full_name());
    }
  }
  const auto said = NewMessage(method->output_type());
  const auto parsed = google::protobuf::util::JsonStringToMessage(answer.dump(), said.get());
  if (!parsed.ok()) return absl::InternalError(parsed.ToString());
  const grpc::Slice slice(said->SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace thidua::ctl::testing
