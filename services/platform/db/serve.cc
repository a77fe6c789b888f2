#include "platform/db/serve.h"

#include <utility>

namespace thidua::db {
namespace {

void ExportPool(platform::MetricsRegistry& metrics, const Pool& pool) {
  constexpr char kConnections[] = "Connections to the database, by what they do";
  metrics.Gauge("db_connections", kConnections, {{"state", "in_use"}}, [&pool] {
    const PoolStats stats = pool.stats();
    return static_cast<double>(stats.open - stats.idle);
  });
  metrics.Gauge("db_connections", kConnections, {{"state", "idle"}},
                [&pool] { return static_cast<double>(pool.stats().idle); });
  metrics.Gauge("db_connections_limit", "The most connections to the database", {},
                [&pool] { return static_cast<double>(pool.stats().limit); });
  metrics.Gauge("db_connection_waiters", "Threads that wait for a connection", {},
                [&pool] { return static_cast<double>(pool.stats().waiting); });
}

}  // namespace

void AddDatabase(platform::ServerHost& host, Pool& pool, std::vector<MigrationSeries> series) {
  const auto check_schema = [&pool, series = std::move(series)](absl::Time) {
    return CheckSchema(pool, series);
  };
  host.AddStartup("schema", check_schema);
  host.AddReadiness("database", [&pool](absl::Time deadline) { return pool.Ping(deadline); });
  host.AddReadiness("schema", check_schema);
  ExportPool(host.metrics(), pool);
}

}  // namespace thidua::db
