#include "render/map_check.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace battlemap::render::testing {
namespace {

namespace fs = std::filesystem;

class MapCheck : public ::testing::Test {
 protected:
  MapCheck() {
    const fs::path demo = fs::path(BATTLEMAP_SOURCE_DIR) / "data" / "qinghai";
    project_.indicators_file = demo / "indicators.toml", project_.palettes_file = demo / "palettes.toml";
    project_.categories_file = demo / "categories.toml", project_.audience_file = demo / "audience.toml";
    project_.maps_folder = fs::path(BATTLEMAP_TEST_OUT) / "map_check" /
                           ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(project_.maps_folder);
    fs::create_directories(project_.maps_folder);
  }

  /// What is wrong with a map of these lines, the first of which is line 3; empty: nothing.
  std::string complaint(const std::string& lines) const {
    const fs::path file = project_.maps_folder / "map.toml";
    std::ofstream(file) << "id = \"m\"\ntitle = \"M\"\n" << lines;
    try {
      check_map(read_map(file), names_of(project_));
    } catch (const geo::Error& e) {
      return e.what();
    }
    return "";
  }
  void expect(const std::string& lines, const std::string& line, const std::string& offer) const {
    const std::string text = complaint(lines);
    EXPECT_NE(text.find("map.toml:" + line + ": "), std::string::npos) << lines << " -> " << text;
    EXPECT_NE(text.find(offer), std::string::npos) << lines << " -> " << text;
  }
  /// A layer of households with this third line.
  void expect_of_layer(const std::string& key, const std::string& offer) const {
    expect("[[layer]]\nrecords = \"household\"\n" + key, "5", offer);
  }

  geo::Project project_;
};

TEST_F(MapCheck, TheDemosMapsAreRight) {
  project_.maps_folder = fs::path(BATTLEMAP_SOURCE_DIR) / "data" / "qinghai" / "maps";
  EXPECT_GE(checked_maps(project_).size(), 10U);
  EXPECT_TRUE(map_problems(project_).empty());
}

TEST_F(MapCheck, IndicatorsAndPalettesOfTheChoropleth) {
  expect("[fill]\nindicator = \"poverty_rat\"\npalette = \"green\"", "4", "poverty_rate");
  expect("[fill]\nindicator = \"poverty_rate\"\npalette = \"gren\"", "5", "green");
}

TEST_F(MapCheck, FieldsOfLayers) {
  expect_of_layer("colour_by = \"catgory\"", "category");
  expect_of_layer("shape_by = \"caus\"", "cause");
  expect_of_layer("colour_by = \"id\"", "text");
  expect_of_layer("colour_else = \"income\"", "no year");
  expect_of_layer("size_by = \"peopel\"", "people");
  expect_of_layer("size_by = \"category\"", "no number");
  expect_of_layer("label = \"nam\"", "known");
  expect_of_layer("palette = \"genral\"", "general");
  expect_of_layer("hollow = \"done\"", "exited");
}

TEST_F(MapCheck, IdsOfLooks) {
  const std::string by = "colour_by = \"cause\"\nshape_by = \"category\"\n";
  const auto layer = [&](const std::string& tables) { return "[[layer]]\n" "records = \"household\"\n" + by + tables; };
  expect(layer("[layer.colours]\nilness = \"#FF0000\""), "8", "illness");
  expect(layer("[layer.shapes]\ngenral = \"circle\""), "8", "general");
  EXPECT_EQ(complaint(layer("[layer.colours]\nillness = \"#FF0000\"\nunknown = \"muted\"")), "");
  EXPECT_EQ(complaint(layer("[layer.colours]\nhealth = \"#FF0000\"")), "") << "what the public's causes merge into";
  expect("[[layer]]\nrecords = \"household\"\n[layer.colours]\nillness = \"#FF0000\"", "5", "colour_by");
  expect("[[layer]]\nrecords = \"road\"\n[layer.lines]\ntrak = { width_mm = 1 }", "6", "track");
  expect("[[layer]]\nrecords = \"group\"\n[layer.lines]\ntrack = { width_mm = 1 }", "5", "road");
  const std::string years = "[[layer]]\nrecords = \"household\"\ncolour_by = \"exit_year\"\n[layer.colours]\n";
  EXPECT_EQ(complaint(years + "2016 = \"good\"\nnot_yet = \"muted\""), "");
  expect(years + "notyet = \"muted\"", "7", "not_yet");
}

TEST_F(MapCheck, Conditions) {
  const auto where = [](const std::string& keys) {
    return "[[layer]]\nrecords = \"household\"\n[[layer.where]]\n" + keys;
  };
  expect(where("field = \"couse\"\nis = [\"illness\"]"), "6", "cause");
  expect(where("field = \"cause\"\nis = [\"ilness\"]"), "7", "illness");
  expect(where("field = \"cause\"\nat_least = 3"), "7", "is = ");
  expect(where("field = \"people\"\nis = [\"3\"]"), "7", "at_least");
  expect(where("state = \"undone\""), "6", "poor");
  EXPECT_EQ(complaint(where("field = \"people\"\nat_least = 3")), "");
}

TEST_F(MapCheck, Panels) {
  expect("[[panel]]\nkind = \"bar\"\nfield = \"caus\"", "5", "cause");
  const std::string figure = "[[panel]]\nkind = \"key_figures\"\n[[panel.figure]]\n";
  expect(figure + "records = \"household\"\nfield = \"category\"\nvalue = \"low_incom\"", "8", "low_income");
  expect(figure + "records = \"household\"\nfield = \"cause\"", "7", "no number");
  expect(figure + "indicator = \"poverty_rat\"", "6", "poverty_rate");
  EXPECT_EQ(complaint("[[panel]]\nkind = \"table\"\nfield = \"place\"\nby = \"pairing\""), "");
}

TEST_F(MapCheck, AReportNamesEveryBadFile) {
  const auto write = [&](const std::string& id, const std::string& field) {
    std::ofstream(project_.maps_folder / (id + ".toml"))
        << "id = \"" << id << "\"\ntitle = \"M\"\n[[panel]]\nkind = \"bar\"\nfield = \"" << field << "\"\n";
  };
  write("a", "caus"), write("b", "cause"), write("c", "categry");
  const geo::Problems problems = map_problems(project_);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_NE(problems[1].message.find("c.toml:5"), std::string::npos) << problems[1].message;
  EXPECT_THROW(checked_maps(project_), geo::Error);
}

}  // namespace
}  // namespace battlemap::render::testing
