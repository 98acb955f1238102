// Maps of records in the window: keys, coming and going, the place that follows the camera, clicks on records.
#include <gtest/gtest.h>

#include "app/window/keys.hpp"
#include "app/window/print_box.hpp"
#include "app/window/record_pick.hpp"
#include "small_atlas.hpp"

namespace battlemap::app {
namespace {

using geo::Level;

constexpr MapSize size{1000, 800};

struct BoardViewTest : ::testing::Test {
  test::SmallAtlas small{true};
  BoardViewTest() {
    for (const char* id : {"profile", "households", "causes", "help", "measures", "progress", "seventh"}) {
      render::MapSpec map;
      map.id = id;
      map.layers.emplace_back();
      small.atlas.maps.push_back(std::move(map));
    }
  }
  ViewState make() { return {small.atlas, {}, size}; }
  geo::DivisionRef at(const std::string& code) const {
    return *small.atlas.dataset.tree.find(*geo::Code::parse(code));
  }
  std::string code(geo::DivisionRef ref) const { return small.atlas.dataset.tree[ref].code.text(); }
};

TEST_F(BoardViewTest, TheFirstSixMapsOfRecordsHaveKeys) {
  ViewState state = make();
  ASSERT_EQ(state.boards().size(), 6U);
  EXPECT_EQ(state.boards()[0], "profile");
  EXPECT_EQ(state.boards()[5], "progress");
  EXPECT_FALSE(state.shows_board());
  EXPECT_EQ(state.board_number(), std::nullopt);
  for (char32_t key = U'1'; key <= U'6'; ++key)
    EXPECT_EQ(static_cast<int>(*key_of_character(key)) - static_cast<int>(Key::board_1), static_cast<int>(key - U'1'));
  EXPECT_EQ(key_of_character(U'0'), Key::leave_board);
  EXPECT_EQ(key_of_character(U'7'), std::nullopt);
}

TEST_F(BoardViewTest, ABoardIsOfTheSelectedVillageElseTheHoveredElseThePlace) {
  ViewState state = make();
  state.go_to(at("630101"), 0);
  state.show_board(1, 1);
  EXPECT_EQ(state.map_id(), "households");
  EXPECT_EQ(code(state.place()), "630101");
  state.leave_board(2);
  state.hover(at("630101001202"));
  state.show_board(1, 3);
  EXPECT_EQ(code(state.place()), "630101001202");
  state.leave_board(4);
  state.hover(at("630101001202"));
  state.select(at("630101002201"));
  state.show_board(2, 5);
  EXPECT_EQ(code(state.place()), "630101002201");
  EXPECT_EQ(state.board_number(), 2U);
  EXPECT_EQ(state.selected(), std::nullopt);
}

TEST_F(BoardViewTest, ANumberWithoutAMapChangesNothing) {
  ViewState state = make();
  state.show_board(6, 0);
  EXPECT_EQ(state.map_id(), "rate");
}

TEST_F(BoardViewTest, LeavingRestoresWhatWasShownBefore) {
  ViewState state = make();
  state.go_to(at("6301"), 0);
  state.set_level(Level::village);
  state.select(at("630101002201"));
  state.show_board(0, 1);
  state.show_board(3, 2);
  state.leave_board(3);
  EXPECT_EQ(state.map_id(), "rate");
  EXPECT_EQ(code(state.place()), "6301");
  EXPECT_EQ(state.level(), Level::village);
  ASSERT_TRUE(state.selected());
  EXPECT_EQ(code(*state.selected()), "630101002201");
}

TEST_F(BoardViewTest, LeavingElsewhereShowsTheVillageInItsTownship) {
  ViewState state = make();
  state.show_board(0, 1);
  state.go_to(at("630202002201"), 2);
  state.leave_board(3);
  EXPECT_EQ(code(state.place()), "630202002");
  EXPECT_EQ(code(*state.selected()), "630202002201");
}

TEST_F(BoardViewTest, StartingOnABoardThereIsStillAMapToGoBackTo) {
  ViewState state(small.atlas, {"causes", "630101001201"}, size);
  EXPECT_TRUE(state.shows_board());
  state.leave_board(1);
  EXPECT_EQ(state.map_id(), "rate");
}

TEST_F(BoardViewTest, ThePlaceFollowsTheCameraFromTheProvinceToAVillageAndBack) {
  ViewState state = make();
  state.show_board(1, 0);
  state.advance(10);
  std::vector<Level> levels{state.place().level};
  const auto note = [&] {
    if (levels.back() != state.place().level) levels.push_back(state.place().level);
  };
  const geo::Point village{5000, 5000};  // the first one's middle
  for (int i = 0; i < 40; ++i) state.zoom_at(state.view().to_pixel(village), 1.2), note();
  EXPECT_EQ(levels, (std::vector{Level::province, Level::prefecture, Level::county, Level::township, Level::village}));
  for (int i = 0; i < 60; ++i) state.zoom_at({500, 400}, 1 / 1.2), note();
  EXPECT_EQ(state.place(), make().place()) << "all the way out again";
}

TEST_F(BoardViewTest, OnAChoroplethZoomingKeepsThePlace) {
  ViewState state = make();
  for (int i = 0; i < 40; ++i) state.zoom_at({480, 400}, 1.2);
  EXPECT_EQ(code(state.place()), "63");
}

TEST_F(BoardViewTest, TheFilterGoesIntoTheRequest) {
  ViewState state = make();
  geo::RecordFilter filter;
  filter.causes = {"illness"};
  state.set_filter(filter);
  EXPECT_EQ(state.request().filter, filter);
}

TEST_F(BoardViewTest, AnotherProjectIsNotTakenForTheSame) {
  ViewState state = make();
  const test::SmallAtlas same;
  EXPECT_NO_THROW(state.set_atlas(same.atlas));
  render::Atlas other;
  other.dataset.tree = geo::DivisionTree({{*geo::Code::parse("63"), "省", ""}});
  EXPECT_THROW(state.set_atlas(other), geo::UsageError);
  state.set_atlas(small.atlas);
}

TEST_F(BoardViewTest, AClickMeetsTheTopmostRecordWhereverTheCameraIs) {
  render::Sheet sheet;
  sheet.map.view = make().view();
  sheet.hits = {{geo::RecordKind::facility, {7}, {300, 200}, 6}, {geo::RecordKind::household, {1, 2}, {304, 200}, 20}};
  const render::View view = sheet.map.view;
  ASSERT_NE(hit_at(sheet, view, {301, 201}), nullptr);
  EXPECT_EQ(hit_at(sheet, view, {301, 201})->kind, geo::RecordKind::facility);
  EXPECT_EQ(hit_at(sheet, view, {320, 200})->rows.size(), 2U);
  EXPECT_EQ(hit_at(sheet, view, {340, 200}), nullptr);
  ViewState moved = make();
  moved.pan(50, 10);
  EXPECT_EQ(hit_at(sheet, moved.view(), {351, 211})->kind, geo::RecordKind::facility);
  EXPECT_NEAR(place_of_record(sheet, moved.view(), {geo::RecordKind::household, 2})->centre.x, 354, 0.01);
  EXPECT_FALSE(place_of_record(sheet, view, {geo::RecordKind::household, 3}));
}

TEST(PrintBox, PagesAreThePaperInThePrintersDots) {
  PrintBox box;
  render::SheetRequest shown;
  shown.view_centre = geo::Point{1, 2}, shown.view_metres_per_pixel = 5, shown.furniture = false;
  shown.filter.causes = {"illness"};
  const render::SheetRequest page = page_request(shown, box);
  EXPECT_EQ(page.width, 4961);
  EXPECT_EQ(page.height, 3508);
  EXPECT_EQ(page.dots_per_inch, 300);
  EXPECT_TRUE(page.furniture && !page.view_centre && !page.view_metres_per_pixel);
  EXPECT_EQ(page.filter, shown.filter) << "paper follows the filter too";
  box.orientation = Orientation::portrait, box.paper = 4;
  EXPECT_EQ(page_request(shown, box).height, 14043);
  const render::SheetRequest preview = preview_request(shown, box, 700);
  EXPECT_NEAR(preview.height, 700, 1);
  EXPECT_NEAR(preview.width, 700 * 841.0 / 1189, 1);
}

TEST(PrintBox, SixPicturesNeedAFolderAndSixPagesDoNot) {
  PrintBox box;
  EXPECT_EQ(suggested_target(box, "630222", "causes", 2016), "630222-causes-2016.pdf");
  box.scope = PrintScope::all_boards;
  EXPECT_EQ(suggested_target(box, "630222", "causes", 2016), "630222-six-maps-2016.pdf");
  EXPECT_FALSE(makes_folder(box));
  box.kind = PrintKind::png;
  EXPECT_TRUE(makes_folder(box));
  EXPECT_EQ(suggested_target(box, "630222", "causes", 2016), "630222-six-maps-2016");
}

}  // namespace
}  // namespace battlemap::app
