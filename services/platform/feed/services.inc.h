// Template bodies of NewFeedService and NewAuditService (see services.h).
#pragma once

#include <utility>

namespace thidua::feed {
namespace internal {

template <class V1FeedService>
class FeedService final : public V1FeedService::CallbackService {
 public:
  FeedService(platform::Admission& admission, db::Pool& pool, std::vector<SnapshotSource> snapshot)
      : runner_(admission, V1FeedService::service_full_name()),
        reads_(admission, pool, std::move(snapshot)) {}

  grpc::ServerUnaryReactor* ReadEvents(grpc::CallbackServerContext* context,
                                       const common::v1::ReadEventsRequest* request,
                                       common::v1::ReadEventsResponse* response) override {
    return runner_.Unary(
        "ReadEvents", context, request, response,
        [this](const platform::Call& call, const common::v1::ReadEventsRequest& req,
               common::v1::ReadEventsResponse& res) { return reads_.ReadEvents(call, req, res); });
  }
  grpc::ServerWriteReactor<common::v1::ReadEventsResponse>* WatchEvents(
      grpc::CallbackServerContext* context,
      const common::v1::WatchEventsRequest* request) override {
    return runner_
        .template ServerStream<common::v1::WatchEventsRequest, common::v1::ReadEventsResponse>(
            "WatchEvents", context, request,
            [this](const platform::Call& call, const common::v1::WatchEventsRequest& req,
                   platform::StreamWriter<common::v1::ReadEventsResponse>& writer) {
              return reads_.WatchEvents(call, req, writer);
            });
  }
  grpc::ServerWriteReactor<common::v1::SnapshotItem>* ExportSnapshot(
      grpc::CallbackServerContext* context,
      const common::v1::ExportSnapshotRequest* request) override {
    return runner_
        .template ServerStream<common::v1::ExportSnapshotRequest, common::v1::SnapshotItem>(
            "ExportSnapshot", context, request,
            [this](const platform::Call& call, const common::v1::ExportSnapshotRequest& req,
                   platform::StreamWriter<common::v1::SnapshotItem>& writer) {
              return reads_.ExportSnapshot(call, req, writer);
            });
  }
  grpc::ServerUnaryReactor* ListConsumers(grpc::CallbackServerContext* context,
                                          const common::v1::ListConsumersRequest* request,
                                          common::v1::ListConsumersResponse* response) override {
    return runner_.Unary(
        "ListConsumers", context, request, response,
        [this](const platform::Call& call, const common::v1::ListConsumersRequest& req,
               common::v1::ListConsumersResponse& res) {
          return reads_.ListConsumers(call, req, res);
        });
  }

 private:
  const platform::Runner runner_;
  const FeedReads reads_;
};

template <class V1AuditService>
class AuditService final : public V1AuditService::CallbackService {
 public:
  AuditService(platform::Admission& admission, db::Pool& pool)
      : runner_(admission, V1AuditService::service_full_name()), reads_(admission, pool) {}

  grpc::ServerUnaryReactor* ListAuditEntries(
      grpc::CallbackServerContext* context, const common::v1::ListAuditEntriesRequest* request,
      common::v1::ListAuditEntriesResponse* response) override {
    return runner_.Unary(
        "ListAuditEntries", context, request, response,
        [this](const platform::Call& call, const common::v1::ListAuditEntriesRequest& req,
               common::v1::ListAuditEntriesResponse& res) {
          return reads_.ListAuditEntries(call, req, res);
        });
  }
  grpc::ServerWriteReactor<common::v1::AuditLogItem>* ExportAuditLog(
      grpc::CallbackServerContext* context,
      const common::v1::ExportAuditLogRequest* request) override {
    return runner_
        .template ServerStream<common::v1::ExportAuditLogRequest, common::v1::AuditLogItem>(
            "ExportAuditLog", context, request,
            [this](const platform::Call& call, const common::v1::ExportAuditLogRequest& req,
                   platform::StreamWriter<common::v1::AuditLogItem>& writer) {
              return reads_.ExportAuditLog(call, req, writer);
            });
  }
  grpc::ServerUnaryReactor* GetTreeHead(grpc::CallbackServerContext* context,
                                        const common::v1::GetTreeHeadRequest* request,
                                        common::v1::SignedTreeHead* response) override {
    return runner_.Unary(
        "GetTreeHead", context, request, response,
        [this](const platform::Call& call, const common::v1::GetTreeHeadRequest& req,
               common::v1::SignedTreeHead& res) { return reads_.GetTreeHead(call, req, res); });
  }

 private:
  const platform::Runner runner_;
  const AuditReads reads_;
};

}  // namespace internal

template <class V1FeedService>
std::unique_ptr<grpc::Service> NewFeedService(platform::Admission& admission, db::Pool& pool,
                                              std::vector<SnapshotSource> snapshot) {
  return std::make_unique<internal::FeedService<V1FeedService>>(admission, pool,
                                                                std::move(snapshot));
}

template <class V1AuditService>
std::unique_ptr<grpc::Service> NewAuditService(platform::Admission& admission, db::Pool& pool) {
  return std::make_unique<internal::AuditService<V1AuditService>>(admission, pool);
}

}  // namespace thidua::feed
