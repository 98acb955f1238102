#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "geo/error.hpp"
#include "render/symbols.hpp"
#include "tiny_atlas.hpp"
#include "village_atlas.hpp"

namespace battlemap::render {
namespace {

using geo::RecordKind;
using testing::draw_board;
using testing::RecordsBuilder;
using testing::village_atlas;

constexpr const char* village = "630101100200";
constexpr const char* township = "630101100";
const char* const causes[] = {"illness", "disability", "schooling", "disaster",  "land",       "water",
                              "skills",  "labour",     "funds",     "transport", "motivation", "other"};
const char* const categories[] = {"general", "low_income", "five_guarantee"};

/// `count` households in clumps of a village; every tenth has nobody, every third is out by 2017.
void add_households(RecordsBuilder& builder, const std::string& code, int count, geo::Point corner = {}) {
  std::mt19937 random(static_cast<unsigned>(count));
  const auto part = [&] { return static_cast<double>(random() % 1000) / 1000; };
  for (int c = 0; c < 5; ++c)
    builder.add(
        RecordKind::cadre, code, testing::nowhere(),
        {{"id", fmt::format("C{}-{}", code, c)}, {"role", "helper"}, {"unit", fmt::format("U{}", c % 2)}});
  for (int i = 0; i < count; ++i) {
    const geo::Point centre{corner.x + 900 + 800.0 * (i % 5), corner.y + 1000 + 900.0 * (i % 4)};
    const std::string id = fmt::format("H{}-{:05}", code, i);
    builder.add(RecordKind::household, code, {centre.x + 150 * part(), centre.y + 150 * part()},
                {{"id", id},
                 {"category", categories[i % 3]},
                 {"cause", causes[i % 12]},
                 {"measures", i % 2 == 0 ? "industry;education" : "medical"},
                 {"people", 1.0 + i % 6},
                 {"planned_exit", i % 7 == 0 ? 2016.0 : 2019.0},
                 {"exit_year", i % 3 == 0 ? 2017.0 : double(geo::not_yet)}});
    if (i % 10 != 9)
      builder.add(RecordKind::pairing, code, testing::nowhere(),
                  {{"cadre", fmt::format("C{}-{}", code, i % 5)}, {"household", id}});
  }
}

void add_units(RecordsBuilder& builder) {
  for (int u = 0; u < 2; ++u)
    builder.add(RecordKind::unit, "630101100", testing::nowhere(),
                {{"id", fmt::format("U{}", u)}, {"name", fmt::format("单位 {}", u)}});
}

std::shared_ptr<const Atlas> with_households(int count, const std::string& layer) {
  return village_atlas("[[layer]]\nrecords = \"household\"\n" + layer, [&](RecordsBuilder& builder) {
    add_units(builder);
    add_households(builder, village, count);
  });
}

std::vector<std::uint32_t> shown_rows(const Sheet& sheet, RecordKind kind = RecordKind::household) {
  std::vector<std::uint32_t> rows;
  for (const RecordHit& hit : sheet.hits)
    if (hit.kind == kind) rows.insert(rows.end(), hit.rows.begin(), hit.rows.end());
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<std::uint32_t> first_rows(std::size_t count) {
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

std::size_t overlapping(const Sheet& sheet) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < sheet.hits.size(); ++i)
    for (std::size_t j = i + 1; j < sheet.hits.size(); ++j)
      count += std::hypot(sheet.hits[i].centre.x - sheet.hits[j].centre.x,
                          sheet.hits[i].centre.y - sheet.hits[j].centre.y) <
               sheet.hits[i].radius + sheet.hits[j].radius - 0.5F;
  return count;
}

const Layer* find_layer(const Sheet& sheet, const std::string& name) {
  for (const Layer& layer : sheet.layers)
    if (layer.name == name) return &layer;
  return nullptr;
}

std::string legend_count(const Sheet& sheet, const std::string& label) {
  for (const SymbolEntry& entry : sheet.symbol_legend)
    if (entry.label == label) return entry.count;
  return "none";
}

TEST(RecordLayers, EveryHouseholdIsASymbolOfItsOwn) {
  for (const int count : {0, 1, 3, 40, 372}) {
    const auto atlas =
        with_households(count, "colour_by = \"cause\"\nshape_by = \"cause\"\npalette = \"twelve\"\n");
    const auto drawn = draw_board(*atlas, village);
    EXPECT_EQ(drawn.sheet.hits.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(shown_rows(drawn.sheet), first_rows(static_cast<std::size_t>(count)));
    EXPECT_EQ(overlapping(drawn.sheet), 0U) << count;
  }
}

TEST(RecordLayers, TooManyBecomeClustersThatAddUp) {
  const auto atlas = with_households(5000, "colour_by = \"category\"\n");
  const auto drawn = draw_board(*atlas, village);
  EXPECT_LT(drawn.sheet.hits.size(), 400U);
  EXPECT_GT(drawn.sheet.hits.size(), 5U);
  EXPECT_EQ(shown_rows(drawn.sheet), first_rows(5000));
  EXPECT_EQ(overlapping(drawn.sheet), 0U);
  std::size_t written = 0;  // the numbers on the picture are the numbers of the records
  for (const Item& item : find_layer(drawn.sheet, "household")->items)
    if (const auto* number = std::get_if<TextItem>(&item)) {
      std::string digits = number->text;
      std::erase(digits, ',');
      written += std::stoul(digits);
    }
  EXPECT_EQ(written, 5000U);
}

TEST(RecordLayers, ATownshipHasOneClusterForEachVillage) {
  const auto atlas = village_atlas("[[layer]]\nrecords = \"household\"\ncolour_by = \"category\"\n",
                                   [&](RecordsBuilder& builder) {
                                     add_units(builder);
                                     add_households(builder, "630101100200", 120);
                                     add_households(builder, "630101100201", 300, {5000, 0});
                                     add_households(builder, "630101100203", 2000, {5000, 5000});
                                   });
  const auto drawn = draw_board(*atlas, township);
  ASSERT_EQ(drawn.sheet.hits.size(), 3U);
  std::multiset<std::size_t> sizes;
  for (const RecordHit& hit : drawn.sheet.hits) sizes.insert(hit.rows.size());
  EXPECT_EQ(sizes, (std::multiset<std::size_t>{120, 300, 2000}));
  EXPECT_EQ(shown_rows(drawn.sheet), first_rows(2420));
}

TEST(RecordLayers, TheLegendCountsWhatIsDrawn) {
  const auto atlas = with_households(120, "colour_by = \"category\"\nhollow = \"exited\"\nring = \"late\"\n");
  const auto drawn = draw_board(*atlas, village);
  EXPECT_EQ(legend_count(drawn.sheet, "一般贫困户"), "40");
  EXPECT_EQ(legend_count(drawn.sheet, "已脱贫"), "40");
  // Planned for 2016 (every seventh): none is out by then.
  EXPECT_EQ(legend_count(drawn.sheet, "逾期未脱贫或晚于计划"), "18");
  EXPECT_EQ(legend_count(draw_board(*atlas, village, 2016).sheet, "已脱贫"), "none");
}

/// Small discs of a layer by colour: those of symbols, as large as a dot of them or smaller.
std::map<std::uint32_t, std::size_t> discs_by_colour(const Layer& layer) {
  std::map<std::uint32_t, std::size_t> counts;
  for (const Item& item : layer.items)
    if (const auto* disc = std::get_if<CircleItem>(&item))
      ++counts[disc->fill.r * 65536U + disc->fill.g * 256U + disc->fill.b];
  return counts;
}

TEST(RecordLayers, AHouseholdInSeveralMeasuresIsARingOfDots) {
  const std::string colours =
      "colour_by = \"measures\"\n[layer.colours]\nindustry = \"#112233\"\n"
      "education = \"#445566\"\nmedical = \"#778899\"\n";
  const auto dots = draw_board(*with_households(40, "several = \"dots\"\n" + colours), village);
  const Layer& layer = *find_layer(dots.sheet, "household");
  auto discs = discs_by_colour(layer);
  EXPECT_EQ(discs[0x112233], 20U);  // every second is in two
  EXPECT_EQ(discs[0x445566], 20U);
  EXPECT_EQ(discs[0x778899], 20U);  // the others in one: one disc
  EXPECT_TRUE(std::none_of(layer.items.begin(), layer.items.end(),
                           [](const Item& item) { return std::holds_alternative<ConvexItem>(item); }));
  EXPECT_EQ(legend_count(dots.sheet, "同时有多项"), "20");
  EXPECT_EQ(overlapping(dots.sheet), 0U);
  const auto wedges = draw_board(*with_households(40, colours), village);
  EXPECT_EQ(discs_by_colour(*find_layer(wedges.sheet, "household"))[0x112233], 0U);
  EXPECT_EQ(legend_count(wedges.sheet, "同时有多项"), "20");
}

TEST(RecordLayers, DotsOfASymbolStayApartAndWithinIt) {
  for (std::size_t count = 2; count <= 8; ++count) {
    SymbolLook look;
    look.dots = true, look.parts.assign(count, Colour{9, 9, 9});
    Layer layer;
    add_symbol(layer, look, {100, 100}, 10);
    std::vector<CircleItem> dots;
    for (const Item& item : layer.items)
      if (const auto& disc = std::get<CircleItem>(item); disc.fill == Colour{9, 9, 9}) dots.push_back(disc);
    ASSERT_EQ(dots.size(), count);
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_LE(std::hypot(dots[i].centre.x - 100, dots[i].centre.y - 100) + dots[i].radius,
                symbol_reach(look, 10));
      for (std::size_t j = 0; j < i; ++j)
        EXPECT_GT(std::hypot(dots[i].centre.x - dots[j].centre.x, dots[i].centre.y - dots[j].centre.y),
                  2 * dots[i].radius);
    }
  }
}

TEST(RecordLayers, ALegendHidesNoSymbol) {
  const auto atlas = with_households(372, "colour_by = \"cause\"\nshape_by = \"cause\"\n");
  const auto drawn = draw_board(*atlas, village);
  const Layer* legend = find_layer(drawn.sheet, "symbol legend");
  ASSERT_NE(legend, nullptr);
  const Rect box = std::get<RectItem>(legend->items.front()).rect;
  for (const RecordHit& hit : drawn.sheet.hits)
    EXPECT_FALSE(box.overlaps({hit.centre.x - hit.radius * 0.9F, hit.centre.y - hit.radius * 0.9F,
                               hit.radius * 1.8F, hit.radius * 1.8F}));
}

TEST(RecordLayers, FiltersAndConditionsLeaveTheOthersOut) {
  const auto atlas = with_households(
      120,
      "where = [ { field = \"category\", is = [\"low_income\"] }, { field = \"people\", at_least = 3 } ]\n");
  geo::RecordFilter filter;
  filter.causes = {"land"};
  const auto drawn = draw_board(*atlas, village, 2018, 1600, 1000, filter);
  for (const std::uint32_t row : shown_rows(drawn.sheet)) {
    EXPECT_EQ(row % 12, 4U);
    EXPECT_EQ(row % 3, 1U);
    EXPECT_GE(row % 6 + 1, 3U);
  }
  EXPECT_FALSE(shown_rows(drawn.sheet).empty());
  EXPECT_EQ(draw_board(*atlas, village).sheet.hits.size(), 20U);  // of 40, those of 5 people, not of 2
}

TEST(RecordLayers, RecordsWithoutAPlaceStandInTheTray) {
  const auto atlas = village_atlas("[[layer]]\nrecords = \"household\"\n", [&](RecordsBuilder& builder) {
    builder.add(RecordKind::household, village, {2500, 2500}, {{"id", "a"}});
    builder.add(RecordKind::household, village, testing::nowhere(), {{"id", "b"}});
    builder.add(RecordKind::household, village, {9e6, 9e6}, {{"id", "c"}});
  });
  const auto drawn = draw_board(*atlas, village);
  EXPECT_EQ(shown_rows(drawn.sheet), first_rows(3));
  ASSERT_EQ(drawn.sheet.report.notes.size(), 1U);
  EXPECT_NE(drawn.sheet.report.notes[0].find("2 records"), std::string::npos) << drawn.sheet.report.notes[0];
  for (const RecordHit& hit : drawn.sheet.hits) EXPECT_LT(hit.centre.x, 1600);
}

TEST(RecordLayers, AStrandLeadsFromEachHelperToEachHousehold) {
  const auto atlas = with_households(200, "alarm = \"unpaired\"\n[layer.flow]\n");
  const auto drawn = draw_board(*atlas, village);
  const Layer* flows = find_layer(drawn.sheet, "flows");
  ASSERT_NE(flows, nullptr);
  EXPECT_EQ(flows->items.size(), 180U);  // every tenth of 200 has nobody
  std::vector<Vec2> ends, helpers;
  for (const Item& item : flows->items) ends.push_back(std::get<LineItem>(item).points.back());
  std::size_t met = 0;
  for (const RecordHit& hit : drawn.sheet.hits) {
    if (hit.kind == RecordKind::cadre) helpers.push_back(hit.centre);
    if (hit.kind == RecordKind::household)
      met += std::any_of(ends.begin(), ends.end(), [&](Vec2 p) { return p == hit.centre; });
  }
  EXPECT_EQ(met, 180U);
  EXPECT_EQ(helpers.size(), 5U);
  for (const Item& item : flows->items) {
    const Vec2 start = std::get<LineItem>(item).points.front();
    EXPECT_TRUE(std::any_of(helpers.begin(), helpers.end(),
                            [&](Vec2 p) { return std::hypot(p.x - start.x, p.y - start.y) < 0.1F; }));
  }
  EXPECT_EQ(legend_count(drawn.sheet, "无人帮扶"), "20");
}

TEST(RecordLayers, RoadsAreDrawnByClass) {
  const auto atlas = village_atlas(
      "[[layer]]\nrecords = \"road\"\n[layer.lines.track]\ndashed = true\nwidth_mm = 0.3\n",
      [&](RecordsBuilder& builder) {
        builder.add_road(village, {{500, 500}, {4500, 4500}}, {{"id", "a"}, {"type", "county_road"}});
        builder.add_road(village, {{500, 4500}, {4500, 500}}, {{"id", "b"}, {"type", "track"}});
      });
  const auto drawn = draw_board(*atlas, village);
  const Layer* roads = find_layer(drawn.sheet, "roads");
  ASSERT_NE(roads, nullptr);
  EXPECT_GT(roads->items.size(), 20U);  // dashes
  ASSERT_EQ(drawn.sheet.symbol_legend.size(), 2U);
  EXPECT_EQ(drawn.sheet.symbol_legend[0].label, "县道");
}

TEST(RecordLayers, NamesStandBesideTheirSymbolsAndNotOnOthers) {
  const auto atlas = village_atlas(
      "[[layer]]\nrecords = \"household\"\n[[layer]]\nrecords = \"group\"\nlabel = \"name\"\nshape = "
      "\"group\"\n",
      [&](RecordsBuilder& builder) {
        add_households(builder, village, 200);
        for (int g = 0; g < 4; ++g)
          builder.add(RecordKind::group, village, {1000.0 + 800 * g, 1000.0 + 900 * g},
                      {{"id", fmt::format("G{}", g)}, {"name", fmt::format("{}社", g + 1)}});
      });
  const auto drawn = draw_board(*atlas, village);
  EXPECT_EQ(drawn.sheet.report.labels_placed, 4U);
  const Layer* names = find_layer(drawn.sheet, "record names");
  ASSERT_NE(names, nullptr);
  for (const Item& item : names->items) {
    const auto& label = std::get<TextItem>(item);
    const Rect box{label.origin.x, label.origin.y - label.style.size * 0.8F,
                   testing::text_engine().width(label.text, label.style), label.style.size * 0.8F};
    for (const RecordHit& hit : drawn.sheet.hits) EXPECT_FALSE(box.contains(hit.centre)) << label.text;
  }
}

TEST(RecordLayers, WhereSingleRecordsAreHiddenOnlyNumbersAreDrawn) {
  const auto shown = with_households(120, "colour_by = \"category\"\n");
  // As the mask leaves it; the fixture made the atlas for this test alone.
  const_cast<geo::RecordTable&>(shown->dataset.records[RecordKind::household]).dropped = true;
  const auto drawn = draw_board(*shown, village);
  EXPECT_TRUE(drawn.sheet.hits.empty());  // nothing leads to a record
  const Layer* layer = find_layer(drawn.sheet, "household");
  ASSERT_NE(layer, nullptr);
  std::vector<std::string> numbers;
  for (const Item& item : layer->items)
    if (const auto* number = std::get_if<TextItem>(&item)) numbers.push_back(number->text);
  EXPECT_EQ(numbers, (std::vector<std::string>{"120"}));
  EXPECT_EQ(legend_count(drawn.sheet, "一般贫困户"), "40");
}

TEST(RecordLayers, CrowdedSignsBecomeSquaresWithTheirNumber) {
  const auto atlas = village_atlas(
      "[[layer]]\nrecords = \"project\"\nshape_by = \"sector\"\ncolour = \"#2F5D7C\"\ncrowd = \"cluster\"\n",
      [](RecordsBuilder& records) {
        for (int i = 0; i < 9; ++i)
          records.add(RecordKind::project, village, {1000.0 * i, 0},
                      {{"id", "P" + std::to_string(i)}, {"sector", i < 4 ? "roads" : "water"}});
      });
  const auto drawn = draw_board(*atlas, village);
  const Layer* layer = find_layer(drawn.sheet, "project");
  ASSERT_NE(layer, nullptr);
  int number = 0, squares = 0, sectors = 0;
  for (const Item& item : layer->items) {
    if (const auto* text = std::get_if<TextItem>(&item)) number += std::stoi(text->text);
    squares += std::holds_alternative<RectItem>(item), sectors += std::holds_alternative<ConvexItem>(item);
  }
  EXPECT_EQ(number, 9);
  EXPECT_GE(squares, 1);
  EXPECT_EQ(sectors, 0) << "a ring of one colour says nothing";
  EXPECT_EQ(legend_count(drawn.sheet, "交通"), "4");
}

TEST(RecordLayers, UnknownFieldsAreAnsweredWithTheNearest) {
  try {
    draw_board(*with_households(5, "colour_by = \"couse\"\n"), village);
    FAIL();
  } catch (const geo::UsageError& e) {
    EXPECT_NE(std::string(e.what()).find("cause"), std::string::npos) << e.what();
  }
}

TEST(RecordLayers, AVillageTakesMillisecondsAndAProvinceLittleMore) {
  const auto small = with_households(372, "colour_by = \"cause\"\nshape_by = \"cause\"\n");
  const auto large = with_households(160000, "colour_by = \"cause\"\n");
  draw_board(*small, village);
  for (const auto& [atlas, most] : {std::pair{small, 60.0}, std::pair{large, 1000.0}}) {
    const auto start = std::chrono::steady_clock::now();
    draw_board(*atlas, village);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    RecordProperty(most < 100 ? "village_ms" : "province_ms", std::to_string(took.count()));
    EXPECT_LT(took.count(), most);  // wide limits: only an accident of squares breaks them
  }
}

}  // namespace
}  // namespace battlemap::render
