#include "render/cell_grid.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "render/atlas_cache.hpp"
#include "render/id_buffer.hpp"

namespace battlemap::render {
namespace {

constexpr float coarseness = 8;  // sheet pixels per pixel of the small id buffer, which has 2 x 2 samples
constexpr float most_pixels = 512;

/// The same view on a sheet so much smaller.
View small_view(const View& view, float factor) {
  View small = view;
  small.frame = {0, 0, std::ceil(view.frame.w / factor), std::ceil(view.frame.h / factor)};
  small.metres_per_pixel = view.metres_per_pixel * factor;
  // Frames are centred on one point; the small one's right and bottom may stand over by a part of a pixel.
  const Vec2 middle{view.frame.x + small.frame.w * factor / 2, view.frame.y + small.frame.h * factor / 2};
  small.centre = view.to_map(middle);
  return small;
}

}  // namespace

CellGrid::CellGrid(const Scene& scene, geo::Level level)
    : view_(scene.view), level_(level), frame_(scene.view.frame) {
  const float factor = std::max(coarseness, std::max(frame_.w, frame_.h) / most_pixels);
  step_ = factor / supersampling;
  MapLayer map;
  map.view = small_view(scene.view, factor);
  map.coverage = scene.atlas.coverage(level);
  const IdBuffer ids =
      rasterise_ids(map, {0, 0, static_cast<int>(map.view.frame.w), static_cast<int>(map.view.frame.h)}, 0);
  columns_ = ids.width, rows_ = ids.height;
  cells_.assign(ids.ids.begin(), ids.ids.end());
}

int CellGrid::column_of(float x) const {
  return static_cast<int>(std::floor((x - frame_.x) / step_));
}

int CellGrid::row_of(float y) const {
  return static_cast<int>(std::floor((y - frame_.y) / step_));
}

std::uint32_t CellGrid::at(Vec2 p) const {
  const int x = column_of(p.x), y = row_of(p.y);
  if (x < 0 || y < 0 || x >= columns_ || y >= rows_) return id_none;
  return cells_[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                static_cast<std::size_t>(x)];
}

float CellGrid::borders_under(const Rect& box) const {
  std::size_t steps = 0;
  for (float y = box.y; y < box.bottom(); y += step_)
    for (float x = box.x; x < box.right(); x += step_) {
      const std::uint32_t here = at({x, y});
      steps += (at({x + step_, y}) != here) + (at({x, y + step_}) != here);
    }
  return static_cast<float>(steps) * step_;
}

const std::vector<CellGrid::Spot>& CellGrid::roomiest_spots() const {
  std::call_once(found_, [&] { spots_ = find_spots(); });
  return spots_;
}

std::vector<CellGrid::Spot> CellGrid::find_spots() const {
  // Steps to the next other cell, in a square's metric: one pass down, one up.
  std::vector<int> steps(cells_.size(), 0);
  const auto index = [&](int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(x);
  };
  const auto along = [&](int x, int y, int dx, int dy) {
    const int nx = x + dx, ny = y + dy;
    if (nx < 0 || ny < 0 || nx >= columns_ || ny >= rows_) return 0;
    return cells_[index(nx, ny)] == cells_[index(x, y)] ? steps[index(nx, ny)] : 0;
  };
  for (int y = 0; y < rows_; ++y)
    for (int x = 0; x < columns_; ++x)
      steps[index(x, y)] = 1 + std::min({along(x, y, -1, 0), along(x, y, 0, -1), along(x, y, -1, -1),
                                         along(x, y, 1, -1)});
  std::map<std::uint32_t, Spot> best;
  Spot* last = nullptr;  // of the last sample's cell: neighbours mostly share theirs
  for (int y = rows_ - 1; y >= 0; --y)
    for (int x = columns_ - 1; x >= 0; --x) {
      int& here = steps[index(x, y)];
      here = std::min(here, 1 + std::min({along(x, y, 1, 0), along(x, y, 0, 1), along(x, y, 1, 1),
                                          along(x, y, -1, 1)}));
      const std::uint32_t cell = cells_[index(x, y)];
      const float radius = static_cast<float>(here) * step_;
      if (cell == id_none) continue;
      if (last == nullptr || last->cell != cell) last = &best.try_emplace(cell, Spot{cell, {}, 0}).first->second;
      if (radius <= last->radius) continue;
      *last = {cell, {frame_.x + (static_cast<float>(x) + 0.5F) * step_,
                           frame_.y + (static_cast<float>(y) + 0.5F) * step_}, radius};
    }
  std::vector<Spot> spots;
  for (const auto& [cell, spot] : best) spots.push_back(spot);
  return spots;
}

std::shared_ptr<const CellGrid> cell_grid(const Scene& scene, geo::Level level) {
  constexpr std::size_t kept = 8;  // two levels for each of as many threads as draw at once on a usual machine
  Atlas::Cache* cache = scene.atlas.cache.get();
  if (cache != nullptr) {
    const std::lock_guard lock(cache->mutex);
    for (const auto& grid : cache->grids)
      if (grid->is_of(scene.view, level)) return grid;
  }
  auto made = std::make_shared<const CellGrid>(scene, level);
  if (cache == nullptr) return made;
  const std::lock_guard lock(cache->mutex);
  cache->grids.push_back(made);
  if (cache->grids.size() > kept) cache->grids.pop_front();
  return made;
}

float CellGrid::right_edge(float top, float bottom) const {
  int edge = 0;
  for (int y = std::max(0, row_of(top)); y <= std::min(rows_ - 1, row_of(bottom)); ++y)
    for (int x = columns_ - 1; x >= edge; --x)
      if (cells_[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                 static_cast<std::size_t>(x)] != id_none) {
        edge = x + 1;
        break;
      }
  return frame_.x + static_cast<float>(edge) * step_;
}

}  // namespace battlemap::render
