#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace battlemap::app {

/// Which files of one folder are finished, and what they were made from: kept in the folder itself, in
/// ".finished", so that a run can go on where a killed one stopped. A line each: fingerprint, bytes, name.
class FinishedSheets {
 public:
  /// Reads what is there; a folder or list that is not there, or is damaged, counts as nothing finished.
  explicit FinishedSheets(std::filesystem::path folder);
  /// The file is there, as long as it was, made from the same.
  bool has(const std::string& name, const std::string& fingerprint) const;
  void add(const std::string& name, const std::string& fingerprint);
  /// Throws geo::WriteError.
  void save() const;
  /// Removes what killed runs left half-written.
  void remove_parts() const;

 private:
  struct Entry {
    std::string fingerprint;
    std::uintmax_t bytes = 0;
  };
  std::filesystem::path folder_;
  std::map<std::string, Entry> entries_;
};

}  // namespace battlemap::app
