#include "geo/pack_identity.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "geo/pack_file.hpp"

namespace battlemap::geo {
namespace {

namespace fs = std::filesystem;

/// "/vsizip//data/a.zip/b.shp" lies in "/data/a.zip": the longest start of the path that is a file.
std::optional<fs::path> archive_of(std::string_view dataset) {
  if (!dataset.starts_with("/vsi")) return std::nullopt;
  const std::size_t slash = dataset.find('/', 1);
  if (slash == std::string_view::npos) return std::nullopt;
  std::error_code ignored;
  for (fs::path path = dataset.substr(slash + 1); path.has_relative_path(); path = path.parent_path())
    if (fs::is_regular_file(path, ignored)) return path;
  return std::nullopt;
}

void add_folder(const fs::path& folder, std::vector<fs::path>& files) {
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, ignored))
    if (entry.is_regular_file(ignored)) files.push_back(entry.path());
}

/// Packs themselves lie beside their sources.
void add_companions(const fs::path& file, std::vector<fs::path>& files) {
  const std::string stem = file.stem().string() + ".";
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(file.parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    const bool pack = entry.path().extension() == ".pack" || name.find(".pack.") != std::string::npos;
    if (name.starts_with(stem) && !pack && entry.is_regular_file(ignored)) files.push_back(entry.path());
  }
}

/// Size and time of change to the nanosecond.
std::string facts_of(const fs::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) return "none";
  return fmt::format("{} bytes of {}.{:09}", facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec);
}

std::string hash_of_file(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return "none";  // a pipe could be waited on for ever
  std::ifstream in(file, std::ios::binary);
  if (!in) return "none";
  std::ostringstream text;
  text << in.rdbuf();
  const std::string bytes = text.str();
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{} bytes {:016x}{:016x}", bytes.size(), hash.high64, hash.low64);
}

std::set<std::string> datasets_of(const Project& project) {
  std::set<std::string> datasets;
  for (const BoundarySource& source : project.boundaries) datasets.insert(source.dataset);
  for (const StatisticsSource& source : project.statistics) datasets.insert(source.dataset);
  for (const WaterSource& source : project.water) datasets.insert(source.dataset);
  return datasets;
}

fs::path cache_folder() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache == '/') return fs::path(cache) / "battlemap";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') return fs::path(home) / ".cache" / "battlemap";
  return {};
}

}  // namespace

std::vector<fs::path> files_of_source(const std::string& dataset) {
  std::vector<fs::path> files;
  std::error_code ignored;
  if (const auto archive = archive_of(dataset)) return {*archive};
  const fs::path path = dataset;
  if (fs::is_directory(path, ignored))
    add_folder(path, files);
  else if (fs::is_regular_file(path, ignored))
    add_companions(path, files);
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<std::string> pack_identity(const Project& project) {
  std::string text = fmt::format("pack {}\n", PackFile::version);
  for (const fs::path& file : {project.file, project.indicators_file, project.provenance_file})
    text += fmt::format("{}\t{}\n", file.filename().string(), file.empty() ? "none" : hash_of_file(file));
  for (const std::string& dataset : datasets_of(project)) {
    const std::vector<fs::path> files = files_of_source(dataset);
    if (files.empty()) return std::nullopt;
    // Relative, so that a folder may be moved with its pack.
    for (const fs::path& file : files)
      text += fmt::format("{}\t{}\n", file.lexically_relative(project.folder).string(), facts_of(file));
  }
  return text;
}

std::string identity_difference(const std::string& packed, const std::string& now) {
  std::istringstream before(packed), after(now);
  std::string old_line, line;
  while (std::getline(after, line))
    if (!std::getline(before, old_line) || old_line != line)
      return line.starts_with("pack ") ? "this program makes them otherwise" : line.substr(0, line.find('\t')) + " changed";
  return "it was made from more files";
}

std::vector<fs::path> pack_places(const Project& project) {
  std::vector<fs::path> places{project.folder / (project.file.stem().string() + ".pack")};
  const std::string file = project.file.string();
  if (const fs::path cache = cache_folder(); !cache.empty())
    places.push_back(cache / fmt::format("{:016x}.pack", XXH3_64bits(file.data(), file.size())));
  return places;
}

}  // namespace battlemap::geo
