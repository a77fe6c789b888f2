#include "gateway/testing/echo_server.h"

#include <grpc/support/time.h>
#include <grpcpp/ext/health_check_service_server_builder_option.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <functional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gateway_test_service.grpc.pb.h"
#include "google/rpc/status.pb.h"
#include "platform/status.h"

namespace thidua::gateway::testing {
namespace {

using namespace gateway_test::v1;  // NOLINT: the test contract

grpc::Status MakeFailure(const FailRequest& request) {
  const auto code = static_cast<absl::StatusCode>(request.code());
  if (request.reason().empty()) {
    return {static_cast<grpc::StatusCode>(request.code()), "bare message"};
  }
  platform::ErrorSpec spec;
  spec.code = code;
  spec.reason = request.reason();
  spec.text = {"Có lỗi", "It failed"};
  if (!request.field().empty()) {
    spec.fields.push_back({request.field(), request.reason(), {"Sai", "Wrong"}});
  }
  if (request.retry_ms() > 0) spec.retry_after = absl::Milliseconds(request.retry_ms());
  grpc::Status status = platform::ToGrpc(platform::MakeError(spec), "test.thidua");
  if (!request.strange_detail()) return status;
  google::rpc::Status wire;
  wire.ParseFromString(status.error_details());
  google::protobuf::Any* strange = wire.add_details();
  strange->set_type_url("type.googleapis.com/nobody.Knows");
  strange->set_value("\x08\x01");
  return {status.error_code(), status.error_message(), wire.SerializeAsString()};
}

// What the tests wait for.
struct Counters {
  absl::Mutex mutex;
  int started ABSL_GUARDED_BY(mutex) = 0;
  int cancelled ABSL_GUARDED_BY(mutex) = 0;
  bool released ABSL_GUARDED_BY(mutex) = false;
  std::atomic<int> written{0};
  // Run at Release.
  std::vector<std::function<void()>> waiting ABSL_GUARDED_BY(mutex);

  void Started() {
    absl::MutexLock lock(&mutex);
    ++started;
  }
  void Cancelled() {
    absl::MutexLock lock(&mutex);
    ++cancelled;
  }
  void WhenReleased(std::function<void()> work) {
    {
      absl::MutexLock lock(&mutex);
      if (!released) return waiting.push_back(std::move(work));
    }
    work();
  }
  void Release() {
    std::vector<std::function<void()>> work;
    {
      absl::MutexLock lock(&mutex);
      released = true;
      work.swap(waiting);
    }
    for (const auto& item : work) item();
  }
};

// Whoever exchanges it first may finish the call; the reactor lives until then.
using Once = std::shared_ptr<std::atomic<bool>>;
Once NewOnce() { return std::make_shared<std::atomic<bool>>(false); }

// Finishes when cancelled, or when told.
class Hanging : public grpc::ServerUnaryReactor {
 public:
  Hanging(Counters& counters, bool until_release) : counters_(counters) {
    if (until_release) {
      counters_.WhenReleased([this, once = once_] {
        if (!once->exchange(true)) Finish(grpc::Status::OK);
      });
    }
    counters_.Started();
  }
  void OnCancel() override {
    counters_.Cancelled();
    if (!once_->exchange(true)) Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

 private:
  Counters& counters_;
  const Once once_ = NewOnce();
};

// Writes messages one after the other.
template <class Message>
class Writer : public grpc::ServerWriteReactor<Message> {
 public:
  Writer(Counters& counters, const WatchRequest& request) : counters_(counters), request_(request) {
    counters_.Started();
    if (request_.wait()) {
      counters_.WhenReleased([this, begun = begun_] {
        if (!begun->exchange(true)) Next();
      });
    } else {
      begun_->store(true);
      Next();
    }
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return this->Finish(grpc::Status::CANCELLED);
    ++counters_.written;
    ++done_;
    Next();
  }
  void OnCancel() override {
    counters_.Cancelled();
    if (!begun_->exchange(true)) this->Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

 private:
  void Next() {
    if (request_.fail_after() > 0 && done_ == request_.fail_after()) {
      FailRequest fail;
      fail.set_code(9);
      fail.set_reason("MID_STREAM");
      return this->Finish(MakeFailure(fail));
    }
    if (request_.count() > 0 && done_ == request_.count()) return this->Finish(grpc::Status::OK);
    Fill(&message_);
    this->StartWrite(&message_);
  }
  void Fill(Item* item) {
    item->set_name("items/" + std::to_string(done_));
    item->set_count(done_);
    item->set_display_name(std::string(request_.size(), 'x'));
  }
  void Fill(google::api::HttpBody* body) {
    body->set_content_type(done_ == 0 ? "text/csv; charset=utf-8" : "");
    body->set_data(std::to_string(done_) + "," + std::string(request_.size(), 'x') + "\n");
  }

  Counters& counters_;
  const WatchRequest request_;
  const Once begun_ = NewOnce();
  Message message_;
  int done_ = 0;
};

}  // namespace

struct EchoServer::Service final : public EchoService::CallbackService {
  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  template <class Message>
  static Unary* Echo(Context* context, const Message* request, Message* response) {
    *response = *request;
    return Done(context);
  }
  static Unary* Done(Context* context, grpc::Status status = grpc::Status::OK) {
    Unary* reactor = context->DefaultReactor();
    reactor->Finish(std::move(status));
    return reactor;
  }

