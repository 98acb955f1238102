#include "render/callouts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace battlemap::render {
namespace {

/// Twice the signed area of the triangle: its sign is the side of a-b on which p lies.
double side(Vec2 a, Vec2 b, Vec2 p) {
  return (static_cast<double>(b.x) - a.x) * (static_cast<double>(p.y) - a.y) -
         (static_cast<double>(b.y) - a.y) * (static_cast<double>(p.x) - a.x);
}

Vec2 elbow_of(std::size_t row, const CalloutColumn& column) {
  return {column.elbow, column.middle_of(row)};
}

/// Exchanges the rows of one crossing pair; false when there is none.
bool uncross(const std::vector<Vec2>& places, const CalloutColumn& column, std::vector<std::size_t>& rows) {
  for (std::size_t i = 0; i < places.size(); ++i)
    for (std::size_t j = i + 1; j < places.size(); ++j)
      if (segments_cross(places[i], elbow_of(rows[i], column), places[j], elbow_of(rows[j], column))) {
        std::swap(rows[i], rows[j]);
        return true;
      }
  return false;
}

}  // namespace

bool segments_cross(Vec2 a, Vec2 b, Vec2 c, Vec2 d) {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

std::vector<std::size_t> callout_rows(const std::vector<Vec2>& places, const CalloutColumn& column) {
  std::vector<std::size_t> order(places.size()), rows(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return places[i].y < places[j].y; });
  for (std::size_t row = 0; row < order.size(); ++row) rows[order[row]] = row;
  std::size_t most = places.size() * places.size() * 64;  // rounding must not make it run for ever
  while (most-- > 0 && uncross(places, column, rows)) continue;
  return rows;
}

std::vector<Vec2> leader_line(Vec2 place, float reach, std::size_t row, const CalloutColumn& column) {
  const Vec2 elbow = elbow_of(row, column);
  const float dx = elbow.x - place.x, dy = elbow.y - place.y, length = std::max(1.0F, std::hypot(dx, dy));
  const float t = std::min(1.0F, reach / length);
  const float gap = (column.text - column.elbow) * 0.3F;
  return {{place.x + dx * t, place.y + dy * t}, elbow, {column.text - gap, elbow.y}};
}

}  // namespace battlemap::render
