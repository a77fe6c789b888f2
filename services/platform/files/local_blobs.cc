// Blobs in a folder: uploads/<id> while they arrive, blobs/<first two digits>/<sha256> when whole.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/files/store.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::files {
namespace {

constexpr size_t kReadBytes = 1024 * 1024;

absl::Status SystemError(const char* what, const std::string& path) {
  const int error = errno;
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    return platform::MakeError({absl::StatusCode::kResourceExhausted,
                                "STORAGE_FULL",
                                {"Ổ đĩa lưu tệp đã đầy.", "The disk that keeps files is full."},
                                {},
                                {},
                                absl::Minutes(1)});
  }
  return platform::Internal(
      absl::StrCat(what, " ", path, ": ", std::string(absl::ErrnoToStatus(error, "").ToString())));
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
  bool ok() const { return fd_ >= 0; }

 private:
  const int fd_;
};

absl::StatusOr<int64_t> SizeOf(const Descriptor& file, const std::string& path) {
  struct stat info = {};
  if (fstat(file.get(), &info) != 0) return SystemError("stat", path);
  return static_cast<int64_t>(info.st_size);
}

absl::Status WriteAll(const Descriptor& file, std::string_view bytes, int64_t offset,
                      const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t n = pwrite(file.get(), bytes.data(), bytes.size(), offset);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return SystemError("write", path);
    bytes.remove_prefix(static_cast<size_t>(n));
    offset += n;
  }
  if (fdatasync(file.get()) != 0) return SystemError("sync", path);
  return absl::OkStatus();
}

absl::Status SyncFolder(const std::string& path) {
  const Descriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok() || fsync(folder.get()) != 0) return SystemError("sync", path);
  return absl::OkStatus();
}

