#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "demo/demo.hpp"

namespace battlemap::demo {

/// What generated/ was made from, and the files that belong to it; written last, so a folder with a matching
/// manifest is complete.
class Manifest {
 public:
  explicit Manifest(std::filesystem::path folder);
  /// What would be made now: version of the generator, source, seed, digests of the inputs, rivers or none.
  static std::string inputs_of(Source source, std::uint64_t seed);
  /// The folder was made from `inputs` and each of its files has the size it was written with.
  bool matches(const std::string& inputs) const;
  /// Before anything in the folder is replaced.
  void remove() const;
  void write(const std::string& inputs, const std::vector<std::string>& files) const;
  /// Written within the last hour.
  bool recent() const;

 private:
  std::filesystem::path folder_, file_;
};

}  // namespace battlemap::demo
