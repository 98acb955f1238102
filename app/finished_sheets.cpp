#include "app/finished_sheets.hpp"

#include <fmt/core.h>
#include <signal.h>  // kill() is POSIX's, not <csignal>'s

#include <cerrno>
#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

#include "geo/whole_file.hpp"

namespace battlemap::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* list_name = ".finished";
constexpr std::string_view part_ending = ".part";

/// NAME.PID.part: the process that writes it.
std::optional<pid_t> writer_of(const std::string& name) {
  if (!name.ends_with(part_ending)) return std::nullopt;
  const std::string stem = name.substr(0, name.size() - part_ending.size());
  const std::size_t dot = stem.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  pid_t pid = 0;
  const auto read = std::from_chars(stem.data() + dot + 1, stem.data() + stem.size(), pid);
  if (read.ec != std::errc{} || read.ptr != stem.data() + stem.size() || pid <= 0) return std::nullopt;
  return pid;
}

bool is_running(pid_t pid) {
  return kill(pid, 0) == 0 || errno == EPERM;
}

}  // namespace

FinishedSheets::FinishedSheets(fs::path folder) : folder_(std::move(folder)) {
  std::ifstream in(folder_ / list_name);
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    Entry entry;
    std::string name;
    if (fields >> entry.fingerprint >> entry.bytes && std::getline(fields >> std::ws, name)) entries_[name] = entry;
  }
}

bool FinishedSheets::has(const std::string& name, const std::string& fingerprint) const {
  const auto entry = entries_.find(name);
  if (entry == entries_.end() || entry->second.fingerprint != fingerprint) return false;
  std::error_code error;
  const auto bytes = fs::file_size(folder_ / name, error);
  return !error && bytes == entry->second.bytes;
}

void FinishedSheets::add(const std::string& name, const std::string& fingerprint) {
  std::error_code error;
  entries_[name] = {fingerprint, fs::file_size(folder_ / name, error)};
}

void FinishedSheets::save() const {
  std::string text;
  for (const auto& [name, entry] : entries_)
    text += fmt::format("{} {} {}\n", entry.fingerprint, entry.bytes, name);
  geo::WholeFile file(folder_ / list_name);
  file.write_all(text);
  file.finish();
}

void FinishedSheets::remove_parts() const {
  std::error_code error;
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const auto pid = writer_of(entry.path().filename().string());
    if (pid && !is_running(*pid)) left.push_back(entry.path());
  }
  for (const fs::path& part : left) fs::remove(part, error);
}

}  // namespace battlemap::app
