#include "render/map_arcs.hpp"

#include <cmath>
#include <limits>

#include "render/simplify.hpp"

namespace battlemap::render {
namespace {

constexpr float grid_share = 0.2F;  ///< corners are told apart to this share of the tolerance
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// Numbers in the order of first appearance for 64-bit keys: open addressing, several times as fast as
/// std::unordered_map for the half million corners of a province's villages.
class Numbering {
 public:
  explicit Numbering(std::size_t expected) {
    std::size_t size = 64;
    while (size < expected * 2) size *= 2;
    slots_.assign(size, none);
  }
  std::uint32_t number(std::uint64_t key) {
    if (keys_.size() * 2 >= slots_.size()) grow();
    auto& slot = slots_[place(key)];
    if (slot == none) {
      slot = static_cast<std::uint32_t>(keys_.size());
      keys_.push_back(key);
    }
    return slot;
  }
  const std::vector<std::uint64_t>& keys() const { return keys_; }

 private:
  std::size_t place(std::uint64_t key) const {
    std::uint64_t h = key * 0x9E3779B97F4A7C15U;
    h ^= h >> 29;
    for (std::size_t i = h & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1))
      if (slots_[i] == none || keys_[slots_[i]] == key) return i;
  }
  void grow() {
    slots_.assign(slots_.size() * 2, none);
    for (std::uint32_t i = 0; i < keys_.size(); ++i) slots_[place(keys_[i])] = i;
  }
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> slots_;
};

/// A straight piece of border between two corners. side[0]: the cell whose ring runs from `a` to `b`, side[1]:
/// the one that runs back.
struct Edge {
  std::uint32_t a = 0, b = 0;
  std::uint32_t side[2]{geo::npos, geo::npos};
  std::uint32_t beyond = geo::npos;
  std::uint32_t next = none;  ///< another edge between the same corners
  bool live() const { return side[0] != side[1]; }
  std::uint32_t other(std::uint32_t corner) const { return corner == a ? b : a; }
  std::uint32_t left_from(std::uint32_t corner) const { return side[corner == a ? 0 : 1]; }
};

class ArcMaker {
 public:
  ArcMaker(const MapLayer& map, const Rect& clip, float tolerance)
      : map_(map), clip_(clip), tolerance_(tolerance), grid_(tolerance * grid_share), corners_(1 << 12), pairs_(1 << 12) {}

  MapArcs make() {
    find_cells();
    for (const auto cell : cells_) add_cell(cell);
    find_beyond();
    join_edges();
    trace();
    return std::move(out_);
  }

 private:
  void find_cells() {
    const auto& view = map_.view;
    geo::Box seen;
    seen.add(view.to_map({clip_.x, clip_.y})), seen.add(view.to_map({clip_.right(), clip_.bottom()}));
    const auto boxes = map_.coverage->boxes();
    for (std::uint32_t i = 0; i < boxes.size(); ++i)
      if (!boxes[i].empty() && boxes[i].intersects(seen)) cells_.push_back(i);
  }

  void add_cell(std::uint32_t cell) {
    const auto& set = map_.coverage->outlines();
    for (auto r = set.polygon_begin[cell]; r < set.polygon_begin[cell + 1]; ++r) {
      ring_.clear();
      for (const auto p : set.ring(r)) {
        const auto corner = corner_at(p);
        if (ring_.empty() || ring_.back() != corner) ring_.push_back(corner);
      }
      while (ring_.size() > 1 && ring_.front() == ring_.back()) ring_.pop_back();
      for (std::size_t i = 0; ring_.size() > 2 && i < ring_.size(); ++i)
        add_edge(cell, ring_[i], ring_[(i + 1) % ring_.size()]);
    }
  }

