#include "geo/arc_simplify.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <optional>

#include "geo/arc_point_index.hpp"
#include "geo/error.hpp"
#include "geo/parallel.hpp"
#include "geo/point_hash.hpp"

// Why arcs never meet although all are simplified at once
//
// At each detail an arc is simplified beside the others as they were at the detail before. A point v between
// p and n goes only if the closed triangle p v n holds no other point: of its own arc as it is now, of other
// arcs as they were.
//
// One arc alone: lines that do not cross and have no end in a triangle, two sides of which are such lines,
// could only enter it by the third side p n, and being straight could not leave it again. So none is in it,
// and p n may stand for p v n. (The one exception is a line from p to n, which lies on the third side: see
// StraightArcs.)
//
// Two arcs A and B, both simplified: suppose some triangle of A touched some triangle of B elsewhere than in
// a node that both share. Take the first two, by the sum of their numbers in order of removal. Up to them A's
// line touches no triangle of B so far, nor B's line one of A. So the two sides p v, v n of A's are outside
// of B's triangle and the two of B's outside of A's, and only the third sides can meet. Each would have to go
// on through the other's triangle, in which it cannot end, since its ends are points of its line, to another
// side of it, which was ruled out. So they do not meet: no two triangles touch, and the new lines, which are
// sides of them, do not either.
//
// Only what the two arcs do beside each other was used: arcs that cross in the full detail (borders of other
// sources) do not spoil it for the rest.

