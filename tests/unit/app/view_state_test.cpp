#include "app/window/view_state.hpp"

#include <gtest/gtest.h>

#include "geo/error.hpp"
#include "small_atlas.hpp"

namespace battlemap::app {
namespace {

using geo::Level;

constexpr MapSize size{1000, 800};

struct ViewStateTest : ::testing::Test {
  test::SmallAtlas small;
  ViewState state{small.atlas, {}, size};

  geo::DivisionRef at(const std::string& code) const {
    return *small.atlas.dataset.tree.find(*geo::Code::parse(code));
  }
  std::string place() const { return small.atlas.dataset.tree[state.place()].code.text(); }
  void settle() { state.advance(1e9); }
};

TEST_F(ViewStateTest, StartsAtTheRootWithTheMapsLevelAndTheProjectsYear) {
  EXPECT_EQ(place(), "63");
  EXPECT_EQ(state.level(), Level::county);
  EXPECT_EQ(state.year(), 2016);
  EXPECT_EQ(state.map_id(), "rate");
  EXPECT_TRUE(state.follows_place());
}

TEST_F(ViewStateTest, StartsWhereTheCommandLineSays) {
  const ViewState asked(small.atlas, {"exits", "6302", "village", 2017}, size);
  EXPECT_EQ(small.atlas.dataset.tree[asked.place()].code.text(), "6302");
  EXPECT_EQ(asked.level(), Level::village);
  EXPECT_EQ(asked.year(), 2017);
  const geo::Box shown = asked.view().extent();
  const geo::Box box = small.atlas.dataset.extent_of(asked.place());
  EXPECT_LE(shown.min_x, box.min_x);
  EXPECT_GE(shown.max_x, box.max_x);
}

TEST_F(ViewStateTest, RejectsNamesTheProjectDoesNotHave) {
  EXPECT_THROW(ViewState(small.atlas, {"rat"}, size), geo::UsageError);
  EXPECT_THROW(ViewState(small.atlas, {"", "99"}, size), geo::UsageError);
  EXPECT_THROW(ViewState(small.atlas, {"", "", "vilage"}, size), geo::UsageError);
  EXPECT_THROW(ViewState(small.atlas, {"", "", "", 1999}, size), geo::UsageError);
  EXPECT_THROW(ViewState(small.atlas, {"", "630101", "province"}, size), geo::UsageError);
}

TEST_F(ViewStateTest, DrillsOneLevelAtATimeIntoThePlaceUnderTheCursor) {
  state.drill(at("630201"), 0);
  EXPECT_EQ(place(), "6302");
  EXPECT_EQ(state.level(), Level::county);
  state.drill(at("630201"), 1);
  EXPECT_EQ(place(), "630201");
  EXPECT_EQ(state.level(), Level::township);
  state.drill(at("630201002"), 2);
  EXPECT_EQ(place(), "630201002");
  EXPECT_EQ(state.level(), Level::village);
  state.drill(at("630201002201"), 3);
  EXPECT_EQ(place(), "630201002201");
  EXPECT_EQ(state.level(), Level::village);
}

TEST_F(ViewStateTest, DrillingOutsideThePlaceGoesToTheNeighbourBesideIt) {
  state.go_to(at("630101"), 0);
  state.drill(at("630202"), 1);
  EXPECT_EQ(place(), "630202");
}

TEST_F(ViewStateTest, GoingUpRestoresWhatWasShownThere) {
  state.set_level(Level::prefecture);
  state.drill(at("6301"), 0);
  EXPECT_EQ(place(), "6301");
  EXPECT_EQ(state.level(), Level::county);
  state.drill(at("630101"), 1);
  EXPECT_EQ(state.level(), Level::township);
  EXPECT_TRUE(state.up(2));
  EXPECT_EQ(place(), "6301");
  EXPECT_EQ(state.level(), Level::county);
  EXPECT_TRUE(state.up(3));
  EXPECT_EQ(place(), "63");
  EXPECT_EQ(state.level(), Level::prefecture);
  EXPECT_FALSE(state.up(4));
  EXPECT_EQ(place(), "63");
}

TEST_F(ViewStateTest, SkipsLevelsWithoutBoundaries) {
  const test::SmallAtlas bare(false);
  ViewState view(bare.atlas, {}, size);
  EXPECT_FALSE(view.level_available(Level::township));
  view.set_level(Level::township);
  EXPECT_EQ(view.level(), Level::county);
  view.go_to(at("630101"), 0);
  EXPECT_EQ(view.level(), Level::village);
}

TEST_F(ViewStateTest, NeverShowsALevelCoarserThanThePlace) {
  state.go_to(at("630101"), 0);
  EXPECT_FALSE(state.level_available(Level::prefecture));
  state.set_level(Level::prefecture);
  EXPECT_EQ(state.level(), Level::township);
}

TEST_F(ViewStateTest, YearsFollowTheMap) {
  state.step_year(1);
  EXPECT_EQ(state.year(), 2017);
  state.step_year(1);
  EXPECT_EQ(state.year(), 2017);
  state.step_year(-5);
  EXPECT_EQ(state.year(), 2015);
  state.set_map("exits");
  EXPECT_EQ(state.year(), 2016) << "the nearest year the map has";
  state.set_year(2015);
  EXPECT_EQ(state.year(), 2016) << "a year the map does not have is ignored";
  state.set_map("late");
  EXPECT_EQ(state.year(), 2019);
}

TEST_F(ViewStateTest, ClassCountIsClampedAndForgottenWithTheMap) {
  state.set_class_count(40);
  EXPECT_EQ(state.classes().count, 9);
  state.set_class_count(0);
  EXPECT_EQ(state.classes().count, 2);
  state.set_method(geo::Method::equal);
  state.set_map("exits");
  EXPECT_FALSE(state.classes().method.has_value());
  EXPECT_FALSE(state.classes().count.has_value());
}

TEST_F(ViewStateTest, AJourneyEndsAtThePlaceAndAHandOnTheMapEndsTheJourney) {
  const Camera before = state.camera();
  state.go_to(at("6302"), 10);
  EXPECT_TRUE(state.flying());
  EXPECT_EQ(state.camera(), before);
  state.advance(10.1);
  EXPECT_TRUE(state.flying());
  EXPECT_NE(state.camera(), before);
  settle();
  EXPECT_FALSE(state.flying());
  EXPECT_TRUE(state.view().extent().contains(small.atlas.dataset.extent_of(at("6302")).centre()));
  state.home(20);
  state.pan(5, 0);
  EXPECT_FALSE(state.flying());
  EXPECT_FALSE(state.follows_place());
}

TEST_F(ViewStateTest, ResizingKeepsAFollowedPlaceWholeAndAChosenScaleAsItIs) {
  state.resize({400, 900});
  EXPECT_LE(state.view().extent().min_x, 0);
  EXPECT_GE(state.view().extent().max_x, 160000);
  state.zoom_at({200, 450}, 4);
  const double scale = state.camera().metres_per_pixel;
  state.resize({1200, 700});
  EXPECT_EQ(state.camera().metres_per_pixel, scale);
}

TEST_F(ViewStateTest, BreadcrumbRunsFromTheRootToThePlace) {
  state.go_to(at("630102001"), 0);
  const auto path = state.breadcrumb();
  ASSERT_EQ(path.size(), 4U);
  EXPECT_EQ(path[0], at("63"));
  EXPECT_EQ(path[1], at("6301"));
  EXPECT_EQ(path[3], at("630102001"));
}

TEST_F(ViewStateTest, TheRequestSaysWhatIsShown) {
  state.go_to(at("6302"), 0);
  settle();
  state.hover(at("630201"));
  state.set_theme(render::ThemeId::paper);
  const render::SheetRequest request = state.request();
  EXPECT_EQ(request.map, "rate");
  EXPECT_EQ(request.place, state.place());
  EXPECT_EQ(request.level, Level::county);
  EXPECT_EQ(request.theme, render::ThemeId::paper);
  EXPECT_EQ(request.hovered, at("630201"));
  EXPECT_EQ(request.width, size.width);
  EXPECT_FALSE(request.furniture);
  EXPECT_EQ(*request.view_metres_per_pixel, state.camera().metres_per_pixel);
}

}  // namespace
}  // namespace battlemap::app
