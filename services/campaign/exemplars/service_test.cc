// Exemplars as callers see them.
#include "campaign/testing/plan_test.h"
#include "campaign/wording/fold.h"
#include "thidua/campaign/v1/exemplar_service.grpc.pb.h"

namespace thidua::campaign::exemplars {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::ExemplarService::Stub;

class ExemplarsTest : public plans::PlanTest {
 protected:
  void SetUp() override {
    PlanTest::SetUp();
    stub_ = v1::ExemplarService::NewStub(channel());
    plan_ = Launched(Movement());
    ASSERT_TRUE(status.ok()) << reason();
    unit_ = UnitOf("H00.20.11");
    officer_ =
        TokenAt(unit_, {"campaign.exemplars.read", "campaign.exemplars.write"}, "person:officer");
    room_ = TokenAt(UnitOf("H00.20.01"), {"campaign.exemplars.read", "campaign.exemplars.publish"},
                    "person:room");
  }
  v1::ProposeExemplarRequest Proposal() {
    v1::ProposeExemplarRequest request;
    request.set_plan(plan_.name());
    request.set_unit(unit_);
    request.set_subject(v1::SUBJECT_COLLECTIVE);
    request.set_honoree("Bộ phận một cửa thị trấn Đắk Mâm");
    request.set_title("Trả kết quả tại nhà");
    request.set_deeds("Mỗi tuần một buổi trả kết quả tại thôn (kiểm thử)");
    request.set_request_id(Next());
    return request;
  }
  v1::ProposeExemplarRequest OfPerson(const std::string& unit) {
    v1::ListPeopleRequest people;
    people.set_unit(unit);
    const auto found = Ask(directory(), &v1::DirectoryService::Stub::ListPeople, people);
    auto request = Proposal();
    request.set_subject(v1::SUBJECT_INDIVIDUAL);
    EXPECT_GT(found.people_size(), 0) << reason();
    if (found.people_size() == 0) return request;
    request.set_honoree("Công chức một cửa " + found.people(0).full_name());
    request.set_person(found.people(0).name());
    return request;
  }
  v1::PlanExemplar Propose(const v1::ProposeExemplarRequest& request,
                           const std::string& token = "") {
    return Ask(*stub_, &Stub::ProposeExemplar, request, token);
  }
  v1::PublishExemplarRequest Publishing(const v1::PlanExemplar& exemplar, const std::string& outlet,
                                        const std::string& url) {
    v1::PublishExemplarRequest request;
    request.set_name(exemplar.name());
    request.set_etag(exemplar.etag());
    v1::ExemplarPublication* one = request.add_publications();
    one->set_outlet(outlet);
    one->set_url(url);
    one->set_publication_date("2022-10-14");
    request.set_request_id(Next());
    return request;
  }
  v1::PlanExemplar Publish(const v1::PublishExemplarRequest& request, const std::string& token) {
    return Ask(*stub_, &Stub::PublishExemplar, request, token);
  }
  v1::ListExemplarsResponse List(const v1::ListExemplarsRequest& request = {},
                                 const std::string& token = "") {
    return Ask(*stub_, &Stub::ListExemplars, request, token);
  }

