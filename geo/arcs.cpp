#include "geo/arcs.hpp"

#include "geo/corner_rings.hpp"
#include "geo/parallel.hpp"
#include "geo/ring_chains.hpp"
#include "geo/ring_runs.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t chains_a_range = 1U << 14U;

/// Makes an arc of each chain that is the first of its kind, and refs to arcs of refs to chains.
void number_arcs(const Chains& chains, std::vector<std::uint32_t>& refs, int threads, Arcs& out) {
  std::vector<std::uint32_t> arc_of(chains.size()), chain_of;
  for (std::uint32_t c = 0; c < chains.size(); ++c) {
    if (refs[c] / 2 != c) continue;
    arc_of[c] = static_cast<std::uint32_t>(out.size());
    chain_of.push_back(c);
    out.arc_begin.push_back(out.arc_begin.back() + chains[c].edges + 1);
  }
  out.points.resize(out.arc_begin.back());
  parallel_ranges(out.size(), chains_a_range, threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a)
      for (std::uint32_t k = 0; k <= chains[chain_of[a]].edges; ++k)
        out.points[out.arc_begin[a] + k] = chains[chain_of[a]].at(k);
  });
  parallel_ranges(refs.size(), chains_a_range, threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) refs[c] = arc_of[refs[c] / 2] * 2 + refs[c] % 2;
  });
}

/// The part of all chains' refs that belongs to a coverage, whose first ring is ring `first`.
Arcs::Layer layer_of(const PolygonSet& coverage, std::size_t first, const Chains& chains,
                     const std::vector<std::uint32_t>& refs) {
  Arcs::Layer layer;
  layer.polygon_begin = coverage.polygon_begin;
  const auto begin = chains.ring_begin().begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = begin + static_cast<std::ptrdiff_t>(coverage.ring_count());
  layer.refs.assign(refs.begin() + *begin, refs.begin() + *end);
  layer.ring_begin.assign(begin, end + 1);
  for (std::uint32_t& each : layer.ring_begin) each -= *begin;
  return layer;
}

Arcs arcs_of_equal_corners(std::span<const PolygonSet* const> coverages, int threads) {
  const RingRuns rings(coverages, threads);
  const Chains chains(rings, find_nodes(rings, threads), threads);
  std::vector<std::uint32_t> refs = match_chains(chains, threads);
  Arcs out;
  number_arcs(chains, refs, threads, out);
  std::size_t ring = 0;
  for (const PolygonSet* coverage : coverages) {
    out.layers.push_back(layer_of(*coverage, ring, chains, refs));
    ring += coverage->ring_count();
  }
  return out;
}

/// Coverages after their corners were snapped; their polygons have the same rings as before.
std::vector<PolygonSet> moved_coverages(std::span<const PolygonSet* const> coverages,
                                        const CornerRings& rings) {
  std::vector<PolygonSet> out;
  std::size_t ring = 0;
  for (const PolygonSet* coverage : coverages) {
    PolygonSet& set = out.emplace_back();
    for (std::size_t r = 0; r < coverage->ring_count(); ++r, ++ring) {
      for (std::uint32_t i = rings.ring_begin[ring]; i < rings.ring_begin[ring + 1]; ++i)
        set.add_point(rings.points[rings.corners[i]]);
      set.end_ring();
    }
    set.polygon_begin = coverage->polygon_begin;
  }
  return out;
}

void append_arc(const Arcs& arcs, std::uint32_t ref, PolygonSet& out) {
  const auto line = arcs.line(ref / 2);
  if (ref % 2 == 0)
    out.points.insert(out.points.end(), line.begin(), line.end() - 1);
  else
    out.points.insert(out.points.end(), line.rbegin(), line.rend() - 1);
}

}  // namespace

Arcs build_arcs(std::span<const PolygonSet* const> coverages, double snap, int threads) {
  if (!(snap > 0)) return arcs_of_equal_corners(coverages, threads);
  CornerRings rings = number_corners(coverages);
  const std::size_t snapped = snap_corners(rings, find_edges(rings), snap);
  if (snapped == 0) return arcs_of_equal_corners(coverages, threads);
  const std::vector<PolygonSet> moved = moved_coverages(coverages, rings);
  std::vector<const PolygonSet*> sets;
  for (const PolygonSet& set : moved) sets.push_back(&set);
  Arcs out = arcs_of_equal_corners(sets, threads);
  out.snapped = snapped;
  return out;
}

PolygonSet polygons_of(const Arcs& arcs, std::size_t layer) {
  const Arcs::Layer& from = arcs.layers[layer];
  PolygonSet out;
  for (std::size_t i = 0; i < from.size(); ++i) {
    for (std::uint32_t r = from.polygon_begin[i]; r < from.polygon_begin[i + 1]; ++r) {
      for (const std::uint32_t ref : from.ring(r)) append_arc(arcs, ref, out);
      out.end_ring();
    }
    out.end_polygon();
  }
  return out;
}

}  // namespace battlemap::geo
