#include "render/compose.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

#include "tiny_sheet.hpp"

namespace battlemap::render::testing {
namespace {

using geo::Language;
using geo::Level;

double haversine(geo::Point a, geo::Point b) {
  constexpr double to_radians = std::numbers::pi / 180, radius = 6371008.8;
  const double dlat = (b.y - a.y) * to_radians, dlon = (b.x - a.x) * to_radians;
  const double h = std::pow(std::sin(dlat / 2), 2) +
                   std::cos(a.y * to_radians) * std::cos(b.y * to_radians) * std::pow(std::sin(dlon / 2), 2);
  return 2 * radius * std::asin(std::sqrt(h));
}

TEST(Compose, ScaleBarIsTrueToTheGround) {
  for (const char* code : {"63", "6301", "630203"}) {
    SheetRequest request = tiny_request("rate");
    request.place = tiny_place(code);
    const Sheet s = tiny_sheet(request);
    const auto lines = sheet_items<LineItem>(s, "scale and north");
    ASSERT_FALSE(lines.empty());
    const double px = lines[0].points[2].x - lines[0].points[1].x;
    double said = 0;
    for (const TextItem& text : sheet_items<TextItem>(s, "scale and north"))
      if (text.text.find("公里") != std::string::npos) said = std::stod(text.text) * 1000;
    ASSERT_GT(said, 0);
    const geo::Projection projection(tiny_atlas()->dataset.project.projection);
    const geo::Point centre = s.map.view.centre;
    const double half = px * s.map.view.metres_per_pixel / 2;
    const double ground = haversine(projection.inverse({centre.x - half, centre.y}),
                                    projection.inverse({centre.x + half, centre.y}));
    EXPECT_NEAR(ground / said, 1, 0.01) << code;
  }
}

TEST(Compose, NorthArrowPointsWhereTheMeridianGoes) {
  SheetRequest request = tiny_request("rate");
  request.place = tiny_place("630101");  // far west: the meridian leans
  const Sheet s = tiny_sheet(request);
  const auto wings = sheet_items<ConvexItem>(s, "scale and north");
  ASSERT_EQ(wings.size(), 2U);
  const Vec2 tip = wings[0].points[0], notch = wings[0].points[2];
  const geo::Projection projection(tiny_atlas()->dataset.project.projection);
  geo::Point lon_lat = projection.inverse(s.map.view.centre);
  lon_lat.y += 0.1;
  const geo::Point north = projection.forward(lon_lat);
  const double expected = std::atan2(north.x - s.map.view.centre.x, north.y - s.map.view.centre.y);
  EXPECT_NEAR(std::atan2(tip.x - notch.x, notch.y - tip.y), expected, 0.005);
  EXPECT_GT(std::abs(expected), 0.01);
}

TEST(Compose, TitleSaysMapPlaceAndYearAndTheFootTheRest) {
  SheetRequest request = tiny_request("rate");
  request.level = Level::township;
  std::string all;
  for (const PlacedText& text : sheet_texts(tiny_sheet(request))) all += text.item.text + "\n";
  for (const char* said : {"图题 · 青海省 · 2016 年", "单位:%", "数据来源:测试", "数据截至各年年末",
                           "演示数据 · 示意边界", "阿尔伯斯等积圆锥投影", "审图号:未提供"})
    EXPECT_NE(all.find(said), std::string::npos) << said << " in\n" << all;
  request.level = Level::county;  // those boundaries are surveyed
  all.clear();
  for (const PlacedText& text : sheet_texts(tiny_sheet(request))) all += text.item.text + "\n";
  EXPECT_EQ(all.find("示意边界"), std::string::npos);
}

TEST(Compose, NoDataNotApplicableAndZeroAreThreeThings) {
  SheetRequest request = tiny_request("share");
  request.level = Level::township;
  const Sheet s = tiny_sheet(request);
  const auto look = [&](const char* code) {
    return std::pair{s.map.style.fill[tiny_place(code).index], s.map.style.flags[tiny_place(code).index]};
  };
  const Theme& t = theme(ThemeId::paper);
  EXPECT_EQ(look("630101100"), (std::pair<Colour, std::uint8_t>{t.land, cell_hatched}));
  EXPECT_EQ(look("630103103"), (std::pair<Colour, std::uint8_t>{t.land, 0}));
  EXPECT_NE(look("630102101").first, t.land);
  std::map<std::string, std::size_t> counts;
  for (const LegendEntry& entry : s.legend) counts[entry.label] = entry.count;
  EXPECT_EQ(counts["无数据"], 1U);
  EXPECT_EQ(counts["不适用"], 1U);
  EXPECT_EQ(counts["0"], 1U);
  EXPECT_EQ(look("630102101").first, s.legend[s.legend.size() - 3].colour);
}

TEST(Compose, AYearWithoutDataStillMakesASheet) {
  SheetRequest request = tiny_request("rate");
  request.year = 2017;
  const Sheet s = tiny_sheet(request);
  EXPECT_EQ(legend_total(s), s.map.coverage->size());
  ASSERT_FALSE(s.report.notes.empty());
  EXPECT_NE(s.report.notes[0].find("no cell has a value"), std::string::npos);
}

TEST(Compose, ClassesStayTheSameFromYearToYear) {
  const auto labels = [](int year) {
    SheetRequest request = tiny_request("rate");
    request.year = year;
    std::vector<std::string> out;
    for (const LegendEntry& entry : tiny_sheet(request).legend) out.push_back(entry.label);
    return out;
  };
  EXPECT_EQ(labels(2015), labels(2016));
}

TEST(Compose, SurroundingsOfThePlaceStepBackButAreDrawn) {
  SheetRequest request = tiny_request("rate");
  request.place = tiny_place("630102");
  const Sheet s = tiny_sheet(request);
  EXPECT_EQ(s.map.coverage->level, Level::township);  // one below the place
  EXPECT_EQ(legend_total(s), 4U);
  std::size_t muted = 0;
  for (std::size_t i = 0; i < s.map.coverage->size(); ++i)
    if ((s.map.style.flags[i] & cell_muted) != 0) {
      ++muted;
      EXPECT_EQ(s.map.style.fill[i], theme(ThemeId::paper).neighbour);
    }
  EXPECT_EQ(muted, 20U);
  const geo::Box extent = tiny_atlas()->dataset.extent_of(*request.place);
  const geo::Box shown = s.map.view.extent();
  EXPECT_TRUE(shown.contains(geo::Point{extent.min_x, extent.min_y}) &&
              shown.contains(geo::Point{extent.max_x, extent.max_y}));
  EXPECT_GT(extent.height() / shown.height(), 0.85);
}

TEST(Compose, CirclesAreProportionalByAreaLargestFirst) {
  const Sheet s = tiny_sheet(tiny_request("people"));
  const auto circles = sheet_items<CircleItem>(s, "circles");
  const auto values = tiny_atlas()->dataset.statistics.values("poor", Level::county, 2016);
  ASSERT_EQ(circles.size(), values.size());
  std::vector<double> sorted;
  for (const geo::Value& v : values) sorted.push_back(v.value);
  std::sort(sorted.rbegin(), sorted.rend());
  for (std::size_t i = 1; i < circles.size(); ++i)
    EXPECT_NEAR(std::pow(circles[i].radius / circles[0].radius, 2), sorted[i] / sorted[0], 1e-3);
}

TEST(Compose, StyleAloneIsTheSheetsStyle) {
  SheetRequest request = tiny_request("rate");
  request.hovered = tiny_place("630102"), request.selected = tiny_place("6302"), request.level = Level::township;
  const MapStyle style = compose_style(*tiny_atlas(), request);
  const Sheet s = tiny_sheet(request);
  EXPECT_EQ(style.fill, s.map.style.fill);
  EXPECT_EQ(style.flags, s.map.style.flags);
  EXPECT_EQ(style.outline_width, s.map.style.outline_width);
  std::size_t hovered = 0, selected = 0;
  for (const std::uint8_t flags : style.flags)
    hovered += (flags & cell_hovered) != 0, selected += (flags & cell_selected) != 0;
  EXPECT_EQ(hovered, 4U);
  EXPECT_EQ(selected, 12U);
}

TEST(Compose, RiversAreClippedToTheMap) {
  SheetRequest request = tiny_request("rate");
  request.place = tiny_place("630102");
  const Sheet s = tiny_sheet(request);
  const auto rivers = sheet_items<LineItem>(s, "rivers");
  ASSERT_EQ(rivers.size(), 1U);
  for (const Vec2 p : rivers[0].points) {
    EXPECT_GE(p.x, s.map.view.frame.x - 16);
    EXPECT_LE(p.x, s.map.view.frame.right() + 16);
  }
}

TEST(Compose, OutlinesTellTheLevelAndFadeWhereCellsAreTiny) {
  SheetRequest request = tiny_request("rate");
  request.level = Level::township;
  const auto widths = tiny_sheet(request).map.style.outline_width;
  for (std::size_t l = 1; l < 4; ++l) EXPECT_GT(widths[l - 1], widths[l]);
  EXPECT_EQ(widths[4], 0);  // finer than what is drawn
  request.width = 192, request.height = 108;
  request.view_metres_per_pixel = 50e3;  // a township is two pixels wide
  EXPECT_LT(tiny_sheet(request).map.style.outline_width[3], 0.1F);
}

TEST(Compose, WithoutFurnitureTheMapIsTheSheet) {
  SheetRequest request = tiny_request("rate", 800, 600);
  request.furniture = false;
  const Sheet s = tiny_sheet(request);
  EXPECT_EQ(s.map.view.frame.w, 800);
  EXPECT_EQ(s.map.view.frame.h, 600);
  for (const PlacedText& text : sheet_texts(s))
    EXPECT_TRUE(text.layer == "labels" || text.layer == "lake names") << text.layer;
  EXPECT_FALSE(s.legend.empty());  // the window asks for it
}

TEST(Compose, LongNamesStandInTwoLines) {
  SheetRequest request = tiny_request("rate", 480, 360);
  request.furniture = false;
  bool first = false, second = false;
  for (const PlacedText& text : sheet_texts(tiny_sheet(request)))
    first = first || text.item.text == "河南蒙古族", second = second || text.item.text == "自治县";
  EXPECT_TRUE(first && second);
}

TEST(Compose, EveryLabelIsPlacedOrCounted) {
  for (const auto& [width, height] : {std::pair{1920, 1080}, {480, 360}, {96, 64}}) {
    SheetRequest request = tiny_request("exits", width, height);
    request.furniture = false;
    const SheetReport report = tiny_sheet(request).report;
    EXPECT_EQ(report.labels_placed + report.labels_unplaced, 8U) << width;  // 6 counties and 2 prefectures
  }
}

/// All text of a layer, in drawing order.
std::string said(const Sheet& sheet, const std::string& layer) {
  std::string all;
  for (const TextItem& item : sheet_items<TextItem>(sheet, layer)) all += item.text;
  return all;
}

TEST(Compose, NotesStandWhereThereIsRoomAndOnlyWhereTheyApply) {
  SheetRequest request = tiny_request("rate");
  request.level = Level::township;
  const Sheet with = tiny_sheet(request);
  EXPECT_NE(said(with, "legend").find("此地没有数据"), std::string::npos);
  EXPECT_NE(said(with, "legend").find("一般说明"), std::string::npos);
  EXPECT_EQ(said(with, "foot").find("一般说明"), std::string::npos);
  request.level = Level::county;  // every county has a value
  EXPECT_EQ(said(tiny_sheet(request), "legend").find("此地没有数据"), std::string::npos);
  const Sheet small = tiny_sheet(tiny_request("people", 640, 360));  // its note is long
  EXPECT_EQ(said(small, "legend").find("圆面积"), std::string::npos);
  EXPECT_NE(said(small, "foot").find("圆面积"), std::string::npos);
}

TEST(Compose, TheLegendCountsInWordsInTheSheetsLanguage) {
  SheetRequest request = tiny_request("rate");
  EXPECT_NE(said(tiny_sheet(request), "legend").find("6 个县"), std::string::npos);
  request.language = Language::en;
  EXPECT_NE(said(tiny_sheet(request), "legend").find("6 counties"), std::string::npos);
  request.language = Language::both;
  const std::string both = said(tiny_sheet(request), "legend");
  EXPECT_NE(both.find("6 个县 counties"), std::string::npos) << both;
  EXPECT_NE(both.find("无数据"), std::string::npos);
  EXPECT_NE(both.find("No data"), std::string::npos);
}

TEST(Compose, CategoriesThatNeverComeUpAreNotListed) {
  SheetRequest request = tiny_request("exits");
  request.level = Level::township;
  std::vector<std::string> all;
  for (const LegendEntry& entry : tiny_sheet(request).legend) all.push_back(entry.label);
  EXPECT_NE(std::find(all.begin(), all.end(), "尚未退出"), all.end());
  request.place = tiny_place("630101");  // its four townships exited in 2016, 2017, 2018 and 2016
  all.clear();
  for (const LegendEntry& entry : tiny_sheet(request).legend) all.push_back(entry.label);
  EXPECT_EQ(std::find(all.begin(), all.end(), "尚未退出"), all.end());
}

TEST(Compose, WrongNamesAreUsageErrors) {
  SheetRequest request = tiny_request("raet");
  EXPECT_THROW(tiny_sheet(request), geo::UsageError);
  request = tiny_request("change");
  request.year = 2015;
  EXPECT_THROW(tiny_sheet(request), geo::UsageError);
  request = tiny_request("rate");
  request.level = Level::village;
  EXPECT_THROW(tiny_sheet(request), geo::UsageError);
  request = tiny_request("rate");
  request.classes.method = geo::Method::manual;
  EXPECT_THROW(tiny_sheet(request), geo::UsageError);
}

TEST(Compose, ALevelCoarserThanThePlaceIsRaised) {
  SheetRequest request = tiny_request("rate");
  request.place = tiny_place("630102"), request.level = Level::province;
  const Sheet s = tiny_sheet(request);
  EXPECT_EQ(s.map.coverage->level, Level::county);
  EXPECT_FALSE(s.report.notes.empty());
}

TEST(Compose, DescribesAPlaceInOneSentence) {
  SheetRequest request = tiny_request("rate");
  const auto values = tiny_atlas()->dataset.statistics.value("rate", tiny_place("630102"), 2016);
  const std::string said = describe(*tiny_atlas(), request, tiny_place("630102"));
  EXPECT_NE(said.find("都兰县 · 贫困发生率 " + geo::format_number(values.value, 1) + " %"), std::string::npos)
      << said;
  EXPECT_NE(said.find("/ 4,000 人"), std::string::npos) << said;
  EXPECT_NE(said.find("演示数据"), std::string::npos) << said;
  const std::string none = describe(*tiny_atlas(), request, tiny_place("630101100"));
  EXPECT_NE(none.find("无数据"), std::string::npos) << none;
  request.map = "people";  // circles: their number first, then the rate of the ground
  EXPECT_LT(describe(*tiny_atlas(), request, tiny_place("630102")).find("贫困人口"),
            describe(*tiny_atlas(), request, tiny_place("630102")).find("贫困发生率"));
  request.year = 1999;
  EXPECT_THROW(describe(*tiny_atlas(), request, tiny_place("630102")), geo::UsageError);
}

}  // namespace
}  // namespace battlemap::render::testing
