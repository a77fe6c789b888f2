// Certificates as the contract and the page have them.
#pragma once

#include "awards/certificates/page.h"
#include "awards/certificates/store.h"
#include "thidua/awards/v1/certificate_service.pb.h"

namespace thidua::awards::certificates {

void ToProto(const CertificateRow& row, v1::Certificate* certificate);
void ToProto(const CertificateFacts& facts, v1::CertificateVerification* verification);
PageFacts ToPage(const CertificateFacts& facts);

}  // namespace thidua::awards::certificates
