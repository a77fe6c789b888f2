// FeedService and AuditService of a process, over the shared tables. Each domain service has its
// own gRPC service of that name; these templates give them one behaviour.
#pragma once

#include <memory>
#include <vector>

#include "grpcpp/server.h"
#include "platform/admission.h"
#include "platform/background.h"
#include "platform/db/pool.h"
#include "platform/feed/audit_reads.h"
#include "platform/feed/feed_reads.h"
#include "platform/feed/tree_head.h"
#include "platform/runner.h"
#include "thidua/common/v1/audit.pb.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::feed {

// Makes a service of the generated class `V1FeedService` (rpcs ReadEvents, WatchEvents,
// ExportSnapshot, ListConsumers). `snapshot`: what ExportSnapshot sends, in this order.
template <class V1FeedService>
std::unique_ptr<grpc::Service> NewFeedService(platform::Admission& admission, db::Pool& pool,
                                              std::vector<SnapshotSource> snapshot);

// Makes a service of the generated class `V1AuditService` (rpcs ListAuditEntries, ExportAuditLog,
// GetTreeHead).
template <class V1AuditService>
std::unique_ptr<grpc::Service> NewAuditService(platform::Admission& admission, db::Pool& pool);

}  // namespace thidua::feed

#include "platform/feed/services.inc.h"
