#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/division.hpp"
#include "geo/geometry.hpp"
#include "geo/indicator.hpp"
#include "geo/text.hpp"

namespace battlemap::geo {

/// What lies inside a village (台账): tables with places. Their fields are listed in docs/records.md.
enum class RecordKind : std::uint8_t {
  household,  ///< 贫困户
  group,      ///< 社, a part of a village
  facility,   ///< clinic, school, culture room, ...
  project,    ///< a project site of a sector, with money and progress
  cadre,      ///< first secretary, team member, helper; by id, never by name
  unit,       ///< 帮扶单位: a unit or firm paired with villages
  pairing,    ///< a cadre with a household, or a unit with a village
  road        ///< the only kind whose places are lines
};
inline constexpr int record_kind_count = 8;
std::string_view record_kind_id(RecordKind kind);  ///< "household", ...
/// 贫困户, households, ...
const Text& record_kind_name(RecordKind kind);
/// Throws UsageError naming the nearest.
RecordKind parse_record_kind(std::string_view text);
bool record_kind_has_lines(RecordKind kind);  ///< its places are lines, not points
/// Records of this kind may belong to no place: a unit is anywhere.
bool record_place_is_optional(RecordKind kind);
std::string_view record_noun(RecordKind kind);  ///< before a running number: 户003
/// The field whose record's place is this record's where it has none of its own; "" when there is none.
std::string_view record_placed_by(RecordKind kind);

enum class FieldType : std::uint8_t {
  text,      ///< ids and free words
  category,  ///< one entry of a category set
  flags,     ///< several entries of a category set (at most 64), written "a;b" in sources
  number,
  year,      ///< a whole year; `not_yet` (9999) for "not yet"
  yes_no     ///< 1 or 0
};
inline constexpr int not_yet = 9999;

/// What the program knows of a field of a kind.
struct FieldSchema {
  std::string_view id;
  FieldType type = FieldType::text;
  Text name;
  Text unit;
  std::string_view set;    ///< category, flags: id of the category set
  bool yearly = false;     ///< has a value for each year (source columns name_2016, or one for all years)
  bool required = false;   ///< the source must have it
  std::optional<RecordKind> refers;  ///< text: it is the id of a record of that kind
  double most = 1e15;      ///< number: 0 to this; anything else is no data and reported
};
std::span<const FieldSchema> record_schema(RecordKind kind);
/// nullptr when the kind has no such field.
const FieldSchema* find_field(RecordKind kind, std::string_view field);
/// Throws UsageError offering the nearest fields of that kind.
const FieldSchema& require_field(RecordKind kind, std::string_view field);

/// One known value of a category field and the texts that mean it (categories are matched by text: systems
/// disagree on code numbers).
struct Category {
  std::string id;
  Text name;
  std::vector<std::string> match{};  ///< other spellings; id and names always match
  bool known = true;                 ///< false: met in the data only; kept as it was written, and reported
};
inline constexpr std::size_t most_entries = 60;  ///< of a set in categories.toml: flags have 64 bits
struct CategorySet {
  std::string id;  ///< "household_category", "cause", "measure", "facility", "sector", "role", "road", "unit"
  Text name;
  std::vector<Category> entries;
  std::optional<std::size_t> find(std::string_view text) const;  ///< by id, name or match
  /// By id. Throws UsageError offering the nearest ids.
  std::size_t require(std::string_view entry) const;
};
/// categories.toml. Throws Error with file, line, key and the nearest known one.
std::vector<CategorySet> read_categories(const std::filesystem::path& toml);
/// What is used when a project names no file: the demo's data/qinghai/categories.toml, built in.
const std::vector<CategorySet>& default_categories();

/// Value of a cell that is none, or is hidden from the audience: see Status.
inline constexpr std::uint16_t no_category = 0xFFFF;

/// The records of one kind, columnar, ordered by place code, then id. Read-only after loading.
class RecordTable {
 public:
  struct Column {
    const FieldSchema* field = nullptr;
    int year = 0;                            ///< 0: not yearly
    std::vector<Status> status;              ///< one per row
    std::vector<double> numbers;             ///< number, year, yes_no
    std::vector<std::uint16_t> categories;   ///< category: index into the set's entries
    std::vector<std::uint64_t> flags;        ///< flags: bit i is entry i of the set
    std::vector<std::uint32_t> texts;        ///< text: index into RecordTable::strings; 0 is ""
    std::vector<std::uint32_t> links;        ///< text that refers: row of that record; npos: none
    /// Text that refers: rows of this table that refer to row r are referrers[referrers_begin[r] ...
    /// referrers_begin[r + 1]), ascending.
    std::vector<std::uint32_t> referrers_begin, referrers;
  };

