#include "thiduactl/commands.h"

#include <fstream>
#include <iostream>
#include <sstream>

#include "platform/status.h"

namespace thidua::ctl {

const std::vector<Flag>& CommonFlags() {
  static const auto* const kFlags = new std::vector<Flag>{
      {"server", "HOST:CỔNG", "máy chủ; mặc định 127.0.0.1:<THIDUA_PORT_BASE + 43>"},
      {"ca", "TỆP", "chứng thư CA của máy chủ; mặc định <THIDUA_VAR>/tls/ca.crt"},
      {"keys", "THƯ_MỤC", "khóa ký của lần chạy tại máy; mặc định <THIDUA_VAR>/keys"},
      {"token", "MÃ", "mã truy cập, cũng từ THIDUA_TOKEN; mặc định quyền khởi tạo tại máy"},
      {"as", "MÃ_CÁN_BỘ", "người thực hiện (chạy tại máy)"},
      {"json", "", "in JSON; lỗi cũng là JSON, ở stderr: {\"error\": {\"reason\", …}}"},
      {"retry_for", "THỜI_GIAN", "gặp UNAVAILABLE thì thử lại trong chừng ấy, ví dụ 30s"},
  };
  return *kFlags;
}

const std::vector<Command>& Commands() {
  static const Flag kCheckOnly = {"validate_only", "",
                                  "chỉ kiểm tra, không lưu; có dòng sai thì kết thúc với lỗi"};
  static const auto* const kCommands = new std::vector<Command>{
      {{"help"}, "[LỆNH]", "các lệnh, hoặc một lệnh và các cờ của nó", PrintHelp, {}, false},
      {{"token"}, "[--as MÃ_CÁN_BỘ]", "in mã truy cập (mặc định: quyền khởi tạo)", PrintToken},
      {{"keys", "generate"},
       "THƯ_MỤC",
       "tạo khóa ký và danh sách khóa tin cậy",
       KeysGenerate,
       {},
       false},
      {{"health"}, "ĐỊA_CHỈ", "hỏi một dịch vụ gRPC tại máy có sẵn sàng không", Health, {}, false},
      {{"call"}, "DỊCH_VỤ/HÀM [JSON]", "gọi một rpc bất kỳ bằng JSON", CallMethod},
      {{"clock", "show"}, "", "giờ nghiệp vụ", ClockShow},
      {{"clock", "set"},
       "YYYY-MM-DD[THH:MM]",
       "dời giờ nghiệp vụ (chỉ ở chế độ local/test), đợi đến khi mọi việc đã yên",
       ClockSet},
      {{"feeds", "wait"},
       "",
       "đợi đến khi mọi việc đã yên: sự kiện đã đọc kịp, lời nhắc đến hạn đã xử lý, thư đã gửi",
       FeedsWait},
      {{"units", "list"}, "[NGÀY]", "các đơn vị, tại một ngày", UnitsList},
      {{"units", "show"}, "MÃ [NGÀY]", "một đơn vị theo mã định danh", UnitsShow},
      {{"units", "import"},
       "TỆP.csv",
       "nhập đơn vị: cả tệp hoặc không dòng nào",
       UnitsImport,
       {kCheckOnly}},
      {{"people", "import"},
       "TỆP.csv",
       "nhập người: cả tệp hoặc không dòng nào",
       PeopleImport,
       {kCheckOnly}},
      {{"roles", "import"},
       "TỆP.csv",
       "nhập vai trò: cả tệp hoặc không dòng nào",
       RolesImport,
       {kCheckOnly}},
      {{"tasks", "import"},
       "plans/ID TỆP.csv",
       "nhập nhiệm vụ của một kế hoạch: cả tệp hoặc không dòng nào",
       TasksImport,
       {kCheckOnly}},
      {{"units", "template"}, "", "mẫu tệp đơn vị, kèm giải thích", UnitsTemplate, {}, false},
      {{"people", "template"}, "", "mẫu tệp người, kèm giải thích", PeopleTemplate, {}, false},
      {{"roles", "template"}, "", "mẫu tệp vai trò, kèm giải thích", RolesTemplate, {}, false},
      {{"tasks", "template"}, "", "mẫu tệp nhiệm vụ, kèm giải thích", TasksTemplate, {}, false},
      {{"plans", "list"}, "", "các kế hoạch", PlansList},
      {{"plans", "show"},
       "plans/ID",
       "một kế hoạch: trạng thái, điều còn thiếu, cảnh báo",
       PlansShow},
      {{"plans", "acknowledgements"},
       "plans/ID",
       "đơn vị nào đã, đơn vị nào chưa quán triệt kế hoạch",
       PlansAcknowledgements},
      {{"plans", "reviews"},
       "plans/ID",
       "các mốc sơ kết, tổng kết: đã tổ chức hội nghị chưa",
       PlansReviews},
      {{"reports", "missing"}, "plans/ID [KỲ]", "ai chưa nộp báo cáo", ReportsMissing},
      {{"report", "movement"},
       "plans/ID NĂM",
       "báo cáo năm của phong trào (Markdown), gồm cả xếp hạng, sáng kiến, khen thưởng",
       ReportMovement},
      {{"work", "list"}, "[MÃ_ĐƠN_VỊ]", "việc đang chờ người thực hiện", WorkList},
      {{"issues", "list"}, "[plans/ID]", "các vướng mắc", IssuesList},
      {{"issues", "show"}, "planIssues/ID", "một vướng mắc và quá trình giải quyết", IssuesShow},
      {{"exemplars", "list"}, "[plans/ID]", "các gương điển hình tiên tiến", ExemplarsList},
      {{"dossiers", "push"},
       "TỆP.csv",
       "đẩy hồ sơ TTHC qua luồng gRPC; bị ngắt thì nối tiếp từ phần đã xác nhận",
       DossiersPush,
       {{"import_id", "TÊN",
         "tên đợt đẩy; mặc định lấy từ SHA-256 của tệp: tệp đã nhận trọn không đẩy lại, tệp còn "
         "dòng "
         "bị từ chối thì đẩy lại trong đợt mới (…-2, -3)"},
        {"validate_only", "", "chỉ kiểm tra, không lưu; có dòng sai thì kết thúc với lỗi"}}},
      {{"rankings", "list"}, "", "các bảng xếp hạng đã công bố", RankingsList},
      {{"rankings", "show"}, "publications/ID", "một bảng xếp hạng đã công bố", RankingsShow},
      {{"rankings", "why"}, "publications/ID MÃ_ĐƠN_VỊ", "vì sao có thứ hạng này", RankingsWhy},
      {{"rankings", "replay"},
       "publications/ID",
       "tính lại từ bản chụp, so SHA-256",
       RankingsReplay},
      {{"decisions", "download"},
       "decisions/ID TỆP.pdf",
       "tải văn bản quyết định khen thưởng; dự thảo thì tải bản xem trước",
       DecisionsDownload},
      {{"certificates", "verify"}, "MÃ", "kiểm tra một giấy khen", CertificatesVerify},
      {{"audit", "verify"},
       "[DỊCH_VỤ]",
       "kiểm tra nhật ký chống sửa đổi, so với bản sao gốc đã ký giữ ngoài cơ sở dữ liệu",
       AuditVerify,
       {{"tree_heads", "THƯ_MỤC",
         "nơi có <DỊCH_VỤ>/tree_heads.jsonl; mặc định <THIDUA_VAR>/files"}}},
      {{"state", "digest"},
       "",
       "băm trạng thái theo khóa nghiệp vụ, khi mọi việc đã yên",
       StateDigest},
      {{"state", "show"},
       "",
       "cả trạng thái ấy dưới dạng JSON, để so hai lần chạy với nhau",
       StateShow},
      {{"demo"},
       "",
       "chạy trình diễn từ kế hoạch phát động đến giấy khen",
       Demo,
       {{"demo_data", "THƯ_MỤC", "đơn vị, người, vai trò, kế hoạch; mặc định deploy/demo/data"},
        {"dossiers", "SỐ", "hồ sơ của hai năm, bội số của 200; mặc định 100000"},
        {"last_step", "SỐ", "dừng sau bước này, 1..10"}}},
  };
  return *kCommands;
}

std::string ShortName(const std::string& name, const std::string& prefix) {
  return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
}

absl::Status Show(Session& session, const json& value, absl::FunctionRef<void(const json&)> human) {
  if (session.options().json) {
    std::cout << value.dump(2) << "\n";
  } else {
    human(value);
  }
  return absl::OkStatus();
}

absl::Status WrongArguments(const std::string& expected) {
  return platform::InvalidField("arguments", "ARGUMENTS_WRONG",
                                {"cần: thiduactl " + expected, "expected: thiduactl " + expected});
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return platform::InvalidField("file", "FILE_NOT_READABLE",
                                  {"không đọc được tệp " + path, "cannot read " + path});
  }
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace thidua::ctl
