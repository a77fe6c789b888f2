#include "campaign/directory/store_units.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "campaign/wording/fold.h"
#include "platform/ascii_text.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {
namespace {

// Statements are prepared by their text, so lists of ids come in few sizes: the last id is repeated
// to fill up.
constexpr size_t kListSizes[] = {1, 8, 64};

Span SpanOf(const db::Row& row, int column) {
  return {row.Get<absl::CivilDay>(column), row.Get<std::optional<absl::CivilDay>>(column + 1)};
}

// Runs "<select> WHERE <column> IN (…)" for all ids, or without WHERE when `ids` is null.
absl::Status QueryByIds(db::Session& session, const std::string& select, const std::string& column,
                        const std::vector<std::string>* ids,
                        absl::FunctionRef<absl::Status(const db::Row&)> each) {
  if (ids == nullptr) return session.QueryValues(each, select, {});
  for (size_t at = 0; at < ids->size();) {
    const size_t left = ids->size() - at;
    size_t size = kListSizes[0];
    for (const size_t candidate : kListSizes) {
      size = candidate;
      if (candidate >= left) break;
    }
    std::vector<db::Value> values;
    for (size_t i = 0; i < size; ++i) {
      values.push_back(db::ToValue((*ids)[std::min(at + i, ids->size() - 1)]));
    }
    RETURN_IF_ERROR(session.QueryValues(each,
                                        absl::StrCat(select, " WHERE ", column, " IN ",
                                                     db::Placeholders(1, static_cast<int>(size))),
                                        std::move(values)));
    at += size;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Unit>> Load(db::Session& session, const std::vector<std::string>* ids) {
  std::map<std::string, Unit> units;
  RETURN_IF_ERROR(QueryByIds(session,
                             "SELECT unit_id, type, valid_from, valid_to, closing, synthetic, "
                             "note, row_version FROM units",
                             "unit_id", ids, [&](const db::Row& row) {
                               Unit unit;
                               unit.id = row.Get<std::string>(0);
                               const std::optional<UnitType> type =
                                   UnitTypeFrom(row.Get<std::string>(1));
                               const std::optional<Closing> closing =
                                   ClosingFrom(row.Get<std::string>(4));
                               if (!type || !closing)
                                 return platform::Internal("a unit of an unknown kind");
                               unit.type = *type;
                               unit.span = SpanOf(row, 2);
                               unit.closing = *closing;
                               unit.synthetic = row.Get<bool>(5);
                               unit.note = row.Get<std::string>(6);
                               unit.row_version = row.Get<int64_t>(7);
                               units[unit.id] = std::move(unit);
                               return absl::OkStatus();
                             }));
  const auto of = [&](const db::Row& row) -> Unit& { return units[row.Get<std::string>(0)]; };
  RETURN_IF_ERROR(QueryByIds(session, "SELECT unit_id, name, valid_from, valid_to FROM unit_names",
                             "unit_id", ids, [&](const db::Row& row) {
                               of(row).names.push_back({row.Get<std::string>(1), SpanOf(row, 2)});
                               return absl::OkStatus();
                             }));
  RETURN_IF_ERROR(QueryByIds(session,
                             "SELECT unit_id, parent_id, valid_from, valid_to FROM unit_parents",
                             "unit_id", ids, [&](const db::Row& row) {
                               of(row).parents.push_back({row.Get<std::string>(1), SpanOf(row, 2)});
                               return absl::OkStatus();
                             }));
  RETURN_IF_ERROR(QueryByIds(
      session, "SELECT unit_id, scheme, code, valid_from, valid_to FROM unit_codes", "unit_id", ids,
      [&](const db::Row& row) {
        of(row).codes.push_back({row.Get<std::string>(1), row.Get<std::string>(2), SpanOf(row, 3)});
        return absl::OkStatus();
      }));
  RETURN_IF_ERROR(QueryByIds(session, "SELECT unit_id, successor_id FROM unit_successors",
                             "unit_id", ids, [&](const db::Row& row) {
                               of(row).successors.push_back(row.Get<std::string>(1));
                               return absl::OkStatus();
                             }));
  RETURN_IF_ERROR(QueryByIds(session, "SELECT successor_id, unit_id FROM unit_successors",
                             "successor_id", ids, [&](const db::Row& row) {
                               of(row).predecessors.push_back(row.Get<std::string>(1));
                               return absl::OkStatus();
                             }));
  std::vector<Unit> loaded;
  for (auto& [id, unit] : units) {
    const auto by_first_day = [](const auto& a, const auto& b) {
      return a.span.from < b.span.from;
    };
    std::stable_sort(unit.names.begin(), unit.names.end(), by_first_day);
    std::stable_sort(unit.parents.begin(), unit.parents.end(), by_first_day);
    std::stable_sort(unit.codes.begin(), unit.codes.end(), by_first_day);
    loaded.push_back(std::move(unit));
  }
  return loaded;
}

absl::Status InsertDated(db::Tx& tx, const Unit& unit) {
  for (const DatedText& name : unit.names) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO unit_names (unit_id, valid_from, valid_to, name, folded_name) "
                   "VALUES (?, ?, ?, ?, ?)",
                   unit.id, name.span.from, name.span.to, name.text, wording::Fold(name.text))
            .status());
  }
  for (const DatedCode& code : unit.codes) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO unit_codes (scheme, code, valid_from, valid_to, unit_id) "
                   "VALUES (?, ?, ?, ?, ?)",
                   code.scheme, code.code, code.span.from, code.span.to, unit.id)
            .status());
  }
  for (const std::string& successor : unit.successors) {
    RETURN_IF_ERROR(tx.Execute("INSERT INTO unit_successors (unit_id, successor_id) VALUES (?, ?)",
                               unit.id, successor)
                        .status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status LockDirectory(db::Tx& tx) {
  return tx.Query([](const db::Row&) { return absl::OkStatus(); },
                  "SELECT version FROM directory_state WHERE id = 1 FOR UPDATE");
}

absl::Status BumpDirectory(db::Tx& tx) {
  return tx.Execute("UPDATE directory_state SET version = version + 1 WHERE id = 1").status();
}

absl::StatusOr<int64_t> DirectoryVersion(db::Session& session) {
  ASSIGN_OR_RETURN(
      const std::optional<int64_t> version,
      session.QueryOptional<int64_t>([](const db::Row& row) { return row.Get<int64_t>(0); },
                                     "SELECT version FROM directory_state WHERE id = 1"));
  if (!version) return platform::Internal("directory_state has no row");
  return *version;
}

absl::StatusOr<std::vector<Unit>> LoadUnits(db::Session& session,
                                            const std::vector<std::string>& ids) {
  return Load(session, &ids);
}

absl::StatusOr<std::vector<Unit>> LoadAllUnits(db::Session& session) {
  return Load(session, nullptr);
}

absl::StatusOr<std::optional<Unit>> FindUnit(db::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(std::vector<Unit> units, LoadUnits(session, {id}));
  if (units.empty()) return std::optional<Unit>();
  return std::optional<Unit>(std::move(units.front()));
}

absl::StatusOr<Tree> LoadTree(db::Session& session) {
  Tree tree;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        tree.AddUnit(row.Get<std::string>(0), SpanOf(row, 1));
        return absl::OkStatus();
      },
      "SELECT unit_id, valid_from, valid_to FROM units"));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        tree.AddParent(row.Get<std::string>(0), row.Get<std::string>(1), SpanOf(row, 2));
        return absl::OkStatus();
      },
      "SELECT unit_id, parent_id, valid_from, valid_to FROM unit_parents"));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        tree.AddSuccessor(row.Get<std::string>(0), row.Get<std::string>(1));
        return absl::OkStatus();
      },
      "SELECT unit_id, successor_id FROM unit_successors"));
  return tree;
}

