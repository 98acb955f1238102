#include "app/window/exporter.hpp"

#include <algorithm>

#include "render/painter.hpp"

namespace battlemap::app {

render::Sheet export_sheet(const ExportOrder& order) {
  render::SheetRequest request = order.request;
  request.furniture = true;
  request.hovered.reset();
  request.width = order.width;
  request.height = order.height;
  request.dots_per_inch = order.dots_per_inch;
  request.view_centre.reset();
  request.view_metres_per_pixel.reset();
  render::Sheet sheet = render::compose(*order.atlas, *order.text, request);
  if (!order.keep_view) return sheet;
  // The sheet's map frame is known only now: choose the scale at which the land shown just fits into it.
  const double metres = *order.request.view_metres_per_pixel;
  const render::Rect frame = sheet.map.view.frame;
  request.view_centre = order.request.view_centre;
  request.view_metres_per_pixel =
      std::max(metres * order.request.width / frame.w, metres * order.request.height / frame.h);
  return render::compose(*order.atlas, *order.text, request);
}

void export_picture(const ExportOrder& order, const std::function<void(double)>& progress) {
  const auto painter = render::painter_beside_context(order.text);
  write_sheet_png(*painter, export_sheet(order), order.file, render::PngEffort::small, progress);
}

}  // namespace battlemap::app
