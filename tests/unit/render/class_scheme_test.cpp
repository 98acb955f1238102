#include "render/class_scheme.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "render/free_space.hpp"
#include "render/label_text.hpp"
#include "tiny_atlas.hpp"

namespace battlemap::render::testing {
namespace {

using geo::Level;

TEST(ClassScheme, NoDivergingClassStraddlesTheMidpoint) {
  const auto atlas = tiny_atlas();
  for (const Level level : {Level::county, Level::township}) {
    const MapSpec& map = find_map(atlas->maps, "change");
    const auto scheme = class_scheme(*atlas, map, level, 2016, {});
    const auto& breaks = scheme->classes.breaks;
    ASSERT_GE(scheme->size(), 2U);
    for (std::size_t k = 0; k < scheme->size(); ++k)
      EXPECT_TRUE(breaks[k + 1] <= 0 || breaks[k] >= -1e-6) << breaks[k] << " to " << breaks[k + 1];
    const auto colours =
        class_colours(*scheme, atlas->palettes.get("blue-red"), theme(ThemeId::paper), false);
    EXPECT_LT(to_lab(colours.front()).a, to_lab(colours.back()).a);  // falls blue, rises red
    EXPECT_LT(to_lab(colours.front()).b, to_lab(colours.back()).b);
  }
}

TEST(ClassScheme, ClassesHoldEveryValueOfTheYear) {
  const auto atlas = tiny_atlas();
  for (const char* id : {"rate", "share", "change", "exits"})
    for (const Level level : {Level::province, Level::prefecture, Level::county, Level::township}) {
      const MapSpec& map = find_map(atlas->maps, id);
      const geo::Classes classes = map_classes(*atlas, map, level, 2016);
      std::size_t with_value = 0, counted = 0;
      for (const geo::Value& v : atlas->dataset.statistics.values(map.fill->indicator, level, 2016))
        with_value += v.has_value();
      for (const std::size_t n : classes.counts) counted += n;
      EXPECT_EQ(counted, with_value) << id << geo::level_id(level);
      EXPECT_EQ(classes.breaks.size(), classes.counts.size() + 1);
    }
}

TEST(ClassScheme, ZeroIsAClassOfItsOwn) {
  const auto atlas = tiny_atlas();
  const geo::Classes classes = map_classes(*atlas, find_map(atlas->maps, "share"), Level::township, 2016);
  EXPECT_EQ(classes.breaks[0], 0);
  EXPECT_EQ(classes.breaks[1], 0);
  EXPECT_EQ(classes.counts[0], 1U);
  EXPECT_EQ(classes.class_of(0), 0U);
  EXPECT_EQ(classes.class_of(0.1), 1U);
}

TEST(ClassScheme, AnUnclassedMapIsAFineRampOfAllValues) {
  const auto atlas = tiny_atlas();
  ClassOverride chosen;
  chosen.method = geo::Method::unclassed;
  for (const char* id : {"rate", "change"}) {
    const MapSpec& map = find_map(atlas->maps, id);
    const auto scheme = class_scheme(*atlas, map, Level::township, 2016, chosen);
    ASSERT_TRUE(scheme->ramp);
    ASSERT_EQ(scheme->size(), 240U);
    const Palette& palette = atlas->palettes.get(scheme->palette);
    const auto colours = class_colours(*scheme, palette, theme(ThemeId::paper), false);
    EXPECT_EQ(colours.size(), 240U);
    for (std::size_t k = 1; k < colours.size(); ++k)
      EXPECT_LT(colour_difference(colours[k - 1], colours[k]), 3) << id << k;  // no step to be seen
    const geo::Classes printed = map_classes(*atlas, map, Level::township, 2016, chosen);
    EXPECT_EQ(printed.method, geo::Method::unclassed);
    EXPECT_EQ(printed.size(), 1U);
    if (map.fill->kind == FillKind::diverging) {
      EXPECT_DOUBLE_EQ(scheme->classes.breaks.front(), -scheme->classes.breaks.back());
    }
  }
}

TEST(ClassScheme, AnUnclassedLegendCountsEveryPlaceOnce) {
  const auto atlas = tiny_atlas();
  SheetRequest request;
  request.map = "rate", request.level = Level::township, request.classes.method = geo::Method::unclassed;
  const Sheet sheet = compose(*atlas, text_engine(), request);
  std::size_t counted = 0;
  for (const LegendEntry& entry : sheet.legend) counted += entry.count;
  EXPECT_EQ(counted, 24U);  // no data and not applicable among them
  EXPECT_LT(sheet.legend.size(), 12U);
}

TEST(ClassScheme, AMidpointRefusesMethodsOfADistribution) {
  const auto atlas = tiny_atlas();
  for (const auto method : {geo::Method::stddev, geo::Method::box, geo::Method::headtail}) {
    ClassOverride chosen;
    chosen.method = method;
    EXPECT_THROW(class_scheme(*atlas, find_map(atlas->maps, "change"), Level::township, 2016, chosen), geo::UsageError);
  }
}

TEST(ClassScheme, TheCommandLineOverridesTheMapFile) {
  const auto atlas = tiny_atlas();
  ClassOverride chosen;
  chosen.breaks = {10, 20};
  const geo::Classes classes =
      map_classes(*atlas, find_map(atlas->maps, "rate"), Level::township, 2016, chosen);
  ASSERT_EQ(classes.size(), 3U);
  EXPECT_EQ(classes.breaks[1], 10);
  EXPECT_EQ(classes.breaks[2], 20);
}

TEST(RangeLabels, NeighboursNeverShareANumber) {
  const std::vector<double> sorted{0.31, 1.2, 3.24, 3.26, 7.9, 8.04, 12.46};
  const geo::Classes classes = geo::classify(sorted, geo::Method::manual, 3, std::vector<double>{3.25, 7.95});
  const auto labels = range_labels(classes, sorted, 1);
  // 3.24 and 3.26 both read 3.2 and 3.3 with one decimal: apart already.
  EXPECT_EQ(labels, (std::vector<std::string>{"0.3–3.2", "3.3–7.9", "8.0–12.5"}));
}

TEST(RangeLabels, EndsAreSharedWhereRoundingWouldMix) {
  const std::vector<double> sorted{3.7, 11.8, 11.84, 23.98, 24.02, 42.8};
  const geo::Classes classes =
      geo::classify(sorted, geo::Method::manual, 3, std::vector<double>{11.8, 23.98});
  EXPECT_EQ(range_labels(classes, sorted, 1),
            (std::vector<std::string>{"3.7–11.8", "11.8–24.0", "24.0–42.8"}));
}

TEST(RangeLabels, OneDecimalIsAddedWhereARangeWouldBecomeANumber) {
  const std::vector<double> sorted{1.0, 3.1, 3.18, 3.22, 3.24, 5.0};
  const geo::Classes classes = geo::classify(sorted, geo::Method::manual, 3, std::vector<double>{3.17, 3.23});
  EXPECT_EQ(range_labels(classes, sorted, 1),
            (std::vector<std::string>{"1.00–3.17", "3.18–3.23", "3.24–5.00"}));
}

TEST(RangeLabels, NeverMoreThanOneDecimalIsAdded) {
  const std::vector<double> sorted{1.0, 3.2001, 3.2002, 3.2003, 5.0};
  const geo::Classes classes =
      geo::classify(sorted, geo::Method::manual, 3, std::vector<double>{3.2, 3.20025});
  EXPECT_EQ(range_labels(classes, sorted, 1), (std::vector<std::string>{"1.00", "3.20", "3.20–5.00"}));
}

TEST(RangeLabels, CountsAreWholeAndSignsAreSpaced) {
  const std::vector<double> sorted{-8, -3, -1, 0, 4};
  const geo::Classes classes = geo::classify(sorted, geo::Method::manual, 3, std::vector<double>{-3, 0});
  EXPECT_EQ(range_labels(classes, sorted, 0), (std::vector<std::string>{"−8 ~ −3", "−2 ~ 0", "4"}));
}

TEST(RangeLabels, AClassOfOneValueSaysIt) {
  const std::vector<double> sorted{0, 0, 100, 100};
  const geo::Classes classes = geo::classify(sorted, geo::Method::manual, 2, std::vector<double>{0});
  EXPECT_EQ(range_labels(classes, sorted, 1), (std::vector<std::string>{"0.0", "100.0"}));
}

TEST(RangeLabels, TheMidpointsOwnClassCostsNoDecimals) {
  const std::vector<double> far{-5, -0.4, 0, 0.2, 3}, near{-5, -0.01, 0, 0.02, 3};
  const geo::Classes apart = geo::classify(far, geo::Method::manual, 3, std::vector<double>{-1e-9, 0});
  EXPECT_EQ(range_labels(apart, far, 1)[0], "−5.0 ~ −0.1");
  EXPECT_EQ(range_labels(apart, far, 1)[2], "0.1–3.0");
  const geo::Classes close = geo::classify(near, geo::Method::manual, 3, std::vector<double>{-1e-9, 0});
  EXPECT_EQ(range_labels(close, near, 1)[0], "−5.0 ~ 0.0");  // it holds what reads 0.0
  EXPECT_EQ(range_labels(close, near, 1)[2], "0.0–3.0");
}

TEST(RangeLabels, EveryValueIsInsideTheRangeItsClassSays) {
  std::vector<double> sorted;
  for (int i = 0; i < 200; ++i) sorted.push_back(std::fmod(i * 7.3171, 61.7));
  std::sort(sorted.begin(), sorted.end());
  for (const geo::Method method : {geo::Method::equal, geo::Method::quantile, geo::Method::natural}) {
    const geo::Classes classes = geo::classify(sorted, method, 6);
    const auto labels = range_labels(classes, sorted, 1);
    for (const double v : sorted) {
      const std::string& label = labels[classes.class_of(v)];
      const double low = std::stod(label), high = std::stod(label.substr(label.find("–") + 3));
      EXPECT_LE(low - 0.0501, v) << label;
      EXPECT_GE(high + 0.0501, v) << label;
    }
  }
}

TEST(FreeSpace, TakesAndRefuses) {
  FreeSpace space({0, 0, 100, 50}, 8);
  EXPECT_TRUE(space.is_free({10, 10, 20, 10}));
  space.take({10, 10, 20, 10});
  EXPECT_FALSE(space.is_free({29, 19, 5, 5}));
  EXPECT_TRUE(space.is_free({30, 10, 20, 10}));  // touching is not overlapping
  EXPECT_FALSE(space.is_free({90, 10, 20, 10}));
  EXPECT_FALSE(space.is_free({-1, 10, 5, 5}));
}

TEST(LabelText, LongNamesPartAfterThePeople) {
  EXPECT_EQ(name_lines("都兰县").size(), 1U);
  EXPECT_EQ(name_lines("海西蒙古族藏族自治州").back(),
            (std::vector<std::string>{"海西蒙古族", "藏族自治州"}));
  EXPECT_EQ(name_lines("互助土族自治县").back(), (std::vector<std::string>{"互助土族", "自治县"}));
  EXPECT_EQ(name_lines("下麻尔村委会").back(), (std::vector<std::string>{"下麻尔", "村委会"}));
}

TEST(LabelText, VillagesAreNamedWithoutTheirCommittee) {
  const std::pair<const char*, const char*> names[] = {{"西湾村委会", "西湾村"},
                                                       {"阴坡村村民委员会", "阴坡村"},
                                                       {"赛日巴村民委员会", "赛日巴村"},
                                                       {"唐德村牧委会", "唐德村"},
                                                       {"茫扎牧委会", "茫扎牧委会"},
                                                       {"育红巷社区居委会", "育红巷社区"},
                                                       {"城西社区居民委员会", "城西社区"},
                                                       {"昂思多居民委员会", "昂思多居委会"},
                                                       {"村委会", "村委会"}};
  for (const auto& [full, shown] : names) EXPECT_EQ(label_name(full, Level::village), shown);
  EXPECT_EQ(label_name("某某村委会", Level::township), "某某村委会");
}

TEST(LabelText, WrapsChineseAnywhereAndEnglishAtSpaces) {
  TextStyle style;
  style.size = 16;
  const std::string zh = "数据来源:控制数取自青海省新闻发布会;村级数据按控制数生成,不作他用";
  const auto lines = wrap_text(text_engine(), zh, style, 160);
  ASSERT_GT(lines.size(), 2U);
  std::string joined;
  for (const std::string& line : lines) {
    EXPECT_LE(text_engine().width(line, style), 160);
    joined += line;
  }
  EXPECT_EQ(joined, zh);
  for (const std::string& line :
       wrap_text(text_engine(), "Control totals from the press briefing", style, 120))
    EXPECT_NE(line.front(), ' ');
}

TEST(LabelText, ColoursStayReadableOnAnyFill) {
  for (int r = 0; r < 256; r += 51)
    for (int g = 0; g < 256; g += 51)
      for (int b = 0; b < 256; b += 51) {
        const LabelColours c = label_colours(
            {static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g), static_cast<std::uint8_t>(b)});
        EXPECT_GE(contrast_ratio(c.text, c.halo), 4.5);
      }
}

}  // namespace
}  // namespace battlemap::render::testing
