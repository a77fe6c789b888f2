// Update masks in requests: which fields a caller may name.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "campaign/requests/fields.h"
#include "google/protobuf/field_mask.pb.h"

namespace thidua::campaign {

// UPDATE_MASK_EMPTY, UPDATE_MASK_UNKNOWN.
void CheckMask(const google::protobuf::FieldMask& mask, const std::set<std::string>& known,
               Fields* fields);
bool Has(const google::protobuf::FieldMask& mask, std::string_view path);

}  // namespace thidua::campaign
