#include "geo/arcs.hpp"

#include <array>

#include "geo/corner_rings.hpp"
#include "geo/point_numbers.hpp"

namespace battlemap::geo {
namespace {

/// Follows edges from node to node.
class ArcTracer {
 public:
  ArcTracer(const CornerRings& rings, const EdgeTable& table) : rings_(rings), edges_(table.edges) {
    join_edges();
    arc_of_.assign(edges_.size(), no_number);
  }

  void trace_all(Arcs& out) {
    out.points.reserve(edges_.size() + edges_.size() / 8);
    for (std::uint32_t e = 0; e < edges_.size(); ++e)
      for (const std::uint32_t corner : {edges_[e].low, edges_[e].high})
        if (is_node(corner) && arc_of_[e] == no_number) trace(e, corner, out);
    for (std::uint32_t e = 0; e < edges_.size(); ++e)
      if (arc_of_[e] == no_number) {  // a border without nodes
        degree_[edges_[e].low] = 0;
        trace(e, edges_[e].low, out);
      }
  }

  bool is_node(std::uint32_t corner) const { return degree_[corner] != 2; }
  /// The ref of the arc that begins with edge `e` as run from `from`.
  std::uint32_t ref(std::uint32_t e, std::uint32_t from) const {
    return arc_of_[e] ^ (from == edges_[e].low ? 0U : 1U);
  }

 private:
  /// The two edges of corners that have two, and which of those corners merely bend a border.
  void join_edges() {
    degree_.assign(rings_.points.size(), 0);
    pair_.resize(rings_.points.size());
    for (std::uint32_t e = 0; e < edges_.size(); ++e)
      for (const std::uint32_t corner : {edges_[e].low, edges_[e].high}) {
        if (degree_[corner] < 2) pair_[corner][degree_[corner]] = e;
        if (degree_[corner] < 3) ++degree_[corner];
      }
    for (std::uint32_t c = 0; c < degree_.size(); ++c)
      if (degree_[c] == 2 && arriving(pair_[c][0], c) != leaving(pair_[c][1], c)) degree_[c] = 3;
  }
  std::uint64_t leaving(std::uint32_t e, std::uint32_t corner) const {
    return corner == edges_[e].low ? edges_[e].ahead : edges_[e].back;
  }
  std::uint64_t arriving(std::uint32_t e, std::uint32_t corner) const {
    return corner == edges_[e].high ? edges_[e].ahead : edges_[e].back;
  }

  void trace(std::uint32_t e, std::uint32_t corner, Arcs& out) {
    const auto ref = static_cast<std::uint32_t>(out.size()) * 2;
    out.points.push_back(rings_.points[corner]);
    for (;;) {
      // The ref of an edge as run from its lower corner.
      arc_of_[e] = ref | (corner == edges_[e].low ? 0U : 1U);
      corner = corner == edges_[e].low ? edges_[e].high : edges_[e].low;
      out.points.push_back(rings_.points[corner]);
      if (is_node(corner)) break;
      e = pair_[corner][0] == e ? pair_[corner][1] : pair_[corner][0];
    }
    out.arc_begin.push_back(static_cast<std::uint32_t>(out.points.size()));
  }

  const CornerRings& rings_;
  const std::vector<EdgeTable::Entry>& edges_;
  std::vector<std::uint8_t> degree_;  ///< 2: merely bends; any other: a node
  std::vector<std::array<std::uint32_t, 2>> pair_;
  std::vector<std::uint32_t> arc_of_;
};

/// A ring's refs, from its first node on.
void append_refs(const CornerRings& rings, const EdgeTable& table, const ArcTracer& tracer, std::size_t r,
                 Arcs::Layer& out) {
  for (std::uint32_t i = rings.ring_begin[r]; i < rings.ring_begin[r + 1]; ++i)
    if (tracer.is_node(rings.corners[i])) out.refs.push_back(tracer.ref(table.at[i], rings.corners[i]));
  out.ring_begin.push_back(static_cast<std::uint32_t>(out.refs.size()));
}

void append_arc(const Arcs& arcs, std::uint32_t ref, PolygonSet& out) {
  const auto line = arcs.line(ref / 2);
  if (ref % 2 == 0)
    out.points.insert(out.points.end(), line.begin(), line.end() - 1);
  else
    out.points.insert(out.points.end(), line.rbegin(), line.rend() - 1);
}

}  // namespace

Arcs build_arcs(std::span<const PolygonSet* const> coverages, double snap) {
  CornerRings rings = number_corners(coverages);
  EdgeTable table = find_edges(rings);
  Arcs out;
  out.snapped = snap_corners(rings, table, snap);
  if (out.snapped > 0) table = find_edges(rings);
  ArcTracer tracer(rings, table);
  tracer.trace_all(out);
  std::size_t ring = 0;
  for (const PolygonSet* set : coverages) {
    Arcs::Layer& layer = out.layers.emplace_back();
    layer.polygon_begin = set->polygon_begin;
    for (std::size_t r = 0; r < set->ring_count(); ++r) append_refs(rings, table, tracer, ring++, layer);
  }
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

std::vector<ArcSides> sides_of(const Arcs& arcs, std::size_t layer) {
  std::vector<ArcSides> sides(arcs.size());
  const Arcs::Layer& from = arcs.layers[layer];
  for (std::uint32_t i = 0; i < from.size(); ++i)
    for (std::uint32_t r = from.polygon_begin[i]; r < from.polygon_begin[i + 1]; ++r)
      // Exteriors run counter-clockwise and holes clockwise: a polygon lies on the left of its rings.
      for (const std::uint32_t ref : from.ring(r)) (ref % 2 == 0 ? sides[ref / 2].left : sides[ref / 2].right) = i;
  return sides;
}

}  // namespace battlemap::geo
