// What AuditService answers, whatever its generated class is called.
#pragma once

#include "platform/admission.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/common/v1/audit.pb.h"

namespace thidua::feed {

class AuditReads {
 public:
  AuditReads(platform::Admission& admission, db::Pool& pool) : admission_(admission), pool_(pool) {}

  absl::Status ListAuditEntries(const platform::Call& call,
                                const common::v1::ListAuditEntriesRequest& request,
                                common::v1::ListAuditEntriesResponse& response) const;
  absl::Status ExportAuditLog(const platform::Call& call,
                              const common::v1::ExportAuditLogRequest& request,
                              platform::StreamWriter<common::v1::AuditLogItem>& writer) const;
  absl::Status GetTreeHead(const platform::Call& call,
                           const common::v1::GetTreeHeadRequest& request,
                           common::v1::SignedTreeHead& response) const;

 private:
  platform::Admission& admission_;
  db::Pool& pool_;
};

}  // namespace thidua::feed
