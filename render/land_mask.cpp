#include "render/land_mask.hpp"

#include <algorithm>
#include <cmath>

namespace battlemap::render {
namespace {

constexpr float most_columns = 320;

}  // namespace

LandMask::LandMask(const geo::PolygonSet& set, std::size_t polygon, const View& view) : frame_(view.frame) {
  step_ = std::max(2.0F, std::max(frame_.w, frame_.h) / most_columns);
  columns_ = static_cast<int>(std::ceil(frame_.w / step_)),
  rows_ = static_cast<int>(std::ceil(frame_.h / step_));
  inside_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0);
  std::vector<std::vector<float>> crossings(static_cast<std::size_t>(rows_));
  const auto edge = [&](Vec2 a, Vec2 b) {  // scanlines through the middle of each row
    if (a.y > b.y) std::swap(a, b);
    const float top = (a.y - frame_.y) / step_ - 0.5F, bottom = (b.y - frame_.y) / step_ - 0.5F;
    const int first = std::max(0, static_cast<int>(std::ceil(top)));
    const int last = std::min(rows_ - 1, static_cast<int>(std::ceil(bottom)) - 1);
    for (int row = first; row <= last; ++row) {
      const float y = frame_.y + (static_cast<float>(row) + 0.5F) * step_;
      crossings[static_cast<std::size_t>(row)].push_back(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
    }
  };
  for (std::size_t r = set.polygon_begin[polygon]; r < set.polygon_begin[polygon + 1]; ++r) {
    const auto ring = set.ring(r);
    if (ring.empty()) continue;
    Vec2 before = view.to_pixel(ring.back());
    for (const geo::Point p : ring) {
      const Vec2 here = view.to_pixel(p);
      edge(before, here);
      before = here;
    }
  }
  for (int row = 0; row < rows_; ++row) {
    auto& xs = crossings[static_cast<std::size_t>(row)];
    std::sort(xs.begin(), xs.end());
    for (std::size_t i = 0; i + 1 < xs.size(); i += 2) {
      const int from = std::max(0, static_cast<int>(std::ceil((xs[i] - frame_.x) / step_ - 0.5F)));
      const int to = std::min(columns_, static_cast<int>(std::ceil((xs[i + 1] - frame_.x) / step_ - 0.5F)));
      for (int x = from; x < to; ++x)
        inside_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                static_cast<std::size_t>(x)] = 1;
    }
  }
}

bool LandMask::contains(Vec2 p) const {
  const auto x = static_cast<int>(std::floor((p.x - frame_.x) / step_));
  const auto y = static_cast<int>(std::floor((p.y - frame_.y) / step_));
  return x >= 0 && y >= 0 && x < columns_ && y < rows_ &&
         inside_[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                 static_cast<std::size_t>(x)] != 0;
}

float LandMask::share(const Rect& box) const {
  std::size_t all = 0, inside = 0;
  for (float y = box.y + step_ / 2; y < box.bottom(); y += step_)
    for (float x = box.x + step_ / 2; x < box.right(); x += step_) ++all, inside += contains({x, y});
  return all == 0 ? 0 : static_cast<float>(inside) / static_cast<float>(all);
}

}  // namespace battlemap::render