  Unary* GetItem(Context* context, const GetItemRequest* request, Item* response) override {
    response->set_name(request->name());
    response->set_display_name("Áo dài");
    response->set_count(9007199254740993);
    response->set_color(COLOR_GREEN);
    response->set_etag("\"7\"");
    for (const std::string& path : request->read_mask().paths()) {
      (*response->mutable_labels())[path] = "asked";
    }
    return Done(context);
  }
  Unary* ListItems(Context* context, const ListItemsRequest* request,
                   ListItemsResponse* response) override {
    *response->mutable_request() = *request;
    return Done(context);
  }
  Unary* CreateItem(Context* c, const CreateItemRequest* q, CreateItemRequest* r) override {
    return Echo(c, q, r);
  }
  Unary* UpdateItem(Context* c, const UpdateItemRequest* q, UpdateItemRequest* r) override {
    return Echo(c, q, r);
  }
  Unary* ReplaceItem(Context* c, const ReplaceItemRequest* q, ReplaceItemRequest* r) override {
    return Echo(c, q, r);
  }
  Unary* DeleteItem(Context* c, const GetItemRequest*, google::protobuf::Empty*) override {
    return Done(c);
  }
  Unary* LockItem(Context* c, const LockItemRequest* q, LockItemRequest* r) override {
    return Echo(c, q, r);
  }
  Unary* GetLabels(Context* c, const GetItemRequest* q, Item* r) override {
    (*r->mutable_labels())["of"] = q->name();
    return Done(c);
  }
  Unary* GetPath(Context* c, const GetPathRequest* q, GetPathRequest* r) override {
    return Echo(c, q, r);
  }
  Unary* GetNumber(Context* c, const GetNumberRequest* q, GetNumberRequest* r) override {
    return Echo(c, q, r);
  }
  Unary* Everything(Context* c, const AllTypes* q, AllTypes* r) override { return Echo(c, q, r); }
  Unary* PutTags(Context* c, const PutTagsRequest* q, PutTagsRequest* r) override {
    return Echo(c, q, r);
  }
  Unary* Fail(Context* c, const FailRequest* request, google::protobuf::Empty*) override {
    return Done(c, MakeFailure(*request));
  }
  Unary* Hang(Context*, const google::protobuf::Empty*, google::protobuf::Empty*) override {
    return new Hanging(counters, /*until_release=*/false);
  }
  Unary* Wait(Context*, const google::protobuf::Empty*, google::protobuf::Empty*) override {
    return new Hanging(counters, /*until_release=*/true);
  }
  Unary* ShowMetadata(Context* context, const google::protobuf::Empty*,
                      ShowMetadataResponse* response) override {
    for (const auto& [name, value] : context->client_metadata()) {
      (*response->mutable_metadata())[std::string(name.data(), name.size())] =
          std::string(value.data(), value.size());
    }
    response->set_deadline_ms(
        absl::ToInt64Milliseconds(absl::FromChrono(context->deadline()) - absl::Now()));
    return Done(context);
  }
  Unary* GetBytes(Context* c, const GetBytesRequest* request, GetBytesRequest* response) override {
    response->set_data(std::string(request->size(), 'x'));
    return Done(c);
  }
  Unary* Upload(Context* c, const google::api::HttpBody* q, google::api::HttpBody* r) override {
    return Echo(c, q, r);
  }
  Unary* Import(Context* c, const ImportRequest* q, ImportRequest* r) override {
    return Echo(c, q, r);
  }
  Unary* Page(Context* c, const PageRequest* request, google::api::HttpBody* response) override {
    if (request->code() == "missing") {
      FailRequest fail;
      fail.set_code(5);
      fail.set_reason("PAGE_NOT_FOUND");
      return Done(c, MakeFailure(fail));
    }
    response->set_content_type(request->code() == "evil" ? "text/html\r\nX-Evil: 1"
                                                         : "text/html; charset=utf-8");
    response->set_data("<h1>" + request->code() + "</h1>");
    return Done(c);
  }
  Unary* WrappedPage(Context* c, const PageRequest* request, ImportRequest* response) override {
    response->mutable_data()->set_content_type("text/plain");
    response->mutable_data()->set_data(request->code());
    return Done(c);
  }
  grpc::ServerWriteReactor<google::api::HttpBody>* Export(Context*,
                                                          const WatchRequest* request) override {
    return new Writer<google::api::HttpBody>(counters, *request);
  }
  grpc::ServerWriteReactor<Item>* Watch(Context*, const WatchRequest* request) override {
    return new Writer<Item>(counters, *request);
  }

  Counters counters;
};

EchoServer::EchoServer(const std::string& address) : service_(std::make_unique<Service>()) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port_);
  builder.RegisterService(service_.get());
  server_ = builder.BuildAndStart();
}

EchoServer::~EchoServer() { Stop(); }

std::string EchoServer::address() const { return "127.0.0.1:" + std::to_string(port_); }

void EchoServer::Stop() {
  if (server_ == nullptr) return;
  server_->Shutdown(gpr_time_from_millis(0, GPR_TIMESPAN));
  server_->Wait();
  server_ = nullptr;
}

void EchoServer::SetServing(bool serving) {
  server_->GetHealthCheckService()->SetServingStatus(serving);
}

bool EchoServer::AwaitStarted(int calls) {
  absl::MutexLock lock(&service_->counters.mutex);
  const auto reached = [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return service_->counters.started >= calls;
  };
  return service_->counters.mutex.AwaitWithTimeout(absl::Condition(&reached), absl::Seconds(20));
}

bool EchoServer::AwaitCancelled(int calls) {
  absl::MutexLock lock(&service_->counters.mutex);
  const auto reached = [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return service_->counters.cancelled >= calls;
  };
  return service_->counters.mutex.AwaitWithTimeout(absl::Condition(&reached), absl::Seconds(20));
}

void EchoServer::Release() { service_->counters.Release(); }

int EchoServer::messages_written() const { return service_->counters.written.load(); }

}  // namespace thidua::gateway::testing
