#include "geo/record_reader.hpp"

#include <fmt/ranges.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/code_match.hpp"
#include "geo/geometry_reader.hpp"
#include "geo/join.hpp"
#include "geo/nearest.hpp"
#include "geo/record_columns.hpp"
#include "geo/record_places.hpp"
#include "geo/source_transform.hpp"
#include "geo/vector_source.hpp"

namespace battlemap::geo {
namespace {

constexpr std::string_view year_place = "{year}";
constexpr Point nowhere{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};

/// A field of the source that feeds a column.
struct Feed {
  const FieldSchema* field;
  int year;
  int index;  ///< in the source
};

std::vector<std::string> field_names(const OGRFeatureDefn& definition) {
  std::vector<std::string> names;
  for (int i = 0; i < definition.GetFieldCount(); ++i)
    names.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
  return names;
}

/// The year in `name` where `pattern` has "{year}"; nullopt when it does not fit.
std::optional<int> year_in(std::string_view name, std::string_view pattern) {
  const std::size_t at = pattern.find(year_place);
  const std::string_view head = pattern.substr(0, at), tail = pattern.substr(at + year_place.size());
  constexpr std::size_t digits = 4;
  if (name.size() != head.size() + digits + tail.size() || !name.starts_with(head) || !name.ends_with(tail))
    return std::nullopt;
  const std::string_view year = name.substr(at, digits);
  return all_digits(year) ? parse_year(year) : std::nullopt;
}

/// A text as SQL writes it: in single quotes, those within doubled.
std::string in_sql(const std::string& text) {
  std::string result(1, '\'');
  for (const char c : text) {
    if (c == '\'') result.push_back(c);
    result.push_back(c);
  }
  result.push_back('\'');
  return result;
}

class SourceReader {
 public:
  SourceReader(const Dataset& dataset, const RecordSource& source, const std::vector<CategorySet>& sets)
      : dataset_(dataset),
        source_(source),
        words_{dataset.project.no_data_words, dataset.project.not_applicable_words, dataset.project.zero_words},
        vectors_(source.dataset, source.layer, source.network, source.encoding),
        names_(field_names(*vectors_.layer().GetLayerDefn())),
        log_(std::in_place, raw_.problems, vectors_.name(), problems_per_kind) {
    code_ = source.code_field.empty() ? vectors_.find_field("code")
                                      : vectors_.field("code_field in [[records]]", source.code_field);
    if (!source.x_field.empty()) {
      x_ = vectors_.field("x_field in [[records]]", source.x_field);
      y_ = vectors_.field("y_field in [[records]]", source.y_field);
    }
    find_feeds();
    for (const Feed& feed : feeds_) readers_.push_back(make_reader(feed, sets));
  }

  RawRecords read(const RecordScope& scope) {
    RecordTable& table = raw_.table;
    table.kind = source_.kind, table.loaded = true;
    table.source = vectors_.name(), table.provenance = source_.provenance;
    restrict_to(scope);
    std::vector<int> used{code_, x_, y_};
    for (const Feed& feed : feeds_) used.push_back(feed.index);
    has_geometry_ = x_ < 0 && vectors_.layer().GetGeomType() != wkbNone;
    has_geometry_ ? vectors_.read_only_fields(used) : vectors_.read_without_geometry(used);
    for (const auto& feature : vectors_.layer()) add(*feature);
    vectors_.require_read_to_the_end();
    finish();
    return std::move(raw_);
  }

 private:
  void find_feeds() {
    for (const FieldSchema& field : record_schema(source_.kind)) {
      const auto mapped = source_.fields.find(field.id);
      const std::size_t before = feeds_.size();
      if (mapped != source_.fields.end()) {
        if (!mapped->second.empty()) feed_mapped(field, mapped->second);
        continue;
      }
      if (const int index = vectors_.find_field(std::string(field.id)); index >= 0)
        feeds_.push_back({&field, 0, index});
      if (field.yearly) feed_years(field, fmt::format("{}_{}", field.id, year_place));
      if (field.required && feeds_.size() == before)
        vectors_.field(fmt::format("{} in [records.fields] of {}", field.id, record_kind_id(source_.kind)),
                       std::string(field.id));
    }
  }

  void feed_mapped(const FieldSchema& field, const std::string& column) {
    const std::string key =
        fmt::format("{} in [records.fields] of {}", field.id, record_kind_id(source_.kind));
    if (column.find(year_place) == std::string::npos) {
      feeds_.push_back({&field, 0, vectors_.field(key, column)});
      return;
    }
    const std::size_t before = feeds_.size();
    feed_years(field, column);
    if (feeds_.size() == before) vectors_.field(key, column);  // throws, naming the nearest
  }

