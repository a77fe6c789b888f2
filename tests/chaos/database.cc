#include "chaos/database.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace thidua::chaos {

std::string Sql(e2e::Stack& stack, const std::string& statements) {
  std::string output;
  EXPECT_EQ(stack.Shell("mariadb --no-defaults --socket=\"$THIDUA_VAR/mariadb/socket\" --user=root "
                        "--batch --skip-column-names --execute=\"" +
                            statements + "\"",
                        &output),
            0)
      << statements << "\n"
      << output;
  output.erase(output.find_last_not_of('\n') + 1);
  return output;
}

void ExpectPlacesGapless(e2e::Stack& stack) {
  for (const char* service : {"campaign", "scoring", "awards", "notify"}) {
    const std::string schema = std::string("thidua_") + service;
    EXPECT_EQ(Sql(stack,
                  absl::StrCat(
                      "SELECT COUNT(*) > 0 AND COUNT(*) = COUNT(position) AND COUNT(*) = "
                      "COUNT(DISTINCT position) AND COUNT(*) = MAX(position) AND MIN(position) = 1 "
                      "AND MAX(position) = (SELECT position FROM ",
                      schema, ".feed_head) FROM ", schema, ".events")),
              "1")
        << service << ": all, placed, distinct, last, head: "
        << Sql(stack, absl::StrCat("SELECT COUNT(*), COUNT(position), COUNT(DISTINCT position), "
                                   "MAX(position), (SELECT position FROM ",
                                   schema, ".feed_head) FROM ", schema, ".events"));
  }
}

}  // namespace thidua::chaos
