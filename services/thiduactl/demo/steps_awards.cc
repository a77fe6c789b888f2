// Steps 8, 9 and 10: the award dossier, the council, the decision, the certificate, the notices.
#include "platform/status_macros.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {
namespace {

constexpr char kNominations[] = "awards.v1.NominationService/";
constexpr char kCouncils[] = "awards.v1.CouncilService/";

const char* ResultVi(const std::string& result) {
  return result == "STANDARD_RESULT_MET"       ? "đạt"
         : result == "STANDARD_RESULT_NOT_MET" ? "không đạt"
                                               : "chưa biết";
}

const char* SourceVi(const std::string& source) {
  return source == "STANDARD_SOURCE_RANKING"        ? "kết quả xếp hạng đã công bố"
         : source == "STANDARD_SOURCE_REPORTS"      ? "sổ báo cáo định kỳ"
         : source == "STANDARD_SOURCE_TASKS"        ? "sổ nhiệm vụ của kế hoạch"
         : source == "STANDARD_SOURCE_INITIATIVES"  ? "sổ sáng kiến"
         : source == "STANDARD_SOURCE_CONFIRMATION" ? "xác nhận của người thẩm định"
                                                    : "(không có nguồn)";
}

const char* StateVi(const std::string& state) {
  return state == "CERTIFICATE_STATE_VALID"     ? "còn hiệu lực"
         : state == "CERTIFICATE_STATE_REVOKED" ? "đã bị thu hồi"
                                                : "không rõ";
}

absl::StatusOr<std::string> PersonName(Stage& stage, const std::string& staff) {
  ASSIGN_OR_RETURN(const json people, stage.Read("", "campaign.v1.DirectoryService/ListPeople",
                                                 {{"staff_code", staff}}));
  if (people["people"].empty()) return absl::NotFoundError("không có người mang mã " + staff);
  return people["people"][0]["name"].get<std::string>();
}

absl::StatusOr<json> FileAwardDossier(Stage& stage, const std::string& act,
                                      const std::string& officer, const std::string& unit,
                                      const json& nomination) {
  const struct {
    const char* kind;
    const char* file;
  } kDocuments[] = {{"SUBMISSION_LETTER", "to-trinh.pdf"},
                    {"MINUTES", "bien-ban-hop-hoi-dong.pdf"},
                    {"ACHIEVEMENT_REPORT", "bao-cao-thanh-tich.pdf"}};
  json documents = json::array();
  for (const auto& document : kDocuments) {
    ASSIGN_OR_RETURN(const std::string file,
                     stage.Upload(act + "-" + document.kind, "awards", officer, unit, document.file,
                                  act + " " + document.kind));
    documents.push_back({{"kind", std::string("DOCUMENT_KIND_") + document.kind}, {"file", file}});
  }
  return stage.Act(act, officer, std::string(kNominations) + "FileAwardDossier",
                   {{"name", nomination["name"]}, {"documents", documents}, {"original_sets", 1}});
}

// What no data source tells, the appraiser confirms with evidence.
absl::Status ConfirmStandards(Stage& stage, const json& nomination) {
  const struct {
    const char* standard;
    const char* note;
    int activities;  // 0: the standard counts none
  } kConfirmed[] = {
      {"2.1.1", "Đã ban hành kế hoạch, văn bản chỉ đạo cải cách hành chính năm 2023", 0},
      {"2.1.2", "Kế hoạch tuyên truyền, hình ảnh các hoạt động trong năm", 6},
      {"2.1.6", "Biên bản kiểm tra bộ phận một cửa: thực hiện đúng quy định", 0},
      {"2.1.8", "Ủy ban kiểm tra và bộ phận tiếp dân: không có kỷ luật, không có đơn thư", 0}};
  for (const auto& one : kConfirmed) {
    const std::string act = std::string("confirm-") + one.standard;
    ASSIGN_OR_RETURN(
        const std::string file,
        stage.Upload(act, "awards", "KN-PNV-01", stage.Unit("H00.20.01"), "xac-nhan.pdf", act));
    json request = {{"name", nomination["name"]},
                    {"standard_id", one.standard},
                    {"result", "STANDARD_RESULT_MET"},
                    {"file", file},
                    {"note", one.note}};
    if (one.activities > 0) request["activity_count"] = one.activities;
    RETURN_IF_ERROR(
        stage.Act(act, "KN-PNV-01", std::string(kNominations) + "ConfirmStandard", request)
            .status());
  }
  return absl::OkStatus();
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

// A council of five; quorum two thirds and threshold 80 % of all members, as data with its source.
absl::StatusOr<json> MakeCouncil(Stage& stage) {
  json members = json::array();
  for (int i = 1; i <= 5; ++i) {
    ASSIGN_OR_RETURN(const std::string person, PersonName(stage, "KN-HD-0" + std::to_string(i)));
    members.push_back({{"person", person},
                       {"role", i == 1   ? "COUNCIL_ROLE_CHAIR"
                                : i == 5 ? "COUNCIL_ROLE_SECRETARY"
                                         : "COUNCIL_ROLE_MEMBER"},
                       {"unit", stage.Unit("H00.20")},
                       {"position", i == 1   ? "Chủ tịch Hội đồng"
                                    : i == 5 ? "Ủy viên thường trực, Thư ký Hội đồng"
                                             : "Ủy viên Hội đồng"},
                       {"valid_from", "2022-01-01"}});
  }
  return stage.Act(
      "council", "KN-PNV-01", std::string(kCouncils) + "CreateCouncil",
      {{"council",
        {{"unit", stage.Unit("H00.20")},
         {"kind", "COUNCIL_KIND_AWARD"},
         {"title", "Hội đồng Thi đua - Khen thưởng huyện Krông Nô"},
         {"members", members},
         {"voting_rules",
          json::array(
              {{{"quorum", {{"numerator", "2"}, {"denominator", "3"}}},
                {"threshold", {{"numerator", "4"}, {"denominator", "5"}}},
                {"written_counts_for_quorum", true},
                {"conflict_treatment", "CONFLICT_TREATMENT_COUNTED_IN_TOTAL"},
                {"secret", true},
                {"legal_basis", "Quy chế trình diễn, theo mẫu tỷ lệ của các hội đồng cấp tỉnh"},
                {"valid_from", "2022-01-01"}}})},
         {"legal_basis", "Quyết định thành lập của bản trình diễn"}}}});
}

// The units of the best band are chosen and invited; the town's is followed from here on.
absl::StatusOr<json> ChooseAndInvite(Stage& stage) {
  ASSIGN_OR_RETURN(const json listed,
                   stage.Act("shortlist", "KN-PNV-01", std::string(kNominations) + "ShortlistUnits",
                             {{"plan", stage.child_plan},
                              {"publication", stage.publications.at("xa")},
                              {"award_form", "GIAY_KHEN"}}));
  json names = json::array();
  json chosen;
  for (const json& nomination : listed["nominations"]) {
    names.push_back(nomination["name"]);
    if (nomination["unit"] == stage.Unit("H00.20.11")) chosen = nomination;
  }
  if (chosen.is_null())
    return absl::InternalError("UBND thị trấn Đắk Mâm không thuộc nhóm Xuất sắc");
  stage.Say(std::to_string(names.size()) + " đơn vị thuộc nhóm Xuất sắc được chọn");
  RETURN_IF_ERROR(stage
                      .Act("invite", "KN-PNV-01", std::string(kNominations) + "InviteUnits",
                           {{"nominations", names}, {"filing_deadline", "2024-03-01"}})
                      .status());
  RETURN_IF_ERROR(stage.CatchUp());
  return chosen;
}

// Filed, returned once with a reason, filed again.
absl::Status FileTwice(Stage& stage, const json& nomination) {
  const std::string unit = stage.Unit("H00.20.11");
  RETURN_IF_ERROR(stage.MoveTime("2024-02-20"));
  RETURN_IF_ERROR(FileAwardDossier(stage, "dossier-1", "KN-DM-01", unit, nomination).status());
  RETURN_IF_ERROR(
      stage
          .Act("dossier-return", "KN-PNV-01", std::string(kNominations) + "ReturnAwardDossier",
               {{"name", nomination["name"]},
                {"reason",
                 "Báo cáo thành tích chưa nêu số liệu giải quyết thủ tục hành chính năm 2023"}})
          .status());
  stage.Say("hồ sơ bị trả lại một lần, có lý do");
  RETURN_IF_ERROR(stage.MoveTime("2024-02-22"));
  return FileAwardDossier(stage, "dossier-2", "KN-DM-01", unit, nomination).status();
}

// Every standard with its source; all are known here, so no reason to go on without is given.
absl::Status Appraise(Stage& stage, const json& nomination) {
  RETURN_IF_ERROR(ConfirmStandards(stage, nomination));
  ASSIGN_OR_RETURN(const json check,
                   stage.Act("standards", "KN-PNV-01", std::string(kNominations) + "CheckStandards",
                             {{"name", nomination["name"]}}));
  for (const json& finding : check["findings"]) {
    stage.Say("tiêu chuẩn " + finding["standard_id"].get<std::string>() + ": " +
              ResultVi(finding["result"].get<std::string>()) + ", theo " +
              SourceVi(finding["source"].get<std::string>()) + " — " +
              finding["explanation"].get<std::string>());
  }
  return stage
      .Act("appraise", "KN-PNV-01", std::string(kNominations) + "AppraiseAwardDossier",
           {{"name", nomination["name"]}, {"note", "Hồ sơ đủ thành phần, 01 bộ bản chính"}})
      .status();
}

// Four of the five members meet and vote.
absl::Status VoteInCouncil(Stage& stage, const json& nomination) {
  ASSIGN_OR_RETURN(const json council, MakeCouncil(stage));
  ASSIGN_OR_RETURN(const json ballot,
                   stage.Act("ballot", "KN-PNV-01", std::string(kCouncils) + "OpenBallot",
                             {{"council", council["name"]}, {"nomination", nomination["name"]}}));
  json present = json::array();
  for (int i = 1; i <= 5; ++i) {
    if (i == 4) continue;  // absent, and yet one of the five that the shares are taken of
    const std::string staff = "KN-HD-0" + std::to_string(i);
    RETURN_IF_ERROR(stage
                        .Act("vote-" + staff, staff, std::string(kCouncils) + "CastVote",
                             {{"name", ballot["name"]}, {"choice", "VOTE_CHOICE_FOR"}})
                        .status());
    ASSIGN_OR_RETURN(const std::string person, PersonName(stage, staff));
    present.push_back(person);
  }
  ASSIGN_OR_RETURN(
      const json closed,
      stage.Act("ballot-close", "KN-UBH-01", std::string(kCouncils) + "CloseBallot",
                {{"name", ballot["name"]},
                 {"minutes",
                  {{"meeting_date", "2024-02-22"}, {"place", "Krông Nô"}, {"present", present}}}}));
  const json& tally = closed["tally"];
  stage.Say("biểu quyết: " + std::to_string(present.size()) + " người dự họp, " +
            std::to_string(tally["votes_for"].get<int>()) + "/" +
            std::to_string(tally["total_members"].get<int>()) + " thành viên tán thành, " +
            (tally["carried"].get<bool>() ? "thông qua" : "không thông qua"));
  return absl::OkStatus();
}

// The decision and, with it, the certificate.
absl::Status Decide(Stage& stage, const json& nomination) {
  RETURN_IF_ERROR(stage.MoveTime("2024-02-26"));
  ASSIGN_OR_RETURN(
      const json draft,
      stage.Act("decision", "KN-PNV-01", "awards.v1.DecisionService/CreateDecision",
                {{"nominations", json::array({nomination["name"]})},
                 {"awarding_authority", "Chủ tịch Ủy ban nhân dân huyện Krông Nô"},
                 {"citation",
                  "Đã có thành tích xuất sắc trong phong trào thi đua “Đẩy mạnh công tác "
                  "cải cách hành chính huyện Krông Nô” năm 2023"},
                 {"place", "Krông Nô"}}));
  ASSIGN_OR_RETURN(const json decision, stage.Act("decision-issue", "KN-UBH-01",
                                                  "awards.v1.DecisionService/IssueDecision",
                                                  {{"name", draft["name"]},
                                                   {"number", "999/QĐ-UBND"},
                                                   {"issue_date", "2024-02-26"},
                                                   {"signature",
                                                    {{"signer_name", "(chữ ký trình diễn)"},
                                                     {"signer_position", "Chủ tịch"},
                                                     {"mode", "SIGNING_MODE_DIRECT"}}},
                                                   {"etag", draft["etag"]}}));
  stage.certificate_code = decision["awards"][0]["certificate_code"].get<std::string>();
  stage.Say("quyết định " + decision["number"].get<std::string>() + ", giấy khen mã " +
            stage.certificate_code);
  return absl::OkStatus();
}

}  // namespace

absl::Status Award(Stage& stage) {
  stage.Title(8, "Khen thưởng: mời, hồ sơ, hội đồng, quyết định, giấy khen");
  ASSIGN_OR_RETURN(const json nomination, ChooseAndInvite(stage));
  RETURN_IF_ERROR(FileTwice(stage, nomination));
  RETURN_IF_ERROR(Appraise(stage, nomination));
  RETURN_IF_ERROR(VoteInCouncil(stage, nomination));
  RETURN_IF_ERROR(Decide(stage, nomination));
  return stage.CatchUp();
}

absl::Status VerifyAndRevoke(Stage& stage) {
  stage.Title(9, "Ai cũng kiểm tra được giấy khen; thu hồi thì ai cũng thấy");
  RETURN_IF_ERROR(ShowCertificate(stage, "trước", "CERTIFICATE_STATE_VALID"));
  ASSIGN_OR_RETURN(const json list,
                   stage.Read("KN-PNV-01", "awards.v1.CertificateService/ListCertificates",
                              {{"unit", stage.Unit("H00.20.11")}}));
  const json certificate = list["certificates"][0];
  ASSIGN_OR_RETURN(const json pdf,
                   stage.Read("KN-DM-01", "awards.v1.CertificateService/DownloadCertificate",
                              {{"name", certificate["name"]}}));
  stage.Say("giấy khen PDF " + std::to_string(FromBase64(pdf["data"].get<std::string>()).size()) +
            " byte, mã QR dẫn đến " + certificate["verification_url"].get<std::string>());
  RETURN_IF_ERROR(stage.MoveTime("2024-02-28"));
  RETURN_IF_ERROR(stage
                      .Act("revoke", "KN-UBH-01", "awards.v1.CertificateService/RevokeCertificate",
                           {{"name", list["certificates"][0]["name"]},
                            {"reason", "Trình diễn việc thu hồi: phát hiện sai sót trong hồ sơ"},
                            {"document_number", "1000/QĐ-UBND"},
                            {"document_date", "2024-02-28"},
                            {"document", "Quyết định thu hồi của bản trình diễn"},
                            {"etag", "\"1\""}})
                      .status());
  RETURN_IF_ERROR(ShowCertificate(stage, "sau", "CERTIFICATE_STATE_REVOKED"));
  return stage.CatchUp();
}

absl::Status ShowNotices(Stage& stage) {
  stage.Title(10, "Thông báo");
  ASSIGN_OR_RETURN(const json inbox, stage.Read("KN-DM-01", "notify.v1.InboxService/ListInbox",
                                                {{"page_size", 100}}));
  stage.Say("hộp thư của công chức thị trấn Đắk Mâm:");
  for (const json& item : inbox["items"]) {
    stage.Say("  " + item["notice_date"].get<std::string>() + "  " +
              item["title"].get<std::string>());
  }
  ASSIGN_OR_RETURN(const json stats,
                   stage.Read("", "notify.v1.DeliveryService/GetDeliveryStats", json::object()));
  stage.Say("thư điện tử: đã gửi " + stats["sent"].get<std::string>() + ", đang chờ " +
            stats["pending"].get<std::string>() + ", hỏng " + stats["failed"].get<std::string>() +
            ", có thể lặp " + stats["possible_repeats"].get<std::string>());
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
