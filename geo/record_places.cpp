#include "geo/record_places.hpp"

#include <optional>

#include "geo/coverage.hpp"
#include "geo/place_index.hpp"

namespace battlemap::geo {
namespace {

const Coverage* finest_coverage(const Dataset& dataset) {
  for (std::size_t l = level_count; l-- > 0;)
    if (dataset.coverages[l].size() > 0) return &dataset.coverages[l];
  return nullptr;
}

class PlaceFinder {
 public:
  PlaceFinder(const Dataset& dataset, RecordTable& table, ProblemLog& log)
      : dataset_(dataset), table_(table), log_(log), lines_(record_kind_has_lines(table.kind)) {}

  void run() {
    for (std::uint32_t row = 0; row < table_.size(); ++row) {
      const std::optional<Point> point = point_of(row);
      DivisionRef& place = table_.places[row];
      if (place.valid()) {
        if (point && !lines_) check_inside(row, *point);
        continue;
      }
      if (point) place = find(*point);
      if (!place.valid() && !record_place_is_optional(table_.kind)) report_no_place(row, point.has_value());
    }
  }

 private:
  std::optional<Point> point_of(std::uint32_t row) const {
    if (!lines_) return table_.has_point(row) ? std::optional(table_.points[row]) : std::nullopt;
    const auto line = table_.lines.line(row);
    return line.empty() ? std::nullopt : std::optional(line[line.size() / 2]);
  }

  /// The division that `point` lies in; invalid: none.
  DivisionRef find(Point point) {
    const Coverage* coverage = finest_coverage(dataset_);
    if (coverage == nullptr) return {};
    if (!index_) index_.emplace(*coverage);
    const std::uint32_t cell = index_->find(point);
    return cell == npos ? DivisionRef{} : coverage->cells[cell];
  }

  void check_inside(std::uint32_t row, Point point) {
    const DivisionRef place = table_.places[row];
    const Coverage& coverage = dataset_.coverage(place.level);
    if (place != last_place_) last_place_ = place, last_cell_ = cell_of(dataset_.tree, coverage, place);
    if (!last_cell_ || coverage.boxes()[*last_cell_].empty() || coverage.contains(*last_cell_, point)) return;
    const DivisionRef actual = find(point);
    const Division& division = dataset_.tree[place];
    log_.add("outside_place", table_.source_rows[row], division.code.text(),
             fmt::format("row {}: its point lies outside {}, {}; both are kept", table_.source_rows[row],
                         division.name,
                         actual.valid() ? "in " + dataset_.tree.path(actual, " ") : "in no division"));
  }

  void report_no_place(std::uint32_t row, bool has_point) {
    const std::int64_t source_row = table_.source_rows[row];
    log_.add("no_place", source_row, "",
             fmt::format("row {}: {}; it is in no place's counts", source_row,
                         has_point ? "its code and its point lead to no division"
                                   : "it has neither the code of a division nor a point"));
  }

  const Dataset& dataset_;
  RecordTable& table_;
  ProblemLog& log_;
  bool lines_;
  std::optional<PlaceIndex> index_;  ///< made when a point's division is first looked for
  DivisionRef last_place_;
  std::optional<std::size_t> last_cell_;
};

}  // namespace

void find_places(const Dataset& dataset, RecordTable& table, ProblemLog& log) {
  PlaceFinder(dataset, table, log).run();
}

}  // namespace battlemap::geo
