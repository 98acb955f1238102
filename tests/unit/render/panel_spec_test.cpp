#include "render/panel_spec.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "geo/error.hpp"
#include "render/map_spec.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;

class PanelFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(BATTLEMAP_TEST_OUT) / "panel_spec" /
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "six");
  }
  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  MapSpec read(const std::string& panels) { return read_map(write("m.toml", "id='a'\ntitle='题'\n" + panels)); }
  std::string failure(const std::string& panels) {
    try {
      read(panels);
    } catch (const geo::Error& e) {
      return e.what();
    }
    return "";
  }
  fs::path folder_;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(PanelFile, PanelsComeInOrderWithTheirKeys) {
  const MapSpec map = read(
      "[[panel]]\nkind='key_figures'\n[[panel.figure]]\nindicator='poor'\nlabel='穷'\n"
      "[[panel.figure]]\nrecords='household'\nfield='members'\n"
      "[[panel]]\nkind='table'\nfield='category'\nby='state'\nrows=6\nlevels=['village','township']\n"
      "[[panel]]\nkind='timeline'\n[[panel.entry]]\nyear=2016\ngoal='目标'\n");
  ASSERT_EQ(map.panels.size(), 3U);
  EXPECT_TRUE(map.is_board());
  EXPECT_FALSE(map.fill.has_value());
  EXPECT_EQ(map.panels[0].figures[0].indicator, "poor");
  EXPECT_EQ(map.panels[0].figures[1].record, geo::RecordKind::household);
  EXPECT_EQ(map.panels[1].by, "state");
  EXPECT_EQ(map.panels[1].rows, 6);
  EXPECT_EQ(map.panels[1].levels, (std::vector{geo::Level::village, geo::Level::township}));
  EXPECT_EQ(map.panels[2].entries[0].goal.zh, "目标");
}

TEST_F(PanelFile, WrongWordsAndKeysNameFileLineAndTheNearest) {
  const std::string kind = failure("[[panel]]\nkind='tabel'\nfield='cause'\n");
  EXPECT_TRUE(has(kind, "m.toml:4") && has(kind, "did you mean table?")) << kind;
  const std::string key = failure("[[panel]]\nkind='table'\nfeild='cause'\n");
  EXPECT_TRUE(has(key, "m.toml:")) << key;
  const std::string extra = failure("[[panel]]\nkind='bar'\nfield='cause'\nbi='state'\n");
  EXPECT_TRUE(has(extra, "m.toml:6") && has(extra, "bi")) << extra;
  const std::string record = failure("[[panel]]\nkind='bar'\nrecords='houshold'\nfield='cause'\n");
  EXPECT_TRUE(has(record, "m.toml:5") && has(record, "household")) << record;
  const std::string level = failure("[[panel]]\nkind='bar'\nfield='cause'\nlevels=['vilage']\n");
  EXPECT_TRUE(has(level, "m.toml:6") && has(level, "village")) << level;
  EXPECT_TRUE(has(failure("[[panel]]\nkind='key_figures'\n"), "figure"));
  EXPECT_TRUE(has(failure("[[panel]]\nkind='key_figures'\n[[panel.figure]]\nlabel='x'\n"), "records"));
  EXPECT_TRUE(has(failure("[[panel]]\nkind='text'\n"), "text"));
  EXPECT_TRUE(has(failure("[[panel]]\nkind='text'\ntext='x'\nrows=-1\n"), "rows"));
}

TEST_F(PanelFile, AMapWithNeitherFillNorRecordsIsRefused) {
  EXPECT_TRUE(has(failure(""), "fill"));
}

TEST_F(PanelFile, MapsOfFoldersWithinAreFound) {
  write("one.toml", "id='one'\ntitle='题'\norder=2\n[[panel]]\nkind='text'\ntext='x'\n");
  write("six/two.toml", "id='two'\ntitle='题'\norder=1\n[[panel]]\nkind='text'\ntext='x'\n");
  const auto maps = read_maps(folder_);
  ASSERT_EQ(maps.size(), 2U);
  EXPECT_EQ(maps.front().id, "two");
}

}  // namespace
}  // namespace battlemap::render
