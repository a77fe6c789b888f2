#include "platform/feed/tree_head_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "platform/feed/event_row.h"
#include "platform/feed/leaf.h"
#include "platform/feed/merkle.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::feed {
namespace {

using common::v1::SignedTreeHead;

constexpr int kCopiedAtOnce = 1000;
constexpr off_t kTail = 64 * 1024;  // a line has some 400 bytes

SignedTreeHead ReadTreeHead(const db::Row& row) {
  SignedTreeHead head;
  head.set_epoch(row.Get<std::string>(0));
  head.set_tree_size(row.Get<int64_t>(1));
  head.set_root_hash(row.Get<std::string>(2));
  *head.mutable_sign_time() = platform::ToTimestamp(row.Get<absl::Time>(3));
  head.set_key_id(row.Get<std::string>(4));
  head.set_signature(row.Get<std::string>(5));
  return head;
}

absl::Status FileError(const char* what, const std::string& file) {
  return absl::ErrnoToStatus(errno, std::string(what) + " " + file);
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  const int fd_;
};

}  // namespace

absl::StatusOr<std::optional<SignedTreeHead>> LatestTreeHead(db::Session& session) {
  return session.QueryOptional<SignedTreeHead>(
      ReadTreeHead,
      "SELECT h.epoch, h.tree_size, h.root_hash, h.signed_at, h.key_id, h.signature "
      "FROM tree_heads h JOIN feed_head f ON f.id = 1 "
      "ORDER BY h.epoch = f.epoch DESC, h.signed_at DESC, h.tree_size DESC LIMIT 1");
}

absl::StatusOr<std::vector<SignedTreeHead>> TreeHeadsAbove(db::Session& session,
                                                           const std::string& epoch, int64_t above,
                                                           int limit) {
  return session.QueryAll<SignedTreeHead>(
      ReadTreeHead,
      "SELECT epoch, tree_size, root_hash, signed_at, key_id, signature FROM tree_heads "
      "WHERE epoch = ? AND tree_size > ? ORDER BY tree_size LIMIT ?",
      epoch, above, limit);
}

absl::StatusOr<bool> SignIfGrown(db::Pool& pool, const platform::SigningKey& key, absl::Time now,
                                 absl::Time deadline) {
  bool signed_one = false;
  const absl::Status status = pool.InTransaction(deadline, [&](db::Tx& tx) -> absl::Status {
    signed_one = false;
    ASSIGN_OR_RETURN(const Head feed, ReadHead(tx));
    ASSIGN_OR_RETURN(
        const std::optional<int64_t> newest,
        tx.QueryOptional<int64_t>([](const db::Row& row) { return row.Get<int64_t>(0); },
                                  "SELECT tree_size FROM tree_heads WHERE epoch = ? "
                                  "ORDER BY tree_size DESC LIMIT 1",
                                  feed.epoch));
    if (feed.position <= newest.value_or(0)) return absl::OkStatus();
    ASSIGN_OR_RETURN(const Frontier frontier, Frontier::Parse(feed.position, feed.frontier));
    ASSIGN_OR_RETURN(const SignedTreeHead head,
                     SignTreeHead(key, feed.epoch, feed.position, frontier.Root(), now));
    RETURN_IF_ERROR(tx.Execute("INSERT INTO tree_heads (epoch, tree_size, root_hash, signed_at, "
                               "key_id, signature) VALUES (?, ?, ?, ?, ?, ?)",
                               head.epoch(), head.tree_size(), head.root_hash(), now, head.key_id(),
                               head.signature())
                        .status());
    signed_one = true;
    return absl::OkStatus();
  });
  // Another process signed the same size at the same moment.
  if (absl::IsAlreadyExists(status)) return false;
  RETURN_IF_ERROR(status);
  return signed_one;
}

absl::Status TreeHeadCopy::CatchUp(db::Pool& pool, absl::Time deadline) {
  if (!end_read_) RETURN_IF_ERROR(ReadEnd());
  std::vector<SignedTreeHead> heads;
  do {
    RETURN_IF_ERROR(pool.ReadOnly(deadline, [&](db::Session& session) -> absl::Status {
      ASSIGN_OR_RETURN(const Head feed, ReadHead(session));
      const int64_t above = feed.epoch == epoch_ ? tree_size_ : 0;
      ASSIGN_OR_RETURN(heads, TreeHeadsAbove(session, feed.epoch, above, kCopiedAtOnce));
      return absl::OkStatus();
    }));
    if (heads.empty()) return absl::OkStatus();
    if (absl::Status status = Append(heads); !status.ok()) {
      end_read_ = false;  // some lines may have got there
      return status;
    }
  } while (heads.size() == kCopiedAtOnce);
  return absl::OkStatus();
}

absl::Status TreeHeadCopy::Append(const std::vector<SignedTreeHead>& heads) {
  const std::filesystem::path directory = std::filesystem::path(file_).parent_path();
  std::error_code ignored;  // the open says what is wrong
  if (!directory.empty()) std::filesystem::create_directories(directory, ignored);
  const Descriptor file(open(file_.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640));
  if (file.get() < 0) return FileError("cannot open", file_);
  std::string text;
  struct stat info = {};
  if (fstat(file.get(), &info) != 0) return FileError("cannot look at", file_);
  char last = '\n';
  if (info.st_size > 0 && pread(file.get(), &last, 1, info.st_size - 1) != 1) {
    return FileError("cannot read", file_);
  }
  // A line that was cut off stays as it is: the file is only ever appended to.
  if (last != '\n') text.push_back('\n');
  for (const SignedTreeHead& head : heads) {
    ASSIGN_OR_RETURN(const std::string line, TreeHeadLine(head));
    text.append(line).push_back('\n');
  }
  for (size_t written = 0; written < text.size();) {
    const ssize_t n = write(file.get(), text.data() + written, text.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return FileError("cannot append to", file_);
    written += static_cast<size_t>(n);
  }
  if (fsync(file.get()) != 0) return FileError("cannot sync", file_);
  if (info.st_size == 0) {
    const Descriptor parent(
        open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_CLOEXEC));
    if (parent.get() < 0 || fsync(parent.get()) != 0)
      return FileError("cannot sync folder of", file_);
  }
  epoch_ = heads.back().epoch();
  tree_size_ = heads.back().tree_size();
  return absl::OkStatus();
}

absl::Status TreeHeadCopy::ReadEnd() {
  const Descriptor file(open(file_.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno != ENOENT) return FileError("cannot open", file_);
    end_read_ = true;
    return absl::OkStatus();
  }
  struct stat info = {};
  if (fstat(file.get(), &info) != 0) return FileError("cannot look at", file_);
  const off_t start = info.st_size > kTail ? info.st_size - kTail : 0;
  std::string tail(static_cast<size_t>(info.st_size - start), '\0');
  for (size_t read = 0; read < tail.size();) {
    const ssize_t n =
        pread(file.get(), tail.data() + read, tail.size() - read, start + static_cast<off_t>(read));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return FileError("cannot read", file_);
    read += static_cast<size_t>(n);
  }
  const TreeHeadFile parsed = ParseTreeHeadFile(tail);
  if (!parsed.heads.empty()) {
    epoch_ = parsed.heads.back().epoch();
    tree_size_ = parsed.heads.back().tree_size();
  }
  end_read_ = true;
  return absl::OkStatus();
}

}  // namespace thidua::feed
