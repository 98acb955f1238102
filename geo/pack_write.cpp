#include <deque>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "geo/arc_details.hpp"
#include "geo/arc_neighbours.hpp"
#include "geo/coverage.hpp"
#include "geo/pack.hpp"
#include "geo/pack_contents.hpp"
#include "geo/pack_files.hpp"
#include "geo/pack_report.hpp"
#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

/// Where along the arcs of ring `r` the point `p` lies that its source began with; 0 when it was left out.
std::uint32_t index_along(const ArcShapes& shapes, std::span<const std::uint32_t> refs, GridPoint p) {
  std::uint32_t at = 0, found = npos;
  for (std::size_t i = 0; i < refs.size() && found == npos; ++i)
    shapes.details.front().each_point(refs[i], [&](GridPoint other) {
      if (found == npos && other == p) found = at;
      ++at;
    });
  return found == npos ? 0 : found;
}

std::vector<std::uint32_t> first_points(const ArcShapes& shapes, const ArcRings& rings, const PolygonSet& source) {
  std::vector<std::uint32_t> first(source.ring_count());
  constexpr std::size_t rings_at_once = 4096;
  parallel_ranges(first.size(), rings_at_once, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r)
      if (const auto ring = source.ring(r); !ring.empty())
        first[r] = index_along(shapes, rings.ring(r), nearest(shapes.grid, ring.front()));
  });
  return first;
}

/// Collects pieces; keeps what is made for them alive until they are written.
class PackMaker {
 public:
  PackMaker(const Dataset& dataset, const std::string& identity) : dataset_(dataset) {
    add_text(pack_name(PackKind::identity), identity);
  }

  void add_divisions() {
    for (const Level level : all_levels) {
      const Divisions& divisions = dataset_.tree.at(level);
      const auto l = static_cast<std::size_t>(level);
      add(pack_name(PackKind::divisions, l), divisions.records());
      add(pack_name(PackKind::names, l), std::span(divisions.names().data(), divisions.names().size()));
      directory_["types"] = std::vector(divisions.types().begin(), divisions.types().end());
    }
    for (std::size_t l = 0; l < level_count; ++l) {
      const NameIndex::Level& index = dataset_.tree.names().levels[l];
      add(pack_name(PackKind::search_text, l), std::span(index.text.data(), index.text.size()));
      add(pack_name(PackKind::search_begin, l), index.begin);
    }
  }

  void add_outlines(const ArcShapes& shapes) {
    directory_["grid"] = {shapes.grid.origin.x, shapes.grid.origin.y, shapes.grid.step};
    directory_["tolerances"] = nlohmann::json::array();
    for (std::size_t k = 0; k < shapes.details.size(); ++k) {
      directory_["tolerances"].push_back(shapes.details[k].tolerance);
      add(pack_name(PackKind::arc_points, k), shapes.details[k].points);
      add(pack_name(PackKind::arc_begin, k), shapes.details[k].begin);
    }
    for (std::size_t l = 0; l < level_count; ++l) {
      add(pack_name(PackKind::ring_refs, l), shapes.levels[l].refs);
      add(pack_name(PackKind::ring_begin, l), shapes.levels[l].ring_begin);
      add(pack_name(PackKind::polygon_begin, l), shapes.levels[l].polygon_begin);
      add_own(pack_name(PackKind::ring_first, l), first_points(shapes, shapes.levels[l], dataset_.coverages[l].outlines()));
    }
    add_neighbours(shapes);
  }

