#include "app/input_state.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <set>

#include "demo/sha256.hpp"

namespace battlemap::app {
namespace {

namespace fs = std::filesystem;

void add_file(const fs::path& file, std::set<std::string>& lines) {
  std::error_code error;
  const auto bytes = fs::file_size(file, error);
  if (error) return;
  const auto changed = fs::last_write_time(file, error).time_since_epoch().count();
  lines.insert(fmt::format("{} {} {}\n", file.string(), bytes, changed));
}

void add_folder(const fs::path& folder, std::set<std::string>& lines) {
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error); entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    if (error) return;
    if (entry->is_regular_file(error)) add_file(entry->path(), lines);
  }
}

/// A file, and those beside it of the same name: a shapefile is several, a GeoPackage being edited has a journal.
void add_with_siblings(const fs::path& file, std::set<std::string>& lines) {
  std::error_code error;
  const std::string stem = file.stem().string();
  for (auto entry = fs::directory_iterator(file.parent_path(), error); entry != fs::directory_iterator();
       entry.increment(error)) {
    if (error) return;
    const std::string name = entry->path().filename().string();
    if (name.rfind(stem + ".", 0) == 0 && entry->is_regular_file(error)) add_file(entry->path(), lines);
  }
}

void add_source(const std::string& dataset, std::set<std::string>& lines, std::set<std::string>& unknown) {
  std::error_code error;
  const fs::path path(dataset);
  if (fs::is_directory(path, error))
    add_folder(path, lines);
  else if (fs::is_regular_file(path, error))
    add_with_siblings(path, lines);
  else
    unknown.insert(dataset);
}

}  // namespace

InputState input_state(const geo::Project& project) {
  std::set<std::string> lines, unknown;
  for (const fs::path& file : {project.file, project.indicators_file, project.palettes_file, project.figures_file,
                               project.categories_file, project.audience_file, project.provenance_file})
    add_file(file, lines);
  add_folder(project.maps_folder, lines);
  add_folder(project.criteria_folder, lines);
  for (const auto& source : project.boundaries) add_source(source.dataset, lines, unknown);
  for (const auto& source : project.statistics) add_source(source.dataset, lines, unknown);
  for (const auto& source : project.water) add_source(source.dataset, lines, unknown);
  for (const auto& source : project.records) add_source(source.dataset, lines, unknown);
  add_file(fs::read_symlink("/proc/self/exe"), lines);  // another build may draw otherwise
  InputState state;
  for (const std::string& line : lines) state.files += line;
  state.unknown.assign(unknown.begin(), unknown.end());
  return state;
}

std::string fingerprint(const InputState& inputs, const std::string& options) {
  return demo::sha256_of(options + '\n' + inputs.files);
}

}  // namespace battlemap::app
