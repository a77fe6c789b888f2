#include "thiduactl/demo/award_acts.h"

#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"

namespace thidua::ctl::demo {
namespace {

const char* ResultVi(const std::string& result) {
  return result == "STANDARD_RESULT_MET"       ? "đạt"
         : result == "STANDARD_RESULT_NOT_MET" ? "không đạt"
                                               : "chưa biết";
}

const char* SourceVi(const std::string& source) {
  return source == "STANDARD_SOURCE_RANKING"          ? "kết quả xếp hạng đã công bố"
         : source == "STANDARD_SOURCE_REPORTS"        ? "sổ báo cáo định kỳ"
         : source == "STANDARD_SOURCE_TASKS"          ? "sổ nhiệm vụ của kế hoạch"
         : source == "STANDARD_SOURCE_INITIATIVES"    ? "sổ sáng kiến"
         : source == "STANDARD_SOURCE_CLASSIFICATION" ? "sổ xếp loại chất lượng"
         : source == "STANDARD_SOURCE_CONFIRMATION"   ? "xác nhận của người thẩm định"
                                                      : "(không có nguồn)";
}

struct Confirmed {
  const char* standard;
  const char* note;
  int activities;  // 0: the standard counts none
};

absl::StatusOr<bool> ConfirmAndCheck(Stage& stage, const Candidate& candidate,
                                     const std::vector<Confirmed>& confirmed) {
  for (const Confirmed& one : confirmed) {
    const std::string act = candidate.act + "confirm-" + one.standard;
    ASSIGN_OR_RETURN(
        const std::string file,
        stage.Upload(act, "awards", kCoordinator, stage.Unit("H00.20.01"), "xac-nhan.pdf", act));
    json request = {{"name", candidate.nomination},
                    {"standard_id", one.standard},
                    {"result", "STANDARD_RESULT_MET"},
                    {"file", file},
                    {"note", one.note}};
    if (one.activities > 0) request["activity_count"] = one.activities;
    RETURN_IF_ERROR(
        stage.Act(act, kCoordinator, std::string(kNominations) + "ConfirmStandard", request)
            .status());
  }
  ASSIGN_OR_RETURN(const json check, stage.Act(candidate.act + "standards", kCoordinator,
                                               std::string(kNominations) + "CheckStandards",
                                               {{"name", candidate.nomination}}));
  bool unknown = false;
  stage.Say("tiêu chuẩn của " + candidate.who + ":");
  for (const json& finding : check["findings"]) {
    unknown = unknown || finding["result"] == "STANDARD_RESULT_NOT_KNOWN";
    stage.Say("  " + finding["standard_id"].get<std::string>() + ": " +
              ResultVi(finding["result"].get<std::string>()) + ", theo " +
              SourceVi(finding["source"].get<std::string>()) + " — " +
              finding["explanation"].get<std::string>());
  }
  return unknown;
}

}  // namespace

absl::StatusOr<std::string> OfficerOf(const Stage& stage, const std::string& unit) {
  for (const Participant& one : Everybody()) {
    if (stage.Unit(one.code) == unit) return std::string(one.officer);
  }
  return absl::NotFoundError("không có đầu mối của " + unit);
}

absl::StatusOr<json> MakeCouncil(Stage& stage, const Council& council) {
  json members = json::array();
  for (const char* staff : kCouncilMembers) {
    ASSIGN_OR_RETURN(const json person, stage.Person(staff));
    json member = {{"person", person["name"]},
                   {"role", "COUNCIL_ROLE_MEMBER"},
                   {"unit", stage.Unit("H00.20")},
                   {"position", absl::StrCat("Ủy viên ", council.called)},
                   {"valid_from", "2022-01-01"}};
    if (members.empty()) {
      member["role"] = "COUNCIL_ROLE_CHAIR";
      member["position"] = absl::StrCat("Chủ tịch ", council.called);
    } else if (council.has_secretary && members.size() + 1 == std::size(kCouncilMembers)) {
      member["role"] = "COUNCIL_ROLE_SECRETARY";
      member["position"] = absl::StrCat("Ủy viên thường trực, Thư ký ", council.called);
    }
    members.push_back(std::move(member));
  }
  json rule = council.rule;
  rule["quorum"] = {{"numerator", "2"}, {"denominator", "3"}};
  rule["valid_from"] = "2022-01-01";
  return stage.Act(council.act, kCoordinator, std::string(kCouncils) + "CreateCouncil",
                   {{"council",
                     {{"unit", stage.Unit("H00.20")},
                      {"kind", council.kind},
                      {"title", council.title},
                      {"members", members},
                      {"voting_rules", json::array({rule})},
                      {"legal_basis", "Quyết định thành lập của bản trình diễn"}}}});
}

absl::StatusOr<json> NominationNow(Stage& stage, const std::string& nomination) {
  return stage.Read(kCoordinator, std::string(kNominations) + "GetNomination",
                    {{"name", nomination}});
}

absl::Status FileDossier(Stage& stage, const Candidate& candidate, const std::string& act) {
  const struct {
    const char* kind;
    const char* file;
  } kDocuments[] = {{"SUBMISSION_LETTER", "to-trinh.pdf"},
                    {"MINUTES", "bien-ban-hop-hoi-dong.pdf"},
                    {"ACHIEVEMENT_REPORT", "bao-cao-thanh-tich.pdf"}};
  json documents = json::array();
  const std::string named = candidate.act + act;
  for (const auto& document : kDocuments) {
    ASSIGN_OR_RETURN(const std::string file,
                     stage.Upload(named + "-" + document.kind, "awards", candidate.officer,
                                  candidate.unit, document.file, named + " " + document.kind));
    documents.push_back({{"kind", std::string("DOCUMENT_KIND_") + document.kind}, {"file", file}});
  }
  return stage
      .Act(named, candidate.officer, std::string(kNominations) + "FileAwardDossier",
           {{"name", candidate.nomination}, {"documents", documents}, {"original_sets", 1}})
      .status();
}

absl::StatusOr<bool> ConfirmUnit(Stage& stage, const Candidate& candidate) {
  return ConfirmAndCheck(
      stage, candidate,
      {{"2.1.1", "Đã ban hành kế hoạch, văn bản chỉ đạo cải cách hành chính năm 2023", 0},
       {"2.1.2", "Kế hoạch tuyên truyền, hình ảnh các hoạt động trong năm", 6},
       {"2.1.6", "Biên bản kiểm tra bộ phận một cửa: thực hiện đúng quy định", 0},
       {"2.1.8", "Ủy ban kiểm tra và bộ phận tiếp dân: không có kỷ luật, không có đơn thư", 0}});
}

absl::StatusOr<bool> ConfirmPerson(Stage& stage, const Candidate& candidate) {
  return ConfirmAndCheck(
      stage, candidate,
      {{"2.2.2", "Chấp hành tốt kỷ cương hành chính; không có phản ánh, đơn thư trong năm", 0}});
}

absl::Status Appraise(Stage& stage, const Candidate& candidate, bool unknown) {
  json request = {{"name", candidate.nomination}, {"note", "Hồ sơ đủ thành phần, 01 bộ bản chính"}};
  if (unknown) request["unknown_standards_reason"] = kUnknownReason;
  return stage
      .Act(candidate.act + "appraise", kCoordinator,
           std::string(kNominations) + "AppraiseAwardDossier", request)
      .status();
}

absl::Status Reject(Stage& stage, const Candidate& candidate, const std::string& reason) {
  ASSIGN_OR_RETURN(const json now, NominationNow(stage, candidate.nomination));
  // A repeated run finds it rejected, and another refusal.
  if (now["state"] == "NOMINATION_STATE_FILED") {
    RETURN_IF_ERROR(stage.MustRefuse(
        "STANDARD_NOT_MET", kCoordinator, std::string(kNominations) + "AppraiseAwardDossier",
        {{"name", candidate.nomination}, {"unknown_standards_reason", "Trình Hội đồng xem xét"}}));
  }
  RETURN_IF_ERROR(stage
                      .Act(candidate.act + "reject", kCoordinator,
                           std::string(kNominations) + "RejectAwardDossier",
                           {{"name", candidate.nomination}, {"reason", reason}})
                      .status());
  stage.Say("không đủ điều kiện: " + candidate.who + " — " + reason);
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
