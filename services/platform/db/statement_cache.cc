#include "platform/db/statement_cache.h"

#include "cppconn/parameter_metadata.h"

namespace thidua::db {

StatementCache::Use StatementCache::Get(const std::string& sql) {
  if (auto found = by_sql_.find(sql); found != by_sql_.end()) {
    if (found->second->in_use) {
      auto apart = std::make_unique<CachedStatement>();
      apart->sql = sql;
      Prepare(*apart);
      return Use(std::move(apart));
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return Use(&entries_.front());
  }
  CachedStatement fresh;
  fresh.sql = sql;
  Prepare(fresh);
  for (auto last = entries_.end(); entries_.size() >= capacity_ && last != entries_.begin();) {
    --last;
    if (last->in_use) continue;
    by_sql_.erase(last->sql);
    last = entries_.erase(last);
  }
  entries_.push_front(std::move(fresh));
  by_sql_.emplace(entries_.front().sql, entries_.begin());
  return Use(&entries_.front());
}

void StatementCache::Prepare(CachedStatement& statement) {
  statement.prepared.reset(connection_.prepareStatement(statement.sql));
  statement.parameters = statement.prepared->getParameterMetaData()->getParameterCount();
}

}  // namespace thidua::db
