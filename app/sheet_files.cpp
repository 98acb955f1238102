#include "app/sheet_files.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "app/safe_name.hpp"
#include "geo/nearest.hpp"
#include "render/label_text.hpp"

namespace battlemap::app {
namespace {

SheetFormat parse_format(const std::string& text) {
  std::vector<std::string> known;
  for (const SheetFormat format : all_sheet_formats) {
    if (text == sheet_format_id(format)) return format;
    known.emplace_back(sheet_format_id(format));
  }
  geo::fail_unknown("format", text, known);
}

}  // namespace

std::string_view sheet_format_id(SheetFormat format) {
  if (format == SheetFormat::png) return "png";
  return format == SheetFormat::svg ? "svg" : "pdf";
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view part = list.substr(0, comma);
    const std::size_t first = part.find_first_not_of(' ');
    if (first != std::string_view::npos) parts.emplace_back(part.substr(first, part.find_last_not_of(' ') - first + 1));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

std::vector<SheetFormat> parse_sheet_formats(std::string_view list) {
  std::vector<SheetFormat> formats;
  for (const std::string& part : split_list(list))
    if (const SheetFormat format = parse_format(part);
        std::find(formats.begin(), formats.end(), format) == formats.end())
      formats.push_back(format);
  if (formats.empty()) throw geo::UsageError("--format: write one or more of pdf, png, svg, e.g. pdf,png");
  return formats;
}

std::string village_folder(const geo::Division& village) {
  return village.code.text() + "-" + safe_name(render::label_name(village.name, geo::Level::village));
}

std::string sheet_file(const render::MapSpec& map, std::size_t number, SheetFormat format) {
  const std::string name = safe_name(map.id);
  return number == 0 ? fmt::format("{}.{}", name, sheet_format_id(format))
                     : fmt::format("{}-{}.{}", number, name, sheet_format_id(format));
}

}  // namespace battlemap::app
