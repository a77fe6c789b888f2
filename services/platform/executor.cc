#include "platform/executor.h"

#include <pthread.h>

#include <utility>

namespace thidua::platform {
namespace {
thread_local bool t_on_worker = false;
}  // namespace

Executor::Executor(Options options) : options_(std::move(options)) {
  threads_.reserve(static_cast<size_t>(options_.workers));
  for (int i = 0; i < options_.workers; ++i) threads_.emplace_back([this, i] { Work(i); });
}

Executor::~Executor() { Drain(); }

bool Executor::TryPost(std::function<void()> task) {
  absl::MutexLock lock(&mutex_);
  if (draining_ || queue_.size() >= options_.queue_limit) return false;
  queue_.push_back(std::move(task));
  return true;
}

void Executor::Drain() {
  {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

size_t Executor::queued() const {
  absl::MutexLock lock(&mutex_);
  return queue_.size();
}

bool Executor::OnWorker() { return t_on_worker; }

WorkerScope::WorkerScope() { t_on_worker = true; }
WorkerScope::~WorkerScope() { t_on_worker = false; }

void Executor::Work(int index) {
  WorkerScope scope;
  const std::string name = (options_.name + std::to_string(index)).substr(0, 15);
  pthread_setname_np(pthread_self(), name.c_str());
  for (;;) {
    std::function<void()> task;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(
          +[](Executor* self) ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->mutex_) {
            return self->draining_ || !self->queue_.empty();
          },
          this));
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    running_.fetch_add(1);
    task();
    running_.fetch_sub(1);
  }
}

}  // namespace thidua::platform
