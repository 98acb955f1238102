#include "render/free_space.hpp"

#include <algorithm>
#include <cmath>

namespace battlemap::render {

FreeSpace::FreeSpace(Rect area, float cell)
    : area_(area),
      cell_(std::max(cell, 1.0F)),
      columns_(std::max(1, static_cast<int>(std::ceil(area.w / cell_)))),
      rows_(std::max(1, static_cast<int>(std::ceil(area.h / cell_)))),
      grid_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

FreeSpace::Span FreeSpace::span_of(const Rect& box) const {
  const auto column = [&](float x) {
    return std::clamp(static_cast<int>((x - area_.x) / cell_), 0, columns_ - 1);
  };
  const auto row = [&](float y) { return std::clamp(static_cast<int>((y - area_.y) / cell_), 0, rows_ - 1); };
  return {column(box.x), row(box.y), column(box.right()), row(box.bottom())};
}

bool FreeSpace::is_free(const Rect& box) const {
  if (box.x < area_.x || box.y < area_.y || box.right() > area_.right() || box.bottom() > area_.bottom())
    return false;
  return !touches_taken(box);
}

bool FreeSpace::touches_taken(const Rect& box) const {
  const Span s = span_of(box);
  for (int y = s.y0; y <= s.y1; ++y)
    for (int x = s.x0; x <= s.x1; ++x)
      for (const std::uint32_t i : grid_[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                                         static_cast<std::size_t>(x)])
        if (taken_[i].overlaps(box)) return true;
  return false;
}

void FreeSpace::take(const Rect& box) {
  if (!box.overlaps(area_)) return;
  const Span s = span_of(box);
  const auto index = static_cast<std::uint32_t>(taken_.size());
  taken_.push_back(box);
  for (int y = s.y0; y <= s.y1; ++y)
    for (int x = s.x0; x <= s.x1; ++x)
      grid_[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(x)]
          .push_back(index);
}

}  // namespace battlemap::render
