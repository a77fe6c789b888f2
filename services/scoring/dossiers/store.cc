#include "scoring/dossiers/store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"

namespace thidua::scoring::dossiers {
namespace {

constexpr char kStateColumns[] =
    "unit_id, unit_code, procedure_code, channel, status, received_date, due_date, finished_date, "
    "event_time, event_version, content_sha256, service_level";
constexpr int kStateCount = 12;

HashedState ReadState(const db::Row& row, int at) {
  HashedState hashed;
  State& state = hashed.state;
  state.unit_id = row.Get<std::string>(at);
  state.unit_code = row.Get<std::string>(at + 1);
  state.procedure_code = row.Get<std::string>(at + 2);
  state.channel = static_cast<Channel>(row.Get<int32_t>(at + 3));
  state.status = static_cast<Status>(row.Get<int32_t>(at + 4));
  state.received = row.Get<absl::CivilDay>(at + 5);
  state.due = row.Get<std::optional<absl::CivilDay>>(at + 6);
  state.finished = row.Get<std::optional<absl::CivilDay>>(at + 7);
  state.event_micros = absl::ToUnixMicros(row.Get<absl::Time>(at + 8));
  state.event_version = row.Get<int64_t>(at + 9);
  hashed.content_sha256 = row.Get<std::string>(at + 10);
  state.level = static_cast<ServiceLevel>(row.Get<int32_t>(at + 11));
  return hashed;
}

void AppendState(const HashedState& hashed, std::vector<db::Value>& values) {
  const State& state = hashed.state;
  values.push_back(db::ToValue(state.unit_id));
  values.push_back(db::ToValue(state.unit_code));
  values.push_back(db::ToValue(state.procedure_code));
  values.push_back(db::ToValue(static_cast<int32_t>(state.channel)));
  values.push_back(db::ToValue(static_cast<int32_t>(state.status)));
  values.push_back(db::ToValue(state.received));
  values.push_back(db::ToValue(state.due));
  values.push_back(db::ToValue(state.finished));
  values.push_back(db::ToValue(absl::FromUnixMicros(state.event_micros)));
  values.push_back(db::ToValue(state.event_version));
  values.push_back(db::ToValue(hashed.content_sha256));
  values.push_back(db::ToValue(static_cast<int32_t>(state.level)));
}

DossierRecord ReadRecord(const db::Row& row) {
  DossierRecord record;
  record.id = row.Get<std::string>(0);
  record.source_id = row.Get<std::string>(1);
  record.dossier_code = row.Get<std::string>(2);
  record.present = ReadState(row, 3);
  record.flags = static_cast<uint32_t>(row.Get<int64_t>(3 + kStateCount));
  record.states = row.Get<int32_t>(4 + kStateCount);
  record.updated_at = row.Get<absl::Time>(5 + kStateCount);
  return record;
}

std::string RecordColumns() {
  return absl::StrCat("dossier_id, source_id, dossier_code, ", kStateColumns,
                      ", flags, states, updated_at");
}

// Calls `run` for parts of 500, 50 and 1 rows, so that only three statements of a kind are
// prepared.
absl::Status InParts(size_t count, absl::FunctionRef<absl::Status(size_t first, int rows)> run) {
  size_t first = 0;
  for (const size_t part : {size_t{500}, size_t{50}, size_t{1}}) {
    for (; count - first >= part; first += part) {
      RETURN_IF_ERROR(run(first, static_cast<int>(part)));
    }
  }
  return absl::OkStatus();
}

template <class T>
absl::Status QueryIn(db::Session& session, const std::string& before, const std::string& after,
                     const std::vector<db::Value>& first_values, const std::vector<std::string>& in,
                     T (*read)(const db::Row&), std::vector<T>& out) {
  return InParts(in.size(), [&](size_t first, int rows) {
    std::vector<db::Value> values = first_values;
    for (int i = 0; i < rows; ++i)
      values.push_back(db::ToValue(in[first + static_cast<size_t>(i)]));
    return session.QueryValues(
        [&](const db::Row& row) {
          out.push_back(read(row));
          return absl::OkStatus();
        },
        before + db::Placeholders(1, rows) + after, std::move(values));
  });
}

}  // namespace

absl::StatusOr<std::vector<DossierRecord>> Store::Find(db::Session& session,
                                                       const std::string& source_id,
                                                       const std::vector<std::string>& codes) {
  std::vector<DossierRecord> found;
  RETURN_IF_ERROR(QueryIn<DossierRecord>(
      session,
      absl::StrCat("SELECT ", RecordColumns(),
                   " FROM dossiers WHERE source_id = ? AND dossier_code IN "),
      "", {db::ToValue(source_id)}, codes, ReadRecord, found));
  return found;
}

absl::StatusOr<std::vector<HistoryRecord>> Store::History(
    db::Session& session, const std::vector<std::string>& dossier_ids) {
  std::vector<HistoryRecord> found;
  RETURN_IF_ERROR(QueryIn<HistoryRecord>(
      session,
      absl::StrCat("SELECT dossier_id, ", kStateColumns, ", arrived_at, arrived_late",
                   " FROM dossier_history WHERE dossier_id IN "),
      " ORDER BY dossier_id, event_time, event_version", {}, dossier_ids,
      +[](const db::Row& row) {
        HistoryRecord record;
        record.dossier_id = row.Get<std::string>(0);
        record.state = ReadState(row, 1);
        record.arrived_at = row.Get<absl::Time>(1 + kStateCount);
        record.state.arrived_late = row.Get<bool>(2 + kStateCount);
        return record;
      },
      found));
  return found;
}

absl::Status Store::Upsert(db::Tx& tx, const std::vector<DossierRecord>& records) {
  return InParts(records.size(), [&](size_t first, int rows) {
    std::vector<db::Value> values;
    for (int i = 0; i < rows; ++i) {
      const DossierRecord& record = records[first + static_cast<size_t>(i)];
      values.push_back(db::ToValue(record.id));
      values.push_back(db::ToValue(record.source_id));
      values.push_back(db::ToValue(record.dossier_code));
      AppendState(record.present, values);
      values.push_back(db::ToValue(record.flags));
      values.push_back(db::ToValue(record.states));
      values.push_back(db::ToValue(record.updated_at));
    }
    return tx
        .ExecuteValues(
            absl::StrCat(
                "INSERT INTO dossiers (", RecordColumns(), ") VALUES ",
                db::Placeholders(rows, 6 + kStateCount),
                " ON DUPLICATE KEY UPDATE unit_id = VALUES(unit_id), "
                "unit_code = VALUES(unit_code), procedure_code = VALUES(procedure_code), "
                "channel = VALUES(channel), status = VALUES(status), "
                "received_date = VALUES(received_date), due_date = VALUES(due_date), "
                "finished_date = VALUES(finished_date), event_time = VALUES(event_time), "
                "event_version = VALUES(event_version), content_sha256 = VALUES(content_sha256), "
                "service_level = VALUES(service_level), flags = VALUES(flags), states = "
                "VALUES(states), updated_at = VALUES(updated_at)"),
            std::move(values))
        .status();
  });
}

absl::Status Store::InsertHistory(db::Tx& tx, const std::vector<HistoryRecord>& records) {
  return InParts(records.size(), [&](size_t first, int rows) {
    std::vector<db::Value> values;
    for (int i = 0; i < rows; ++i) {
      const HistoryRecord& record = records[first + static_cast<size_t>(i)];
      values.push_back(db::ToValue(record.dossier_id));
      AppendState(record.state, values);
      values.push_back(db::ToValue(record.arrived_at));
      values.push_back(db::ToValue(record.state.arrived_late));
    }
    return tx
        .ExecuteValues(absl::StrCat("INSERT INTO dossier_history (dossier_id, ", kStateColumns,
                                    ", arrived_at, arrived_late) VALUES ",
                                    db::Placeholders(rows, 3 + kStateCount)),
                       std::move(values))
        .status();
  });
}

absl::Status Store::AddToSummary(db::Tx& tx, const Summary& changes) {
  // A check constraint looks at the row to insert before the duplicate is found, so rows with a
  // negative change are updated (they exist: something is taken from them) and the others upserted.
  std::vector<const Summary::value_type*> growing;
  for (const auto& change : changes) {
    const auto& [key, c] = change;
    if (std::min({c.received, c.excluded, c.early, c.on_time, c.late, c.unclassifiable,
                  c.full_service, c.partial_service}) >= 0) {
      growing.push_back(&change);
      continue;
    }
    ASSIGN_OR_RETURN(
        const int64_t matched,
        tx.Execute("UPDATE dossier_summary SET received = received + ?, excluded = excluded + ?, "
                   "early = early + ?, on_time = on_time + ?, late = late + ?, "
                   "unclassifiable = unclassifiable + ?, full_service = full_service + ?, "
                   "partial_service = partial_service + ? WHERE unit_id = ? AND month = ? AND "
                   "procedure_code = ? AND channel = ?",
                   c.received, c.excluded, c.early, c.on_time, c.late, c.unclassifiable,
                   c.full_service, c.partial_service, std::get<0>(key),
                   absl::CivilDay(std::get<1>(key)), std::get<2>(key),
                   static_cast<int32_t>(std::get<3>(key))));
    if (matched != 1) return absl::InternalError("a counted dossier is missing in the summary");
  }
  return InParts(growing.size(), [&](size_t first, int rows) {
    std::vector<db::Value> values;
    for (int i = 0; i < rows; ++i) {
      const auto& [key, c] = *growing[first + static_cast<size_t>(i)];
      values.push_back(db::ToValue(std::get<0>(key)));
      values.push_back(db::ToValue(absl::CivilDay(std::get<1>(key))));
      values.push_back(db::ToValue(std::get<2>(key)));
      values.push_back(db::ToValue(static_cast<int32_t>(std::get<3>(key))));
      for (const int64_t counter : {c.received, c.excluded, c.early, c.on_time, c.late,
                                    c.unclassifiable, c.full_service, c.partial_service}) {
        values.push_back(db::ToValue(counter));
      }
    }
    return tx
        .ExecuteValues(
            absl::StrCat("INSERT INTO dossier_summary (unit_id, month, procedure_code, channel, "
                         "received, excluded, early, on_time, late, unclassifiable, "
                         "full_service, partial_service) VALUES ",
                         db::Placeholders(rows, 12),
                         " ON DUPLICATE KEY UPDATE received = received + VALUES(received), "
                         "excluded = excluded + VALUES(excluded), early = early + VALUES(early), "
                         "on_time = on_time + VALUES(on_time), late = late + VALUES(late), "
                         "unclassifiable = unclassifiable + VALUES(unclassifiable), "
                         "full_service = full_service + VALUES(full_service), "
                         "partial_service = partial_service + VALUES(partial_service)"),
            std::move(values))
        .status();
  });
}

absl::StatusOr<std::optional<DossierRecord>> Store::Get(db::Session& session,
                                                        const std::string& id) {
  return session.QueryOptional<DossierRecord>(
      ReadRecord, absl::StrCat("SELECT ", RecordColumns(), " FROM dossiers WHERE dossier_id = ?"),
      id);
}

absl::StatusOr<std::vector<DossierRecord>> Store::List(db::Session& session,
                                                       const ListFilter& filter) {
  std::string sql = absl::StrCat("SELECT ", RecordColumns(), " FROM dossiers WHERE unit_id = ?");
  std::vector<db::Value> values = {db::ToValue(filter.unit_id)};
  if (!filter.dossier_code.empty()) {
    absl::StrAppend(&sql, " AND dossier_code = ?");
    values.push_back(db::ToValue(filter.dossier_code));
  }
  if (!filter.after_id.empty()) {
    absl::StrAppend(&sql, " AND (dossier_code, dossier_id) > (?, ?)");
    values.push_back(db::ToValue(filter.after_code));
    values.push_back(db::ToValue(filter.after_id));
  }
  absl::StrAppend(&sql, " ORDER BY dossier_code, dossier_id LIMIT ", filter.limit);
  std::vector<DossierRecord> found;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        found.push_back(ReadRecord(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return found;
}

absl::StatusOr<std::string> Store::SubjectOf(db::Session& session, const std::string& source_id) {
  ASSIGN_OR_RETURN(const std::optional<std::string> subject,
                   session.QueryOptional<std::string>(
                       [](const db::Row& row) { return row.Get<std::string>(0); },
                       "SELECT subject FROM dossier_sources WHERE source_id = ?", source_id));
  return subject.value_or("");
}

absl::StatusOr<std::map<Channel, Counters>> Store::SummaryOf(db::Session& session,
                                                             const std::string& unit_id,
                                                             absl::CivilMonth first,
                                                             absl::CivilMonth last) {
  std::map<Channel, Counters> counts;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        Counters& c = counts[static_cast<Channel>(row.Get<int32_t>(0))];
        c.received = row.Get<int64_t>(1);
        c.excluded = row.Get<int64_t>(2);
        c.early = row.Get<int64_t>(3);
        c.on_time = row.Get<int64_t>(4);
        c.late = row.Get<int64_t>(5);
        c.unclassifiable = row.Get<int64_t>(6);
        c.full_service = row.Get<int64_t>(7);
        c.partial_service = row.Get<int64_t>(8);
        return absl::OkStatus();
      },
      "SELECT channel, SUM(received), SUM(excluded), SUM(early), SUM(on_time), SUM(late), "
      "SUM(unclassifiable), SUM(full_service), SUM(partial_service) FROM dossier_summary WHERE "
      "unit_id = ? AND month BETWEEN ? AND ? "
      "GROUP BY channel",
      unit_id, absl::CivilDay(first), absl::CivilDay(last)));
  return counts;
}

absl::Status Store::ScanOpen(db::Session& session, const std::string& unit_id,
                             absl::CivilDay received_until, absl::CivilDay as_of,
                             absl::FunctionRef<void(const State&)> each) {
  return session.Query(
      [&](const db::Row& row) {
        each(ReadState(row, 0).state);
        return absl::OkStatus();
      },
      absl::StrCat("SELECT ", kStateColumns,
                   " FROM dossiers WHERE unit_id = ? AND received_date <= ? AND "
                   "status NOT IN (1, 3, 7) AND (finished_date IS NULL OR finished_date > ?)"),
      unit_id, std::min(received_until, as_of), as_of);
}

absl::Status Store::ScanUnit(db::Session& session, const std::string& unit_id,
                             absl::CivilDay received_until,
                             absl::FunctionRef<void(const State&)> each) {
  return session.Query(
      [&](const db::Row& row) {
        each(ReadState(row, 0).state);
        return absl::OkStatus();
      },
      absl::StrCat("SELECT ", kStateColumns,
                   " FROM dossiers WHERE unit_id = ? AND received_date <= ?"),
      unit_id, received_until);
}

}  // namespace thidua::scoring::dossiers
