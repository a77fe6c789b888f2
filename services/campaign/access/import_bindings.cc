#include "campaign/access/import_bindings.h"

#include <map>
#include <optional>
#include <utility>

#include "campaign/access/bindings.h"
#include "campaign/access/store.h"
#include "campaign/directory/store_people.h"
#include "campaign/directory/store_units.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::access {

const std::vector<std::string> kBindingColumns = {"staff_code", "role", "unit_code", "valid_from",
                                                  "valid_to"};

namespace {

// A row that may be done, and the binding it stands for when that is stored already.
struct Planned {
  RoleBinding wanted;
  std::optional<RoleBinding> before;
};

class Importer {
 public:
  Importer(const platform::Call& call, intake::Table table, intake::Rights& rights)
      : call_(call), table_(std::move(table)), rights_(rights) {}

  absl::StatusOr<v1::ImportReport> Run(db::Tx& tx, bool validate_only) {
    ASSIGN_OR_RETURN(roles_, LoadRoles(tx));
    const std::vector<intake::TableRow> rows = table_.rows();
    for (const intake::TableRow& row : rows) RETURN_IF_ERROR(Plan(tx, row));
    if (table_.ok() && rights_.granted()) RETURN_IF_ERROR(Apply(tx));
    return table_.Report(counts_, validate_only);
  }

 private:
  // Reads and judges a row; what is wrong with it goes into the table.
  absl::Status Plan(db::Tx& tx, const intake::TableRow& row) {
    const std::optional<absl::CivilDay> from = table_.Day(row, "valid_from");
    const std::optional<absl::CivilDay> to = table_.MaybeDay(row, "valid_to");
    if (from && to && *to < *from) {
      table_.Refuse(row.line, "valid_to", "SPAN_REVERSED", "ngày cuối trước ngày đầu",
                    "the last day is before the first");
    }
    if (!from) return RequireToday(tx, row);
    ASSIGN_OR_RETURN(const std::string unit, ResolveUnit(tx, row, *from));
    ReadRole(row, unit);
    ASSIGN_OR_RETURN(const auto person, directory::FindPersonByStaffCode(tx, row["staff_code"]));
    if (!person) {
      table_.Refuse(row.line, "staff_code", "UNKNOWN_PERSON", "không có người mang mã này",
                    "nobody has this staff code");
    }
    if (!table_.ok() || !person) return absl::OkStatus();
    RoleBinding wanted;
    wanted.principal_kind = "person";
    wanted.principal_id = person->id;
    wanted.binding = {row["role"], unit, *from, to};
    return Judge(tx, row, std::move(wanted));
  }

  // For a row without a day that can be read: it is refused, and no more is told of it.
  absl::Status RequireToday(db::Tx& tx, const intake::TableRow& row) {
    ASSIGN_OR_RETURN(
        const std::string unit,
        directory::UnitIdByCode(tx, directory::kQd20, row["unit_code"], call_.business_today()));
    if (!unit.empty()) rights_.Need(unit);
    return absl::OkStatus();
  }

  // The unit that has the row's code on the row's first day: at this one the right is asked for,
  // and to this one the role is given.
  absl::StatusOr<std::string> ResolveUnit(db::Tx& tx, const intake::TableRow& row,
                                          absl::CivilDay from) {
    if (row["unit_code"] == "*") return std::string("*");
    ASSIGN_OR_RETURN(std::string unit,
                     directory::UnitIdByCode(tx, directory::kQd20, row["unit_code"], from));
    if (unit.empty()) {
      table_.Refuse(row.line, "unit_code", "UNKNOWN_UNIT",
                    "không có đơn vị mang mã này vào ngày đầu",
                    "no unit has this code on the first day");
    }
    return unit;
  }

  void ReadRole(const intake::TableRow& row, const std::string& unit) {
    const std::string& at = unit.empty() ? kEverywhere : unit;
    rights_.Need(at);
    const auto role = roles_.find(row["role"]);
    if (role == roles_.end()) {
      table_.Refuse(row.line, "role", "UNKNOWN_ROLE", "không có vai trò này",
                    "there is no such role");
      return;
    }
    for (const std::string& permission : role->second.permissions) rights_.Need(at, permission);
  }

  absl::Status Judge(db::Tx& tx, const intake::TableRow& row, RoleBinding wanted) {
    const std::string& person = wanted.principal_id;
    if (held_by_.count(person) == 0) {
      RETURN_IF_ERROR(LockPrincipal(tx, "person", person).status());
      ASSIGN_OR_RETURN(held_by_[person], BindingsOf(tx, "person", person));
    }
    std::vector<RoleBinding>& held = held_by_[person];
    Planned planned{std::move(wanted), std::nullopt};
    const Binding& asked = planned.wanted.binding;
    for (const RoleBinding& one : held) {
      if (!one.id.empty() && one.binding.role_id == asked.role_id &&
          one.binding.unit_id == asked.unit_id && one.binding.from == asked.from) {
        planned.before = one;
      }
    }
    if (!planned.before) {
      const absl::Status judged = JudgeBinding(planned.wanted, held, roles_);
      if (!judged.ok()) {
        table_.Refuse(row.line, "", platform::ReasonOf(judged), platform::TextOf(judged, "vi"),
                      platform::TextOf(judged, "en"));
      }
      held.push_back(planned.wanted);
    }
    planned_.push_back(std::move(planned));
    return absl::OkStatus();
  }

  absl::Status Apply(db::Tx& tx) {
    for (Planned& planned : planned_) {
      const std::optional<absl::CivilDay>& last_day = planned.wanted.binding.to;
      if (!planned.before) {
        RETURN_IF_ERROR(StoreBinding(tx, call_, &planned.wanted));
        ++counts_.created;
      } else if (!last_day || planned.before->binding.to == last_day) {
        ++counts_.unchanged;
      } else {
        RETURN_IF_ERROR(MoveEnd(tx, call_, *planned.before, *last_day, "").status());
        ++counts_.updated;
      }
    }
    return absl::OkStatus();
  }

  inline static const std::string kEverywhere = "*";

  const platform::Call& call_;
  intake::Table table_;
  intake::Rights& rights_;
  std::map<std::string, Role> roles_;
  // What a person holds, with the rows read so far.
  std::map<std::string, std::vector<RoleBinding>> held_by_;
  std::vector<Planned> planned_;
  intake::Table::Counts counts_;
};

}  // namespace

absl::StatusOr<v1::ImportReport> ImportBindings(db::Tx& tx, const platform::Call& call,
                                                intake::Table table, bool validate_only,
                                                intake::Rights& rights) {
  if (!table.ok()) return table.Report({}, validate_only);
  return Importer(call, std::move(table), rights).Run(tx, validate_only);
}

}  // namespace thidua::campaign::access
