// Meetings from awards' feed to inboxes, mails and SMS in the queue, over a real database.
#include "notify/meetings/worker.h"
#include "notify/testing/fixture.h"

namespace thidua::notify::meetings {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class MeetingsTest : public NotifyTest {
 protected:
  void SetUp() override {
    NotifyTest::SetUp();
    SetBusinessTime("2023-11-20 09:00");
    chair_ = AddPerson(district_, "chu.tich@krongno.example", "2022-01-01", "+84912345678");
    member_ = AddPerson(dak_dro_, "uy.vien@krongno.example", "2022-01-01", "+84912345679");
  }

  awards::v1::CouncilMeeting Meeting() {
    awards::v1::CouncilMeeting meeting;
    meeting.set_meeting_id(MakeId());
    meeting.set_version(1);
    meeting.set_council_id(MakeId());
    meeting.set_council_title("Hội đồng Thi đua - Khen thưởng huyện Krông Nô");
    meeting.set_unit_id(district_);
    meeting.set_begin("2023-12-05T14:00:00+07:00");
    meeting.set_place("Phòng họp A");
    meeting.set_agenda("Xét khen thưởng phong trào thi đua năm 2023");
    meeting.add_person_ids(chair_);
    meeting.add_person_ids(member_);
    meeting.set_set_time("2023-11-20T09:00:00+07:00");
    return meeting;
  }
  void Schedule(const awards::v1::CouncilMeeting& meeting) {
    awards::v1::CouncilMeetingScheduled event;
    *event.mutable_meeting() = meeting;
    Happens(event, "2023-11-20");
  }
  void Change(awards::v1::CouncilMeeting& meeting, const std::string& date) {
    meeting.set_version(meeting.version() + 1);
    awards::v1::CouncilMeetingChanged event;
    *event.mutable_meeting() = meeting;
    Happens(event, date);
  }
  void Cancel(awards::v1::CouncilMeeting& meeting, const std::string& date) {
    meeting.set_version(meeting.version() + 1);
    awards::v1::CouncilMeetingCancelled event;
    *event.mutable_meeting() = meeting;
    event.set_reason("Chủ tịch đi công tác");
    Happens(event, date);
  }
  common::v1::Event Item(const awards::v1::CouncilMeeting& meeting) {
    awards::v1::CouncilMeetingScheduled scheduled;
    *scheduled.mutable_meeting() = meeting;
    return ItemOf(scheduled, "2023-11-20");
  }
  void FeedBeginsAnew(const std::vector<common::v1::Event>& items) {
    const absl::Status told = StartAgain("awards", items);
    EXPECT_TRUE(told.ok()) << told;
  }
  int Fire() {
    const absl::StatusOr<int> settled = worker_.FireDue();
    EXPECT_TRUE(settled.ok()) << settled.status();
    return settled.value_or(-1);
  }
  // Kind and ways of what was told to a person, in order.
  std::vector<std::string> Told(const std::string& person) {
    return Column(
        "SELECT CONCAT(i.kind, ' ', COALESCE(GROUP_CONCAT(d.channel ORDER BY d.channel), '-')) "
        "FROM inbox_items i LEFT JOIN deliveries d ON d.item_id = i.item_id WHERE i.person_id = '" +
        person + "' GROUP BY i.item_id ORDER BY i.item_id");
  }
  std::vector<std::string> Reminders() {
    return Column(
        "SELECT CONCAT(revision, ' ', code, ' ', state, ' ', reason) FROM meeting_reminders ORDER "
        "BY revision, fire_at");
  }

