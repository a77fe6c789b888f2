// Meetings of councils as callers see them, over a real server and database.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "platform/json.h"
#include "support/awards/fixture.h"

namespace thidua::awards::councils {
namespace {

using test::Reason;
using testing::AwardsTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class MeetingServiceTest : public AwardsTest {
 protected:
  void SetUp() override {
    AwardsTest::SetUp();
    council_ = Council();
  }

  v1::ScheduleMeetingRequest Request() {
    v1::ScheduleMeetingRequest request;
    request.set_council(council_.name());
    request.mutable_meeting()->set_begin("2024-02-27T14:00:00+07:00");
    request.mutable_meeting()->set_place("Phòng họp A, UBND huyện Krông Nô");
    request.mutable_meeting()->set_agenda("Xét khen thưởng phong trào thi đua năm 2023");
    request.set_request_id(RequestId());
    return request;
  }
  grpc::Status Schedule(const v1::ScheduleMeetingRequest& request, v1::Meeting* meeting,
                        const std::string& who = "officer") {
    return Call<v1::CouncilService>(&v1::CouncilService::Stub::ScheduleMeeting, request, meeting,
                                    who);
  }
  v1::Meeting Scheduled() {
    v1::Meeting meeting;
    const grpc::Status status = Schedule(Request(), &meeting);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return meeting;
  }
  grpc::Status Update(const v1::Meeting& wanted, v1::Meeting* meeting) {
    v1::UpdateMeetingRequest request;
    *request.mutable_meeting() = wanted;
    request.set_request_id(RequestId());
    return Call<v1::CouncilService>(&v1::CouncilService::Stub::UpdateMeeting, request, meeting,
                                    "officer");
  }
  grpc::Status Cancel(const std::string& name, const std::string& reason, v1::Meeting* meeting) {
    v1::CancelMeetingRequest request;
    request.set_name(name);
    request.set_reason(reason);
    request.set_request_id(RequestId());
    return Call<v1::CouncilService>(&v1::CouncilService::Stub::CancelMeeting, request, meeting,
                                    "officer");
  }
  v1::ListMeetingsResponse List(const v1::ListMeetingsRequest& request, const std::string& who) {
    v1::ListMeetingsResponse response;
    const grpc::Status status =
        Call<v1::CouncilService>(&v1::CouncilService::Stub::ListMeetings, request, &response, who);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  v1::Council council_;
};

// shows: S3-30
TEST_F(MeetingServiceTest, AMeetingSummonsTheMembersOfItsDay) {
  const v1::Meeting meeting = Scheduled();
  EXPECT_EQ(meeting.council(), council_.name());
  EXPECT_EQ(meeting.state(), v1::MEETING_STATE_SCHEDULED);
  EXPECT_EQ(meeting.begin(), "2024-02-27T14:00:00+07:00");
  EXPECT_EQ(meeting.summoned_size(), 5);
  EXPECT_EQ(meeting.etag(), "\"1\"");

  v1::GetMeetingRequest get;
  get.set_name(meeting.name());
  v1::Meeting read;
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::GetMeeting, get, &read, "leader").ok());
  EXPECT_EQ(read.SerializeAsString(), meeting.SerializeAsString());
  EXPECT_THAT(Payload("CouncilMeetingScheduled"),
              AllOf(HasSubstr(Id("member-1")), HasSubstr("2024-02-27T14:00:00+07:00"),
                    HasSubstr("\"set_time\":\"2024-02-01T12:0"), Not(HasSubstr("people/"))));
}

TEST_F(MeetingServiceTest, WhatCannotBeIsRefused) {
  const auto reason = [this](const std::function<void(v1::ScheduleMeetingRequest*)>& change) {
    v1::ScheduleMeetingRequest request = Request();
    change(&request);
    v1::Meeting meeting;
    return Reason(Schedule(request, &meeting));
  };
  EXPECT_EQ(reason([](auto* r) { r->mutable_meeting()->set_begin("2024-02-01T12:00:00+07:00"); }),
            "MEETING_TIME_PAST");
  EXPECT_EQ(reason([](auto* r) { r->mutable_meeting()->set_begin("2025-03-01T12:00:00+07:00"); }),
            "MEETING_TIME_TOO_FAR");
  EXPECT_EQ(reason([](auto* r) { r->mutable_meeting()->set_begin("2024-02-27"); }),
            "MEETING_TIME_MALFORMED");
  EXPECT_EQ(reason([](auto* r) { r->mutable_meeting()->clear_place(); }), "FIELD_REQUIRED");
  EXPECT_EQ(reason([](auto* r) { r->mutable_meeting()->clear_agenda(); }), "FIELD_REQUIRED");
  EXPECT_EQ(reason([](auto* r) { r->mutable_meeting()->add_summoned(PersonName("leader")); }),
            "NOT_A_MEMBER");
  EXPECT_EQ(reason([](auto* r) {
              for (int i = 0; i < 2; ++i)
                r->mutable_meeting()->add_summoned(PersonName("member-1"));
            }),
            "LISTED_TWICE");
  EXPECT_EQ(reason([](auto* r) {
              r->mutable_meeting()->add_ballots("ballots/00000000000000000000000000");
            }),
            "BALLOT_OF_OTHER_COUNCIL");
  EXPECT_EQ(Count("meetings"), "0");
  v1::Meeting meeting;
  EXPECT_EQ(Reason(Schedule(Request(), &meeting, "commune")), "PERMISSION_DENIED");
  v1::ScheduleMeetingRequest check = Request();
  check.set_validate_only(true);
  EXPECT_TRUE(Schedule(check, &meeting).ok());
  EXPECT_EQ(Count("meetings"), "0");
}

TEST_F(MeetingServiceTest, R_AWD_14_BallotsAreOpenOnesOfTheCouncil) {
  const v1::Ballot ballot = Opened();
  v1::ScheduleMeetingRequest request = Request();
  request.mutable_meeting()->add_ballots(ballot.name());
  v1::Meeting meeting;
  EXPECT_EQ(Reason(Schedule(request, &meeting)), "BALLOT_OF_OTHER_COUNCIL")
      << "Opened() has set up a council of its own";
  request.set_council(ballot.council());
  request.set_request_id(RequestId());
  ASSERT_TRUE(Schedule(request, &meeting).ok());
  EXPECT_THAT(meeting.ballots(), ElementsAre(ballot.name()));
  v1::CancelBallotRequest cancel;
  cancel.set_name(ballot.name());
  cancel.set_reason("Hoãn");
  cancel.set_request_id(RequestId());
  v1::Ballot cancelled;
  ASSERT_TRUE(Call<v1::CouncilService>(&v1::CouncilService::Stub::CancelBallot, cancel, &cancelled,
                                       "leader")
                  .ok());
  request.set_request_id(RequestId());
  v1::Meeting other;
  EXPECT_EQ(Reason(Schedule(request, &other)), "BALLOT_STATE");

  // What the meeting has already is asked once: the place may change after a ballot has ended.
  meeting.set_place("Phòng họp B");
  v1::Meeting moved;
  ASSERT_TRUE(Update(meeting, &moved).ok());
  EXPECT_EQ(moved.place(), "Phòng họp B");
  EXPECT_THAT(moved.ballots(), ElementsAre(ballot.name()));
  moved.clear_ballots();
  ASSERT_TRUE(Update(moved, &meeting).ok());
  meeting.add_ballots(ballot.name());
  EXPECT_EQ(Reason(Update(meeting, &moved)), "BALLOT_STATE") << "put on it anew";
}

TEST_F(MeetingServiceTest, AChangeIsANewVersionAndNoChangeIsNone) {
  v1::Meeting wanted = Scheduled();
  v1::Meeting changed;
  ASSERT_TRUE(Update(wanted, &changed).ok());
  EXPECT_EQ(changed.etag(), "\"1\"") << "nothing was changed";
  EXPECT_THAT(EventTypes(), Not(::testing::Contains("CouncilMeetingChanged")));

  wanted.set_begin("2024-02-28T08:30:00+07:00");
  wanted.clear_summoned();
  wanted.add_summoned(PersonName("member-2"));
  ASSERT_TRUE(Update(wanted, &changed).ok());
  EXPECT_EQ(changed.etag(), "\"2\"");
  EXPECT_THAT(changed.summoned(), ElementsAre(PersonName("member-2")));
  EXPECT_THAT(Payload("CouncilMeetingChanged"), HasSubstr("2024-02-28T08:30:00+07:00"));
  EXPECT_EQ(Reason(Update(wanted, &changed)), "ETAG_MISMATCH");
  wanted.set_etag("");
  EXPECT_EQ(Reason(Update(wanted, &changed)), "ETAG_REQUIRED");

  // A repeat gets the first answer, another content is refused.
  v1::ScheduleMeetingRequest request = Request();
  v1::Meeting first, again;
  ASSERT_TRUE(Schedule(request, &first).ok());
  ASSERT_TRUE(Schedule(request, &again).ok());
  EXPECT_EQ(first.name(), again.name());
  request.mutable_meeting()->set_place("Nơi khác");
  EXPECT_EQ(Reason(Schedule(request, &again)), "REQUEST_ID_REUSED");
}

TEST_F(MeetingServiceTest, R_AWD_13_NothingMovesOnceItHasBegunOrWasCalledOff) {
  v1::Meeting meeting = Scheduled();
  v1::Meeting answer;
  EXPECT_EQ(Reason(Cancel(meeting.name(), "", &answer)), "FIELD_REQUIRED");
  ASSERT_TRUE(Cancel(meeting.name(), "Chủ tịch đi công tác", &answer).ok());
  EXPECT_EQ(answer.state(), v1::MEETING_STATE_CANCELLED);
  EXPECT_EQ(answer.cancel_reason(), "Chủ tịch đi công tác");
  EXPECT_THAT(Payload("CouncilMeetingCancelled"), HasSubstr("Chủ tịch đi công tác"));
  EXPECT_EQ(Reason(Cancel(meeting.name(), "lần nữa", &answer)), "MEETING_STATE");
  meeting.set_place("Nơi khác");
  meeting.set_etag("\"2\"");
  EXPECT_EQ(Reason(Update(meeting, &answer)), "MEETING_STATE");

  meeting = Scheduled();
  SetToday(absl::CivilDay(2024, 2, 28));
  meeting.set_begin("2024-03-27T14:00:00+07:00");
  EXPECT_EQ(Reason(Update(meeting, &answer)), "MEETING_STATE");
  EXPECT_EQ(Reason(Cancel(meeting.name(), "quá muộn", &answer)), "MEETING_STATE");
}

TEST_F(MeetingServiceTest, ListsPageAndShowWhatOneMaySee) {
  for (int i = 0; i < 3; ++i) Scheduled();
  v1::ListMeetingsRequest request;
  request.set_page_size(2);
  v1::ListMeetingsResponse page = List(request, "officer");
  EXPECT_EQ(page.meetings_size(), 2);
  request.set_page_token(page.next_page_token());
  page = List(request, "officer");
  EXPECT_EQ(page.meetings_size(), 1);
  EXPECT_EQ(page.next_page_token(), "");
  request.Clear();
  request.set_from_date("2024-02-28");
  EXPECT_EQ(List(request, "officer").meetings_size(), 0);
  request.set_from_date("2024-02-27");
  request.set_council(council_.name());
  EXPECT_EQ(List(request, "officer").meetings_size(), 3);
  request.set_council("councils/00000000000000000000000000");
  EXPECT_EQ(List(request, "officer").meetings_size(), 0);
  const auto stub = v1::CouncilService::NewStub(server_->channel());
  const auto elsewhere = test::WithToken(
      keys_->Token("person:" + Id("stranger"), {{Id("commune-2"), {"awards.councils.read"}}}));
  v1::ListMeetingsResponse seen;
  ASSERT_TRUE(stub->ListMeetings(elsewhere.get(), {}, &seen).ok());
  EXPECT_EQ(seen.meetings_size(), 0);
}

// Who reads the feed anew may know a meeting that was called off since.
TEST_F(MeetingServiceTest, ASnapshotTellsOfMeetings) {
  const v1::Meeting kept = Scheduled();
  v1::Meeting gone = Scheduled();
  ASSERT_TRUE(Cancel(gone.name(), "Trùng lịch", &gone).ok());
  const auto stub = v1::FeedService::NewStub(server_->channel());
  const auto context = test::WithToken(keys_->ServiceToken("notify"));
  const auto reader = stub->ExportSnapshot(context.get(), common::v1::ExportSnapshotRequest());
  std::vector<std::string> meetings;
  common::v1::SnapshotItem item;
  while (reader->Read(&item)) {
    const std::string prefix = "thidua.awards.v1.CouncilMeeting";
    if (!item.has_event() || item.event().type().rfind(prefix, 0) != 0) continue;
    meetings.push_back(item.event().type().substr(prefix.size()) + " meetings/" +
                       item.event().aggregate_id());
    EXPECT_EQ(item.event().payload_json().find("Trùng lịch") != std::string::npos,
              item.event().aggregate_version() == 2);
  }
  const grpc::Status ended = reader->Finish();
  EXPECT_TRUE(ended.ok()) << ended.error_message();
  EXPECT_THAT(meetings, ElementsAre("Scheduled " + kept.name(), "Cancelled " + gone.name()));
}

}  // namespace
}  // namespace thidua::awards::councils
