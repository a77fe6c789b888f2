// The yearly report on a movement in forms to pass on, in Vietnamese.
#pragma once

#include <string>

#include "thidua/campaign/v1/movement_report.pb.h"

namespace thidua::campaign::records {

// A page without scripts.
std::string RenderHtml(const v1::MovementReport& report);
// Section, figure, value; RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8.
std::string RenderCsv(const v1::MovementReport& report);

}  // namespace thidua::campaign::records
