#include "geo/boundaries.hpp"

#include <ogrsf_frmts.h>

#include <cmath>
#include <numeric>

#include "geo/boundary_fields.hpp"
#include "geo/code_match.hpp"
#include "geo/gdal_open.hpp"
#include "geo/geometry_reader.hpp"
#include "geo/harmless.hpp"
#include "geo/join.hpp"
#include "geo/pack.hpp"
#include "geo/parallel.hpp"
#include "geo/problem_log.hpp"
#include "geo/source_transform.hpp"
#include "geo/table_divisions.hpp"
#include "geo/validity.hpp"
#include "geo/vector_source.hpp"

namespace battlemap::geo {
namespace {

/// Features as read, in the file's order and coordinates.
struct RawLayer {
  std::vector<DivisionTree::Entry> entries;
  std::vector<std::int64_t> rows;  ///< feature ids
  PolygonSet polygons;
};

class LayerReader {
 public:
  LayerReader(const BoundarySource& source, const VectorSource& vectors, ProblemLog& log)
      : LayerReader(source, vectors, log, find_boundary_fields(vectors, source, log)) {}
  LayerReader(const BoundarySource& source, const VectorSource& vectors, ProblemLog& log, const BoundaryFields& fields)
      : source_(source), vectors_(vectors), log_(log), fields_(fields) {}
  const BoundaryFields& fields() const { return fields_; }

  RawLayer read(BoundaryReport& report) {
    vectors_.read_only_fields({fields_.code, fields_.name, fields_.type, fields_.level});
    for (const auto& feature : vectors_.layer()) {
      if (!is_of_level(*feature)) continue;
      ++report.features;
      take(*feature);
    }
    vectors_.require_read_to_the_end();
    return std::move(raw_);
  }

  void report_numeric_codes() {
    if (fields_.code_is_number)
      log_.add(
          "numeric_code", 0, "",
          fmt::format("field '{}' stores codes as numbers; they were read as text of whole numbers, but a "
                      "number loses leading zeros: store codes as text",
                      code_field()));
  }

  /// Codes and names only.
  std::vector<DivisionTree::Entry> read_entries() {
    vectors_.read_without_geometry({fields_.code, fields_.name, fields_.type, fields_.level});
    for (const auto& feature : vectors_.layer())
      if (const auto code = is_of_level(*feature) ? code_of(*feature) : std::nullopt) add_entry(*feature, *code);
    vectors_.require_read_to_the_end();
    return std::move(raw_.entries);
  }

 private:
  /// In a layer of several levels those without one are reported by the reader of one level only.
  bool is_of_level(const OGRFeature& feature) const {
    if (!source_.several_levels) return true;
    const auto level = boundary_level(feature, fields_);
    return level ? *level == source_.level : source_.reports_strays;
  }

  std::string code_field() const {
    return vectors_.layer().GetLayerDefn()->GetFieldDefn(fields_.code)->GetNameRef();
  }

  std::int64_t row_of(const OGRFeature& feature) const { return vectors_.row_of(feature); }

  void take(const OGRFeature& feature) {
    const std::optional<Code> code = code_of(feature);
    if (!code || !take_geometry(feature, *code)) return;
    raw_.rows.push_back(row_of(feature));
    add_entry(feature, *code);
  }

  void add_entry(const OGRFeature& feature, Code code) {
    const std::string name = fields_.name < 0 ? "" : text_of(feature, fields_.name);
    std::string clean = clean_name(name);
    if (clean != name)
      log_.add("odd_name", row_of(feature), code.text(),
               fmt::format("feature {}: its name '{}' is too long or holds characters that cannot be seen; '{}' is shown",
                           row_of(feature), harmless(name, 60), clean));
    raw_.entries.push_back(
        {code, std::move(clean), fields_.type < 0 ? "" : clean_name(text_of(feature, fields_.type))});
  }

  std::optional<Code> code_of(const OGRFeature& feature) {
    const std::string text = boundary_code_text(feature, fields_);
    if (auto code = Code::parse_at(text, source_.level)) return code;
    auto repaired = Code::parse_at(undo_number(text, source_.level), source_.level);
    if (const auto meant = code_of_cell(text); !repaired && meant && meant->level() == source_.level) repaired = meant;
    if (text.empty())
      log_.add("missing_code", row_of(feature), "",
               fmt::format("feature {}: field '{}' is empty; left out", row_of(feature), code_field()));
    else if (!repaired)
      log_.add("bad_code", row_of(feature), text,
               fmt::format("feature {}: {}; left out", row_of(feature), why_bad(text)));
    else if (!fields_.code_is_number)
      log_.add("repaired_code", row_of(feature), repaired->text(),
               fmt::format("feature {}: '{}' in field '{}' was read as {}", row_of(feature), text, code_field(),
                           repaired->text()));
    return repaired;
  }

