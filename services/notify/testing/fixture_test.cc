#include "notify/testing/fixture.h"

namespace thidua::notify {

int NotifyTest::Count(const std::string& from) {
  return std::stoi(Column("SELECT CAST(COUNT(*) AS CHAR) FROM " + from).at(0));
}

int NotifyTest::EventCount(const std::string& type) {
  return Count("events WHERE type = 'thidua.notify.v1." + type + "'");
}

}  // namespace thidua::notify
