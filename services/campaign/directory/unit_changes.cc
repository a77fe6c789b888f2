#include "campaign/directory/unit_changes.h"

#include <algorithm>
#include <map>
#include <set>

#include "campaign/directory/events.h"
#include "campaign/directory/store_people.h"
#include "campaign/directory/store_units.h"
#include "campaign/requests/fields.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {
namespace {

// Judges a unit against the stored ones.
absl::Status Judge(db::Tx& tx, const Unit& unit, const std::string& prefix) {
  std::vector<std::string> ids;
  for (const DatedParent& parent : unit.parents) ids.push_back(parent.unit_id);
  ASSIGN_OR_RETURN(const std::vector<Unit> loaded, LoadUnits(tx, ids));
  std::map<std::string, const Unit*> parents;
  for (const Unit& parent : loaded) parents[parent.id] = &parent;
  Fields fields;
  fields.Add(CheckUnit(unit, parents), prefix);
  if (!fields.ok()) return fields.status();
  for (size_t i = 0; i < unit.codes.size(); ++i) {
    ASSIGN_OR_RETURN(const bool taken, CodeTaken(tx, unit.codes[i], unit.id));
    if (taken) {
      fields.Refuse(prefix + "codes[" + std::to_string(i) + "].code", "CODE_TAKEN",
                    {"mã đang thuộc đơn vị khác trong thời gian đó",
                     "the code belongs to another unit during that time"});
    }
  }
  return fields.status();
}

absl::StatusOr<Unit> Stored(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<Unit> unit, FindUnit(tx, id));
  if (!unit) return UnknownUnit(id);
  return *std::move(unit);
}

absl::StatusOr<Unit> Replace(db::Tx& tx, const platform::Call& call, const Unit& before,
                             const Unit& after, const std::string& reason) {
  RETURN_IF_ERROR(ReplaceUnit(tx, after, call.machine_now()));
  Unit stored = after;
  stored.row_version = before.row_version + 1;
  RETURN_IF_ERROR(AppendUnit(tx, call, &before, stored, reason));
  return stored;
}

// Units below `unit` that outlive it there.
absl::StatusOr<std::vector<Unit>> Outliving(db::Tx& tx, const Unit& unit, absl::CivilDay last_day) {
  UnitFilter filter;
  filter.as_of = last_day + 1;
  filter.parent_id = unit.id;
  std::vector<std::string> ids;
  std::string after;
  constexpr int kBatch = 1000;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<std::string> page, UnitIds(tx, filter, after, kBatch));
    ids.insert(ids.end(), page.begin(), page.end());
    if (page.size() < kBatch) break;
    after = page.back();
  }
  return LoadUnits(tx, ids);
}

absl::Status MoveChildren(db::Tx& tx, const platform::Call& call, const ClosingOrder& order,
                          const Unit& unit) {
  ASSIGN_OR_RETURN(const std::vector<Unit> children, Outliving(tx, unit, order.last_day));
  if (children.empty()) return absl::OkStatus();
  if (order.children_to.empty()) {
    std::string names;
    for (size_t i = 0; i < children.size() && i < 20; ++i)
      names += (i == 0 ? "" : ", ") + children[i].id;
    return platform::FailedPrecondition(
        "UNIT_HAS_CHILDREN",
        {"còn " + std::to_string(children.size()) + " đơn vị trực thuộc; hãy nêu children_to",
         std::to_string(children.size()) + " units stand below it; say children_to"},
        {{"children", names}, {"count", std::to_string(children.size())}});
  }
  for (const Unit& child : children) {
    const Unit moved = Reparented(child, unit.id, order.children_to, order.last_day + 1);
    RETURN_IF_ERROR(Judge(tx, moved, "children_to."));
    RETURN_IF_ERROR(Replace(tx, call, child, moved, order.reason).status());
  }
  return absl::OkStatus();
}

