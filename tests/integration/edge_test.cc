// The edge in front of gRPC and REST: nginx as deploy/local/up starts it, a real server of the
// contracts behind it. Pitfalls shown: nginx's default of 1 MB a body and 60 s of quiet, its own
// HTML errors, GOAWAY after 1000 requests.
#include <curl/curl.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "nlohmann/json.hpp"
#include "thidua/campaign/v1/directory_service.grpc.pb.h"
#include "thidua/scoring/v1/dossier_service.grpc.pb.h"
#include "thidua/scoring/v1/ranking_service.grpc.pb.h"

namespace thidua {
namespace {

using scoring::v1::DossierService;

struct Output {
  int status = 0;
  std::string text;
};

Output RunScript(const std::string& arguments) {
  Output output;
  const std::string command = "tests/integration/edge_server " + arguments + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer;
  while (size_t got = fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.text.append(buffer.data(), got);
  }
  output.status = pclose(pipe);
  return output;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Acknowledges every chunk; a batch is answered by an error of its own with details, which must
// arrive unchanged.
class Dossiers : public DossierService::Service {
 public:
  grpc::Status PushDossiers(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<scoring::v1::PushDossiersResponse, scoring::v1::PushDossiersRequest>*
          stream) override {
    scoring::v1::PushDossiersRequest request;
    while (stream->Read(&request)) {
      scoring::v1::PushDossiersResponse response;
      response.mutable_ack()->set_sequence(request.chunk().sequence());
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

  grpc::Status GetDossier(grpc::ServerContext* context, const scoring::v1::GetDossierRequest*,
                          scoring::v1::Dossier*) override {
    const auto& metadata = context->client_metadata();
    google::rpc::Status details;
    details.set_code(5);
    details.set_message("seen by the server");
    google::rpc::ErrorInfo info;
    info.set_reason("SEEN");
    for (const char* key : {"x-request-id", "x-forwarded-for", "x-forwarded-proto"}) {
      for (auto [at, end] = metadata.equal_range(key); at != end; ++at) {
        (*info.mutable_metadata())[key] += std::string(at->second.data(), at->second.size());
      }
    }
    const auto left = context->deadline() - std::chrono::system_clock::now();
    (*info.mutable_metadata())["seconds_left"] =
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(left).count());
    details.add_details()->PackFrom(info);
    return {grpc::StatusCode::NOT_FOUND, details.message(), details.SerializeAsString()};
  }
};

struct HttpAnswer {
  long status = 0;
  std::string body;
  std::string headers;
};

class EdgeTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = testing::TempDir() + "edge.XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    directory_ = name;
    std::filesystem::remove(directory_);
    // The scoring service gets a free port; the edge's port follows from it and may be taken: then
    // again.
    std::string said;
    for (int attempt = 0; attempt < 20; ++attempt) {
      int port = 0;
      grpc::ServerBuilder builder;
      builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
      builder.RegisterService(&dossiers_);
      server_ = builder.BuildAndStart();
      ASSERT_NE(server_, nullptr);
      base_ = port - 2;
      const Output output = RunScript("start " + directory_ + " " + std::to_string(base_));
      if (output.status == 0) {
        grpc::SslCredentialsOptions options;
        options.pem_root_certs = ReadFile(directory_ + "/tls/ca.crt");
        channel_ = grpc::CreateChannel(address(), grpc::SslCredentials(options));
        return;
      }
      said = output.text;
      server_->Shutdown();
    }
    FAIL() << said;
  }

  static void TearDownTestSuite() {
    const Output output = RunScript("stop " + directory_ + " " + std::to_string(base_));
    EXPECT_EQ(output.status, 0) << output.text;
    channel_.reset();
    server_->Shutdown();
    server_.reset();
    std::filesystem::remove_all(directory_);
  }

  static std::string address() { return "127.0.0.1:" + std::to_string(base_ + 43); }

  static std::shared_ptr<grpc::Channel> Channel() { return channel_; }

  static std::unique_ptr<grpc::ClientContext> Context() {
    auto context = std::make_unique<grpc::ClientContext>();
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(40));
    return context;
  }

