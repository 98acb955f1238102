#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace battlemap::demo {

/// Writes beside and renames: the file is whole or not there. Throws geo::Error naming it.
void write_text(const std::filesystem::path& file, std::string_view text);
/// Throws geo::Error naming the file.
std::string read_text(const std::filesystem::path& file);
/// Throws geo::Error when the folder neither exists nor can be made.
void make_folder(const std::filesystem::path& folder);

}  // namespace battlemap::demo
