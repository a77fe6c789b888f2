// A disk of its own for a stack, small enough to be filled up.
#pragma once

#include <string>

#include "support/test_server.h"

namespace thidua::chaos {

// A tmpfs that only this process and its children see, where folders made in the usual way (TMPDIR)
// come to lie. To be made before threads that look at files, and as root.
class SmallDisk {
 public:
  explicit SmallDisk(int megabytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  // Takes all but so much.
  void FillUpTo(int megabytes_left);
  void Free();

 private:
  test::TempDir directory_;
  std::string tmpdir_before_;
};

}  // namespace thidua::chaos
