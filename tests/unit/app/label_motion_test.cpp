#include "app/window/label_motion.hpp"

#include <gtest/gtest.h>

namespace battlemap::app {
namespace {

using render::View;

constexpr render::Rect frame{0, 0, 800, 600};
const View start{{1000, 2000}, 10, frame};

render::Sheet sheet_with(std::vector<render::Item> items) {
  render::Sheet sheet;
  sheet.map.view = start;
  sheet.layers.push_back({"labels", frame, std::move(items)});
  return sheet;
}

TEST(LabelMotion, NothingMovesInTheSameView) {
  const render::TextEngine text;
  const auto sheet = sheet_with({render::CircleItem{{100, 50}, 5}});
  const auto layers = moved_layers(sheet, start, text);
  EXPECT_EQ(std::get<render::CircleItem>(layers[0].items[0]).centre, (render::Vec2{100, 50}));
}

TEST(LabelMotion, AShiftMovesEverythingByTheSamePixels) {
  const render::TextEngine text;
  render::TextItem label{"西宁市", {300, 200}, {}};
  const auto sheet =
      sheet_with({label, render::CircleItem{{100, 50}, 5}, render::RectItem{{10, 20, 30, 40}},
                  render::LineItem{{{0, 0}, {5, 5}}}, render::ConvexItem{{{1, 1}, {2, 1}, {1, 2}}}});
  const View moved{{1000 + 70, 2000}, 10, frame};  // seven pixels to the east: the land goes left
  const auto layers = moved_layers(sheet, moved, text);
  const auto& items = layers[0].items;
  EXPECT_FLOAT_EQ(std::get<render::TextItem>(items[0]).origin.x, 293);
  EXPECT_FLOAT_EQ(std::get<render::CircleItem>(items[1]).centre.x, 93);
  EXPECT_FLOAT_EQ(std::get<render::RectItem>(items[2]).rect.x, 3);
  EXPECT_FLOAT_EQ(std::get<render::LineItem>(items[3]).points[1].x, -2);
  EXPECT_FLOAT_EQ(std::get<render::ConvexItem>(items[4]).points[1].x, -5);
  EXPECT_FLOAT_EQ(std::get<render::TextItem>(items[0]).origin.y, 200);
}

TEST(LabelMotion, ZoomingKeepsSizesAndPlacesByTheMapPoint) {
  const render::TextEngine text;
  render::TextItem label{"海东", {300, 200}, {}};
  const float half = text.width(label.text, label.style) / 2;
  const auto sheet = sheet_with({label, render::CircleItem{{100, 50}, 5}});
  const View closer{start.centre, 5, frame};
  const auto layers = moved_layers(sheet, closer, text);
  const auto& circle = std::get<render::CircleItem>(layers[0].items[1]);
  const render::Vec2 wanted = closer.to_pixel(start.to_map({100, 50}));
  EXPECT_NEAR(circle.centre.x, wanted.x, 1e-3);
  EXPECT_NEAR(circle.centre.y, wanted.y, 1e-3);
  EXPECT_EQ(circle.radius, 5);
  const auto& moved = std::get<render::TextItem>(layers[0].items[0]);
  const render::Vec2 middle = closer.to_pixel(start.to_map({300 + half, 200}));
  EXPECT_NEAR(moved.origin.x + half, middle.x, 1e-2) << "a label keeps its middle on its place";
  EXPECT_EQ(moved.style.size, label.style.size);
}

}  // namespace
}  // namespace battlemap::app
