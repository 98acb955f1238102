#include "tiny_atlas.hpp"

#include <fmt/format.h>

namespace battlemap::render::testing {
namespace {

using geo::Code;
using geo::Level;

constexpr double county_w = 200e3, county_h = 300e3;

void add_rectangle(geo::PolygonSet& set, geo::Box box) {
  for (const geo::Point p : {geo::Point{box.min_x, box.min_y}, geo::Point{box.max_x, box.min_y},
                             geo::Point{box.max_x, box.max_y}, geo::Point{box.min_x, box.max_y}})
    set.add_point(p);
  set.end_ring();
  set.end_polygon();
}

/// Prefectures side by side from west to east, counties within them likewise, townships in a 2 x 2 square.
geo::Box box_of(const std::string& code) {
  const double west = -3 * county_w, south = -county_h / 2;
  if (code.size() == 2) return {west, south, -west, -south};
  const double prefecture = west + (code[3] - '1') * 3 * county_w;
  if (code.size() == 4) return {prefecture, south, prefecture + 3 * county_w, -south};
  const double county = prefecture + (code[5] - '1') * county_w;
  if (code.size() == 6) return {county, south, county + county_w, -south};
  const int which = code[8] - '0';
  const double x = county + (which % 2) * county_w / 2, y = south + (which / 2) * county_h / 2;
  return {x, y, x + county_w / 2, y + county_h / 2};
}

std::vector<geo::DivisionTree::Entry> entries() {
  std::vector<geo::DivisionTree::Entry> all{{*Code::parse("63"), "青海省", ""},
                                            {*Code::parse("6301"), "西宁市", ""},
                                            {*Code::parse("6302"), "海西蒙古族藏族自治州", ""}};
  const char* const names[] = {"互助土族自治县", "都兰县", "门源回族自治县",
                               "大通县",         "同德县", "河南蒙古族自治县"};
  for (int p = 1; p <= 2; ++p)
    for (int c = 1; c <= 3; ++c) {
      const std::string county = fmt::format("63{:02}{:02}", p, c);
      all.push_back({*Code::parse(county), names[(p - 1) * 3 + c - 1], ""});
      for (int t = 0; t < 4; ++t)
        all.push_back(
            {*Code::parse(fmt::format("{}10{}", county, t)), fmt::format("第{}{}乡", county, t), ""});
    }
  return all;
}

geo::Coverage make_coverage(const geo::DivisionTree& tree, Level level) {
  geo::Coverage coverage;
  coverage.level = level;
  for (std::uint32_t i = 0; i < tree.at(level).size(); ++i) {
    const geo::DivisionRef ref{level, i};
    coverage.cells.push_back(ref);
    const geo::Box box = box_of(tree[ref].code.text());
    add_rectangle(coverage.polygons, box);
    auto& up = coverage.ancestry.own().emplace_back();
    for (const Level l : geo::all_levels)
      up[static_cast<std::size_t>(l)] = l <= level ? tree.ancestor(ref, l).index : geo::npos;
  }
  return coverage;
}

using Column = geo::Statistics::Column;
using Cell = geo::Statistics::Cell;

Cell cell(double value) {
  return {value, geo::Status::value, geo::Provenance::generated};
}

Cell poor_of(const std::string& code, std::uint32_t i, int year) {
  if (code == "630101100" || year == 2017) return {0, geo::Status::no_data, geo::Provenance::generated};
  if (code == "630103103") return {0, geo::Status::not_applicable, geo::Provenance::generated};
  if (code == "630102101") return cell(0);
  return cell(30 + 17.0 * ((i * 7) % 24) - (year == 2016 ? 11.0 * (i % 5) - 15 : 0));
}

std::vector<Column> columns(const geo::DivisionTree& tree) {
  std::vector<Column> all;
  for (const int year : {2015, 2016, 2017}) {
    Column poor{"poor", Level::township, year, {}}, people{"people", Level::township, year, {}};
    Column exit{"exit", Level::township, year, {}};
    for (std::uint32_t i = 0; i < tree.at(Level::township).size(); ++i) {
      const std::string code = tree.at(Level::township)[i].code.text();
      poor.values.push_back(poor_of(code, i, year));
      people.values.push_back(poor.values.back().status == geo::Status::value ? cell(1000)
                                                                              : poor.values.back());
      exit.values.push_back(i % 6 == 5 ? cell(9999) : cell(2016 + i % 3));
    }
    all.push_back(std::move(poor)), all.push_back(std::move(people)), all.push_back(std::move(exit));
  }
  return all;
}

geo::Indicator indicator(const char* id, const char* zh, geo::IndicatorKind kind, const char* unit) {
  geo::Indicator made;
  made.id = id, made.column = id, made.name = {zh, id}, made.kind = kind, made.unit = {unit, unit};
  made.definition = {zh, id};
  made.provenance = geo::Provenance::generated;
  return made;
}

std::vector<geo::Indicator> indicators() {
  std::vector<geo::Indicator> all{
      indicator("poor", "贫困人口", geo::IndicatorKind::count, "人"),
      indicator("people", "人口", geo::IndicatorKind::count, "人"),
      indicator("exit", "退出年份", geo::IndicatorKind::latest, ""),
      indicator("rate", "贫困发生率", geo::IndicatorKind::ratio, "%"),
      indicator("change", "贫困发生率变化", geo::IndicatorKind::change, "百分点")};
  all[2].categories = {{2016, {"2016 年", "2016"}},
                       {2017, {"2017 年", "2017"}},
                       {2018, {"2018 年", "2018"}},
                       {9999, {"尚未退出", "Not yet"}}};
  all[3].numerator = "poor", all[3].denominator = "people", all[3].factor = 100, all[3].decimals = 1;
  all[4].of = "rate", all[4].years_back = 1, all[4].decimals = 1, all[4].years = {2016};
  return all;
}

MapSpec map(const char* id, const char* indicator, FillKind kind, const char* palette) {
  MapSpec made;
  made.id = id, made.title = {"图题", "Title"}, made.subtitle = {"分子占分母的比重", "Part of the whole"};
  made.fill.emplace();
  made.fill->indicator = indicator, made.fill->kind = kind, made.fill->palette = palette;
  return made;
}

std::vector<MapSpec> maps() {
  std::vector<MapSpec> all{map("rate", "rate", FillKind::sequential, "warm"),
                           map("share", "rate", FillKind::sequential, "earth"),
                           map("change", "change", FillKind::diverging, "blue-red"),
                           map("exits", "exit", FillKind::categorical, "exits"),
                           map("people", "rate", FillKind::sequential, "green")};
  all[0].note = {"一般说明", "A remark"}, all[0].no_data_note = {"此地没有数据", "No data there"};
  for (int i = 0; i < 6; ++i) all[4].note.zh += "圆面积表示年末贫困人口,底色为贫困发生率。";
  all[1].fill->zero_class = true;
  all[2].fill->count = 6, all[2].years = {2016};
  all[4].fill->pale = true, all[4].circles.emplace(), all[4].circles->indicator = "poor";
  return all;
}

geo::Project project() {
  geo::Project made;
  made.id = "tiny", made.title = {"青海省", "Qinghai"};
  made.projection = "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m +no_defs";
  made.years = {2015, 2016, 2017}, made.default_year = 2016;
  made.root = Code::parse("63");
  made.source_line = {"数据来源:测试", "Source: test"},
  made.data_date = {"数据截至各年年末", "As of year end"};
  made.generated_note = {"演示数据", "Demonstration data"},
  made.schematic_note = {"示意边界", "Schematic boundaries"};
  geo::BoundarySource townships;
  townships.level = Level::township, townships.schematic = true;
  made.boundaries = {townships};
  return made;
}

Atlas make_tiny_atlas() {
  Atlas made;
  made.dataset.project = project();
  made.dataset.tree = geo::DivisionTree(entries());
  for (const Level level : {Level::province, Level::prefecture, Level::county, Level::township})
    made.dataset.coverages[static_cast<std::size_t>(level)] = make_coverage(made.dataset.tree, level);
  made.dataset.statistics =
      geo::Statistics(made.dataset.tree, indicators(), {2015, 2016, 2017}, columns(made.dataset.tree));
  made.dataset.rivers.points = {{-900e3, 0}, {-500e3, 20e3}, {0, 10e3}, {900e3, -30e3}};
  made.dataset.rivers.end_line();
  add_rectangle(made.dataset.lakes, {-50e3, -20e3, 50e3, 20e3});
  made.dataset.lake_names = {"青海湖"};
  made.maps = maps();
  made.palettes = Palettes(std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/palettes.toml");
  return made;
}

}  // namespace

std::shared_ptr<const Atlas> tiny_atlas_with(const MapSpec& added) {
  Atlas made = make_tiny_atlas();
  made.maps.push_back(added);
  return finish_atlas(std::move(made));
}

std::shared_ptr<const Atlas> tiny_atlas() {
  static const auto atlas = finish_atlas(make_tiny_atlas());
  return atlas;
}

const TextEngine& text_engine() {
  static const TextEngine engine;
  return engine;
}

}  // namespace battlemap::render::testing
