#include "campaign/plans/references.h"

#include <optional>
#include <string>

#include "campaign/directory/store_units.h"
#include "campaign/plans/facts.h"
#include "campaign/plans/store.h"
#include "campaign/requests/fields.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

class Resolver {
 public:
  Resolver(db::Session& session, absl::CivilDay today, absl::CivilDay day)
      : session_(session), today_(today), day_(day) {}

  absl::Status Unit(v1::UnitReference* reference, const std::string& field) {
    reference->clear_display_name();
    if (reference->unit().empty() && reference->code().empty()) return absl::OkStatus();
    std::string id = fields_.MaybeId(reference->unit(), "units", field + ".unit");
    if (id.empty() && !reference->unit().empty()) return absl::OkStatus();
    if (id.empty()) {
      ASSIGN_OR_RETURN(
          id, directory::UnitIdByCode(session_, directory::kQd20, reference->code(), day_));
      if (id.empty()) {
        fields_.Refuse(field + ".code", "UNKNOWN_UNIT",
                       {"không có đơn vị mang mã " + reference->code() + " vào ngày đó",
                        "no unit has the code " + reference->code() + " on that date"});
        return absl::OkStatus();
      }
    }
    ASSIGN_OR_RETURN(const std::optional<directory::Unit> unit, directory::FindUnit(session_, id));
    if (!unit) {
      fields_.Refuse(field + ".unit", "UNKNOWN_UNIT",
                     {"không có đơn vị này", "there is no such unit"});
    } else if (!unit->span.Holds(day_)) {
      fields_.Refuse(field + ".unit", "UNIT_NOT_VALID",
                     {"đơn vị không tồn tại vào ngày này", "the unit does not exist on that date"});
    } else {
      const directory::DatedCode* code = directory::CodeOn(*unit, directory::kQd20, day_);
      const std::string stored = code == nullptr ? "" : code->code;
      if (!reference->unit().empty() && !reference->code().empty() && reference->code() != stored) {
        fields_.Refuse(field + ".code", "UNIT_CODE_MISMATCH",
                       {"mã không phải của đơn vị này", "the code is not this unit's"});
      }
      reference->set_unit(platform::NameOf("units", id));
      reference->set_code(stored);
      if (const directory::DatedText* name = directory::NameOn(*unit, day_))
        reference->set_display_name(name->text);
    }
    return absl::OkStatus();
  }

  absl::Status Parent(v1::PlanReference* parent) {
    PlanFilter filter;
    std::optional<PlanRow> found;
    if (!parent->plan().empty()) {
      const std::string id = fields_.Id(parent->plan(), "plans", "plan.parent_plan.plan");
      if (id.empty()) return absl::OkStatus();
      ASSIGN_OR_RETURN(found, FindPlan(session_, id));
    } else {
      const size_t slash = parent->number().find('/');
      ASSIGN_OR_RETURN(filter.issuer_id, directory::UnitIdByCode(session_, directory::kQd20,
                                                                 parent->issuer_code(), today_));
      if (slash != std::string::npos && !filter.issuer_id.empty() && parent->year() != 0) {
        filter.number = parent->number().substr(0, slash);
        filter.symbol = parent->number().substr(slash + 1);
        filter.year = parent->year();
        ASSIGN_OR_RETURN(const std::vector<PlanRow> plans, ListPlans(session_, filter, "", 1));
        if (!plans.empty()) found = plans.front();
      }
    }
    if (!found) {
      fields_.Refuse("plan.parent_plan", "UNKNOWN_PLAN",
                     {"không có kế hoạch cấp trên này", "there is no such plan above"});
      return absl::OkStatus();
    }
    parent->set_plan(platform::NameOf("plans", found->id));
    if (found->number && found->symbol) parent->set_number(*found->number + "/" + *found->symbol);
    if (found->issue_year) parent->set_year(*found->issue_year);
    ASSIGN_OR_RETURN(const std::optional<directory::Unit> issuer,
                     directory::FindUnit(session_, found->issuer_id));
    const directory::DatedCode* code =
        issuer ? directory::CodeOn(*issuer, directory::kQd20, today_) : nullptr;
    if (code != nullptr) parent->set_issuer_code(code->code);
    return absl::OkStatus();
  }

  absl::Status Templates(const v1::Plan& plan) {
    ASSIGN_OR_RETURN(const auto known, LoadTemplates(session_));
    for (int i = 0; i < plan.award_dossier().documents_size(); ++i) {
      const std::string& code = plan.award_dossier().documents(i).template_code();
      if (code.empty() || known.count(code) != 0) continue;
      fields_.Refuse("plan.award_dossier.documents[" + std::to_string(i) + "].template_code",
                     "TEMPLATE_UNKNOWN",
                     {"không có biểu mẫu mang mã này", "there is no template with this code"});
    }
    return absl::OkStatus();
  }

  Fields& fields() { return fields_; }

 private:
  db::Session& session_;
  const absl::CivilDay today_;
  const absl::CivilDay day_;
  Fields fields_;
};

}  // namespace

absl::Status ResolveReferences(db::Session& session, absl::CivilDay today, v1::Plan* plan) {
  Resolver resolver(session, today, IssueDay(*plan).value_or(today));
  if (plan->issuer().unit().empty() && plan->issuer().code().empty()) {
    resolver.fields().Refuse("plan.issuer", "ISSUER_REQUIRED",
                             {"chưa nêu cơ quan ban hành", "the issuing unit is not named"});
  }
  RETURN_IF_ERROR(resolver.Unit(plan->mutable_issuer(), "plan.issuer"));
  for (int i = 0; i < plan->participant_groups_size(); ++i) {
    v1::ParticipantGroup* group = plan->mutable_participant_groups(i);
    for (int j = 0; j < group->units_size(); ++j) {
      RETURN_IF_ERROR(resolver.Unit(
          group->mutable_units(j),
          "plan.participant_groups[" + std::to_string(i) + "].units[" + std::to_string(j) + "]"));
    }
  }
  for (int i = 0; i < plan->roles_size(); ++i) {
    if (!plan->roles(i).has_unit()) continue;
    RETURN_IF_ERROR(resolver.Unit(plan->mutable_roles(i)->mutable_unit(),
                                  "plan.roles[" + std::to_string(i) + "].unit"));
  }
  for (int i = 0; i < plan->recipients_size(); ++i) {
    if (!plan->recipients(i).has_unit()) continue;
    RETURN_IF_ERROR(resolver.Unit(plan->mutable_recipients(i)->mutable_unit(),
                                  "plan.recipients[" + std::to_string(i) + "].unit"));
  }
  if (plan->has_parent_plan()) RETURN_IF_ERROR(resolver.Parent(plan->mutable_parent_plan()));
  RETURN_IF_ERROR(resolver.Templates(*plan));
  return resolver.fields().status();
}

}  // namespace thidua::campaign::plans
