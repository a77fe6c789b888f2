// thiduactl certificates and decisions.
#include <fstream>
#include <iostream>

#include "platform/hash.h"
#include "platform/status.h"
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

absl::Status DecisionsDownload(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 2) return WrongArguments("decisions download decisions/ID TỆP.pdf");
  ASSIGN_OR_RETURN(const json answer,
                   session.Call("awards.v1.DecisionService/DownloadDecision", {{"name", rest[0]}}));
  const std::string pdf = FromBase64(answer["data"].get<std::string>());
  std::ofstream out(rest[1], std::ios::binary | std::ios::trunc);
  out << pdf;
  out.close();
  if (!out) {
    return platform::InvalidField("file", "FILE_NOT_WRITABLE",
                                  {"không ghi được tệp " + rest[1], "cannot write " + rest[1]});
  }
  const json written = {
      {"file", rest[1]}, {"size_bytes", pdf.size()}, {"sha256", platform::Sha256Hex(pdf)}};
  return Show(session, written, [&](const json& value) {
    std::cout << rest[1] << ": " << pdf.size() << " byte, SHA-256 "
              << value["sha256"].get<std::string>() << "\n";
  });
}

}  // namespace thidua::ctl