  static HttpAnswer Http(const std::string& path, const std::string& body = "",
                         const std::string& header = "") {
    HttpAnswer answer;
    CURL* curl = curl_easy_init();
    curl_slist* headers = header.empty() ? nullptr : curl_slist_append(nullptr, header.c_str());
    curl_easy_setopt(curl, CURLOPT_URL, ("https://" + address() + path).c_str());
    curl_easy_setopt(curl, CURLOPT_CAINFO, (directory_ + "/tls/ca.crt").c_str());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 40L);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    if (!body.empty()) {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    }
    const auto append = +[](char* data, size_t size, size_t count, std::string* out) {
      out->append(data, size * count);
      return size * count;
    };
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, append);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.headers);
    const CURLcode code = curl_easy_perform(curl);
    EXPECT_EQ(code, CURLE_OK) << curl_easy_strerror(code);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return answer;
  }

  static google::rpc::Status Details(const grpc::Status& status) {
    google::rpc::Status details;
    EXPECT_TRUE(details.ParseFromString(status.error_details()));
    return details;
  }

  template <class Message>
  static Message Detail(const google::rpc::Status& status) {
    Message message;
    for (const auto& detail : status.details()) {
      if (detail.UnpackTo(&message)) break;
    }
    return message;
  }

  // What is wrong with a request of the edge's own making: the same google.rpc.Status over gRPC and
  // over REST.
  static google::rpc::Status FromJson(const HttpAnswer& rest, int code) {
    nlohmann::json error = nlohmann::json::parse(rest.body, nullptr, false)["error"];
    EXPECT_EQ(error["code"], rest.status);
    EXPECT_EQ(error["status"], absl::StatusCodeToString(static_cast<absl::StatusCode>(code)));
    error.erase("status");
    error["code"] = code;
    google::rpc::Status status;
    const auto parsed = google::protobuf::util::JsonStringToMessage(error.dump(), &status);
    EXPECT_TRUE(parsed.ok()) << parsed.ToString() << rest.body;
    return status;
  }

  // What it says, whatever the order of the fields within a detail's bytes.
  static nlohmann::json Json(const google::rpc::Status& status) {
    std::string json;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(status, &json).ok());
    return nlohmann::json::parse(json);
  }

  static inline Dossiers dossiers_;
  static inline std::unique_ptr<grpc::Server> server_;
  static inline std::shared_ptr<grpc::Channel> channel_;
  static inline std::string directory_;
  static inline int base_ = 0;
};