  RecordKind kind = RecordKind::household;
  bool loaded = false;        ///< the project has a source of this kind and it was asked for
  bool dropped = false;       ///< single records are hidden from this audience; counts: record_counts.hpp
  std::string source;         ///< files and layers, for messages
  Provenance provenance = Provenance::user;
  std::vector<DivisionRef> places;     ///< per row; invalid: no place known
  std::vector<Point> points;           ///< per row, projected metres; NaN where there is none; empty for roads
  LineSet lines;                       ///< roads: one line per row, projected metres
  std::vector<std::int64_t> source_rows;  ///< row or feature id in the source, for messages
  std::vector<std::string> strings{std::string()};  ///< the first is ""
  std::vector<Column> columns;
  std::vector<std::uint32_t> rows_by_id;            ///< rows in the order of their ids

  std::size_t size() const { return places.size(); }
  bool has_point(std::uint32_t row) const { return points[row].x == points[row].x; }
  /// The column of a field; yearly fields: of that year, or the one that stands for all years, else
  /// nullptr. nullptr when the source lacks it.
  const Column* column(std::string_view field, int year = 0) const;
  std::string_view text(std::string_view field, std::uint32_t row) const;  ///< "" when there is none
  std::optional<double> number(std::string_view field, std::uint32_t row, int year = 0) const;
  std::optional<std::uint16_t> category(std::string_view field, std::uint32_t row) const;
  std::uint64_t flags(std::string_view field, std::uint32_t row) const;
  Status status(std::string_view field, std::uint32_t row, int year = 0) const;
  /// Row of a record by its id (field "id"); the first where an id is doubled.
  std::optional<std::uint32_t> find(std::string_view id) const;
};

/// The rows of `table` named by `rows`, in that order; rows_by_id is made anew, links are not kept.
RecordTable take_rows(const RecordTable& table, std::span<const std::uint32_t> rows);

/// What one [[records]] source gave; shown by `check`.
struct RecordReport {
  RecordKind kind = RecordKind::household;
  std::string source;
  std::size_t rows = 0;
  std::size_t placed = 0;       ///< rows whose division is known
  std::size_t with_point = 0;   ///< rows that have a place on the map (roads: a line)
  std::size_t problems = 0;     ///< of this source, unknown references included
};

struct PreparedCounts;

/// All records of a project that were asked for.
struct Records {
  std::array<RecordTable, record_kind_count> tables;
  std::vector<CategorySet> sets;
  std::vector<RecordReport> reports;  ///< one per source, in the project file's order
  /// Counts of the kinds whose small numbers are hidden from the audience; read by record_counts.hpp.
  std::vector<std::shared_ptr<const PreparedCounts>> prepared;

  const RecordTable& operator[](RecordKind kind) const { return tables[static_cast<std::size_t>(kind)]; }
  /// Throws UsageError offering the nearest ids.
  const CategorySet& set(std::string_view id) const;
  bool any() const;
};

/// Rows of `table` whose place is `place` or lies within it: a range [first, last) of the table's rows. All
/// rows, those without a place too, for an invalid place.
std::pair<std::uint32_t, std::uint32_t> rows_within(const DivisionTree& tree, const RecordTable& table,
                                                    DivisionRef place);

/// What the user wants to see; empty means all. Every layer, panel and legend of a picture follows it.
struct RecordFilter {
  std::vector<std::string> categories;  ///< ids of "household_category"
  std::vector<std::string> causes;      ///< ids of "cause" (main cause)
  std::vector<std::string> measures;    ///< ids of "measure": households in any of these
  std::vector<int> exit_years;          ///< actual exit years; not_yet: not out
  std::string cadre;                    ///< id: households paired with this cadre
  bool empty() const {
    return categories.empty() && causes.empty() && measures.empty() && exit_years.empty() && cadre.empty();
  }
  friend bool operator==(const RecordFilter&, const RecordFilter&) = default;
};
/// Households within `place` that pass the filter, ascending rows. Throws UsageError for an unknown id in
/// the filter (nearest offered).
std::vector<std::uint32_t> select_households(const DivisionTree& tree, const Records& records,
                                             DivisionRef place, const RecordFilter& filter);

/// Throws UsageError for an unknown id in the filter (nearest offered). Cadres that an audience may not see
/// are unknown to nobody: any id is then accepted.
void check_filter(const Records& records, const RecordFilter& filter);

/// Rows of `from` whose field `field` refers to `row` of another table, ascending: the pairings of a
/// household are referring_rows(records[RecordKind::pairing], "household", row).
std::span<const std::uint32_t> referring_rows(const RecordTable& from, std::string_view field,
                                              std::uint32_t row);
/// The row that `field` of `row` refers to; nullopt when it refers to none that exists.
std::optional<std::uint32_t> linked_row(const RecordTable& table, std::string_view field, std::uint32_t row);

/// Rows of "cadre" paired with each household of `rows` (several possible), by the pairing table. Empty for
/// a household with nobody.
std::vector<std::vector<std::uint32_t>> paired_cadres(const Records& records,
                                                      std::span<const std::uint32_t> rows);

}  // namespace battlemap::geo
