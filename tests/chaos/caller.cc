#include "chaos/caller.h"

#include <gtest/gtest.h>

#include <utility>

#include "absl/time/clock.h"
#include "chaos/database.h"
#include "thiduactl/demo/dossier_generator.h"

namespace thidua::chaos {

Caller::Caller(std::string name, absl::Duration pause, Call call) : name_(std::move(name)) {
  thread_ = std::thread([this, pause, call = std::move(call)] {
    for (;;) {
      const absl::Time start = absl::Now();
      absl::Status status = call();
      absl::MutexLock lock(&mutex_);
      made_.push_back({start, absl::Now() - start, std::move(status)});
      if (mutex_.AwaitWithTimeout(absl::Condition(&stopping_), pause)) return;
    }
  });
}

Caller::~Caller() { Stop(); }

void Caller::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

std::vector<Made> Caller::Since(absl::Time since) const {
  absl::MutexLock lock(&mutex_);
  std::vector<Made> found;
  for (const Made& made : made_) {
    if (made.start >= since) found.push_back(made);
  }
  return found;
}

absl::Status Caller::Last() const {
  absl::MutexLock lock(&mutex_);
  return made_.empty() ? absl::UnknownError("none was made") : made_.back().status;
}

bool Caller::Succeeded(absl::Time since) const {
  for (auto it = made_.rbegin(); it != made_.rend() && it->start >= since; ++it) {
    if (it->status.ok()) return true;
  }
  return false;
}

bool Caller::AwaitSuccess(absl::Time since, absl::Duration longest) {
  absl::MutexLock lock(&mutex_);
  const auto succeeded = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return Succeeded(since); };
  return mutex_.AwaitWithTimeout(absl::Condition(&succeeded), longest);
}

namespace {
std::unique_ptr<ctl::RpcClient> Connected(const ctl::RpcClient::Options& options) {
  auto client = ctl::RpcClient::Connect(options);
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}
}  // namespace

std::unique_ptr<ctl::RpcClient> Client(e2e::Stack& stack, absl::Duration timeout) {
  ctl::RpcClient::Options options;
  options.target = "127.0.0.1:" + std::to_string(stack.port(43));
  options.ca_file = stack.var() + "/tls/ca.crt";
  options.timeout = timeout;
  return Connected(options);
}

std::unique_ptr<ctl::RpcClient> ClientOf(const std::string& address, absl::Duration timeout) {
  ctl::RpcClient::Options options;
  options.target = address;
  options.ca_file = "";
  options.timeout = timeout;
  return Connected(options);
}

DossierPusher::DossierPusher(std::string name, std::string token, size_t rows_in_chunk)
    : name_(std::move(name)),
      token_(std::move(token)),
      patterns_(ctl::demo::DossiersOfYear(2023, 200)),
      rows_in_chunk_(rows_in_chunk) {}

absl::Status DossierPusher::Push(ctl::RpcClient& client) {
  e2e::json rows = e2e::json::array();
  for (size_t i = 0; i < rows_in_chunk_; ++i) {
    const size_t number = static_cast<size_t>(chunk_) * rows_in_chunk_ + i;
    e2e::json row = patterns_[number % patterns_.size()];
    row["dossier_code"] = name_ + "-" + std::to_string(number);
    rows.push_back(std::move(row));
  }
  const auto answer =
      client.Call("scoring.v1.DossierService/BatchPushDossiers",
                  {{"rows", rows}, {"request_id", name_ + "-" + std::to_string(chunk_)}}, token_);
  if (!answer.ok()) return answer.status();
  const e2e::json ack = answer->value("ack", e2e::json::object());
  if (ack.value("refused", 0) != 0) return absl::InternalError("rows refused: " + ack.dump());
  ++chunk_;
  acknowledged_.fetch_add(static_cast<int64_t>(rows_in_chunk_));
  return absl::OkStatus();
}

void DossierPusher::ExpectAllKept(e2e::Stack& stack) const {
  // A chunk that was taken and not acknowledged may be there as well: at most the last one.
  const std::string where =
      "SELECT COUNT(*), COUNT(DISTINCT dossier_code) FROM thidua_scoring.dossiers WHERE "
      "dossier_code LIKE '" +
      name_ + "-%' AND CAST(SUBSTRING_INDEX(dossier_code, '-', -1) AS UNSIGNED) < " +
      std::to_string(acknowledged());
  EXPECT_EQ(Sql(stack, where),
            std::to_string(acknowledged()) + "\t" + std::to_string(acknowledged()))
      << name_;
}

}  // namespace thidua::chaos
