// What no data source tells and an agency vouches for: a survey of how content people are, and
// registers of yearly counts. All figures are the demo's own, and each says so.
#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {
namespace {

constexpr char kSurveys[] = "scoring.v1.SurveyService/";
constexpr char kMadeUp[] = "Số liệu do bản trình diễn đặt ra, không phải của văn bản nào";

absl::StatusOr<json> Csv(Stage& stage, const std::string& file) {
  ASSIGN_OR_RETURN(const std::string text, stage.DataFile(file));
  return json{{"content_type", "text/csv"}, {"data", Base64(text)}};
}

absl::Status MustBeApplied(const std::string& file, const json& report) {
  if (report.value("applied", false)) return absl::OkStatus();
  return absl::InternalError(file + " không nhập được: " + report["errors"].dump());
}

// A survey from its draft to its publication; its name.
absl::StatusOr<std::string> Survey(Stage& stage, const std::string& act, const std::string& file,
                                   json survey) {
  survey["unit"] = stage.Unit("H00.20");
  survey["kind"] = "sipas";
  survey["year"] = 2023;
  survey["scale"] = "Thang 5 mức; tỷ lệ trả lời hài lòng và rất hài lòng";
  survey["source_note"] = kMadeUp;
  ASSIGN_OR_RETURN(
      const json draft,
      stage.Act(act, "KN-PNV-01", absl::StrCat(kSurveys, "CreateSurvey"), {{"survey", survey}}));
  ASSIGN_OR_RETURN(const json content, Csv(stage, file));
  ASSIGN_OR_RETURN(const json report, stage.Act(act + "-results", "KN-PNV-01",
                                                absl::StrCat(kSurveys, "ImportSurveyResults"),
                                                {{"name", draft["name"]}, {"content", content}}));
  RETURN_IF_ERROR(MustBeApplied(file, report));
  // The second version is the one with its results.
  ASSIGN_OR_RETURN(const json published,
                   stage.Act(act + "-publish", "KN-PNV-01", absl::StrCat(kSurveys, "PublishSurvey"),
                             {{"name", draft["name"]}, {"etag", "\"2\""}}));
  stage.Say(absl::StrCat(published["title"].get<std::string>(), ": ",
                         published["unit_count"].get<int>(), " đơn vị, ",
                         published["respondent_count"].get<std::string>(), " phiếu"));
  return draft["name"].get<std::string>();
}

absl::Status Register(Stage& stage, const std::string& kind, const std::string& file,
                      const std::string& number, const std::string& what) {
  ASSIGN_OR_RETURN(const json content, Csv(stage, file));
  ASSIGN_OR_RETURN(const json report, stage.Act("register-" + kind, "KN-PNV-01",
                                                "scoring.v1.RegisterService/ImportRegister",
                                                {{"unit", stage.Unit("H00.20")},
                                                 {"kind", "REGISTER_KIND_" + kind},
                                                 {"year", 2023},
                                                 {"document_number", number},
                                                 {"document_date", "2024-01-19"},
                                                 {"document_issuer", "UBND huyện Krông Nô"},
                                                 {"source_note", kMadeUp},
                                                 {"content", content}}));
  RETURN_IF_ERROR(MustBeApplied(file, report));
  stage.Say(
      absl::StrCat("sổ ", what, " theo ", number, ": ", report["row_count"].get<int>(), " đơn vị"));
  return absl::OkStatus();
}

}  // namespace

absl::Status PlayFigures(Stage& stage) {
  ASSIGN_OR_RETURN(stage.survey,
                   Survey(stage, "survey-2023", "surveys/sipas-2023.csv",
                          {{"title", "Điều tra mức độ hài lòng năm 2023 (trình diễn)"},
                           {"period_start", "2023-10-01"},
                           {"period_end", "2023-11-30"},
                           {"source_document",
                            {{"number", "15/BC-UBND (trình diễn)"},
                             {"issue_date", "2024-01-10"},
                             {"issuer", "UBND huyện Krông Nô"},
                             {"subject", "Kết quả điều tra xã hội học năm 2023"}}}}));
  RETURN_IF_ERROR(Register(stage, "ONE_STOP_PROCEDURES", "registers/one-stop-procedures-2023.csv",
                           "21/BC-UBND (trình diễn)", "thủ tục thực hiện tại bộ phận một cửa"));
  RETURN_IF_ERROR(Register(stage, "WRONG_DOSSIERS", "registers/wrong-dossiers-2023.csv",
                           "22/BC-UBND (trình diễn)", "hồ sơ giải quyết sai sót"));
  RETURN_IF_ERROR(Register(stage, "VIOLATIONS", "registers/violations-2023.csv",
                           "23/BC-UBND (trình diễn)", "vi phạm kỷ luật, kỷ cương hành chính"));
  return Register(stage, "PETITIONS", "registers/petitions-2023.csv", "24/BC-UBND (trình diễn)",
                  "phản ánh, khiếu nại, tố cáo");
}

absl::Status CorrectSurvey(Stage& stage) {
  return Survey(stage, "survey-2023-corrected", "surveys/sipas-2023-bo-sung.csv",
                {{"title", "Điều tra mức độ hài lòng năm 2023, có bổ sung (trình diễn)"},
                 {"period_start", "2023-10-01"},
                 {"period_end", "2024-02-09"},
                 {"corrects", stage.survey},
                 {"correction_reason",
                  "Điều tra lần đầu bỏ sót Văn phòng HĐND và UBND huyện; số liệu của các đơn vị "
                  "khác giữ nguyên"},
                 {"source_document",
                  {{"number", "31/BC-UBND (trình diễn)"},
                   {"issue_date", "2024-02-15"},
                   {"issuer", "UBND huyện Krông Nô"},
                   {"subject", "Kết quả điều tra xã hội học bổ sung năm 2023"}}}})
      .status();
}

}  // namespace thidua::ctl::demo
