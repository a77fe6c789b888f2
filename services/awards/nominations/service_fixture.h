// The calls of NominationService, as the people of the fixture make them.
#pragma once

#include <string>

#include "support/awards/fixture.h"

namespace thidua::awards::nominations::testing {

using awards::testing::AwardsTest;

class NominationServiceTest : public AwardsTest {
 protected:
  grpc::Status Shortlist(const v1::ShortlistUnitsRequest& request,
                         v1::ShortlistUnitsResponse* response, const std::string& who = "officer") {
    return Call<v1::NominationService>(&v1::NominationService::Stub::ShortlistUnits, request,
                                       response, who);
  }
  v1::ShortlistUnitsRequest ShortlistRequest() {
    v1::ShortlistUnitsRequest request;
    request.set_plan("plans/" + Id("plan"));
    request.set_publication("publications/" + Id("publication"));
    request.set_request_id(RequestId());
    return request;
  }
  grpc::Status File(const v1::FileAwardDossierRequest& request, v1::Nomination* filed,
                    const std::string& who = "commune") {
    return Call<v1::NominationService>(&v1::NominationService::Stub::FileAwardDossier, request,
                                       filed, who);
  }
  grpc::Status Return(const std::string& name, const std::string& who = "officer") {
    v1::ReturnAwardDossierRequest request;
    request.set_name(name);
    request.set_reason("Báo cáo thành tích chưa nêu số liệu");
    request.set_request_id(RequestId());
    v1::Nomination returned;
    return Call<v1::NominationService>(&v1::NominationService::Stub::ReturnAwardDossier, request,
                                       &returned, who);
  }
  grpc::Status Appraise(const std::string& name, const std::string& reason,
                        const std::string& who = "officer") {
    v1::AppraiseAwardDossierRequest request;
    request.set_name(name);
    request.set_unknown_standards_reason(reason);
    request.set_request_id(RequestId());
    v1::Nomination appraised;
    return Call<v1::NominationService>(&v1::NominationService::Stub::AppraiseAwardDossier, request,
                                       &appraised, who);
  }
  grpc::Status Confirm(const std::string& name, const std::string& standard,
                       v1::StandardResult result, const std::string& covers_until = "",
                       const std::string& who = "officer") {
    v1::ConfirmStandardRequest request;
    request.set_name(name);
    request.set_standard_id(standard);
    request.set_result(result);
    request.set_file(Upload("room", "officer", "văn bản xác nhận " + standard));
    request.set_note("Theo văn bản kèm theo");
    request.set_covers_until(covers_until);
    request.set_request_id(RequestId());
    v1::StandardConfirmation confirmation;
    return Call<v1::NominationService>(&v1::NominationService::Stub::ConfirmStandard, request,
                                       &confirmation, who);
  }
  v1::StandardsCheck Check(const std::string& name) {
    v1::CheckStandardsRequest request;
    request.set_name(name);
    request.set_request_id(RequestId());
    v1::StandardsCheck check;
    const grpc::Status status = Call<v1::NominationService>(
        &v1::NominationService::Stub::CheckStandards, request, &check, "officer");
    EXPECT_TRUE(status.ok()) << status.error_message();
    return check;
  }
};

inline v1::StandardResult ResultOf(const v1::StandardsCheck& check, const std::string& id) {
  for (const auto& finding : check.findings()) {
    if (finding.standard_id() == id) return finding.result();
  }
  return v1::STANDARD_RESULT_UNSPECIFIED;
}

}  // namespace thidua::awards::nominations::testing
