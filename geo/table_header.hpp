#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace battlemap::geo {

/// One of a table's first rows, its cells trimmed.
struct FirstRow {
  std::int64_t row = 0;
  std::vector<std::string> cells;
};

/// The names of a table's columns, which may stand in one row or, where cells are merged, in up to three.
struct TableHeader {
  std::vector<std::string> names;  ///< "贫困人口_2016" where 2016 stands below a merged 贫困人口
  std::vector<std::vector<std::string>> parts;  ///< what each name is made of, from top to bottom
  std::int64_t first_row = 0, last_row = 0;     ///< 0: there is none
};

/// The header is the first row with one of the cells `header_cells`, or the first that is not empty. Merged cells, which
/// files keep as one filled and several empty ones, are recognised: a row below goes on when its cell in that
/// column is empty, the others are words or years, and each stands below a filled cell or to the right of one
/// that does; rows of units (人, 户) below are passed over; the row above belongs to it when names occur
/// twice and it tells them apart.
TableHeader find_table_header(std::span<const FirstRow> rows, std::span<const std::string> header_cells);

}  // namespace battlemap::geo
