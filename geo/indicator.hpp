#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/division.hpp"
#include "geo/error.hpp"
#include "geo/exit_source.hpp"
#include "geo/text.hpp"

namespace battlemap::geo {

/// "No data", "not applicable", "masked" (hidden from this audience) and 0 are four different things.
enum class Status : std::uint8_t { value, no_data, not_applicable, masked };
/// The word for a status that is no value: 无数据, No data. For Status::value an empty text.
const Text& status_name(Status status);
enum class Provenance : std::uint8_t { published, generated, user };
std::string_view provenance_id(Provenance p);

/// One statistic of one place and year.
struct Value {
  Status status = Status::no_data;
  Provenance provenance = Provenance::user;
  double value = 0;        ///< in the indicator's unit (a rate of 13.2 % is 13.2); meaningful when status==value
  double numerator = 0;    ///< rates: the sums the rate was computed from
  double denominator = 0;  ///< rates: 0 when it is not a rate
  std::uint32_t reported = 0;  ///< of the places summed at the table's own level, how many had a value
  std::uint32_t expected = 0;  ///< how many there are to which it applies (no_data + value)
  bool has_value() const { return status == Status::value; }
};

enum class IndicatorKind : std::uint8_t {
  count,     ///< read from a column; summed upwards
  latest,    ///< read from a column; the maximum upwards (a year, a category)
  ratio,     ///< numerator / denominator * factor, both indicators; ratio of sums upwards
  change     ///< value(year) - value(year - years_back) of another indicator
};
enum class Direction : std::uint8_t { neutral, higher_better, lower_better };

/// The meaning of a statistic (a row of indicators.toml).
struct Indicator {
  std::string id;
  Text name;
  Text unit;              ///< "%" / "人" / "people" ...
  Text definition;        ///< one sentence: what is counted, of what (the denominator)
  IndicatorKind kind = IndicatorKind::count;
  std::string column;     ///< count, latest: column of the statistics table (default: id)
  std::string numerator;  ///< ratio: indicator id
  std::string denominator;
  std::string of;         ///< change: indicator id
  int years_back = 1;
  std::optional<ExitSource> exit; ///< kind "exit" in the file: a count or latest made from judgements of exits
  double factor = 1;      ///< ratio: 100 for per cent
  int decimals = 0;
  Direction direction = Direction::neutral;
  bool personal = false;  ///< count: of people or households; small ones are hidden from the public
  std::vector<int> years; ///< years it exists for; empty: those of the project
  Text source;
  Provenance provenance = Provenance::user;
  std::map<int, Text> categories;  ///< latest: names of its values, in order (e.g. exit years); may be empty
};

/// Reads indicators.toml. Unknown keys and kinds fail with file, line and the nearest known one.
std::vector<Indicator> read_indicators(const std::filesystem::path& file);

/// 1234567.8 with `decimals` as "1,234,567.8"; the minus sign is U+2212; halves round away from zero.
std::string format_number(double value, int decimals);
/// The value as shown to people: formatted by the indicator's decimals, or the word for no data / not
/// applicable; without the unit.
std::string format_value(const Value& value, const Indicator& indicator, Language language);

/// Numbers of one place that add up: whole(year) = the sum of parts(year - years_back).
struct IndicatorSum {
  std::string whole;
  std::vector<std::string> parts;
  int years_back = 0;
};

/// All values of a project, aggregated on demand. Thread-safe for reading.
///
/// Places are summed where their values were read: at the finest level for which a table has the indicator
/// in that year, or above it where a coarser table has a value of its own (it wins over the sum).
/// - count, latest: the sum, the maximum, of the children that have a value.
/// - ratio: factor * sum of numerators / sum of denominators over the same places: a place counts only when
///   both of its parts are known. A table's own value of one part is used when the other part is also the
///   table's own or a sum with nothing missing; otherwise the children are summed. 0 / 0 is not applicable;
///   x / 0 is no data at that place (numerator and denominator say why), while both parts still count above it.
/// - change: no data when either year lacks a value; not applicable when the later year is.
/// - A year outside `Indicator::years` (unless empty) is not applicable. Finer than any table: no data.
/// Provenance of a sum: generated if anything in it is, else user if anything is, else published.
class Statistics {
 public:
  /// What a table says about one place and year. Small: a project holds millions of them.
  struct Cell {
    double value = 0;
    Status status = Status::no_data;
    Provenance provenance = Provenance::user;
  };
  /// Raw cells of one table: indicator column values of divisions of one level.
  struct Column {
    std::string indicator;  ///< id of a count or latest indicator
    Level level;
    int year;
    SharedArray<Cell> values;  ///< one per division of `level`, tree order
  };
  Statistics();
  Statistics(const DivisionTree& tree, std::vector<Indicator> indicators, std::vector<int> years,
             std::vector<Column> columns);
  ~Statistics();
  Statistics(Statistics&&) noexcept;
  Statistics& operator=(Statistics&&) noexcept;

  /// Adds columns made from what is here already. Before others read: values handed out earlier are gone.
  void add(const DivisionTree& tree, std::vector<Column> columns);

  /// The tables' columns as they were given, whatever is hidden from an audience.
  std::vector<const Column*> columns() const;

  std::span<const Indicator> indicators() const;
  /// Throws UsageError offering the nearest ids.
  const Indicator& indicator(std::string_view id) const;
  std::span<const int> years() const;
  /// Values of every division of `level` in `year`, tree order. Count: the table's own value where a table
  /// of that level has one, else the sum of its children's; a division all of whose children are not
  /// applicable is not applicable, with none reported it is no data. The span lives as long as this.
  std::span<const Value> values(std::string_view indicator, Level level, int year) const;
  Value value(std::string_view indicator, DivisionRef ref, int year) const;
  /// The level of the places that Value::reported counts where nothing coarser has a table of its own: the finest
  /// with a table, of a ratio with both parts; nullopt without any.
  std::optional<Level> table_level(std::string_view indicator, int year) const;

  /// From now on numbers of people and households (Indicator::personal) with 0 < n < `below` are masked, and
  /// what gives them away: the smallest sibling where the parent is known, numbers that add up by `sums`,
  /// ratios with a hidden or small part, changes that are small or have a hidden part. Before anybody else
  /// reads. Throws Error for an unknown indicator in `sums`. Not hidden: differences between years that no
  /// entry of `sums` names.
  void suppress(const DivisionTree& tree, std::span<const IndicatorSum> sums, double below);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::geo
