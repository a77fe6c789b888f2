#include <gmock/gmock.h>

#include "awards/nominations/service_fixture.h"

namespace thidua::awards::nominations {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::NominationServiceTest;

class WorkTest : public NominationServiceTest {
 protected:
  v1::ListPendingWorkResponse Work(const std::string& who = "officer",
                                   v1::PendingWorkKind kind = v1::PENDING_WORK_KIND_UNSPECIFIED) {
    v1::ListPendingWorkRequest request;
    request.set_kind(kind);
    v1::ListPendingWorkResponse response;
    const grpc::Status status = Call<v1::NominationService>(
        &v1::NominationService::Stub::ListPendingWork, request, &response, who);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  // The kind of work that one nomination waits for.
  v1::PendingWork Only(const std::string& who = "officer") {
    const v1::ListPendingWorkResponse response = Work(who);
    EXPECT_EQ(response.work_size(), 1);
    return response.work_size() == 1 ? response.work(0) : v1::PendingWork();
  }
};

TEST_F(WorkTest, WhoHasNotAnsweredOrFiledAndTheDaysLeft) {
  const v1::Nomination invited = Invited();
  v1::PendingWork work = Only();
  EXPECT_EQ(work.kind(), v1::PENDING_WORK_KIND_ANSWER);
  EXPECT_EQ(work.nomination(), invited.name());
  EXPECT_EQ(work.unit(), UnitName("commune-1"));
  EXPECT_EQ(work.subject(), v1::AWARD_SUBJECT_COLLECTIVE);
  EXPECT_EQ(work.state_date(), "2024-02-01");
  EXPECT_EQ(work.due_date(), "2024-02-15");
  EXPECT_EQ(work.days_left(), 14);
  SetToday(absl::CivilDay(2024, 2, 15));
  EXPECT_EQ(Only().days_left(), 0);
  EXPECT_TRUE(Only().has_days_left()) << "0 days left is not without a day";
  SetToday(absl::CivilDay(2024, 2, 17));
  work = Only();
  EXPECT_EQ(work.kind(), v1::PENDING_WORK_KIND_MISSED);
  EXPECT_EQ(work.days_left(), -2);
  EXPECT_EQ(work.state_date(), "2024-02-16");
}

TEST_F(WorkTest, EachStepOfTheWayWaitsForSomebody) {
  const std::string name = Shortlisted().name();
  EXPECT_EQ(Only().kind(), v1::PENDING_WORK_KIND_INVITATION);
  EXPECT_FALSE(Only().has_days_left());
  v1::InviteUnitsRequest invite;
  invite.add_nominations(name);
  invite.set_request_id(RequestId());
  v1::InviteUnitsResponse invited;
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::InviteUnits, invite,
                                          &invited, "officer")
                  .ok());
  EXPECT_EQ(Only().kind(), v1::PENDING_WORK_KIND_ANSWER);
  EXPECT_EQ(Only().due_date(), "") << "the invitation set no day";
  v1::Nomination filed;
  ASSERT_TRUE(File(Dossier(name), &filed).ok());
  EXPECT_EQ(Only().kind(), v1::PENDING_WORK_KIND_APPRAISAL);
  ASSERT_TRUE(Return(name).ok());
  EXPECT_EQ(Only().kind(), v1::PENDING_WORK_KIND_FILING);
  ASSERT_TRUE(File(Dossier(name), &filed).ok());
  ASSERT_TRUE(Appraise(name, "Chưa có nguồn dữ liệu").ok());
  EXPECT_EQ(Only().kind(), v1::PENDING_WORK_KIND_BALLOT);
}

TEST_F(WorkTest, TheCouncilsAndTheIssuersPart) {
  const v1::Ballot opened = Opened();
  EXPECT_EQ(Only().kind(), v1::PENDING_WORK_KIND_VOTES);
  EXPECT_EQ(Only().ballot(), opened.name());
  for (const char* who : {"member-1", "member-2", "member-3", "member-4", "member-5"}) {
    ASSERT_TRUE(Vote(opened.name(), who, v1::VOTE_CHOICE_FOR).ok());
  }
  v1::Ballot closed;
  ASSERT_TRUE(Close(opened.name(), {}, &closed).ok());
  EXPECT_EQ(Only().kind(), v1::PENDING_WORK_KIND_DECISION);
}

TEST_F(WorkTest, ADraftWaitsForItsIssueAndWhatIsDecidedForNothing) {
  const v1::Decision draft = Drafted();
  EXPECT_EQ(Only().kind(), v1::PENDING_WORK_KIND_ISSUE);
  EXPECT_EQ(Only().decision(), draft.name());
  v1::Decision issued;
  ASSERT_TRUE(Call<v1::DecisionService>(&v1::DecisionService::Stub::IssueDecision,
                                        IssueRequest(draft), &issued, "leader")
                  .ok());
  EXPECT_THAT(Work().work(), IsEmpty());
}

TEST_F(WorkTest, EverybodySeesTheOwnPartOnly) {
  Invited();
  EXPECT_EQ(Only("commune").kind(), v1::PENDING_WORK_KIND_ANSWER);
  EXPECT_THAT(Work("stranger").work(), IsEmpty());
  EXPECT_THAT(Work("officer", v1::PENDING_WORK_KIND_APPRAISAL).work(), IsEmpty());
  EXPECT_EQ(Work("officer", v1::PENDING_WORK_KIND_ANSWER).work_size(), 1);
}

TEST_F(WorkTest, PagesGoOnOverWhatIsNotShown) {
  v1::ShortlistUnitsResponse shortlisted;
  ASSERT_TRUE(Shortlist(ShortlistRequest(), &shortlisted).ok());
  ASSERT_EQ(shortlisted.nominations_size(), 2);
  v1::ListPendingWorkRequest request;
  request.set_page_size(1);
  v1::ListPendingWorkResponse page;
  std::vector<std::string> seen;
  do {
    ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::ListPendingWork, request,
                                            &page, "officer")
                    .ok());
    for (const v1::PendingWork& work : page.work()) seen.push_back(work.nomination());
    request.set_page_token(page.next_page_token());
  } while (!page.next_page_token().empty());
  EXPECT_THAT(seen,
              ElementsAre(shortlisted.nominations(0).name(), shortlisted.nominations(1).name()));
}

}  // namespace
}  // namespace thidua::awards::nominations
