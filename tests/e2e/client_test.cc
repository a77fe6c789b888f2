// Every command of thiduactl, as people read it and as JSON.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

struct Shown {
  const char* command;
  const char* holds;  // in what people read
  const char* field;  // a JSON pointer that must be there; "" where the JSON is a list
};

class Command : public ::testing::TestWithParam<Shown> {};

std::string Filled(Stack& stack, std::string command) {
  const std::map<std::string, std::string> names = {
      {"PLAN", stack.ChildPlan()["name"].get<std::string>()},
      {"PUBLICATION", stack.Publication()["name"].get<std::string>()},
      {"CODE", stack.Certificate()["code"].get<std::string>()}};
  for (const auto& [word, name] : names) {
    const size_t at = command.find(word);
    if (at != std::string::npos) command.replace(at, word.size(), name);
  }
  return command;
}

TEST_P(Command, SpeaksToPeopleAndToPrograms) {
  Stack& stack = Stack::WithDemo();
  const std::string command = Filled(stack, GetParam().command);
  std::string text;
  EXPECT_EQ(stack.Ctl(command, &text), 0) << text;
  EXPECT_THAT(text, HasSubstr(GetParam().holds));
  std::string output;
  EXPECT_EQ(stack.Ctl(command + " --json", &output), 0) << output;
  const json parsed = json::parse(output, nullptr, /*allow_exceptions=*/false);
  ASSERT_FALSE(parsed.is_discarded()) << output;
  if (*GetParam().field == '\0') {
    EXPECT_TRUE(parsed.is_array()) << output;
  } else {
    EXPECT_TRUE(parsed.contains(json::json_pointer(GetParam().field))) << output;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Ctl, Command,
    ::testing::Values(
        Shown{"token", "ey", "/access_token"}, Shown{"clock show", "28/02/2024", "/business_date"},
        Shown{"units list", "UBND thị trấn Đắk Mâm", ""},
        Shown{"units show H00.20.11", "UBND thị trấn Đắk Mâm", "/name"},
        Shown{"plans list", "584/KH-UBND", ""}, Shown{"plans show PLAN", "999/KH-UBND", "/name"},
        Shown{"rankings list", "Krông Nô", ""},
        Shown{"rankings show PUBLICATION", "Đắk Mâm", "/entries"},
        Shown{"rankings why PUBLICATION H00.20.12", "hạng", "/lines_vi"},
        Shown{"rankings replay PUBLICATION", "khớp", "/recomputed_sha256"},
        Shown{"certificates verify CODE", "thu hồi", "/state"},
        Shown{"audit verify", "NGUYÊN VẸN", ""}, Shown{"state digest", "", "/sha256"},
        Shown{"state show", "H00.20.11", "/units"}, Shown{"feeds wait", "", "/at_rest"}));

TEST(Ctl, PushesACsvAndSendsAgainWhatWasRefusedOnceTheReasonIsMended) {
  Stack& stack = Stack::WithDemo();
  const test::TempDir directory;
  const std::string file = directory.path() + "/ho-so.csv";
  std::ofstream(file)
      << "dossier_code,unit_code,procedure_code,channel,status,received_date,due_date,"
         "finished_date,event_time\n"
         "H00.20.11-240201-0001,H00.20.11,1.001.001,DIRECT,RETURNED,2024-02-01,"
         "2024-02-06,2024-02-05,2024-02-05T03:00:00Z\n"
         "H00.20.97-240201-0001,H00.20.97,1.001.001,DIRECT,RETURNED,2024-02-01,"
         "2024-02-06,2024-02-05,2024-02-05T03:00:00Z\n";
  std::string first;
  EXPECT_EQ(stack.Ctl("dossiers push " + file, &first), 1) << first;
  EXPECT_THAT(first, HasSubstr("UNKNOWN_UNIT"));
  EXPECT_THAT(first, HasSubstr("nhận 1, không đổi 0, cũ hơn 0, từ chối 1"));

  // The unit is imported (for a time that is over today), and the same command, at once, is enough.
  const std::string units = directory.path() + "/don-vi.csv";
  std::ofstream(units) << "code,type,name,parent_code,second_parent_code,valid_from,valid_to,"
                          "synthetic,note\n"
                          "H00.20.97,COMMUNE,Xã nhập sau,H00.20,,2022-01-01,2024-02-10,yes,\n";
  std::string imported;
  ASSERT_EQ(stack.Ctl("units import " + units, &imported), 0) << imported;
  std::string second;
  EXPECT_EQ(stack.Ctl("dossiers push " + file, &second), 0) << second;
  EXPECT_THAT(second, HasSubstr("đợt mới"));
  EXPECT_THAT(second, HasSubstr("-2: nhận 1, không đổi 1, cũ hơn 0, từ chối 0"));

  std::string third;
  EXPECT_EQ(stack.Ctl("dossiers push " + file, &third), 0) << third;
  EXPECT_THAT(third, HasSubstr("không gửi dòng nào"));
}

TEST(Ctl, SaysWhatIsWrongWithReasonAndField) {
  Stack& stack = Stack::WithDemo();
  std::string output;
  EXPECT_EQ(stack.Ctl("units show H99.99", &output), 1);
  EXPECT_THAT(output, HasSubstr("UNKNOWN_UNIT"));
  output.clear();
  EXPECT_EQ(stack.Ctl("clock set 2024-02-31", &output), 1);
  EXPECT_THAT(output, HasSubstr("DATE_IMPOSSIBLE"));
  output.clear();
  EXPECT_EQ(stack.Ctl("khong-co-lenh-nay", &output), 2);
}

}  // namespace
}  // namespace thidua::e2e
