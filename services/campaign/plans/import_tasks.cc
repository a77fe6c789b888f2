#include "campaign/plans/import_tasks.h"

#include <map>
#include <optional>
#include <set>

#include "campaign/directory/store_units.h"
#include "campaign/plans/events.h"
#include "campaign/plans/rules_tasks.h"
#include "campaign/plans/store_tasks.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {

const std::vector<std::string> kTaskColumns = {
    "code", "title", "field", "lead_unit_code", "due_date", "source_document", "synthetic", "note"};

namespace {

constexpr size_t kMostTasks = 1000;

struct Planned {
  Task task;
  std::optional<Task> before;
};

class Reader {
 public:
  Reader(db::Tx& tx, const platform::Call& call, const directory::Tree& tree, const Record& plan,
         intake::Table* table)
      : tx_(tx), call_(call), tree_(tree), plan_(plan), table_(*table) {
    for (const v1::LegalBasis& basis : plan.document.legal_bases()) {
      if (basis.role() == v1::LEGAL_BASIS_ROLE_TARGET_SOURCE) sources_.push_back(basis.number());
    }
  }

  absl::Status LoadStored() {
    ASSIGN_OR_RETURN(const std::vector<Task> stored, TasksOf(tx_, plan_.row.id));
    for (const Task& task : stored) stored_.emplace(task.code, task);
    return absl::OkStatus();
  }

  absl::StatusOr<Planned> Row(const intake::TableRow& row) {
    Planned planned;
    Task& task = planned.task;
    const auto found = stored_.find(row["code"]);
    if (found != stored_.end()) {
      planned.before = found->second;
      task = found->second;
    } else {
      task.id = platform::NewId(call_.machine_now());
      task.plan_id = plan_.row.id;
      task.code = row["code"];
    }
    task.title = row["title"];
    const std::optional<ReformField> field = ReformFieldFrom(row["field"]);
    if (!field) {
      table_.Refuse(row.line, "field", "REFORM_FIELD",
                    "không phải một trong bảy lĩnh vực cải cách hành chính",
                    "not one of the seven fields of administrative reform");
    }
    task.field = field.value_or(ReformField::kSteering);
    task.due = table_.MaybeDay(row, "due_date");
    task.source_document = row["source_document"];
    task.synthetic = table_.YesNo(row, "synthetic");
    task.note = row["note"];
    ASSIGN_OR_RETURN(task.lead_unit_id, UnitBy(row["lead_unit_code"]));
    const bool known = !task.lead_unit_id.empty();
    if (!known) {
      table_.Refuse(row.line, "lead_unit_code", "UNKNOWN_UNIT",
                    "không có đơn vị mang mã " + row["lead_unit_code"] + " vào hôm nay",
                    "no unit has the code " + row["lead_unit_code"] + " today");
    }
    const bool within =
        !known || tree_.IsWithin(task.lead_unit_id, plan_.row.issuer_id, call_.business_today());
    const Problems problems = CheckTask(task, sources_, within);
    for (const Problem& problem : problems) {
      table_.Refuse(row.line, problem.field == "lead_unit" ? "lead_unit_code" : problem.field,
                    problem.reason, problem.vi, problem.en);
    }
    const bool launched = plan_.row.state == State::kLaunched;
    const bool readable =
        field && known && problems.empty() && task.due.has_value() == !row["due_date"].empty();
    if (readable && planned.before &&
        ReplacementOf(*planned.before, task, launched) == Replacement::kFixed) {
      table_.Refuse(row.line, "", "TASK_FIXED",
                    "kế hoạch đã phát động, nhiệm vụ đã có không sửa bằng tệp được",
                    "the plan is launched: a file does not change the tasks it has");
    }
    return planned;
  }

  // Tasks of the plan when all of these are there.
  size_t CountWith(const std::vector<Planned>& all) const {
    size_t count = stored_.size();
    for (const Planned& one : all) count += one.before ? 0 : 1;
    return count;
  }

 private:
  absl::StatusOr<std::string> UnitBy(const std::string& code) {
    const auto found = units_.find(code);
    if (found != units_.end()) return found->second;
    ASSIGN_OR_RETURN(std::string id,
                     directory::UnitIdByCode(tx_, directory::kQd20, code, call_.business_today()));
    units_.emplace(code, id);
    return id;
  }

  db::Tx& tx_;
  const platform::Call& call_;
  const directory::Tree& tree_;
  const Record& plan_;
  intake::Table& table_;
  std::vector<std::string> sources_;
  std::map<std::string, Task> stored_;
  std::map<std::string, std::string> units_;  // id by code
};

}  // namespace

absl::StatusOr<v1::ImportReport> ImportTasks(db::Tx& tx, const platform::Call& call,
                                             const directory::Tree& tree, const Record& plan,
                                             intake::Table table, bool validate_only) {
  const std::vector<intake::TableRow> rows = table.rows();
  if (rows.size() > kMostTasks) {
    table.Refuse(rows[kMostTasks].line, "", "TOO_MANY_TASKS",
                 "một kế hoạch có nhiều nhất 1000 nhiệm vụ", "a plan has at most 1000 tasks");
  }
  if (!table.ok()) return table.Report({}, validate_only);
  Reader reader(tx, call, tree, plan, &table);
  RETURN_IF_ERROR(reader.LoadStored());
  std::vector<Planned> all;
  std::set<std::string> seen;
  for (const intake::TableRow& row : rows) {
    if (!seen.insert(row["code"]).second) {
      table.Refuse(row.line, "code", "ROW_TWICE", "mã nhiệm vụ có hai lần trong tệp",
                   "the code is in the file twice");
      continue;
    }
    ASSIGN_OR_RETURN(Planned planned, reader.Row(row));
    all.push_back(std::move(planned));
  }
  if (reader.CountWith(all) > kMostTasks) {
    table.Refuse(rows.back().line, "", "TOO_MANY_TASKS", "một kế hoạch có nhiều nhất 1000 nhiệm vụ",
                 "a plan has at most 1000 tasks");
  }
  intake::Table::Counts counts;
  if (!table.ok()) return table.Report(counts, validate_only);
  for (Planned& planned : all) {
    if (!planned.before) {
      RETURN_IF_ERROR(InsertTask(tx, planned.task, call.machine_now()));
      planned.task.row_version = 1;
      RETURN_IF_ERROR(AppendTaskRecord(tx, call, nullptr, planned.task));
      ++counts.created;
    } else if (ReplacementOf(*planned.before, planned.task, false) == Replacement::kSame) {
      ++counts.unchanged;
    } else {
      RETURN_IF_ERROR(ReplaceTask(tx, planned.task, call.machine_now()));
      ++planned.task.row_version;
      RETURN_IF_ERROR(AppendTaskRecord(tx, call, &*planned.before, planned.task));
      ++counts.updated;
    }
  }
  return table.Report(counts, validate_only);
}

}  // namespace thidua::campaign::plans