absl::StatusOr<std::string> UnitIdByCode(db::Session& session, std::string_view scheme,
                                         std::string_view code, absl::CivilDay day) {
  if (!platform::IsAscii(code)) return "";  // as files may hold; no unit has such a code
  ASSIGN_OR_RETURN(
      const std::optional<std::string> id,
      session.QueryOptional<std::string>(
          [](const db::Row& row) { return row.Get<std::string>(0); },
          "SELECT unit_id FROM unit_codes WHERE scheme = ? AND code = ? AND valid_from <= ? "
          "AND (valid_to IS NULL OR valid_to >= ?)",
          scheme, code, day, day));
  return id.value_or("");
}

absl::StatusOr<bool> CodeTaken(db::Session& session, const DatedCode& code,
                               const std::string& but_for_unit) {
  const absl::CivilDay last = code.span.to.value_or(absl::CivilDay(9999, 12, 31));
  bool taken = false;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row&) {
        taken = true;
        return absl::OkStatus();
      },
      "SELECT unit_id FROM unit_codes WHERE scheme = ? AND code = ? AND unit_id <> ? AND "
      "valid_from <= ? "
      "AND (valid_to IS NULL OR valid_to >= ?)",
      code.scheme, code.code, but_for_unit, last, code.span.from));
  return taken;
}

