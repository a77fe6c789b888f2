#include "thiduactl/paging.h"

#include "platform/status_macros.h"

namespace thidua::ctl {

absl::StatusOr<json> ListAll(Session& session, const std::string& method, const std::string& items,
                             json request) {
  json all = json::array();
  for (;;) {
    ASSIGN_OR_RETURN(const json page, session.Call(method, request));
    for (const json& item : page[items]) all.push_back(item);
    const std::string next = page.value("next_page_token", std::string());
    if (next.empty()) return all;
    request["page_token"] = next;
  }
}

}  // namespace thidua::ctl
