#include "scoring/rankings/service.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/ascii_text.h"
#include "platform/db/write.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/assessments/store.h"
#include "scoring/rankings/convert.h"
#include "scoring/rankings/explain.h"
#include "scoring/rankings/page.h"
#include "scoring/rankings/publish.h"
#include "scoring/rankings/store.h"
#include "scoring/rankings/trace.h"
#include "scoring/rankings/unit_page.h"

namespace thidua::scoring::rankings {
namespace {

using platform::Call;

// The ranking of a name, for who has the right at the unit of its round.
absl::StatusOr<RankingRow> RankingFor(db::Pool& pool, const Call& call, const std::string& name) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "rankings", "name"));
  std::optional<RankingRow> ranking;
  std::optional<assessments::RoundRow> round;
  RETURN_IF_ERROR(pool.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(ranking, Store::GetRanking(session, id));
    if (!ranking.has_value()) return absl::OkStatus();
    ASSIGN_OR_RETURN(round, assessments::Store::GetRound(session, ranking->round_id));
    return absl::OkStatus();
  }));
  if (!ranking.has_value()) {
    return platform::NotFoundFor(
        call, platform::NotFound("RANKING_NOT_FOUND",
                                 {"Không có bảng xếp hạng này", "There is no such ranking"},
                                 {{"name", name}}));
  }
  if (!round.has_value()) return platform::Internal("a ranking without its round");
  RETURN_IF_ERROR(call.Require(round->unit_id));
  return *std::move(ranking);
}

// Publications that people look at at one time; a page of a thousand units has about 2 MB.
constexpr size_t kShown = 32;
// Those whose units people look at one by one; a thousand units with 40 leaves have about 20 MB.
constexpr size_t kRanked = 4;

platform::CounterFamily& Lookups(platform::Admission& admission) {
  return admission.deps().metrics->Counters(
      "publication_cache_total", "Publications shown from memory (hit) or computed anew (miss)");
}

}  // namespace

Service::Service(platform::Admission& admission, db::Pool& pool)
    : runner_(admission, v1::RankingService::service_full_name()),
      pool_(pool),
      shown_(kShown),
      ranked_(kRanked),
      hits_(Lookups(admission).Add({{"result", "hit"}})),
      misses_(Lookups(admission).Add({{"result", "miss"}})) {}

absl::StatusOr<PublicationRow> Service::RowOf(const Call& call, const std::string& id) {
  // A page's path may hold anything.
  const std::string name = platform::NameOf("publications", id);
  if (!platform::IdFromName(name, "publications", "name").ok()) return NoSuchPublication(name);
  std::optional<PublicationRow> row;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(row, Store::Get(session, id));
    return absl::OkStatus();
  }));
  if (!row.has_value()) return NoSuchPublication(name);
  return *std::move(row);
}

absl::StatusOr<std::shared_ptr<const Ranked>> Service::RankedOf(const Call& call,
                                                                const std::string& id) {
  if (std::shared_ptr<const Ranked> held = ranked_.Find(id, "")) return held;
  std::string snapshot;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(snapshot, Store::Snapshot(session, id));
    return absl::OkStatus();
  }));
  ASSIGN_OR_RETURN(Basis basis, BasisOf(snapshot));
  ASSIGN_OR_RETURN(Ranked ranked, Compute(std::move(basis)));
  auto made = std::make_shared<const Ranked>(std::move(ranked));
  ranked_.Put(id, "", made);
  return made;
}

absl::StatusOr<std::shared_ptr<const Shown>> Service::Show(const Call& call,
                                                           const std::string& id) {
  ASSIGN_OR_RETURN(const PublicationRow row, RowOf(call, id));
  // Nothing else of a publication ever changes.
  const std::string state = row.corrected_by.value_or("");
  if (std::shared_ptr<const Shown> held = shown_.Find(id, state)) {
    hits_.Increment();
    return held;
  }
  misses_.Increment();
  ASSIGN_OR_RETURN(const std::shared_ptr<const Ranked> ranked, RankedOf(call, id));
  auto made = std::make_shared<Shown>();
  ToProto(row, *ranked, made->answer);
  made->page = RenderPage(*ranked, {row.snapshot_sha256, state});
  shown_.Put(id, state, made);
  return made;
}

