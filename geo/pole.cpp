// The pole of inaccessibility: where a label has most room. A quad-tree search that keeps the cell which
// could still hold the farthest point (the method known as polylabel); distances come from chunks of
// consecutive edges with boxes, so that an outline of 100,000 points costs little more than one of 1,000.
#include <cmath>
#include <queue>

#include "geo/geometry.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t chunk_edges = 16;
constexpr int most_probes = 4000;  ///< ends the search on outlines so thin that precision is never reached
constexpr double most_cells_along = 32;

/// The rings of one part of a polygon: an exterior and its holes.
struct RingRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// The part of the largest area. Exteriors run counter-clockwise and come before their holes.
RingRange largest_part(const PolygonSet& set, std::size_t i) {
  RingRange best, part;
  double best_area = -1;
  const std::uint32_t end = set.polygon_begin[i + 1];
  for (std::uint32_t r = set.polygon_begin[i]; r < end;) {
    part.first = r;
    double area = signed_area(set.ring(r++));
    for (double hole; r < end && (hole = signed_area(set.ring(r))) < 0; ++r) area += hole;
    part.last = r;
    if (area > best_area) best = part, best_area = area;
  }
  return best;
}

double squared(double v) {
  return v * v;
}

double squared_distance_to_segment(Point p, Point a, Point b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  return squared(p.x - a.x - t * dx) + squared(p.y - a.y - t * dy);
}

using TwoDoubles [[gnu::vector_size(16)]] = double;

/// squared_distance_to_segment() of the segments p[0] p[1] and p[1] p[2] at once, to the last bit.
TwoDoubles squared_distances_to_two(Point from, const Point* p) {
  const TwoDoubles ax{p[0].x, p[1].x}, ay{p[0].y, p[1].y};
  const TwoDoubles dx = TwoDoubles{p[1].x, p[2].x} - ax, dy = TwoDoubles{p[1].y, p[2].y} - ay;
  const TwoDoubles to_x = from.x - ax, to_y = from.y - ay, length = dx * dx + dy * dy;
  const TwoDoubles zero{0, 0}, one{1, 1};
  TwoDoubles t = (to_x * dx + to_y * dy) / length;
  t = t > one ? one : t;
  t = (t < zero) | (length == zero) ? zero : t;
  const TwoDoubles x = to_x - t * dx, y = to_y - t * dy;
  return x * x + y * y;
}

double squared_distance_to_box(Point p, const Box& box) {
  return squared(std::max({box.min_x - p.x, 0.0, p.x - box.max_x})) +
         squared(std::max({box.min_y - p.y, 0.0, p.y - box.max_y}));
}

/// The edges of one part, in chains of consecutive ones.
class Outline {
 public:
  Outline(const PolygonSet& set, RingRange rings) : centroid_(rings_centroid(set, rings.first, rings.last)) {
    const std::size_t points = set.ring_begin[rings.last] - set.ring_begin[rings.first];
    const std::size_t count = rings.last - rings.first;
    points_.reserve(points + count);
    chains_.reserve(points / chunk_edges + count);
    for (std::uint32_t r = rings.first; r < rings.last; ++r) add_ring(set.ring(r));
  }
  const Box& box() const { return box_; }
  Point centroid() const { return centroid_; }

  /// Distance to the nearest edge; negative outside. Any number up to `enough` where an edge is as near as that. `near`: the chain
  /// that was nearest to a point beside, and to this one afterwards.
  double signed_distance(Point p, double enough, std::size_t& near) const {
    double nearest = chains_.empty() ? std::numeric_limits<double>::infinity() : distance(chains_[near], p);
    const double enough_squared = enough > 0 ? enough * enough : -1;
    bool inside = false;
    for (std::size_t i = 0; i < chains_.size(); ++i) {
      if (nearest <= enough_squared) return -std::sqrt(nearest);
      const Chain& chain = chains_[i];
      if (squared_distance_to_box(p, chain.box) < nearest)
        if (const double here = distance(chain, p); here < nearest) nearest = here, near = i;
      if (p.y >= chain.box.min_y && p.y <= chain.box.max_y && p.x <= chain.box.max_x)
        inside ^= crosses_ray(chain, p);
    }
    return inside ? std::sqrt(nearest) : -std::sqrt(nearest);
  }

 private:
  struct Chain {
    std::uint32_t first, last;  ///< points [first, last]: last - first edges
    Box box;
  };