  void feed_years(const FieldSchema& field, const std::string& pattern) {
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (const auto year = year_in(names_[i], pattern))
        feeds_.push_back({&field, *year, static_cast<int>(i)});
  }

  RecordColumnReader make_reader(const Feed& feed, const std::vector<CategorySet>& sets) const {
    const auto set = std::find_if(sets.begin(), sets.end(),
                                  [&](const CategorySet& each) { return each.id == feed.field->set; });
    return {*feed.field, feed.year, names_[static_cast<std::size_t>(feed.index)],
            set == sets.end() ? nullptr : &*set, words_};
  }

  /// Lets the source pick the rows where its codes are text; else all are read.
  void restrict_to(const RecordScope& scope) {
    constexpr std::size_t most_ids = 5000;  // longer lists are slower than reading all
    const OGRFeatureDefn& definition = *vectors_.layer().GetLayerDefn();
    const bool text_code = code_ >= 0 && definition.GetFieldDefn(code_)->GetType() == OFTString;
    if (!scope.within.valid() || !text_code || scope.ids.size() > most_ids) return;
    const std::string code = dataset_.tree[scope.within].code.text();
    std::string after = code;  // codes are digits: the last one plus one ends the range of this prefix
    ++after.back();
    const std::string& column = names_[static_cast<std::size_t>(code_)];
    std::string filter = fmt::format("(\"{0}\" >= '{1}' AND \"{0}\" < '{2}')", column, code, after);
    if (const Feed* id = id_feed(); id != nullptr && !scope.ids.empty()) {
      std::vector<std::string> quoted;
      for (const std::string& id_text : scope.ids) quoted.push_back(in_sql(id_text));
      filter += fmt::format(" OR \"{}\" IN ({})", names_[static_cast<std::size_t>(id->index)],
                            fmt::join(quoted, ","));
    }
    if (vectors_.layer().SetAttributeFilter(filter.c_str()) != OGRERR_NONE)
      vectors_.layer().SetAttributeFilter(nullptr);
  }

  const Feed* id_feed() const {
    const auto found =
        std::find_if(feeds_.begin(), feeds_.end(), [](const Feed& feed) { return feed.field->id == "id"; });
    return found == feeds_.end() ? nullptr : &*found;
  }

  RawCell cell(const OGRFeature& feature, int index) {
    if (!feature.IsFieldSetAndNotNullUnsafe(index)) return {};
    const OGRFieldType type = vectors_.layer().GetLayerDefn()->GetFieldDefn(index)->GetType();
    if (type == OFTInteger) return {{}, static_cast<double>(feature.GetFieldAsIntegerUnsafe(index)), true};
    if (type == OFTInteger64)
      return {{}, static_cast<double>(feature.GetFieldAsInteger64Unsafe(index)), true};
    if (type == OFTReal) return {{}, feature.GetFieldAsDoubleUnsafe(index), true};
    if (type == OFTString) {
      const std::string_view text = feature.GetFieldAsStringUnsafe(index);
      const bool ascii = std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
      if (ascii || CPLIsUTF8(text.data(), static_cast<int>(text.size())) != 0) return {text};
    }
    buffer_ = text_of(feature, index);
    return {buffer_};
  }

  std::string code_text(const OGRFeature& feature) {
    if (code_ < 0) return {};
    const RawCell read = cell(feature, code_);
    return read.is_number ? fmt::format("{:.0f}", read.number) : std::string(trimmed(read.text));
  }

  void add(const OGRFeature& feature) {
    RecordTable& table = raw_.table;
    const std::string code = code_text(feature);
    const RowLog log{*log_, vectors_.row_of(feature), code};
    table.places.push_back(place_of(code, log));
    table.source_rows.push_back(log.row);
    for (std::size_t i = 0; i < readers_.size(); ++i)
      readers_[i].add(cell(feature, feeds_[i].index), table.strings, log);
    if (record_kind_has_lines(source_.kind))
      add_lines_of(feature, log);
    else
      table.points.push_back(point_of(feature));
  }