Service::Reactor* Service::ComputeRanking(Ctx* context, const v1::ComputeRankingRequest* request,
                                          v1::Ranking* response) {
  return runner_.Unary(
      "ComputeRanking", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.round(), "assessmentRounds", "round"));
        std::optional<assessments::RoundRow> round;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(round, assessments::Store::GetRound(session, id));
          return absl::OkStatus();
        }));
        if (!round.has_value()) {
          return platform::NotFoundFor(
              call, platform::NotFound("ASSESSMENT_ROUND_NOT_FOUND",
                                       {"Không có đợt đánh giá này", "There is no such round"},
                                       {{"name", req.round()}}));
        }
        RETURN_IF_ERROR(call.Require(round->unit_id));
        return db::Write(pool_, call, req, res,
                         [&](db::Tx& tx) { return ComputeInto(tx, call, *round, res); });
      });
}

Service::Reactor* Service::GetRanking(Ctx* context, const v1::GetRankingRequest* request,
                                      v1::Ranking* response) {
  return runner_.Unary("GetRanking", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const RankingRow ranking,
                                          RankingFor(pool_, call, req.name()));
                         ASSIGN_OR_RETURN(Basis basis, BasisOf(ranking.content));
                         ASSIGN_OR_RETURN(const Ranked ranked, Compute(std::move(basis)));
                         ToProto(ranking, ranked, res);
                         return absl::OkStatus();
                       });
}

Service::Reactor* Service::PublishRanking(Ctx* context, const v1::PublishRankingRequest* request,
                                          v1::Publication* response) {
  return runner_.Unary(
      "PublishRanking", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const RankingRow ranking, RankingFor(pool_, call, req.name()));
        return db::Write(pool_, call, req, res,
                         [&](db::Tx& tx) { return Publish(tx, call, ranking.id, req, res); });
      });
}

Service::Reactor* Service::GetPublication(Ctx* context, const v1::GetPublicationRequest* request,
                                          v1::Publication* response) {
  return runner_.Unary("GetPublication", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::string id,
                                          platform::IdFromName(req.name(), "publications", "name"));
                         ASSIGN_OR_RETURN(const auto shown, Show(call, id));
                         res = shown->answer;
                         return absl::OkStatus();
                       });
}

Service::Reactor* Service::ListPublications(Ctx* context,
                                            const v1::ListPublicationsRequest* request,
                                            v1::ListPublicationsResponse* response) {
  return runner_.Unary(
      "ListPublications", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        const std::string scope =
            absl::StrCat("publications|", req.unit(), "|", req.block(), "|", req.year(), "|",
                         req.plan(), "|", req.current_only() ? "current" : "");
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        Store::Filter filter;
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        if (!req.plan().empty()) {
          ASSIGN_OR_RETURN(filter.plan_id, platform::IdFromName(req.plan(), "plans", "plan"));
        }
        RETURN_IF_ERROR(platform::RequireAscii(req.block(), "block"));
        filter.block = req.block();
        filter.year = req.year();
        filter.current_only = req.current_only();
        filter.before_id = page.after;
        filter.limit = page.size + 1;
        std::vector<PublicationRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, Store::List(session, filter));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, &PublicationRow::id));
        for (const PublicationRow& row : rows) ToProto(row, *res.add_publications());
        return absl::OkStatus();
      });
}

