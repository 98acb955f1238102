#include "geo/pack_builder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "geo/pack.hpp"
#include "geo/pack_identity.hpp"

namespace battlemap::geo {
namespace {

namespace fs = std::filesystem;

/// Held by the one process that makes the pack of a project. Its file, in the user's cache folder, stays: to remove it
/// would let a third process lock another file of the same name.
class PackLock {
 public:
  enum class Wait { no, yes };
  PackLock(const Project& project, Wait wait) {
    const fs::path pack = pack_places(project).back();
    std::error_code ignored;
    fs::create_directories(pack.parent_path(), ignored);
    descriptor_ = ::open((pack.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ >= 0) held_ = ::flock(descriptor_, LOCK_EX | (wait == Wait::no ? LOCK_NB : 0)) == 0;
  }
  ~PackLock() {
    if (descriptor_ >= 0) ::close(descriptor_);  // and with it the lock
  }
  PackLock(const PackLock&) = delete;
  PackLock& operator=(const PackLock&) = delete;
  /// False: another process has it. Where no lock can be made two may do the same work; the last one's pack stays.
  bool held() const { return held_ || descriptor_ < 0; }

 private:
  int descriptor_ = -1;
  bool held_ = false;
};

/// The first of the places of packs that can be written to.
fs::path writable_place(const Project& project) {
  const std::vector<fs::path> places = pack_places(project);
  for (const fs::path& place : places) {
    std::error_code ignored;
    fs::create_directories(place.parent_path(), ignored);
    if (::access(place.parent_path().c_str(), W_OK) == 0) return place;
  }
  throw WriteError(fmt::format("cannot write {}: its folder is closed to you, and so is your cache folder; name another file with --out",
                               places.front().string()));
}

Dataset load_unhidden(const Project& project, const std::function<void(const std::string&, double)>& progress) {
  Project from_sources = project;
  from_sources.use_packs = false;
  LoadOptions options;
  options.audience = Audience::field;
  return load_dataset(from_sources, options, progress);
}

}  // namespace

fs::path build_pack(const Project& project, const fs::path& file,
                    const std::function<void(const std::string&, double)>& progress) {
  if (file.empty() && !pack_identity(project))
    fail("{}: a source is no file, so nobody can tell whether a pack is still like it; name a file to pack it as it is now: --out FILE",
         project.file.string());
  const fs::path place = file.empty() ? writable_place(project) : file;
  const PackLock lock(project, PackLock::Wait::yes);
  std::string why_not;
  if (const auto made = file.empty() ? find_whole_pack(project, why_not) : nullptr) return made->path();
  const auto half = [&](double from) {
    return [&progress, from](const std::string& what, double share) {
      if (progress) progress(what, from + share / 2);
    };
  };
  const Dataset dataset = load_unhidden(project, half(0));
  if (pack_identity(project).value_or("") != dataset.source_identity)
    fail("{}: a source changed while it was read; pack it when nobody writes to it", project.file.string());
  write_pack(dataset, dataset.source_identity, place, half(0.5));
  return place;
}

fs::path pack_loaded(const Dataset& dataset,
                     const std::function<void(const std::string&, double)>& progress) {
  const fs::path place = writable_place(dataset.project);
  const PackLock lock(dataset.project, PackLock::Wait::no);
  if (!lock.held() || pack_identity(read_project(dataset.project.file)) != dataset.source_identity) return {};
  write_pack(dataset, dataset.source_identity, place, progress);
  return place;
}

}  // namespace battlemap::geo
