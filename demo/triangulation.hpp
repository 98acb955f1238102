#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "demo/grid_point.hpp"

namespace battlemap::demo {

/// A constrained Delaunay triangulation of grid points inside a box, by incremental insertion with Lawson
/// flips (points along a Hilbert curve) and Sloan's flips for constraints (Sloan 1993). Predicates are exact.
/// "Delaunay" is meant in the 4:5 metric of to_km(), in which a degree of longitude is 0.8 of one of
/// latitude.
///
///           v[2]
///           /  \          n[i] is the neighbour across the edge opposite v[i],
///    n[1]  /    \  n[0]   from v[i+1] to v[i+2]; -1 outside the box.
///         /______\        Vertices counter-clockwise.
///      v[0] n[2]  v[1]
class Triangulation {
 public:
  struct Triangle {
    std::array<std::int32_t, 3> v{};
    std::array<std::int32_t, 3> n{-1, -1, -1};
    std::array<bool, 3> fixed{};  ///< the edge opposite v[i] is a constraint
  };

  /// `low` and `high`: corners of the box, which become vertices 0..3. Points must lie strictly inside.
  Triangulation(GridPoint low, GridPoint high);
  /// Inserts points; returns each one's vertex (a point given before has that vertex).
  std::vector<std::int32_t> insert(std::span<const GridPoint> points);
  /// Makes a-b a chain of fixed edges (more than one when vertices lie on it). No insert() may follow.
  /// Throws geo::Error when it would cross another constraint.
  void constrain(std::int32_t a, std::int32_t b);

  const std::vector<GridPoint>& points() const { return points_; }
  const std::vector<Triangle>& triangles() const { return triangles_; }
  /// A triangle at vertex `v`.
  std::int32_t triangle_at(std::int32_t v) const { return at_[static_cast<std::size_t>(v)]; }
  /// The triangle to the left of the edge a-b; -1 when there is no such edge.
  std::int32_t left_of(std::int32_t a, std::int32_t b) const { return find_edge(a, b).triangle; }
  /// Moves vertex `v` when every triangle around it stays counter-clockwise; else leaves it and returns
  /// false.
  bool move(std::int32_t v, GridPoint to);

 private:
  struct Edge {
    std::int32_t triangle;
    int side;
  };
  Triangle& tri(std::int32_t t) { return triangles_[static_cast<std::size_t>(t)]; }
  const Triangle& tri(std::int32_t t) const { return triangles_[static_cast<std::size_t>(t)]; }
  GridPoint point(std::int32_t v) const { return points_[static_cast<std::size_t>(v)]; }
  bool in_circle(const Triangle& t, GridPoint p) const;
  std::int32_t insert_one(GridPoint p);
  std::int32_t locate(GridPoint p) const;
  std::int32_t add_vertex(GridPoint p);
  void split_triangle(std::int32_t t, std::int32_t v);
  void split_edge(Edge edge, std::int32_t v);
  void legalize(std::vector<Edge>& edges);
  Edge flip(Edge edge);
  void link(std::int32_t t, int side, std::int32_t other, std::int32_t old_other);
  void set(std::int32_t t, std::array<std::int32_t, 3> v);
  std::int32_t constrain_step(std::int32_t a, std::int32_t b);
  std::int32_t fix_edge_toward(std::int32_t a, std::int32_t b);
  void fix(Edge edge);
  Edge find_edge(std::int32_t a, std::int32_t b) const;
  Edge first_crossed(std::int32_t a, std::int32_t b) const;
  std::int32_t collect_crossed(std::int32_t a, std::int32_t b,
                               std::vector<std::array<std::int32_t, 2>>& edges) const;
  void remove_crossings(std::int32_t a, std::int32_t b, std::vector<std::array<std::int32_t, 2>> edges);

  std::vector<GridPoint> points_;
  std::vector<Triangle> triangles_;
  std::vector<std::int32_t> at_;
  mutable std::int32_t last_ = 0;
};

}  // namespace battlemap::demo
