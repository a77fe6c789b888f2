// Step 8: from the publication to the decision.
#include "platform/status_macros.h"
#include "thiduactl/demo/award_steps.h"

namespace thidua::ctl::demo {
namespace {

// Everybody who will file does so; the town's dossier is returned once with a reason.
absl::Status File(Stage& stage, const InvitedUnits& units, const InvitedPeople& people) {
  RETURN_IF_ERROR(stage.MoveTime("2024-02-20"));
  RETURN_IF_ERROR(FileDossier(stage, units.town, "dossier-1"));
  for (const Candidate* candidate :
       {&units.leap, &units.failing, &people.first, &people.second, &people.failing}) {
    RETURN_IF_ERROR(FileDossier(stage, *candidate, "dossier-1"));
  }
  RETURN_IF_ERROR(
      stage
          .Act("dossier-return", kCoordinator, std::string(kNominations) + "ReturnAwardDossier",
               {{"name", units.town.nomination},
                {"reason",
                 "Báo cáo thành tích chưa nêu số liệu giải quyết thủ tục hành chính năm 2023"}})
          .status());
  stage.Say("hồ sơ bị trả lại một lần, có lý do");
  RETURN_IF_ERROR(stage.MoveTime("2024-02-22"));
  return FileDossier(stage, units.town, "dossier-2");
}

// Who fails a standard goes no further. Returns whether a standard of the others is not known.
absl::StatusOr<bool> AppraiseAll(Stage& stage, const InvitedUnits& units,
                                 const InvitedPeople& people) {
  bool unknown = false;
  for (const Candidate* candidate : {&units.town, &units.leap}) {
    ASSIGN_OR_RETURN(const bool open, ConfirmUnit(stage, *candidate));
    RETURN_IF_ERROR(Appraise(stage, *candidate, open));
    unknown = unknown || open;
  }
  for (const Candidate* candidate : {&people.first, &people.second}) {
    ASSIGN_OR_RETURN(const bool open, ConfirmPerson(stage, *candidate));
    RETURN_IF_ERROR(Appraise(stage, *candidate, open));
    unknown = unknown || open;
  }
  RETURN_IF_ERROR(ConfirmUnit(stage, units.failing).status());
  RETURN_IF_ERROR(
      Reject(stage, units.failing, "Không đạt tiêu chuẩn của kế hoạch theo số liệu đã công bố"));
  RETURN_IF_ERROR(ConfirmPerson(stage, people.failing).status());
  RETURN_IF_ERROR(
      Reject(stage, people.failing, "Kết quả xếp loại năm 2023 dưới mức hoàn thành tốt nhiệm vụ"));
  return unknown;
}

}  // namespace

absl::Status Award(Stage& stage) {
  stage.Title(8, "Khen thưởng: mời, hồ sơ, hội đồng, quyết định, giấy khen");
  ASSIGN_OR_RETURN(const InvitedUnits units, ChooseAndInvite(stage));
  ASSIGN_OR_RETURN(const InvitedPeople people, SelectPeople(stage));
  RETURN_IF_ERROR(AnswerInvitations(stage, units));
  RETURN_IF_ERROR(File(stage, units, people));
  ASSIGN_OR_RETURN(const bool unknown, AppraiseAll(stage, units, people));
  ASSIGN_OR_RETURN(const Ballots ballots,
                   SummonCouncil(stage, {units.town, units.leap, people.first, people.second}));
  // In the morning the members are reminded, an hour before they meet.
  RETURN_IF_ERROR(stage.MoveTime("2024-02-26"));
  RETURN_IF_ERROR(ShowMissed(stage, units));
  RETURN_IF_ERROR(stage.MoveTime("2024-02-26", 9));
  RETURN_IF_ERROR(VoteInCouncil(stage, ballots));
  RETURN_IF_ERROR(Decide(stage, {units.town, units.leap, people.first}, people.second, unknown));
  return stage.CatchUp();
}

}  // namespace thidua::ctl::demo
