#include "geo/boundaries.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/boundary_fields.hpp"
#include "geo/gdal_open.hpp"
#include "geo/join.hpp"
#include "geo/layer_reader.hpp"
#include "geo/pack.hpp"
#include "geo/parallel.hpp"
#include "geo/problem_log.hpp"
#include "geo/source_transform.hpp"
#include "geo/table_divisions.hpp"
#include "geo/timeline.hpp"
#include "geo/validity.hpp"
#include "geo/vector_source.hpp"

namespace battlemap::geo {
namespace {

/// Where each raw feature's polygon is to be taken from; nothing for those that are left out.
class Selection {
 public:
  Selection(RawLayer& raw, ProblemLog& log) : raw_(raw), log_(log), order_(raw.entries.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
  }

  void repair(BoundaryReport& report) {
    repairs_ = find_repairs(raw_.polygons);
    for (const Repair& repair : repairs_) {
      const bool gone = repair.repaired.size() == 0;
      if (!gone) ++report.repaired;
      log_.add("invalid_geometry", raw_.rows[repair.polygon], raw_.entries[repair.polygon].code.text(),
               fmt::format("feature {}: {}; {}", raw_.rows[repair.polygon], repair.reason, outcome(repair)));
    }
    std::erase_if(order_, [&](std::uint32_t i) {
      const Repair* repair = repair_of(i);
      return repair != nullptr && repair->repaired.size() == 0;
    });
  }

  void sort_by_code() {
    const auto not_before = [&](auto a, auto b) { return raw_.entries[a].code >= raw_.entries[b].code; };
    if (std::adjacent_find(order_.begin(), order_.end(), not_before) == order_.end()) return;  // as most files are
    std::stable_sort(order_.begin(), order_.end(),
                     [&](auto a, auto b) { return raw_.entries[a].code < raw_.entries[b].code; });
    std::vector<std::uint32_t> kept;
    for (const std::uint32_t i : order_) {
      if (kept.empty() || raw_.entries[kept.back()].code != raw_.entries[i].code)
        kept.push_back(i);
      else
        log_.add("duplicate_code", raw_.rows[i], raw_.entries[i].code.text(),
                 fmt::format("feature {}: the code stands in feature {} already; left out", raw_.rows[i],
                             raw_.rows[kept.back()]));
    }
    order_ = std::move(kept);
  }

  void move_to(BoundaryLayer& layer, std::vector<std::int64_t>& rows) {
    const bool as_it_is = repairs_.empty() && order_.size() == raw_.entries.size() &&
                          std::is_sorted(order_.begin(), order_.end());
    if (as_it_is) {
      layer.polygons = std::move(raw_.polygons);
      layer.entries = std::move(raw_.entries);
      rows = std::move(raw_.rows);
      return;
    }
    layer.polygons.points.reserve(raw_.polygons.points.size());
    for (const std::uint32_t i : order_) {
      const Repair* repair = repair_of(i);
      layer.polygons.append(repair == nullptr ? raw_.polygons : repair->repaired, repair == nullptr ? i : 0);
      layer.entries.push_back(std::move(raw_.entries[i]));
      rows.push_back(raw_.rows[i]);
    }
    raw_ = {};
  }

 private:
  std::string outcome(const Repair& repair) const {
    if (repair.repaired.size() == 0) return "nothing of it encloses an area; left out";
    const double before = polygon_area(raw_.polygons, repair.polygon);
    const double after = polygon_area(repair.repaired, 0);
    if (std::abs(before) < 1e-6 * after) return "repaired; before, its parts cancelled each other's area out";
    return fmt::format("repaired, its area changed by {:+.3f} %", (after / before - 1) * 100);
  }
  const Repair* repair_of(std::uint32_t i) const {
    const auto at =
        std::lower_bound(repairs_.begin(), repairs_.end(), i,
                         [](const Repair& repair, std::uint32_t k) { return repair.polygon < k; });
    return at != repairs_.end() && at->polygon == i ? &*at : nullptr;
  }

