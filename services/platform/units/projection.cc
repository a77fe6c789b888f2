#include "platform/units/projection.h"

#include <unordered_map>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::units {
namespace {

using Day = std::optional<absl::CivilDay>;

Period ReadPeriod(const db::Row& row, int column) {
  return {.from = row.Get<Day>(column), .to = row.Get<Day>(column + 1)};
}

absl::StatusOr<int64_t> ReadVersion(db::Session& session) {
  ASSIGN_OR_RETURN(const auto version, session.QueryOptional<int64_t>(
                                           [](const db::Row& row) { return row.Get<int64_t>(0); },
                                           "SELECT version FROM units_version WHERE id = 1"));
  if (!version.has_value()) return platform::Internal("units_version has no row");
  return *version;
}

absl::StatusOr<std::vector<TreeUnit>> ReadTree(db::Session& session) {
  ASSIGN_OR_RETURN(std::vector<TreeUnit> units,
                   session.QueryAll<TreeUnit>(
                       [](const db::Row& row) {
                         return TreeUnit{.id = row.Get<std::string>(0),
                                         .valid = ReadPeriod(row, 1)};
                       },
                       "SELECT unit_id, valid_from, valid_to FROM units ORDER BY unit_id"));
  std::unordered_map<std::string, TreeUnit*> by_id;
  for (TreeUnit& unit : units) by_id.emplace(unit.id, &unit);
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        const auto unit = by_id.find(row.Get<std::string>(0));
        if (unit != by_id.end()) {
          unit->second->parents.emplace_back(row.Get<std::string>(1), ReadPeriod(row, 2));
        }
        return absl::OkStatus();
      },
      "SELECT unit_id, parent_id, valid_from, valid_to FROM unit_parents "
      "ORDER BY unit_id, ordinal"));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        const auto unit = by_id.find(row.Get<std::string>(0));
        if (unit != by_id.end()) unit->second->successors.push_back(row.Get<std::string>(1));
        return absl::OkStatus();
      },
      "SELECT unit_id, successor_id FROM unit_successors ORDER BY unit_id, successor_id"));
  return units;
}

absl::Status NotValid(const std::string& unit_id, const Period& valid, absl::CivilDay as_of) {
  const auto text = [](const Day& day) {
    return day.has_value() ? platform::FormatDate(*day) : std::string();
  };
  return platform::FailedPrecondition(
      "UNIT_NOT_VALID",
      {"Đơn vị không tồn tại vào ngày " + platform::FormatDateVi(as_of) + ".",
       "The unit does not exist on " + platform::FormatDate(as_of) + "."},
      {{"unit", unit_id},
       {"as_of", platform::FormatDate(as_of)},
       {"valid_from", text(valid.from)},
       {"valid_to", text(valid.to)}});
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Tree>> Projection::Current(absl::Time deadline) {
  int64_t version = -1;
  RETURN_IF_ERROR(pool_.ReadOnly(deadline, [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(version, ReadVersion(session));
    return absl::OkStatus();
  }));
  {
    absl::MutexLock lock(&mutex_);
    // One caller reads the tables anew and the others wait for it, each as long as it has time.
    const auto idle = +[](bool* loading) { return !*loading; };
    while (held_.version < version && loading_) {
      if (!mutex_.AwaitWithDeadline(absl::Condition(idle, &loading_), deadline)) {
        return absl::DeadlineExceededError("the tree of units is still being read");
      }
    }
    // Versions only grow.
    if (held_.version >= version) return held_.tree;
    loading_ = true;
  }
  // Also when reading throws: the others would wait for ever.
  const auto done = absl::MakeCleanup([this] {
    absl::MutexLock lock(&mutex_);
    loading_ = false;
  });
  ASSIGN_OR_RETURN(Versioned loaded, Load(deadline));
  absl::MutexLock lock(&mutex_);
  held_ = std::move(loaded);
  return held_.tree;
}

absl::StatusOr<Projection::Versioned> Projection::Load(absl::Time deadline) {
  Versioned loaded;
  RETURN_IF_ERROR(pool_.ReadOnly(deadline, [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(int64_t version, ReadVersion(session));
    while (loaded.tree == nullptr) {
      ASSIGN_OR_RETURN(std::vector<TreeUnit> units, ReadTree(session));
      // The tables are read one after the other: a change in between shows in the version.
      ASSIGN_OR_RETURN(const int64_t version_after, ReadVersion(session));
      if (version_after == version)
        loaded = {std::make_shared<const Tree>(std::move(units)), version};
      version = version_after;
    }
    return absl::OkStatus();
  }));
  return loaded;
}

absl::StatusOr<bool> Projection::IsWithin(const std::string& unit_id,
                                          const std::string& ancestor_id, absl::CivilDay as_of,
                                          absl::Time deadline) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Tree> tree, Current(deadline));
  return tree->IsWithin(unit_id, ancestor_id, as_of);
}

