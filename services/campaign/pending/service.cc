#include "campaign/pending/service.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "campaign/directory/convert.h"
#include "campaign/directory/store_units.h"
#include "campaign/pending/conferences.h"
#include "campaign/requests/due_order.h"
#include "campaign/requests/fields.h"
#include "campaign/requests/rights.h"
#include "campaign/rules_due.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::pending {
namespace {

using platform::Call;

std::string ResourceOf(const Item& item) {
  switch (item.place.kind) {
    case Kind::kAcknowledgePlan:
    case Kind::kHoldConference:
      return platform::NameOf("plans", item.plan_id);
    case Kind::kDoTask:
      return platform::NameOf("planTasks", item.place.id);
    case Kind::kFileReport:
      return platform::NameOf("periodicReports", item.place.id);
    case Kind::kSupplementIssue:
    case Kind::kForwardIssue:
    case Kind::kDecideIssue:
      return platform::NameOf("planIssues", item.place.id);
    case Kind::kPublishExemplar:
      return platform::NameOf("planExemplars", item.place.id);
  }
  return "";
}

std::string TextVi(const Item& item) {
  const std::string plan = " (kế hoạch số " + item.plan_number + ")";
  switch (item.place.kind) {
    case Kind::kAcknowledgePlan:
      return "Xác nhận đã quán triệt kế hoạch số " + item.plan_number;
    case Kind::kDoTask:
      return "Thực hiện nhiệm vụ " + item.code + ": " + item.title + plan;
    case Kind::kFileReport:
      return "Nộp báo cáo kỳ " + item.code + plan;
    case Kind::kSupplementIssue:
      return "Bổ sung thông tin về vướng mắc: " + item.title + plan;
    case Kind::kForwardIssue:
      return "Cho ý kiến về vướng mắc: " + item.title + plan;
    case Kind::kDecideIssue:
      return "Trả lời vướng mắc: " + item.title + plan;
    case Kind::kPublishExemplar:
      return "Đăng, phát gương điển hình: " + item.title + plan;
    case Kind::kHoldConference:
      return "Tổ chức hội nghị: " + item.title + plan;
  }
  return "";
}

// Names of the units, today or as they were at the end.
absl::StatusOr<std::map<std::string, std::string>> NamesOf(db::Session& session,
                                                           const std::vector<Item>& items,
                                                           absl::CivilDay today) {
  std::vector<std::string> ids;
  ids.reserve(items.size());
  for (const Item& item : items) ids.push_back(item.unit_id);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::map<std::string, std::string> names;
  if (ids.empty()) return names;
  ASSIGN_OR_RETURN(const std::vector<directory::Unit> units, directory::LoadUnits(session, ids));
  for (const directory::Unit& unit : units)
    names[unit.id] = directory::ToProto(unit, today).display_name();
  return names;
}

// The key that a page goes on after.
absl::StatusOr<std::optional<Place>> PlaceAfter(const std::string& after) {
  ASSIGN_OR_RETURN(const std::optional<DueKey> key, DueKeyFrom(after));
  if (!key) return std::optional<Place>();
  std::optional<Place> place = PlaceFrom(key->due, key->rest);
  if (place) return place;
  return platform::InvalidField(
      "page_token", "PAGE_TOKEN_MALFORMED",
      {"Mã trang không đúng dạng; hãy dùng nguyên văn next_page_token của trang trước.",
       "page_token is not one we made; send next_page_token of the page before as it is."});
}

void PutItem(const Item& item, const std::map<std::string, std::string>& names,
             absl::CivilDay today, v1::PendingWork* out) {
  out->set_kind(static_cast<v1::WorkKind>(static_cast<int>(item.place.kind)));
  out->set_unit(platform::NameOf("units", item.unit_id));
  const auto name = names.find(item.unit_id);
  if (name != names.end()) out->set_unit_name(name->second);
  out->set_plan(platform::NameOf("plans", item.plan_id));
  out->set_resource(ResourceOf(item));
  out->set_text_vi(TextVi(item));
  if (item.place.due) out->set_due_date(platform::FormatDate(*item.place.due));
  out->set_days_left(DaysLeft(item.place.due, today));
  out->set_overdue(IsPast(item.place.due, today));
}

}  // namespace

absl::StatusOr<platform::VisibleUnits> WorkService::UnitsFor(const Call& call, Kind kind,
                                                             const std::string& unit_id,
                                                             bool include_below) {
  ASSIGN_OR_RETURN(platform::VisibleUnits units, VisibleFor(call, PermissionFor(kind)));
  if (!unit_id.empty()) {
    const bool may = units.Contains(unit_id);
    units.all = false;
    units.ids.clear();
    if (may) units.ids.push_back(unit_id);
    return units;
  }
  if (units.all || include_below || !IsOwedByUnit(kind)) return units;
  ASSIGN_OR_RETURN(const std::shared_ptr<const directory::Tree> tree,
                   tree_.Current(call.deadline()));
  std::vector<Reach> reach;
  for (const std::string& id : units.ids)
    reach.push_back({id, tree->HeirsOf(id, call.business_today())});
  std::vector<std::string> role_units;
  for (const platform::Grant& grant : call.principal().grants) role_units.push_back(grant.unit_id);
  units.ids = OwnUnits(reach, role_units);
  return units;
}

WorkService::Reactor* WorkService::ListPendingWork(Ctx* ctx, const v1::ListPendingWorkRequest* req,
                                                   v1::ListPendingWorkResponse* res) {
  return runner_.Unary(
      "ListPendingWork", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        WorkFilter filter;
        filter.plan_id = fields.MaybeId(req.plan(), "plans", "plan");
        const std::string unit = fields.MaybeId(req.unit(), "units", "unit");
        RETURN_IF_ERROR(fields.status());
        const std::string scope = "pendingWork|" + req.unit() + "|" + req.plan() + "|" +
                                  (req.include_below() ? "below" : "") + "|" +
                                  (req.overdue_only() ? "overdue" : "");
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(filter.after, PlaceAfter(page.after));
        filter.limit = page.size + 1;
        const absl::CivilDay today = call.business_today();
        if (req.overdue_only()) filter.overdue_on = today;
        // The policy's own right lets one ask; each kind has its own beside it.
        RETURN_IF_ERROR(call.Visible().status());
        std::map<Kind, platform::VisibleUnits> units;
        for (const Kind kind : kKinds) {
          ASSIGN_OR_RETURN(units[kind], UnitsFor(call, kind, unit, req.include_below()));
        }
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          std::vector<Item> items;
          for (const Kind kind : kKinds) {
            filter.units = units[kind];
            ASSIGN_OR_RETURN(const std::vector<Item> found,
                             kind == Kind::kHoldConference
                                 ? ReadConferencesToHold(session, filter, today)
                                 : ReadWork(session, kind, filter));
            items.insert(items.end(), found.begin(), found.end());
          }
          std::sort(items.begin(), items.end(),
                    [](const Item& a, const Item& b) { return Before(a.place, b.place); });
          res.set_next_page_token(page.Cut(items, [](const Item& item) {
            return TextOf(DueKey{item.place.due, RestOf(item.place)});
          }));
          ASSIGN_OR_RETURN(const auto names, NamesOf(session, items, today));
          for (const Item& item : items) PutItem(item, names, today, res.add_items());
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::campaign::pending
