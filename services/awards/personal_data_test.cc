// Whoever is shown to somebody leaves an entry in the audit log, in every area.
#include <gmock/gmock.h>

#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "awards/nominations/individuals_fixture.h"
#include "google/api/annotations.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/descriptor_database.h"
#include "thidua/common/v1/policy.pb.h"

namespace thidua::awards {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;

// Whether an answer of this type may name a person.
bool NamesPeople(const Descriptor* type, std::set<const Descriptor*>& seen) {
  static const std::set<std::string> kPeople = {"authors", "person", "present", "summoned"};
  if (!seen.insert(type).second) return false;
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    if (field->message_type() != nullptr ? NamesPeople(field->message_type(), seen)
                                         : kPeople.count(field->name()) > 0) {
      return true;
    }
  }
  return false;
}

// A document has no fields: all that a caller with a token downloads in one piece counts.
bool ShowsPeople(const MethodDescriptor* method) {
  if (method->options().GetExtension(google::api::http).get().empty()) return false;
  if (method->options().GetExtension(common::v1::policy).scope() == common::v1::SCOPE_PUBLIC) {
    return false;
  }
  if (method->output_type()->full_name() == "google.api.HttpBody") {
    return !method->server_streaming();
  }
  std::set<const Descriptor*> seen;
  return NamesPeople(method->output_type(), seen);
}

std::set<std::string> ReadsThatShowPeople() {
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::set<std::string> found;
  for (const std::string& name : files) {
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    if (file == nullptr || file->package() != "thidua.awards.v1") continue;
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const MethodDescriptor* method = file->service(i)->method(j);
        if (ShowsPeople(method)) found.insert(method->name());
      }
    }
  }
  return found;
}

class PersonalDataTest : public nominations::testing::IndividualsTest {
 protected:
  int Entries() {
    int entries = -1;
    EXPECT_TRUE(absl::SimpleAtoi(Count("events WHERE type = 'thidua.awards.v1.PersonalDataRead'"),
                                 &entries));
    return entries;
  }
  // The rpc answers and leaves one entry that names it.
  template <class Service, class Req, class Res>
  void Shows(grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Req&, Res*),
             const std::string& rpc, const Req& request) {
    const int before = Entries();
    Res response;
    const grpc::Status status = Call<Service>(method, request, &response, "admin");
    EXPECT_TRUE(status.ok()) << rpc << ": " << status.error_message();
    EXPECT_EQ(Entries(), before + 1) << rpc;
    EXPECT_EQ(Count(absl::StrCat("events WHERE type = 'thidua.awards.v1.PersonalDataRead' AND "
                                 "payload LIKE '%\"",
                                 rpc, "\"%'")),
              "1")
        << rpc;
    EXPECT_EQ(left_.erase(rpc), 1u) << rpc << " shows nobody";
  }
  template <class Req>
  static Req Named(const std::string& name) {
    Req request;
    request.set_name(name);
    return request;
  }
  std::set<std::string> left_ = ReadsThatShowPeople();
};

