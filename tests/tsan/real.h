// What stands behind a definition of ours: the library's own.
#pragma once

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

namespace thidua::tsan {

// By its mangled name. Looked up before the first use, and again by another thread at the same
// moment: the same is found.
inline void* Real(const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  if (found == nullptr) {
    std::fprintf(stderr, "no library has %s\n", name);
    std::abort();
  }
  return found;
}

}  // namespace thidua::tsan
