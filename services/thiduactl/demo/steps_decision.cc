// Step 8, last part, and step 9: the decision with its prizes, the certificates, what anybody sees.
#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"
#include "thiduactl/demo/award_steps.h"

namespace thidua::ctl::demo {
namespace {

constexpr char kDecisions[] = "awards.v1.DecisionService/";

const char* StateVi(const std::string& state) {
  return state == "CERTIFICATE_STATE_VALID"     ? "còn hiệu lực"
         : state == "CERTIFICATE_STATE_REVOKED" ? "đã bị thu hồi"
                                                : "không rõ";
}

json DraftOf(const json& nominations) {
  return {{"nominations", nominations},
          {"awarding_authority", "Chủ tịch Ủy ban nhân dân huyện Krông Nô"},
          {"citation",
           "Đã có thành tích xuất sắc trong phong trào thi đua “Đẩy mạnh công tác "
           "cải cách hành chính huyện Krông Nô” năm 2023"},
          {"place", "Krông Nô"},
          {"fund_source", "Quỹ thi đua, khen thưởng của huyện Krông Nô năm 2024"}};
}

json IssueOf(const json& draft, bool unknown) {
  json issue = {{"name", draft["name"]},
                {"number", "999/QĐ-UBND"},
                {"issue_date", "2024-02-26"},
                {"signature",
                 {{"signer_name", "(chữ ký trình diễn)"},
                  {"signer_position", "Chủ tịch"},
                  {"mode", "SIGNING_MODE_DIRECT"}}},
                {"unverified_prizes_reason",
                 "Bản trình diễn: hệ số theo Nghị định 98/2023/NĐ-CP chưa đối chiếu với văn bản"},
                {"etag", draft["etag"]}};
  if (unknown) issue["unknown_standards_reason"] = kUnknownReason;
  return issue;
}

// One more person than the plan has places for: refused, and the draft is given up.
absl::Status TryOverQuota(Stage& stage, const Candidate& refused) {
  ASSIGN_OR_RETURN(const json draft, stage.Act("decision-over-quota", kCoordinator,
                                               std::string(kDecisions) + "CreateDecision",
                                               DraftOf(json::array({refused.nomination}))));
  ASSIGN_OR_RETURN(const json now, stage.Read(kCoordinator, std::string(kDecisions) + "GetDecision",
                                              {{"name", draft["name"]}}));
  // A repeated run finds it given up, and another refusal.
  if (now["state"] == "DECISION_STATE_DRAFT") {
    json issue = IssueOf(draft, /*unknown=*/false);
    issue["number"] = "1001/QĐ-UBND";
    RETURN_IF_ERROR(stage.MustRefuse("QUOTA_EXCEEDED", kLeader,
                                     std::string(kDecisions) + "IssueDecision", issue));
  }
  return stage
      .Act("decision-given-up", kCoordinator, std::string(kDecisions) + "CancelDecision",
           {{"name", draft["name"]}, {"reason", "Chỉ tiêu khen thưởng cá nhân là 01 người"}})
      .status();
}

void ShowPrizes(Stage& stage, const json& decision) {
  for (const json& award : decision["awards"]) {
    const std::string person = award["person_name"].get<std::string>();
    const json& prize = award["prize"];
    stage.Say(absl::StrCat("  ", person.empty() ? award["unit_name"].get<std::string>() : person,
                           ": ", prize["vnd"].get<std::string>(), " đồng (hệ số ",
                           prize["coefficient"].get<std::string>(), " × lương cơ sở ",
                           prize["base_salary_vnd"].get<std::string>(), " đồng)"));
  }
  stage.Say("  tổng tiền thưởng " + decision["prize_total_vnd"].get<std::string>() + " đồng, " +
            decision["fund_source"].get<std::string>());
}

// What anybody sees of the certificate, without a token: state by API, and the page.
absl::Status ShowCertificate(Stage& stage, const std::string& when, const std::string& expected) {
  const json request = {{"code", stage.certificate_code}};
  ASSIGN_OR_RETURN(
      const json seen,
      stage.session().client().Call("awards.v1.CertificateService/VerifyCertificate", request, ""));
  const std::string state = seen["state"].get<std::string>();
  ASSIGN_OR_RETURN(const json page,
                   stage.session().client().Call("awards.v1.CertificateService/ShowCertificatePage",
                                                 request, ""));
  const std::string html = FromBase64(page["data"].get<std::string>());
  const std::string reason = seen["revoke_reason"].get<std::string>();
  stage.Say(when + ": giấy khen của " + seen["unit_name"].get<std::string>() + " " +
            StateVi(state) + (reason.empty() ? "" : " — " + reason) + "; trang kiểm tra " +
            std::to_string(html.size()) + " byte");
  // A repeated run finds it revoked from the start.
  if (state != expected && state != "CERTIFICATE_STATE_REVOKED") {
    return absl::InternalError("giấy khen phải " + std::string(StateVi(expected)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Decide(Stage& stage, const std::vector<Candidate>& awarded, const Candidate& refused,
                    bool unknown) {
  json nominations = json::array();
  for (const Candidate& candidate : awarded) nominations.push_back(candidate.nomination);
  ASSIGN_OR_RETURN(const json draft,
                   stage.Act("decision", kCoordinator, std::string(kDecisions) + "CreateDecision",
                             DraftOf(nominations)));
  ASSIGN_OR_RETURN(const json decision,
                   stage.Act("decision-issue", kLeader, std::string(kDecisions) + "IssueDecision",
                             IssueOf(draft, unknown)));
  for (const json& award : decision["awards"]) {
    if (award["nomination"] != awarded[0].nomination) continue;
    stage.certificate_code = award["certificate_code"].get<std::string>();
  }
  stage.Say("quyết định " + decision["number"].get<std::string>() + ", giấy khen mã " +
            stage.certificate_code);
  ShowPrizes(stage, decision);
  ASSIGN_OR_RETURN(const json pdf,
                   stage.Read(kCoordinator, std::string(kDecisions) + "DownloadDecision",
                              {{"name", decision["name"]}}));
  stage.Say(absl::StrCat("  văn bản PDF theo NĐ 30/2020/NĐ-CP: ",
                         FromBase64(pdf["data"].get<std::string>()).size(), " byte"));
  ASSIGN_OR_RETURN(const json quota,
                   stage.Read(kCoordinator, "awards.v1.NominationService/GetQuotaUse",
                              {{"plan", stage.child_plan}, {"year", 2023}}));
  for (const json& use : quota["quotas"]) {
    stage.Say(absl::StrCat("  chỉ tiêu cá nhân: ", use["decided"].get<int>(), "/",
                           use["places"].get<int>()));
  }
  return TryOverQuota(stage, refused);
}

absl::Status VerifyAndRevoke(Stage& stage) {
  stage.Title(9, "Ai cũng kiểm tra được giấy khen; thu hồi thì ai cũng thấy");
  RETURN_IF_ERROR(ShowCertificate(stage, "trước", "CERTIFICATE_STATE_VALID"));
  ASSIGN_OR_RETURN(const json list,
                   stage.Read(kCoordinator, "awards.v1.CertificateService/ListCertificates",
                              {{"unit", stage.Unit("H00.20.11")}}));
  const json certificate = list["certificates"][0];
  ASSIGN_OR_RETURN(const json pdf,
                   stage.Read("KN-DM-01", "awards.v1.CertificateService/DownloadCertificate",
                              {{"name", certificate["name"]}}));
  stage.Say("giấy khen PDF " + std::to_string(FromBase64(pdf["data"].get<std::string>()).size()) +
            " byte, mã QR dẫn đến " + certificate["verification_url"].get<std::string>());
  RETURN_IF_ERROR(stage.MoveTime("2024-02-28"));
  RETURN_IF_ERROR(stage
                      .Act("revoke", kLeader, "awards.v1.CertificateService/RevokeCertificate",
                           {{"name", certificate["name"]},
                            {"reason", "Trình diễn việc thu hồi: phát hiện sai sót trong hồ sơ"},
                            {"document_number", "1000/QĐ-UBND"},
                            {"document_date", "2024-02-28"},
                            {"document", "Quyết định thu hồi của bản trình diễn"},
                            {"etag", "\"1\""}})
                      .status());
  RETURN_IF_ERROR(ShowCertificate(stage, "sau", "CERTIFICATE_STATE_REVOKED"));
  return stage.CatchUp();
}

}  // namespace thidua::ctl::demo
