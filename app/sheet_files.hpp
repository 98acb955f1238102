#pragma once
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/division.hpp"
#include "render/map_spec.hpp"

namespace battlemap::app {

enum class SheetFormat { pdf, png, svg };
inline constexpr std::array<SheetFormat, 3> all_sheet_formats{SheetFormat::pdf, SheetFormat::png, SheetFormat::svg};
std::string_view sheet_format_id(SheetFormat format);  ///< "pdf", ...: also the file's ending
/// "pdf,png": each once, in that order. Throws UsageError naming the nearest.
std::vector<SheetFormat> parse_sheet_formats(std::string_view list);

/// The folder of a village's sheets: "630223106201-班彦村".
std::string village_folder(const geo::Division& village);
/// "1-profile.pdf"; `number` is the map's place among the boards, from 1; 0: it is none, and has no number.
std::string sheet_file(const render::MapSpec& map, std::size_t number, SheetFormat format);

/// The parts of "a,b", without blanks around them; empty ones are left out.
std::vector<std::string> split_list(std::string_view list);

}  // namespace battlemap::app