namespace battlemap::geo {
namespace {

constexpr std::uint8_t end_rank = 255;
constexpr std::size_t most_details = 32;
constexpr std::size_t arcs_a_range = 512;

double square_of(double v) {
  return v * v;
}

/// Twice the area of a triangle.
double doubled_area(Point a, Point b, Point c) {
  return std::abs((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
}

/// The square of the distance of `p` from the segment between `a` and `b`.
double squared_distance(Point p, Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const double along = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  return square_of(a.x + along * dx - p.x) + square_of(a.y + along * dy - p.y);
}

/// Which arcs may become a straight line: all but those that would then lie on another one between the same
/// two nodes.
class StraightArcs {
 public:
  StraightArcs(const Arcs& arcs, int threads) : allowed_(arcs.size(), 1) {
    std::vector<std::vector<Ends>> parts = parted(arcs);
    parallel_jobs(static_cast<int>(parts.size()), threads,
                  [&](int i) { settle(parts[static_cast<std::size_t>(i)]); });
  }
  bool operator[](std::size_t arc) const { return allowed_[arc] != 0; }

 private:
  /// An arc by its two ends, whichever way it runs. Where two pairs of ends have one key, an arc keeps a
  /// point that it need not.
  struct Ends {
    std::uint64_t key;
    std::uint32_t points, arc;
  };

  static std::vector<std::vector<Ends>> parted(const Arcs& arcs) {
    std::vector<std::vector<Ends>> parts(64);
    for (std::uint32_t a = 0; a < arcs.size(); ++a) {
      const auto line = arcs.line(a);
      const std::uint64_t key = mixed_bits(point_hash(line.front()) + point_hash(line.back()));
      parts[key >> 58U].push_back({key, static_cast<std::uint32_t>(line.size()), a});
    }
    return parts;
  }
  /// The one with the fewest points is the one that may.
  void settle(std::vector<Ends>& part) {
    std::sort(part.begin(), part.end(), [](const Ends& a, const Ends& b) {
      return std::tie(a.key, a.points, a.arc) < std::tie(b.key, b.points, b.arc);
    });
    for (std::size_t i = 1; i < part.size(); ++i)
      if (part[i].key == part[i - 1].key) allowed_[part[i].arc] = 0;
  }

  std::vector<std::uint8_t> allowed_;
};

/// What all threads share: each writes what belongs to its arcs.
struct Lines {
  const Arcs& arcs;
  std::vector<std::uint8_t> rank;  ///< of points
  std::vector<std::uint32_t>
      kept;  ///< arc a's points at this detail: the first kept_count[a] from arc_begin[a] on
  std::vector<std::uint32_t> kept_count;
  std::vector<float> error;    ///< beside kept: metres from the next segment to the full line, or more
  std::vector<float> idle_to;  ///< of arcs: up to this tolerance none of its points can go

  explicit Lines(const Arcs& of, std::uint8_t details)
      : arcs(of),
        rank(of.points.size(), details),
        kept(of.points.size()),
        kept_count(of.size()),
        error(of.points.size(), 0),
        idle_to(of.size(), 0) {
    for (std::uint32_t i = 0; i < kept.size(); ++i) kept[i] = i;
    for (std::size_t a = 0; a < arcs.size(); ++a) {
      kept_count[a] = arcs.arc_begin[a + 1] - arcs.arc_begin[a];
      rank[arcs.arc_begin[a]] = rank[arcs.arc_begin[a + 1] - 1] = end_rank;
    }
  }
};

/// Simplifies one arc after another to one detail.
class ArcSimplifier {
 public:
  ArcSimplifier(Lines& lines, const ArcPointIndex& index, std::uint8_t detail, double tolerance)
      : lines_(lines), index_(index), points_(lines.arcs.points), detail_(detail), tolerance_(tolerance) {}

  /// Leaves at least `least` points of it.
  void simplify(std::size_t arc, std::size_t least) {
    first_ = lines_.arcs.arc_begin[arc], end_ = lines_.arcs.arc_begin[arc + 1];
    const std::uint32_t count = lines_.kept_count[arc];
    if (count <= least || tolerance_ < lines_.idle_to[arc]) return;
    lines_.idle_to[arc] = load(count);
    if (heap_.empty()) return;
    std::make_heap(heap_.begin(), heap_.end());
    std::size_t left = count;
    while (!heap_.empty() && left > least) {
      std::pop_heap(heap_.begin(), heap_.end());
      const Candidate next = heap_.back();
      heap_.pop_back();
      if (next.area == links_[next.at].area && remove(next.at)) --left;
    }
    if (left < count) store(arc);
  }

 private:
  struct Link {
    std::uint32_t point, before, after;
    float error;  ///< of the segment to the next point
    double area;  ///< twice that of the triangle with both neighbours; negative: not to be removed
  };
  struct Candidate {
    double area;
    std::uint32_t at;
    /// For a heap with the smallest on top; of equal ones the first in the arc.
    bool operator<(const Candidate& other) const {
      return std::tie(area, at) > std::tie(other.area, other.at);
    }
  };

  /// Finds all that may go. Returns the tolerance from which on the first of them may.
  float load(std::uint32_t count) {
    links_.resize(count);
    heap_.clear();
    for (std::uint32_t i = 0; i < count; ++i)
      links_[i] = {lines_.kept[first_ + i], i - 1, i + 1, lines_.error[first_ + i], -1};
    double nearest = std::numeric_limits<double>::infinity();
    for (std::uint32_t i = 1; i + 1 < count; ++i) {
      const double distance = weigh(i);
      nearest = std::min(nearest, distance);
      if (distance <= square_of(tolerance_)) heap_.push_back({links_[i].area, i});
    }
    return static_cast<float>(std::sqrt(nearest) * (1 - 1e-6));
  }
  Point point(std::uint32_t at) const { return points_[links_[at].point]; }

  /// Sets the area of a point, unless it is too far from its neighbours' line to go. Returns the square of
  /// how far.
  double weigh(std::uint32_t at) {
    Link& link = links_[at];
    const Point before = point(link.before), v = points_[link.point], after = point(link.after);
    const double distance = squared_distance(v, before, after);
    link.area = distance <= square_of(tolerance_) ? doubled_area(before, v, after) : -1;
    return distance;
  }

  bool remove(std::uint32_t at) {
    const Link link = links_[at];
    const std::optional<float> error = error_without(link);
    if (!error || !is_free(link)) {
      links_[at].area = -1;
      return false;
    }
    std::atomic_ref(lines_.rank[link.point]).store(detail_, std::memory_order_relaxed);
    links_[at].point = no_point;
    links_[at].area = -1;
    links_[link.before].after = link.after;
    links_[link.before].error = *error;
    links_[link.after].before = link.before;
    for (const std::uint32_t beside : {link.before, link.after})
      if (beside != 0 && beside + 1 != links_.size() && weigh(beside) <= square_of(tolerance_))
        push({links_[beside].area, beside});
    return true;
  }
  void push(Candidate candidate) {
    heap_.push_back(candidate);
    std::push_heap(heap_.begin(), heap_.end());
  }

  /// How far the full line would be from the segment that replaces a point, if not farther than the
  /// tolerance. All of its points are looked at only if the errors known so far do not tell.
  std::optional<float> error_without(const Link& link) const {
    const Point a = point(link.before), b = point(link.after);
    const double sum = std::sqrt(squared_distance(points_[link.point], a, b)) +
                       static_cast<double>(std::max(links_[link.before].error, link.error));
    if (sum <= tolerance_) return rounded_up(sum);
    double most = 0;
    for (std::uint32_t i = links_[link.before].point + 1; i < links_[link.after].point; ++i) {
      most = std::max(most, squared_distance(points_[i], a, b));
      if (most > square_of(tolerance_)) return std::nullopt;
    }
    return rounded_up(std::sqrt(most));
  }
  static float rounded_up(double v) { return static_cast<float>(v) * (1 + 0x1p-22F); }

  /// Whether the triangle that goes with a point holds no other.
  bool is_free(const Link& link) const {
    const Point before = point(link.before), v = points_[link.point], after = point(link.after);
    return !index_.any_in(before, v, after, [&](std::uint32_t other) {
      return other != link.point && is_there(other) && points_[other] != before && points_[other] != after;
    });
  }
  /// Points of the own arc: unless removed. Others': unless removed at a finer detail, that is, even if
  /// another thread removes it now.
  bool is_there(std::uint32_t other) const {
    const std::uint8_t rank = std::atomic_ref(lines_.rank[other]).load(std::memory_order_relaxed);
    return rank > detail_ || (rank == detail_ && (other < first_ || other >= end_));
  }

  void store(std::size_t arc) {
    std::uint32_t to = first_;
    for (const Link& link : links_) {
      if (link.point == no_point) continue;
      lines_.kept[to] = link.point;
      lines_.error[to++] = link.error;
    }
    lines_.kept_count[arc] = to - first_;
  }

  static constexpr std::uint32_t no_point = 0xFFFFFFFFU;

  Lines& lines_;
  const ArcPointIndex& index_;
  const std::vector<Point>& points_;
  std::uint8_t detail_;
  double tolerance_;
  std::uint32_t first_ = 0, end_ = 0;  ///< the arc's points
  std::vector<Link> links_;
  std::vector<Candidate> heap_;
};

/// The least number of points that an arc must keep.
std::size_t least_points(const Arcs& arcs, std::size_t arc, const StraightArcs& straight) {
  const auto line = arcs.line(arc);
  if (line.front() == line.back()) return 4;
  return straight[arc] ? 2 : 3;
}

void check_tolerances(std::span<const double> tolerances) {
  if (tolerances.size() > most_details) fail("{} details are more than {}", tolerances.size(), most_details);
  for (std::size_t i = 0; i < tolerances.size(); ++i)
    if (!(tolerances[i] > (i > 0 ? tolerances[i - 1] : 0))) fail("tolerances must ascend from above 0");
}

}  // namespace

std::vector<std::uint8_t> simplify_arcs(const Arcs& arcs, std::span<const double> tolerances, int threads) {
  check_tolerances(tolerances);
  Lines lines(arcs, static_cast<std::uint8_t>(tolerances.size()));
  const StraightArcs straight(arcs, threads);
  std::optional<ArcPointIndex> index;
  for (std::size_t k = 0; k < tolerances.size(); ++k) {
    const auto detail = static_cast<std::uint8_t>(k);
    std::size_t left = 0;
    for (const std::uint32_t count : lines.kept_count) left += count;
    if (!index || left < index->size() / 2) index.emplace(arcs.points, lines.rank, detail, threads);
    parallel_ranges(arcs.size(), arcs_a_range, threads, [&](std::size_t first, std::size_t last) {
      ArcSimplifier simplifier(lines, *index, detail, tolerances[k]);
      for (std::size_t a = first; a < last; ++a) simplifier.simplify(a, least_points(arcs, a, straight));
    });
  }
  return std::move(lines.rank);
}

}  // namespace battlemap::geo