  std::string chair_, member_;
  Worker worker_{{}, pool(), clock_, business_, metrics_, log_};
};

TEST_F(MeetingsTest, EveryoneSummonedIsInvitedAtOnce) {
  const auto meeting = Meeting();
  Schedule(meeting);
  EXPECT_THAT(Told(chair_), ElementsAre("MEETING_INVITED MAIL"));
  EXPECT_THAT(Told(member_), ElementsAre("MEETING_INVITED MAIL"));
  EXPECT_THAT(Column("SELECT title FROM notices"),
              ElementsAre("Giấy mời họp Hội đồng Thi đua - Khen thưởng huyện Krông Nô: 14 giờ 00 "
                          "ngày 05/12/2023"));
  EXPECT_THAT(Column("SELECT body FROM notices").at(0),
              AllOf(HasSubstr("UBND huyện Krông Nô trân trọng kính mời"),
                    HasSubstr("14 giờ 00, thứ Ba, ngày 05/12/2023"), HasSubstr("Phòng họp A"),
                    HasSubstr("Xét khen thưởng")));
  EXPECT_THAT(Column("SELECT link FROM notices"), ElementsAre("meetings/" + meeting.meeting_id()));
  EXPECT_THAT(Column("SELECT unit_id FROM deliveries"), UnorderedElementsAre(district_, dak_dro_))
      << "of the post of each";
  Schedule(meeting);
  EXPECT_EQ(Count("notices"), 1) << "told again";
}

// shows: S3-10
TEST_F(MeetingsTest, TheReminderGoesBySmsTheDayBeforeAndAnHourBefore) {
  Schedule(Meeting());
  SetBusinessTime("2023-12-04 13:59");
  EXPECT_EQ(Fire(), 0);
  SetBusinessTime("2023-12-04 14:00");
  EXPECT_EQ(Fire(), 1);
  EXPECT_EQ(Fire(), 0);
  EXPECT_THAT(Told(member_), ElementsAre("MEETING_INVITED MAIL", "MEETING_REMINDER SMS"));
  EXPECT_THAT(Column("SELECT address FROM deliveries WHERE channel = 'SMS'"),
              UnorderedElementsAre("+84912345678", "+84912345679"));
  EXPECT_THAT(Column("SELECT sms FROM notices WHERE kind = 'MEETING_REMINDER'"),
              ElementsAre("Nhắc họp 14 giờ 00 thứ Ba 05/12/2023 tại Phòng họp A: Hội đồng Thi đua "
                          "- Khen thưởng huyện Krông Nô"));
  SetBusinessTime("2023-12-05 13:00");
  EXPECT_EQ(Fire(), 1);
  EXPECT_THAT(Told(chair_),
              ElementsAre("MEETING_INVITED MAIL", "MEETING_REMINDER SMS", "MEETING_REMINDER SMS"));
  EXPECT_EQ(EventCount("MeetingReminderFired"), 2);
  SetBusinessTime("2023-12-06 09:00");
  EXPECT_EQ(Fire(), 0);
}

TEST_F(MeetingsTest, WhoHasNoTelephoneIsRemindedByMail) {
  const std::string other = AddPerson(nam_da_, "khong.may@krongno.example");
  const std::string fixed =
      AddPerson(nam_da_, "co.dinh@krongno.example", "2022-01-01", "+84261123456");
  auto meeting = Meeting();
  meeting.add_person_ids(other);
  meeting.add_person_ids(fixed);
  Schedule(meeting);
  SetBusinessTime("2023-12-04 14:00");
  EXPECT_EQ(Fire(), 1);
  EXPECT_THAT(Told(other), ElementsAre("MEETING_INVITED MAIL", "MEETING_REMINDER MAIL"));
  EXPECT_THAT(Column("SELECT CONCAT(state, ' ', failure) FROM deliveries WHERE address = "
                     "'+84261123456'"),
              ElementsAre("FAILED ADDRESS_INVALID"))
      << "a fixed line takes no SMS, and somebody can see it";
  EXPECT_EQ(EventCount("DeliveryFailed"), 1);
}

TEST_F(MeetingsTest, TimeThatJumpsRemindsOnceAndNeverOfWhatHasBegun) {
  Schedule(Meeting());
  auto later = Meeting();
  later.set_begin("2023-12-05T18:00:00+07:00");
  Schedule(later);
  SetBusinessTime("2023-12-05 17:30");
  EXPECT_EQ(Fire(), 2);
  EXPECT_THAT(Reminders(), UnorderedElementsAre("1 T-1@14:00 SKIPPED MEETING_BEGAN",
                                                "1 60m SKIPPED MEETING_BEGAN",
                                                "1 T-1@14:00 SKIPPED SUPERSEDED", "1 60m FIRED "));
  EXPECT_EQ(Count("deliveries WHERE channel = 'SMS'"), 2);
}

TEST_F(MeetingsTest, AMovedMeetingTellsAgainAndMovesItsReminders) {
  auto meeting = Meeting();
  Schedule(meeting);
  meeting.set_begin("2023-12-07T08:30:00+07:00");
  meeting.set_place("Phòng họp B");
  meeting.set_set_time("2023-12-01T10:00:00+07:00");
  Change(meeting, "2023-12-01");
  EXPECT_THAT(Told(chair_), ElementsAre("MEETING_INVITED MAIL", "MEETING_CHANGED MAIL"));
  EXPECT_THAT(Column("SELECT body FROM notices WHERE kind = 'MEETING_CHANGED'").at(0),
              AllOf(HasSubstr("dự kiến lúc 14 giờ 00 ngày 05/12/2023 tại Phòng họp A"),
                    HasSubstr("08 giờ 30, thứ Năm, ngày 07/12/2023"), HasSubstr("Phòng họp B")));
  SetBusinessTime("2023-12-05 13:30");
  EXPECT_EQ(Fire(), 0);
  EXPECT_THAT(Reminders(),
              ElementsAre("1 T-1@14:00 CANCELLED RESCHEDULED", "1 60m CANCELLED RESCHEDULED",
                          "2 T-1@14:00 PENDING ", "2 60m PENDING "));
  SetBusinessTime("2023-12-06 14:00");
  EXPECT_EQ(Fire(), 1);

  // Those who have had an SMS get the next change by SMS, too.
  meeting.set_begin("2023-12-08T08:30:00+07:00");
  meeting.set_set_time("2023-12-06T16:00:00+07:00");
  Change(meeting, "2023-12-06");
  EXPECT_THAT(Told(member_), ElementsAre("MEETING_INVITED MAIL", "MEETING_CHANGED MAIL",
                                         "MEETING_REMINDER SMS", "MEETING_CHANGED MAIL,SMS"));
  Cancel(meeting, "2023-12-06");
  EXPECT_THAT(Told(member_).back(), "MEETING_CANCELLED MAIL,SMS");
  EXPECT_THAT(Column("SELECT body FROM notices WHERE kind = 'MEETING_CANCELLED'").at(0),
              HasSubstr("Lý do: Chủ tịch đi công tác"));
  SetBusinessTime("2023-12-08 08:00");
  EXPECT_EQ(Fire(), 0);
  EXPECT_EQ(Count("meeting_reminders WHERE revision = 3 AND reason = 'MEETING_CANCELLED'"), 2);
  Cancel(meeting, "2023-12-06");
  EXPECT_EQ(Count("notices WHERE kind = 'MEETING_CANCELLED'"), 1);
}

TEST_F(MeetingsTest, ACancelledMeetingRemindsNobody) {
  auto meeting = Meeting();
  Schedule(meeting);
  Cancel(meeting, "2023-11-21");
  EXPECT_THAT(Told(chair_), ElementsAre("MEETING_INVITED MAIL", "MEETING_CANCELLED MAIL"));
  SetBusinessTime("2023-12-05 13:00");
  EXPECT_EQ(Fire(), 0);
  EXPECT_EQ(Count("deliveries WHERE channel = 'SMS'"), 0);
}

TEST_F(MeetingsTest, OnlyThoseConcernedAreToldOfAChange) {
  auto meeting = Meeting();
  Schedule(meeting);
  const std::string third = AddPerson(nam_da_, "thu.ba@krongno.example");
  meeting.clear_person_ids();
  meeting.add_person_ids(chair_);
  meeting.add_person_ids(third);
  Change(meeting, "2023-11-21");
  EXPECT_THAT(Told(chair_), ElementsAre("MEETING_INVITED MAIL")) << "nothing changed for the chair";
  EXPECT_THAT(Told(third), ElementsAre("MEETING_INVITED MAIL"));
  EXPECT_THAT(Told(member_), ElementsAre("MEETING_INVITED MAIL", "MEETING_UNINVITED MAIL"));
  SetBusinessTime("2023-12-04 14:00");
  EXPECT_EQ(Fire(), 1) << "the reminders stand";
  EXPECT_EQ(Told(member_).size(), 2u);
}

// Called when no reminder would still come: the invitation goes by SMS itself.
TEST_F(MeetingsTest, AMeetingCalledAtShortNoticeIsToldBySmsAtOnce) {
  auto meeting = Meeting();
  meeting.set_set_time("2023-12-05T13:30:00+07:00");
  Schedule(meeting);
  EXPECT_THAT(Told(chair_), ElementsAre("MEETING_INVITED MAIL,SMS"));
  EXPECT_THAT(Reminders(),
              ElementsAre("1 T-1@14:00 SKIPPED PAST_WHEN_SET", "1 60m SKIPPED PAST_WHEN_SET"));
}

TEST_F(MeetingsTest, ASnapshotTellsThatAMeetingWasCalledOff) {
  auto meeting = Meeting();
  Schedule(meeting);
  awards::v1::CouncilMeetingCancelled cancelled;
  meeting.set_version(2);
  *cancelled.mutable_meeting() = meeting;
  cancelled.set_reason("Chủ tịch đi công tác");
  FeedBeginsAnew({ItemOf(cancelled, "2023-11-21")});
  EXPECT_THAT(Told(chair_), ElementsAre("MEETING_INVITED MAIL", "MEETING_CANCELLED MAIL"));
  SetBusinessTime("2023-12-04 14:00");
  EXPECT_EQ(Fire(), 0);
  FeedBeginsAnew({ItemOf(cancelled, "2023-11-21")});
  EXPECT_EQ(Told(chair_).size(), 2u);
}

TEST_F(MeetingsTest, WhatASnapshotTellsAsItWasStays) {
  auto meeting = Meeting();
  Schedule(meeting);
  FeedBeginsAnew({Item(meeting)});
  EXPECT_THAT(Told(chair_), ElementsAre("MEETING_INVITED MAIL"));
  SetBusinessTime("2023-12-04 14:00");
  EXPECT_EQ(Fire(), 1) << "the reminders stand";
  FeedBeginsAnew({Item(meeting)});
  SetBusinessTime("2023-12-05 13:00");
  EXPECT_EQ(Fire(), 1);
  EXPECT_THAT(Reminders(), ElementsAre("1 T-1@14:00 FIRED ", "1 60m FIRED "));
}

// awards was restored from before the meeting was called.
TEST_F(MeetingsTest, NobodyIsRemindedOfAMeetingThatASnapshotDoesNotTellOf) {
  Schedule(Meeting());
  auto other = Meeting();
  Schedule(other);
  FeedBeginsAnew({Item(other)});
  SetBusinessTime("2023-12-04 14:00");
  EXPECT_EQ(Fire(), 1);
  EXPECT_THAT(Column("SELECT m.meeting_id FROM meetings m JOIN meeting_reminders r ON r.meeting_id "
                     "= m.meeting_id WHERE r.state = 'FIRED'"),
              ElementsAre(other.meeting_id()));
}

// awards was restored from before a change and the meeting was changed otherwise: the same version
// again.
TEST_F(MeetingsTest, ARestoreThatReusesAVersionIsAChange) {
  auto meeting = Meeting();
  Schedule(meeting);
  auto other = meeting;
  meeting.set_begin("2023-12-07T08:30:00+07:00");
  Change(meeting, "2023-11-21");
  other.set_version(2);
  other.set_begin("2023-12-06T08:30:00+07:00");
  other.set_place("Phòng họp C");
  FeedBeginsAnew({Item(other)});
  EXPECT_THAT(Told(chair_),
              ElementsAre("MEETING_INVITED MAIL", "MEETING_CHANGED MAIL", "MEETING_CHANGED MAIL"));
  EXPECT_THAT(Column("SELECT body FROM notices ORDER BY notice_id DESC LIMIT 1").at(0),
              AllOf(HasSubstr("dự kiến lúc 08 giờ 30 ngày 07/12/2023"), HasSubstr("Phòng họp C")));
  EXPECT_THAT(
      Column("SELECT CONCAT(revision, ' ', code, ' ', fire_at) FROM meeting_reminders "
             "WHERE state = 'PENDING' ORDER BY fire_at"),
      ElementsAre("3 T-1@14:00 2023-12-05 07:00:00.000000", "3 60m 2023-12-06 00:30:00.000000"));
  other.set_place("Phòng họp D");
  Change(other, "2023-11-22");
  EXPECT_EQ(Told(chair_).size(), 4u) << "awards' version 3 is not ours";
}

TEST_F(MeetingsTest, ACallingOffThatARestoreUndidIsAnInvitation) {
  auto meeting = Meeting();
  Schedule(meeting);
  const auto standing = meeting;
  Cancel(meeting, "2023-11-21");
  FeedBeginsAnew({Item(standing)});
  EXPECT_THAT(Told(chair_), ElementsAre("MEETING_INVITED MAIL", "MEETING_CANCELLED MAIL",
                                        "MEETING_INVITED MAIL"));
  SetBusinessTime("2023-12-04 14:00");
  EXPECT_EQ(Fire(), 1);
}

TEST_F(MeetingsTest, NobodyIsInvitedToWhatASnapshotTellsOfAndIsOver) {
  SetBusinessTime("2023-12-05 14:00");
  auto over = Meeting();
  auto to_come = Meeting();
  to_come.set_begin("2023-12-05T14:30:00+07:00");
  FeedBeginsAnew({Item(over), Item(to_come)});
  EXPECT_THAT(Column("SELECT link FROM notices"), ElementsAre("meetings/" + to_come.meeting_id()));
  EXPECT_THAT(Told(chair_), ElementsAre("MEETING_INVITED MAIL,SMS")) << "too late for a reminder";
  EXPECT_EQ(Fire(), 0);
  EXPECT_EQ(Count("meeting_reminders WHERE reason = 'PAST_WHEN_SET'"), 4);
  awards::v1::CouncilMeetingCancelled cancelled;
  over.set_version(2);
  *cancelled.mutable_meeting() = over;
  FeedBeginsAnew({ItemOf(cancelled, "2023-12-01")});
  EXPECT_EQ(Told(chair_).size(), 1u);
}

// R-NOT-52: campaign's feed may be behind; and nobody else of the unit gets what names people.
TEST_F(MeetingsTest, R_NOT_52_WhoBecomesKnownLaterIsToldThen) {
  auto meeting = Meeting();
  campaign::v1::PersonChanged late;
  late.set_person_id(MakeId());
  late.set_full_name("Ủy viên");
  late.set_unit_id(nam_da_);
  late.set_email("den.sau@krongno.example");
  meeting.add_person_ids(late.person_id());
  Schedule(meeting);
  Happens(late, "2023-11-21");
  EXPECT_THAT(Told(late.person_id()), ElementsAre("MEETING_INVITED MAIL"));
  const std::string colleague = AddPerson(district_, "dong.nghiep@krongno.example", "2023-11-21");
  EXPECT_THAT(Told(colleague), IsEmpty());
}

}  // namespace
}  // namespace thidua::notify::meetings
