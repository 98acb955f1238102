#include "geo/layer_reader.hpp"

#include <ogrsf_frmts.h>

#include <array>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "geo/arrow_rows.hpp"
#include "geo/boundary_fields.hpp"
#include "geo/code_match.hpp"
#include "geo/gdal_open.hpp"
#include "geo/geometry_reader.hpp"
#include "geo/harmless.hpp"
#include "geo/join.hpp"
#include "geo/parallel.hpp"
#include "geo/wkb_polygon.hpp"

namespace battlemap::geo {
namespace {

using Geometry = std::unique_ptr<OGRGeometry>;

/// What GDAL makes of a geometry; nullptr: it cannot be read.
Geometry geometry_of(std::span<const unsigned char> wkb) {
  OGRGeometry* geometry = nullptr;
  if (OGRGeometryFactory::createFromWkb(wkb.data(), nullptr, &geometry, wkb.size()) != OGRERR_NONE) return nullptr;
  return Geometry(geometry);
}

/// Takes features one after the other.
class FeatureTaker {
 public:
  FeatureTaker(const BoundarySource& source, const VectorSource& vectors, const BoundaryFields& fields, ProblemLog& log)
      : source_(source), vectors_(vectors), fields_(fields), log_(log) {}

  /// Room for a share of all points that a file may hold. Memory that is never written costs nothing.
  void reserve(double share) {
    const double most = static_cast<double>(vectors_.file_bytes()) / sizeof(Point);
    raw_.polygons.points.reserve(static_cast<std::size_t>(std::min(most, most_reserved) * share));
  }

  void take(std::int64_t row, const BoundaryTexts& texts, const OGRGeometry* geometry) {
    row_ = row;
    if (const auto code = code_of(texts); code && take_geometry(geometry, *code)) keep(texts, *code);
  }
  /// False, and nothing taken, where GDAL cannot read the geometry either.
  bool take(std::int64_t row, const BoundaryTexts& texts, std::span<const unsigned char> wkb) {
    row_ = row;
    const auto code = code_of(texts);
    if (!code) return true;
    if (append_wkb_polygon(wkb, raw_.polygons)) return keep(texts, *code), true;
    const Geometry geometry = geometry_of(wkb);
    if (geometry && take_geometry(geometry.get(), *code)) keep(texts, *code);
    return geometry != nullptr;
  }
  void take_entry(std::int64_t row, const BoundaryTexts& texts) {
    row_ = row;
    if (const auto code = code_of(texts)) add_entry(texts, *code);
  }
  RawLayer finish() { return std::move(raw_); }

 private:
  static constexpr double most_reserved = 1e9;  // points

  void keep(const BoundaryTexts& texts, Code code) {
    raw_.rows.push_back(row_);
    add_entry(texts, code);
  }

  std::string code_field() const { return vectors_.layer().GetLayerDefn()->GetFieldDefn(fields_.code)->GetNameRef(); }

  void add_entry(const BoundaryTexts& texts, Code code) {
    std::string clean = clean_name(texts.name);
    if (clean != texts.name)
      log_.add("odd_name", row_, code.text(),
               fmt::format("feature {}: its name '{}' is too long or holds characters that cannot be seen; '{}' is shown",
                           row_, harmless(texts.name, 60), clean));
    raw_.entries.push_back({code, std::move(clean), clean_name(texts.type)});
  }

