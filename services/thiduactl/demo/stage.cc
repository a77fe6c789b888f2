#include "thiduactl/demo/stage.h"

#include <cstdio>
#include <iostream>

#include "platform/clock.h"
#include "platform/hash.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"

namespace thidua::ctl::demo {
namespace {

// A one-page PDF with one line of text, the same bytes for the same text.
std::string SmallPdf(const std::string& text) {
  std::string ascii;
  for (const char c : text)
    ascii.push_back(c >= 32 && c < 127 && c != '(' && c != ')' && c != '\\' ? c : '.');
  const std::string content = "BT /F1 14 Tf 60 760 Td (" + ascii + ") Tj ET";
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      std::string("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ") +
          "/Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"};
  std::string pdf = "%PDF-1.4\n";
  std::vector<size_t> offsets;
  for (size_t i = 0; i < objects.size(); ++i) {
    offsets.push_back(pdf.size());
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const size_t table = pdf.size();
  pdf += "xref\n0 6\n0000000000 65535 f \n";
  for (const size_t offset : offsets) {
    char line[32];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", offset);
    pdf += line;
  }
  return pdf + "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + std::to_string(table) +
         "\n%%EOF\n";
}

}  // namespace

Stage::Stage(Session& session, std::string data_directory)
    : session_(session), data_(std::move(data_directory)) {}

void Stage::Title(int number, const std::string& text) {
  std::cout << "\n── Bước " << number << ". " << text << "\n" << std::flush;
}

void Stage::Say(const std::string& text) { std::cout << "   " << text << "\n" << std::flush; }

absl::StatusOr<json> Stage::Act(const std::string& act, const std::string& staff,
                                const std::string& method, json request) {
  request["request_id"] = "demo-" + act;
  absl::StatusOr<json> answer = Read(staff, method, request);
  if (!answer.ok()) std::cerr << "   hành động \"" << act << "\" (" << method << ") không được:\n";
  return answer;
}

absl::StatusOr<json> Stage::Read(const std::string& staff, const std::string& method,
                                 const json& request) {
  if (!staff.empty()) return session_.CallAs(staff, method, request);
  ASSIGN_OR_RETURN(const std::string token, session_.BootstrapToken());
  return session_.client().Call(method, request, token);
}

absl::Status Stage::MustRefuse(const std::string& reason, const std::string& staff,
                               const std::string& method, json request) {
  request["request_id"] = "demo-must-refuse";
  const absl::StatusOr<json> answer = Read(staff, method, request);
  if (answer.ok())
    return absl::InternalError(method + " phải bị từ chối " + reason + " mà lại được nhận");
  const std::string got = platform::ReasonOf(answer.status());
  std::string fields;
  for (const auto& field : platform::FieldsOf(answer.status())) fields += field.reason + " ";
  if (got != reason && fields.find(reason) == std::string::npos) return answer.status();
  Say("bị từ chối đúng lẽ: " + ErrorLine(answer.status()));
  return absl::OkStatus();
}

absl::Status Stage::MoveTime(const std::string& date, int hour) {
  ASSIGN_OR_RETURN(const absl::CivilDay day, platform::ParseDate(date, "date"));
  // What was done before has its effects on the day on which it was done: a reminder that is no
  // longer needed is called off before its time comes.
  RETURN_IF_ERROR(CatchUp());
  ASSIGN_OR_RETURN(const std::string token, session_.BootstrapToken());
  const absl::Time time = absl::FromCivil(absl::CivilHour(day) + hour, platform::VietnamTime());
  const json request = {
      {"business_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone())},
      {"reason", "Trình diễn: dời giờ nghiệp vụ đến " + platform::FormatDateVi(day)},
      {"request_id", "demo-time-" + date + (hour == 8 ? "" : "-" + std::to_string(hour))}};
  ASSIGN_OR_RETURN(const json now, session_.client().Call(
                                       "campaign.v1.ClockService/SetBusinessTime", request, token));
  RETURN_IF_ERROR(CatchUp());
  Say((hour == 8 ? "⏱ hôm nay là " : "⏱ " + std::to_string(hour) + " giờ ngày ") +
      platform::FormatDateVi(day));
  return absl::OkStatus();
}

absl::Status Stage::CatchUp() { return WaitForRest(session_); }

absl::StatusOr<json> Stage::Person(const std::string& staff) {
  ASSIGN_OR_RETURN(const json found,
                   Read("", "campaign.v1.DirectoryService/ListPeople", {{"staff_code", staff}}));
  if (found["people"].empty()) return absl::NotFoundError("không có người mang mã " + staff);
  return found["people"][0];
}

absl::StatusOr<std::string> Stage::DataFile(const std::string& file) const {
  return ReadFile(data_ + "/" + file);
}

absl::StatusOr<std::string> Stage::Upload(const std::string& act, const std::string& service,
                                          const std::string& staff, const std::string& unit,
                                          const std::string& file_name, const std::string& text) {
  const std::string bytes = SmallPdf(text);
  const std::string files = service + ".v1.FilesService/";
  ASSIGN_OR_RETURN(const json started, Act(act + "-start", staff, files + "StartUpload",
                                           {{"unit", unit},
                                            {"file_name", file_name},
                                            {"media_type", "application/pdf"},
                                            {"size_bytes", std::to_string(bytes.size())},
                                            {"sha256", platform::Sha256Hex(bytes)}}));
  const std::string name = started["name"].get<std::string>();
  RETURN_IF_ERROR(Read(staff, files + "UploadPart",
                       {{"name", name},
                        {"offset", "0"},
                        {"data", Base64(bytes)},
                        {"sha256", platform::Sha256Hex(bytes)}})
                      .status());
  RETURN_IF_ERROR(
      Act(act + "-complete", staff, files + "CompleteUpload", {{"name", name}}).status());
  return name;
}

}  // namespace thidua::ctl::demo
