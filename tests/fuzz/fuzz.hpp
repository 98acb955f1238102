#pragma once
#include <fmt/format.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "geo/error.hpp"

/// What libFuzzer calls, and replay.cpp with the files of a corpus: any bytes. Ends the process when a promise does not hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace battlemap::fuzz {

/// Ends the process where a promise of the code under test does not hold; what the fuzzer then keeps is the input.
inline void require(bool holds, std::string_view promise) {
  if (holds) return;
  fmt::print(stderr, "promise broken: {}\n", promise);
  std::fflush(stderr);
  std::abort();
}

/// Runs `work`; an error for the user is an answer (its message must say something), anything else ends the process.
template <class Work>
void answered(const Work& work) {
  try {
    work();
  } catch (const geo::Error& error) {
    require(std::strlen(error.what()) > 10, "an error tells what is wrong");
  }
}

/// Takes values from the front of an input; zeros when it is used up.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}
  std::size_t left() const { return rest_.size(); }
  std::uint8_t byte() { return static_cast<std::uint8_t>(take(1)[0]); }
  /// 0 to `below` - 1.
  std::size_t choice(std::size_t below) { return byte() % below; }
  /// Any bits at all: also not-a-number, infinities, denormals.
  double any_double() {
    const std::string eight = take(8);
    std::uint64_t bits = 0;
    std::memcpy(&bits, eight.data(), sizeof bits);
    return std::bit_cast<double>(bits);
  }
  /// What stands before the next `end`, which goes as well; all the rest without one.
  std::string_view until(char end) {
    const std::size_t at = rest_.find(end);
    const std::string_view part = rest_.substr(0, at);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + 1);
    return part;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string take(std::size_t count) {
    std::string bytes(count, '\0');
    const std::size_t here = std::min(count, rest_.size());
    bytes.replace(0, here, rest_.substr(0, here));
    rest_.remove_prefix(here);
    return bytes;
  }
  std::string_view rest_;
};

/// A folder of this process in memory, if there is such a file system, that goes with it.
class ScratchFolder {
 public:
  ScratchFolder() {
    const std::filesystem::path memory = "/dev/shm";
    std::error_code none;
    std::string name =
        ((std::filesystem::is_directory(memory, none) ? memory : std::filesystem::temp_directory_path()) /
         "battlemap-fuzz-XXXXXX")
            .string();
    require(mkdtemp(name.data()) != nullptr, "a folder for scratch files");
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code none;
    std::filesystem::remove_all(path_, none);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::string write(const std::string& name, std::string_view bytes) const {
    const std::string file = (path_ / name).string();
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace battlemap::fuzz
