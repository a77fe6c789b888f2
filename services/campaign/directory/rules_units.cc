#include "campaign/directory/rules_units.h"

#include <algorithm>
#include <array>
#include <set>

#include "platform/text_length.h"

namespace thidua::campaign::directory {
namespace {

constexpr std::array<std::pair<UnitType, std::string_view>, 6> kTypes = {{
    {UnitType::kProvince, "PROVINCE"},
    {UnitType::kDepartment, "DEPARTMENT"},
    {UnitType::kDistrict, "DISTRICT"},
    {UnitType::kCommune, "COMMUNE"},
    {UnitType::kRoom, "ROOM"},
    {UnitType::kVerticalBranch, "VERTICAL_BRANCH"},
}};
constexpr std::array<std::pair<Closing, std::string_view>, 4> kClosings = {{
    {Closing::kNone, ""},
    {Closing::kAbolished, "ABOLISHED"},
    {Closing::kMerged, "MERGED"},
    {Closing::kSplit, "SPLIT"},
}};

std::string At(std::string_view list, size_t index, std::string_view field = "") {
  std::string path = std::string(list) + "[" + std::to_string(index) + "]";
  if (!field.empty()) path += "." + std::string(field);
  return path;
}

// R-DIR-03.
bool MayStandBelow(UnitType child, UnitType parent) {
  switch (child) {
    case UnitType::kProvince:
      return false;
    case UnitType::kDepartment:
    case UnitType::kDistrict:
      return parent == UnitType::kProvince;
    case UnitType::kCommune:
      return parent == UnitType::kProvince || parent == UnitType::kDistrict;
    case UnitType::kRoom:
    case UnitType::kVerticalBranch:
      return parent != UnitType::kRoom && parent != UnitType::kVerticalBranch;
  }
  return false;
}

// R-DIR-05 for one dated value.
void CheckSpan(const Unit& unit, const Span& span, const std::string& path, Problems* problems) {
  if (span.to && *span.to < span.from) {
    problems->push_back({path + ".valid_to", "SPAN_REVERSED", "ngày cuối trước ngày đầu",
                         "the last day is before the first"});
  } else if (!unit.span.Covers(span)) {
    problems->push_back({path + ".valid_from", "SPAN_OUTSIDE_UNIT",
                         "khoảng thời gian vượt ra ngoài thời gian tồn tại của đơn vị",
                         "the span reaches beyond the unit's existence"});
  }
}

// How many of the spans hold on each day: 0 and at most `most` everywhere within the unit's
// existence.
struct Coverage {
  int fewest = 0;
  int most = 0;
};
Coverage CoverageOf(const Unit& unit, const std::vector<Span>& spans) {
  // The count changes only on first days and on days after last days: it is enough to look there.
  std::set<absl::CivilDay> days = {unit.span.from};
  for (const Span& span : spans) {
    days.insert(span.from);
    if (span.to) days.insert(*span.to + 1);
  }
  Coverage coverage{static_cast<int>(spans.size()), 0};
  for (const absl::CivilDay day : days) {
    if (!unit.span.Holds(day)) continue;
    const int count = static_cast<int>(std::count_if(
        spans.begin(), spans.end(), [&](const Span& span) { return span.Holds(day); }));
    coverage.fewest = std::min(coverage.fewest, count);
    coverage.most = std::max(coverage.most, count);
  }
  return coverage;
}

template <class Dated>
std::vector<Span> SpansOf(const std::vector<Dated>& list) {
  std::vector<Span> spans;
  spans.reserve(list.size());
  for (const Dated& one : list) spans.push_back(one.span);
  return spans;
}

// R-DIR-01.
void CheckNames(const Unit& unit, Problems* problems) {
  for (size_t i = 0; i < unit.names.size(); ++i) {
    if (unit.names[i].text.empty() || platform::TextLength(unit.names[i].text) > 200) {
      problems->push_back({At("names", i, "text"), "NAME_LENGTH", "tên phải có 1 đến 200 ký tự",
                           "a name has 1 to 200 characters"});
    }
    CheckSpan(unit, unit.names[i].span, At("names", i), problems);
  }
  const Coverage coverage = CoverageOf(unit, SpansOf(unit.names));
  if (coverage.fewest != 1 || coverage.most != 1) {
    problems->push_back({"names", "NAMES_GAP_OR_OVERLAP",
                         "mỗi ngày đơn vị tồn tại phải có đúng một tên",
                         "on each day of existence there must be exactly one name"});
  }
}

// R-DIR-02, R-DIR-03, R-DIR-06.
void CheckParents(const Unit& unit, const std::map<std::string, const Unit*>& parents,
                  Problems* problems) {
  for (size_t i = 0; i < unit.parents.size(); ++i) {
    const DatedParent& dated = unit.parents[i];
    CheckSpan(unit, dated.span, At("parents", i), problems);
    const auto found = parents.find(dated.unit_id);
    if (found == parents.end()) {
      problems->push_back({At("parents", i, "unit"), "UNKNOWN_UNIT", "không có đơn vị cấp trên này",
                           "there is no such parent unit"});
      continue;
    }
    const Unit& parent = *found->second;
    if (!MayStandBelow(unit.type, parent.type)) {
      problems->push_back({At("parents", i, "unit"), "PARENT_TYPE",
                           "đơn vị loại này không thể trực thuộc đơn vị loại kia",
                           "a unit of this kind cannot stand below a unit of that kind"});
    }
    if (!parent.span.Covers(dated.span)) {
      problems->push_back({At("parents", i, "unit"), "UNIT_NOT_VALID",
                           "đơn vị cấp trên không tồn tại trong cả khoảng thời gian đó",
                           "the parent does not exist during the whole span"});
    }
  }
  const Coverage coverage = CoverageOf(unit, SpansOf(unit.parents));
  const int most = unit.type == UnitType::kVerticalBranch ? 2 : 1;
  if (unit.type == UnitType::kProvince ? !unit.parents.empty()
                                       : coverage.fewest < 1 || coverage.most > most) {
    problems->push_back(
        {"parents", "PARENTS_GAP_OR_OVERLAP",
         unit.type == UnitType::kProvince
             ? "tỉnh không có đơn vị cấp trên"
             : "mỗi ngày đơn vị tồn tại phải có một đơn vị cấp trên (ngành dọc: một hoặc hai)",
         unit.type == UnitType::kProvince ? "a province has no parent"
                                          : "on each day of existence there must be one parent (a "
                                            "vertical branch: one or two)"});
  }
}

// R-DIR-04.
void CheckCodes(const Unit& unit, Problems* problems) {
  for (size_t i = 0; i < unit.codes.size(); ++i) {
    const DatedCode& one = unit.codes[i];
    CheckSpan(unit, one.span, At("codes", i), problems);
    if (one.scheme != kQd20) {
      problems->push_back({At("codes", i, "scheme"), "CODE_SCHEME", "chưa hỗ trợ bộ mã này",
                           "this scheme of codes is not supported"});
    } else if (!IsQd20Code(one.code)) {
      problems->push_back({At("codes", i, "code"), "CODE_MALFORMED",
                           "mã phải theo Quyết định 20/2020/QĐ-TTg, ví dụ H19.12.3",
                           "a code follows Quyết định 20/2020/QĐ-TTg, for example H19.12.3"});
    }
    for (size_t j = 0; j < i; ++j) {
      if (unit.codes[j].scheme == one.scheme && unit.codes[j].span.Overlaps(one.span)) {
        problems->push_back({At("codes", i, "valid_from"), "CODES_OVERLAP",
                             "cùng lúc có hai mã của một bộ mã",
                             "two codes of one scheme hold at the same time"});
      }
    }
  }
}

template <class Dated>
void EndList(absl::CivilDay last_day, std::vector<Dated>* list) {
  list->erase(std::remove_if(list->begin(), list->end(),
                             [&](const Dated& one) { return one.span.from > last_day; }),
              list->end());
  for (Dated& one : *list) {
    if (!one.span.to || *one.span.to > last_day) one.span.to = last_day;
  }
}

template <class Dated>
const Dated* FirstOn(const std::vector<Dated>& list, absl::CivilDay day) {
  for (const Dated& one : list) {
    if (one.span.Holds(day)) return &one;
  }
  return nullptr;
}

}  // namespace

std::optional<UnitType> UnitTypeFrom(std::string_view text) {
  for (const auto& [type, name] : kTypes) {
    if (name == text) return type;
  }
  return std::nullopt;
}

std::string_view TextOf(UnitType type) {
  for (const auto& [one, name] : kTypes) {
    if (one == type) return name;
  }
  return "";
}

std::optional<Closing> ClosingFrom(std::string_view text) {
  for (const auto& [closing, name] : kClosings) {
    if (name == text) return closing;
  }
  return std::nullopt;
}

std::string_view TextOf(Closing closing) {
  for (const auto& [one, name] : kClosings) {
    if (one == closing) return name;
  }
  return "";
}

bool IsQd20Code(std::string_view code) {
  if (code.size() < 3 || code.size() > 35 || code[0] < 'A' || code[0] > 'Y') return false;
  if (code.size() > 3 && code[3] != '.') return false;
  char before = '.';
  for (const char c : code) {
    const bool sign = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    if (!sign && (c != '.' || before == '.')) return false;
    before = c;
  }
  return before != '.';
}

Problems CheckUnit(const Unit& unit, const std::map<std::string, const Unit*>& parents) {
  Problems problems;
  if (unit.span.to && *unit.span.to < unit.span.from) {
    problems.push_back({"valid_to", "SPAN_REVERSED", "ngày cuối trước ngày đầu",
                        "the last day is before the first"});
    return problems;
  }
  CheckNames(unit, &problems);
  CheckParents(unit, parents, &problems);
  CheckCodes(unit, &problems);
  if (platform::TextLength(unit.note) > 1000) {
    problems.push_back({"note", "TEXT_LENGTH", "ghi chú dài quá 1000 ký tự",
                        "the remark is longer than 1000 characters"});
  }
  return problems;
}

Problems CheckEnding(const Unit& unit, const Ending& ending) {
  Problems problems;
  if (ending.last_day < unit.span.from || (unit.span.to && ending.last_day > *unit.span.to)) {
    problems.push_back({"last_day", "SPAN_OUTSIDE_UNIT", "đơn vị không tồn tại vào ngày đó",
                        "the unit does not exist on that day"});
  }
  const size_t count = ending.successors.size();
  const bool fits = ending.closing == Closing::kAbolished ||
                    (ending.closing == Closing::kMerged && count == 1) ||
                    (ending.closing == Closing::kSplit && count >= 2);
  if (!fits) {
    problems.push_back({"successors", "SUCCESSOR_COUNT",
                        "sáp nhập có một đơn vị kế thừa, chia tách có từ hai đơn vị",
                        "a merger has one successor, a split two or more"});
  }
  std::set<std::string> seen;
  for (size_t i = 0; i < count; ++i) {
    const Unit& heir = *ending.successors[i];
    if (heir.id == unit.id || !seen.insert(heir.id).second) {
      problems.push_back({At("successors", i), "SUCCESSOR_ITSELF",
                          "đơn vị kế thừa phải là đơn vị khác và chỉ nêu một lần",
                          "a successor is another unit and is named once"});
    } else if (!heir.span.Holds(ending.last_day + 1)) {
      problems.push_back({At("successors", i), "UNIT_NOT_VALID",
                          "đơn vị kế thừa không tồn tại vào ngày hôm sau",
                          "the successor does not exist on the day after"});
    }
  }
  return problems;
}

Unit Ended(Unit unit, const Ending& ending) {
  unit.span.to = ending.last_day;
  unit.closing = ending.closing;
  for (const Unit* heir : ending.successors) unit.successors.push_back(heir->id);
  EndList(ending.last_day, &unit.names);
  EndList(ending.last_day, &unit.parents);
  EndList(ending.last_day, &unit.codes);
  return unit;
}

Unit Reparented(Unit unit, const std::string& former, const std::string& parent,
                absl::CivilDay from) {
  std::vector<DatedParent> parents;
  for (const DatedParent& one : unit.parents) {
    if (one.unit_id != former || (one.span.to && *one.span.to < from)) {
      parents.push_back(one);
      continue;
    }
    if (one.span.from < from) parents.push_back({former, {one.span.from, from - 1}});
    parents.push_back({parent, {std::max(one.span.from, from), one.span.to}});
  }
  unit.parents = std::move(parents);
  return unit;
}

const DatedText* NameOn(const Unit& unit, absl::CivilDay day) { return FirstOn(unit.names, day); }

const DatedParent* ParentOn(const Unit& unit, absl::CivilDay day) {
  return FirstOn(unit.parents, day);
}

const DatedCode* CodeOn(const Unit& unit, std::string_view scheme, absl::CivilDay day) {
  for (const DatedCode& one : unit.codes) {
    if (one.scheme == scheme && one.span.Holds(day)) return &one;
  }
  return nullptr;
}

}  // namespace thidua::campaign::directory