Service::Reactor* Service::GetPublicationSnapshot(Ctx* context,
                                                  const v1::GetPublicationSnapshotRequest* request,
                                                  google::api::HttpBody* response) {
  return runner_.Unary(
      "GetPublicationSnapshot", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "publications", "name"));
        std::string bytes;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(bytes, Store::Snapshot(session, id));
          return absl::OkStatus();
        }));
        if (bytes.empty()) return NoSuchPublication(req.name());
        res.set_content_type("application/json");
        res.set_data(std::move(bytes));
        return absl::OkStatus();
      });
}

Service::Reactor* Service::ReplayRanking(Ctx* context, const v1::ReplayRankingRequest* request,
                                         v1::ReplayRankingResponse* response) {
  return runner_.Unary(
      "ReplayRanking", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "publications", "name"));
        std::optional<PublicationRow> row;
        std::string stored;
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(row, Store::Get(session, id));
          ASSIGN_OR_RETURN(stored, Store::Snapshot(session, id));
          return absl::OkStatus();
        }));
        if (!row.has_value()) return NoSuchPublication(req.name());
        const absl::StatusOr<std::string> again = Replay(stored);
        const std::string recomputed = again.ok() ? platform::Sha256Hex(*again) : "";
        if (recomputed != row->snapshot_sha256) {
          platform::ErrorSpec spec;
          spec.code = absl::StatusCode::kDataLoss;
          spec.reason = "REPLAY_MISMATCH";
          spec.text = {"Tính lại không ra đúng kết quả đã công bố: bản chụp đã bị thay đổi",
                       "The replay does not give what was published: the snapshot was changed"};
          spec.metadata = {{"published_sha256", row->snapshot_sha256},
                           {"stored_sha256", platform::Sha256Hex(stored)},
                           {"recomputed_sha256", recomputed}};
          return platform::MakeError(spec);
        }
        ASSIGN_OR_RETURN(Basis basis, BasisOf(stored));
        int leaves = 0;
        for (const UnitRecord& unit : basis.units) leaves += static_cast<int>(unit.leaves.size());
        res.set_published_sha256(row->snapshot_sha256);
        res.set_recomputed_sha256(recomputed);
        res.set_units(static_cast<int>(basis.units.size()));
        res.set_leaf_scores(leaves);
        return absl::OkStatus();
      });
}

Service::Reactor* Service::ExplainRank(Ctx* context, const v1::ExplainRankRequest* request,
                                       v1::ExplainRankResponse* response) {
  return runner_.Unary(
      "ExplainRank", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.publication(), "publications", "publication"));
        ASSIGN_OR_RETURN(const std::string unit_id,
                         platform::IdFromName(req.unit(), "units", "unit"));
        RETURN_IF_ERROR(call.Require(unit_id));
        return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(const Published published, LoadPublished(session, id));
          return Explain(session, published, unit_id, res);
        });
      });
}

Service::Reactor* Service::GetPublicationPage(Ctx* context,
                                              const v1::GetPublicationPageRequest* request,
                                              google::api::HttpBody* response) {
  return runner_.Unary("GetPublicationPage", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const auto shown, Show(call, req.publication()));
                         res.set_content_type("text/html; charset=utf-8");
                         res.set_data(shown->page);
                         return absl::OkStatus();
                       });
}

Service::Reactor* Service::GetPublicationUnitPage(Ctx* context,
                                                  const v1::GetPublicationUnitPageRequest* request,
                                                  google::api::HttpBody* response) {
  return runner_.Unary(
      "GetPublicationUnitPage", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const PublicationRow row, RowOf(call, req.publication()));
        ASSIGN_OR_RETURN(const std::shared_ptr<const Ranked> ranked, RankedOf(call, row.id));
        std::string page = RenderUnitPage(
            *ranked, {row.snapshot_sha256, row.corrected_by.value_or("")}, req.unit());
        if (page.empty()) return NotInPublication(req.unit());
        res.set_content_type("text/html; charset=utf-8");
        res.set_data(std::move(page));
        return absl::OkStatus();
      });
}

}  // namespace thidua::scoring::rankings
