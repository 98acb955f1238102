#include "app/window/camera.hpp"

#include <algorithm>
#include <cmath>

namespace battlemap::app {
namespace {

constexpr double smallest_metres_per_pixel = 0.25;  // a courtyard fills a hand's width of the screen
constexpr double farthest_out = 2.0;                // times the scale that shows the whole land

double smooth(double t) {
  return t * t * (3 - 2 * t);
}

}  // namespace

render::View view_of(const Camera& camera, MapSize size) {
  return {camera.centre,
          camera.metres_per_pixel,
          {0, 0, static_cast<float>(size.width), static_cast<float>(size.height)}};
}

CameraLimits limits_for(const geo::Box& whole, MapSize size) {
  const double out = fitted(whole, size).metres_per_pixel * farthest_out;
  return {whole, std::min(smallest_metres_per_pixel, out), out};
}

Camera clamped(Camera camera, const CameraLimits& limits) {
  camera.metres_per_pixel =
      std::clamp(camera.metres_per_pixel, limits.min_metres_per_pixel, limits.max_metres_per_pixel);
  if (limits.whole.empty()) return camera;
  camera.centre.x = std::clamp(camera.centre.x, limits.whole.min_x, limits.whole.max_x);
  camera.centre.y = std::clamp(camera.centre.y, limits.whole.min_y, limits.whole.max_y);
  return camera;
}

Camera fitted(const geo::Box& box, MapSize size, double margin) {
  if (box.empty()) return {};
  const double inner = 1 - 2 * margin;
  const double by_width = box.width() / (std::max(size.width, 1) * inner);
  const double by_height = box.height() / (std::max(size.height, 1) * inner);
  return {box.centre(), std::max({by_width, by_height, smallest_metres_per_pixel})};
}

Camera zoomed(const Camera& camera, MapSize size, render::Vec2 cursor, double factor,
              const CameraLimits& limits) {
  const double scale =
      std::clamp(camera.metres_per_pixel / factor, limits.min_metres_per_pixel, limits.max_metres_per_pixel);
  const geo::Point held = view_of(camera, size).to_map(cursor);
  const geo::Point drifted = view_of({camera.centre, scale}, size).to_map(cursor);
  return clamped({{camera.centre.x + held.x - drifted.x, camera.centre.y + held.y - drifted.y}, scale},
                 limits);
}

Camera panned(const Camera& camera, double dx, double dy, const CameraLimits& limits) {
  const double m = camera.metres_per_pixel;
  return clamped({{camera.centre.x - dx * m, camera.centre.y + dy * m}, m}, limits);
}

Camera Flight::at(double now) const {
  if (now <= start) return from;
  if (done(now)) return to;
  const double t = smooth(std::clamp((now - start) / seconds, 0.0, 1.0));
  return {{std::lerp(from.centre.x, to.centre.x, t), std::lerp(from.centre.y, to.centre.y, t)},
          std::exp(std::lerp(std::log(from.metres_per_pixel), std::log(to.metres_per_pixel), t))};
}

}  // namespace battlemap::app