absl::StatusOr<std::string> HashOf(const Descriptor& file, int64_t size, const std::string& path) {
  if (size == 0) return platform::Sha256Hex("");
  const auto length = static_cast<size_t>(size);
  void* const bytes = mmap(nullptr, length, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (bytes == MAP_FAILED) return SystemError("map", path);
  std::string hash = platform::Sha256Hex({static_cast<const char*>(bytes), length});
  munmap(bytes, length);
  return hash;
}

class LocalBlobs final : public BlobStore {
 public:
  explicit LocalBlobs(std::string directory) : directory_(std::move(directory)) {}

  absl::Status WritePart(const std::string& upload_id, int64_t offset,
                         std::string_view bytes) override {
    ASSIGN_OR_RETURN(const std::string path, UploadPath(upload_id));
    const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0640));
    if (!file.ok()) return SystemError("open", path);
    ASSIGN_OR_RETURN(const int64_t size, SizeOf(file, path));
    if (offset > size) {
      // Parts before this one were acknowledged, so their bytes were here.
      return platform::Internal(
          absl::StrCat("an upload has lost bytes: ", path, " has ", size, " of ", offset));
    }
    // What lies behind the offset was never acknowledged: a repeat overwrites it.
    return WriteAll(file, bytes, offset, path);
  }

  absl::Status Complete(const std::string& upload_id, int64_t size,
                        const std::string& sha256_hex) override {
    ASSIGN_OR_RETURN(const std::string path, UploadPath(upload_id));
    ASSIGN_OR_RETURN(const std::string blob, BlobPath(sha256_hex));
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.ok()) {
      if (errno != ENOENT) return SystemError("open", path);
      // Completed before, and the answer was lost.
      return Holds(blob, size) ? absl::OkStatus() : Incomplete(0, size);
    }
    ASSIGN_OR_RETURN(const int64_t received, SizeOf(file, path));
    if (received != size) return Incomplete(received, size);
    ASSIGN_OR_RETURN(const std::string hash, HashOf(file, size, path));
    if (hash != sha256_hex) {
      return platform::FailedPrecondition(
          "FILE_HASH_MISMATCH",
          {"Nội dung tệp không khớp SHA-256 đã báo; hãy tải lên lại từ đầu bằng StartUpload.",
           "The file does not match the announced SHA-256; start again with StartUpload."},
          {{"sha256", hash}});
    }
    return Install(path, blob);
  }

  absl::StatusOr<std::string> Read(const std::string& sha256_hex, int64_t offset) override {
    ASSIGN_OR_RETURN(const std::string path, BlobPath(sha256_hex));
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.ok()) return SystemError("open", path);
    std::string bytes(kReadBytes, '\0');
    size_t length = 0;
    while (length < bytes.size()) {
      const ssize_t n = pread(file.get(), bytes.data() + length, bytes.size() - length,
                              offset + static_cast<int64_t>(length));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return SystemError("read", path);
      if (n == 0) break;
      length += static_cast<size_t>(n);
    }
    bytes.resize(length);
    return bytes;
  }

  absl::StatusOr<std::string> Put(std::string_view bytes) override {
    const std::string hash = platform::Sha256Hex(bytes);
    ASSIGN_OR_RETURN(const std::string blob, BlobPath(hash));
    if (Holds(blob, static_cast<int64_t>(bytes.size()))) return hash;
    std::string path = directory_ + "/uploads/put-XXXXXX";
    {
      const Descriptor file(mkostemp(path.data(), O_CLOEXEC));
      if (!file.ok()) return SystemError("make", path);
      if (absl::Status status = WriteAll(file, bytes, 0, path); !status.ok()) {
        unlink(path.c_str());
        return status;
      }
    }
    RETURN_IF_ERROR(Install(path, blob));
    return hash;
  }

 private:
  absl::StatusOr<std::string> UploadPath(const std::string& upload_id) const {
    if (!platform::IsId(upload_id)) return platform::Internal("not an upload id: " + upload_id);
    return absl::StrCat(directory_, "/uploads/", upload_id);
  }
  absl::StatusOr<std::string> BlobPath(const std::string& sha256_hex) const {
    if (sha256_hex.size() != 64 ||
        sha256_hex.find_first_not_of("0123456789abcdef") != std::string::npos) {
      return platform::Internal("not a SHA-256: " + sha256_hex);
    }
    return absl::StrCat(directory_, "/blobs/", sha256_hex.substr(0, 2), "/", sha256_hex);
  }
  static bool Holds(const std::string& blob, int64_t size) {
    struct stat info = {};
    return stat(blob.c_str(), &info) == 0 && info.st_size == size;
  }
  static absl::Status Incomplete(int64_t received, int64_t size) {
    return platform::FailedPrecondition(
        "FILE_INCOMPLETE", {"Tệp chưa được tải lên đủ.", "Parts of the file are still missing."},
        {{"received_bytes", absl::StrCat(received)}, {"size_bytes", absl::StrCat(size)}});
  }
  // Gives a whole, synced file its lasting name.
  absl::Status Install(const std::string& path, const std::string& blob) const {
    const std::string folder = std::filesystem::path(blob).parent_path();
    if (mkdir(folder.c_str(), 0750) == 0) {
      RETURN_IF_ERROR(SyncFolder(directory_ + "/blobs"));
    } else if (errno != EEXIST) {
      return SystemError("make", folder);
    }
    if (rename(path.c_str(), blob.c_str()) != 0) return SystemError("rename", path);
    return SyncFolder(folder);
  }

  const std::string directory_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<BlobStore>> OpenLocalBlobs(const std::string& directory) {
  for (const char* part : {"", "/uploads", "/blobs"}) {
    std::error_code error;
    std::filesystem::create_directories(directory + part, error);
    if (error) {
      return absl::FailedPreconditionError("cannot make folder " + directory + part + ": " +
                                           error.message());
    }
  }
  if (access(directory.c_str(), W_OK) != 0) {
    return absl::FailedPreconditionError("cannot write into " + directory);
  }
  return std::make_unique<LocalBlobs>(directory);
}

}  // namespace thidua::files