  /// One row per part of the line.
  void add_lines_of(const OGRFeature& feature, const RowLog& log) {
    LineSet& lines = raw_.table.lines;
    const std::size_t before = lines.size();
    const Taken taken = has_geometry_ ? append_lines(feature.GetGeometryRef(), lines) : Taken::nothing;
    if (taken == Taken::wrong_type)
      log.add("wrong_geometry_type", "its geometry is no line; it has no place on maps");
    if (taken == Taken::not_finite)
      log.add("invalid_geometry", "its line has a coordinate that is no number");
    if (lines.size() == before) lines.end_line();
    for (std::size_t part = before + 1; part < lines.size(); ++part) {
      for (RecordColumnReader& reader : readers_) reader.repeat_last();
      raw_.table.places.push_back(raw_.table.places.back());
      raw_.table.source_rows.push_back(raw_.table.source_rows.back());
    }
  }

  Point point_of(const OGRFeature& feature) {
    if (x_ >= 0) {
      const auto number = [&](int index) {
        const RawCell read = cell(feature, index);
        return read.is_number ? std::optional(read.number) : parse_number(read.text);
      };
      const auto x = number(x_), y = number(y_);
      return x && y ? Point{*x, *y} : nowhere;
    }
    const OGRGeometry* geometry = has_geometry_ ? feature.GetGeometryRef() : nullptr;
    if (geometry == nullptr || geometry->IsEmpty()) return nowhere;
    if (wkbFlatten(geometry->getGeometryType()) == wkbPoint)
      return {geometry->toPoint()->getX(), geometry->toPoint()->getY()};
    OGRPoint centre;  // a site given as an area, or several points
    if (geometry->Centroid(&centre) != OGRERR_NONE || centre.IsEmpty()) return nowhere;
    return {centre.getX(), centre.getY()};
  }

  /// The division that a code cell names; reported when it names none. Rows come village by village.
  DivisionRef place_of(const std::string& code, const RowLog& log) {
    if (code == last_code_) return last_place_;
    DivisionRef place;
    const auto parsed = code_of_cell(code);
    if (const auto found = parsed ? dataset_.tree.find(*parsed) : std::nullopt) place = *found;
    const auto padded =
        place.valid() ? std::nullopt : code_of_cell(fmt::format("0{}", code));  // a lost leading zero
    if (const auto found = padded ? dataset_.tree.find(*padded) : std::nullopt) place = *found;
    if (!place.valid() && !code.empty())
      log.add("unknown_code",
              fmt::format("code '{}' is no division of the project; its point may tell its place", code));
    else
      last_code_ = code, last_place_ = place;
    return place;
  }

  void finish() {
    RecordTable& table = raw_.table;
    for (RecordColumnReader& reader : readers_) {
      table.columns.push_back(std::move(reader.column()));
      raw_.unknown.push_back(reader.unknown());
    }
    project(record_kind_has_lines(source_.kind) ? table.lines.points : table.points);
    find_places(dataset_, table, *log_);
    report();
    log_.reset();
  }

  void project(std::vector<Point>& points) {
    std::vector<Point> known;
    Box extent;
    for (const Point p : points)
      if (std::isfinite(p.x) && std::isfinite(p.y)) known.push_back(p), extent.add(p);
    if (known.empty()) return;
    to_project_plane(known, source_crs(vectors_, source_.proj, extent), source_.datum,
                     dataset_.project.projection);
    auto next = known.begin();
    for (Point& p : points) p = std::isfinite(p.x) && std::isfinite(p.y) ? *next++ : nowhere;
  }

  void report() {
    const RecordTable& table = raw_.table;
    raw_.report.kind = source_.kind, raw_.report.source = vectors_.name();
    raw_.report.rows = table.size();
    raw_.report.placed = static_cast<std::size_t>(
        std::count_if(table.places.begin(), table.places.end(), [](DivisionRef p) { return p.valid(); }));
    for (std::uint32_t row = 0; row < table.size(); ++row)
      if (record_kind_has_lines(table.kind) ? !table.lines.line(row).empty() : table.has_point(row))
        ++raw_.report.with_point;
    raw_.report.problems = log_->total();
  }

  const Dataset& dataset_;
  const RecordSource& source_;
  CellWords words_;
  VectorSource vectors_;
  std::vector<std::string> names_;
  RawRecords raw_;
  std::optional<ProblemLog> log_;  ///< ends before raw_ is handed out: its last words count the rest
  int code_ = -1, x_ = -1, y_ = -1;
  bool has_geometry_ = false;
  std::vector<Feed> feeds_;
  std::vector<RecordColumnReader> readers_;
  std::string last_code_, buffer_;
  DivisionRef last_place_;
};

}  // namespace

RawRecords read_records(const Dataset& dataset, const RecordSource& source,
                        const std::vector<CategorySet>& sets, const RecordScope& scope) {
  return SourceReader(dataset, source, sets).read(scope);
}

}  // namespace battlemap::geo
