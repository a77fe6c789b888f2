#include "thiduactl/commands.h"

#include <fstream>
#include <iostream>
#include <sstream>

#include "platform/status.h"

namespace thidua::ctl {

const std::vector<Command>& Commands() {
  static const auto* const kCommands = new std::vector<Command>{
      {{"token"}, "[--as MÃ_CÁN_BỘ]", "in mã truy cập (mặc định: quyền khởi tạo)", PrintToken},
      {{"keys", "generate"}, "THƯ_MỤC", "tạo khoá ký và danh sách khoá tin cậy", KeysGenerate},
      {{"health"}, "ĐỊA_CHỈ", "hỏi một dịch vụ gRPC có sẵn sàng không", Health},
      {{"call"}, "DỊCH_VỤ/HÀM [JSON]", "gọi một rpc bất kỳ bằng JSON", CallMethod},
      {{"clock", "show"}, "", "giờ nghiệp vụ", ClockShow},
      {{"clock", "set"}, "YYYY-MM-DD[THH:MM]", "dời giờ nghiệp vụ (hồ sơ local/test)", ClockSet},
      {{"feeds", "wait"}, "", "đợi mọi dịch vụ đọc kịp sự kiện của nhau", FeedsWait},
      {{"units", "list"}, "[NGÀY]", "các đơn vị, tại một ngày", UnitsList},
      {{"units", "show"}, "MÃ [NGÀY]", "một đơn vị theo mã định danh", UnitsShow},
      {{"units", "import"}, "TỆP.csv", "nhập đơn vị", UnitsImport},
      {{"people", "import"}, "TỆP.csv", "nhập người", PeopleImport},
      {{"roles", "import"}, "TỆP.csv", "nhập vai trò", RolesImport},
      {{"plans", "list"}, "", "các kế hoạch", PlansList},
      {{"plans", "show"},
       "plans/ID",
       "một kế hoạch: trạng thái, điều còn thiếu, cảnh báo",
       PlansShow},
      {{"dossiers", "push"},
       "TỆP.csv [--import_id ID]",
       "đẩy hồ sơ TTHC qua luồng gRPC",
       DossiersPush},
      {{"rankings", "list"}, "", "các bảng xếp hạng đã công bố", RankingsList},
      {{"rankings", "show"}, "publications/ID", "một bảng xếp hạng đã công bố", RankingsShow},
      {{"rankings", "why"}, "publications/ID MÃ_ĐƠN_VỊ", "vì sao có thứ hạng này", RankingsWhy},
      {{"rankings", "replay"},
       "publications/ID",
       "tính lại từ bản chụp, so SHA-256",
       RankingsReplay},
      {{"certificates", "verify"}, "MÃ", "kiểm tra một giấy khen", CertificatesVerify},
      {{"audit", "verify"}, "[DỊCH_VỤ]", "kiểm tra nhật ký chống sửa đổi", AuditVerify},
      {{"state", "digest"}, "", "băm trạng thái theo khoá nghiệp vụ", StateDigest},
      {{"demo"}, "", "chạy trình diễn từ kế hoạch phát động đến giấy khen", RunDemo},
  };
  return *kCommands;
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
