// What the fuzzers share. A fuzzer is one file with LLVMFuzzerTestOneInput; in the preset "fuzz" it
// is linked with libFuzzer, elsewhere with replay_main.cc, which runs it over the files of its
// corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace thidua::fuzz {

// Ends the process, naming what did not hold, so that both libFuzzer and ctest see it.
#define FUZZ_CHECK(what)                                                             \
  do {                                                                               \
    if (!(what)) {                                                                   \
      std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #what); \
      std::abort();                                                                  \
    }                                                                                \
  } while (false)

inline std::string_view TextOf(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Takes the text up to the next line end, and the line end, off the front of `rest`.
inline std::string_view TakeLine(std::string_view* rest) {
  const size_t end = rest->find('\n');
  const std::string_view line = rest->substr(0, end);
  rest->remove_prefix(end == std::string_view::npos ? rest->size() : end + 1);
  return line;
}

}  // namespace thidua::fuzz
