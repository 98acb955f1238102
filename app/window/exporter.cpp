#include "app/window/exporter.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <utility>

#include "geo/error.hpp"
#include "render/gl_painter.hpp"

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

Exporter::Exporter(ExportOrder order, GLFWwindow* context, std::function<void()> wake)
    : order_(std::move(order)), context_(context), wake_(std::move(wake)), thread_([this] { run(); }) {}

Exporter::~Exporter() {
  cancelled_ = true;
  thread_.join();
}

std::optional<Exporter::Outcome> Exporter::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(outcome_, std::nullopt);
}

void Exporter::paint() {
  glfwMakeContextCurrent(context_);
  const render::Sheet sheet = export_sheet(order_);
  render::GlPainter painter(order_.text);
  write_sheet_png(painter, sheet, order_.file, render::PngEffort::small, render::ColourEngine::automatic,
                  [this](double fraction) {
                    if (cancelled_) geo::fail("cancelled");
                    progress_ = fraction;
                    wake_();
                  });
}

void Exporter::run() {
  Outcome outcome{order_.file, {}};
  try {
    paint();
  } catch (const std::exception& e) {
    outcome.error = e.what();
  }
  glfwMakeContextCurrent(nullptr);
  {
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
  }
  wake_();
}

}  // namespace battlemap::app
