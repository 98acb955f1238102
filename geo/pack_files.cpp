#include "geo/pack_files.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "geo/pack_contents.hpp"
#include "geo/pack_identity.hpp"
#include "geo/whole_file.hpp"

namespace battlemap::geo {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view outside = "outside";

/// The path below the project's folder; empty when it lies elsewhere.
fs::path within(const fs::path& folder, const fs::path& path) {
  const fs::path relative = path.lexically_relative(folder);
  return relative.empty() || *relative.begin() == ".." ? fs::path{} : relative;
}

class Carrier {
 public:
  explicit Carrier(const Project& project) : project_(project) {}

  void add(const fs::path& path, const std::string& dataset = {}) {
    std::error_code ignored;
    if (path.empty()) return;
    if (fs::is_directory(path, ignored)) {
      for (const auto& entry : fs::recursive_directory_iterator(path, ignored))
        if (entry.is_regular_file(ignored)) add_file(entry.path(), dataset);
    } else if (fs::is_regular_file(path, ignored)) {
      add_file(path, dataset);
    }
  }
  std::vector<CarriedFile> take() { return std::move(files_); }

 private:
  void add_file(const fs::path& file, const std::string& dataset) {
    fs::path name = within(project_.folder, file);
    if (name.empty()) name = fs::path(outside) / folder_for(file.parent_path()) / file.filename();
    const auto same = [&](const CarriedFile& other) { return other.from == file; };
    if (std::none_of(files_.begin(), files_.end(), same)) files_.push_back({name.string(), file, dataset});
  }
  /// Files that belong together stay beside each other.
  std::string folder_for(const fs::path& parent) {
    const auto known = std::find(parents_.begin(), parents_.end(), parent);
    const auto number = known - parents_.begin();
    if (known == parents_.end()) parents_.push_back(parent);
    return std::to_string(number);
  }
  const Project& project_;
  std::vector<CarriedFile> files_;
  std::vector<fs::path> parents_;
};

/// A name that a pack gives must stay below the folder it is unpacked into.
bool is_safe(const fs::path& name) {
  return !name.empty() && name.is_relative() && name == name.lexically_normal() &&
         std::none_of(name.begin(), name.end(), [](const fs::path& part) { return part == ".." || part == "."; });
}

/// A folder for temporary files, removed with its contents.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "battlemap-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw WriteError(fmt::format("cannot make a folder for temporary files {}", name));
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void unpack(const PackFile& pack, const json& list, const fs::path& folder) {
  const json& files = list.at("files");
  for (std::size_t i = 0; i < files.size(); ++i) {
    const fs::path name = files.at(i).at("name").get<std::string>();
    if (!is_safe(name)) pack.fail(fmt::format("carries a file of the name '{}'", name.string()));
    const auto bytes = pack.piece(pack_name(PackKind::file, i));
    fs::create_directories((folder / name).parent_path());
    WholeFile out(folder / name);
    out.write_all({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    out.finish();
  }
}

/// Sources from outside the project's folder are where they were unpacked. The project file names them by a whole path or
/// by one relative to the folder it was packed from.
void find_outside(const json& list, const fs::path& folder, Project& project) {
  const fs::path original = list.at("folder").get<std::string>();
  for (const json& file : list.at("files")) {
    const std::string dataset = file.at("dataset").get<std::string>();
    const bool main_file = fs::path(dataset).filename() == fs::path(file.at("name").get<std::string>()).filename();
    for (RecordSource& source : project.records) {
      const fs::path relative = fs::path(source.dataset).lexically_relative(folder);
      const bool meant = source.dataset == dataset || (original / relative).lexically_normal() == dataset;
      if (main_file && meant) source.dataset = (folder / file.at("name").get<std::string>()).string();
    }
  }
}

}  // namespace

std::vector<CarriedFile> carried_files(const Project& project) {
  Carrier carrier(project);
  carrier.add(project.file);  // first: see project_of_pack()
  for (const fs::path& path : {project.indicators_file, project.maps_folder, project.palettes_file, project.figures_file,
                               project.criteria_folder, project.categories_file, project.audience_file, project.provenance_file})
    carrier.add(path);
  for (const RecordSource& source : project.records) {
    const std::vector<fs::path> files = files_of_source(source.dataset);
    if (files.empty()) fail("{}: these records are no file, so no pack can carry them", source.dataset);
    for (const fs::path& file : files) carrier.add(file, within(project.folder, source.dataset).empty() ? source.dataset : "");
  }
  return carrier.take();
}

std::string list_of(const Project& project, const std::vector<CarriedFile>& files) {
  json list = json::array();
  for (const CarriedFile& file : files) list.push_back({{"name", file.name}, {"dataset", file.dataset}});
  return json{{"folder", project.folder.string()}, {"files", std::move(list)}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool is_pack(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return false;
  std::ifstream in(file, std::ios::binary);
  std::string begin(PackFile::magic.size(), '\0');
  in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return in && begin == PackFile::magic;
}

Project project_of_pack(const fs::path& file) {
  const auto pack = PackFile::open(file);
  const auto text = pack->piece(pack_name(PackKind::file_names));
  const auto folder = std::make_shared<TemporaryFolder>();
  try {
    const json list = json::parse(std::string_view(reinterpret_cast<const char*>(text.data()), text.size()));
    unpack(*pack, list, folder->path());
    Project project = read_project(folder->path() / list.at("files").at(0).at("name").get<std::string>());
    find_outside(list, folder->path(), project);
    project.pack = pack;
    project.file = std::filesystem::absolute(file).lexically_normal();
    project.unpacked = folder;
    return project;
  } catch (const json::exception& e) {
    pack->fail(fmt::format("its list of files cannot be read: {}", e.what()));
  }
}

}  // namespace battlemap::geo