absl::Status EndPosts(db::Tx& tx, const platform::Call& call, const ClosingOrder& order) {
  ASSIGN_OR_RETURN(const std::vector<Person> people,
                   PeopleBeyond(tx, order.unit_id, order.last_day));
  for (const Person& before : people) {
    Person after = before;
    for (Post& post : after.posts) {
      if (post.unit_id != order.unit_id || (post.span.to && *post.span.to <= order.last_day))
        continue;
      if (post.span.from > order.last_day) {
        return platform::FailedPrecondition("UNIT_HAS_COMING_POSTS",
                                            {"có người nhận vị trí tại đơn vị sau ngày cuối",
                                             "somebody takes up a post there after the last day"},
                                            {{"person", before.id}});
      }
      post.span.to = order.last_day;
    }
    RETURN_IF_ERROR(ReplacePerson(tx, after, call.machine_now()));
    after.row_version = before.row_version + 1;
    RETURN_IF_ERROR(AppendPerson(tx, call, &before, after, order.reason));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status UnknownUnit(const std::string& unit_id) {
  return platform::NotFound("UNKNOWN_UNIT", {"không có đơn vị này", "there is no such unit"},
                            {{"unit", unit_id}});
}

absl::StatusOr<Unit> CreateUnit(db::Tx& tx, const platform::Call& call, Unit unit) {
  RETURN_IF_ERROR(LockDirectory(tx));
  unit.id = platform::NewId(call.machine_now());
  RETURN_IF_ERROR(Judge(tx, unit, "unit."));
  RETURN_IF_ERROR(InsertUnit(tx, unit, call.machine_now()));
  RETURN_IF_ERROR(InsertParents(tx, unit));
  RETURN_IF_ERROR(BumpDirectory(tx));
  unit.row_version = 1;
  RETURN_IF_ERROR(AppendUnit(tx, call, nullptr, unit, ""));
  return unit;
}

absl::StatusOr<Unit> ChangeUnit(db::Tx& tx, const platform::Call& call, const std::string& id,
                                const std::string& etag, const std::function<void(Unit&)>& change,
                                const std::string& reason) {
  RETURN_IF_ERROR(LockDirectory(tx));
  ASSIGN_OR_RETURN(const Unit before, Stored(tx, id));
  RETURN_IF_ERROR(platform::CheckEtag(etag, before.row_version, "unit.etag"));
  Unit after = before;
  change(after);
  RETURN_IF_ERROR(Judge(tx, after, "unit."));
  RETURN_IF_ERROR(BumpDirectory(tx));
  return Replace(tx, call, before, after, reason);
}

absl::StatusOr<Unit> CloseUnit(db::Tx& tx, const platform::Call& call, const ClosingOrder& order) {
  RETURN_IF_ERROR(LockDirectory(tx));
  ASSIGN_OR_RETURN(const Unit before, Stored(tx, order.unit_id));
  RETURN_IF_ERROR(platform::CheckEtag(order.etag, before.row_version));
  if (before.closing != Closing::kNone) {
    return platform::FailedPrecondition(
        "UNIT_ENDED", {"đơn vị đã kết thúc trước đó", "the unit has ended already"},
        {{"valid_to", before.span.to ? platform::FormatDate(*before.span.to) : ""},
         {"legal_moves", ""}});
  }
  ASSIGN_OR_RETURN(const std::vector<Unit> heirs, LoadUnits(tx, order.successor_ids));
  Ending ending{order.last_day, order.closing, {}};
  for (size_t i = 0; i < order.successor_ids.size(); ++i) {
    const auto found = std::find_if(heirs.begin(), heirs.end(), [&](const Unit& heir) {
      return heir.id == order.successor_ids[i];
    });
    if (found == heirs.end()) return UnknownUnit(order.successor_ids[i]);
    ending.successors.push_back(&*found);
  }
  Fields fields;
  fields.Add(CheckEnding(before, ending), "");
  RETURN_IF_ERROR(fields.status());
  RETURN_IF_ERROR(MoveChildren(tx, call, order, before));
  RETURN_IF_ERROR(EndPosts(tx, call, order));
  RETURN_IF_ERROR(BumpDirectory(tx));
  return Replace(tx, call, before, Ended(before, ending), order.reason);
}

}  // namespace thidua::campaign::directory
