// How campaign's events change the projection.
#include <utility>

#include "platform/clock.h"
#include "platform/feed/consumer.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::units {
namespace {

using campaign::v1::BusinessTimeSet;
using campaign::v1::DatedValue;
using campaign::v1::UnitChanged;
using Day = std::optional<absl::CivilDay>;

absl::StatusOr<Day> ParseDay(const std::string& text, std::string_view field) {
  if (text.empty()) return Day();
  ASSIGN_OR_RETURN(const absl::CivilDay day, platform::ParseDate(text, field));
  return Day(day);
}

absl::Status CountChange(db::Tx& tx) {
  return tx.Execute("UPDATE units_version SET version = version + 1 WHERE id = 1").status();
}

template <class Insert>
absl::Status Replace(db::Tx& tx, std::string_view remove, const std::string& unit_id,
                     const google::protobuf::RepeatedPtrField<DatedValue>& values, Insert insert) {
  RETURN_IF_ERROR(tx.Execute(remove, unit_id).status());
  for (int i = 0; i < values.size(); ++i) {
    ASSIGN_OR_RETURN(const Day from, ParseDay(values[i].valid_from(), "valid_from"));
    ASSIGN_OR_RETURN(const Day to, ParseDay(values[i].valid_to(), "valid_to"));
    RETURN_IF_ERROR(insert(i, values[i], from, to));
  }
  return absl::OkStatus();
}

// The event carries the whole unit: what was known of it before is replaced.
absl::Status ApplyUnit(db::Tx& tx, const UnitChanged& unit) {
  const std::string& id = unit.unit_id();
  if (id.empty()) return platform::Internal("UnitChanged without a unit");
  ASSIGN_OR_RETURN(const Day from, ParseDay(unit.valid_from(), "valid_from"));
  ASSIGN_OR_RETURN(const Day to, ParseDay(unit.valid_to(), "valid_to"));
  RETURN_IF_ERROR(tx.Execute("INSERT INTO units (unit_id, type, valid_from, valid_to) "
                             "VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE type = VALUES(type), "
                             "valid_from = VALUES(valid_from), valid_to = VALUES(valid_to)",
                             id, unit.type(), from, to)
                      .status());
  RETURN_IF_ERROR(
      Replace(tx, "DELETE FROM unit_names WHERE unit_id = ?", id, unit.names(),
              [&](int ordinal, const DatedValue& value, const Day& first, const Day& last) {
                return tx
                    .Execute(
                        "INSERT INTO unit_names (unit_id, ordinal, name, valid_from, valid_to) "
                        "VALUES (?, ?, ?, ?, ?)",
                        id, ordinal, value.value(), first, last)
                    .status();
              }));
  RETURN_IF_ERROR(Replace(
      tx, "DELETE FROM unit_parents WHERE unit_id = ?", id, unit.parents(),
      [&](int ordinal, const DatedValue& value, const Day& first, const Day& last) {
        return tx
            .Execute(
                "INSERT INTO unit_parents (unit_id, ordinal, parent_id, valid_from, valid_to) "
                "VALUES (?, ?, ?, ?, ?)",
                id, ordinal, value.value(), first, last)
            .status();
      }));
  RETURN_IF_ERROR(Replace(
      tx, "DELETE FROM unit_codes WHERE unit_id = ?", id, unit.codes(),
      [&](int ordinal, const DatedValue& value, const Day& first, const Day& last) {
        return tx
            .Execute(
                "INSERT INTO unit_codes (unit_id, ordinal, scheme, code, valid_from, valid_to) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                id, ordinal, value.scheme(), value.value(), first, last)
            .status();
      }));
  RETURN_IF_ERROR(tx.Execute("DELETE FROM unit_successors WHERE unit_id = ?", id).status());
  for (const std::string& successor : unit.successor_ids()) {
    RETURN_IF_ERROR(tx.Execute("INSERT INTO unit_successors (unit_id, successor_id) VALUES (?, ?)",
                               id, successor)
                        .status());
  }
  return CountChange(tx);
}

}  // namespace

std::map<std::string, feed::Handler> ProjectionHandlers(bool movable) {
  std::map<std::string, feed::Handler> handlers;
  handlers[UnitChanged::descriptor()->full_name()] = [](db::Tx& tx,
                                                        const common::v1::Event& event) {
    const absl::StatusOr<UnitChanged> unit = feed::PayloadOf<UnitChanged>(event);
    return unit.ok() ? ApplyUnit(tx, *unit) : unit.status();
  };
  if (!movable) return handlers;
  handlers[BusinessTimeSet::descriptor()->full_name()] =
      [](db::Tx& tx, const common::v1::Event& event) -> absl::Status {
    ASSIGN_OR_RETURN(const BusinessTimeSet set, feed::PayloadOf<BusinessTimeSet>(event));
    ASSIGN_OR_RETURN(
        const int64_t matched,
        tx.Execute("UPDATE business_time SET offset_ms = ? WHERE id = 1", set.offset_ms()));
    if (matched != 1) return platform::Internal("BusinessTimeSet finds no row of business_time");
    return absl::OkStatus();
  };
  return handlers;
}

absl::Status ResetProjection(db::Tx& tx) {
  for (const char* statement :
       {"DELETE FROM units", "DELETE FROM unit_names", "DELETE FROM unit_parents",
        "DELETE FROM unit_codes", "DELETE FROM unit_successors"}) {
    RETURN_IF_ERROR(tx.Execute(statement).status());
  }
  return CountChange(tx);
}

}  // namespace thidua::units
