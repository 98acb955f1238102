#include "geo/water.hpp"

#include <ogrsf_frmts.h>

#include <cmath>

#include "geo/coverage.hpp"
#include "geo/geometry_reader.hpp"
#include "geo/join.hpp"
#include "geo/problem_log.hpp"
#include "geo/source_transform.hpp"
#include "geo/validity.hpp"
#include "geo/vector_source.hpp"

namespace battlemap::geo {
namespace {

/// Features of a layer that `append` can take, and their names; the others are reported.
template <class Set, class Append>
std::vector<std::string> collect(const VectorSource& vectors, const WaterSource& source, Set& set,
                                 ProblemLog& log, const Append& append) {
  const int name = source.name_field.empty() ? -1 : vectors.field("name_field", source.name_field);
  vectors.read_only_fields({name});
  std::vector<std::string> names;
  for (const auto& feature : vectors.layer()) {
    const Taken taken = append(feature->GetGeometryRef(), set);
    if (taken == Taken::wrong_type)
      log.add("wrong_geometry_type", feature->GetFID(), "",
              fmt::format("is a {}; the feature is left out", feature->GetGeometryRef()->getGeometryName()));
    if (taken == Taken::not_finite)
      log.add("invalid_geometry", feature->GetFID(), "",
              "has a coordinate that is no number; it is left out");
    names.resize(set.size(), name < 0 || taken != Taken::all ? "" : text_of(*feature, name));
  }
  vectors.require_read_to_the_end();
  return names;
}

bool all_projected(std::span<const Point> points) {
  return std::all_of(points.begin(), points.end(), [](Point p) { return std::isfinite(p.x); });
}

void repair_all(PolygonSet& lakes, std::vector<std::string>& names) {
  const std::vector<Repair> repairs = find_repairs(lakes);
  if (repairs.empty()) return;
  PolygonSet whole;
  std::vector<std::string> whole_names;
  auto next = repairs.begin();
  for (std::size_t i = 0; i < lakes.size(); ++i) {
    const bool broken = next != repairs.end() && next->polygon == i;
    const bool gone = broken && next->repaired.size() == 0;
    if (!gone) {
      whole.append(broken ? next->repaired : lakes, broken ? 0 : i);
      whole_names.push_back(std::move(names[i]));
    }
    if (broken) ++next;
  }
  lakes = std::move(whole), names = std::move(whole_names);
}

void append_lakes(const PolygonSet& lakes, std::vector<std::string>& names, Dataset& dataset,
                  ProblemLog& log) {
  for (std::size_t i = 0; i < lakes.size(); ++i) {
    const auto first = lakes.ring_begin[lakes.polygon_begin[i]];
    const auto last = lakes.ring_begin[lakes.polygon_begin[i + 1]];
    if (!all_projected({lakes.points.data() + first, last - first})) {
      log.add("outside_projection", 0, "", fmt::format("lake {} has points that cannot be projected", i + 1));
      continue;
    }
    dataset.lakes.append(lakes, i);
    Box box;
    for (auto k = first; k < last; ++k) box.add(lakes.points[k]);
    dataset.lakes.boxes.back() = box;
    dataset.lake_names.push_back(std::move(names[i]));
  }
}

void append_rivers(const LineSet& rivers, std::vector<std::string>& names, Dataset& dataset,
                   ProblemLog& log) {
  for (std::size_t i = 0; i < rivers.size(); ++i) {
    const auto line = rivers.line(i);
    if (!all_projected(line)) {
      log.add("outside_projection", 0, "",
              fmt::format("river {} has points that cannot be projected", i + 1));
      continue;
    }
    dataset.rivers.points.insert(dataset.rivers.points.end(), line.begin(), line.end());
    dataset.rivers.end_line();
    dataset.river_names.push_back(std::move(names[i]));
  }
}

Box extent_of(std::span<const Point> points) {
  Box box;
  for (const Point p : points) box.add(p);
  return box;
}

const Coverage* coarsest_coverage(const Dataset& dataset) {
  for (const Level level : all_levels)
    if (dataset.coverage(level).size() > 0) return &dataset.coverage(level);
  return nullptr;
}

bool on_land(const PolygonSet& land, const PolygonSet& lakes, std::size_t lake) {
  for (std::size_t i = 0; i < land.size(); ++i) {
    if (!land.boxes[i].intersects(lakes.boxes[lake])) continue;
    const auto shore = lakes.ring(lakes.polygon_begin[lake]);
    for (const Point p : {lakes.boxes[lake].centre(), shore[0], shore[shore.size() / 2]})
      if (polygon_contains(land, i, p)) return true;
  }
  return false;
}

}  // namespace

void read_water(const WaterSource& source, Dataset& dataset) {
  const VectorSource vectors(source.dataset, source.layer, source.network);
  ProblemLog log(dataset.problems, vectors.name(), problems_per_kind);
  const auto project = [&](std::vector<Point>& points) {
    const std::string crs = source_crs(vectors, "", extent_of(points));
    to_project_plane(points, crs, Datum::wgs84, dataset.project.projection);
  };
  if (source.lakes) {
    PolygonSet lakes;
    std::vector<std::string> names = collect(vectors, source, lakes, log, append_polygon);
    repair_all(lakes, names);
    project(lakes.points);
    append_lakes(lakes, names, dataset, log);
  } else {
    LineSet rivers;
    std::vector<std::string> names = collect(vectors, source, rivers, log, append_lines);
    project(rivers.points);
    append_rivers(rivers, names, dataset, log);
  }
}

void drop_lakes_elsewhere(Dataset& dataset) {
  const Coverage* land = coarsest_coverage(dataset);
  if (land == nullptr) return;
  PolygonSet kept;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < dataset.lakes.size(); ++i) {
    if (!has_rings(dataset.lakes, i) || !on_land(land->outlines(), dataset.lakes, i)) continue;
    kept.append(dataset.lakes, i);
    names.push_back(i < dataset.lake_names.size() ? dataset.lake_names[i] : std::string());
  }
  dataset.lakes = std::move(kept);
  dataset.lake_names = std::move(names);
}

}  // namespace battlemap::geo
