#include "demo/manifest.hpp"

#include <fmt/format.h>

#include <chrono>
#include <iterator>
#include <sstream>

#include "demo/fetch.hpp"
#include "demo/text_file.hpp"
#include "demo/water.hpp"

namespace battlemap::demo {
namespace {

/// To be raised with every change of what is generated: older folders are then made anew.
constexpr int generator_version = 6;

constexpr std::string_view files_heading = "files\n";

}  // namespace

Manifest::Manifest(std::filesystem::path folder)
    : folder_(std::move(folder)), file_(folder_ / "manifest.txt") {}

std::string Manifest::inputs_of(Source source, std::uint64_t seed) {
  std::string text = fmt::format("generator {}\nsource {}\nseed {}\n", generator_version,
                                 source == Source::fetched ? "fetched" : "stand-in", seed);
  if (source == Source::stand_in) return text;
  for (const Package& package : demo_packages())
    fmt::format_to(std::back_inserter(text), "input {}@{} sha256 {}\n", package.name, package.version,
                   package.sha256);
  text += std::filesystem::exists(river_file()) ? "rivers Natural Earth\n" : "rivers none\n";
  return text;
}

bool Manifest::matches(const std::string& inputs) const {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file_, error)) return false;
  const std::string text = read_text(file_);
  if (!text.starts_with(inputs + std::string(files_heading))) return false;
  std::istringstream lines(text.substr(inputs.size() + files_heading.size()));
  std::string name;
  for (std::uintmax_t size = 0; lines >> name >> size;)
    if (std::filesystem::file_size(folder_ / name, error) != size || error) return false;
  return true;
}

void Manifest::remove() const {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

void Manifest::write(const std::string& inputs, const std::vector<std::string>& files) const {
  std::string text = inputs + std::string(files_heading);
  for (const std::string& file : files)
    fmt::format_to(std::back_inserter(text), "{} {}\n", file, std::filesystem::file_size(folder_ / file));
  write_text(file_, text);
}

bool Manifest::recent() const {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(file_, error);
  return !error && std::filesystem::file_time_type::clock::now() - written < std::chrono::hours(1);
}

}  // namespace battlemap::demo