  void add_ring(std::span<const Point> ring) {
    if (ring.size() < 3) return;
    const std::size_t begin = points_.size();
    points_.insert(points_.end(), ring.begin(), ring.end());
    points_.push_back(ring[0]);
    for (std::size_t i = begin; i + 1 < points_.size(); i += chunk_edges) add_chain(i);
  }
  void add_chain(std::size_t first) {
    Chain chain{static_cast<std::uint32_t>(first),
                static_cast<std::uint32_t>(std::min(first + chunk_edges, points_.size() - 1)),
                {}};
    for (std::uint32_t i = chain.first; i <= chain.last; ++i) chain.box.add(points_[i]);
    box_.add(chain.box);
    chains_.push_back(chain);
  }
  double distance(const Chain& chain, Point p) const {
    constexpr double far = std::numeric_limits<double>::infinity();
    TwoDoubles both{far, far};
    std::uint32_t i = chain.first;
    for (; i + 1 < chain.last; i += 2) {
      const TwoDoubles squares = squared_distances_to_two(p, &points_[i]);
      both = squares < both ? squares : both;
    }
    const double nearest = std::min(both[0], both[1]);
    return i < chain.last ? std::min(nearest, squared_distance_to_segment(p, points_[i], points_[i + 1])) : nearest;
  }
  /// Whether the ray from p to the right crosses the chain an odd number of times.
  bool crosses_ray(const Chain& chain, Point p) const {
    if (p.x < chain.box.min_x) return (points_[chain.first].y > p.y) != (points_[chain.last].y > p.y);
    bool odd = false;
    for (std::uint32_t i = chain.first; i < chain.last; ++i) {
      const Point a = points_[i];
      const Point b = points_[i + 1];
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) odd = !odd;
    }
    return odd;
  }

  std::vector<Point> points_;
  std::vector<Chain> chains_;
  Box box_;
  Point centroid_;
};

struct Cell {
  Point centre;
  double half = 0;
  double distance = 0;  ///< signed, at the centre
  double most() const { return distance + half * std::sqrt(2.0); }
  bool operator<(const Cell& other) const { return most() < other.most(); }
};

class PoleSearch {
 public:
  PoleSearch(const Outline& outline, double precision, double enough)
      : outline_(outline), precision_(precision), enough_(enough) {
    consider(probe(outline.centroid(), 0));
    if (best_.distance < enough_) consider(probe(outline.box().centre(), 0));
  }
  Cell run() {
    if (best_.distance < enough_) seed();
    while (!queue_.empty() && probes_ < most_probes && best_.distance < enough_) {
      const Cell cell = queue_.top();
      queue_.pop();
      if (cell.most() - best_.distance <= precision_) break;
      split(cell);
    }
    return best_;
  }

 private:
  Cell probe(Point at, double half) {
    ++probes_;
    // From this distance downwards the cell is neither better than the best nor worth splitting.
    const double worthless = std::min(best_.distance, best_.distance + precision_ - half * std::sqrt(2.0));
    return {at, half, outline_.signed_distance(at, worthless, near_)};
  }
  void consider(const Cell& cell) {
    if (cell.distance > best_.distance) best_ = cell;
  }
  void push(const Cell& cell) {
    consider(cell);
    if (cell.most() - best_.distance > precision_) queue_.push(cell);
  }
  void seed() {
    const Box& box = outline_.box();
    const double longest = std::max(box.width(), box.height());
    const double size = std::max(std::min(box.width(), box.height()), longest / most_cells_along);
    if (!(size > 0)) return;
    for (double x = box.min_x; x < box.max_x; x += size)
      for (double y = box.min_y; y < box.max_y; y += size)
        push(probe({x + size / 2, y + size / 2}, size / 2));
  }
  void split(const Cell& cell) {
    const double h = cell.half / 2;
    for (const Point d : {Point{-h, -h}, Point{h, -h}, Point{-h, h}, Point{h, h}})
      push(probe({cell.centre.x + d.x, cell.centre.y + d.y}, h));
  }

  const Outline& outline_;
  double precision_, enough_;
  int probes_ = 0;
  std::size_t near_ = 0;
  Cell best_{{0, 0}, 0, -std::numeric_limits<double>::infinity()};
  std::priority_queue<Cell> queue_;
};

}  // namespace

Point pole_of_inaccessibility(const PolygonSet& set, std::size_t i, double precision, double* radius,
                              double enough) {
  const RingRange part = largest_part(set, i);
  Cell best;
  if (part.last > part.first) best = PoleSearch(Outline(set, part), precision, enough).run();
  if (radius != nullptr) *radius = std::max(0.0, best.distance);
  return best.centre;
}

}  // namespace battlemap::geo
