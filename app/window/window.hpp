#pragma once
#include <filesystem>
#include <optional>

#include "app/window/view_state.hpp"
#include "render/painter.hpp"

namespace battlemap::app {

/// What `battlemap view` was asked for.
struct WindowOptions {
  std::filesystem::path project;
  ViewStart start;
  std::optional<geo::Audience> audience;  ///< nullopt: the project's
  int width = 1440;
  int height = 900;
  std::optional<std::filesystem::path> screenshot;  ///< save the first exact picture and end
  std::optional<std::filesystem::path> script;      ///< play it and end
  render::Engine engine = render::Engine::automatic;
  bool timings = false;                             ///< print what frames and changes took
};

/// Opens the window and runs it until it is closed. Throws geo::Error for what cannot be shown in a window:
/// no display, a name on the command line that the project does not have, a failed script.
void run_window(const WindowOptions& options);

}  // namespace battlemap::app
