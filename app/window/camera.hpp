#pragma once
#include "render/geometry2d.hpp"

namespace battlemap::app {

/// Size of the map area in framebuffer pixels.
struct MapSize {
  int width = 1;
  int height = 1;
  friend bool operator==(const MapSize&, const MapSize&) = default;
};

/// What the map area looks at: projected metres in its middle, and how many of them a pixel covers.
struct Camera {
  geo::Point centre;
  double metres_per_pixel = 1;
  friend bool operator==(const Camera&, const Camera&) = default;
};

/// How far the camera may go: never so far out that the land is a speck, never off the land.
struct CameraLimits {
  geo::Box whole;
  double min_metres_per_pixel = 0.1;
  double max_metres_per_pixel = 1e6;
};

/// The camera as the renderer's view of a sheet that is the map area and nothing else.
render::View view_of(const Camera& camera, MapSize size);
/// The limits for a land of extent `whole` (projected metres) in a map area of `size`.
CameraLimits limits_for(const geo::Box& whole, MapSize size);
Camera clamped(Camera camera, const CameraLimits& limits);
/// The closest camera that shows all of `box` with `margin` (share of the map area, each side) around it.
Camera fitted(const geo::Box& box, MapSize size, double margin = 0.05);
/// Zooms by `factor` (2: twice as large); the point under `cursor` (map-area pixels) stays under it.
Camera zoomed(const Camera& camera, MapSize size, render::Vec2 cursor, double factor,
              const CameraLimits& limits);
/// Moves the land by (dx, dy) pixels, as a hand drags it.
Camera panned(const Camera& camera, double dx, double dy, const CameraLimits& limits);

/// A calm journey between two cameras: eases in and out, scale changes by equal ratios in equal steps.
struct Flight {
  Camera from;
  Camera to;
  double start = 0;  ///< seconds, same clock as `now` below
  double seconds = 0.35;
  bool done(double now) const { return now >= start + seconds; }
  Camera at(double now) const;
};

}  // namespace battlemap::app
