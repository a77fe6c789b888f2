#include "campaign/directory/import_units.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "campaign/directory/events.h"
#include "campaign/directory/rules_units.h"
#include "campaign/directory/store_units.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {

const std::vector<std::string> kUnitColumns = {
    "code",       "type",     "name",      "parent_code", "second_parent_code",
    "valid_from", "valid_to", "synthetic", "note"};

namespace {

// The column in which a problem of a unit stands.
std::string ColumnOf(const std::string& field) {
  std::string root = field.substr(0, field.find_first_of("[."));
  if (root == "names") return "name";
  if (root == "codes") return "code";
  if (root == "parents")
    return field.find("[1]") != std::string::npos ? "second_parent_code" : "parent_code";
  return root;
}

class Importer {
 public:
  Importer(const platform::Call& call, intake::Table table, intake::Rights& rights)
      : call_(call), table_(std::move(table)), rights_(rights) {}

  absl::StatusOr<v1::ImportReport> Run(db::Tx& tx, bool validate_only) {
    if (!table_.ok()) return table_.Report({}, validate_only);
    RETURN_IF_ERROR(LockDirectory(tx));
    ASSIGN_OR_RETURN(const std::vector<Unit> stored, LoadAllUnits(tx));
    for (const Unit& unit : stored) units_[unit.id] = unit;
    for (const intake::TableRow& row : table_.rows()) ReadRow(row);
    for (Planned& planned : planned_) FindParents(&planned);
    for (const Planned& planned : planned_) NeedRights(planned);
    for (Planned& planned : planned_) Judge(planned);
    if (table_.ok() && rights_.granted()) RETURN_IF_ERROR(Store(tx));
    return table_.Report(counts_, validate_only);
  }

 private:
  struct Planned {
    const intake::TableRow* row;
    Unit unit;
    std::optional<Unit> before;
  };

  // Units that hold a code on a day of the span; who holds it on its first day comes first.
  std::vector<const Unit*> Holders(const std::string& code, const Span& span) const {
    std::vector<const Unit*> holders;
    for (const auto& [id, unit] : units_) {
      for (const DatedCode& one : unit.codes) {
        if (one.scheme != kQd20 || one.code != code || !one.span.Overlaps(span)) continue;
        holders.insert(one.span.Holds(span.from) ? holders.begin() : holders.end(), &unit);
        break;
      }
    }
    return holders;
  }

  void ReadRow(const intake::TableRow& row) {
    const std::optional<UnitType> type = UnitTypeFrom(row["type"]);
    if (!type)
      table_.Refuse(row.line, "type", "UNIT_TYPE", "loại đơn vị không hợp lệ",
                    "not a valid kind of unit");
    const std::optional<absl::CivilDay> from = table_.Day(row, "valid_from");
    const std::optional<absl::CivilDay> to = table_.MaybeDay(row, "valid_to");
    const bool synthetic = table_.YesNo(row, "synthetic");
    const Span span = {from.value_or(call_.business_today()), from ? to : std::nullopt};
    const std::vector<const Unit*> holders = Holders(row["code"], span);
    NeedRightsOfRow(row, span, holders);
    if (!IsQd20Code(row["code"])) {
      table_.Refuse(row.line, "code", "CODE_MALFORMED",
                    "mã phải theo Quyết định 20/2020/QĐ-TTg, ví dụ H19.12.3",
                    "a code follows Quyết định 20/2020/QĐ-TTg, for example H19.12.3");
      return;
    }
    if (!codes_in_file_.insert(row["code"]).second) {
      table_.Refuse(row.line, "code", "ROW_TWICE", "mã có hai lần trong tệp",
                    "the code is in the file twice");
      return;
    }
    if (!type || !from) return;
    Planned planned{&row, {}, std::nullopt};
    planned.unit.span = span;
    planned.unit.type = *type;
    if (holders.size() > 1) {
      table_.Refuse(row.line, "code", "CODE_TAKEN",
                    "trong thời gian này mã thuộc nhiều đơn vị khác nhau",
                    "during that time the code belongs to several units");
      return;
    }
    if (!holders.empty()) {
      const Unit* known = holders.front();
      planned.before = *known;
      planned.unit.id = known->id;
      planned.unit.closing = known->closing;
      planned.unit.successors = known->successors;
      planned.unit.predecessors = known->predecessors;
      planned.unit.row_version = known->row_version;
    } else {
      planned.unit.id = platform::NewId(call_.machine_now());
    }
    planned.unit.names = {{row["name"], planned.unit.span}};
    planned.unit.codes = {{kQd20, row["code"], planned.unit.span}};
    planned.unit.synthetic = synthetic;
    planned.unit.note = row["note"];
    planned_.push_back(std::move(planned));
  }

  // Asked for whatever is wrong with the row: at who holds its code, else at the parent's.
  void NeedRightsOfRow(const intake::TableRow& row, const Span& span,
                       const std::vector<const Unit*>& holders) {
    for (const Unit* holder : holders) rights_.Need(holder->id);
    if (!holders.empty()) return;
    const std::vector<const Unit*> parents = Holders(row["parent_code"], span);
    if (!parents.empty()) rights_.Need(parents.front()->id);
  }