  std::string why_bad(const std::string& text) const {
    const auto other = code_of_cell(text);
    if (other && other->level() != source_.level && !source_.several_levels)
      return fmt::format("'{}' in field '{}' is the code of a {}, not of a {}; set level = \"several\" when the layer "
                         "holds both",
                         text, code_field(), level_id(other->level()), level_id(source_.level));
    return fmt::format("'{}' in field '{}' is no {} code ({} digits, further ones zero)", harmless(text, 60),
                       code_field(), level_id(source_.level), digits_of(source_.level));
  }

  bool take_geometry(const OGRFeature& feature, Code code) {
    const OGRGeometry* geometry = feature.GetGeometryRef();
    const Taken taken = append_polygon(geometry, raw_.polygons);
    const auto tell = [&](const char* kind, const std::string& what) {
      log_.add(kind, row_of(feature), code.text(), fmt::format("feature {}: {}; left out", row_of(feature), what));
    };
    if (taken == Taken::all && wkbFlatten(geometry->getGeometryType()) == wkbGeometryCollection)
      log_.add("mixed_geometry", row_of(feature), code.text(),
               fmt::format("feature {}: is a collection; only the polygons in it were taken", row_of(feature)));
    if (taken == Taken::nothing) tell("empty_geometry", "has no polygon");
    if (taken == Taken::wrong_type)
      tell("wrong_geometry_type", fmt::format("is a {}, not a polygon", geometry->getGeometryName()));
    if (taken == Taken::not_finite) tell("invalid_geometry", "has a coordinate that is not a finite number");
    return taken == Taken::all;
  }

  const BoundarySource& source_;
  const VectorSource& vectors_;
  ProblemLog& log_;
  BoundaryFields fields_;
  RawLayer raw_;
};

void append(RawLayer& whole, RawLayer&& part) {
  whole.entries.insert(whole.entries.end(), std::make_move_iterator(part.entries.begin()),
                       std::make_move_iterator(part.entries.end()));
  whole.rows.insert(whole.rows.end(), part.rows.begin(), part.rows.end());
  whole.polygons.append_all(part.polygons);
}

/// The features of a layer in as many ranges of ids as there are cores, each by a reader of its own; one range where
/// ids do not help or there are few features.
RawLayer read_in_ranges(const BoundarySource& source, const VectorSource& vectors, ProblemLog& log, BoundaryReport& report) {
  constexpr std::int64_t fewest = 4000;
  LayerReader reader(source, vectors, log);
  reader.report_numeric_codes();
  const auto ids = vectors.feature_ids();
  // Ids may be anything: their difference may be no number.
  const double span = ids ? static_cast<double>(ids->second) - static_cast<double>(ids->first) : 0;
  const int ranges = worker_count(0);
  if (!ids || ranges < 2 || span < fewest || span > 1e12) return reader.read(report);
  struct Part {
    RawLayer raw;
    BoundaryReport report;
    Problems problems;
  };
  std::vector<Part> parts(static_cast<std::size_t>(ranges));
  parallel_jobs(ranges, 0, [&](int i) {
    const QuietGdal quiet;
    Part& part = parts[static_cast<std::size_t>(i)];
    const VectorSource own(source.dataset, source.layer, source.network, source.encoding);
    const auto width = ids->second - ids->first + 1;
    own.read_only_ids(ids->first + width * i / ranges, ids->first + width * (i + 1) / ranges - 1);
    ProblemLog own_log(part.problems, own.name(), problems_per_kind);
    part.raw = LayerReader(source, own, own_log, reader.fields()).read(part.report);
  });
  RawLayer whole = std::move(parts.front().raw);
  for (Part& part : parts) {
    report.features += part.report.features;
    log.take(std::move(part.problems));
    if (&part != &parts.front()) append(whole, std::move(part.raw));
  }
  return whole;
}

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
                              Problems& problems) {
  const QuietGdal quiet;
  const VectorSource vectors(source.dataset, source.layer, source.network, source.encoding);
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
  RawLayer raw = read_in_ranges(source, vectors, log, layer.report);
  const std::string crs = source_crs(vectors, source.proj, raw.polygons.extent());
  std::vector<std::int64_t> rows;
  Selection selection(raw, log);
  selection.repair(layer.report);
  selection.sort_by_code();
  selection.move_to(layer, rows);
  to_project_plane(layer.polygons.points, crs, source.datum, projection);
  drop_unprojected(layer, rows, log);
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
    auto some = LayerReader(source, vectors, log).read_entries();
    entries.insert(entries.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  return add_table_divisions(project, DivisionTree(std::move(entries)), told_when_loading);
}

}  // namespace battlemap::geo
