#include "notify/channels/outcome.h"

#include <vector>

#include "gtest/gtest.h"

namespace thidua::notify::channels {
namespace {

TEST(SmtpOutcome, R_NOT_40_Table) {
  struct Case {
    const char* what;
    Conversation conversation;
    Outcome outcome;
  };
  for (const Case& c : std::vector<Case>{
           {"taken over", {true, "DATA", true, 250, true}, Outcome::kSent},
           {"nobody listens", {false, "", false, 0, false}, Outcome::kTransient},
           {"greeting 421", {false, "", false, 421, false}, Outcome::kTransient},
           {"greeting 554 is about us", {false, "", false, 554, false}, Outcome::kTransient},
           {"EHLO 550 is about us", {false, "EHLO", false, 550, false}, Outcome::kTransient},
           {"sender refused is about us", {false, "MAIL", false, 550, false}, Outcome::kTransient},
           {"recipient later", {false, "RCPT", false, 450, false}, Outcome::kTransient},
           {"recipient never", {false, "RCPT", false, 550, false}, Outcome::kPermanent},
           {"broken after RCPT was accepted",
            {false, "RCPT", false, 250, false},
            Outcome::kTransient},
           {"DATA refused later", {false, "DATA", false, 451, false}, Outcome::kTransient},
           {"DATA refused", {false, "DATA", false, 554, false}, Outcome::kPermanent},
           {"broken inside the message", {false, "DATA", false, 354, false}, Outcome::kTransient},
           {"broken after the message", {false, "DATA", true, 354, false}, Outcome::kUnknown},
           {"message refused later", {false, "DATA", true, 452, true}, Outcome::kTransient},
           {"message refused", {false, "DATA", true, 552, true}, Outcome::kPermanent},
           {"broken after the answer", {false, "DATA", true, 250, true}, Outcome::kSent},
       }) {
    EXPECT_EQ(NameOf(Classify(c.conversation)), NameOf(c.outcome)) << c.what;
  }
}

}  // namespace
}  // namespace thidua::notify::channels