  void add_coverages() {
    for (const Level level : all_levels) {
      const Coverage& coverage = dataset_.coverage(level);
      const auto l = static_cast<std::size_t>(level);
      add(pack_name(PackKind::boxes, l), coverage.boxes());
      add_anchors(coverage);
      const auto cells = add_zeros<DivisionRef>(pack_name(PackKind::cells, l), coverage.size());
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i].level = coverage.cells[i].level, cells[i].index = coverage.cells[i].index;
      add(pack_name(PackKind::ancestry, l), coverage.ancestry.view());
    }
  }

  void add_water() {
    const PolygonSet& lakes = dataset_.lakes;
    add(pack_name(PackKind::lake_points), std::span<const Point>(lakes.points));
    add(pack_name(PackKind::lake_rings), std::span<const std::uint32_t>(lakes.ring_begin));
    add(pack_name(PackKind::lake_polygons), std::span<const std::uint32_t>(lakes.polygon_begin));
    add(pack_name(PackKind::lake_boxes), std::span<const Box>(lakes.boxes));
    add(pack_name(PackKind::river_points), std::span<const Point>(dataset_.rivers.points));
    add(pack_name(PackKind::river_lines), std::span<const std::uint32_t>(dataset_.rivers.line_begin));
  }

  void add_statistics() {
    directory_["columns"] = nlohmann::json::array();
    std::size_t number = 0;
    for (const Statistics::Column* column : dataset_.statistics.columns()) {
      directory_["columns"].push_back(
          {{"indicator", column->indicator}, {"level", index_of(column->level)}, {"year", column->year}});
      const auto cells = add_zeros<Statistics::Cell>(pack_name(PackKind::values, number++), column->values.size());
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const Statistics::Cell& cell = column->values[i];
        cells[i].value = cell.value, cells[i].status = cell.status, cells[i].provenance = cell.provenance;
      }
    }
  }

  void add_files() {
    const std::vector<CarriedFile> files = carried_files(dataset_.project);
    add_text(pack_name(PackKind::file_names), list_of(dataset_.project, files));
    for (std::size_t i = 0; i < files.size(); ++i) {
      std::ifstream in(files[i].from, std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      if (!in) fail("{}: cannot be read, and the pack must carry it", files[i].from.string());
      add_text(pack_name(PackKind::file, i), bytes.str());
    }
  }

  void write(const std::filesystem::path& file, const std::function<void(double)>& progress) {
    directory_["boundaries"] = nlohmann::json::array();
    for (const BoundarySource& source : dataset_.project.boundaries)
      directory_["boundaries"].push_back({source.number, index_of(source.level)});
    directory_["report"] = packed_report(dataset_);
    add_text(pack_name(PackKind::report), directory_.dump());
    write_pack_file(file, pieces_, progress);
  }

 private:
  /// Of the level with most cells alone: those of others would take as much room, and are found soon.
  void add_neighbours(const ArcShapes& shapes) {
    std::size_t l = 0;
    for (std::size_t i = 1; i < level_count; ++i)
      if (shapes.levels[i].size() >= shapes.levels[l].size()) l = i;
    const FoundArcNeighbours found = arc_neighbours(shapes.levels[l], shapes.details.front(), shapes.grid, dataset_.coverages[l].boxes());
    if (!found.arcs.empty()) return;  // a few large cells among many arcs: as soon found
    directory_["neighbours"] = {{"level", l}, {"partition", found.partition}};
    add_own(pack_name(PackKind::arc_sides), found.sides);
    add_own(pack_name(PackKind::arc_reach), found.reach);
  }

  template <class T>
  void add(PackName name, std::span<const T> data) {
    pieces_.push_back(pack_piece(name, data));
  }
  /// To be filled in; what lies between the fields of an element stays zero, so that the same data give the same bytes.
  template <class T>
  std::span<T> add_zeros(PackName name, std::size_t count) {
    std::vector<std::byte>& bytes = owned_.emplace_back(count * sizeof(T));
    add(name, std::span<const std::byte>(bytes));
    return {reinterpret_cast<T*>(bytes.data()), count};
  }
  template <class T>
  void add_own(PackName name, const std::vector<T>& data) {
    std::copy(data.begin(), data.end(), add_zeros<T>(name, data.size()).begin());
  }
  void add_text(PackName name, const std::string& text) { add_own(name, std::vector<char>(text.begin(), text.end())); }

  /// Those that drawing from the sources finds, so that labels stand where they stood.
  void add_anchors(const Coverage& coverage) {
    find_anchors(coverage);
    const auto anchors =
        add_zeros<Anchor>(pack_name(PackKind::anchors, static_cast<std::size_t>(coverage.level)), coverage.size());
    for (std::size_t i = 0; i < anchors.size(); ++i) {
      const Anchor anchor = coverage.anchor(i);
      anchors[i].at = anchor.at, anchors[i].radius = anchor.radius;
    }
  }

  const Dataset& dataset_;
  std::vector<PackPiece> pieces_;
  std::deque<std::vector<std::byte>> owned_;
  nlohmann::json directory_;
};

}  // namespace

void write_pack(const Dataset& dataset, const std::string& identity, const std::filesystem::path& file,
                const std::function<void(const std::string&, double)>& progress) {
  const auto step = [&](const char* what, double fraction) {
    if (progress) progress(what, fraction);
  };
  PackMaker maker(dataset, identity);
  step("shared borders", 0);
  std::array<const PolygonSet*, level_count> outlines{};
  for (std::size_t l = 0; l < level_count; ++l) outlines[l] = &dataset.coverages[l].outlines();
  const auto shapes = make_arc_shapes(outlines, dataset.grid);
  maker.add_outlines(*shapes);
  step("label anchors", 0.6);
  maker.add_coverages();
  step("names and values", 0.8);
  maker.add_divisions();
  maker.add_water();
  maker.add_statistics();
  maker.add_files();
  maker.write(file, [&](double share) { step("writing the pack", 0.85 + 0.15 * share); });
  step("packed", 1);
}

}  // namespace battlemap::geo
