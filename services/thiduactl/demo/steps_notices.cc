// Step 10: the yearly report, what waits for whom, what people were told.
#include "platform/status_macros.h"
#include "thiduactl/demo/movement_acts.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {

absl::Status ShowNotices(Stage& stage) {
  stage.Title(10, "Báo cáo năm, việc đang chờ, thông báo");
  RETURN_IF_ERROR(ReportYear(stage));
  RETURN_IF_ERROR(ShowPendingWork(stage));
  ASSIGN_OR_RETURN(const json inbox, stage.Read("KN-DM-01", "notify.v1.InboxService/ListInbox",
                                                {{"page_size", 100}}));
  stage.Say("hộp thư của công chức thị trấn Đắk Mâm:");
  for (const json& item : inbox["items"]) {
    stage.Say("  " + item["notice_date"].get<std::string>() + "  " +
              item["title"].get<std::string>());
  }
  ASSIGN_OR_RETURN(const json stats,
                   stage.Read("", "notify.v1.DeliveryService/GetDeliveryStats", json::object()));
  stage.Say("thư điện tử và SMS: đã gửi " + stats["sent"].get<std::string>() + ", đang chờ " +
            stats["pending"].get<std::string>() + ", gửi không thành công " +
            stats["failed"].get<std::string>() + ", có thể lặp " +
            stats["possible_repeats"].get<std::string>());
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