TEST_F(PersonalDataTest, EveryReadThatShowsPeopleLeavesOneEntry) {
  const std::string nomination = CarriedPerson();
  v1::Decision decision;
  ASSERT_TRUE(Issue(IssueRequest(DraftOf({nomination})), &decision).ok());
  const std::string certificate = decision.awards(0).certificate();
  v1::NominateIndividualsRequest waiting = PutUpRequest();
  waiting.set_unit(UnitName("commune-2"));
  waiting.clear_individuals();
  AddIndividual("chi", "Lê Thị Chi", &waiting);
  v1::NominateIndividualsResponse put_up;
  ASSERT_TRUE(PutUp(waiting, &put_up, "stranger").ok());
  v1::Classification recorded;
  ASSERT_TRUE(Classify("an", v1::CLASSIFICATION_LEVEL_GOOD, &recorded).ok());
  v1::CreateInitiativeRequest create;
  create.mutable_initiative()->set_unit(UnitName("commune-1"));
  create.mutable_initiative()->set_title("Trả kết quả chứng thực trong ngày");
  create.mutable_initiative()->set_kind(v1::INITIATIVE_KIND_GENERAL);
  create.mutable_initiative()->set_year(2023);
  create.mutable_initiative()->set_summary("Đối chiếu bản chính ngay khi tiếp nhận");
  create.mutable_initiative()->add_authors(PersonName("an"));
  create.set_request_id(RequestId());
  v1::Initiative initiative;
  ASSERT_TRUE(Call<v1::InitiativeService>(&v1::InitiativeService::Stub::CreateInitiative, create,
                                          &initiative, "commune")
                  .ok());
  v1::ListBallotsResponse ballots;
  ASSERT_TRUE(Call<v1::CouncilService>(&v1::CouncilService::Stub::ListBallots,
                                       v1::ListBallotsRequest(), &ballots, "leader")
                  .ok());
  v1::ScheduleMeetingRequest schedule;
  schedule.set_council(ballots.ballots(0).council());
  schedule.mutable_meeting()->set_begin("2024-02-27T14:00:00+07:00");
  schedule.mutable_meeting()->set_place("Phòng họp A");
  schedule.mutable_meeting()->set_agenda("Xét khen thưởng");
  schedule.set_request_id(RequestId());
  v1::Meeting meeting;
  ASSERT_TRUE(Call<v1::CouncilService>(&v1::CouncilService::Stub::ScheduleMeeting, schedule,
                                       &meeting, "officer")
                  .ok());
  database_->Run("DELETE FROM events WHERE type = 'thidua.awards.v1.PersonalDataRead'");

  Shows<v1::NominationService>(&v1::NominationService::Stub::GetNomination, "GetNomination",
                               Named<v1::GetNominationRequest>(nomination));
  Shows<v1::NominationService>(&v1::NominationService::Stub::ListNominations, "ListNominations",
                               v1::ListNominationsRequest());
  Shows<v1::NominationService>(&v1::NominationService::Stub::ListPendingWork, "ListPendingWork",
                               v1::ListPendingWorkRequest());
  Shows<v1::ClassificationService>(&v1::ClassificationService::Stub::ListClassifications,
                                   "ListClassifications", v1::ListClassificationsRequest());
  Shows<v1::CouncilService>(&v1::CouncilService::Stub::GetCouncil, "GetCouncil",
                            Named<v1::GetCouncilRequest>(ballots.ballots(0).council()));
  Shows<v1::CouncilService>(&v1::CouncilService::Stub::ListCouncils, "ListCouncils",
                            v1::ListCouncilsRequest());
  Shows<v1::CouncilService>(&v1::CouncilService::Stub::GetBallot, "GetBallot",
                            Named<v1::GetBallotRequest>(ballots.ballots(0).name()));
  Shows<v1::CouncilService>(&v1::CouncilService::Stub::ListBallots, "ListBallots",
                            v1::ListBallotsRequest());
  Shows<v1::CouncilService>(&v1::CouncilService::Stub::GetMeeting, "GetMeeting",
                            Named<v1::GetMeetingRequest>(meeting.name()));
  Shows<v1::CouncilService>(&v1::CouncilService::Stub::ListMeetings, "ListMeetings",
                            v1::ListMeetingsRequest());
  Shows<v1::InitiativeService>(&v1::InitiativeService::Stub::GetInitiative, "GetInitiative",
                               Named<v1::GetInitiativeRequest>(initiative.name()));
  Shows<v1::InitiativeService>(&v1::InitiativeService::Stub::ListInitiatives, "ListInitiatives",
                               v1::ListInitiativesRequest());
  Shows<v1::DecisionService>(&v1::DecisionService::Stub::GetDecision, "GetDecision",
                             Named<v1::GetDecisionRequest>(decision.name()));
  Shows<v1::DecisionService>(&v1::DecisionService::Stub::ListDecisions, "ListDecisions",
                             v1::ListDecisionsRequest());
  Shows<v1::DecisionService>(&v1::DecisionService::Stub::DownloadDecision, "DownloadDecision",
                             Named<v1::DownloadDecisionRequest>(decision.name()));
  Shows<v1::CertificateService>(&v1::CertificateService::Stub::GetCertificate, "GetCertificate",
                                Named<v1::GetCertificateRequest>(certificate));
  Shows<v1::CertificateService>(&v1::CertificateService::Stub::ListCertificates, "ListCertificates",
                                v1::ListCertificatesRequest());
  Shows<v1::CertificateService>(&v1::CertificateService::Stub::DownloadCertificate,
                                "DownloadCertificate",
                                Named<v1::DownloadCertificateRequest>(certificate));
  EXPECT_THAT(left_, ::testing::IsEmpty()) << "is not tried";
}

TEST_F(PersonalDataTest, ADraftThatIsLookedAtShowsPeopleToo) {
  const v1::Decision draft = DraftOf({CarriedPerson()});
  const int before = Entries();
  google::api::HttpBody body;
  ASSERT_TRUE(Call<v1::DecisionService>(&v1::DecisionService::Stub::DownloadDecision,
                                        Named<v1::DownloadDecisionRequest>(draft.name()), &body,
                                        "officer")
                  .ok());
  EXPECT_EQ(Entries(), before + 1);
}

TEST_F(PersonalDataTest, WhatShowsUnitsOnlyLeavesNone) {
  const v1::Decision decision = Issued();
  const int before = Entries();
  v1::Decision read;
  ASSERT_TRUE(Call<v1::DecisionService>(&v1::DecisionService::Stub::GetDecision,
                                        Named<v1::GetDecisionRequest>(decision.name()), &read,
                                        "officer")
                  .ok());
  v1::Certificate certificate;
  ASSERT_TRUE(Call<v1::CertificateService>(
                  &v1::CertificateService::Stub::GetCertificate,
                  Named<v1::GetCertificateRequest>(decision.awards(0).certificate()), &certificate,
                  "officer")
                  .ok());
  EXPECT_EQ(Entries(), before);
}

}  // namespace
}  // namespace thidua::awards
