#include "campaign/requests/attachments.h"

#include "platform/files/store.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign {

absl::Status CheckAttachments(db::Session& session, const std::vector<std::string>& files,
                              const std::vector<std::string>& unit_ids, const std::string& field) {
  if (files.size() > kMostAttachments) {
    return platform::InvalidField(field, "FILES_TOO_MANY",
                                  {"nhiều nhất 10 tệp", "at most 10 files"});
  }
  for (size_t i = 0; i < files.size(); ++i) {
    absl::Status refused;
    for (const std::string& unit : unit_ids) {
      refused =
          files::RequireComplete(session, files[i], unit, field + "[" + std::to_string(i) + "]")
              .status();
      if (refused.ok()) break;
    }
    RETURN_IF_ERROR(refused);
  }
  return absl::OkStatus();
}

}  // namespace thidua::campaign
