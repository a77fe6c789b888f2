// Who appraises which field, over real gRPC and a real database.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scoring/testing/round_fixture.h"

namespace thidua::scoring::assessments {
namespace {

using test::Fields;
using test::Reason;
using test::WithToken;
using ::testing::ElementsAre;

class LeadsTest : public RoundTest {
 protected:
  void SetUp() override {
    RoundTest::SetUp();
    AddUnit(justice_, district_, "Phòng Tư pháp", "ROOM", "H00.9.71", "");
    AddUnit(finance_, district_, "Phòng Tài chính – Kế hoạch", "ROOM", "H00.9.72", "");
  }

  // The fixture's set with a second field of one leaf, II.1.
  std::string TwoFields() {
    v1::CriteriaSet set = Set();
    v1::CriteriaField& field = *set.add_fields();
    field.set_code("II");
    field.set_title("Cải cách tài chính công");
    field.set_max_points("10");
    v1::Criterion& leaf = *field.add_criteria();
    leaf.set_code("II.1");
    leaf.set_title("Công khai tài chính");
    leaf.set_max_points("10");
    leaf.mutable_rule()->set_type("MANUAL");
    v1::CriteriaSet published;
    Must(Publish(Created(set), &published));
    return published.name();
  }
  v1::AssessmentRound WithLeads(const std::vector<std::string>& units) {
    v1::AssessmentRound sent = RoundOf(TwoFields(), units);
    Lead(sent, "II", finance_);
    Lead(sent, "I", justice_);
    return sent;
  }
  static void Lead(v1::AssessmentRound& round, const std::string& field, const std::string& unit) {
    v1::FieldLead& lead = *round.add_field_leads();
    lead.set_field(field);
    lead.add_units("units/" + unit);
  }
  std::string At(const std::string& who, const std::string& unit) const {
    return Token("person:" + who, unit,
                 {"scoring.assessments.appraise", "scoring.assessments.read"});
  }
  template <class Req>
  Req Both(const v1::Assessment& a) {
    auto request = Scores<Req>(a, "10", "x");
    *request.add_scores() = request.scores(0);
    request.mutable_scores(1)->set_criterion("II.1");
    return request;
  }
  // Commune or room `unit`, handed in by `officer`.
  v1::Assessment Submitted(const std::string& round, const std::string& unit,
                           const std::string& officer) {
    v1::Assessment a = AssessmentOf(round, unit);
    Must(assessments_->SetSelfScores(WithToken(officer).get(), Both<v1::SetSelfScoresRequest>(a),
                                     &a));
    Must(assessments_->SubmitAssessment(WithToken(officer).get(),
                                        Step<v1::SubmitAssessmentRequest>(a), &a));
    return a;
  }
  v1::AppraiseAssessmentRequest Of(const v1::Assessment& a, const std::string& criterion) {
    auto request = Scores<v1::AppraiseAssessmentRequest>(a, "9", "x");
    request.mutable_scores(0)->set_criterion(criterion);
    return request;
  }
  std::string AppraiseReason(const std::string& token,
                             const v1::AppraiseAssessmentRequest& request) {
    v1::Assessment ignored;
    return Reason(assessments_->AppraiseAssessment(WithToken(token).get(), request, &ignored));
  }