TEST_F(EdgeTest, AStreamOfManyMegabytesPasses) {
  auto stub = DossierService::NewStub(Channel());
  auto context = Context();
  auto stream = stub->PushDossiers(context.get());
  scoring::v1::PushDossiersRequest request;
  for (int i = 0; i < 500; ++i) {
    request.mutable_chunk()->add_rows()->set_dossier_code(std::string(500, 'x'));
  }
  scoring::v1::PushDossiersResponse response;
  size_t bytes = 0;
  for (int sequence = 0; sequence < 30; ++sequence) {
    request.mutable_chunk()->set_sequence(sequence);
    ASSERT_TRUE(stream->Write(request)) << stream->Finish().error_message();
    ASSERT_TRUE(stream->Read(&response)) << stream->Finish().error_message();
    EXPECT_EQ(response.ack().sequence(), sequence);
    bytes += request.ByteSizeLong();
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_GT(bytes, 5u << 20);
}

TEST_F(EdgeTest, AnOversizedCallIsRefusedWithAReason) {
  auto stub = DossierService::NewStub(Channel());
  auto context = Context();
  scoring::v1::BatchPushDossiersRequest request;
  request.add_rows()->set_dossier_code(std::string(5 << 20, 'x'));
  scoring::v1::BatchPushDossiersResponse response;
  const grpc::Status status = stub->BatchPushDossiers(context.get(), request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const google::rpc::Status details = Details(status);
  EXPECT_EQ(details.code(), status.error_code());
  EXPECT_EQ(Detail<google::rpc::ErrorInfo>(details).reason(), "EDGE_REQUEST_TOO_LARGE");
  EXPECT_EQ(Detail<google::rpc::LocalizedMessage>(details).locale(), "vi");

  const HttpAnswer rest = Http("/v1/dossiers:batch", std::string(5 << 20, ' '));
  EXPECT_EQ(rest.status, 413);
  EXPECT_EQ(Json(FromJson(rest, details.code())), Json(details));
}

TEST_F(EdgeTest, AServiceThatIsDownIsUnavailableNotHtml) {
  auto stub = campaign::v1::DirectoryService::NewStub(Channel());
  auto context = Context();
  campaign::v1::Unit unit;
  const grpc::Status status = stub->GetUnit(context.get(), {}, &unit);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
  const google::rpc::Status details = Details(status);
  EXPECT_EQ(Detail<google::rpc::ErrorInfo>(details).reason(), "EDGE_SERVICE_UNAVAILABLE");
  EXPECT_EQ(Detail<google::rpc::RetryInfo>(details).retry_delay().seconds(), 1);

  for (const char* path : {"/v1/units/x", "/trang/xep-hang/x", "/v1/scoring/feed/events:watch"}) {
    const HttpAnswer rest = Http(path);
    EXPECT_EQ(rest.status, 503) << path;
    EXPECT_EQ(Json(FromJson(rest, details.code())), Json(details)) << path;
    EXPECT_NE(rest.headers.find("retry-after: 1"), std::string::npos) << rest.headers;
  }
}

TEST_F(EdgeTest, HealthReflectionAndUnknownPackagesAreNotRouted) {
  for (const char* method :
       {"/grpc.health.v1.Health/Check",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "/thidua.common.v1.AnyService/Any", "/thidua.scoring.v1.DossierService/../grpc/X"}) {
    grpc::GenericStub stub(Channel());
    auto context = Context();
    grpc::CompletionQueue queue;
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
    grpc::Status status;
    auto call = stub.PrepareUnaryCall(context.get(), method, request, &queue);
    call->StartCall();
    call->Finish(&response, &status, nullptr);
    void* tag;
    bool ok;
    ASSERT_TRUE(queue.Next(&tag, &ok));
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED) << method;
    EXPECT_EQ(Detail<google::rpc::ErrorInfo>(Details(status)).reason(), "EDGE_SERVICE_UNKNOWN")
        << method;
  }
}

TEST_F(EdgeTest, ErrorsDeadlineAndRequestIdOfTheServerPassUnchanged) {
  auto stub = DossierService::NewStub(Channel());
  for (const auto& [sent, kept] :
       {std::pair{"a-request.of_ours-1", true}, std::pair{"bad id", false}}) {
    auto context = Context();
    context->AddMetadata("x-request-id", sent);
    context->AddMetadata("x-forwarded-for", "203.0.113.9");
    scoring::v1::Dossier dossier;
    const grpc::Status status = stub->GetDossier(context.get(), {}, &dossier);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
    EXPECT_EQ(status.error_message(), "seen by the server");
    const auto info = Detail<google::rpc::ErrorInfo>(Details(status));
    EXPECT_EQ(info.reason(), "SEEN");
    EXPECT_EQ(info.metadata().at("x-request-id") == sent, kept);
    EXPECT_GE(info.metadata().at("x-request-id").size(), 8u);
    EXPECT_EQ(info.metadata().at("x-forwarded-for"), "127.0.0.1");
    EXPECT_EQ(info.metadata().at("x-forwarded-proto"), "https");
    const int left = std::stoi(info.metadata().at("seconds_left"));
    EXPECT_GT(left, 30);
    EXPECT_LE(left, 40);
  }
}

TEST_F(EdgeTest, TheLogHoldsNoQueryAndNoToken) {
  Http("/v1/units?filter=in-the-query", "", "Authorization: Bearer in-the-token");
  const std::string log = ReadFile(directory_ + "/log/nginx.access.log");
  EXPECT_NE(log.find("\"path\":\"/v1/units\""), std::string::npos) << log;
  EXPECT_EQ(log.find("in-the-query"), std::string::npos);
  EXPECT_EQ(log.find("in-the-token"), std::string::npos);
}

// Quiet streams of more than a minute cannot be waited for here: the effective configuration is
// read instead.
TEST_F(EdgeTest, NoDefaultThatCutsStreamsIsLeft) {
  const std::string config = RunScript("config " + directory_ + " " + std::to_string(base_)).text;
  const size_t at = config.find("PushDossiers");
  ASSERT_NE(at, std::string::npos) << config;
  const std::string streams = config.substr(at, config.find('}', at) - at);
  for (const char* line : {"client_max_body_size 0;", "client_body_timeout 1h;", "send_timeout 1h;",
                           "grpc_read_timeout 1h;", "grpc_send_timeout 1h;"}) {
    EXPECT_NE(streams.find(line), std::string::npos) << line;
  }
  for (const char* line : {"client_max_body_size 4m;", "keepalive_requests 10000000;",
                           "keepalive_time 24h;", "grpc_read_timeout 65s;"}) {
    EXPECT_NE(config.find(line), std::string::npos) << line;
  }
  const std::regex listen("listen +([^;]*);");
  int listeners = 0;
  for (std::sregex_iterator match(config.begin(), config.end(), listen), end; match != end;
       ++match) {
    EXPECT_EQ((*match)[1].str().rfind("127.0.0.1:", 0), 0u) << (*match)[0];
    ++listeners;
  }
  EXPECT_EQ(listeners, 1);
}

// nginx closes a connection after 1000 requests by default, in the middle of other calls.
TEST_F(EdgeTest, ThousandsOfCallsUseOneConnection) {
  auto stub = DossierService::NewStub(Channel());
  for (int i = 0; i < 2500; ++i) {
    auto context = Context();
    scoring::v1::Dossier dossier;
    const grpc::Status status = stub->GetDossier(context.get(), {}, &dossier);
    ASSERT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND) << i << status.error_message();
  }
}

