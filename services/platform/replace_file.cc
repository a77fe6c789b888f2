#include "platform/replace_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace thidua::platform {
namespace {

absl::Status Failed(const std::string& file) {
  return absl::UnavailableError("cannot write " + file + ": " + std::strerror(errno));
}

bool WriteAll(int fd, const std::string& text) {
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t wrote = ::write(fd, text.data() + done, text.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    done += static_cast<size_t>(wrote);
  }
  return ::fsync(fd) == 0;
}

// A rename is on disk when its folder is.
bool SyncFolderOf(const std::string& file) {
  const size_t slash = file.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : file.substr(0, slash + 1);
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  return synced;
}

}  // namespace

absl::Status ReplaceFile(const std::string& file, const std::string& text) {
  std::string fresh = file + ".XXXXXX";
  const int fd = ::mkostemp(fresh.data(), O_CLOEXEC);
  if (fd < 0) return Failed(file);
  absl::Status status = WriteAll(fd, text) ? absl::OkStatus() : Failed(file);
  ::close(fd);
  if (status.ok() && std::rename(fresh.c_str(), file.c_str()) != 0) status = Failed(file);
  if (!status.ok()) {
    ::unlink(fresh.c_str());
    return status;
  }
  return SyncFolderOf(file) ? absl::OkStatus() : Failed(file);
}

}  // namespace thidua::platform
