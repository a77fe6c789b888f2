// notify as its callers see it: a real server, a real database, real feeds and a real mail server.
#include "absl/cleanup/cleanup.h"
#include "notify/channels/sms_channel.h"
#include "notify/channels/smtp.h"
#include "notify/server.h"
#include "notify/templates/writer.h"
#include "notify/testing/fixture.h"
#include "notify/testing/sms_gateway.h"
#include "notify/testing/smtp_sink.h"
#include "platform/feed/append.h"
#include "platform/feed/sequencer.h"
#include "platform/feed/services.h"
#include "platform/json.h"
#include "support/test_server.h"
#include "support/unknown_ids.h"
#include "thidua/awards/v1/feed_service.grpc.pb.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"
#include "thidua/notify/v1/deadline_service.grpc.pb.h"
#include "thidua/notify/v1/delivery_service.grpc.pb.h"
#include "thidua/notify/v1/feed_service.grpc.pb.h"
#include "thidua/notify/v1/inbox_service.grpc.pb.h"
#include "thidua/notify/v1/template_service.grpc.pb.h"

namespace thidua::notify {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Waits until `done`, at most half a minute; whether it came to pass.
template <class Condition>
bool Eventually(Condition done) {
  const absl::Time end = absl::Now() + absl::Seconds(30);
  for (; absl::Now() < end; absl::SleepFor(absl::Milliseconds(20))) {
    if (done()) return true;
  }
  return false;
}

// Calls one unary rpc of a stub with a token.
template <class Stub, class Req, class Res>
grpc::Status Ask(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Req&, Res*),
                 const std::string& token, const Req& request, Res* response) {
  const auto context = test::WithToken(token);
  return (stub.*method)(context.get(), request, response);
}

class ServiceTest : public NotifyTest {
 protected:
  void SetUp() override {
    NotifyTest::SetUp();
    // The server's business time begins here, long before any reminder.
    const absl::Duration offset =
        absl::FromCivil(absl::CivilHour(2022, 10, 20, 9), platform::VietnamTime()) - absl::Now();
    database_->Run("UPDATE business_time SET offset_ms = " +
                   std::to_string(absl::ToInt64Milliseconds(offset)));
    server_ = std::make_unique<test::TestServer>("notify", keys_);
    projection_ = std::make_unique<units::Projection>(pool());
  }
  void TearDown() override { server_.reset(); }