// Waits at its end until the limit lets callers in again, so that other tests find it as ever.
TEST_F(EdgeTest, ABurstOfAPublicRpcIsRefusedAndNothingElse) {
  auto stub = scoring::v1::RankingService::NewStub(Channel());
  struct Asked {
    grpc::ClientContext context;
    scoring::v1::Publication publication;
    grpc::Status status;
    std::unique_ptr<grpc::ClientAsyncResponseReader<scoring::v1::Publication>> call;
  };
  const auto ask = [&] {
    const auto context = Context();
    scoring::v1::Publication publication;
    return stub->GetPublication(context.get(), {}, &publication);
  };
  // Nobody behind the edge knows this rpc: whatever passes is UNIMPLEMENTED.
  ASSERT_EQ(ask().error_code(), grpc::StatusCode::UNIMPLEMENTED);
  // 400 at once and 200 a second pass: most of these do not, however slow the machine.
  constexpr int kCalls = 4000;
  std::vector<Asked> burst(kCalls);
  grpc::CompletionQueue queue;
  int begun = 0, passed = 0, refused = 0;
  const auto begin = [&] {
    Asked& one = burst[begun++];
    one.context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(40));
    one.call = stub->AsyncGetPublication(&one.context, {}, &queue);
    one.call->Finish(&one.publication, &one.status, &one);
  };
  while (begun < 100) begin();
  google::rpc::Status details;
  for (int ended = 0; ended < kCalls; ++ended) {
    void* tag = nullptr;
    bool ok = false;
    ASSERT_TRUE(queue.Next(&tag, &ok));
    const grpc::Status& status = static_cast<Asked*>(tag)->status;
    if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
      ++passed;
    } else {
      ASSERT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED)
          << status.error_message();
      details = Details(status);
      ++refused;
    }
    if (begun < kCalls) begin();
  }
  EXPECT_GE(passed, 400);
  ASSERT_GT(refused, 0);
  EXPECT_EQ(Detail<google::rpc::ErrorInfo>(details).reason(), "EDGE_RATE_LIMITED");
  EXPECT_EQ(Detail<google::rpc::RetryInfo>(details).retry_delay().seconds(), 1);

  // Rpcs that need a token are held to the general limit alone.
  auto dossiers = DossierService::NewStub(Channel());
  for (int i = 0; i < 500; ++i) {
    const auto context = Context();
    scoring::v1::Dossier dossier;
    const grpc::Status status = dossiers->GetDossier(context.get(), {}, &dossier);
    ASSERT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND) << i << status.error_message();
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(40);
  while (ask().error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
    ASSERT_LT(std::chrono::steady_clock::now(), end) << "the limit lets nobody in again";
  }
}

}  // namespace
}  // namespace thidua