  std::optional<Code> code_of(const BoundaryTexts& texts) {
    const std::string& text = texts.code;
    if (auto code = Code::parse_at(text, source_.level)) return code;
    auto repaired = Code::parse_at(undo_number(text, source_.level), source_.level);
    if (const auto meant = code_of_cell(text); !repaired && meant && meant->level() == source_.level) repaired = meant;
    if (text.empty())
      log_.add("missing_code", row_, "", fmt::format("feature {}: field '{}' is empty; left out", row_, code_field()));
    else if (!repaired)
      log_.add("bad_code", row_, text, fmt::format("feature {}: {}; left out", row_, why_bad(text)));
    else if (!fields_.code_is_number)
      log_.add("repaired_code", row_, repaired->text(),
               fmt::format("feature {}: '{}' in field '{}' was read as {}", row_, text, code_field(), repaired->text()));
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

  bool take_geometry(const OGRGeometry* geometry, Code code) {
    const Taken taken = append_polygon(geometry, raw_.polygons);
    const auto tell = [&](const char* kind, const std::string& what) {
      log_.add(kind, row_, code.text(), fmt::format("feature {}: {}; left out", row_, what));
    };
    if (taken == Taken::all && wkbFlatten(geometry->getGeometryType()) == wkbGeometryCollection)
      log_.add("mixed_geometry", row_, code.text(),
               fmt::format("feature {}: is a collection; only the polygons in it were taken", row_));
    if (taken == Taken::nothing) tell("empty_geometry", "has no polygon");
    if (taken == Taken::wrong_type)
      tell("wrong_geometry_type", fmt::format("is a {}, not a polygon", geometry->getGeometryName()));
    if (taken == Taken::not_finite) tell("invalid_geometry", "has a coordinate that is not a finite number");
    return taken == Taken::all;
  }

  const BoundarySource& source_;
  const VectorSource& vectors_;
  const BoundaryFields& fields_;
  ProblemLog& log_;
  std::int64_t row_ = 0;  ///< of the feature being taken
  RawLayer raw_;
};

/// What one reader found: in a range of ids, or in the whole layer.
struct Part {
  RawLayer raw;
  std::size_t features = 0;
  Problems problems;
};

class PartReader {
 public:
  PartReader(const BoundarySource& source, const VectorSource& vectors, const BoundaryFields& fields, double share)
      : source_(source), vectors_(vectors), fields_(fields), share_(share) {
    vectors_.read_only_fields({fields.code, fields.name, fields.type, fields.level});
  }

  void read(Part& part) {
    if (read_by_columns(part)) return;
    CPLErrorReset();  // what columns could not do, features say for themselves
    part = {};
    read_by_features(part);
  }

 private:
  /// In a layer of several levels those without one are reported by the reader of one level only.
  bool is_of_level(const BoundaryTexts& texts) const {
    if (!source_.several_levels) return true;
    const auto level = boundary_level(texts);
    return level ? *level == source_.level : source_.reports_strays;
  }

  /// False where that is not possible for all features.
  bool read_by_columns(Part& part) const {
    if (fields_.code_is_number) return false;
    ProblemLog log(part.problems, vectors_.name(), problems_per_kind);
    FeatureTaker taker(source_, vectors_, fields_, log);
    taker.reserve(share_);
    BoundaryTexts texts;
    const bool all = read_arrow_rows(
        vectors_, {fields_.code, fields_.name, fields_.type, fields_.level}, [&](const ArrowRow& row) {
          const std::array<std::string*, 4> cells{&texts.code, &texts.name, &texts.type, &texts.level};
          for (std::size_t i = 0; i < cells.size(); ++i) *cells[i] = cell_text(std::string(row.texts[i]).c_str());
          if (row.wkb.empty()) return false;  // NULL, or what GDAL could not read
          if (!is_of_level(texts)) return true;
          ++part.features;
          return taker.take(row.id, texts, row.wkb);
        });
    part.raw = taker.finish();
    return all;
  }

  void read_by_features(Part& part) const {
    ProblemLog log(part.problems, vectors_.name(), problems_per_kind);
    FeatureTaker taker(source_, vectors_, fields_, log);
    for (const auto& feature : vectors_.layer()) {
      const BoundaryTexts texts = boundary_texts(*feature, fields_);
      if (!is_of_level(texts)) continue;
      ++part.features;
      taker.take(vectors_.row_of(*feature), texts, feature->GetGeometryRef());
    }
    vectors_.require_read_to_the_end();
    part.raw = taker.finish();
  }