  void Start(Parts parts = {}) {
    parts.pool = &pool();
    parts.projection = projection_.get();
    parts.key = keys_.key("notify");
    parts.tree_head_file = folder_.path() + "/heads";
    parts.sender.holder = "test";
    parts.mail_from.address = "thidua@tinh.example";
    const platform::WorkerScope may_block;
    const absl::Status added = AddNotify(server_->host(), std::move(parts));
    ASSERT_TRUE(added.ok()) << added;
    server_->Start();
    inbox_ = v1::InboxService::NewStub(server_->channel());
    deadlines_ = v1::DeadlineService::NewStub(server_->channel());
    deliveries_ = v1::DeliveryService::NewStub(server_->channel());
    templates_ = v1::TemplateService::NewStub(server_->channel());
  }
  std::string PersonToken(const std::string& person, std::vector<platform::Grant> grants = {}) {
    return keys_.Token("person:" + person, std::move(grants));
  }
  v1::ListInboxResponse Inbox(const std::string& token, int page_size = 0,
                              const std::string& page_token = "", bool unread_only = false) {
    v1::ListInboxRequest request;
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    request.set_unread_only(unread_only);
    v1::ListInboxResponse response;
    const auto status = Ask(*inbox_, &v1::InboxService::Stub::ListInbox, token, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  int Unread(const std::string& token) {
    v1::CountUnreadResponse response;
    EXPECT_TRUE(Ask(*inbox_, &v1::InboxService::Stub::CountUnread, token, v1::CountUnreadRequest(),
                    &response)
                    .ok());
    return response.unread();
  }
  // Two notices for one person of the first commune.
  std::string PersonWithTwoNotices() {
    std::string person = AddPerson(dak_dro_, "vp.dakdro@krongno.example");
    Happens(Plan(), "2022-10-14");
    Happens(Plan(), "2022-10-15");
    return person;
  }

  test::TestKeys keys_;
  test::TempDir folder_;
  std::unique_ptr<test::TestServer> server_;
  std::unique_ptr<units::Projection> projection_;
  std::unique_ptr<v1::InboxService::Stub> inbox_;
  std::unique_ptr<v1::DeadlineService::Stub> deadlines_;
  std::unique_ptr<v1::DeliveryService::Stub> deliveries_;
  std::unique_ptr<v1::TemplateService::Stub> templates_;
};

TEST_F(ServiceTest, AnInboxIsReadPageByPageAndMarkedRead) {
  const std::string person = PersonWithTwoNotices();
  Start();
  const std::string token = PersonToken(person);
  EXPECT_EQ(Unread(token), 2);
  const auto first = Inbox(token, 1);
  ASSERT_EQ(first.items_size(), 1);
  ASSERT_NE(first.next_page_token(), "");
  const v1::InboxItem& newest = first.items(0);
  EXPECT_EQ(newest.kind(), v1::NOTICE_KIND_PLAN_LAUNCHED);
  EXPECT_EQ(newest.notice_date(), "2022-10-15");
  EXPECT_THAT(newest.title(), StartsWith("Triển khai Kế hoạch "));
  EXPECT_THAT(newest.link(), StartsWith("plans/"));
  EXPECT_EQ(newest.unit(), "units/" + dak_dro_);
  EXPECT_EQ(newest.notice_template(), "noticeTemplates/plan-launched-3");
  const auto second = Inbox(token, 1, first.next_page_token());
  ASSERT_EQ(second.items_size(), 1);
  EXPECT_EQ(second.items(0).notice_date(), "2022-10-14");
  EXPECT_EQ(second.next_page_token(), "");

  v1::MarkReadRequest mark;
  mark.set_name(newest.name());
  mark.set_request_id("mark-1");
  v1::InboxItem marked, again;
  ASSERT_TRUE(Ask(*inbox_, &v1::InboxService::Stub::MarkRead, token, mark, &marked).ok());
  EXPECT_TRUE(marked.has_read_time());
  ASSERT_TRUE(Ask(*inbox_, &v1::InboxService::Stub::MarkRead, token, mark, &again).ok());
  EXPECT_EQ(again.SerializeAsString(), marked.SerializeAsString());
  mark.set_request_id("mark-2");
  ASSERT_TRUE(Ask(*inbox_, &v1::InboxService::Stub::MarkRead, token, mark, &again).ok());
  EXPECT_EQ(again.read_time().SerializeAsString(), marked.read_time().SerializeAsString());
  EXPECT_EQ(EventCount("InboxItemRead"), 1);
  EXPECT_EQ(Unread(token), 1);
  EXPECT_EQ(Inbox(token, 0, "", true).items_size(), 1);
}

TEST_F(ServiceTest, AnInboxIsItsOwnersAlone) {
  const std::string person = PersonWithTwoNotices();
  const std::string other = AddPerson(nam_da_, "");
  Start();
  const auto item = Inbox(PersonToken(person)).items(0);
  v1::GetInboxItemRequest get;
  get.set_name(item.name());
  v1::InboxItem found;
  const auto get_as = [&](const std::string& token) {
    return Ask(*inbox_, &v1::InboxService::Stub::GetInboxItem, token, get, &found);
  };
  EXPECT_TRUE(get_as(PersonToken(person)).ok());
  const std::string stranger = PersonToken(other, {{"*", {"*"}}});
  EXPECT_EQ(test::Reason(get_as(stranger)), "ITEM_NOT_FOUND");
  v1::MarkReadRequest mark;
  mark.set_name(item.name());
  mark.set_request_id("r");
  EXPECT_EQ(test::Reason(Ask(*inbox_, &v1::InboxService::Stub::MarkRead, stranger, mark, &found)),
            "ITEM_NOT_FOUND");
  EXPECT_EQ(Unread(PersonToken(person)), 2);
  EXPECT_EQ(test::Reason(get_as(keys_.Token("client:portal", {{"*", {"*"}}}))), "PERSON_REQUIRED");
  EXPECT_EQ(get_as("").error_code(), grpc::StatusCode::UNAUTHENTICATED);
  get.set_name("inboxItems/khong-phai-ma");
  EXPECT_EQ(test::Reason(get_as(PersonToken(person))), "NAME_MALFORMED");
  mark.set_request_id("");
  EXPECT_EQ(test::Reason(
                Ask(*inbox_, &v1::InboxService::Stub::MarkRead, PersonToken(person), mark, &found)),
            "REQUEST_ID_REQUIRED");
  v1::ListInboxRequest list;
  list.set_page_token(Inbox(PersonToken(person), 1).next_page_token());
  list.set_unread_only(true);
  v1::ListInboxResponse page;
  EXPECT_EQ(test::Reason(
                Ask(*inbox_, &v1::InboxService::Stub::ListInbox, PersonToken(person), list, &page)),
            "PAGE_TOKEN_MISMATCH");
}

TEST_F(ServiceTest, DeadlinesAreShownWhereTheRightReaches) {
  Happens(Plan(), "2022-10-14");
  Start();
  const std::vector<std::string> right = {"notify.deadlines.read"};
  const auto list_as = [&](const std::string& unit, const std::string& filter) {
    v1::ListDeadlinesRequest request;
    request.set_unit(filter);
    v1::ListDeadlinesResponse response;
    const auto status = Ask(*deadlines_, &v1::DeadlineService::Stub::ListDeadlines,
                            PersonToken(MakeId(), {{unit, right}}), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  };
  EXPECT_EQ(list_as(district_, "").deadlines_size(), 2);
  EXPECT_EQ(list_as(dak_dro_, "").deadlines_size(), 1);
  EXPECT_EQ(list_as(dak_dro_, "units/" + nam_da_).deadlines_size(), 0);
  const auto deadline = list_as(district_, "units/" + nam_da_).deadlines(0);
  EXPECT_EQ(deadline.kind(), v1::DEADLINE_KIND_MILESTONE);
  EXPECT_EQ(deadline.due_date(), "2023-12-31");
  EXPECT_EQ(deadline.source_phrase(), "Quý IV/2023");
  EXPECT_EQ(deadline.reminders_size(), 5);

  v1::GetDeadlineRequest get;
  get.set_name(deadline.name());
  v1::Deadline found;
  const auto get_as = [&](const std::string& unit) {
    return Ask(*deadlines_, &v1::DeadlineService::Stub::GetDeadline,
               PersonToken(MakeId(), {{unit, right}}), get, &found);
  };
  EXPECT_TRUE(get_as(district_).ok());
  EXPECT_EQ(get_as(dak_dro_).error_code(), grpc::StatusCode::PERMISSION_DENIED);
  get.set_name("deadlines/" + MakeId());
  EXPECT_EQ(test::Reason(get_as(district_)), "DEADLINE_NOT_FOUND");
}

TEST_F(ServiceTest, DeliveriesShowNobodyElsesAddress) {
  const std::string person = PersonWithTwoNotices();
  AddPerson(nam_da_, "vp.namndir@krongno.example", "2022-10-16");
  Start();
  const std::vector<std::string> right = {"notify.deliveries.read"};
  const auto list_as = [&](const std::string& caller, const std::string& unit) {
    v1::ListDeliveriesResponse response;
    const auto status =
        Ask(*deliveries_, &v1::DeliveryService::Stub::ListDeliveries,
            PersonToken(caller, {{unit, right}}), v1::ListDeliveriesRequest(), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  };
  EXPECT_EQ(list_as(MakeId(), district_).deliveries_size(), 4);
  const auto masked = list_as(MakeId(), dak_dro_);
  ASSERT_EQ(masked.deliveries_size(), 2);
  EXPECT_EQ(masked.deliveries(0).address(), "v***@krongno.example");
  EXPECT_EQ(masked.deliveries(0).state(), v1::DELIVERY_STATE_PENDING);
  EXPECT_EQ(list_as(person, dak_dro_).deliveries(0).address(), "vp.dakdro@krongno.example");
  EXPECT_EQ(EventCount("PersonalDataRead"), 3);

  v1::GetDeliveryRequest get;
  get.set_name(masked.deliveries(0).name());
  v1::Delivery found;
  EXPECT_EQ(Ask(*deliveries_, &v1::DeliveryService::Stub::GetDelivery,
                PersonToken(person, {{nam_da_, right}}), get, &found)
                .error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  v1::DeliveryStats stats;
  ASSERT_TRUE(Ask(*deliveries_, &v1::DeliveryService::Stub::GetDeliveryStats,
                  PersonToken(person, {{district_, right}}), v1::GetDeliveryStatsRequest(), &stats)
                  .ok());
  EXPECT_EQ(stats.pending(), 4);
  EXPECT_EQ(stats.sent(), 0);
}

// A reminder of a meeting on the whole server: worker, sender, gateway, and how the SMS is shown.
TEST_F(ServiceTest, AnSmsGoesOutAndIsShownWithoutItsNumber) {
  testing::SmsGateway gateway;
  const std::string person = AddPerson(dak_dro_, "", "2022-01-01", "+84912345678");
  awards::v1::CouncilMeetingScheduled event;
  event.mutable_meeting()->set_meeting_id(MakeId());
  event.mutable_meeting()->set_version(1);
  event.mutable_meeting()->set_council_title("Hội đồng Thi đua - Khen thưởng");
  event.mutable_meeting()->set_unit_id(district_);
  // The server's business time is 20/10/2022, 9:00: the first reminder is past, the second due.
  event.mutable_meeting()->set_begin("2022-10-20T09:30:00+07:00");
  event.mutable_meeting()->set_place("Phòng họp A");
  event.mutable_meeting()->set_agenda("Xét khen thưởng");
  event.mutable_meeting()->add_person_ids(person);
  event.mutable_meeting()->set_set_time("2022-10-19T15:00:00+07:00");
  Happens(event, "2022-10-19");

  Parts parts;
  channels::KannelOptions kannel;
  kannel.url = gateway.url();
  kannel.user = testing::SmsGateway::user();
  kannel.password = testing::SmsGateway::password();
  parts.sms = channels::NewKannelChannel(kannel).value();
  parts.sms_from.with_accents = true;
  Start(std::move(parts));
  // With its marks the text has more than 70 characters and takes two parts.
  const auto parts_sent = gateway.Messages(2);
  ASSERT_EQ(parts_sent.size(), 2u);
  EXPECT_EQ(parts_sent[0].to, "+84912345678");
  EXPECT_EQ(
      parts_sent[0].text + parts_sent[1].text,
      "Nhắc họp 09 giờ 30 thứ Năm 20/10/2022 tại Phòng họp A: Hội đồng Thi đua - Khen thưởng");

  const std::string token = PersonToken(MakeId(), {{district_, {"notify.deliveries.read"}}});
  const auto list = [&](v1::DeliveryChannel channel) {
    v1::ListDeliveriesRequest request;
    request.set_channel(channel);
    v1::ListDeliveriesResponse response;
    const auto status =
        Ask(*deliveries_, &v1::DeliveryService::Stub::ListDeliveries, token, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  };
  EXPECT_EQ(list(v1::DELIVERY_CHANNEL_MAIL).deliveries_size(), 0);
  const auto sms = list(v1::DELIVERY_CHANNEL_SMS);
  ASSERT_EQ(sms.deliveries_size(), 1);
  EXPECT_EQ(sms.deliveries(0).channel(), v1::DELIVERY_CHANNEL_SMS);
  EXPECT_EQ(sms.deliveries(0).address(), "***78");
  EXPECT_THAT(sms.deliveries(0).subject(), StartsWith("Nhắc họp Hội đồng"));
  v1::GetDeliveryStatsRequest of_mails;
  of_mails.set_channel(v1::DELIVERY_CHANNEL_MAIL);
  v1::DeliveryStats stats;
  ASSERT_TRUE(
      Ask(*deliveries_, &v1::DeliveryService::Stub::GetDeliveryStats, token, of_mails, &stats)
          .ok());
  EXPECT_EQ(stats.attempts(), 0);
}

// Who may not reach a resource does not learn whether it exists.
TEST_F(ServiceTest, UnknownIdsAndThoseOutOfReachAreAnsweredAlike) {
  PersonWithTwoNotices();
  Start();
  v1::ListDeliveriesResponse found;
  ASSERT_TRUE(Ask(*deliveries_, &v1::DeliveryService::Stub::ListDeliveries,
                  PersonToken(MakeId(), {{dak_dro_, {"*"}}}), v1::ListDeliveriesRequest(), &found)
                  .ok());
  ASSERT_EQ(found.deliveries_size(), 2);
  const std::string delivery = found.deliveries(0).name().substr(sizeof("deliveries"));
  const test::Callers callers = {PersonToken(MakeId(), {{nam_da_, {"*"}}}),
                                 PersonToken(MakeId(), {{"*", {"*"}}})};
  EXPECT_THAT(
      test::UnknownIdProblems(server_->channel(), "thidua.notify.v1", callers,
                              {{"DeliveryService/GetDelivery", R"({"name": "deliveries/$"})",
                                delivery, "DELIVERY_NOT_FOUND"}},
                              {"DeadlineService/GetDeadline"}),
      ::testing::IsEmpty());
}

TEST_F(ServiceTest, TemplatesAreListedAndPreviewedStrictly) {
  Start();
  const std::string token = PersonToken(MakeId());
  v1::ListNoticeTemplatesResponse all;
  ASSERT_TRUE(Ask(*templates_, &v1::TemplateService::Stub::ListNoticeTemplates, token,
                  v1::ListNoticeTemplatesRequest(), &all)
                  .ok());
  EXPECT_EQ(all.notice_templates_size(), 30);
  v1::PreviewNoticeTemplateRequest preview;
  preview.set_name("noticeTemplates/certificate-revoked-2");
  (*preview.mutable_values())["unit_name"] = "UBND xã Đắk Drô";
  (*preview.mutable_values())["certificate_code"] = "KN-1";
  (*preview.mutable_values())["award_form"] = "Giấy khen";
  (*preview.mutable_values())["of_person"] = "";
  (*preview.mutable_values())["withdrawn_prize"] = "";
  (*preview.mutable_values())["document_number"] = "300/QĐ-UBND";
  (*preview.mutable_values())["document_date"] = "29/04/2024";
  (*preview.mutable_values())["revoke_date"] = "01/05/2024";
  v1::PreviewNoticeTemplateResponse shown;
  const auto ask = [&] {
    return Ask(*templates_, &v1::TemplateService::Stub::PreviewNoticeTemplate, token, preview,
               &shown);
  };
  EXPECT_EQ(test::Reason(ask()), "PLACEHOLDER_MISSING");
  EXPECT_THAT(test::Fields(ask()), ElementsAre("values[reason]"));
  (*preview.mutable_values())["reason"] = "Kê khai sai";
  ASSERT_TRUE(ask().ok());
  EXPECT_EQ(shown.subject(), "Thu hồi Giấy khen mã KN-1");
  (*preview.mutable_values())["rank"] = "1";
  EXPECT_EQ(test::Reason(ask()), "PLACEHOLDER_UNKNOWN");
  preview.set_name("noticeTemplates/khong-co");
  EXPECT_EQ(test::Reason(ask()), "TEMPLATE_NOT_FOUND");
}

// R-NOT-03
TEST_F(ServiceTest, AServiceWithABrokenTemplateDoesNotStart) {
  database_->Run(
      "INSERT INTO notice_templates (template_id, kind, version, valid_from, valid_to, subject, "
      "body) "
      "VALUES ('x-2', 'REMINDER_DUE', 2, '2024-01-01', NULL, 'Hạn {due}', 'Thân')");
  const absl::Status checked = pool().ReadOnly(Soon(), templates::CheckTemplates);
  EXPECT_EQ(platform::ReasonOf(checked), "TEMPLATES_INVALID");
  EXPECT_THAT(std::string(checked.message()), HasSubstr("x-2: PLACEHOLDER_UNKNOWN {due}"));
  EXPECT_THAT(std::string(checked.message()), HasSubstr("x-2: DATES_OVERLAP reminder-due-1"));
}

// The whole way: campaign's and awards' real feeds over gRPC, time that is moved, inbox, mail.
// shows: S4-26, S2-07
TEST_F(ServiceTest, FromTheFeedsOfOthersToInboxAndMail) {
  const auto campaign_db = test::TestDatabase::Create({"platform"});
  const auto awards_db = test::TestDatabase::Create({"platform"});
  test::TestServer campaign("campaign", keys_), awards("awards", keys_);
  // The service reads their feeds with tokens that they made for it: it ends before they do.
  const absl::Cleanup stop = [this] { server_.reset(); };
  campaign.host().Add(feed::NewFeedService<campaign::v1::FeedService>(campaign.host().admission(),
                                                                      campaign_db->pool(), {}));
  awards.host().Add(feed::NewFeedService<awards::v1::FeedService>(awards.host().admission(),
                                                                  awards_db->pool(), {}));
  campaign.Start();
  awards.Start();
  const auto publish = [&](test::TestDatabase& db, const google::protobuf::Message& payload,
                           absl::CivilDay day) {
    const absl::Status status = db.pool().InTransaction(Soon(), [&](db::Tx& tx) {
      feed::Origin origin;
      origin.actor = "person:test";
      origin.machine_now = absl::Now();
      origin.business_today = day;
      feed::Draft draft;
      draft.aggregate_type = "test";
      draft.aggregate_id = MakeId();
      draft.payload = &payload;
      return feed::Append(tx, origin, draft);
    });
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_TRUE(feed::SequenceOnce(db.pool(), 100, Soon()).ok());
  };
  testing::SmtpSink sink;
  channels::SmtpOptions smtp;
  smtp.url = sink.url();
  Parts parts;
  parts.campaign = campaign.PeerFor("notify");
  parts.awards = awards.PeerFor("notify");
  parts.mail = channels::NewSmtpChannel(smtp).value();
  Start(std::move(parts));
  // Its tokens for the other two look at their clocks, so it must end before them.
  const auto ends_first = absl::MakeCleanup([this] { server_.reset(); });

  // The invitation comes first: awards' feed must wait for campaign's.
  const auto plan = Plan();
  awards::v1::NominationInvited invited;
  invited.set_nomination_id(MakeId());
  invited.set_plan_id(plan.plan_id());
  invited.set_unit_id(dak_dro_);
  invited.set_filing_deadline("2024-03-15");
  invited.set_award_form("GIAY_KHEN");
  publish(*awards_db, invited, absl::CivilDay(2024, 2, 20));
  campaign::v1::PersonChanged person;
  person.set_person_id(MakeId());
  person.set_unit_id(dak_dro_);
  person.set_email("vp.dakdro@krongno.example");
  publish(*campaign_db, person, absl::CivilDay(2022, 10, 1));
  publish(*campaign_db, plan, absl::CivilDay(2022, 10, 14));
  const std::string token = PersonToken(person.person_id());
  ASSERT_TRUE(Eventually([&] { return Inbox(token).items_size() == 2; }));

  campaign::v1::BusinessTimeSet moved;
  absl::Duration offset =
      absl::FromCivil(absl::CivilHour(2024, 3, 8, 9), platform::VietnamTime()) - absl::Now();
  moved.set_offset_ms(absl::ToInt64Milliseconds(offset));
  publish(*campaign_db, moved, absl::CivilDay(2022, 10, 14));
  // The plan's interim review has passed, and the filing has seven days left: one reminder each.
  ASSERT_TRUE(Eventually([&] { return Inbox(token).items_size() == 4; }));
  ASSERT_TRUE(Eventually([&] { return sink.Mails().size() == 4; }));
  std::vector<std::string> kinds;
  const v1::ListInboxResponse everything = Inbox(token);
  for (const auto& item : everything.items()) kinds.push_back(v1::NoticeKind_Name(item.kind()));
  EXPECT_THAT(kinds, ::testing::UnorderedElementsAre(
                         "NOTICE_KIND_PLAN_LAUNCHED", "NOTICE_KIND_NOMINATION_INVITED",
                         "NOTICE_KIND_REMINDER_PASSED", "NOTICE_KIND_REMINDER_DUE"));

  // Our own feed tells of it all, and a snapshot of the present state.
  const auto reader = v1::FeedService::NewStub(server_->channel());
  const std::string service = keys_.ServiceToken("awards");
  ASSERT_TRUE(Eventually([&] {
    common::v1::ReadEventsResponse page;
    common::v1::ReadEventsRequest request;
    request.add_types("thidua.notify.v1.DeliverySent");
    return Ask(*reader, &v1::FeedService::Stub::ReadEvents, service, request, &page).ok() &&
           page.events_size() == 4;
  }));
  const auto context = test::WithToken(service);
  const auto stream = reader->ExportSnapshot(context.get(), common::v1::ExportSnapshotRequest());
  int items = 0;
  common::v1::SnapshotItem item;
  while (stream->Read(&item)) items += item.has_event() ? 1 : 0;
  EXPECT_TRUE(stream->Finish().ok());
  // Deadlines: two of the milestone, one of the filing. Notices: two of the launch, the invitation,
  // two reminders of the milestone, one of the filing.
  EXPECT_EQ(items, 9);
}

}  // namespace
}  // namespace thidua::notify
