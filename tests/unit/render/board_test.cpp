#include "render/board.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "render/record_parts.hpp"
#include "tiny_atlas.hpp"
#include "village_atlas.hpp"

namespace battlemap::render::testing {
namespace {

using geo::Language;
using geo::RecordKind;

const std::array<std::string, 3> categories{"general", "low_income", "five_guarantee"};
const std::array<std::string, 5> causes{"illness", "disability", "schooling", "skills", "funds"};
const std::array<std::string, 4> measures{"industry", "relocation;ecology", "education;medical;security", ""};

/// A village with so many households in `groups` groups, `alone` of them with nobody, and of the rest.
void add_village(RecordsBuilder& builder, const std::string& code, int households, int groups, int alone) {
  const int which = code.back() - '0';
  const geo::Point corner{(which % 2) * 5000.0, (which / 2) * 5000.0};
  const auto at = [&](int i) {
    return geo::Point{corner.x + 400 + (i * 37) % 4200, corner.y + 400 + (i * 53) % 4100};
  };
  for (int g = 0; g < groups; ++g)
    builder.add(RecordKind::group, code, at(g * 11),
                {{"id", fmt::format("{}-g{}", code, g)}, {"name", fmt::format("第{}社", g + 1)},
                 {"households", 40.0 + g}, {"people", 150.0 + g}});
  for (int i = 0; i < households; ++i) {
    RecordFields fields{{"id", fmt::format("{}-{:04}", code, i)},
                        {"category", categories[static_cast<std::size_t>(i % 3)]},
                        {"cause", causes[static_cast<std::size_t>(i * i % 5)]},
                        {"people", 1.0 + i % 6},
                        {"income_2018", 2600.0 + i},
                        {"planned_exit", 2016.0 + i % 4},
                        {"exit_year", i % 4 == 3 ? 9999.0 : 2016.0 + i % 3},
                        {"measures", measures[static_cast<std::size_t>(i % 4)]}};
    fields.erase("income_2018");  // yearly: another column
    if (groups > 0) fields["group"] = fmt::format("{}-g{}", code, i % groups);
    builder.add(RecordKind::household, code, at(i), fields);
    if (i < alone) continue;
    builder.add(RecordKind::pairing, code, nowhere(),
                {{"id", fmt::format("{}-p{}", code, i)}, {"household", fmt::format("{}-{:04}", code, i)},
                 {"cadre", fmt::format("{}-c{}", code, i % 9)}});
  }
  for (int c = 0; c < 9; ++c)
    builder.add(RecordKind::cadre, code, nowhere(),
                {{"id", fmt::format("{}-c{}", code, c)}, {"role", c == 0 ? "first_secretary" : "helper"},
                 {"unit", "u1"}});
  for (int p = 0; p < 7; ++p)
    builder.add(RecordKind::project, code, at(p * 101),
                {{"id", fmt::format("{}-j{}", code, p)}, {"sector", p % 2 == 0 ? "roads" : "water"},
                 {"name", fmt::format("第{}期通村公路硬化和安全饮水巩固提升工程", p)}, {"funds", 12.5 + 30 * p},
                 {"paid", 10.0 * p}, {"progress", 14.0 * p}});
  for (const char* type : {"village_seat", "clinic", "school"})
    builder.add(RecordKind::facility, code, at(31), {{"id", code + type}, {"type", std::string(type)}});
}

const Atlas& atlas() {
  static const auto made = six_maps_atlas([](RecordsBuilder& builder) {
    add_village(builder, "630101100200", 3, 1, 0);
    add_village(builder, "630101100201", 372, 14, 37);
    add_village(builder, "630101100202", 0, 0, 0);
    builder.add(RecordKind::unit, "630101100202", nowhere(),
                {{"id", "u1"}, {"name", "青海省海东市互助土族自治县交通运输和水利水电管理局"}, {"type", "government"}});
  });
  return *made;
}

SheetRequest request_of(const std::string& map, const std::string& place, int width, int height) {
  SheetRequest request;
  request.map = map, request.width = width, request.height = height, request.year = 2018;
  request.place = atlas().dataset.tree.find(*geo::Code::parse(place));
  return request;
}

struct Placed {
  std::string layer;
  TextItem item;
  Rect ink;
};

std::vector<Placed> texts_of(const Sheet& sheet, const std::set<std::string>& layers) {
  std::vector<Placed> out;
  for (const Layer& layer : sheet.layers)
    for (const Item& item : layer.items)
      if (const auto* text = std::get_if<TextItem>(&item); text != nullptr && layers.contains(layer.name)) {
        const float size = text->style.size;
        out.push_back({layer.name, *text,
                       {text->origin.x, text->origin.y - 0.8F * size,
                        text_engine().width(text->text, text->style), size * 0.9F}});
      }
  return out;
}

std::vector<std::string> words_of(const Sheet& sheet, const std::string& layer) {
  std::vector<std::string> words;
  for (const Placed& text : texts_of(sheet, {layer})) words.push_back(text.item.text);
  return words;
}

bool says(const Sheet& sheet, const std::string& word) {
  const auto words = words_of(sheet, "panels");
  return std::find(words.begin(), words.end(), word) != words.end();
}

struct Case {
  int width, height;
  double dpi;
  Language language;
  ThemeId theme;
};
void PrintTo(const Case& c, std::ostream* out) {
  *out << c.width << "x" << c.height << " dpi " << c.dpi << " language " << static_cast<int>(c.language);
}

class BoardSheets : public ::testing::TestWithParam<Case> {
 protected:
  Sheet draw(const std::string& map, const std::string& place) const {
    SheetRequest request = request_of(map, place, GetParam().width, GetParam().height);
    request.language = GetParam().language, request.theme = GetParam().theme;
    request.dots_per_inch = GetParam().dpi;
    return compose(atlas(), text_engine(), request);
  }
  template <class Check>
  void for_all(const Check& check) const {
    for (const MapSpec& map : atlas().maps)
      for (const char* place : {"630101100200", "630101100201", "630101100202", "630101100", "630101", "63"}) {
        SCOPED_TRACE(map.id + " of " + place);
        check(draw(map.id, place));
      }
  }
};

TEST_P(BoardSheets, TextsStayOnTheSheetAndApart) {
  for_all([](const Sheet& sheet) {
    const auto texts = texts_of(sheet, {"title", "panels", "foot", "scale and north"});
    ASSERT_GT(texts.size(), 6U);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const Rect& a = texts[i].ink;
      EXPECT_TRUE(a.x >= 0 && a.y >= 0 && a.right() <= sheet.width + 0.5F && a.bottom() <= sheet.height)
          << texts[i].layer << ": " << texts[i].item.text;
      for (std::size_t j = i + 1; j < texts.size(); ++j)
        EXPECT_FALSE(a.overlaps(texts[j].ink)) << texts[i].item.text << " / " << texts[j].item.text;
    }
  });
}

TEST_P(BoardSheets, TypeIsNeverSmallerThanPeopleCanRead) {
  const double least = std::max(9.0, GetParam().dpi * 6 / 72);
  for_all([&](const Sheet& sheet) {
    for (const Placed& text : texts_of(sheet, {"title", "panels"}))
      EXPECT_GE(text.item.style.size, least - 0.01) << text.item.text;
  });
}

TEST_P(BoardSheets, MapTakesTwoThirdsAndPanelsTheRest) {
  for_all([](const Sheet& sheet) {
    const Rect& map = sheet.map.view.frame;
    const bool lying = sheet.width > sheet.height;
    const float share = lying ? map.w / static_cast<float>(sheet.width) : map.h / static_cast<float>(sheet.height);
    EXPECT_GT(share, lying ? 0.6F : 0.5F);
    EXPECT_LT(share, 0.7F);
    for (const Placed& text : texts_of(sheet, {"panels"})) EXPECT_FALSE(text.ink.overlaps(map)) << text.item.text;
  });
}

INSTANTIATE_TEST_SUITE_P(
    Sizes, BoardSheets,
    ::testing::Values(Case{1920, 1080, 96, Language::zh, ThemeId::wall},
                      Case{1920, 1080, 96, Language::both, ThemeId::paper},
                      Case{960, 540, 96, Language::en, ThemeId::paper},
                      Case{3508, 2480, 300, Language::zh, ThemeId::paper},
                      Case{4961, 3508, 300, Language::en, ThemeId::paper},
                      Case{2480, 3508, 300, Language::both, ThemeId::paper},
                      Case{1080, 1920, 96, Language::zh, ThemeId::wall}));

std::map<std::string, std::size_t> counted(const std::string& field, const std::string& place) {
  const geo::RecordTable& table = atlas().dataset.records[RecordKind::household];
  std::map<std::string, std::size_t> counts;
  for (std::uint32_t row = 0; row < table.size(); ++row)
    if (std::string(table.text("id", row)).starts_with(place))
      ++counts[atlas().dataset.records.set("cause").entries[table.category(field, row).value()].name.zh];
  return counts;
}

TEST(BoardCounts, BarsSayTheCountsOfTheRecords) {
  for (const char* place : {"630101100200", "630101100201", "630101100"}) {
    const Sheet sheet = compose(atlas(), text_engine(), request_of("causes", place, 1920, 1080));
    const auto words = words_of(sheet, "panels");
    const auto counts = counted("cause", place);
    ASSERT_FALSE(counts.empty());
    for (const auto& [name, count] : counts) {
      const auto at = std::find(words.begin(), words.end(), name);
      ASSERT_NE(at, words.end()) << name;
      EXPECT_EQ(*(at + 1), std::to_string(count)) << name << " of " << place;
    }
  }
}

TEST(BoardCounts, EveryHouseholdIsCountedOnceInEveryTable) {
  const Sheet sheet = compose(atlas(), text_engine(), request_of("households", "630101100", 1920, 1080));
  EXPECT_TRUE(says(sheet, "375"));
  const Sheet none = compose(atlas(), text_engine(), request_of("households", "630101100202", 1920, 1080));
  EXPECT_TRUE(says(none, "0"));
}

TEST(BoardCounts, HouseholdsWithNobodyAreNamed) {
  const Sheet sheet = compose(atlas(), text_engine(), request_of("responsibility", "630101100201", 1920, 1080));
  const auto words = words_of(sheet, "panels");
  EXPECT_TRUE(std::any_of(words.begin(), words.end(), [](const std::string& w) {
    return w.starts_with("无帮扶人 37 户:") && w.find("0000") != std::string::npos;
  }));
  EXPECT_TRUE(says(sheet, "335"));  // with a helper
}

TEST(BoardCounts, PanelsFollowTheFilter) {
  SheetRequest request = request_of("households", "630101100201", 1920, 1080);
  request.filter.categories = {"low_income"};
  const Sheet sheet = compose(atlas(), text_engine(), request);
  EXPECT_TRUE(says(sheet, "124"));
  EXPECT_FALSE(says(sheet, "372"));
  request.filter.causes = {"ilness"};
  EXPECT_THROW(compose(atlas(), text_engine(), request), geo::UsageError);
}

TEST(BoardCounts, ListsSayHowManyTheyLeaveOut) {
  const Sheet sheet = compose(atlas(), text_engine(), request_of("households", "630101100201", 1280, 720));
  const auto words = words_of(sheet, "panels");
  std::size_t listed = 0, left_out = 0;
  for (const std::string& word : words) {
    listed += word.starts_with("第") && word.ends_with("社");
    if (word.starts_with("… 另有 ")) left_out = std::stoul(word.substr(std::string("… 另有 ").size()));
  }
  EXPECT_EQ(listed + left_out, 14U);
}

TEST(Board, AMapOfRecordsWithoutRecordsStillMakesASheet) {
  const auto empty = six_maps_atlas([](RecordsBuilder&) {});
  for (const MapSpec& map : empty->maps) {
    SheetRequest request = request_of(map.id, "630101100200", 1280, 720);
    EXPECT_NO_THROW(compose(*empty, text_engine(), request)) << map.id;
  }
}

}  // namespace
}  // namespace battlemap::render::testing
