#include "geo/place_index.hpp"

#include <cmath>

namespace battlemap::geo {
namespace {

std::size_t slot(double offset, double size, std::size_t count) {
  if (!(size > 0)) return 0;
  const double at = std::floor(offset / size * static_cast<double>(count));
  return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(count - 1)));
}

}  // namespace

std::size_t PlaceIndex::column_of(double x) const {
  return slot(x - extent_.min_x, extent_.width(), side_);
}

std::size_t PlaceIndex::row_of(double y) const {
  return slot(y - extent_.min_y, extent_.height(), side_);
}

PlaceIndex::PlaceIndex(const Coverage& coverage) : coverage_(coverage), extent_(coverage.extent()) {
  side_ = static_cast<std::size_t>(std::clamp(std::sqrt(static_cast<double>(coverage.size())), 1.0, 512.0));
  tiles_.resize(side_ * side_);
  for (std::uint32_t cell = 0; cell < coverage.size(); ++cell) {
    const Box& box = coverage.boxes()[cell];
    if (box.empty()) continue;
    for (std::size_t row = row_of(box.min_y); row <= row_of(box.max_y); ++row)
      for (std::size_t column = column_of(box.min_x); column <= column_of(box.max_x); ++column)
        tiles_[row * side_ + column].push_back(cell);
  }
}

std::uint32_t PlaceIndex::find(Point p) const {
  if (!extent_.contains(p)) return npos;
  for (const std::uint32_t cell : tiles_[row_of(p.y) * side_ + column_of(p.x)])
    if (coverage_.contains(cell, p)) return cell;
  return npos;
}

}  // namespace battlemap::geo
