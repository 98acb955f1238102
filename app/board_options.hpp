#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/command_line.hpp"
#include "app/paper_size.hpp"
#include "geo/dataset.hpp"
#include "render/compose.hpp"

namespace battlemap::app {

/// What commands that print boards for villages have in common.
struct BoardOptions {
  std::filesystem::path project;
  std::string paper = "A3", theme = "paper", language = "zh", audience;
  bool landscape = false, portrait = false;
  double dpi = 300;
  std::optional<int> year;
};
void add_board_options(Command command, BoardOptions& options);

/// The options checked, before any data are read.
struct BoardSetting {
  Paper paper;
  render::SheetRequest request;  ///< without map and place
  std::optional<geo::Audience> audience;
  std::optional<int> year;
  std::string text;  ///< all of it in one line: two settings with one text make the same sheets
};
/// Throws UsageError.
BoardSetting check_board_options(const BoardOptions& options);

/// Everything boards are drawn from, of what lies within a place (code or name; empty: all), exits judged at the
/// year shown.
std::shared_ptr<const render::Atlas> load_boards(const geo::Project& project, const BoardSetting& setting,
                                                 const std::string& within);

/// The project's maps that have panels, in order: the six maps, and a seventh. Throws geo::Error when there are
/// none.
std::vector<const render::MapSpec*> board_maps(const render::Atlas& atlas);

}  // namespace battlemap::app
