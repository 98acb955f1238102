#include "demo/text_file.hpp"

#include <fstream>
#include <sstream>

#include "geo/error.hpp"

namespace battlemap::demo {

void write_text(const std::filesystem::path& file, std::string_view text) {
  const std::filesystem::path partial = file.string() + ".part";
  {
    std::ofstream out(partial, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.flush();
    if (!out)
      geo::fail("cannot write {}: is the folder writable, and is there room on the disk?", file.string());
  }
  std::error_code error;
  std::filesystem::rename(partial, file, error);
  if (error) geo::fail("cannot write {}: {}", file.string(), error.message());
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) geo::fail("cannot read {}", file.string());
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!std::filesystem::is_directory(folder))
    geo::fail("cannot make the folder {}: {}", folder.string(), error.message());
}

}  // namespace battlemap::demo