  void FindParents(Planned* planned) {
    for (const char* column : {"parent_code", "second_parent_code"}) {
      const std::string& code = (*planned->row)[column];
      if (code.empty()) continue;
      std::string parent;
      for (const Planned& other : planned_) {
        if (other.unit.codes[0].code == code) parent = other.unit.id;
      }
      const std::vector<const Unit*> holders = Holders(code, planned->unit.span);
      if (parent.empty() && !holders.empty()) parent = holders.front()->id;
      if (parent.empty()) {
        rights_.Need("*");  // which codes exist is told to nobody else
        table_.Refuse(planned->row->line, column, "UNKNOWN_UNIT", "không có đơn vị mang mã " + code,
                      "no unit has the code " + code);
      } else {
        planned->unit.parents.push_back({parent, planned->unit.span});
      }
    }
  }

  // The right at every stored unit that a row changes, puts another unit below, or takes one away
  // from; a root is made by those who have the right everywhere. A new unit below a new unit is
  // judged with that one.
  void NeedRights(const Planned& planned) {
    std::set<std::string> before, after;
    if (planned.before) {
      for (const DatedParent& parent : planned.before->parents) before.insert(parent.unit_id);
    } else if (planned.unit.parents.empty()) {
      rights_.Need("*");
    }
    for (const DatedParent& parent : planned.unit.parents) after.insert(parent.unit_id);
    std::vector<std::string> touched;
    std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                  std::back_inserter(touched));
    for (const std::string& parent : touched) {
      if (units_.count(parent) != 0) rights_.Need(parent);
    }
  }

  static bool SameContent(const Unit& a, const Unit& b) {
    const auto same_parents = [&] {
      std::multiset<std::string> one, other;
      for (const DatedParent& parent : a.parents) one.insert(parent.unit_id);
      for (const DatedParent& parent : b.parents) other.insert(parent.unit_id);
      return one == other;
    };
    return a.type == b.type && a.span == b.span && a.names.size() == 1 && b.names.size() == 1 &&
           a.names[0].text == b.names[0].text && a.codes.size() == b.codes.size() &&
           a.codes[0].code == b.codes[0].code && same_parents() && a.synthetic == b.synthetic &&
           a.note == b.note;
  }

  // Whether a file row can stand for all that is stored of the unit.
  static bool HasHistory(const Unit& unit) {
    if (unit.closing != Closing::kNone || unit.names.size() != 1 || unit.codes.size() != 1)
      return true;
    for (const DatedParent& parent : unit.parents) {
      if (!(parent.span == unit.span)) return true;
    }
    return false;
  }

  void Judge(const Planned& planned) {
    const int line = planned.row->line;
    if (planned.before && !SameContent(*planned.before, planned.unit)) {
      if (HasHistory(*planned.before)) {
        table_.Refuse(line, "", "HISTORY_NOT_BY_FILE",
                      "đơn vị đã có lịch sử tên, mã, cấp trên hoặc đã kết thúc; hãy sửa bằng "
                      "UpdateUnit, CloseUnit",
                      "the unit has a history or has ended; change it by UpdateUnit or CloseUnit");
        return;
      }
      if (planned.before->type != planned.unit.type) {
        table_.Refuse(line, "type", "UNIT_TYPE_FIXED", "không đổi được loại của đơn vị đã có",
                      "the kind of a known unit cannot change");
        return;
      }
    }
    std::map<std::string, const Unit*> parents;
    for (const DatedParent& parent : planned.unit.parents) {
      const auto in_file = InFile(parent.unit_id);
      const auto stored = units_.find(parent.unit_id);
      if (in_file != nullptr) {
        parents[parent.unit_id] = in_file;
      } else if (stored != units_.end()) {
        parents[parent.unit_id] = &stored->second;
      }
    }
    for (const Problem& problem : CheckUnit(planned.unit, parents)) {
      table_.Refuse(line, ColumnOf(problem.field), problem.reason, problem.vi, problem.en);
    }
  }

  const Unit* InFile(const std::string& id) const {
    for (const Planned& planned : planned_) {
      if (planned.unit.id == id) return &planned.unit;
    }
    return nullptr;
  }

  absl::Status Store(db::Tx& tx) {
    for (const Planned& planned : planned_) {
      if (planned.before) continue;
      RETURN_IF_ERROR(InsertUnit(tx, planned.unit, call_.machine_now()));
    }
    for (Planned& planned : planned_) {
      if (!planned.before) {
        RETURN_IF_ERROR(InsertParents(tx, planned.unit));
        planned.unit.row_version = 1;
        RETURN_IF_ERROR(AppendUnit(tx, call_, nullptr, planned.unit, ""));
        ++counts_.created;
      } else if (SameContent(*planned.before, planned.unit)) {
        ++counts_.unchanged;
      } else {
        RETURN_IF_ERROR(ReplaceUnit(tx, planned.unit, call_.machine_now()));
        ++planned.unit.row_version;
        RETURN_IF_ERROR(AppendUnit(tx, call_, &*planned.before, planned.unit, ""));
        ++counts_.updated;
      }
    }
    return counts_.created + counts_.updated > 0 ? BumpDirectory(tx) : absl::OkStatus();
  }

  const platform::Call& call_;
  intake::Table table_;
  intake::Rights& rights_;
  std::map<std::string, Unit> units_;
  std::vector<Planned> planned_;
  std::set<std::string> codes_in_file_;
  intake::Table::Counts counts_;
};

}  // namespace

absl::StatusOr<v1::ImportReport> ImportUnits(db::Tx& tx, const platform::Call& call,
                                             intake::Table table, bool validate_only,
                                             intake::Rights& rights) {
  return Importer(call, std::move(table), rights).Run(tx, validate_only);
}

}  // namespace thidua::campaign::directory
