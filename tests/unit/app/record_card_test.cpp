// What the window says of a record: its card and its tooltip, hidden values included.
#include "app/window/record_card.hpp"

#include <algorithm>

#include "app/window/village_list.hpp"
#include "record_project.hpp"

namespace battlemap::app {
namespace {

constexpr auto zh = geo::Language::zh;

class RecordCardTest : public RecordedProject {
 protected:
  static RecordRef household(const geo::Dataset& data, std::string_view id) {
    return {geo::RecordKind::household, row(data, id)};
  }
  static const CardLine& line(const RecordCard& card, std::string_view label) {
    const auto found = std::ranges::find(card.lines, label, &CardLine::label);
    EXPECT_NE(found, card.lines.end()) << label;
    return *found;
  }
};

TEST_F(RecordCardTest, SaysWhatTheTableSays) {
  const geo::Dataset data = load();
  const RecordCard card = record_card(data, household(data, "h1"), 2016, zh);
  EXPECT_EQ(card.title, "贫困户 h1");
  EXPECT_NE(card.subtitle.find("甲一村"), std::string::npos);
  EXPECT_EQ(line(card, "人口").value, "4 人");
  EXPECT_EQ(line(card, "贫困户类型").value, "一般贫困户");
  EXPECT_EQ(line(card, "主要致贫原因").value, "因病");
  EXPECT_EQ(line(card, "帮扶措施").value, "发展特色产业、医疗救助");
  EXPECT_EQ(line(card, "脱贫年度").value, "2016");
  ASSERT_EQ(card.years.size(), 2U);
  EXPECT_EQ(card.years[1].year, 2016);
  EXPECT_EQ(card.years[1].text, "3,200");
  ASSERT_TRUE(card.helpers);
  ASSERT_EQ(card.helpers->size(), 1U);
  EXPECT_EQ(card.helpers->front().id, "c1");
  EXPECT_EQ(card.helpers->front().text, "第一书记 · 县农牧局");
}

TEST_F(RecordCardTest, NotYetMissingAndNobodyAreDifferent) {
  const geo::Dataset data = load();
  const RecordCard card = record_card(data, household(data, "h3"), 2016, zh);
  EXPECT_EQ(line(card, "脱贫年度").value, "尚未");
  EXPECT_TRUE(line(card, "计划脱贫年度").missing);
  ASSERT_TRUE(card.helpers);
  EXPECT_TRUE(card.helpers->empty());
  EXPECT_EQ(record_card(data, household(data, "h2"), 2016, zh).years[1].value, std::nullopt);
}

TEST_F(RecordCardTest, HiddenValuesSaySoAndHoldNothing) {
  geo::Dataset data = load();
  for (const char* field : {"cause", "income", "measures"}) hide(data, field);
  const RecordCard card = record_card(data, household(data, "h1"), 2016, zh);
  EXPECT_EQ(line(card, "主要致贫原因").value, "已屏蔽");
  EXPECT_TRUE(line(card, "主要致贫原因").hidden);
  EXPECT_EQ(line(card, "帮扶措施").value, "已屏蔽");
  EXPECT_TRUE(card.years_hidden);
  for (const CardYear& year : card.years) EXPECT_TRUE(year.text.empty() && !year.value);
  EXPECT_EQ(record_sentence(data, household(data, "h1"), zh).find("因病"), std::string::npos);
}

TEST_F(RecordCardTest, TheTooltipIsOneSentence) {
  const geo::Dataset data = load();
  EXPECT_EQ(record_sentence(data, household(data, "h1"), zh), "贫困户 · 一般贫困户 · 人口 4 人 · 因病 · 脱贫年度 2016");
}

TEST_F(RecordCardTest, CriteriaAreThoseOfTheJudgedYear) {
  geo::Dataset data = load();
  auto exits = std::make_shared<geo::ExitResults>();
  exits->year = 2016;
  geo::ExitTable& table = exits->tables[static_cast<std::size_t>(geo::ExitSubject::household)];
  geo::Criterion income;
  income.id = "income", income.name = {"人均纯收入", "Income"}, income.unit = {"元", "yuan"};
  table.table.criteria = {income};
  table.judgements = {{row(data, "h1"), 2016, geo::Judgement::pass, -1}};
  table.results = {{3200, 2952, geo::Status::value, geo::Judgement::pass}};
  data.exits = {exits};
  const RecordCard card = record_card(data, household(data, "h1"), 2016, zh);
  EXPECT_EQ(card.judged_year, 2016);
  ASSERT_EQ(card.criteria.size(), 1U);
  EXPECT_EQ(card.criteria[0].text, "3,200 ≥ 2,952 元");
  EXPECT_EQ(card.criteria[0].result, geo::Judgement::pass);
  EXPECT_TRUE(record_card(data, household(data, "h2"), 2016, zh).criteria.empty());
}

TEST(VillageList, PutsMostMissingFirstAndTheUnknownLast) {
  const auto village = [](std::uint32_t index, geo::GapCount pair) {
    geo::VillageGaps made{{geo::Level::village, index}, {geo::Status::value, index}, {}};
    made.gaps[static_cast<std::size_t>(geo::Gap::pair)] = pair;
    return made;
  };
  std::vector<geo::VillageGaps> all{village(1, {geo::Status::masked, 0}), village(2, {geo::Status::value, 3}),
                                    village(0, {geo::Status::value, 3}), village(3, {geo::Status::value, 9})};
  const auto order = [&] {
    std::vector<std::uint32_t> indices;
    for (const geo::VillageGaps& each : all) indices.push_back(each.village.index);
    return indices;
  };
  sort_villages(all, VillageOrder::pair);
  EXPECT_EQ(order(), (std::vector<std::uint32_t>{3, 0, 2, 1}));
  sort_villages(all, VillageOrder::code);
  EXPECT_EQ(order(), (std::vector<std::uint32_t>{0, 1, 2, 3}));
  EXPECT_EQ(gap_text(geo::Gap::pair, {geo::Status::value, 1234}, zh), "1,234");
  EXPECT_EQ(gap_text(geo::Gap::pair, {geo::Status::no_data, 0}, zh), "—");
  EXPECT_EQ(gap_text(geo::Gap::pair, {geo::Status::masked, 0}, zh), "屏蔽");
  EXPECT_EQ(gap_text(geo::Gap::secretary, {geo::Status::value, 1}, zh), "缺");
}

}  // namespace
}  // namespace battlemap::app
