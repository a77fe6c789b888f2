#include "notify/deliveries/service.h"

#include <string>
#include <vector>

#include "notify/deliveries/events.h"
#include "notify/deliveries/rules.h"
#include "notify/deliveries/store.h"
#include "notify/visibility.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::notify::deliveries {
namespace {

constexpr char kCollection[] = "deliveries";
constexpr char kEnumPrefix[] = "DELIVERY_STATE_";

// nullopt when it is unset.
absl::StatusOr<std::optional<Channel>> ChannelOf(v1::DeliveryChannel channel) {
  switch (channel) {
    case v1::DELIVERY_CHANNEL_UNSPECIFIED:
      return std::optional<Channel>();
    case v1::DELIVERY_CHANNEL_MAIL:
      return std::optional<Channel>(Channel::kMail);
    case v1::DELIVERY_CHANNEL_SMS:
      return std::optional<Channel>(Channel::kSms);
    default:
      return platform::InvalidField("channel", "ENUM_UNKNOWN",
                                    {"Không có kênh gửi này.", "There is no such channel."});
  }
}

v1::Delivery ToProto(const Delivery& delivery, const std::vector<Attempt>& attempts,
                     const std::string& caller) {
  v1::Delivery out;
  out.set_name(platform::NameOf(kCollection, delivery.id));
  out.set_person(platform::NameOf("people", delivery.person_id));
  out.set_unit(platform::NameOf("units", delivery.unit_id));
  out.set_address(delivery.person_id == caller ? delivery.address : MaskAddress(delivery.address));
  out.set_subject(delivery.subject);
  v1::DeliveryState state = v1::DELIVERY_STATE_UNSPECIFIED;
  v1::DeliveryState_Parse(kEnumPrefix + delivery.state, &state);
  out.set_state(state);
  out.set_message_id(delivery.message_id);
  out.set_channel(delivery.channel == Channel::kSms ? v1::DELIVERY_CHANNEL_SMS
                                                    : v1::DELIVERY_CHANNEL_MAIL);
  out.set_attempt_count(delivery.attempts);
  out.set_possible_repeats(delivery.possible_repeats);
  out.set_failure(delivery.failure);
  out.set_last_error(delivery.last_error);
  *out.mutable_create_time() = platform::ToTimestamp(delivery.created_at);
  if (delivery.state == "PENDING" && delivery.due_at.has_value()) {
    *out.mutable_next_attempt_time() = platform::ToTimestamp(*delivery.due_at);
  }
  if (delivery.sent_at.has_value()) {
    *out.mutable_send_time() = platform::ToTimestamp(*delivery.sent_at);
  }
  for (const Attempt& attempt : attempts) {
    v1::DeliveryAttempt* row = out.add_attempts();
    row->set_number(attempt.number);
    v1::AttemptOutcome outcome = v1::ATTEMPT_OUTCOME_UNSPECIFIED;
    v1::AttemptOutcome_Parse("ATTEMPT_OUTCOME_" + attempt.outcome, &outcome);
    row->set_outcome(outcome);
    row->set_detail(attempt.detail);
    *row->mutable_start_time() = platform::ToTimestamp(attempt.started_at);
    if (attempt.ended_at.has_value()) {
      *row->mutable_end_time() = platform::ToTimestamp(*attempt.ended_at);
    }
  }
  return out;
}

}  // namespace

DeliveryService::DeliveryService(platform::Admission& admission, db::Pool& pool)
    : pool_(pool), runner_(admission, v1::DeliveryService::service_full_name()) {}

grpc::ServerUnaryReactor* DeliveryService::ListDeliveries(grpc::CallbackServerContext* context,
                                                          const v1::ListDeliveriesRequest* request,
                                                          v1::ListDeliveriesResponse* response) {
  return runner_.Unary(
      "ListDeliveries", context, request, response,
      [this](const platform::Call& call, const v1::ListDeliveriesRequest& req,
             v1::ListDeliveriesResponse& res) -> absl::Status {
        DeliveryFilter filter;
        std::string state;
        if (req.state() != v1::DELIVERY_STATE_UNSPECIFIED) {
          const std::string name = v1::DeliveryState_Name(req.state());
          if (name.empty()) {
            return platform::InvalidField("state", "ENUM_UNKNOWN",
                                          {"Không có trạng thái này.", "There is no such state."});
          }
          state = name.substr(sizeof(kEnumPrefix) - 1);
          filter.state = state;
        }
        ASSIGN_OR_RETURN(filter.channel, ChannelOf(req.channel()));
        ASSIGN_OR_RETURN(filter.units, VisibleUnitsOf(call, req.unit()));
        const std::string scope =
            "deliveries|" + req.unit() + "|" + state + "|" +
            std::string(filter.channel.has_value() ? NameOf(*filter.channel) : "");
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        filter.before_id = page.after;
        filter.limit = page.size + 1;
        // A transaction, because showing people's data is itself recorded.
        return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<Delivery> found, deliveries::ListDeliveries(tx, filter));
          res.set_next_page_token(page.Cut(found, &Delivery::id));
          for (const Delivery& delivery : found) {
            *res.add_deliveries() = ToProto(delivery, {}, call.principal().person_id);
          }
          if (found.empty()) return absl::OkStatus();
          return AppendRead(tx, call, scope + "|" + page.after, found);
        });
      });
}

grpc::ServerUnaryReactor* DeliveryService::GetDelivery(grpc::CallbackServerContext* context,
                                                       const v1::GetDeliveryRequest* request,
                                                       v1::Delivery* response) {
  return runner_.Unary(
      "GetDelivery", context, request, response,
      [this](const platform::Call& call, const v1::GetDeliveryRequest& req,
             v1::Delivery& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), kCollection, "name"));
        return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<Delivery> delivery, FindDelivery(tx, id));
          if (!delivery.has_value()) {
            return platform::NotFoundFor(
                call, platform::NotFound("DELIVERY_NOT_FOUND",
                                         {"Không có lần gửi này.", "There is no such delivery."},
                                         {{"name", req.name()}}));
          }
          RETURN_IF_ERROR(call.Require(delivery->unit_id));
          ASSIGN_OR_RETURN(const std::vector<Attempt> attempts, ListAttempts(tx, id));
          res = ToProto(*delivery, attempts, call.principal().person_id);
          return AppendRead(tx, call, req.name(), {*delivery});
        });
      });
}

grpc::ServerUnaryReactor* DeliveryService::GetDeliveryStats(
    grpc::CallbackServerContext* context, const v1::GetDeliveryStatsRequest* request,
    v1::DeliveryStats* response) {
  return runner_.Unary(
      "GetDeliveryStats", context, request, response,
      [this](const platform::Call& call, const v1::GetDeliveryStatsRequest& req,
             v1::DeliveryStats& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::optional<Channel> channel, ChannelOf(req.channel()));
        ASSIGN_OR_RETURN(const auto units, VisibleUnitsOf(call, req.unit()));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const DeliveryCounts counts, CountDeliveries(session, units, channel));
          res.set_sent(counts.sent);
          res.set_pending(counts.pending);
          res.set_failed(counts.failed);
          res.set_possible_repeats(counts.possible_repeats);
          res.set_attempts(counts.attempts);
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::notify::deliveries
