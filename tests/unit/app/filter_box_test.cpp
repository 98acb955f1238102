// The filter of the window: choices with counts, chips, cadres.
#include "app/window/filter_box.hpp"

#include <algorithm>

#include "record_project.hpp"

namespace battlemap::app {
namespace {

constexpr auto zh = geo::Language::zh;

class FilterBoxTest : public RecordedProject {
 protected:
  static const FilterGroup* group(const FilterBox& box, FilterBy by) {
    const auto found = std::ranges::find(box.groups, by, &FilterGroup::by);
    return found == box.groups.end() ? nullptr : &*found;
  }
  static std::optional<std::size_t> count(const FilterBox& box, FilterBy by, const std::string& id) {
    const FilterGroup* found = group(box, by);
    if (found == nullptr) return std::nullopt;
    const auto choice = std::ranges::find(found->choices, id, &FilterChoice::id);
    return choice == found->choices.end() ? std::nullopt : choice->count;
  }
};

TEST_F(FilterBoxTest, CountsThePlacesHouseholdsByEveryChoice) {
  const geo::Dataset data = load();
  const FilterBox box = filter_box(data, place(data, "63"), {}, zh);
  EXPECT_EQ(box.all, 5U);
  EXPECT_EQ(box.shown, 5U);
  EXPECT_EQ(count(box, FilterBy::category, "general"), 3U);
  EXPECT_EQ(count(box, FilterBy::cause, "illness"), 2U);
  EXPECT_EQ(count(box, FilterBy::cause, "land"), std::nullopt) << "nobody: not offered";
  EXPECT_EQ(count(box, FilterBy::exit_year, "2016"), 1U);
  EXPECT_EQ(count(box, FilterBy::exit_year, "9999"), 3U);
  EXPECT_EQ(count(box, FilterBy::measure, "industry"), 2U);
  EXPECT_EQ(count(filter_box(data, place(data, "630122"), {}, zh), FilterBy::category, "general"), 1U);
}

TEST_F(FilterBoxTest, AChoiceNarrowsTheOthersButNotItsOwnGroup) {
  const geo::Dataset data = load();
  geo::RecordFilter filter;
  toggle(filter, FilterBy::cause, "illness");
  const FilterBox box = filter_box(data, place(data, "63"), filter, zh);
  EXPECT_EQ(box.shown, 2U);
  EXPECT_EQ(count(box, FilterBy::cause, "disability"), 1U) << "what choosing it instead would show";
  EXPECT_EQ(count(box, FilterBy::category, "low_income"), std::nullopt);
  EXPECT_EQ(count(box, FilterBy::exit_year, "2016"), 1U);
}

TEST_F(FilterBoxTest, TogglingTwiceChangesNothing) {
  geo::RecordFilter filter;
  for (int i = 0; i < 2; ++i) {
    toggle(filter, FilterBy::category, "general");
    toggle(filter, FilterBy::measure, "industry");
    toggle(filter, FilterBy::exit_year, "2016");
    toggle(filter, FilterBy::cadre, "c1");
    EXPECT_EQ(filter.empty(), i == 1);
  }
  toggle(filter, FilterBy::cadre, "c1");
  toggle(filter, FilterBy::cadre, "c2");
  EXPECT_EQ(filter.cadre, "c2");
}

TEST_F(FilterBoxTest, ChipsSayTheFilterInWords) {
  const geo::Dataset data = load();
  geo::RecordFilter filter;
  filter.causes = {"illness"}, filter.exit_years = {2016, geo::not_yet}, filter.cadre = "c1";
  const auto chips = filter_chips(data.records, filter, zh);
  ASSERT_EQ(chips.size(), 4U);
  EXPECT_EQ(chips[0].label, "因病");
  EXPECT_EQ(chips[1].label, "2016");
  EXPECT_EQ(chips[2].label, "未脱贫");
  EXPECT_EQ(chips[3].label, "干部 c1");
  EXPECT_EQ(filter_chips(data.records, filter, geo::Language::en)[0].label, "Illness");
}

TEST_F(FilterBoxTest, HiddenFieldsCannotBeChosenAndFallOutOfTheFilter) {
  geo::Dataset data = load();
  hide(data, "cause");
  geo::RecordFilter filter;
  filter.causes = {"illness"}, filter.categories = {"general"}, filter.cadre = "nobody";
  const FilterGroup* causes = nullptr;
  drop_unknown(filter, data.records);
  EXPECT_TRUE(filter.causes.empty());
  EXPECT_EQ(filter.categories, std::vector<std::string>{"general"});
  EXPECT_TRUE(filter.cadre.empty());
  const FilterBox box = filter_box(data, place(data, "63"), filter, zh);
  causes = group(box, FilterBy::cause);
  ASSERT_NE(causes, nullptr);
  EXPECT_TRUE(causes->hidden);
  EXPECT_TRUE(causes->choices.empty());
}

TEST_F(FilterBoxTest, CadresAreFoundByTheirIdAmongThoseOfThePlace) {
  const geo::Dataset data = load();
  EXPECT_EQ(find_cadres(data, place(data, "63"), "c", 6), (std::vector<std::string>{"c1", "c2"}));
  EXPECT_EQ(find_cadres(data, place(data, "630122"), "c", 6), std::vector<std::string>{"c1"});
  EXPECT_EQ(find_cadres(data, place(data, "63"), "c", 1).size(), 1U);
  EXPECT_TRUE(find_cadres(data, place(data, "63"), "x", 6).empty());
}

}  // namespace
}  // namespace battlemap::app
