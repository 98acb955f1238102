#pragma once
#include <filesystem>
#include <functional>
#include <memory>

#include "render/compose.hpp"

namespace battlemap::app {

/// A picture file to be made of what is shown.
struct ExportOrder {
  std::shared_ptr<const render::Atlas> atlas;
  std::shared_ptr<const render::TextEngine> text;
  render::SheetRequest request;  ///< as shown in the window (map area, camera)
  bool keep_view = false;  ///< the user moved the camera: the file shows the same land, else the whole place
  int width = 1920;
  int height = 1080;
  double dots_per_inch = 96;
  std::filesystem::path file;
};

/// The full sheet (title, legend, furniture) that shows at least the land the map area shows.
render::Sheet export_sheet(const ExportOrder& order);

/// Paints it with the current OpenGL context and writes the PNG.
void export_picture(const ExportOrder& order, const std::function<void(double)>& progress);

}  // namespace battlemap::app
