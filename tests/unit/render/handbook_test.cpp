#include "render/handbook.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace battlemap::render {
namespace {

using geo::RecordKind;
using geo::Status;

geo::RecordTable::Column column_of(RecordKind kind, std::string_view field, std::size_t rows, int year = 0) {
  geo::RecordTable::Column column;
  column.field = &geo::require_field(kind, field);
  column.year = year;
  column.status.assign(rows, Status::value);
  return column;
}

geo::RecordTable::Column numbers(std::string_view field, std::vector<double> values, int year = 0) {
  auto column = column_of(RecordKind::household, field, values.size(), year);
  column.numbers = std::move(values);
  return column;
}

/// Two households of one village: the first is recorded as out in 2016 with an income under the line, the
/// second is to go out in 2017.
geo::Dataset two_households() {
  geo::Dataset dataset;
  dataset.tree = geo::DivisionTree({{*geo::Code::parse("630101100201"), "东村", ""}});
  dataset.project.years = {2015, 2016, 2017};
  dataset.project.generated_note = {"演示数据", "Demonstration data"};
  dataset.records.sets = geo::default_categories();
  geo::RecordTable& table = dataset.records.tables[0];
  table.loaded = true;
  table.places.assign(2, {geo::Level::village, 0});
  table.strings = {"", "H-1", "H-2"};
  auto ids = column_of(RecordKind::household, "id", 2);
  ids.texts = {1, 2};
  auto cause = column_of(RecordKind::household, "cause", 2);
  const auto illness = static_cast<std::uint16_t>(dataset.records.set("cause").require("illness"));
  cause.categories = {illness, illness};
  auto measures = column_of(RecordKind::household, "measures", 2);
  measures.flags = {1, 0};
  table.columns = {ids,
                   cause,
                   measures,
                   numbers("people", {4, 3}),
                   numbers("income", {1200, 1300}, 2015),
                   numbers("income", {2500, 2600}, 2016),
                   numbers("exit_year", {2016, 2017})};
  geo::ExitResults exits;
  exits.year = 2016;
  geo::ExitTable& judged = exits.tables[0];
  geo::Criterion income;
  income.id = income.field = "income";
  income.name = {"收入", "Income"};
  income.thresholds = {{2015, 2855}, {2016, 2952}};
  judged.table.criteria = {income};
  judged.judgements = {{0, 2016, geo::Judgement::fail, 0}, {1, std::nullopt, geo::Judgement::fail, 0}};
  judged.results = {{2500, 2952, Status::value, geo::Judgement::fail},
                    {2600, 2952, Status::value, geo::Judgement::fail}};
  dataset.exits = {std::make_shared<const geo::ExitResults>(std::move(exits))};
  return dataset;
}

const std::shared_ptr<const TextEngine>& engine() {
  static const auto text = std::make_shared<const TextEngine>();
  return text;
}

/// Every text of a page.
std::vector<TextItem> texts(const Sheet& sheet) {
  std::vector<TextItem> all;
  for (const Layer& layer : sheet.layers)
    for (const Item& item : layer.items)
      if (const auto* text = std::get_if<TextItem>(&item)) all.push_back(*text);
  return all;
}
bool says(const Sheet& sheet, std::string_view words) {
  const auto all = texts(sheet);
  return std::any_of(all.begin(), all.end(),
                     [&](const TextItem& t) { return t.text.find(words) != std::string::npos; });
}

Sheet page_of(const geo::Dataset& dataset, std::uint32_t row, geo::Language language = geo::Language::zh) {
  return compose_household_page({dataset, 2016, language}, *engine(), row, 1, 2);
}

TEST(Handbook, IsAFiveAndSaysWhatIsKnownOfTheHousehold) {
  const Sheet page = page_of(two_households(), 0);
  EXPECT_EQ(page.width, 1480);
  EXPECT_EQ(page.height, 2100);
  EXPECT_DOUBLE_EQ(page.width / page.dots_per_inch * 25.4, 148);
  for (const char* words : {"H-1", "东村", "因病", "2,500", "1,200", "2,952", "低于标准 452", "2016 年脱贫",
                            "须核查", "演示数据", "1 / 2"})
    EXPECT_TRUE(says(page, words)) << words;
  EXPECT_FALSE(says(page, "H-2"));
}

TEST(Handbook, AnExitAfterTheYearIsNotThereYet) {
  const geo::Dataset dataset = two_households();
  EXPECT_TRUE(says(page_of(dataset, 1), "未脱贫"));
  const HandbookRequest request{dataset, 2016, geo::Language::zh};
  const HandbookIndex index = compose_handbook_index(request, *engine(), {geo::Level::village, 0}, {0, 1});
  ASSERT_EQ(index.pages.size(), 1U);
  EXPECT_TRUE(says(index.pages[0], "尚未"));
  EXPECT_FALSE(says(index.pages[0], "2017"));
}

TEST(Handbook, SaysThatNobodyHelps) {
  EXPECT_TRUE(says(page_of(two_households(), 0), "尚无结对帮扶干部"));
  EXPECT_TRUE(says(page_of(two_households(), 0, geo::Language::en), "Nobody is paired"));
}

TEST(Handbook, HiddenValuesAreSaidToBeHiddenAndStandNowhere) {
  geo::Dataset dataset = two_households();
  for (auto& column : dataset.records.tables[0].columns)
    if (column.field->id == "income" || column.field->id == "cause") {
      column.status.assign(2, Status::masked);
      column.numbers.assign(column.numbers.size(), 0);
    }
  geo::ExitResults exits = *dataset.exits.front();
  for (auto& result : exits.tables[0].results) result = {0, 2952, Status::masked, geo::Judgement::unknown};
  dataset.exits = {std::make_shared<const geo::ExitResults>(exits)};
  const Sheet page = page_of(dataset, 0);
  for (const char* words : {"2,500", "1,200", "因病", "低于标准"}) EXPECT_FALSE(says(page, words)) << words;
  EXPECT_TRUE(says(page, geo::status_name(Status::masked).zh));
}

TEST(Handbook, EnglishPagesHaveNoChineseWordsOfTheirOwn) {
  const Sheet page = page_of(two_households(), 0, geo::Language::en);
  for (const char* words :
       {"Household handbook", "Causes", "Illness", "Who helps", "Exit criteria", "452 yuan below"})
    EXPECT_TRUE(says(page, words)) << words;
  const auto is_chinese = [](char c) {
    return c >= '\xE4' && c <= '\xE9';
  };  // lead bytes of U+4000 to U+9FFF
  for (const TextItem& item : texts(page))
    if (item.text.find("东村") == std::string::npos) {
      EXPECT_TRUE(std::none_of(item.text.begin(), item.text.end(), is_chinese)) << item.text;
    }
}

TEST(Handbook, NoTextLeavesThePageOrCrossesAnother) {
  geo::Dataset dataset = two_households();
  for (const geo::Language language : {geo::Language::zh, geo::Language::en, geo::Language::both}) {
    const Sheet page = page_of(dataset, 0, language);
    std::vector<Rect> boxes;
    for (const TextItem& item : texts(page)) {
      const float width = engine()->width(item.text, item.style);
      const Rect box{item.origin.x, item.origin.y - item.style.size * 0.75F, width, item.style.size * 0.8F};
      EXPECT_GE(box.x, 0);
      EXPECT_LE(box.right(), 1480) << item.text;
      EXPECT_LE(box.bottom(), 2100) << item.text;
      EXPECT_GE(item.style.size, 21) << "6 pt: " << item.text;
      for (const Rect& other : boxes) EXPECT_FALSE(box.overlaps(other)) << item.text;
      boxes.push_back(box);
    }
  }
}

TEST(Handbook, TheListLeadsToEveryHousehold) {
  const geo::Dataset dataset = two_households();
  const HandbookRequest request{dataset, 2016, geo::Language::zh};
  const std::vector<std::uint32_t> rows(100, 1);
  const HandbookIndex index = compose_handbook_index(request, *engine(), {geo::Level::village, 0}, rows);
  ASSERT_EQ(index.links.size(), 100U);
  EXPECT_EQ(index.pages.size(), 4U);
  EXPECT_EQ(index.links.back().page, 3U);
  EXPECT_TRUE(says(index.pages.back(), "104"));
  EXPECT_TRUE(says(index.pages.front(), "100 户"));
}

}  // namespace
}  // namespace battlemap::render
