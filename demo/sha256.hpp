#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace battlemap::demo {

/// 64 lower-case hex digits. Throws geo::Error when the file cannot be read.
std::string sha256_of_file(const std::filesystem::path& file);
std::string sha256_of(std::string_view bytes);
/// Throws geo::Error naming the file, the digest expected and the one found, and what to do.
void require_sha256(const std::filesystem::path& file, std::string_view expected);

}  // namespace battlemap::demo
