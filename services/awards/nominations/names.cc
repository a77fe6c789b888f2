#include "awards/nominations/names.h"

#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::nominations {
namespace {

constexpr int kMostAtOnce = 200;

}  // namespace

absl::Status NoPlan(const std::string& id) {
  return platform::NotFound("PLAN_NOT_FOUND",
                            {"Chưa có kế hoạch này trong số các kế hoạch đã phát động.",
                             "This plan is not among those launched so far."},
                            {{"name", platform::NameOf("plans", id)}});
}

absl::StatusOr<Plan> FindPlan(db::Pool& pool, const platform::Call& call, const std::string& id) {
  std::optional<Plan> plan;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(plan, ReadPlan(session, id));
    return absl::OkStatus();
  }));
  if (!plan) return platform::NotFoundFor(call, NoPlan(id));
  return *std::move(plan);
}

absl::StatusOr<std::vector<std::string>> IdsOf(
    const google::protobuf::RepeatedPtrField<std::string>& names, const std::string& collection,
    const std::string& field, int least) {
  if (names.size() < least || names.size() > kMostAtOnce) {
    return platform::InvalidField(
        field, "COUNT_OUT_OF_RANGE",
        {absl::StrCat("Cần từ ", least, " đến ", kMostAtOnce, " mục."),
         absl::StrCat("There must be ", least, " to ", kMostAtOnce, " entries.")});
  }
  std::vector<std::string> ids;
  std::set<std::string> seen;
  for (int i = 0; i < names.size(); ++i) {
    const std::string at = absl::StrCat(field, "[", i, "]");
    ASSIGN_OR_RETURN(std::string id, platform::IdFromName(names[i], collection, at));
    if (!seen.insert(id).second) {
      return platform::InvalidField(at, "NAMED_TWICE",
                                    {"Mục này được nêu hai lần.", "This is named twice."});
    }
    ids.push_back(std::move(id));
  }
  return ids;
}

}  // namespace thidua::awards::nominations
