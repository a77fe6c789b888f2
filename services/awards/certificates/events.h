// What certificates put into awards' feed.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "awards/certificates/store.h"
#include "platform/db/session.h"
#include "thidua/awards/v1/events.pb.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::awards::certificates {

// Of a revoked certificate.
v1::CertificateRevoked RevokedEvent(const CertificateRow& row, const std::string& award_form);

// CertificateRevoked of every revoked certificate.
absl::Status EmitSnapshot(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit);

}  // namespace thidua::awards::certificates
