// ThreadSanitizer and Debian's abseil: its library is not built with the sanitizer, which therefore
// does not see that who locks an absl::Mutex comes after who unlocked it, and would call all that
// is guarded by one a race. These definitions stand before the library's: they tell the sanitizer
// what happens and call the library's own. Linked into every program of the preset "tsan" alone.
//
// They only add what is true of a mutex (an unlock happens before the locks that follow it), so no
// access that is not ordered by one is hidden: tests/tsan/race_proof.cc.
#include <sanitizer/tsan_interface.h>

#include <type_traits>

#include "absl/synchronization/barrier.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "real.h"

namespace {

using thidua::tsan::Real;

// The library's function of a type, by what its name is ("5Mutex4LockEv") in the inline namespace.
// NOLINTBEGIN(bugprone-macro-parentheses): a type cannot stand in parentheses
#define THIDUA_REAL_OF(type, name)                                                    \
  ([] {                                                                               \
    static const auto kReal = reinterpret_cast<std::add_pointer_t<type>>(Real(name)); \
    return kReal;                                                                     \
  }())
// NOLINTEND(bugprone-macro-parentheses)
#define THIDUA_REAL(type, rest) THIDUA_REAL_OF(type, "_ZN4absl7debian3" rest)
#define THIDUA_REAL_CONST(type, rest) THIDUA_REAL_OF(type, "_ZNK4absl7debian3" rest)

// A condition is judged by whoever unlocks, under the mutex but inside the library: what it reads
// comes after the earlier unlocks and after what its waiter wrote, and before the waiter goes on.
struct Judged {
  absl::Mutex* mutex;
  const absl::Condition* condition;

  // Not looked at: only what is ordered below is.
  __attribute__((no_sanitize("thread"))) static bool Judge(Judged* judged) {
    __tsan_acquire(judged);
    __tsan_acquire(judged->mutex);
    const bool holds = judged->condition->Eval();
    __tsan_release(judged);
    __tsan_release(judged->mutex);
    return holds;
  }
};

// Calls `wait` with the condition as above, and is after all who have judged it.
template <class Wait>
auto Waiting(absl::Mutex* mutex, const absl::Condition& condition, Wait wait) {
  Judged judged{mutex, &condition};
  const absl::Condition judging(&Judged::Judge, &judged);
  __tsan_release(&judged);
  struct After {
    Judged* judged;
    ~After() {
      __tsan_acquire(judged);
      __tsan_acquire(judged->mutex);
    }
  } after{&judged};
  return wait(judging);
}

using MutexCall = void(absl::Mutex*);
using MutexTry = bool(absl::Mutex*);

}  // namespace

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  THIDUA_REAL(MutexCall, "5Mutex4LockEv")(this);
  __tsan_acquire(this);
}
void Mutex::Unlock() {
  __tsan_release(this);
  THIDUA_REAL(MutexCall, "5Mutex6UnlockEv")(this);
}
bool Mutex::TryLock() {
  const bool locked = THIDUA_REAL(MutexTry, "5Mutex7TryLockEv")(this);
  if (locked) __tsan_acquire(this);
  return locked;
}
void Mutex::ReaderLock() {
  THIDUA_REAL(MutexCall, "5Mutex10ReaderLockEv")(this);
  __tsan_acquire(this);
}
void Mutex::ReaderUnlock() {
  __tsan_release(this);
  THIDUA_REAL(MutexCall, "5Mutex12ReaderUnlockEv")(this);
}

// Waiting for a condition unlocks and locks again.
void Mutex::Await(const Condition& condition) {
  __tsan_release(this);
  return Waiting(this, condition, [&](const Condition& judging) {
    return THIDUA_REAL(void(Mutex*, const Condition&), "5Mutex5AwaitERKNS0_9ConditionE")(this,
                                                                                         judging);
  });
}
bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  __tsan_release(this);
  return Waiting(this, condition, [&](const Condition& judging) {
    return THIDUA_REAL(bool(Mutex*, const Condition&, Duration),
                       "5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE")(this, judging,
                                                                                   timeout);
  });
}
bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  __tsan_release(this);
  return Waiting(this, condition, [&](const Condition& judging) {
    return THIDUA_REAL(bool(Mutex*, const Condition&, Time),
                       "5Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE")(this, judging,
                                                                                deadline);
  });
}
void Mutex::LockWhen(const Condition& condition) {
  return Waiting(this, condition, [&](const Condition& judging) {
    return THIDUA_REAL(void(Mutex*, const Condition&), "5Mutex8LockWhenERKNS0_9ConditionE")(
        this, judging);
  });
}
bool Mutex::LockWhenWithTimeout(const Condition& condition, Duration timeout) {
  return Waiting(this, condition, [&](const Condition& judging) {
    return THIDUA_REAL(bool(Mutex*, const Condition&, Duration),
                       "5Mutex19LockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE")(this, judging,
                                                                                      timeout);
  });
}
bool Mutex::LockWhenWithDeadline(const Condition& condition, Time deadline) {
  return Waiting(this, condition, [&](const Condition& judging) {
    return THIDUA_REAL(bool(Mutex*, const Condition&, Time),
                       "5Mutex20LockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE")(this, judging,
                                                                                   deadline);
  });
}

void CondVar::Wait(Mutex* mutex) {
  __tsan_release(mutex);
  THIDUA_REAL(void(CondVar*, Mutex*), "7CondVar4WaitEPNS0_5MutexE")(this, mutex);
  __tsan_acquire(mutex);
}
bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  __tsan_release(mutex);
  const bool over =
      THIDUA_REAL(bool(CondVar*, Mutex*, Duration),
                  "7CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE")(this, mutex, timeout);
  __tsan_acquire(mutex);
  return over;
}
bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  __tsan_release(mutex);
  const bool over =
      THIDUA_REAL(bool(CondVar*, Mutex*, Time),
                  "7CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE")(this, mutex, deadline);
  __tsan_acquire(mutex);
  return over;
}

void Notification::Notify() {
  __tsan_release(this);
  THIDUA_REAL(void(Notification*), "12Notification6NotifyEv")(this);
}

bool Barrier::Block() {
  __tsan_release(this);
  const bool last = THIDUA_REAL(bool(Barrier*), "7Barrier5BlockEv")(this);
  __tsan_acquire(this);
  return last;
}

void Notification::WaitForNotification() const {
  THIDUA_REAL_CONST(void(const Notification*), "12Notification19WaitForNotificationEv")(this);
  __tsan_acquire(const_cast<Notification*>(this));
}
bool Notification::WaitForNotificationWithTimeout(Duration timeout) const {
  const bool notified = THIDUA_REAL_CONST(
      bool(const Notification*, Duration),
      "12Notification30WaitForNotificationWithTimeoutENS0_8DurationE")(this, timeout);
  if (notified) __tsan_acquire(const_cast<Notification*>(this));
  return notified;
}
bool Notification::WaitForNotificationWithDeadline(Time deadline) const {
  const bool notified = THIDUA_REAL_CONST(
      bool(const Notification*, Time),
      "12Notification31WaitForNotificationWithDeadlineENS0_4TimeE")(this, deadline);
  if (notified) __tsan_acquire(const_cast<Notification*>(this));
  return notified;
}

ABSL_NAMESPACE_END
}  // namespace absl