  std::uint32_t corner_at(geo::Point p) {
    const auto v = map_.view.to_pixel(p);
    const auto whole = [this](float c) {
      return static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(std::clamp(c / grid_, -1e9F, 1e9F))));
    };
    return corners_.number(static_cast<std::uint64_t>(whole(v.x)) << 32 | whole(v.y));
  }

  Vec2 position(std::uint32_t corner) const {
    const auto key = corners_.keys()[corner];
    return {static_cast<float>(static_cast<std::int32_t>(key >> 32)) * grid_,
            static_cast<float>(static_cast<std::int32_t>(key & 0xFFFFFFFFU)) * grid_};
  }

  /// Pairs the two directions of an edge. What finds no partner stays an edge with nothing beyond: the sum of
  /// a cell's edges is closed whatever the data are like.
  void add_edge(std::uint32_t cell, std::uint32_t from, std::uint32_t to) {
    const auto a = std::min(from, to), b = std::max(from, to);
    const int side = from == a ? 0 : 1;
    const auto first = pairs_.number(static_cast<std::uint64_t>(a) << 32 | b);
    if (first == heads_.size()) heads_.push_back(none);
    for (auto e = heads_[first]; e != none; e = edges_[e].next) {
      auto& edge = edges_[e];
      if (edge.side[side] != geo::npos || !edge.live()) continue;
      edge.side[side] = cell;
      return;
    }
    Edge edge{a, b};
    edge.side[side] = cell;
    edge.next = heads_[first];
    heads_[first] = static_cast<std::uint32_t>(edges_.size());
    edges_.push_back(edge);
  }

  /// Neighbours whose common border has different corners meet in edges without a partner: look what lies
  /// there.
  void find_beyond() {
    for (auto& edge : edges_) {
      if (!edge.live() || (edge.side[0] != geo::npos && edge.side[1] != geo::npos)) continue;
      const auto a = position(edge.a), b = position(edge.b);
      const Vec2 middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
      if (!clip_.contains(middle)) continue;
      const float length = std::hypot(b.x - a.x, b.y - a.y), step = 2 * tolerance_;
      // Rings run counter-clockwise on the map, so clockwise on a sheet whose y runs down: a cell lies on the
      // left of its edges as seen with y up.
      const float turn = edge.side[0] == geo::npos ? -step / length : step / length;
      const auto p = map_.view.to_map({middle.x - (b.y - a.y) * turn, middle.y + (b.x - a.x) * turn});
      const auto own = edge.side[0] == geo::npos ? edge.side[1] : edge.side[0];
      edge.beyond = cell_at(p, own);
    }
  }

  std::uint32_t cell_at(geo::Point p, std::uint32_t except) const {
    for (const auto cell : cells_)
      if (cell != except && map_.coverage->contains(cell, p)) return cell;
    return geo::npos;
  }

  /// The live edges at each corner.
  void join_edges() {
    first_.assign(corners_.keys().size() + 1, 0);
    for (const auto& e : edges_)
      if (e.live()) ++first_[e.a + 1], ++first_[e.b + 1];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    at_.resize(first_.back());
    auto fill = first_;
    for (std::uint32_t i = 0; i < edges_.size(); ++i)
      if (edges_[i].live()) at_[fill[edges_[i].a]++] = i, at_[fill[edges_[i].b]++] = i;
    node_.assign(corners_.keys().size(), none);
    for (std::uint32_t c = 0; c < node_.size(); ++c)
      if (first_[c + 1] > first_[c] && !passes(c)) node_[c] = static_cast<std::uint32_t>(out_.nodes++);
  }

  /// A corner where a border merely bends: two edges, the same cells on the same sides.
  bool passes(std::uint32_t c) const {
    if (first_[c + 1] - first_[c] != 2) return false;
    const auto &e = edges_[at_[first_[c]]], &f = edges_[at_[first_[c] + 1]];
    const auto before = e.other(c), after = f.other(c);
    return e.left_from(before) == f.left_from(c) && e.left_from(c) == f.left_from(after) &&
           e.beyond == f.beyond;
  }

  void trace() {
    done_.assign(edges_.size(), 0);
    for (std::uint32_t c = 0; c < node_.size(); ++c)
      if (node_[c] != none)
        for (auto k = first_[c]; k < first_[c + 1]; ++k)
          if (!done_[at_[k]]) trace_from(c, at_[k]);
    for (std::uint32_t i = 0; i < edges_.size(); ++i)  // islands and enclaves: no corner is a node
      if (edges_[i].live() && !done_[i]) {
        node_[edges_[i].a] = static_cast<std::uint32_t>(out_.nodes++);
        trace_from(edges_[i].a, i);
      }
  }

  void trace_from(std::uint32_t corner, std::uint32_t at) {
    const auto& start = edges_[at];
    MapArc arc{start.left_from(corner), start.left_from(start.other(corner)), start.beyond, node_[corner], 0, 0, 0};
    line_.assign(1, position(corner));
    for (;;) {
      done_[at] = 1;
      corner = edges_[at].other(corner);
      line_.push_back(position(corner));
      if (node_[corner] != none) break;
      at = at_[first_[corner]] == at ? at_[first_[corner] + 1] : at_[first_[corner]];
    }
    arc.to = node_[corner];
    const auto kept = simplified(line_, tolerance_);
    arc.begin = out_.points.size();
    out_.points.insert(out_.points.end(), kept.begin(), kept.end());
    arc.end = out_.points.size();
    out_.arcs.push_back(arc);
  }

  const MapLayer& map_;
  Rect clip_;
  float tolerance_, grid_;
  Numbering corners_, pairs_;
  std::vector<std::uint32_t> cells_, ring_, heads_, first_, at_, node_;
  std::vector<char> done_;
  std::vector<Edge> edges_;
  std::vector<Vec2> line_;
  MapArcs out_;
};

