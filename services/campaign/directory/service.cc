// Units: see service_people.cc for people.
#include "campaign/directory/service.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "campaign/directory/convert.h"
#include "campaign/directory/import_units.h"
#include "campaign/directory/store_units.h"
#include "campaign/directory/unit_changes.h"
#include "campaign/intake/apply.h"
#include "campaign/requests/fields.h"
#include "campaign/requests/mask.h"
#include "campaign/wording/fold.h"
#include "platform/ascii_text.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {
namespace {

using platform::Call;

constexpr int kReason = 500;

// Parents that a unit loses altogether: to take it away from them is not the unit's own affair.
std::set<std::string> ParentsLeft(const Unit& stored, const std::vector<DatedParent>& parents) {
  std::set<std::string> left;
  for (const DatedParent& parent : stored.parents) left.insert(parent.unit_id);
  for (const DatedParent& parent : parents) left.erase(parent.unit_id);
  return left;
}

}  // namespace

DirectoryService::Reactor* DirectoryService::GetUnit(Ctx* ctx, const v1::GetUnitRequest* req,
                                                     v1::Unit* res) {
  return runner_.Unary(
      "GetUnit", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const std::string id = fields.Id(req.name(), "units", "name");
        const std::optional<absl::CivilDay> asked = fields.MaybeDay(req.as_of(), "as_of");
        RETURN_IF_ERROR(fields.status());
        RETURN_IF_ERROR(call.Require(id));
        std::optional<Unit> unit;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(unit, FindUnit(session, id));
          return absl::OkStatus();
        }));
        if (!unit) return UnknownUnit(id);
        if (asked && !unit->span.Holds(*asked)) {
          return platform::FailedPrecondition(
              "UNIT_NOT_VALID",
              {"đơn vị không tồn tại vào ngày này", "the unit does not exist on that date"},
              {{"unit", id},
               {"valid_from", platform::FormatDate(unit->span.from)},
               {"valid_to", unit->span.to ? platform::FormatDate(*unit->span.to) : ""}});
        }
        res = ToProto(*unit, asked.value_or(call.business_today()));
        return absl::OkStatus();
      });
}

absl::StatusOr<std::vector<std::string>> DirectoryService::VisibleUnitIds(
    const Call& call, const v1::ListUnitsRequest& req, absl::CivilDay as_of,
    const platform::Page& page) {
  Fields fields;
  UnitFilter filter;
  filter.as_of = as_of;
  filter.parent_id = fields.MaybeId(req.parent(), "units", "parent");
  const std::string within = fields.MaybeId(req.within(), "units", "within");
  RETURN_IF_ERROR(fields.status());
  if (req.type() != v1::UNIT_TYPE_UNSPECIFIED)
    filter.type = std::string(TextOf(TypeFrom(req.type())));
  RETURN_IF_ERROR(platform::RequireAscii(req.code(), "code"));
  filter.code = req.code();
  filter.folded_words = wording::FoldedWords(req.query());
  ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
  std::vector<std::string> subtree;
  if (!within.empty()) {
    ASSIGN_OR_RETURN(subtree, tree_.Subtree(within, as_of, call.deadline()));
  }
  std::vector<std::string> ids;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(ids, platform::ReadShown(
                              page,
                              [&](const std::string& after, int limit) {
                                return UnitIds(session, filter, after, limit);
                              },
                              std::identity(),
                              [&](const std::string& id) -> absl::StatusOr<bool> {
                                const bool inside =
                                    within.empty() ||
                                    std::binary_search(subtree.begin(), subtree.end(), id);
                                return inside && visible.Contains(id);
                              }));
    return absl::OkStatus();
  }));
  return ids;
}

DirectoryService::Reactor* DirectoryService::ListUnits(Ctx* ctx, const v1::ListUnitsRequest* req,
                                                       v1::ListUnitsResponse* res) {
  return runner_.Unary(
      "ListUnits", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const absl::CivilDay as_of =
            fields.MaybeDay(req.as_of(), "as_of").value_or(call.business_today());
        RETURN_IF_ERROR(fields.status());
        const std::string scope = "units|" + req.as_of() + "|" + req.parent() + "|" + req.within() +
                                  "|" + std::to_string(req.type()) + "|" + req.code() + "|" +
                                  req.query();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(std::vector<std::string> ids, VisibleUnitIds(call, req, as_of, page));
        res.set_next_page_token(page.Cut(ids, std::identity()));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const std::vector<Unit> units, LoadUnits(session, ids));
          for (const Unit& unit : units) *res.add_units() = ToProto(unit, as_of);
          return absl::OkStatus();
        });
      });
}