  std::unique_ptr<Stub> stub_;
  v1::Plan plan_;
  std::string unit_, officer_, room_;
};

// shows: S2-11, S4-29
TEST_F(ExemplarsTest, IntroducedByItsUnitAndPublishedByTheCoordinator) {
  const v1::PlanExemplar proposed = Propose(Proposal(), officer_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(proposed.state(), v1::EXEMPLAR_STATE_PROPOSED);
  EXPECT_EQ(proposed.propose_date(), "2022-10-14");
  const auto first = Publishing(proposed, "Báo Đắk Nông", "https://baodaknong.vn/guong-dien-hinh");
  Publish(first, officer_);
  EXPECT_EQ(reason(), "PERMISSION_DENIED");
  const v1::PlanExemplar published = Publish(first, room_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(published.state(), v1::EXEMPLAR_STATE_PUBLISHED);
  const v1::PlanExemplar again =
      Publish(Publishing(published, "Đài truyền thanh huyện", ""), room_);
  ASSERT_TRUE(status.ok()) << reason();
  ASSERT_THAT(again.publications(), SizeIs(2));
  EXPECT_EQ(again.publications(0).url(), "https://baodaknong.vn/guong-dien-hinh");
  EXPECT_EQ(again.publications(1).outlet(), "Đài truyền thanh huyện");
  EXPECT_EQ(CountEvents("PlanExemplarRecorded"), 3);
  v1::GetExemplarRequest get;
  get.set_name(again.name());
  EXPECT_EQ(Ask(*stub_, &Stub::GetExemplar, get, officer_).SerializeAsString(),
            again.SerializeAsString())
      << reason();
  EXPECT_EQ(CountEvents("PersonalDataRead"), 0) << "a collective is no person";
}

TEST_F(ExemplarsTest, ShowingAnIndividualIsAReadingOfPersonalData) {
  const int before = CountEvents("PersonalDataRead") + 1;  // the list of people itself
  const v1::PlanExemplar proposed = Propose(OfPerson(unit_));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_NE(proposed.person(), "");
  EXPECT_EQ(CountEvents("PersonalDataRead"), before);
  List();
  EXPECT_EQ(CountEvents("PersonalDataRead"), before + 1);
  v1::GetExemplarRequest get;
  get.set_name(proposed.name());
  Ask(*stub_, &Stub::GetExemplar, get);
  EXPECT_EQ(CountEvents("PersonalDataRead"), before + 2);

  Propose(OfPerson(UnitOf("H00.20.12")));
  EXPECT_EQ(reason(), "PERSON_ELSEWHERE");
  auto collective = OfPerson(unit_);
  collective.set_subject(v1::SUBJECT_COLLECTIVE);
  Propose(collective);
  EXPECT_EQ(reason(), "PERSON_OF_COLLECTIVE");
}

TEST_F(ExemplarsTest, R_EXE_04_WhoIntroducesDoesNotPublish) {
  const std::string both =
      TokenAt(UnitOf("H00.20"), {"campaign.exemplars.write", "campaign.exemplars.publish"});
  const v1::PlanExemplar proposed = Propose(Proposal(), both);
  ASSERT_TRUE(status.ok()) << reason();
  Publish(Publishing(proposed, "Báo Đắk Nông", ""), both);
  EXPECT_EQ(reason(), "OWN_EXEMPLAR");
  Publish(Publishing(proposed, "Báo Đắk Nông", ""), room_);
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(ExemplarsTest, R_EXE_05_NobodyIntroducesOrPublishesThemselves) {
  auto request = OfPerson(unit_);
  const std::string subject = "person:" + request.person().substr(request.person().find('/') + 1);
  Propose(request, TokenAt(unit_, {"campaign.exemplars.write"}, subject));
  EXPECT_EQ(reason(), "OWN_PERSON");
  const v1::PlanExemplar proposed = Propose(request, officer_);
  ASSERT_TRUE(status.ok()) << reason();
  const auto publishing = Publishing(proposed, "Báo Đắk Nông", "");
  Publish(publishing, TokenAt(UnitOf("H00.20.01"), {"campaign.exemplars.publish"}, subject));
  EXPECT_EQ(reason(), "OWN_PERSON");
  Publish(publishing, room_);
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(ExemplarsTest, R_EXE_06_TheHonoreeIsThePerson) {
  auto request = OfPerson(unit_);
  const std::string honoree = request.honoree();
  request.set_honoree("Công chức một cửa Người Khác Hẳn");
  Propose(request, officer_);
  EXPECT_EQ(reason(), "HONOREE_NOT_PERSON");
  EXPECT_THAT(fields(), ElementsAre("honoree"));
  // Case and accents aside.
  request.set_honoree(wording::Fold(honoree) + ", thị trấn Đắk Mâm");
  Propose(request, officer_);
  EXPECT_TRUE(status.ok()) << reason();
}

// As for issues (IssuesTest.AnotherBodysPlanIsAsNone).
TEST_F(ExemplarsTest, AnotherBodysPlanIsAsNone) {
  v1::Plan draft = Small();
  draft.set_number("2");
  auto request = Proposal();
  request.set_plan(Create(draft).name());
  Propose(request, officer_);
  EXPECT_EQ(reason(), "UNKNOWN_PLAN");
  request.set_request_id(Next());
  Propose(request);
  EXPECT_EQ(reason(), "PLAN_STATE") << "who may read it may know why not";
  request = Proposal();
  request.set_unit(UnitOf("H00.20.01"));
  Propose(request, TokenAt(request.unit(), {"campaign.exemplars.write"}));
  EXPECT_EQ(reason(), "UNKNOWN_PLAN");
}

TEST_F(ExemplarsTest, ListsAreFilteredAndShowWhatConcernsTheCaller) {
  const v1::PlanExemplar mine = Propose(Proposal(), officer_);
  auto other = Proposal();
  other.set_unit(UnitOf("H00.20.12"));
  Propose(other);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(List({}, officer_).exemplars(), SizeIs(1));
  EXPECT_THAT(List({}, room_).exemplars(), SizeIs(2));
  EXPECT_THAT(List({}, TokenAt(UnitOf("H00.01"), {"*"})).exemplars(), IsEmpty());
  Publish(Publishing(mine, "Báo Đắk Nông", ""), room_);
  v1::ListExemplarsRequest filter;
  filter.set_state(v1::EXEMPLAR_STATE_PUBLISHED);
  EXPECT_THAT(List(filter).exemplars(), SizeIs(1));
  filter.Clear();
  filter.set_subject(v1::SUBJECT_INDIVIDUAL);
  EXPECT_THAT(List(filter).exemplars(), IsEmpty());
  filter.Clear();
  filter.set_page_size(1);
  const auto page = List(filter);
  ASSERT_NE(page.next_page_token(), "");
  filter.set_page_token(page.next_page_token());
  ASSERT_THAT(List(filter).exemplars(), SizeIs(1));
  EXPECT_NE(List(filter).exemplars(0).name(), page.exemplars(0).name());
}

TEST_F(ExemplarsTest, WhatIsWrongIsRefused) {
  auto request = Proposal();
  request.set_subject(v1::SUBJECT_UNSPECIFIED);
  request.set_honoree("");
  Propose(request);
  EXPECT_THAT(fields(), ElementsAre("subject", "honoree"));
  request = Proposal();
  request.set_unit(UnitOf("H00.20.01"));
  Propose(request);
  EXPECT_EQ(reason(), "NOT_A_PARTICIPANT");
  const v1::PlanExemplar proposed = Propose(Proposal());
  Publish(Publishing(proposed, "Báo", "javascript:alert(1)"), room_);
  EXPECT_EQ(reason(), "URL_MALFORMED");
  auto nothing = Publishing(proposed, "Báo", "");
  nothing.clear_publications();
  Publish(nothing, room_);
  EXPECT_EQ(reason(), "FIELD_LENGTH");
  auto many = Publishing(proposed, "Báo", "");
  for (int i = 1; i < 20; ++i) *many.add_publications() = many.publications(0);
  v1::PlanExemplar full = Publish(many, room_);
  ASSERT_TRUE(status.ok()) << reason();
  for (int i = 0; i < 2; ++i) {
    many.set_etag(full.etag());
    many.set_request_id(Next());
    if (i == 0) full = Publish(many, room_);
  }
  Publish(many, room_);
  EXPECT_EQ(reason(), "PUBLICATIONS_TOO_MANY");
}

}  // namespace
}  // namespace thidua::campaign::exemplars
