#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "render/scene.hpp"

namespace battlemap::render {

/// Which cell of a level lies where on the sheet, every few pixels: enough to ask what a label would cover.
class CellGrid {
 public:
  CellGrid(const Scene& scene, geo::Level level);
  bool is_of(const View& view, geo::Level level) const { return level == level_ && view == view_; }
  /// id_none outside every cell and outside the map's frame.
  std::uint32_t at(Vec2 p) const;
  /// Length of the borders under `box`, in sheet pixels, roughly.
  float borders_under(const Rect& box) const;
  /// Where each cell in view is farthest from other cells and from the frame's edge, to about 4 px.
  struct Spot {
    std::uint32_t cell = 0;
    Vec2 at;
    float radius = 0;
  };
  /// By cell; found when first asked for. Thread-safe.
  const std::vector<Spot>& roomiest_spots() const;
  /// x of the land's right edge between two heights; the frame's left edge where there is none.
  float right_edge(float top, float bottom) const;

 private:
  int column_of(float x) const;
  int row_of(float y) const;
  std::vector<Spot> find_spots() const;
  View view_;
  geo::Level level_;
  Rect frame_;
  float step_ = 1;  ///< sheet pixels per sample
  int columns_ = 0, rows_ = 0;
  std::vector<std::uint32_t> cells_;
  mutable std::once_flag found_;
  mutable std::vector<Spot> spots_;
};

/// The grid of the scene's view: one that the atlas made lately, or a new one.
std::shared_ptr<const CellGrid> cell_grid(const Scene& scene, geo::Level level);

}  // namespace battlemap::render