absl::StatusOr<std::vector<std::string>> UnitIds(db::Session& session, const UnitFilter& filter,
                                                 const std::string& after, int limit) {
  std::string sql =
      "SELECT u.unit_id FROM units u WHERE u.unit_id > ? AND u.valid_from <= ? "
      "AND (u.valid_to IS NULL OR u.valid_to >= ?)";
  const db::Value day = db::ToValue(filter.as_of);
  std::vector<db::Value> values = {db::ToValue(after), day, day};
  const auto exists = [&](const std::string& select, const std::string& condition) {
    sql += " AND EXISTS (" + select +
           " WHERE x.unit_id = u.unit_id AND x.valid_from <= ? AND (x.valid_to IS NULL OR "
           "x.valid_to >= ?)" +
           condition + ")";
    values.push_back(day);
    values.push_back(day);
  };
  if (!filter.type.empty()) {
    sql += " AND u.type = ?";
    values.push_back(db::ToValue(filter.type));
  }
  if (!filter.parent_id.empty()) {
    exists("SELECT 1 FROM unit_parents x", " AND x.parent_id = ?");
    values.push_back(db::ToValue(filter.parent_id));
  }
  if (!filter.code.empty()) {
    exists("SELECT 1 FROM unit_codes x", " AND x.scheme = 'QD20' AND x.code = ?");
    values.push_back(db::ToValue(filter.code));
  }
  if (!filter.folded_words.empty()) {
    std::string like;
    const size_t count = std::min<size_t>(filter.folded_words.size(), 8);
    for (size_t i = 0; i < count; ++i) like += " AND x.folded_name LIKE ?";
    exists("SELECT 1 FROM unit_names x", like);
    for (size_t i = 0; i < count; ++i)
      values.push_back(db::ToValue("%" + filter.folded_words[i] + "%"));
  }
  sql += " ORDER BY u.unit_id LIMIT ?";
  values.push_back(db::ToValue(limit));
  std::vector<std::string> ids;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        ids.push_back(row.Get<std::string>(0));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return ids;
}

absl::Status InsertUnit(db::Tx& tx, const Unit& unit, absl::Time now) {
  RETURN_IF_ERROR(
      tx.Execute(
            "INSERT INTO units (unit_id, type, valid_from, valid_to, closing, synthetic, note, "
            "row_version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
            unit.id, TextOf(unit.type), unit.span.from, unit.span.to, TextOf(unit.closing),
            unit.synthetic, unit.note, now, now)
          .status());
  return InsertDated(tx, unit);
}

absl::Status InsertParents(db::Tx& tx, const Unit& unit) {
  for (const DatedParent& parent : unit.parents) {
    RETURN_IF_ERROR(tx.Execute("INSERT INTO unit_parents (unit_id, parent_id, valid_from, "
                               "valid_to) VALUES (?, ?, ?, ?)",
                               unit.id, parent.unit_id, parent.span.from, parent.span.to)
                        .status());
  }
  return absl::OkStatus();
}

absl::Status ReplaceUnit(db::Tx& tx, const Unit& unit, absl::Time now) {
  RETURN_IF_ERROR(
      tx.Execute(
            "UPDATE units SET valid_from = ?, valid_to = ?, closing = ?, synthetic = ?, note = ?, "
            "row_version = row_version + 1, updated_at = ? WHERE unit_id = ?",
            unit.span.from, unit.span.to, TextOf(unit.closing), unit.synthetic, unit.note, now,
            unit.id)
          .status());
  RETURN_IF_ERROR(tx.Execute("DELETE FROM unit_names WHERE unit_id = ?", unit.id).status());
  RETURN_IF_ERROR(tx.Execute("DELETE FROM unit_codes WHERE unit_id = ?", unit.id).status());
  RETURN_IF_ERROR(tx.Execute("DELETE FROM unit_successors WHERE unit_id = ?", unit.id).status());
  RETURN_IF_ERROR(tx.Execute("DELETE FROM unit_parents WHERE unit_id = ?", unit.id).status());
  RETURN_IF_ERROR(InsertDated(tx, unit));
  return InsertParents(tx, unit);
}

}  // namespace thidua::campaign::directory