/// An arc along which the union lies on the left.
struct Step {
  std::uint32_t arc = 0, next = none;
  bool backward = false;
};

void append(std::vector<Vec2>& ring, std::span<const Vec2> line, bool backward) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) ring.push_back(backward ? line[line.size() - 1 - i] : line[i]);
}

bool reaches_out(const std::vector<Vec2>& ring, const Rect& box) {
  for (const auto p : ring)
    if (p.x < box.x || p.y < box.y || p.x > box.right() || p.y > box.bottom()) return true;
  return false;
}

}  // namespace

MapArcs make_arcs(const MapLayer& map, const Rect& clip, float tolerance) {
  if (!map.coverage) return {};
  return ArcMaker(map, clip, tolerance).make();
}

std::vector<std::vector<Vec2>> union_rings(const MapArcs& arcs, const std::function<bool(std::uint32_t)>& belongs,
                                           const Rect& clip) {
  std::vector<Step> steps;
  std::vector<std::uint32_t> leaving(arcs.nodes, none);
  for (std::uint32_t i = 0; i < arcs.arcs.size(); ++i) {
    const auto& arc = arcs.arcs[i];
    const bool left = arc.left != geo::npos && belongs(arc.left),
               right = arc.right != geo::npos && belongs(arc.right);
    if (left == right) continue;
    auto& first = leaving[left ? arc.from : arc.to];
    steps.push_back({i, first, right});
    first = static_cast<std::uint32_t>(steps.size() - 1);
  }
  std::vector<std::vector<Vec2>> rings;
  // As many arcs arrive at a node as leave it: following any of them comes back to where it began.
  for (std::uint32_t start = 0; start < leaving.size(); ++start)
    while (leaving[start] != none) {
      std::vector<Vec2> ring;
      for (auto node = start; leaving[node] != none;) {
        const Step step = steps[leaving[node]];
        leaving[node] = step.next;
        const auto& arc = arcs.arcs[step.arc];
        append(ring, arcs.line(arc), step.backward);
        node = step.backward ? arc.from : arc.to;
      }
      if (reaches_out(ring, clip)) ring = clipped_ring(std::move(ring), clip);
      if (ring.size() > 2) rings.push_back(std::move(ring));
    }
  return rings;
}

}  // namespace battlemap::render
