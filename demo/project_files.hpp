#pragma once
#include <cstddef>
#include <filesystem>

namespace battlemap::demo {

/// Where the demo project's committed files are: share/battlemap/qinghai in the folder of `program` or in one
/// above it (an installed program has it beside bin/, a build tree in itself). Throws geo::Error when there
/// is none.
std::filesystem::path find_project_files(const std::filesystem::path& program);
/// The running program's file.
std::filesystem::path this_program();

/// Copies a project without what is made (generated/, fetched/) into `to`, which is made when it is not
/// there. Files that exist stay as they are. Returns how many were copied. Throws geo::Error naming the file.
std::size_t copy_project_files(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace battlemap::demo
