#include "geo/table_header.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "geo/cell.hpp"

namespace battlemap::geo {
namespace {

using Cells = std::vector<std::string>;

const std::string& at(const Cells& cells, std::size_t i) {
  static const std::string none;
  return i < cells.size() ? cells[i] : none;
}

bool is_empty_row(const Cells& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); });
}

bool is_year(const std::string& cell) {
  const auto year = parse_year(cell);
  return year && *year >= 1900 && *year <= 2200;
}

bool is_unit(const std::string& cell) {
  constexpr std::array<std::string_view, 14> units{"人", "户", "个",   "人次", "户次", "%",  "元",
                                                   "万", "亩", "万元", "亿元", "公里", "次", "所"};
  const std::string plain = half_width(cell);
  return (plain.starts_with('(') && plain.ends_with(')')) ||
         std::find(units.begin(), units.end(), plain) != units.end();
}

bool is_unit_row(const Cells& cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](const auto& cell) { return cell.empty() || is_unit(cell); });
}

/// Whether `below` stands under merged cells of `above`.
bool goes_on(const Cells& above, const Cells& below) {
  bool merged = false, group = false;
  for (std::size_t i = 0; i < std::max(above.size(), below.size()); ++i) {
    const std::string &top = at(above, i), &bottom = at(below, i);
    if (!bottom.empty() && parse_number(bottom) && !is_year(bottom)) return false;
    if (!bottom.empty() && top.empty() && !group) return false;
    merged |= !bottom.empty() && top.empty();
    group = !bottom.empty() || (group && top.empty());
  }
  return merged;
}

/// What stands above each cell: a filled cell is merged with the empty ones to its right as far as the row
/// below is filled.
Cells spread(const Cells& above, const Cells& below) {
  Cells result(std::max(above.size(), below.size()));
  std::string current;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (!at(above, i).empty()) current = at(above, i);
    result[i] = at(above, i).empty() ? current : at(above, i);
    if (at(below, i).empty()) current.clear(), result[i] = at(above, i);
  }
  return result;
}

std::string joined(const Cells& parts) {
  std::string name;
  for (const std::string& part : parts) name += (name.empty() ? "" : "_") + part;
  return name;
}

bool has_doubles(const std::vector<std::string>& names) {
  std::set<std::string_view> seen;
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& name) { return !name.empty() && !seen.insert(name).second; });
}

TableHeader header_of(std::vector<Cells> rows, std::int64_t first, std::int64_t last) {
  TableHeader header{{}, {}, first, last};
  std::size_t width = 0;
  for (const Cells& row : rows) width = std::max(width, row.size());
  for (std::size_t k = rows.size() - 1; k-- > 0;) rows[k] = spread(rows[k], rows[k + 1]);
  for (std::size_t i = 0; i < width; ++i) {
    Cells parts;
    for (const Cells& row : rows)
      if (!at(row, i).empty()) parts.push_back(at(row, i));
    header.names.push_back(joined(parts));
    header.parts.push_back(std::move(parts));
  }
  return header;
}

}  // namespace

TableHeader find_table_header(std::span<const FirstRow> rows, std::span<const std::string> header_cells) {
  constexpr std::size_t most_rows = 3;
  const auto key_in = [&](const Cells& cells) {
    return static_cast<std::size_t>(
        std::find_first_of(cells.begin(), cells.end(), header_cells.begin(), header_cells.end()) - cells.begin());
  };
  const auto filled = std::find_if(rows.begin(), rows.end(), [](const auto& r) { return !is_empty_row(r.cells); });
  if (filled == rows.end()) return {};
  auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return key_in(r.cells) < r.cells.size(); });
  if (found == rows.end()) found = filled;
  const std::size_t key = key_in(found->cells) < found->cells.size() ? key_in(found->cells) : 0;
  std::vector<Cells> parts{found->cells};
  std::int64_t last = found->row;
  for (auto below = found + 1; below != rows.end() && parts.size() < most_rows; ++below) {
    if (!at(below->cells, key).empty() || is_empty_row(below->cells)) break;
    const bool units = is_unit_row(below->cells);
    if (!units && !goes_on(parts.back(), below->cells)) break;
    if (!units) parts.push_back(below->cells);
    last = below->row;
  }
  TableHeader header = header_of(parts, found->row, last);
  if (parts.size() > 1 || found == rows.begin() || !has_doubles(header.names)) return header;
  TableHeader higher = header_of({(found - 1)->cells, found->cells}, (found - 1)->row, last);
  return has_doubles(higher.names) ? header : higher;
}

}  // namespace battlemap::geo