  const std::string justice_ = platform::NewId(absl::Now());
  const std::string finance_ = platform::NewId(absl::Now());
};

TEST_F(LeadsTest, WhoAppraisesReadsTheEvidence) {
  v1::AssessmentRound round;
  Must(Open(WithLeads({communes_[0]}), &round));
  const std::string file = EvidenceFile(0);
  v1::Assessment a = AssessmentOf(round.name(), communes_[0]);
  auto scores = Both<v1::SetSelfScoresRequest>(a);
  v1::Evidence& evidence = *scores.mutable_scores(1)->add_evidence();
  evidence.set_file(file);
  evidence.set_pages("1");

  const auto reader = [&](const std::string& unit) {
    return Token("person:reader", unit, {"scoring.files.read", "scoring.files.write"});
  };
  const auto downloaded = [&](const std::string& token) {
    common::v1::DownloadFileRequest request;
    request.set_name(file);
    const auto context = WithToken(token);
    const auto stream = files_->DownloadFile(context.get(), request);
    google::api::HttpBody part;
    std::string bytes;
    while (stream->Read(&part)) bytes += part.data();
    const std::string reason = Reason(stream->Finish());
    return reason.empty() ? bytes : reason;
  };
  EXPECT_EQ(downloaded(reader(justice_)), "PERMISSION_DENIED") << "it is evidence of nothing yet";
  Must(assessments_->SetSelfScores(WithToken(Officer(0)).get(), scores, &a));
  EXPECT_EQ(downloaded(reader(justice_)), "%PDF-1.4 minh chứng 0");
  EXPECT_EQ(downloaded(reader(finance_)), "%PDF-1.4 minh chứng 0");
  EXPECT_EQ(downloaded(reader(communes_[1])), "PERMISSION_DENIED") << "it leads nothing";
  EXPECT_EQ(downloaded(At("justice", justice_)), "PERMISSION_DENIED") << "no right to files";
  common::v1::GetFileRequest get;
  get.set_name(file);
  common::v1::File seen;
  Must(files_->GetFile(WithToken(reader(justice_)).get(), get, &seen));
  EXPECT_EQ(seen.file_name(), "minh-chung.pdf");
  // To read is not to write.
  common::v1::UploadPartRequest write;
  write.set_name(file);
  write.set_data("x");
  EXPECT_EQ(Reason(files_->UploadPart(WithToken(reader(justice_)).get(), write, &seen)),
            "PERMISSION_DENIED");
}

// R-SCO-44
// shows: S4-30
TEST_F(LeadsTest, EachRoomAppraisesTheFieldThatItLeads) {
  v1::AssessmentRound round;
  Must(Open(WithLeads({communes_[0]}), &round));
  ASSERT_EQ(round.field_leads_size(), 2);
  EXPECT_EQ(round.field_leads(0).field(), "I");
  EXPECT_THAT(round.field_leads(0).units(), ElementsAre("units/" + justice_));
  v1::Assessment a = Submitted(round.name(), communes_[0], Officer(0));

  // The room reads what it appraises, though it has no right at the commune.
  const std::string justice = At("justice", justice_);
  v1::GetAssessmentRequest get;
  get.set_name(a.name());
  v1::Assessment read;
  Must(assessments_->GetAssessment(WithToken(justice).get(), get, &read));
  EXPECT_EQ(read.etag(), a.etag());
  v1::ListAssessmentsRequest list;
  v1::ListAssessmentsResponse listed;
  Must(assessments_->ListAssessments(WithToken(justice).get(), list, &listed));
  EXPECT_EQ(listed.assessments_size(), 1);
  v1::ListAssessmentRoundsResponse rounds;
  Must(assessments_->ListAssessmentRounds(WithToken(justice).get(), {}, &rounds));
  EXPECT_EQ(rounds.rounds_size(), 1);
  v1::GetAssessmentRoundRequest get_round;
  get_round.set_name(round.name());
  v1::AssessmentRound seen;
  Must(assessments_->GetAssessmentRound(WithToken(justice).get(), get_round, &seen));
  EXPECT_EQ(seen.field_leads_size(), 2);

  EXPECT_EQ(AppraiseReason(justice, Of(a, "II.1")), "NOT_FIELD_LEAD");
  auto both = Both<v1::AppraiseAssessmentRequest>(a);
  EXPECT_EQ(AppraiseReason(justice, both), "NOT_FIELD_LEAD");
  EXPECT_EQ(AppraiseReason(At("local", communes_[0]), Of(a, "I.3")), "NOT_FIELD_LEAD");
  EXPECT_EQ(AppraiseReason(At("elsewhere", communes_[1]), Of(a, "I.3")), "PERMISSION_DENIED");
  Must(assessments_->AppraiseAssessment(WithToken(justice).get(), Of(a, "I.3"), &a));
  Must(assessments_->AppraiseAssessment(WithToken(At("finance", finance_)).get(), Of(a, "II.1"),
                                        &a));
  EXPECT_EQ(a.criteria(2).appraised().actor(), "person:justice");
  EXPECT_EQ(a.criteria(3).appraised().actor(), "person:finance");
  // Ending the appraisal is for who judges the whole.
  v1::Assessment ignored;
  const auto complete = Step<v1::CompleteAppraisalRequest>(a);
  EXPECT_EQ(Reason(assessments_->CompleteAppraisal(WithToken(justice).get(), complete, &ignored)),
            "PERMISSION_DENIED");
  Must(assessments_->CompleteAppraisal(WithToken(Appraiser()).get(), complete, &a));
}

TEST_F(LeadsTest, WhatWaitsForALeadIsItsField) {
  v1::AssessmentRound round;
  Must(Open(WithLeads({communes_[0]}), &round));
  v1::Assessment a = Submitted(round.name(), communes_[0], Officer(0));
  const auto tasks = [&](const std::string& token) {
    v1::ListAssessmentTasksResponse response;
    Must(assessments_->ListAssessmentTasks(WithToken(token).get(), {}, &response));
    return response;
  };
  const v1::ListAssessmentTasksResponse mine = tasks(At("justice", justice_));
  ASSERT_EQ(mine.tasks_size(), 1);
  EXPECT_EQ(mine.tasks(0).criteria_waiting(), 1);
  EXPECT_THAT(mine.tasks(0).fields(), ElementsAre("I"));
  ASSERT_EQ(tasks(Appraiser()).tasks_size(), 1);
  EXPECT_EQ(tasks(Appraiser()).tasks(0).criteria_waiting(), 2);
  EXPECT_EQ(tasks(Appraiser()).tasks(0).fields_size(), 0);
  // The right at the commune is no right to its fields: it waits for the rooms.
  EXPECT_EQ(tasks(At("local", communes_[0])).tasks_size(), 0);
  Must(
      assessments_->AppraiseAssessment(WithToken(At("justice", justice_)).get(), Of(a, "I.3"), &a));
  EXPECT_EQ(tasks(At("justice", justice_)).tasks_size(), 0);
  EXPECT_EQ(tasks(At("finance", finance_)).tasks_size(), 1);
  Must(assessments_->AppraiseAssessment(WithToken(At("finance", finance_)).get(), Of(a, "II.1"),
                                        &a));
  EXPECT_EQ(tasks(At("local", communes_[0])).tasks_size(), 1);  // to end the appraisal
}

TEST_F(LeadsTest, ARoomDoesNotAppraiseItself) {
  v1::AssessmentRound round;
  Must(Open(WithLeads({justice_, finance_}), &round));
  const std::string officer = Token("person:officer", justice_, {"scoring.assessments.self_score"});
  v1::Assessment a = Submitted(round.name(), justice_, officer);
  EXPECT_EQ(AppraiseReason(At("justice", justice_), Of(a, "I.3")), "NOT_FIELD_LEAD");
  EXPECT_EQ(AppraiseReason(At("finance", finance_), Of(a, "I.3")), "NOT_FIELD_LEAD");
  Must(assessments_->AppraiseAssessment(WithToken(Appraiser()).get(), Of(a, "I.3"), &a));
  Must(assessments_->AppraiseAssessment(WithToken(At("finance", finance_)).get(), Of(a, "II.1"),
                                        &a));
}

TEST_F(LeadsTest, LeadsAreChecked) {
  v1::AssessmentRound ignored;
  v1::AssessmentRound sent = WithLeads({communes_[0]});
  sent.mutable_field_leads(0)->set_field("IX");
  grpc::Status status = Open(sent, &ignored);
  EXPECT_EQ(Reason(status), "FIELD_UNKNOWN");
  EXPECT_THAT(Fields(status), ElementsAre("round.field_leads[0].field"));
  sent.mutable_field_leads(0)->set_field("I");
  EXPECT_EQ(Reason(Open(sent, &ignored)), "FIELD_TWICE");
  sent.mutable_field_leads(0)->set_field("II");
  sent.mutable_field_leads(0)->add_units("units/" + finance_);
  EXPECT_EQ(Reason(Open(sent, &ignored)), "UNIT_TWICE");
  sent.mutable_field_leads(0)->clear_units();
  EXPECT_EQ(Reason(Open(sent, &ignored)), "UNITS_COUNT");
  sent.mutable_field_leads(0)->add_units("units/" + sibling_);
  EXPECT_EQ(Reason(Open(sent, &ignored)), "PERMISSION_DENIED");
  sent.mutable_field_leads(0)->set_units(0, "units/" + ended_);
  EXPECT_EQ(Reason(Open(sent, &ignored)), "UNIT_NOT_VALID");
}

}  // namespace
}  // namespace thidua::scoring::assessments
