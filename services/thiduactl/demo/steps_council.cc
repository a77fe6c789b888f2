// Step 8, third part: the council is summoned, reminded by SMS, and votes.
#include <iterator>

#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"
#include "thiduactl/demo/award_steps.h"

namespace thidua::ctl::demo {
namespace {

// Absent, and yet one of the five that the shares are taken of.
constexpr size_t kAbsent = 3;

// Quorum two thirds and threshold 80 % of all members, as data with its source.
absl::StatusOr<json> MakeAwardCouncil(Stage& stage) {
  return MakeCouncil(
      stage,
      {"council", "COUNCIL_KIND_AWARD", "Hội đồng Thi đua - Khen thưởng huyện Krông Nô", "Hội đồng",
       /*has_secretary=*/true,
       json{{"threshold", {{"numerator", "4"}, {"denominator", "5"}}},
            {"written_counts_for_quorum", true},
            {"conflict_treatment", "CONFLICT_TREATMENT_COUNTED_IN_TOTAL"},
            {"secret", true},
            {"legal_basis", "Quy chế trình diễn, theo mẫu tỷ lệ của các hội đồng cấp tỉnh"}}});
}

// Called for Friday and put off to Monday; one more, in case time does not suffice, is called off.
absl::Status CallMeetings(Stage& stage, const json& council, const Ballots& ballots) {
  const std::string schedule = std::string(kCouncils) + "ScheduleMeeting";
  ASSIGN_OR_RETURN(json meeting,
                   stage.Act("meeting", kCoordinator, schedule,
                             {{"council", council["name"]},
                              {"meeting",
                               {{"begin", "2024-02-23T14:00:00+07:00"},
                                {"place", "Phòng họp số 2, UBND huyện"},
                                {"agenda", "Xét khen thưởng phong trào thi đua năm 2023"},
                                {"ballots", ballots.names}}}}));
  json moved = {{"begin", "2024-02-26T09:00:00+07:00"}};
  for (const char* field : {"name", "place", "agenda", "ballots", "summoned", "etag"}) {
    moved[field] = meeting[field];
  }
  ASSIGN_OR_RETURN(
      meeting, stage.Act("meeting-moved", kCoordinator, std::string(kCouncils) + "UpdateMeeting",
                         {{"meeting", moved}}));
  stage.Say(
      absl::StrCat("Hội đồng họp 9 giờ 00 ngày 26/02/2024 (dời từ 14 giờ 00 ngày 23/02): mời ",
                   meeting["summoned"].size(), " thành viên"));
  ASSIGN_OR_RETURN(const json second, stage.Act("meeting-second", kCoordinator, schedule,
                                                {{"council", council["name"]},
                                                 {"meeting",
                                                  {{"begin", "2024-02-29T14:00:00+07:00"},
                                                   {"place", "Phòng họp số 2, UBND huyện"},
                                                   {"agenda", "Phiên dự phòng"}}}}));
  return stage
      .Act("meeting-cancelled", kCoordinator, std::string(kCouncils) + "CancelMeeting",
           {{"name", second["name"]}, {"reason", "Các hồ sơ đều được xét trong phiên 26/02/2024"}})
      .status();
}

absl::Status VoteOn(Stage& stage, const std::string& ballot, const std::string& act) {
  json present = json::array();
  for (size_t i = 0; i < std::size(kCouncilMembers); ++i) {
    if (i == kAbsent) continue;
    const char* member = kCouncilMembers[i];
    RETURN_IF_ERROR(stage
                        .Act(absl::StrCat("vote-", member, act), member,
                             std::string(kCouncils) + "CastVote",
                             {{"name", ballot}, {"choice", "VOTE_CHOICE_FOR"}})
                        .status());
    ASSIGN_OR_RETURN(const json person, stage.Person(member));
    present.push_back(person["name"]);
  }
  ASSIGN_OR_RETURN(
      const json closed,
      stage.Act(absl::StrCat("ballot-close", act), kLeader, std::string(kCouncils) + "CloseBallot",
                {{"name", ballot},
                 {"minutes",
                  {{"meeting_date", "2024-02-26"}, {"place", "Krông Nô"}, {"present", present}}}}));
  const json& tally = closed["tally"];
  stage.Say(absl::StrCat("biểu quyết: ", present.size(), " người dự họp, ",
                         tally["votes_for"].get<int>(), "/", tally["total_members"].get<int>(),
                         " thành viên tán thành, ",
                         tally["carried"].get<bool>() ? "thông qua" : "không thông qua"));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Ballots> SummonCouncil(Stage& stage, const std::vector<Candidate>& candidates) {
  ASSIGN_OR_RETURN(const json council, MakeAwardCouncil(stage));
  Ballots ballots;
  for (const Candidate& candidate : candidates) {
    ASSIGN_OR_RETURN(
        const json ballot,
        stage.Act(candidate.act + "ballot", kCoordinator, std::string(kCouncils) + "OpenBallot",
                  {{"council", council["name"]}, {"nomination", candidate.nomination}}));
    ballots.names.push_back(ballot["name"].get<std::string>());
  }
  RETURN_IF_ERROR(CallMeetings(stage, council, ballots));
  return ballots;
}

absl::Status VoteInCouncil(Stage& stage, const Ballots& ballots) {
  for (size_t i = 0; i < ballots.names.size(); ++i) {
    RETURN_IF_ERROR(VoteOn(stage, ballots.names[i], i == 0 ? "" : absl::StrCat("-", i)));
  }
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
