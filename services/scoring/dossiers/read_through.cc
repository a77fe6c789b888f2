#include "scoring/dossiers/read_through.h"

#include "platform/status.h"

namespace thidua::scoring::dossiers {

absl::Status ReadThrough::Run(const platform::Call& call,
                              absl::FunctionRef<absl::Status()> attempt) {
  absl::Status first = attempt();
  if (!missed_) return first;
  asked_ = true;
  if (!campaign_->CatchUp(call.deadline()).ok()) {
    return platform::Unavailable(
        "UNITS_NOT_CURRENT",
        {"Có mã đơn vị chưa biết mà hiện không đọc được danh mục đơn vị mới nhất; chưa nhận dòng "
         "nào của gói, hãy gửi lại sau giây lát",
         "A unit code is unknown here and the newest units cannot be read now; no row of the chunk "
         "was taken, send it again shortly"},
        absl::Seconds(2));
  }
  return attempt();
}

absl::Status ReadThrough::OnMiss() {
  if (campaign_ == nullptr || asked_) return absl::OkStatus();
  missed_ = true;
  return absl::AbortedError("a unit code is not known here so far");
}

}  // namespace thidua::scoring::dossiers
