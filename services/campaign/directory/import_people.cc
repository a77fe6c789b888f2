#include "campaign/directory/import_people.h"

#include <map>
#include <optional>
#include <set>

#include "campaign/directory/events.h"
#include "campaign/directory/people_changes.h"
#include "campaign/directory/rules_people.h"
#include "campaign/directory/rules_units.h"
#include "campaign/directory/store_people.h"
#include "campaign/directory/store_units.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {

const std::vector<std::string> kPersonColumns = {
    "staff_code", "full_name", "category", "unit_code", "position", "valid_from",
    "valid_to",   "email",     "phone",    "synthetic", "note"};

namespace {

struct Planned {
  int line = 0;
  Person person;
  std::optional<Person> before;
};

std::string ColumnOf(const std::string& field) {
  const size_t dot = field.find("].");
  std::string column = dot == std::string::npos ? field : field.substr(dot + 2);
  return column == "unit" ? "unit_code" : column;
}

bool SameContent(const Person& a, const Person& b) {
  return a.full_name == b.full_name && a.category == b.category && a.email == b.email &&
         a.phone == b.phone && a.synthetic == b.synthetic && a.note == b.note &&
         a.posts.size() == 1 && b.posts.size() == 1 && a.posts[0].unit_id == b.posts[0].unit_id &&
         a.posts[0].position == b.posts[0].position && a.posts[0].span == b.posts[0].span;
}

absl::StatusOr<std::optional<Planned>> ReadRow(db::Tx& tx, const platform::Call& call,
                                               const intake::TableRow& row, intake::Table* table,
                                               intake::Rights& rights) {
  Planned planned{row.line, {}, std::nullopt};
  Person& person = planned.person;
  person.staff_code = row["staff_code"];
  person.full_name = row["full_name"];
  const std::optional<Category> category = CategoryFrom(row["category"]);
  if (!category) {
    table->Refuse(row.line, "category", "PERSON_CATEGORY", "loại cán bộ không hợp lệ",
                  "not a valid kind of staff");
  }
  person.category = category.value_or(Category::kUnknown);
  person.email = row["email"];
  person.phone = row["phone"];
  person.synthetic = table->YesNo(row, "synthetic");
  person.note = row["note"];
  const std::optional<absl::CivilDay> from = table->Day(row, "valid_from");
  const std::optional<absl::CivilDay> to = table->MaybeDay(row, "valid_to");
  // The right is asked for whatever is wrong with the row.
  ASSIGN_OR_RETURN(const std::string unit,
                   UnitIdByCode(tx, kQd20, row["unit_code"], from.value_or(call.business_today())));
  if (!unit.empty() || from) rights.Need(unit.empty() ? "*" : unit);
  if (!from) return std::optional<Planned>();
  if (unit.empty()) {
    table->Refuse(row.line, "unit_code", "UNKNOWN_UNIT",
                  "không có đơn vị mang mã " + row["unit_code"] + " vào ngày đầu",
                  "no unit has the code " + row["unit_code"] + " on the first day");
    return std::optional<Planned>();
  }
  person.posts = {{unit, row["position"], {*from, to}}};
  ASSIGN_OR_RETURN(planned.before, FindPersonByStaffCode(tx, person.staff_code));
  if (planned.before) {
    for (const Post& post : planned.before->posts) rights.Need(post.unit_id);
  }
  person.id = planned.before ? planned.before->id : platform::NewId(call.machine_now());
  person.row_version = planned.before ? planned.before->row_version : 0;
  if (planned.before && planned.before->posts.size() != 1 &&
      !SameContent(*planned.before, person)) {
    table->Refuse(row.line, "", "HISTORY_NOT_BY_FILE",
                  "người này đã giữ nhiều vị trí; hãy sửa bằng UpdatePerson",
                  "this person has held several posts; change them by UpdatePerson");
  }
  ASSIGN_OR_RETURN(const auto spans, UnitSpansOf(tx, person));
  for (const Problem& problem : CheckPerson(person, spans)) {
    table->Refuse(row.line, ColumnOf(problem.field), problem.reason, problem.vi, problem.en);
  }
  return std::optional<Planned>(std::move(planned));
}

}  // namespace

absl::StatusOr<v1::ImportReport> ImportPeople(db::Tx& tx, const platform::Call& call,
                                              intake::Table table, bool validate_only,
                                              intake::Rights& rights) {
  if (!table.ok()) return table.Report({}, validate_only);
  RETURN_IF_ERROR(LockDirectory(tx));
  std::vector<Planned> all;
  std::set<std::string> seen;
  const std::vector<intake::TableRow> rows = table.rows();
  for (const intake::TableRow& row : rows) {
    if (!seen.insert(row["staff_code"]).second) {
      table.Refuse(row.line, "staff_code", "ROW_TWICE", "mã cán bộ có hai lần trong tệp",
                   "the staff code is in the file twice");
      continue;
    }
    ASSIGN_OR_RETURN(std::optional<Planned> planned, ReadRow(tx, call, row, &table, rights));
    if (planned) all.push_back(*std::move(planned));
  }
  intake::Table::Counts counts;
  if (!table.ok() || !rights.granted()) return table.Report(counts, validate_only);
  for (Planned& planned : all) {
    if (!planned.before) {
      RETURN_IF_ERROR(InsertPerson(tx, planned.person, call.machine_now()));
      planned.person.row_version = 1;
      RETURN_IF_ERROR(AppendPerson(tx, call, nullptr, planned.person, ""));
      ++counts.created;
    } else if (SameContent(*planned.before, planned.person)) {
      ++counts.unchanged;
    } else {
      RETURN_IF_ERROR(ReplacePerson(tx, planned.person, call.machine_now()));
      ++planned.person.row_version;
      RETURN_IF_ERROR(AppendPerson(tx, call, &*planned.before, planned.person, ""));
      ++counts.updated;
    }
  }
  return table.Report(counts, validate_only);
}

}  // namespace thidua::campaign::directory
