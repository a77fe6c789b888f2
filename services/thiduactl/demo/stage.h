// What the steps of the demo share: who acts, how an act is named so that it can be repeated, what
// is said.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "thiduactl/demo/participants.h"
#include "thiduactl/session.h"

namespace thidua::ctl::demo {

// Every act has a name; its request id is made of it, so that a second run gets the first answers
// and changes nothing, and a run that was cut off goes on where it stopped.
class Stage {
 public:
  Stage(Session& session, std::string data_directory);

  Session& session() { return session_; }
  const std::string& data() const { return data_; }

  void Title(int number, const std::string& text);
  void Say(const std::string& text);

  // A write by the person with the staff code ("" = bootstrap): `act` names it.
  absl::StatusOr<json> Act(const std::string& act, const std::string& staff,
                           const std::string& method, json request);
  // A read.
  absl::StatusOr<json> Read(const std::string& staff, const std::string& method,
                            const json& request);
  // An act that must be refused with this reason; anything else is an error of the demo.
  absl::Status MustRefuse(const std::string& reason, const std::string& staff,
                          const std::string& method, json request);
  // Moves business time forward to that hour of the day and waits until all services follow. Does
  // nothing when it is later already (a repeated run).
  absl::Status MoveTime(const std::string& date, int hour = 8);
  // Waits until everything that follows from what was done has happened: events read, reminders
  // whose time has come settled, mails sent.
  absl::Status CatchUp();
  // Uploads a small PDF that says `text`; returns "files/<id>" of the service.
  absl::StatusOr<std::string> Upload(const std::string& act, const std::string& service,
                                     const std::string& staff, const std::string& unit,
                                     const std::string& file_name, const std::string& text);

  // The person with this staff code, as the directory has it.
  absl::StatusOr<json> Person(const std::string& staff);
  // The text of a file among the data of the demo.
  absl::StatusOr<std::string> DataFile(const std::string& file) const;

  // Resource name of the unit with this code; known after step 1.
  std::string Unit(const std::string& code) const { return units_.at(code); }
  std::map<std::string, std::string> units_;
  // Made by one step, needed by later ones.
  std::string parent_plan;
  std::string parent_etag;  // after the last act on the plan itself
  std::string child_plan;
  std::string survey;                               // of 2023, as published first
  std::map<std::string, std::string> publications;  // of 2023 and valid, by block
  std::string certificate_code;

 private:
  Session& session_;
  const std::string data_;
};

// The dossiers of a year, half of --dossiers; `twice` pushes them again, which changes nothing.
absl::Status PushDossiersOf(Stage& stage, int year, bool twice);

// What the scores of 2023 rest on besides dossiers and reports: initiatives, surveys, registers.
absl::Status PlayInitiatives(Stage& stage);
absl::Status PlayFigures(Stage& stage);
// What was left out of the survey is asked later: the correction, with every unit that was in the
// first.
absl::Status CorrectSurvey(Stage& stage);

absl::Status ImportDirectory(Stage& stage);   // step 1
absl::Status LaunchParentPlan(Stage& stage);  // step 2
absl::Status ScoreYearBefore(Stage& stage);   // step 3
absl::Status LaunchChildPlan(Stage& stage);   // step 4
absl::Status FileReports(Stage& stage);       // step 5
absl::Status PushDossiers2023(Stage& stage);  // step 6
absl::Status ScoreAndPublish(Stage& stage);   // step 7
absl::Status Award(Stage& stage);             // step 8
absl::Status VerifyAndRevoke(Stage& stage);   // step 9
absl::Status ShowNotices(Stage& stage);       // step 10

}  // namespace thidua::ctl::demo
