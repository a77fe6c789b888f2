#include "campaign/requests/mask.h"

#include <algorithm>

namespace thidua::campaign {

void CheckMask(const google::protobuf::FieldMask& mask, const std::set<std::string>& known,
               Fields* fields) {
  if (mask.paths().empty()) {
    fields->Refuse("update_mask", "UPDATE_MASK_EMPTY",
                   {"chưa nêu trường cần sửa", "no field to change is named"});
  }
  for (const std::string& path : mask.paths()) {
    if (known.count(path) == 0) {
      fields->Refuse(
          "update_mask", "UPDATE_MASK_UNKNOWN",
          {"trường " + path + " không sửa được", "field " + path + " cannot be changed"});
    }
  }
}

bool Has(const google::protobuf::FieldMask& mask, std::string_view path) {
  return std::find(mask.paths().begin(), mask.paths().end(), path) != mask.paths().end();
}

}  // namespace thidua::campaign
