#include "village_atlas.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <numeric>

#include "geo/record_loader.hpp"
#include "tiny_atlas.hpp"

namespace battlemap::render::testing {
namespace {

using geo::Level;
using geo::RecordKind;
using RecordColumn = geo::RecordTable::Column;

constexpr double side = 5000;

void add_square(geo::PolygonSet& set, const geo::Box& box) {
  for (const geo::Point p : {geo::Point{box.min_x, box.min_y}, geo::Point{box.max_x, box.min_y},
                             geo::Point{box.max_x, box.max_y}, geo::Point{box.min_x, box.max_y}})
    set.add_point(p);
  set.end_ring();
  set.end_polygon();
}

geo::Box box_of(const geo::Division& division, Level level) {
  if (level != Level::village) return {0, 0, 2 * side, 2 * side};
  const int which = division.code.text().back() - '0';
  const double x = (which % 2) * side, y = (which / 2) * side;
  return {x, y, x + side, y + side};
}

geo::Coverage coverage_of(const geo::DivisionTree& tree, Level level) {
  geo::Coverage coverage;
  coverage.level = level;
  for (std::uint32_t i = 0; i < tree.at(level).size(); ++i) {
    const geo::DivisionRef ref{level, i};
    const geo::Box box = box_of(tree[ref], level);
    coverage.cells.push_back(ref);
    add_square(coverage.polygons, box);
    auto& up = coverage.ancestry.own().emplace_back();
    for (const Level l : geo::all_levels)
      up[static_cast<std::size_t>(l)] = l <= level ? tree.ancestor(ref, l).index : geo::npos;
  }
  return coverage;
}

geo::DivisionTree make_tree() {
  std::vector<geo::DivisionTree::Entry> entries;
  for (const char* code : {"63", "6301", "630101", "630101100"})
    entries.push_back({*geo::Code::parse(code), fmt::format("地方{}", code), ""});
  for (int v = 0; v < 4; ++v)
    entries.push_back(
        {*geo::Code::parse(fmt::format("63010110020{}", v)), fmt::format("第{}村村委会", v), ""});
  return geo::DivisionTree(std::move(entries));
}

RecordColumn& column_of(geo::RecordTable& table, const std::string& field) {
  for (RecordColumn& column : table.columns)
    if (column.field->id == field) return column;
  RecordColumn column;
  column.field = &geo::require_field(table.kind, field);
  return table.columns.emplace_back(std::move(column));
}

std::uint64_t flags_of(const geo::CategorySet& set, const std::string& text) {
  std::uint64_t flags = 0;
  for (std::size_t i = 0; i < set.entries.size(); ++i)
    if ((";" + text + ";").find(";" + set.entries[i].id + ";") != std::string::npos)
      flags |= std::uint64_t{1} << i;
  return flags;
}

/// All arrays of the column as long as the table, so that any of them may be read.
void fit(RecordColumn& column, std::size_t rows) {
  column.status.resize(rows, geo::Status::no_data);
  column.numbers.resize(rows), column.categories.resize(rows, geo::no_category);
  column.flags.resize(rows), column.texts.resize(rows);
}

}  // namespace

RecordsBuilder::RecordsBuilder(const geo::DivisionTree& tree) : tree_(tree) {
  for (std::size_t k = 0; k < records_.tables.size(); ++k)
    records_.tables[k].kind = static_cast<RecordKind>(k);
  records_.sets = geo::default_categories();
}

void RecordsBuilder::add(RecordKind kind, const std::string& code, geo::Point point,
                         const RecordFields& fields) {
  geo::RecordTable& table = records_.tables[static_cast<std::size_t>(kind)];
  table.loaded = true;
  table.places.push_back(tree_.find(*geo::Code::parse(code)).value());
  table.points.push_back(point);
  table.source_rows.push_back(static_cast<std::int64_t>(table.size()));
  const std::size_t row = table.size() - 1;
  for (const auto& [name, value] : fields) {
    RecordColumn& column = column_of(table, name);
    fit(column, row + 1);
    column.status[row] = geo::Status::value;
    if (const double* number = std::get_if<double>(&value)) {
      column.numbers[row] = *number;
      continue;
    }
    const std::string& word = std::get<std::string>(value);
    if (column.field->type == geo::FieldType::text) {
      column.texts[row] = static_cast<std::uint32_t>(table.strings.size());
      table.strings.push_back(word);
      continue;
    }
    const geo::CategorySet& set = records_.set(column.field->set);
    if (column.field->type == geo::FieldType::flags)
      column.flags[row] = flags_of(set, word);
    else
      column.categories[row] = static_cast<std::uint16_t>(set.find(word).value());
  }
}

void RecordsBuilder::add_road(const std::string& code, const std::vector<geo::Point>& line,
                              const RecordFields& fields) {
  add(RecordKind::road, code, nowhere(), fields);
  geo::LineSet& lines = records_.tables[static_cast<std::size_t>(RecordKind::road)].lines;
  lines.points.insert(lines.points.end(), line.begin(), line.end());
  lines.end_line();
}

geo::Records RecordsBuilder::finish() {
  for (geo::RecordTable& table : records_.tables) {
    for (RecordColumn& column : table.columns) fit(column, table.size());
    table.rows_by_id.resize(table.size());
    std::iota(table.rows_by_id.begin(), table.rows_by_id.end(), 0U);
    std::stable_sort(table.rows_by_id.begin(), table.rows_by_id.end(),
                     [&](auto a, auto b) { return table.text("id", a) < table.text("id", b); });
  }
  geo::link_records(records_);
  return std::move(records_);
}

namespace {

Atlas atlas_of(const std::function<void(RecordsBuilder&)>& fill) {
  Atlas made;
  geo::Project& project = made.dataset.project;
  project.id = "village", project.title = {"测试", "Test"};
  project.projection =
      "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m +no_defs";
  project.years = {2016, 2017, 2018}, project.default_year = 2018, project.root = geo::Code::parse("63");
  made.dataset.tree = make_tree();
  for (const Level level : geo::all_levels)
    made.dataset.coverages[static_cast<std::size_t>(level)] = coverage_of(made.dataset.tree, level);
  RecordsBuilder builder(made.dataset.tree);
  fill(builder);
  made.dataset.records = builder.finish();
  made.palettes = Palettes(std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/palettes.toml");
  return made;
}

}  // namespace

std::shared_ptr<const Atlas> six_maps_atlas(const std::function<void(RecordsBuilder&)>& fill) {
  Atlas made = atlas_of(fill);
  const auto folder = std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai";
  made.dataset.statistics = geo::Statistics(made.dataset.tree, geo::read_indicators(folder / "indicators.toml"),
                                            made.dataset.project.years, {});
  made.maps = read_maps(folder / "maps/six");
  return finish_atlas(std::move(made));
}

std::shared_ptr<const Atlas> village_atlas(const std::string& layers,
                                           const std::function<void(RecordsBuilder&)>& fill) {
  Atlas made = atlas_of(fill);
  const auto file = std::filesystem::temp_directory_path() / fmt::format("village-{}.toml", fmt::ptr(&made));
  std::ofstream(file) << "id = \"board\"\ntitle = \"图\"\ndefault_level = \"village\"\n" << layers;
  made.maps = {read_map(file)};
  std::filesystem::remove(file);
  return finish_atlas(std::move(made));
}

DrawnBoard draw_board(const Atlas& atlas, const std::string& place, int year, int width, int height,
                      const geo::RecordFilter& filter) {
  SheetRequest request;
  request.map = "board", request.place = atlas.dataset.tree.find(*geo::Code::parse(place));
  request.year = year, request.width = width, request.height = height;
  const Scene scene = make_scene(atlas, request);
  DrawnBoard drawn;
  drawn.households =
      geo::select_households(atlas.dataset.tree, atlas.dataset.records, *request.place, filter);
  const Board board{scene, atlas.dataset.records, filter, *request.place, year, drawn.households};
  const Rect& f = scene.view.frame;
  FreeSpace space({f.x + 4, f.y + 4, f.w - 8, f.h - 8}, 32);
  add_record_layers(board, text_engine(), space, drawn.sheet);
  return drawn;
}

}  // namespace battlemap::render::testing
