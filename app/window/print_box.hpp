#pragma once
#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/paper_size.hpp"
#include "render/compose.hpp"
#include "render/print_fonts.hpp"

namespace battlemap::app {

inline constexpr std::array<const char*, 5> print_papers{"A4", "A3", "A2", "A1", "A0"};
inline constexpr std::array<int, 3> print_resolutions{150, 200, 300};
enum class PrintKind { pdf, png, svg };
std::string_view extension_of(PrintKind kind);  ///< ".pdf", ...
enum class PrintScope { this_map, all_boards };

/// What the print dialog has chosen.
struct PrintBox {
  bool open = false;
  std::size_t paper = 1;       ///< of print_papers
  Orientation orientation = Orientation::landscape;
  std::size_t resolution = 2;  ///< of print_resolutions
  PrintKind kind = PrintKind::pdf;
  PrintScope scope = PrintScope::this_map;
  render::ThemeId theme = render::ThemeId::paper;
  std::string target;          ///< file; for several files, their folder
  bool target_edited = false;  ///< until then it follows what is chosen
  bool running = false;
  double progress = 0;
};
/// Several files, not one: the six maps as PNG or SVG.
bool makes_folder(const PrintBox& box);
/// Name of the file or folder that says what is in it: "630222-households-2016.pdf", "630222-2016-six-maps".
std::string suggested_target(const PrintBox& box, const std::string& place, const std::string& map, int year);

/// The request of a page: the whole place on that paper, whatever the window shows.
render::SheetRequest page_request(const render::SheetRequest& shown, const PrintBox& box);
/// The same page as a small picture for the dialog: its longer side takes `longer_side` pixels.
render::SheetRequest preview_request(const render::SheetRequest& shown, const PrintBox& box, int longer_side);

struct PrintOrder {
  std::shared_ptr<const render::Atlas> atlas;
  std::shared_ptr<const render::TextEngine> text;
  std::shared_ptr<render::PrintFonts> fonts;
  std::vector<render::SheetRequest> pages;
  Paper paper;
  PrintKind kind = PrintKind::pdf;
  std::filesystem::path target;
  bool folder = false;
};
/// Writes the pages: one PDF of all, or one file each in a folder that is made. PNG needs a current OpenGL
/// context. Returns the file or folder. Throws geo::Error.
std::filesystem::path print_pages(const PrintOrder& order, const std::function<void(double)>& progress);

}  // namespace battlemap::app
