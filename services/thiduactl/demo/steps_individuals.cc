// Step 8, second part: people, put up by their units and selected by who coordinates the plan.
#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/demo/award_steps.h"

namespace thidua::ctl::demo {
namespace {

// A person as the own unit puts it up, and how the year 2023 was classified.
struct PutUp {
  const char* staff;
  const char* unit;   // code
  const char* level;  // "": no classification was recorded
  const char* summary;
};

constexpr PutUp kPeople[] = {
    {"KN-TP-03", "H00.20.03", "EXCELLENT",
     "Đề xuất hẹn trả kết quả hộ tịch trong ngày, áp dụng tại 12 xã, thị trấn"},
    {"KN-TT-02", "H00.20.13", "GOOD", "Giải quyết 100% hồ sơ chứng thực đúng hạn trong năm"},
    {"KN-LDXH-02", "H00.20.07", "COMPLETED",
     "Tham gia rà soát thủ tục hành chính lĩnh vực lao động"},
    {"KN-VHTT-03", "H00.20.05", "", "Tham gia biên tập tin, bài về cải cách hành chính"}};

// The year's classifications come as a file; one with errors is told by row and changes nothing.
absl::Status ImportClassifications(Stage& stage) {
  std::string text = "person_id,year,level,document_number,document_date\n";
  std::string bad = text;
  for (const PutUp& one : kPeople) {
    ASSIGN_OR_RETURN(const json person, stage.Person(one.staff));
    const std::string name = person["name"].get<std::string>();
    const std::string id = name.substr(name.find('/') + 1);
    if (*one.level == '\0') {
      absl::StrAppend(&bad, id, ",2023,TỐT,15/TB-UBND,2024-01-15\n");
    } else {
      absl::StrAppend(&text, id, ",2023,", one.level, ",15/TB-UBND,2024-01-15\n");
    }
  }
  const auto content = [](const std::string& csv) {
    return json{{"content_type", "text/csv"}, {"data", Base64(csv)}};
  };
  const std::string method = "awards.v1.ClassificationService/ImportClassifications";
  ASSIGN_OR_RETURN(const json tried,
                   stage.Act("classifications-tried", kCoordinator, method,
                             {{"content", content(bad)}, {"validate_only", true}}));
  if (tried["applied"].get<bool>() || tried["errors"].empty()) {
    return absl::InternalError("tệp xếp loại có lỗi mà lại nhập được");
  }
  stage.Say(absl::StrCat("thử tệp xếp loại, dòng ", tried["errors"][0]["line"].get<int>(), ": ",
                         tried["errors"][0]["text_vi"].get<std::string>()));
  ASSIGN_OR_RETURN(const json report, stage.Act("classifications", kCoordinator, method,
                                                {{"content", content(text)}}));
  if (!report["applied"].get<bool>()) {
    return absl::InternalError("tệp xếp loại không nhập được: " + report["errors"].dump());
  }
  stage.Say(
      absl::StrCat("xếp loại chất lượng năm 2023: ", report["created_count"].get<int>(), " người"));
  return absl::OkStatus();
}

absl::StatusOr<Candidate> PutUpByUnit(Stage& stage, const PutUp& one) {
  ASSIGN_OR_RETURN(const json person, stage.Person(one.staff));
  Candidate candidate;
  candidate.act = absl::StrCat(one.staff, "-");
  candidate.who = person["full_name"].get<std::string>();
  candidate.unit = stage.Unit(one.unit);
  ASSIGN_OR_RETURN(candidate.officer, OfficerOf(stage, candidate.unit));
  ASSIGN_OR_RETURN(const json put_up,
                   stage.Act(candidate.act + "put-up", candidate.officer,
                             std::string(kNominations) + "NominateIndividuals",
                             {{"plan", stage.child_plan},
                              {"unit", candidate.unit},
                              {"year", 2023},
                              {"award_form", "GIAY_KHEN"},
                              {"individuals", json::array({{{"person", person["name"]},
                                                            {"full_name", person["full_name"]},
                                                            {"position", "Chuyên viên"},
                                                            {"summary", one.summary}}})}}));
  candidate.nomination = put_up["nominations"][0]["name"].get<std::string>();
  return candidate;
}

}  // namespace

absl::StatusOr<InvitedPeople> SelectPeople(Stage& stage) {
  RETURN_IF_ERROR(ImportClassifications(stage));
  std::vector<Candidate> people;
  for (const PutUp& one : kPeople) {
    ASSIGN_OR_RETURN(Candidate candidate, PutUpByUnit(stage, one));
    people.push_back(std::move(candidate));
  }
  stage.Say(absl::StrCat(people.size(), " cá nhân được đơn vị giới thiệu"));
  const json selected = {people[0].nomination, people[1].nomination, people[2].nomination};
  const std::string reason = "Chưa có kết quả xếp loại chất lượng năm 2023";
  RETURN_IF_ERROR(stage
                      .Act("select", kCoordinator, std::string(kNominations) + "SelectIndividuals",
                           {{"selected", selected},
                            {"not_selected", json::array({people[3].nomination})},
                            {"reason", reason}})
                      .status());
  stage.Say("không được chọn: " + people[3].who + " — " + reason);
  RETURN_IF_ERROR(stage
                      .Act("invite-people", kCoordinator, std::string(kNominations) + "InviteUnits",
                           {{"nominations", selected}, {"filing_deadline", "2024-02-23"}})
                      .status());
  return InvitedPeople{people[0], people[1], people[2]};
}

}  // namespace thidua::ctl::demo
