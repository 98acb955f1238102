#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace battlemap::demo {

struct ProcessResult {
  enum class End { exited, not_found, timed_out } end = End::exited;
  int exit_code = 0;
  std::string output;  ///< standard output and error together, at most the last 2,000 bytes
};
/// Runs a program found on PATH in `folder`, without a shell and without standard input. After `limit` it and
/// what it started are killed. Throws geo::Error when it cannot be started for another reason than not being
/// there.
ProcessResult run_process(const std::vector<std::string>& command, const std::filesystem::path& folder,
                          std::chrono::seconds limit);

}  // namespace battlemap::demo
