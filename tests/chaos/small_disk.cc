#include "chaos/small_disk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace thidua::chaos {

SmallDisk::SmallDisk(int megabytes) {
  const char* before = std::getenv("TMPDIR");
  if (before != nullptr) tmpdir_before_ = before;
  const std::string options = "size=" + std::to_string(megabytes) + "M";
  // Mounts of a name space that ends with us.
  const bool mounted =
      ::unshare(CLONE_NEWNS) == 0 &&
      ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
      ::mount("tmpfs", directory_.path().c_str(), "tmpfs", 0, options.c_str()) == 0;
  EXPECT_TRUE(mounted) << std::strerror(errno);
  ::setenv("TMPDIR", directory_.path().c_str(), 1);
  ::setenv("THIDUA_MIN_FREE_MB", "0", 1);
}

SmallDisk::~SmallDisk() {
  ::unsetenv("THIDUA_MIN_FREE_MB");
  if (tmpdir_before_.empty()) {
    ::unsetenv("TMPDIR");
  } else {
    ::setenv("TMPDIR", tmpdir_before_.c_str(), 1);
  }
  ::umount2(directory_.path().c_str(), MNT_DETACH);
}

void SmallDisk::FillUpTo(int megabytes_left) {
  struct statvfs disk = {};
  ASSERT_EQ(::statvfs(directory_.path().c_str(), &disk), 0);
  const auto free = static_cast<off_t>(disk.f_bavail * disk.f_frsize);
  const off_t taken = free - static_cast<off_t>(megabytes_left) * 1024 * 1024;
  ASSERT_GT(taken, 0);
  const int fd =
      ::open((directory_.path() + "/taken").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_GE(fd, 0);
  EXPECT_EQ(::posix_fallocate(fd, 0, taken), 0);
  ::close(fd);
}

void SmallDisk::Free() { EXPECT_EQ(::unlink((directory_.path() + "/taken").c_str()), 0); }

}  // namespace thidua::chaos
