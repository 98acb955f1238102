// The data page of the window: what check found, in words.
#include "app/window/data_view.hpp"

#include <algorithm>

#include "disk_project.hpp"
#include "geo/dataset.hpp"

namespace battlemap::app {
namespace {

class DataViewTest : public DiskProject {
 protected:
  /// The view of the project as it stands on disk.
  DataView view(geo::Language language) const {
    const geo::Dataset dataset = geo::load_dataset(geo::read_project(folder_));
    return data_view(CheckReport(dataset), language);
  }
  static const DataView::Kind* kind(const DataView& view, const std::string& id) {
    const auto found = std::ranges::find(view.problems, id, &DataView::Kind::id);
    return found == view.problems.end() ? nullptr : &*found;
  }
};

TEST_F(DataViewTest, AgreeingTotalsAndJoinsAreGood) {
  const DataView zh = view(geo::Language::zh), en = view(geo::Language::en);
  EXPECT_TRUE(zh.good);
  EXPECT_EQ(zh.verdict, "1 项控制数中 1 项相符 · 0 个问题");
  EXPECT_EQ(en.verdict, "1 of 1 control totals agree · 0 problems");
  ASSERT_EQ(zh.totals.size(), 1U);
  EXPECT_EQ(zh.totals[0].tone, DataView::Tone::good);
  EXPECT_EQ(zh.totals[0].detail, "公布 80 · 计算 80");
  ASSERT_EQ(zh.joins.size(), 3U);  // three years of one table
  EXPECT_EQ(zh.joins[0].label, "village.csv · 2015");
  EXPECT_EQ(zh.joins[0].detail, "匹配 4");
}

TEST_F(DataViewTest, WrongRowsAreCountedByKindWithTheirPlace) {
  append("village.csv", "630199100200,无此村,2015,7,100\n630198100200,也没有,2015,7,100\n");
  const DataView found = view(geo::Language::zh);
  EXPECT_FALSE(found.good);
  const DataView::Kind* rows = kind(found, "unmatched_row");
  ASSERT_NE(rows, nullptr);
  EXPECT_EQ(rows->count, 2U);
  EXPECT_EQ(rows->label, "统计表的行找不到区划");
  EXPECT_FALSE(rows->note);
  ASSERT_EQ(rows->messages.size(), 2U);
  EXPECT_EQ(rows->messages[0].rfind("village.csv:14 · 630199100200 · ", 0), 0U) << rows->messages[0];
  EXPECT_EQ(found.joins[0].tone, DataView::Tone::bad);
  EXPECT_NE(found.joins[0].detail.find("无区划的行 2"), std::string::npos) << found.joins[0].detail;
}

TEST_F(DataViewTest, ATotalThatDiffersShowsBothNumbers) {
  std::string project_text = read("project.toml");
  project_text.replace(project_text.find("expected = 80"), 13, "expected = 81");
  write("project.toml", project_text);
  const DataView found = view(geo::Language::en);
  EXPECT_FALSE(found.good);
  EXPECT_EQ(found.totals.at(0).tone, DataView::Tone::bad);
  EXPECT_EQ(found.totals.at(0).detail, "published 81 · computed 80");
}

TEST_F(DataViewTest, NotesComeAfterWhatMustBeMended) {
  std::string rows = read("village.csv");
  rows.replace(rows.find("630121100200,"), 13, "630121100200.0,");  // a spreadsheet made it a number
  write("village.csv", rows + "630199100200,无此村,2015,7,100\n");
  const DataView found = view(geo::Language::zh);
  ASSERT_NE(kind(found, "repaired_code"), nullptr);
  EXPECT_TRUE(kind(found, "repaired_code")->note);
  EXPECT_FALSE(found.problems.front().note);
  EXPECT_TRUE(found.problems.back().note);
}

}  // namespace
}  // namespace battlemap::app
