// Prepared statements of one connection by text, the least recently used one closed when there are
// too many. Internal to platform/db.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "cppconn/connection.h"
#include "cppconn/prepared_statement.h"

namespace thidua::db {

struct CachedStatement {
  std::string sql;
  std::unique_ptr<sql::PreparedStatement> prepared;
  unsigned parameters = 0;
  bool in_use = false;
};

class StatementCache {
 public:
  StatementCache(sql::Connection& connection, size_t capacity)
      : connection_(connection), capacity_(capacity) {}

  // Holds a statement while it runs and its rows are read: a statement of the same text that is
  // asked for meanwhile is prepared apart, so that no one's rows vanish.
  class Use {
   public:
    explicit Use(CachedStatement* cached) : cached_(cached) { cached_->in_use = true; }
    explicit Use(std::unique_ptr<CachedStatement> apart)
        : apart_(std::move(apart)), cached_(apart_.get()) {}
    ~Use() { cached_->in_use = false; }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    CachedStatement& operator*() { return *cached_; }

   private:
    std::unique_ptr<CachedStatement> apart_;
    CachedStatement* cached_;
  };

  // Throws what Connector/C++ throws.
  Use Get(const std::string& sql);
  size_t size() const { return entries_.size(); }

 private:
  using Entries = std::list<CachedStatement>;
  void Prepare(CachedStatement& statement);

  sql::Connection& connection_;
  const size_t capacity_;
  Entries entries_;                                                 // most recently used first
  std::unordered_map<std::string_view, Entries::iterator> by_sql_;  // keys live in entries_
};

}  // namespace thidua::db