  const BoundarySource& source_;
  const VectorSource& vectors_;
  const BoundaryFields& fields_;
  double share_;  ///< of the file's points
};

/// All that the parts hold, in their order; it is no longer in them.
RawLayer join_parts(std::vector<Part>& parts) {
  RawLayer whole = std::move(parts.front().raw);
  if (parts.size() == 1) return whole;
  std::vector<PolygonSet> polygons;
  for (Part& part : std::span(parts).subspan(1)) polygons.push_back(std::move(part.raw.polygons));
  const auto append_attributes = [&] {
    for (Part& part : std::span(parts).subspan(1)) {
      RawLayer& raw = part.raw;
      whole.entries.insert(whole.entries.end(), std::make_move_iterator(raw.entries.begin()),
                           std::make_move_iterator(raw.entries.end()));
      whole.rows.insert(whole.rows.end(), raw.rows.begin(), raw.rows.end());
      raw = {};
    }
  };
  parallel_jobs(2, 0, [&](int job) { job == 0 ? whole.polygons.append_all(polygons) : append_attributes(); });
  return whole;
}

VectorSource open_source(const BoundarySource& source) {
  return VectorSource(source.dataset, source.layer, source.network, source.encoding);
}

/// Whether reading takes so much longer than opening that it pays to open twice before anything is known of the layer.
bool is_large(const std::string& dataset) {
  constexpr std::uintmax_t large = 4U << 20U;  // bytes
  std::error_code none;
  const auto bytes = std::filesystem::file_size(dataset, none);
  return !none && bytes >= large && dataset.ends_with(".gpkg");
}

/// One range where ids do not help or there are few features.
std::vector<Part> read_parts(const BoundarySource& source, const OpenedLayer& opened, const BoundaryFields& fields) {
  const VectorSource& vectors = opened.vectors;
  constexpr std::int64_t fewest = 4000;
  const auto ids = vectors.feature_ids();
  // Ids may be anything: their difference may be no number.
  const double span = ids ? static_cast<double>(ids->second) - static_cast<double>(ids->first) : 0;
  const int ranges = worker_count(0);
  std::vector<Part> parts;
  if (!ids || ranges < 2 || span < fewest || span > 1e12) {
    PartReader(source, vectors, fields, 1).read(parts.emplace_back());
    return parts;
  }
  parts.resize(static_cast<std::size_t>(ranges));
  parallel_jobs(ranges, 0, [&](int i) {
    const QuietGdal quiet;
    std::optional<VectorSource> another;  // opening takes milliseconds: what is open is read first
    const VectorSource& own = i == 0                   ? vectors
                              : i == 1 && opened.again ? *opened.again
                                                       : another.emplace(open_source(source));
    const auto width = ids->second - ids->first + 1;
    own.read_only_ids(ids->first + width * i / ranges, ids->first + width * (i + 1) / ranges - 1);
    // The first will have all the others' appended.
    PartReader(source, own, fields, i == 0 ? 1 : 1.2 / ranges).read(parts[static_cast<std::size_t>(i)]);
  });
  return parts;
}

}  // namespace

OpenedLayer open_layer(const BoundarySource& source, bool alone) {
  if (!alone || worker_count(0) < 2 || !is_large(source.dataset)) return {open_source(source), std::nullopt};
  auto again = std::async(std::launch::async, [&]() -> std::optional<VectorSource> {
    try {
      return open_source(source);
    } catch (const Error&) {
      return std::nullopt;  // what is wrong is said by who opens it first
    }
  });
  VectorSource vectors = open_source(source);
  return {std::move(vectors), again.get()};
}

RawLayer read_layer(const BoundarySource& source, const OpenedLayer& opened, ProblemLog& log, BoundaryReport& report) {
  const VectorSource& vectors = opened.vectors;
  const BoundaryFields fields = find_boundary_fields(vectors, source, log);
  if (fields.code_is_number)
    log.add("numeric_code", 0, "",
            fmt::format("field '{}' stores codes as numbers; they were read as text of whole numbers, but a "
                        "number loses leading zeros: store codes as text",
                        vectors.layer().GetLayerDefn()->GetFieldDefn(fields.code)->GetNameRef()));
  std::vector<Part> parts = read_parts(source, opened, fields);
  for (Part& part : parts) {
    report.features += part.features;
    log.take(std::move(part.problems));
  }
  return join_parts(parts);
}

std::vector<DivisionTree::Entry> read_layer_entries(const BoundarySource& source, const VectorSource& vectors,
                                                    ProblemLog& log) {
  const BoundaryFields fields = find_boundary_fields(vectors, source, log);
  FeatureTaker taker(source, vectors, fields, log);
  vectors.read_without_geometry({fields.code, fields.name, fields.type, fields.level});
  for (const auto& feature : vectors.layer()) {
    const BoundaryTexts texts = boundary_texts(*feature, fields);
    const auto level = source.several_levels ? boundary_level(texts) : source.level;
    if (level ? *level == source.level : source.reports_strays) taker.take_entry(vectors.row_of(*feature), texts);
  }
  vectors.require_read_to_the_end();
  return taker.finish().entries;
}

}  // namespace battlemap::geo
