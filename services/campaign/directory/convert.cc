#include "campaign/directory/convert.h"

#include <algorithm>

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"

namespace thidua::campaign::directory {
namespace {

constexpr char kUnits[] = "units";
constexpr int kMostDated = 100;

std::string At(const std::string& prefix, const char* list, int index, const char* field) {
  return prefix + list + "[" + std::to_string(index) + "]." + field;
}

template <class Dated>
void PutSpan(const Span& span, Dated* out) {
  out->set_valid_from(platform::FormatDate(span.from));
  if (span.to) out->set_valid_to(platform::FormatDate(*span.to));
}

// The span of a dated value; what is left out is taken from the unit.
template <class Dated>
Span SpanFrom(const Dated& dated, const Span& whole, const std::string& prefix, const char* list,
              int index, Fields* fields) {
  Span span = whole;
  if (!dated.valid_from().empty()) {
    span.from = fields->Day(dated.valid_from(), At(prefix, list, index, "valid_from"));
  }
  if (!dated.valid_to().empty())
    span.to = fields->Day(dated.valid_to(), At(prefix, list, index, "valid_to"));
  return span;
}

// The whole history of a unit or a person, before and after a change, fits into one event.
bool TooMany(int count, const std::string& field, Fields* fields) {
  if (count <= kMostDated) return false;
  fields->Refuse(field, "TOO_MANY", {"nhiều hơn 100 mục", "more than 100 items"});
  return true;
}

}  // namespace

UnitType TypeFrom(v1::UnitType type) {
  switch (type) {
    case v1::UNIT_TYPE_DEPARTMENT:
      return UnitType::kDepartment;
    case v1::UNIT_TYPE_DISTRICT:
      return UnitType::kDistrict;
    case v1::UNIT_TYPE_COMMUNE:
      return UnitType::kCommune;
    case v1::UNIT_TYPE_ROOM:
      return UnitType::kRoom;
    case v1::UNIT_TYPE_VERTICAL_BRANCH:
      return UnitType::kVerticalBranch;
    default:
      return UnitType::kProvince;
  }
}

v1::UnitType ToProto(UnitType type) {
  switch (type) {
    case UnitType::kProvince:
      return v1::UNIT_TYPE_PROVINCE;
    case UnitType::kDepartment:
      return v1::UNIT_TYPE_DEPARTMENT;
    case UnitType::kDistrict:
      return v1::UNIT_TYPE_DISTRICT;
    case UnitType::kCommune:
      return v1::UNIT_TYPE_COMMUNE;
    case UnitType::kRoom:
      return v1::UNIT_TYPE_ROOM;
    case UnitType::kVerticalBranch:
      return v1::UNIT_TYPE_VERTICAL_BRANCH;
  }
  return v1::UNIT_TYPE_UNSPECIFIED;
}

v1::Unit ToProto(const Unit& unit, absl::CivilDay as_of) {
  v1::Unit out;
  out.set_name(platform::NameOf(kUnits, unit.id));
  out.set_type(ToProto(unit.type));
  PutSpan(unit.span, &out);
  for (const DatedText& name : unit.names) {
    v1::UnitName* one = out.add_names();
    one->set_text(name.text);
    PutSpan(name.span, one);
  }
  for (const DatedParent& parent : unit.parents) {
    v1::UnitParent* one = out.add_parents();
    one->set_unit(platform::NameOf(kUnits, parent.unit_id));
    PutSpan(parent.span, one);
  }
  for (const DatedCode& code : unit.codes) {
    v1::UnitCode* one = out.add_codes();
    one->set_scheme(code.scheme);
    one->set_code(code.code);
    PutSpan(code.span, one);
  }
  out.set_closing(static_cast<v1::UnitClosing>(unit.closing));
  for (const std::string& id : unit.successors) out.add_successors(platform::NameOf(kUnits, id));
  for (const std::string& id : unit.predecessors)
    out.add_predecessors(platform::NameOf(kUnits, id));
  out.set_synthetic(unit.synthetic);
  out.set_note(unit.note);
  absl::CivilDay day = std::max(as_of, unit.span.from);
  if (unit.span.to) day = std::min(day, *unit.span.to);
  out.set_as_of(platform::FormatDate(day));
  if (const DatedText* name = NameOn(unit, day)) out.set_display_name(name->text);
  if (const DatedParent* parent = ParentOn(unit, day))
    out.set_parent(platform::NameOf(kUnits, parent->unit_id));
  if (const DatedCode* code = CodeOn(unit, kQd20, day)) out.set_code(code->code);
  out.set_etag(platform::EtagOf(unit.row_version));
  return out;
}

v1::Person ToProto(const Person& person) {
  v1::Person out;
  out.set_name(platform::NameOf("people", person.id));
  out.set_staff_code(person.staff_code);
  out.set_full_name(person.full_name);
  out.set_category(static_cast<v1::PersonCategory>(person.category));
  for (const Post& post : person.posts) {
    v1::Post* one = out.add_posts();
    one->set_unit(platform::NameOf(kUnits, post.unit_id));
    one->set_position(post.position);
    PutSpan(post.span, one);
  }
  out.set_email(person.email);
  out.set_phone(person.phone);
  out.set_synthetic(person.synthetic);
  out.set_note(person.note);
  out.set_etag(platform::EtagOf(person.row_version));
  return out;
}

std::vector<DatedText> NamesFrom(const v1::Unit& unit, const Span& span, const std::string& prefix,
                                 Fields* fields) {
  std::vector<DatedText> names;
  if (TooMany(unit.names_size(), prefix + "names", fields)) return names;
  names.reserve(static_cast<size_t>(unit.names_size()));
  for (int i = 0; i < unit.names_size(); ++i) {
    names.push_back(
        {unit.names(i).text(), SpanFrom(unit.names(i), span, prefix, "names", i, fields)});
  }
  return names;
}

std::vector<DatedParent> ParentsFrom(const v1::Unit& unit, const Span& span,
                                     const std::string& prefix, Fields* fields) {
  std::vector<DatedParent> parents;
  if (TooMany(unit.parents_size(), prefix + "parents", fields)) return parents;
  parents.reserve(static_cast<size_t>(unit.parents_size()));
  for (int i = 0; i < unit.parents_size(); ++i) {
    parents.push_back({fields->Id(unit.parents(i).unit(), kUnits, At(prefix, "parents", i, "unit")),
                       SpanFrom(unit.parents(i), span, prefix, "parents", i, fields)});
  }
  return parents;
}

std::vector<DatedCode> CodesFrom(const v1::Unit& unit, const Span& span, const std::string& prefix,
                                 Fields* fields) {
  std::vector<DatedCode> codes;
  if (TooMany(unit.codes_size(), prefix + "codes", fields)) return codes;
  for (int i = 0; i < unit.codes_size(); ++i) {
    const v1::UnitCode& code = unit.codes(i);
    codes.push_back({code.scheme().empty() ? kQd20 : code.scheme(), code.code(),
                     SpanFrom(code, span, prefix, "codes", i, fields)});
  }
  return codes;
}

Unit UnitFrom(const v1::Unit& unit, const std::string& prefix, Fields* fields) {
  Unit out;
  if (unit.type() < v1::UNIT_TYPE_PROVINCE || unit.type() > v1::UNIT_TYPE_VERTICAL_BRANCH) {
    fields->Refuse(prefix + "type", "UNIT_TYPE",
                   {"loại đơn vị không hợp lệ", "not a valid kind of unit"});
  }
  out.type = TypeFrom(unit.type());
  out.span.from = fields->Day(unit.valid_from(), prefix + "valid_from");
  out.span.to = fields->MaybeDay(unit.valid_to(), prefix + "valid_to");
  out.names = NamesFrom(unit, out.span, prefix, fields);
  out.parents = ParentsFrom(unit, out.span, prefix, fields);
  out.codes = CodesFrom(unit, out.span, prefix, fields);
  out.synthetic = unit.synthetic();
  out.note = unit.note();
  return out;
}

Category CategoryOf(v1::PersonCategory category) {
  return v1::PersonCategory_IsValid(category) ? static_cast<Category>(category)
                                              : Category::kUnknown;
}

std::vector<Post> PostsFrom(const v1::Person& person, const std::string& prefix, Fields* fields) {
  std::vector<Post> posts;
  if (TooMany(person.posts_size(), prefix + "posts", fields)) return posts;
  for (int i = 0; i < person.posts_size(); ++i) {
    const v1::Post& post = person.posts(i);
    posts.push_back({fields->Id(post.unit(), kUnits, At(prefix, "posts", i, "unit")),
                     post.position(),
                     {fields->Day(post.valid_from(), At(prefix, "posts", i, "valid_from")),
                      fields->MaybeDay(post.valid_to(), At(prefix, "posts", i, "valid_to"))}});
  }
  std::stable_sort(posts.begin(), posts.end(),
                   [](const Post& a, const Post& b) { return a.span.from < b.span.from; });
  return posts;
}

Person PersonFrom(const v1::Person& person, const std::string& prefix, Fields* fields) {
  Person out;
  out.staff_code = person.staff_code();
  out.full_name = person.full_name();
  out.category = CategoryOf(person.category());
  out.posts = PostsFrom(person, prefix, fields);
  out.email = person.email();
  out.phone = person.phone();
  out.synthetic = person.synthetic();
  out.note = person.note();
  return out;
}

}  // namespace thidua::campaign::directory
