// A server process that lives on one schema.
#pragma once

#include <vector>

#include "platform/db/migrate.h"
#include "platform/db/pool.h"
#include "platform/server_host.h"

namespace thidua::db {

// Before host.Start; the pool must live until the host has shut down. The process starts serving
// once the schema is as the migrations leave it, is ready while the database answers and the schema
// stays so, and shows the pool in its metrics (db_connections{state}, db_connections_limit,
// db_connection_waiters).
void AddDatabase(platform::ServerHost& host, Pool& pool, std::vector<MigrationSeries> series);

}  // namespace thidua::db
