// Runs a fuzz target on every file of a corpus, with any compiler: what a fuzzer once found stays fixed.
//   replay_X FOLDER...
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "fuzz.hpp"

int main(int count, char** arguments) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i]))
      if (entry.is_regular_file()) files.push_back(entry.path());
  if (files.empty()) {
    fmt::print(stderr, "no file in the corpus\n");
    return 2;
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) return fmt::print(stderr, "{}: cannot be read\n", file.string()), 2;
    // Said before: a target that ends the process cannot say it after.
    fmt::print(stderr, "{}\n", file.filename().string());
    // In memory of exactly this size, so that a sanitizer sees a byte read too many.
    std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  fmt::print("{} inputs\n", files.size());
}
