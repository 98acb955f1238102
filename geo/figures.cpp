#include <array>
#include <unordered_map>

#include "geo/cell.hpp"
#include "geo/error.hpp"
#include "geo/harmless.hpp"
#include "geo/project.hpp"
#include "geo/table.hpp"

namespace battlemap::geo {
namespace {

constexpr std::array<std::string_view, 10> figure_columns{
    "id",   "subject", "value",  "value_text",        "unit",
    "year", "level",   "source", "conflicting_value", "conflict_note"};

std::vector<std::size_t> figure_fields(const Table& table) {
  std::vector<std::size_t> fields;
  for (const std::string_view column : figure_columns) {
    const auto field = table.find(column);
    if (!field)
      fail("{}: has no column '{}'; figures have the columns {}", table.name(), column,
           fmt::join(figure_columns, ", "));
    fields.push_back(*field);
  }
  return fields;
}

double figure_value(const std::string& file, std::int64_t row, std::string_view cell) {
  const auto value = parse_number(cell);
  if (!value) fail("{}: row {}: column value holds '{}', which is no number", file, row, cell);
  return *value;
}

std::optional<int> figure_year(const std::string& file, std::int64_t row, std::string_view cell) {
  if (trimmed(cell).empty()) return std::nullopt;
  const auto year = parse_number(cell);
  if (!year || *year < 1 || *year > 9999 || *year != static_cast<int>(*year))
    fail("{}: row {}: column year holds '{}', which is no year", file, row, cell);
  return static_cast<int>(*year);
}

Figure read_figure(const std::string& file, std::int64_t row, std::span<const std::string_view> cells) {
  const auto text = [&](std::size_t i) { return clean_text(trimmed(cells[i])); };
  Figure figure;
  figure.id = text(0);
  if (figure.id.empty()) fail("{}: row {}: column id is empty", file, row);
  figure.subject = text(1);
  figure.value = figure_value(file, row, cells[2]);
  figure.value_text = text(3);
  figure.unit = text(4);
  figure.year = figure_year(file, row, cells[5]);
  figure.level = text(6);
  figure.source = text(7);
  if (figure.source.empty()) fail("{}: row {}: figure {} has no source", file, row, figure.id);
  figure.conflicting_value = text(8);
  figure.conflict_note = text(9);
  return figure;
}

}  // namespace

std::vector<Figure> read_figures(const std::filesystem::path& csv) {
  Table table(csv.string());
  std::vector<Figure> figures;
  std::unordered_map<std::string, std::int64_t> rows;
  table.read(figure_fields(table), [&](std::int64_t row, std::span<const std::string_view> cells) {
    figures.push_back(read_figure(table.name(), row, cells));
    const auto [first, added] = rows.emplace(figures.back().id, row);
    if (!added)
      fail("{}: row {}: id {} is in row {} already", table.name(), row, first->first, first->second);
  });
  return figures;
}

}  // namespace battlemap::geo