  RawLayer& raw_;
  ProblemLog& log_;
  std::vector<std::uint32_t> order_;
  std::vector<Repair> repairs_;
};

/// After projecting the boxes are those of the plane; false where a point could not be projected.
bool update_box(PolygonSet& set, std::size_t i) {
  Box box;
  bool finite = true;
  for (auto k = set.ring_begin[set.polygon_begin[i]]; k < set.ring_begin[set.polygon_begin[i + 1]]; ++k) {
    box.add(set.points[k]);
    finite &= std::isfinite(set.points[k].x);
  }
  set.boxes[i] = box;
  return finite;
}

void drop_unprojected(BoundaryLayer& layer, const std::vector<std::int64_t>& rows, ProblemLog& log) {
  std::vector<char> good(layer.entries.size(), 1);
  constexpr std::size_t polygons_per_range = 4096;
  parallel_ranges(good.size(), polygons_per_range, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) good[i] = update_box(layer.polygons, i) ? 1 : 0;
  });
  if (std::find(good.begin(), good.end(), 0) == good.end()) return;
  BoundaryLayer kept;
  for (std::size_t i = 0; i < good.size(); ++i) {
    if (good[i] != 0) {
      kept.polygons.append(layer.polygons, i);
      kept.entries.push_back(std::move(layer.entries[i]));
    } else {
      log.add("outside_projection", rows[i], layer.entries[i].code.text(),
              fmt::format("feature {}: has points that cannot be projected (are longitude and latitude swapped?); left out",
                          rows[i]));
    }
  }
  layer.entries = std::move(kept.entries);
  layer.polygons = std::move(kept.polygons);
}

[[noreturn]] void fail_unusable(const BoundaryReport& report, const BoundarySource& source,
                                const std::string& other_layers, const Problems& problems) {
  if (report.features == 0) fail("{}: holds no feature{}", report.source, other_layers);
  const auto of_this = std::find_if(problems.begin(), problems.end(), [&](const Problem& p) {
    return p.source == report.source && p.message.starts_with("feature ");
  });
  fail(
      "{}: none of its {} features could be used as a {}; is code_field{} the right field, and level "
      "right?{}{}",
      report.source, report.features, level_id(source.level),
      source.code_field.empty() ? "" : fmt::format(" '{}'", source.code_field),
      of_this == problems.end() ? "" : " The first: " + of_this->message, other_layers);
}

}  // namespace

BoundaryLayer read_boundaries(const BoundarySource& source, const std::string& projection,
                              Problems& problems, bool alone) {
  const QuietGdal quiet;
  const OpenedLayer opened = open_layer(source, alone);
  const VectorSource& vectors = opened.vectors;
  ProblemLog log(problems, vectors.name(), problems_per_kind);
  BoundaryLayer layer;
  layer.report.source = vectors.name();
  layer.report.level = source.level;
  if (vectors.encoding() && !vectors.encoding()->stated && source.reports_strays)
    log.add("guessed_encoding", 0, "",
            fmt::format("has no .cpg file; its texts were taken for {}; when names look wrong set encoding",
                        describe(*vectors.encoding())));
  if (const std::string others = vectors.other_layers(); !others.empty() && source.reports_strays)
    log.add("first_layer", 0, "", "no layer is named in the project file" + others);
  RawLayer raw = timed("read", [&] { return read_layer(source, opened, log, layer.report); });
  const std::string crs = timed("coordinate system", [&] { return source_crs(vectors, source.proj, raw.polygons.extent()); });
  std::vector<std::int64_t> rows;
  Selection selection(raw, log);
  timed("check", [&] { selection.repair(layer.report); });
  timed("order", [&] { selection.sort_by_code(), selection.move_to(layer, rows); });
  timed("project", [&] { to_project_plane(layer.polygons.points, crs, source.datum, projection); });
  timed("boxes", [&] { drop_unprojected(layer, rows, log); });
  layer.report.loaded = layer.entries.size();
  layer.report.points = layer.polygons.points.size();
  if (layer.entries.empty()) fail_unusable(layer.report, source, vectors.other_layers(), problems);
  return layer;
}

DivisionTree read_divisions(const Project& project) {
  if (project.pack) return packed_divisions(project.pack);
  std::string why_not;
  if (const auto pack = project.use_packs ? find_pack(project, why_not) : nullptr) return packed_divisions(pack);
  require_generated_files(project);
  const QuietGdal quiet;
  std::vector<DivisionTree::Entry> entries;
  Problems told_when_loading;
  for (const BoundarySource& source : expand_levels(project.boundaries)) {
    const VectorSource vectors(source.dataset, source.layer, source.network, source.encoding);
    ProblemLog log(told_when_loading, vectors.name(), 0);
    auto some = read_layer_entries(source, vectors, log);
    entries.insert(entries.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  return add_table_divisions(project, DivisionTree(std::move(entries)), told_when_loading);
}

}  // namespace battlemap::geo
