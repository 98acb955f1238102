// Cells of tables: numbers, years, values and what stands for none.
#include <cmath>

#include "fuzz.hpp"
#include "geo/cell.hpp"
#include "geo/harmless.hpp"
#include "geo/indicator.hpp"

using namespace battlemap::geo;
using battlemap::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view core = trimmed(text);
  require(trimmed(core) == core && text.find(core) != std::string_view::npos, "trimming ends");
  const std::string narrow = half_width(text);
  require(half_width(narrow) == narrow, "what is half width stays");

  const auto number = parse_number(text);
  if (number) {
    require(std::isfinite(*number), "a number is finite");
    require(parse_number(core) == number, "white space outside a number says nothing");
    require(parse_number(fmt::format("{}", *number)) == number, "a number written in full is that number");
    if (std::abs(*number) < 1e15) {
      // As people are shown it: thousands in groups, the sign U+2212.
      const auto shown = parse_number(format_number(*number, 0));
      require(shown && *shown == std::round(*number), "a number as it is shown can be read");
    }
  }
  if (const auto year = parse_year(text)) require(*year >= 0 && *year <= 9999, "a year has four digits at most");

  const CellWords words{{"NA", "…"}, {"—"}, {"无"}};
  const Text no_unit, percent{"%", "%"}, households{"户", "households"};
  for (const Text* unit : {&no_unit, &percent, &households}) {
    const auto cell = parse_statistic(text, words, *unit);
    if (cell && cell->status == Status::value) require(std::isfinite(cell->value), "a value is finite");
    if (number)
      require(cell && cell->status == Status::value && cell->value == *number, "a number is a value");
    if (core.empty()) require(cell && cell->status == Status::no_data, "an empty cell is no data, not 0");
    if (const auto plain = parse_cell(text, words))
      require(cell && cell->status == plain->status, "statistics understand all that other cells may hold");
  }
  if (is_formula_error(text)) require(!number, "a formula's error is no number");
  require(harmless(text).find_first_of(std::string_view("\0\x1B\n\r\t\x07", 6)) == std::string::npos,
          "nothing shown steers a terminal");
  require(clean_name(text).find_first_of(std::string_view("\0\x1B\n\r\t\x07", 6)) == std::string::npos,
          "no name steers a terminal");
  return 0;
}