DirectoryService::Reactor* DirectoryService::CreateUnit(Ctx* ctx, const v1::CreateUnitRequest* req,
                                                        v1::Unit* res) {
  return runner_.Unary("CreateUnit", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         Fields fields;
                         const Unit unit = UnitFrom(req.unit(), "unit.", &fields);
                         RETURN_IF_ERROR(fields.status());
                         if (unit.parents.empty()) RETURN_IF_ERROR(call.Require("*"));
                         for (const DatedParent& parent : unit.parents)
                           RETURN_IF_ERROR(call.Require(parent.unit_id));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const Unit created,
                                            directory::CreateUnit(tx, call, unit));
                           res = ToProto(created, call.business_today());
                           return absl::OkStatus();
                         });
                       });
}

DirectoryService::Reactor* DirectoryService::UpdateUnit(Ctx* ctx, const v1::UpdateUnitRequest* req,
                                                        v1::Unit* res) {
  return runner_.Unary(
      "UpdateUnit", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const std::string id = fields.Id(req.unit().name(), "units", "unit.name");
        CheckMask(req.update_mask(), {"names", "parents", "codes", "note"}, &fields);
        fields.Text(req.reason(), 1, kReason, "reason");
        RETURN_IF_ERROR(fields.status());
        RETURN_IF_ERROR(call.Require(id));
        const auto update = [&](db::Tx& tx, intake::Rights& rights) -> absl::Status {
          // In here: a repeat gets the first answer, whatever the unit has become. That the unit is
          // still the one read here is what the etag says.
          ASSIGN_OR_RETURN(const std::optional<Unit> stored, FindUnit(tx, id));
          if (!stored) return UnknownUnit(id);
          // Dates left out are the stored unit's own.
          Fields dated;
          const std::vector<DatedText> names = NamesFrom(req.unit(), stored->span, "unit.", &dated);
          const std::vector<DatedParent> parents =
              ParentsFrom(req.unit(), stored->span, "unit.", &dated);
          const std::vector<DatedCode> codes = CodesFrom(req.unit(), stored->span, "unit.", &dated);
          RETURN_IF_ERROR(dated.status());
          if (Has(req.update_mask(), "parents")) {
            for (const DatedParent& parent : parents) rights.Need(parent.unit_id);
            for (const std::string& parent : ParentsLeft(*stored, parents)) rights.Need(parent);
            if (!rights.granted()) return absl::OkStatus();  // comes back once they are
          }
          const auto change = [&](Unit& unit) {
            if (Has(req.update_mask(), "names")) unit.names = names;
            if (Has(req.update_mask(), "parents")) unit.parents = parents;
            if (Has(req.update_mask(), "codes")) unit.codes = codes;
            if (Has(req.update_mask(), "note")) unit.note = req.unit().note();
          };
          ASSIGN_OR_RETURN(const Unit changed,
                           ChangeUnit(tx, call, id, req.unit().etag(), change, req.reason()));
          res = ToProto(changed, call.business_today());
          return absl::OkStatus();
        };
        return intake::WriteWithRights(pool_, call, req, res, update);
      });
}

DirectoryService::Reactor* DirectoryService::CloseUnit(Ctx* ctx, const v1::CloseUnitRequest* req,
                                                       v1::Unit* res) {
  return runner_.Unary(
      "CloseUnit", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        ClosingOrder order;
        order.unit_id = fields.Id(req.name(), "units", "name");
        order.last_day = fields.Day(req.last_day(), "last_day");
        if (req.closing() < v1::UNIT_CLOSING_ABOLISHED || req.closing() > v1::UNIT_CLOSING_SPLIT) {
          fields.Refuse("closing", "UNIT_CLOSING",
                        {"chưa nêu cách kết thúc", "it is not said how the unit ends"});
        }
        order.closing = static_cast<Closing>(req.closing());
        for (int i = 0; i < req.successors_size(); ++i) {
          order.successor_ids.push_back(
              fields.Id(req.successors(i), "units", "successors[" + std::to_string(i) + "]"));
        }
        order.children_to = fields.MaybeId(req.children_to(), "units", "children_to");
        fields.Text(req.reason(), 1, kReason, "reason");
        order.reason = req.reason();
        order.etag = req.etag();
        RETURN_IF_ERROR(fields.status());
        RETURN_IF_ERROR(call.Require(order.unit_id));
        for (const std::string& heir : order.successor_ids) RETURN_IF_ERROR(call.Require(heir));
        if (!order.children_to.empty()) RETURN_IF_ERROR(call.Require(order.children_to));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const Unit closed, directory::CloseUnit(tx, call, order));
          res = ToProto(closed, call.business_today());
          return absl::OkStatus();
        });
      });
}

DirectoryService::Reactor* DirectoryService::ImportUnits(Ctx* ctx,
                                                         const v1::ImportUnitsRequest* req,
                                                         v1::ImportReport* res) {
  return runner_.Unary("ImportUnits", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const intake::Table table,
                                          intake::Table::Read(req.content(), kUnitColumns));
                         return intake::WriteImportWithRights(
                             pool_, call, req, res, [&](db::Tx& tx, intake::Rights& rights) {
                               return directory::ImportUnits(tx, call, table, req.validate_only(),
                                                             rights);
                             });
                       });
}

}  // namespace thidua::campaign::directory
