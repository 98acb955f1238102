#include "geo/dissolve.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "geo/exact_outline.hpp"
#include "geo/geos.hpp"
#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

/// Appends the union of polygons [first, last).
void dissolve_range(const PolygonSet& set, std::uint32_t first, std::uint32_t last, double step, Geos& geos, PolygonSet& out) {
  if (append_exact_outline(set, first, last, geos, out)) return;
  std::vector<std::uint32_t> members(last - first);
  std::iota(members.begin(), members.end(), first);
  std::erase_if(members, [&](std::uint32_t i) { return set.polygon_begin[i] == set.polygon_begin[i + 1]; });
  geos.append_union(set, members, step, out);
}

}  // namespace

PolygonSet dissolve(const PolygonSet& set, std::span<const std::pair<std::uint32_t, std::uint32_t>> ranges, double step) {
  const std::size_t together = std::clamp<std::size_t>(ranges.size() / 64, 1, 16);
  std::vector<PolygonSet> parts((ranges.size() + together - 1) / together);
  parallel_ranges(ranges.size(), together, [&](std::size_t begin, std::size_t end) {
    Geos geos;
    for (std::size_t g = begin; g < end; ++g)
      dissolve_range(set, ranges[g].first, ranges[g].second, step, geos, parts[begin / together]);
  });
  PolygonSet all;
  all.append_all(parts);
  return all;
}

}  // namespace battlemap::geo
