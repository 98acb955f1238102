// Pictures drawn from each detail of shared arcs beside those of the full one, at the scale the detail is meant for.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "render/colour_pass.hpp"
#include "render/id_buffer.hpp"
#include "synthetic_coverage.hpp"

namespace battlemap::render {
namespace {

using testing::JitteredGrid;
using testing::map_of;
using testing::with_arcs;

constexpr int picture_width = 480, picture_height = 270;

struct Difference {
  double share = 0;         ///< of pixels that differ by more than 32 of 255 in a channel
  std::size_t far = 0;      ///< of these, pixels that are nowhere near a border
};

bool near_border(const IdBuffer& ids, int x, int y) {
  const std::uint32_t own = ids.cell_at(x, y);
  for (int dy = -2; dy <= 2; ++dy)
    for (int dx = -2; dx <= 2; ++dx)
      if (ids.cell_at(std::clamp(x + dx, 0, picture_width - 1), std::clamp(y + dy, 0, picture_height - 1)) != own) return true;
  return false;
}

Difference difference(const MapLayer& coarse) {
  MapLayer full = coarse;
  full.tolerance_px = 0;
  const PixelRect all{0, 0, picture_width, picture_height};
  const int margin = outline_margin(coarse.style);
  const IdBuffer full_ids = rasterise_ids(full, all, margin);
  const Image a = colour_pass(full_ids, full), b = colour_pass(rasterise_ids(coarse, all, margin), coarse);
  Difference result;
  std::size_t count = 0;
  for (int y = 0; y < picture_height; ++y)
    for (int x = 0; x < picture_width; ++x) {
      const auto i = (static_cast<std::size_t>(y) * picture_width + static_cast<std::size_t>(x)) * 4;
      int worst = 0;
      for (std::size_t c = 0; c < 3; ++c) worst = std::max(worst, std::abs(a.rgba[i + c] - b.rgba[i + c]));
      if (worst <= 32) continue;
      ++count;
      result.far += !near_border(full_ids, x, y);
    }
  result.share = static_cast<double>(count) / (picture_width * picture_height);
  return result;
}

/// A window of 480 x 270 pixels in the middle, at so many metres a pixel.
MapLayer window_at(const std::shared_ptr<geo::Coverage>& coverage, int columns, int rows, double metres_per_pixel) {
  MapLayer map = map_of(coverage, columns, rows, picture_width, picture_height, 1);
  map.view.metres_per_pixel = metres_per_pixel;
  map.tolerance_px = window_tolerance_px;
  return map;
}

TEST(Details, EachDrawsTheFullOnesPictureAtItsOwnScale) {
  for (const int per_edge : {25, 120}) {
    const auto coverage = with_arcs(JitteredGrid(24, 14, per_edge).coverage());
    ASSERT_GE(coverage->arcs->details.size(), 3U);
    for (std::size_t k = 1; k < coverage->arcs->details.size(); ++k) {
      const double tolerance = coverage->arcs->details[k].tolerance;
      const MapLayer map = window_at(coverage, 24, 14, tolerance / window_tolerance_px);
      ASSERT_EQ(&coverage->arcs->within(map.tolerance_px * map.view.metres_per_pixel), &coverage->arcs->details[k]);
      const Difference found = difference(map);
      RecordProperty("share_" + std::to_string(per_edge) + "_" + std::to_string(k), std::to_string(found.share));
      EXPECT_LE(found.share, 0.0005) << "detail " << k << " of " << tolerance << " m, " << per_edge << " points an edge";
      EXPECT_EQ(found.far, 0U);
    }
  }
}

TEST(Details, NoCellIsLostAtAnyOfThem) {
  const auto coverage = with_arcs(JitteredGrid(24, 14, 60).coverage());
  for (const geo::ArcLines& lines : coverage->arcs->details) {
    MapLayer map = window_at(coverage, 24, 14, 60);  // cells of 16 pixels
    map.tolerance_px = lines.tolerance / 60;
    const IdBuffer ids = rasterise_ids(map, {0, 0, picture_width, picture_height});
    std::vector<char> seen(coverage->size(), 0);
    for (const std::uint32_t id : ids.ids)
      if (id < seen.size()) seen[id] = 1;
    EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), static_cast<std::ptrdiff_t>(coverage->size())) << lines.tolerance;
  }
}

}  // namespace
}  // namespace battlemap::render
