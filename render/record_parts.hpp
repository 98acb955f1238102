#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/criteria.hpp"
#include "render/board.hpp"

namespace battlemap::render {

/// How the records of a place fall into parts: the entries of a category, years, states, or smaller places.
struct RecordParts {
  struct Part {
    std::string id;   ///< of the category's entry, the year, the division's code, the group
    geo::Text label;
    bool no_value = false;  ///< no data, not applicable or hidden: no part of the categories
  };
  geo::Text name;            ///< of the field
  std::vector<Part> parts;   ///< in the order of the set, of years, of codes
  bool several = false;      ///< a record may be in several parts, or in none: shares need not add up
  std::vector<std::uint32_t> begin{0};  ///< record i is in part[begin[i]] ... part[begin[i + 1] - 1]
  std::vector<std::uint32_t> part;
};

/// Rows of a kind within the board's place; households that pass the filter.
std::vector<std::uint32_t> rows_of(const Board& board, geo::RecordKind kind);

/// `field`: a field of the kind, or "state" (households: out of poverty by the picture's year or not; projects:
/// finished or not), "pairing" (households: with a helper or without),
/// "judgement" (households: by the exit criteria), "place" (groups of a village; else the
/// divisions of the next level).
RecordParts record_parts(const Board& board, geo::RecordKind kind, const std::vector<std::uint32_t>& rows,
                         std::string_view field);
/// Throws geo::UsageError offering the nearest when record_parts() would not know the field.
void check_part_field(geo::RecordKind kind, std::string_view field);

/// How many; nullopt where the number is hidden from the audience.
using Count = std::optional<std::size_t>;

/// Counts of records by one field or two.
struct Tally {
  RecordParts rows, columns;              ///< no column parts where there is no second field
  std::vector<std::vector<Count>> cells;  ///< [row part][column part]; empty where there is no second field
  std::vector<Count> row_totals;          ///< records, each once
  std::vector<Count> column_totals;
  Count total = 0;                        ///< records, each once
};
/// Of the board's place and filter, as far as the audience may know. `by` may be empty.
Tally tally(const Board& board, geo::RecordKind kind, std::string_view field, std::string_view by = {});
/// All records of the kind within the place; households that pass the filter.
Count total_of(const Board& board, geo::RecordKind kind);
/// Whether the audience gets counts of this kind that hide small numbers, and no single records.
bool is_prepared(const Board& board, geo::RecordKind kind);
/// Whether a part is worth a line: it has records, or the audience may not know.
inline bool is_listed(const Count& count) {
  return !count || *count > 0;
}
/// "1,234", or the word for what is hidden.
std::string count_text(const Scene& scene, const Count& count);

/// Whether the household is recorded as out of poverty at the end of `year`.
bool has_exited(const geo::RecordTable& households, std::uint32_t row, int year);
/// The household's judgement by the exit criteria at the end of the picture's year; null when it was not judged.
const geo::ExitJudgement* judgement_of(const Board& board, std::uint32_t row);

}  // namespace battlemap::render
