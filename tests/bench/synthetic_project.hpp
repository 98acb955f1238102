#pragma once
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "demo/demo.hpp"
#include "geo/error.hpp"

namespace battlemap::bench {

/// A folder of its own, removed with all that is in it.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "battlemap-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) geo::fail("{} cannot be made", name);
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A project with a coverage of so many villages, as `battlemap demo --synthetic` makes it: once a process.
inline std::filesystem::path synthetic_project(std::size_t villages) {
  static const ScratchFolder scratch;
  static std::map<std::size_t, std::filesystem::path> made;
  const auto [entry, is_new] = made.try_emplace(villages, scratch.path() / std::to_string(villages));
  if (is_new) demo::build_synthetic({.folder = entry->second, .villages = villages});
  return entry->second;
}

}  // namespace battlemap::bench
