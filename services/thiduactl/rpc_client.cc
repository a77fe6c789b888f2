#include "thiduactl/rpc_client.h"

#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/util/json_util.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "platform/client.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/api_descriptors.h"

namespace thidua::ctl {
namespace {

using google::protobuf::Descriptor;

google::protobuf::DynamicMessageFactory& Factory() {
  static auto* const kFactory = new google::protobuf::DynamicMessageFactory(&ApiPool());
  return *kFactory;
}

absl::StatusOr<grpc::ByteBuffer> Encode(const Descriptor* type, const json& value) {
  std::unique_ptr<google::protobuf::Message> message(Factory().GetPrototype(type)->New());
  const auto parsed = google::protobuf::util::JsonStringToMessage(value.dump(), message.get());
  if (!parsed.ok()) {
    return platform::InvalidField(
        "request", "JSON_MALFORMED",
        {"yêu cầu không khớp " + type->full_name() + ": " + parsed.ToString(),
         "the request does not fit " + type->full_name() + ": " + parsed.ToString()});
  }
  const std::string bytes = message->SerializeAsString();
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

absl::StatusOr<json> Decode(const Descriptor* type, const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return absl::InternalError("an answer that cannot be read");
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  std::unique_ptr<google::protobuf::Message> message(Factory().GetPrototype(type)->New());
  if (!message->ParseFromString(bytes)) return absl::InternalError("an answer of another type");
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string text;
  const auto printed = google::protobuf::util::MessageToJsonString(*message, &text, options);
  if (!printed.ok()) return absl::InternalError(printed.ToString());
  return json::parse(text);
}

std::string Path(const google::protobuf::MethodDescriptor* method) {
  return "/" + method->service()->full_name() + "/" + method->name();
}

// A stream driven one operation at a time.
class Stream {
 public:
  Stream(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
         const std::string& token, std::optional<absl::Duration> timeout)
      : stub_(channel) {
    if (timeout.has_value()) context_.set_deadline(absl::ToChronoTime(absl::Now() + *timeout));
    if (!token.empty()) context_.AddMetadata("authorization", "Bearer " + token);
    call_ = stub_.PrepareCall(&context_, path, &queue_);
    call_->StartCall(Tag());
    started_ = Wait();
  }
  ~Stream() {
    if (!finished_) {
      context_.TryCancel();
      (void)Finish();
    }
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }
  bool Write(const grpc::ByteBuffer& message) {
    if (!started_) return false;
    call_->Write(message, Tag());
    return Wait();
  }
  bool WritesDone() {
    if (!started_) return false;
    call_->WritesDone(Tag());
    return Wait();
  }
  bool Read(grpc::ByteBuffer* message) {
    if (!started_) return false;
    call_->Read(message, Tag());
    return Wait();
  }
  grpc::Status Finish() {
    if (!finished_) {
      call_->Finish(&status_, Tag());
      Wait();
      finished_ = true;
    }
    return status_;
  }

 private:
  void* Tag() { return this; }
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  grpc::Status status_;
  bool started_ = false;
  bool finished_ = false;
};

class JsonChunkStream final : public ChunkStream {
 public:
  JsonChunkStream(const std::shared_ptr<grpc::Channel>& channel,
                  const google::protobuf::MethodDescriptor* method, const std::string& token)
      : method_(method), stream_(channel, Path(method), token, std::nullopt) {}
  absl::StatusOr<json> Exchange(const json& message) override {
    ASSIGN_OR_RETURN(const grpc::ByteBuffer request, Encode(method_->input_type(), message));
    grpc::ByteBuffer answer;
    if (!stream_.Write(request) || !stream_.Read(&answer)) {
      const absl::Status status = platform::FromGrpc(stream_.Finish());
      return status.ok() ? absl::UnavailableError("the stream has ended") : status;
    }
    return Decode(method_->output_type(), answer);
  }
  absl::Status Finish() override {
    stream_.WritesDone();
    return platform::FromGrpc(stream_.Finish());
  }

 private:
  const google::protobuf::MethodDescriptor* const method_;
  Stream stream_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RpcClient>> RpcClient::Connect(Options options) {
  auto client = std::unique_ptr<RpcClient>(new RpcClient(std::move(options)));
  const Options& chosen = client->options_;
  if (chosen.ca_file.empty()) {
    ASSIGN_OR_RETURN(const platform::PeerChannel peer,
                     platform::ConnectLoopback(chosen.target, nullptr));
    client->channel_ = peer.channel;
    return client;
  }
  std::ifstream in(chosen.ca_file);
  if (!in) {
    return platform::InvalidField("ca", "FILE_NOT_READABLE",
                                  {"không đọc được chứng thư " + chosen.ca_file,
                                   "cannot read the certificate " + chosen.ca_file});
  }
  std::ostringstream pem;
  pem << in.rdbuf();
  grpc::SslCredentialsOptions ssl;
  ssl.pem_root_certs = pem.str();
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  client->channel_ = grpc::CreateCustomChannel(chosen.target, grpc::SslCredentials(ssl), arguments);
  return client;
}

absl::StatusOr<json> RpcClient::Call(const std::string& method, const json& request,
                                     const std::string& token) {
  ASSIGN_OR_RETURN(const auto* descriptor, FindMethod(method));
  ASSIGN_OR_RETURN(const grpc::ByteBuffer encoded, Encode(descriptor->input_type(), request));
  const absl::Time give_up = absl::Now() + options_.retry_for;
  for (absl::Duration pause = absl::Milliseconds(100);;
       pause = std::min(pause * 2, absl::Seconds(2))) {
    Stream stream(channel_, Path(descriptor), token, options_.timeout);
    grpc::ByteBuffer answer;
    const bool answered = stream.Write(encoded) && stream.WritesDone() && stream.Read(&answer);
    const absl::Status status = platform::FromGrpc(stream.Finish());
    if (status.ok() && answered) return Decode(descriptor->output_type(), answer);
    if (status.ok()) return absl::InternalError("no answer");
    if (status.code() != absl::StatusCode::kUnavailable || absl::Now() + pause > give_up)
      return status;
    Pause(pause);
  }
}

void RpcClient::Pause(absl::Duration pause) {
  const absl::Time until = absl::Now() + pause;
  channel_->WaitForConnected(absl::ToChronoTime(until));
  // Connected: then it is what stands behind that needs the time.
  absl::SleepFor(until - absl::Now());
}

absl::Status RpcClient::ServerStream(const std::string& method, const json& request,
                                     const std::string& token,
                                     absl::FunctionRef<absl::Status(const json&)> each) {
  ASSIGN_OR_RETURN(const auto* descriptor, FindMethod(method));
  ASSIGN_OR_RETURN(const grpc::ByteBuffer encoded, Encode(descriptor->input_type(), request));
  Stream stream(channel_, Path(descriptor), token, absl::Minutes(10));
  if (stream.Write(encoded) && stream.WritesDone()) {
    grpc::ByteBuffer answer;
    while (stream.Read(&answer)) {
      ASSIGN_OR_RETURN(const json message, Decode(descriptor->output_type(), answer));
      RETURN_IF_ERROR(each(message));
    }
  }
  return platform::FromGrpc(stream.Finish());
}

absl::StatusOr<std::unique_ptr<ChunkStream>> RpcClient::OpenChunks(const std::string& method,
                                                                   const std::string& token) {
  ASSIGN_OR_RETURN(const auto* descriptor, FindMethod(method));
  return std::make_unique<JsonChunkStream>(channel_, descriptor, token);
}

absl::Status RpcClient::CheckHealth() {
  Stream stream(channel_, "/grpc.health.v1.Health/Check", "", absl::Seconds(2));
  const grpc::Slice empty("", 0);
  const grpc::ByteBuffer request(&empty, 1);
  grpc::ByteBuffer answer;
  const bool answered = stream.Write(request) && stream.WritesDone() && stream.Read(&answer);
  RETURN_IF_ERROR(platform::FromGrpc(stream.Finish()));
  std::vector<grpc::Slice> slices;
  (void)answer.Dump(&slices);
  std::string bytes;
  for (const auto& slice : slices)
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  // HealthCheckResponse{status = SERVING (1)}.
  if (!answered || bytes != std::string("\x08\x01")) return absl::UnavailableError("not serving");
  return absl::OkStatus();
}

}  // namespace thidua::ctl
