#include "render/fan_mesh.hpp"

#include <algorithm>
#include <mutex>

#include "geo/arc_details.hpp"
#include "geo/error.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t polygons_per_block = 512;

/// Appends fans; a block ends after so many polygons.
class FanMaker {
 public:
  explicit FanMaker(const geo::Grid& grid) { mesh_.grid = grid; }

  void begin_polygon(std::uint32_t number, const geo::Box& box) {
    if (polygons_++ % polygons_per_block == 0)
      mesh_.blocks.push_back({{}, static_cast<std::uint32_t>(mesh_.indices.size()), 0});
    mesh_.blocks.back().box.add(box);
    number_ = number;
  }
  void add(geo::GridPoint p) {
    mesh_.indices.push_back(static_cast<std::uint32_t>(mesh_.vertices.size()));
    mesh_.vertices.push_back({p.x, p.y, number_});
  }
  void end_ring() { mesh_.indices.push_back(FanMesh::restart); }
  void end_polygon() {
    FanMesh::Block& block = mesh_.blocks.back();
    block.count = static_cast<std::uint32_t>(mesh_.indices.size()) - block.first;
  }
  FanMesh take() {
    if (mesh_.vertices.size() >= FanMesh::restart) geo::fail("outlines of 4 billion corners are more than can be drawn");
    return std::move(mesh_);
  }

 private:
  FanMesh mesh_;
  std::size_t polygons_ = 0;
  std::uint32_t number_ = 0;
};

FanMesh fans_of_arcs(const geo::Coverage& coverage, const geo::ArcLines& lines) {
  FanMaker maker(coverage.arcs->grid);
  const geo::ArcRings& rings = coverage.arcs->levels[static_cast<std::size_t>(coverage.level)];
  for (std::uint32_t i = 0; i < rings.size(); ++i) {
    maker.begin_polygon(i + 1, coverage.boxes()[i]);
    for (auto r = rings.polygon_begin[i]; r < rings.polygon_begin[i + 1]; ++r) {
      for (const std::uint32_t ref : rings.ring(r)) lines.each_point(ref, [&](geo::GridPoint p) { maker.add(p); });
      maker.end_ring();
    }
    maker.end_polygon();
  }
  return maker.take();
}

template <class Number>
FanMesh fans_of_polygons(const geo::PolygonSet& set, const Number& number) {
  const geo::Grid grid = geo::grid_for(set.extent());
  FanMaker maker(grid);
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    maker.begin_polygon(number(i), set.boxes[i]);
    for (auto r = set.polygon_begin[i]; r < set.polygon_begin[i + 1]; ++r) {
      for (const geo::Point p : set.ring(r)) maker.add(geo::nearest(grid, p));
      maker.end_ring();
    }
    maker.end_polygon();
  }
  return maker.take();
}

/// What was made of things that are alive.
class Fans {
 public:
  template <class Make>
  std::shared_ptr<const FanMesh> get(const std::shared_ptr<const void>& of, const void* detail, const Make& make) {
    const std::lock_guard lock(mutex_);
    std::erase_if(known_, [](const Known& k) { return k.of.expired(); });
    for (const Known& k : known_)
      if (k.of.lock() == of && k.detail == detail) return k.mesh;
    known_.push_back({of, detail, std::make_shared<const FanMesh>(make())});
    return known_.back().mesh;
  }

 private:
  struct Known {
    std::weak_ptr<const void> of;
    const void* detail;
    std::shared_ptr<const FanMesh> mesh;
  };
  std::mutex mutex_;
  std::vector<Known> known_;
};

Fans& fans() {
  static Fans all;
  return all;
}

const geo::ArcLines* lines_of(const geo::Coverage& coverage, double tolerance) {
  return coverage.arcs ? &coverage.arcs->within(tolerance) : nullptr;
}

}  // namespace

FanMesh make_fans(const geo::Coverage& coverage, double tolerance) {
  if (const geo::ArcLines* lines = lines_of(coverage, tolerance)) return fans_of_arcs(coverage, *lines);
  return fans_of_polygons(coverage.polygons, [](std::uint32_t i) { return i + 1; });
}

FanMesh make_fans(const geo::PolygonSet& lakes) {
  return fans_of_polygons(lakes, [](std::uint32_t) { return FanMesh::water; });
}

std::shared_ptr<const FanMesh> fans_of(const std::shared_ptr<const geo::Coverage>& coverage, double tolerance) {
  return fans().get(coverage, lines_of(*coverage, tolerance), [&] { return make_fans(*coverage, tolerance); });
}

std::shared_ptr<const FanMesh> fans_of(const std::shared_ptr<const geo::PolygonSet>& lakes) {
  return fans().get(lakes, nullptr, [&] { return make_fans(*lakes); });
}

}  // namespace battlemap::render