absl::StatusOr<std::vector<std::string>> Projection::Subtree(const std::string& unit_id,
                                                             absl::CivilDay as_of,
                                                             absl::Time deadline) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Tree> tree, Current(deadline));
  return tree->Subtree(unit_id, as_of);
}

absl::StatusOr<Unit> Projection::Get(db::Session& session, const std::string& unit_id,
                                     absl::CivilDay as_of) {
  struct Row {
    Unit unit;
    Period valid;
  };
  ASSIGN_OR_RETURN(
      std::optional<Row> found,
      session.QueryOptional<Row>(
          [](const db::Row& row) {
            return Row{.unit = {.id = row.Get<std::string>(0),
                                .type = row.Get<std::string>(1),
                                .name = row.Get<std::optional<std::string>>(2).value_or(""),
                                .parent_id = row.Get<std::optional<std::string>>(3).value_or("")},
                       .valid = ReadPeriod(row, 4)};
          },
          "SELECT u.unit_id, u.type, "
          "(SELECT n.name FROM unit_names n WHERE n.unit_id = u.unit_id "
          " AND (n.valid_from IS NULL OR n.valid_from <= ?) "
          " AND (n.valid_to IS NULL OR n.valid_to >= ?) ORDER BY n.ordinal DESC LIMIT 1), "
          "(SELECT p.parent_id FROM unit_parents p WHERE p.unit_id = u.unit_id "
          " AND (p.valid_from IS NULL OR p.valid_from <= ?) "
          " AND (p.valid_to IS NULL OR p.valid_to >= ?) ORDER BY p.ordinal LIMIT 1), "
          "u.valid_from, u.valid_to FROM units u WHERE u.unit_id = ?",
          as_of, as_of, as_of, as_of, unit_id));
  if (!found.has_value()) return UnknownUnit(unit_id);
  if (!found->valid.Holds(as_of)) return NotValid(unit_id, found->valid, as_of);
  return std::move(found->unit);
}

absl::StatusOr<bool> Projection::Lock(db::Tx& tx, const std::string& unit_id) {
  ASSIGN_OR_RETURN(const auto locked,
                   tx.QueryOptional<std::string>(
                       [](const db::Row& row) { return row.Get<std::string>(0); },
                       "SELECT unit_id FROM units WHERE unit_id = ? FOR UPDATE", unit_id));
  return locked.has_value();
}

absl::StatusOr<Unit> Projection::ByCode(db::Session& session, std::string_view scheme,
                                        std::string_view code, absl::CivilDay as_of) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                   session.QueryAll<std::string>(
                       [](const db::Row& row) { return row.Get<std::string>(0); },
                       "SELECT DISTINCT unit_id FROM unit_codes WHERE scheme = ? AND code = ? "
                       "AND (valid_from IS NULL OR valid_from <= ?) "
                       "AND (valid_to IS NULL OR valid_to >= ?) ORDER BY unit_id",
                       scheme, code, as_of, as_of));
  if (ids.size() != 1) {
    return platform::NotFound(
        "UNKNOWN_UNIT",
        {"Không có đơn vị nào mang mã này vào ngày đó.", "No unit carries this code on that date."},
        {{"scheme", std::string(scheme)},
         {"code", std::string(code)},
         {"as_of", platform::FormatDate(as_of)},
         {"units_found", std::to_string(ids.size())}});
  }
  return Get(session, ids.front(), as_of);
}

absl::StatusOr<std::vector<CodeHolder>> Projection::HoldersOf(db::Session& session,
                                                              std::string_view scheme,
                                                              std::string_view code) {
  return session.QueryAll<CodeHolder>(
      [](const db::Row& row) {
        return CodeHolder{.unit_id = row.Get<std::string>(0),
                          .code = ReadPeriod(row, 1),
                          .unit = ReadPeriod(row, 3)};
      },
      "SELECT c.unit_id, c.valid_from, c.valid_to, u.valid_from, u.valid_to FROM unit_codes c "
      "JOIN units u ON u.unit_id = c.unit_id WHERE c.scheme = ? AND c.code = ? "
      "ORDER BY c.unit_id, c.ordinal",
      scheme, code);
}

}  // namespace thidua::units
