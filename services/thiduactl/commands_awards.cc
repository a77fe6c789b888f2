// thiduactl certificates.
#include <iostream>

#include "platform/status_macros.h"
#include "thiduactl/commands.h"

namespace thidua::ctl {

absl::Status CertificatesVerify(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("certificates verify MÃ");
  // Anyone may ask: no token is sent.
  ASSIGN_OR_RETURN(const json found,
                   session.client().Call("awards.v1.CertificateService/VerifyCertificate",
                                         {{"code", rest[0]}}, ""));
  return Show(session, found, [](const json& value) {
    const bool valid = value["state"] == "CERTIFICATE_STATE_VALID";
    std::cout << (valid ? "CÓ HIỆU LỰC" : "ĐÃ THU HỒI") << ": "
              << value["award_form_text"].get<std::string>() << " — "
              << value["unit_name"].get<std::string>() << "\n  Quyết định "
              << value["decision_number"].get<std::string>() << " ngày "
              << value["decision_date"].get<std::string>()
              << ", ký: " << value["signer_position"].get<std::string>() << "\n";
    if (!valid) {
      std::cout << "  Thu hồi ngày " << value["revoke_date"].get<std::string>() << ": "
                << value["revoke_reason"].get<std::string>() << "\n";
    }
  });
}

}  // namespace thidua::ctl
