#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "demo/random.hpp"
#include "demo/seeds.hpp"

namespace battlemap::demo {
namespace {

double squared(geo::Point a, geo::Point b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/// Finds nearest centres by going out from a point's x in both directions, only as far as it can matter.
class CentresByX {
 public:
  explicit CentresByX(std::span<const geo::Point> centres) : centres_(centres), order_(centres.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::sort(order_.begin(), order_.end(), [&](auto a, auto b) { return centres[a].x < centres[b].x; });
  }
  /// Ties: the lower index.
  std::uint32_t nearest_to(geo::Point p) const {
    const auto right = std::lower_bound(order_.begin(), order_.end(), p.x,
                                        [&](auto c, double x) { return centres_[c].x < x; });
    Best best;
    for (auto c = right; c != order_.end() && consider(*c, p, best); ++c) {
    }
    for (auto c = right; c != order_.begin() && consider(*(c - 1), p, best); --c) {
    }
    return best.centre;
  }

 private:
  struct Best {
    double least = std::numeric_limits<double>::infinity();
    std::uint32_t centre = 0;
  };
  /// False when this centre, and any farther out in x, is too far by x alone.
  bool consider(std::uint32_t c, geo::Point p, Best& best) const {
    const double dx = p.x - centres_[c].x;
    if (dx * dx > best.least) return false;
    const double d = squared(p, centres_[c]);
    if (d < best.least || (d == best.least && c < best.centre)) best = {d, c};
    return true;
  }

  std::span<const geo::Point> centres_;
  std::vector<std::uint32_t> order_;
};

void move_to_means(std::span<const geo::Point> points, Clusters& clusters) {
  std::vector<geo::Point> sums(clusters.centres.size());
  std::vector<double> counts(clusters.centres.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto c = clusters.nearest[i];
    sums[c].x += points[i].x, sums[c].y += points[i].y, counts[c] += 1;
  }
  for (std::size_t c = 0; c < sums.size(); ++c)
    if (counts[c] > 0) clusters.centres[c] = {sums[c].x / counts[c], sums[c].y / counts[c]};
}

/// Direction of the longest axis of the points, radians.
double main_axis(std::span<const geo::Point> points, std::span<const std::uint32_t> members) {
  double mx = 0, my = 0, xx = 0, xy = 0, yy = 0;
  for (const auto i : members) mx += points[i].x, my += points[i].y;
  mx /= static_cast<double>(members.size()), my /= static_cast<double>(members.size());
  for (const auto i : members) {
    const double x = points[i].x - mx, y = points[i].y - my;
    xx += x * x, xy += x * y, yy += y * y;
  }
  return 0.5 * std::atan2(2 * xy, xx - yy);
}

/// One halving after the other; `members` are point indices, `towns` group indices of the same total size.
class Halving {
 public:
  Halving(std::span<const geo::Point> points, std::span<const std::size_t> sizes, std::size_t urban,
          geo::Point centre, std::uint64_t seed)
      : points_(points),
        sizes_(sizes),
        urban_(urban),
        centre_(centre),
        random_(seed),
        group_(points.size()) {}
  std::vector<std::size_t> run() {
    std::vector<std::uint32_t> members(points_.size());
    std::iota(members.begin(), members.end(), 0U);
    std::vector<std::size_t> groups(sizes_.size());
    std::iota(groups.begin(), groups.end(), std::size_t{0});
    split(members, groups);
    return group_;
  }

 private:
  void split(std::span<std::uint32_t> members, std::span<std::size_t> groups) {
    if (groups.size() == 1) {
      for (const auto i : members) group_[i] = groups.front();
      return;
    }
    const std::size_t cut = half(groups);
    std::size_t first = 0;
    for (std::size_t g = 0; g < cut; ++g) first += sizes_[groups[g]];
    sort_along(members, groups, cut);
    split(members.first(first), groups.first(cut)), split(members.subspan(first), groups.subspan(cut));
  }
  /// Where the groups are cut for the two sides to be as equal as can be.
  std::size_t half(std::span<const std::size_t> groups) const {
    std::size_t total = 0, sum = 0, cut = 0;
    for (const std::size_t g : groups) total += sizes_[g];
    while (cut + 1 < groups.size() && 2 * sum + sizes_[groups[cut]] <= total) sum += sizes_[groups[cut++]];
    return std::max<std::size_t>(cut, 1);
  }
  void sort_along(std::span<std::uint32_t> members, std::span<const std::size_t> groups, std::size_t cut) {
    const double angle = main_axis(points_, members) + random_.uniform(-0.35, 0.35);
    const auto at = [&](geo::Point p) { return p.x * std::cos(angle) + p.y * std::sin(angle); };
    std::sort(members.begin(), members.end(), [&](auto a, auto b) {
      const double p = at(points_[a]), q = at(points_[b]);
      return p != q ? p < q : a < b;
    });
    const auto place = std::find(groups.begin(), groups.end(), urban_);
    if (place == groups.end()) return;
    const bool urban_first = place - groups.begin() < static_cast<std::ptrdiff_t>(cut);
    const bool centre_first = at(centre_) < at(points_[members[members.size() / 2]]);
    if (urban_first != centre_first) std::reverse(members.begin(), members.end());
  }
  std::span<const geo::Point> points_;
  std::span<const std::size_t> sizes_;
  std::size_t urban_;
  geo::Point centre_;
  Random random_;
  std::vector<std::size_t> group_;
};

}  // namespace

Clusters cluster(std::span<const geo::Point> points, std::size_t k, int rounds) {
  Clusters clusters;
  // The points come in random order, so every n/k-th of them is as good a start as any.
  for (std::size_t c = 0; c < k; ++c) clusters.centres.push_back(points[c * points.size() / k]);
  clusters.nearest.resize(points.size());
  for (int round = 0; round <= rounds; ++round) {
    if (round > 0) move_to_means(points, clusters);
    const CentresByX centres(clusters.centres);
    for (std::size_t i = 0; i < points.size(); ++i) clusters.nearest[i] = centres.nearest_to(points[i]);
  }
  return clusters;
}

std::vector<std::size_t> compact_groups(std::span<const geo::Point> points,
                                        std::span<const std::size_t> sizes, std::size_t urban,
                                        geo::Point centre, std::uint64_t seed) {
  return Halving(points, sizes, urban, centre, seed).run();
}

}  // namespace battlemap::demo
