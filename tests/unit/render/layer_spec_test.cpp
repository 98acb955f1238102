#include "render/layer_spec.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "geo/error.hpp"

namespace battlemap::render {
namespace {

std::vector<LayerSpec> read(const std::string& toml) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("layer-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
                     ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml");
  std::ofstream(file) << toml;
  const geo::TomlTable table = geo::read_toml(file);
  std::filesystem::remove(file);
  return read_layers(table);
}

std::string failure(const std::string& toml) {
  try {
    read(toml);
  } catch (const geo::Error& e) {
    return e.what();
  }
  return {};
}

TEST(LayerSpec, EveryKeyIsRead) {
  const LayerSpec layer = read(R"([[layer]]
records = "household"
title = { zh = "贫困户", en = "Poor households" }
levels = ["village", "township"]
where = [ { field = "category", is = ["dibao", "wubao"] }, { state = "poor" },
          { field = "members", at_least = 2, at_most = 5 } ]
colour_by = "cause"
shape_by = "category"
shape = "square"
colour = "action"
palette = "warm"
breaks = [1, 2]
size_mm = 2.5
size_by = "members"
max_size_mm = 6
hollow = "exited"
faded = "paired"
ring = "late"
alarm = "unpaired"
several = "dots"
crowd = "cluster"
label = "name"
label_units = 14
progress = "progress"
legend = false
[layer.colours]
illness = { light = "#112233", dark = "#445566" }
[layer.shapes]
dibao = "diamond"
[layer.lines.path]
colour = "#778899"
width_mm = 0.3
dashed = true
[layer.flow]
width_mm = 0.4
colour = "accent"
)")
                              .at(0);
  EXPECT_EQ(layer.title.en, "Poor households");
  EXPECT_TRUE(layer.shown_at(geo::Level::village) && layer.shown_at(geo::Level::township));
  EXPECT_FALSE(layer.shown_at(geo::Level::county));
  ASSERT_EQ(layer.where.size(), 3U);
  EXPECT_EQ(layer.where[0].is, (std::vector<std::string>{"dibao", "wubao"}));
  EXPECT_EQ(layer.where[1].state, RecordState::poor);
  EXPECT_EQ(layer.where[2].at_least, 2);
  EXPECT_EQ(layer.where[2].at_most, 5);
  EXPECT_EQ(layer.colour_by + layer.shape_by + layer.size_by, "causecategorymembers");
  EXPECT_EQ(layer.shape, Shape::square);
  EXPECT_EQ(layer.colour->in(theme(ThemeId::wall)), theme(ThemeId::wall).action);
  EXPECT_EQ(layer.palette, "warm");
  EXPECT_EQ(layer.breaks, (std::vector<double>{1, 2}));
  EXPECT_EQ(layer.size_mm, 2.5);
  EXPECT_EQ(layer.max_size_mm, 6);
  EXPECT_EQ(layer.hollow, RecordState::exited);
  EXPECT_EQ(layer.faded, RecordState::paired);
  EXPECT_EQ(layer.ring, RecordState::late);
  EXPECT_EQ(layer.alarm, RecordState::unpaired);
  EXPECT_EQ(layer.several, SeveralStyle::dots);
  EXPECT_EQ(layer.crowd, Crowding::cluster);
  EXPECT_EQ(layer.label + layer.progress, "nameprogress");
  EXPECT_EQ(layer.label_units, 14);
  EXPECT_FALSE(layer.legend);
  EXPECT_EQ(layer.colours.at("illness").in(theme(ThemeId::paper)), parse_colour("#112233"));
  EXPECT_EQ(layer.colours.at("illness").in(theme(ThemeId::wall)), parse_colour("#445566"));
  EXPECT_EQ(layer.shapes.at("dibao"), Shape::diamond);
  EXPECT_TRUE(layer.lines.at("path").dashed);
  EXPECT_EQ(layer.lines.at("path").width_mm, 0.3);
  ASSERT_TRUE(layer.flow);
  EXPECT_EQ(layer.flow->width_mm, 0.4);
  EXPECT_EQ(layer.flow->colour->role, "accent");
}

TEST(LayerSpec, LayersKeepTheFilesOrderAndHaveDefaults) {
  const auto layers = read("[[layer]]\nrecords = \"road\"\n[[layer]]\nrecords = \"household\"\n");
  ASSERT_EQ(layers.size(), 2U);
  EXPECT_EQ(layers[0].records, geo::RecordKind::road);
  EXPECT_EQ(layers[1].crowd, Crowding::automatic);
  EXPECT_EQ(layers[1].size_mm, 3);
  EXPECT_TRUE(layers[1].shown_at(geo::Level::province));
  EXPECT_EQ(layers[1].key_lines.table, 3);
}

TEST(LayerSpec, MistakesAreAnsweredWithLineAndWhatIsKnown) {
  const std::string kind = failure("[[layer]]\nrecords = \"houshold\"\n");
  EXPECT_NE(kind.find(":2:"), std::string::npos) << kind;
  EXPECT_NE(kind.find("household"), std::string::npos) << kind;
  const std::string key = failure("[[layer]]\nrecords = \"road\"\ncolor_by = \"x\"\n");
  EXPECT_NE(key.find("colour_by"), std::string::npos) << key;
  const std::string shape = failure("[[layer]]\nrecords = \"group\"\nshape = \"diamon\"\n");
  EXPECT_NE(shape.find("did you mean diamond"), std::string::npos) << shape;
  const std::string state = failure("[[layer]]\nrecords = \"household\"\nhollow = \"exitd\"\n");
  EXPECT_NE(state.find("exited"), std::string::npos) << state;
  const std::string colour = failure("[[layer]]\nrecords = \"group\"\ncolour = \"rot\"\n");
  EXPECT_NE(colour.find("'rot'"), std::string::npos) << colour;
  EXPECT_NE(failure("[[layer]]\nrecords = \"group\"\nsize_mm = 99\n").find("30 mm"), std::string::npos);
  EXPECT_NE(failure("[[layer]]\nrecords = \"group\"\nlevels = [\"vilage\"]\n").find("village"),
            std::string::npos);
  EXPECT_NE(failure("[[layer]]\nrecords = \"group\"\nwhere = [ { field = \"id\" } ]\n").find("nothing"),
            std::string::npos);
  EXPECT_NE(failure("[[layer]]\nrecords = \"group\"\nwhere = [ { is = [\"a\"] } ]\n").find("either"),
            std::string::npos);
}

TEST(Shapes, EveryShapeHasItsOwnWord) {
  for (int i = 0; i < shape_count; ++i) {
    const auto shape = static_cast<Shape>(i);
    EXPECT_EQ(find_shape(shape_id(shape)), shape) << i;
  }
}

}  // namespace
}  // namespace battlemap::render
