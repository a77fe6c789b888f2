// People put up for an award: a commune with two people whose names the directory has told.
#pragma once

#include <string>
#include <vector>

#include "awards/nominations/service_fixture.h"

namespace thidua::awards::nominations::testing {

class IndividualsTest : public NominationServiceTest {
 protected:
  void SetUp() override {
    NominationServiceTest::SetUp();
    AddPerson("an", "commune-1", "Nguyễn Văn An");
    AddPerson("binh", "commune-1", "Trần Thị Bình");
    AddPerson("chi", "commune-2", "Lê Thị Chi");
  }
  static void AddPerson(const std::string& label, const std::string& unit,
                        const std::string& full_name) {
    campaign::v1::PersonChanged person;
    person.set_person_id(Id(label));
    person.set_full_name(full_name);
    person.set_unit_id(Id(unit));
    person.set_valid_from("2020-01-01");
    Apply(person);
  }
  // Two people of commune-1.
  v1::NominateIndividualsRequest PutUpRequest() {
    v1::NominateIndividualsRequest request;
    request.set_plan("plans/" + Id("plan"));
    request.set_unit(UnitName("commune-1"));
    request.set_year(2023);
    AddIndividual("an", "Nguyễn Văn An", &request);
    AddIndividual("binh", "Trần Thị Bình", &request);
    request.set_request_id(RequestId());
    return request;
  }
  static void AddIndividual(const std::string& label, const std::string& full_name,
                            v1::NominateIndividualsRequest* request) {
    v1::NominatedIndividual* one = request->add_individuals();
    one->set_person(PersonName(label));
    one->set_full_name(full_name);
    one->set_position("Công chức Văn phòng - Thống kê");
    one->set_summary("Rút ngắn thời gian giải quyết hồ sơ chứng thực");
  }
  grpc::Status PutUp(const v1::NominateIndividualsRequest& request,
                     v1::NominateIndividualsResponse* response,
                     const std::string& who = "commune") {
    return Call<v1::NominationService>(&v1::NominationService::Stub::NominateIndividuals, request,
                                       response, who);
  }
  grpc::Status Select(const std::vector<std::string>& selected,
                      const std::vector<std::string>& not_selected, const std::string& reason,
                      v1::SelectIndividualsResponse* response, const std::string& who = "officer") {
    v1::SelectIndividualsRequest request;
    for (const std::string& name : selected) request.add_selected(name);
    for (const std::string& name : not_selected) request.add_not_selected(name);
    request.set_reason(reason);
    request.set_request_id(RequestId());
    return Call<v1::NominationService>(&v1::NominationService::Stub::SelectIndividuals, request,
                                       response, who);
  }
  grpc::Status Classify(const std::string& label, v1::ClassificationLevel level,
                        v1::Classification* recorded, const std::string& who = "officer") {
    v1::RecordClassificationRequest request;
    request.set_person(PersonName(label));
    request.set_year(2023);
    request.set_level(level);
    request.set_document_number("310/QĐ-UBND");
    request.set_document_date("2023-12-20");
    request.set_request_id(RequestId());
    return Call<v1::ClassificationService>(&v1::ClassificationService::Stub::RecordClassification,
                                           request, recorded, who);
  }

  // The steps of a person's way; they fail the test when refused.
  std::string PutUpBoth() {
    v1::NominateIndividualsResponse response;
    EXPECT_TRUE(PutUp(PutUpRequest(), &response).ok());
    other_ = response.nominations_size() == 2 ? response.nominations(1).name() : "";
    return response.nominations_size() == 2 ? response.nominations(0).name() : "";
  }
  std::string InvitedPerson() {
    std::string name = PutUpBoth();
    v1::SelectIndividualsResponse chosen;
    EXPECT_TRUE(Select({name}, {other_}, "Chỉ chọn một người", &chosen).ok());
    v1::InviteUnitsRequest request;
    request.add_nominations(name);
    request.set_filing_deadline("2024-02-15");
    request.set_request_id(RequestId());
    v1::InviteUnitsResponse invited;
    EXPECT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::InviteUnits, request,
                                            &invited, "officer")
                    .ok());
    return name;
  }
  std::string AppraisedPerson() {
    std::string name = InvitedPerson();
    v1::Nomination filed;
    EXPECT_TRUE(File(Dossier(name), &filed).ok());
    EXPECT_TRUE(Appraise(name, "Chưa có nguồn dữ liệu").ok());
    return name;
  }
  std::string CarriedPerson() {
    std::string name = AppraisedPerson();
    v1::OpenBallotRequest request;
    request.set_council(Council().name());
    request.set_nomination(name);
    request.set_request_id(RequestId());
    v1::Ballot ballot;
    EXPECT_TRUE(
        Call<v1::CouncilService>(&v1::CouncilService::Stub::OpenBallot, request, &ballot, "officer")
            .ok());
    for (int i = 1; i <= 5; ++i) {
      EXPECT_TRUE(Vote(ballot.name(), "member-" + std::to_string(i), v1::VOTE_CHOICE_FOR).ok());
    }
    v1::Ballot closed;
    EXPECT_TRUE(Close(ballot.name(), {}, &closed).ok());
    return name;
  }
  v1::Decision DraftOf(const std::vector<std::string>& nominations) {
    v1::CreateDecisionRequest request;
    for (const std::string& name : nominations) request.add_nominations(name);
    request.set_awarding_authority("Chủ tịch Ủy ban nhân dân huyện Krông Nô");
    request.set_citation("Đã có thành tích xuất sắc trong phong trào thi đua năm 2023");
    request.set_place("Krông Nô");
    request.set_request_id(RequestId());
    v1::Decision decision;
    const grpc::Status status = Call<v1::DecisionService>(
        &v1::DecisionService::Stub::CreateDecision, request, &decision, "officer");
    EXPECT_TRUE(status.ok()) << status.error_message();
    return decision;
  }
  grpc::Status Issue(const v1::IssueDecisionRequest& request, v1::Decision* issued) {
    return Call<v1::DecisionService>(&v1::DecisionService::Stub::IssueDecision, request, issued,
                                     "leader");
  }

  std::string other_;  // the second person put up
};

}  // namespace thidua::awards::nominations::testing
