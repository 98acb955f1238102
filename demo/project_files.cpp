#include "demo/project_files.hpp"

#include "demo/text_file.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

namespace fs = std::filesystem;

bool is_made(const fs::path& name) {
  return name == "generated" || name == "fetched";
}

bool copy_new(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(to, error))) return false;
  fs::copy_file(from, to, error);
  if (error) geo::fail("cannot copy {} to {}: {}", from.string(), to.string(), error.message());
  fs::permissions(to, fs::perms::owner_write, fs::perm_options::add, error);
  return true;
}

}  // namespace

fs::path this_program() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) geo::fail("cannot tell where this program is: {}", error.message());
  return program;
}

fs::path find_project_files(const fs::path& program) {
  for (fs::path folder = program.parent_path();; folder = folder.parent_path()) {
    std::error_code ignored;
    const fs::path files = folder / "share" / "battlemap" / "qinghai";
    if (fs::exists(files / "project.toml", ignored)) return files;
    if (folder == folder.parent_path()) break;
  }
  geo::fail(
      "the demo project's files (share/battlemap/qinghai) are neither beside {} nor above it; copy "
      "data/qinghai "
      "of the source tree by hand",
      program.string());
}

std::size_t copy_project_files(const fs::path& from, const fs::path& to) {
  make_folder(to);
  std::size_t copied = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(from, error), end; entry != end; entry.increment(error)) {
    const fs::path target = to / entry->path().lexically_relative(from);
    if (entry->is_directory() && is_made(entry->path().filename())) {
      entry.disable_recursion_pending();
    } else if (entry->is_directory()) {
      make_folder(target);
    } else if (entry->is_regular_file() && copy_new(entry->path(), target)) {
      ++copied;
    }
  }
  if (error) geo::fail("cannot read {}: {}", from.string(), error.message());
  return copied;
}

}  // namespace battlemap::demo
