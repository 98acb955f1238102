#include <gtest/gtest.h>

#include "app/window/keys.hpp"
#include "app/window/layout.hpp"
#include "app/window/request_key.hpp"
#include "app/window/scale_bar.hpp"
#include "app/window/timings.hpp"
#include "small_atlas.hpp"

namespace battlemap::app {
namespace {

TEST(Layout, PanelsAndMapTileTheWindow) {
  for (const bool open : {true, false})
    for (const auto& [w, h] : {std::pair{1440.0F, 900.0F}, {640.0F, 400.0F}, {3840.0F, 2160.0F}}) {
      const Layout l = lay_out(w, h, 1, {open, false, false});
      EXPECT_FLOAT_EQ(l.side.w + l.map.w, w);
      EXPECT_FLOAT_EQ(l.header.h + l.map.h + l.foot.h, h);
      EXPECT_FLOAT_EQ(l.map.y, l.header.bottom());
      EXPECT_FLOAT_EQ(l.foot.y, l.map.bottom());
      EXPECT_GT(l.map.w * l.map.h, (w > 1000 ? 0.6F : 0.3F) * w * h) << "the map dominates";
    }
  EXPECT_LT(lay_out(1440, 900, 1, {false, false, false}).side.w, lay_out(1440, 900, 1, {true, false, false}).side.w);
}

TEST(ScaleBar, IsARoundLengthThatFits) {
  for (double metres = 0.3; metres < 5000; metres *= 1.37) {
    const ScaleBar bar = scale_bar(metres, 140);
    EXPECT_LE(bar.px, 140);
    EXPECT_GT(bar.px, 140 / 2.6);
    EXPECT_NEAR(bar.px * metres, bar.metres, 1e-6 * bar.metres);
  }
  EXPECT_EQ(scale_bar(1000, 140).label, "100 km");
  EXPECT_EQ(scale_bar(2, 140).label, "200 m");
}

TEST(RequestKey, TellsWhichStageAChangeConcerns) {
  render::SheetRequest a;
  a.level = geo::Level::county;
  a.view_centre = geo::Point{1, 2};
  a.view_metres_per_pixel = 3;
  render::SheetRequest year = a, hover = a, pan = a, level = a, language = a;
  year.year = 2017;
  hover.hovered = geo::DivisionRef{geo::Level::county, 4};
  pan.view_centre = geo::Point{2, 2};
  level.level = geo::Level::village;
  language.language = geo::Language::en;
  EXPECT_TRUE(same_view(a, year) && !same_style(a, year) && !same_labels(a, year));
  EXPECT_TRUE(same_view(a, hover) && !same_style(a, hover) && same_labels(a, hover));
  EXPECT_TRUE(!same_view(a, pan) && same_style(a, pan) && !same_labels(a, pan));
  EXPECT_FALSE(same_view(a, level));
  EXPECT_TRUE(same_view(a, language) && same_style(a, language) && !same_labels(a, language));
}

TEST(Timings, SummariseInMilliseconds) {
  Timings timings;
  EXPECT_EQ(timings.summary("x"), "");
  for (int i = 1; i <= 100; ++i) timings.add(i);
  EXPECT_EQ(timings.summary("frame"), "frame: 100 x, median 50.0, p99 99.0, max 100.0 ms\n");
}

struct KeysTest : ::testing::Test {
  static std::shared_ptr<const render::Atlas> atlas() {
    auto made = std::make_shared<render::Atlas>(std::move(test::SmallAtlas().atlas));
    made->dataset.project.projection =
        "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35 +lon_0=96 +datum=WGS84 +units=m";
    return made;
  }
  Session session{atlas(), {}, {1000, 800}};
};

TEST_F(KeysTest, DoWhatTheHelpSays) {
  apply_key(session, *key_of_character(U'T'));
  EXPECT_EQ(session.view.theme(), render::ThemeId::paper);
  apply_key(session, *key_of_character(U'l'));
  EXPECT_EQ(session.view.language(), geo::Language::en);
  apply_key(session, Key::year_after);
  EXPECT_EQ(session.view.year(), 2017);
  apply_key(session, Key::year_before);
  EXPECT_EQ(session.view.year(), 2016);
  const double scale = session.view.camera().metres_per_pixel;
  apply_key(session, *key_of_character(U'+'));
  EXPECT_LT(session.view.camera().metres_per_pixel, scale);
  apply_key(session, Key::panel);
  EXPECT_FALSE(session.panel_open);
  apply_key(session, *key_of_character(U'f'));
  EXPECT_TRUE(session.panel_open && session.search.take_focus);
  apply_key(session, Key::full_screen);
  EXPECT_EQ(session.wishes, std::vector{Wish::full_screen});
  EXPECT_FALSE(key_of_character(U'x').has_value());
}

TEST_F(KeysTest, EnterOpensTheSelectedPlaceAndEscapeReturns) {
  const auto prefecture = *session.tree().find(*geo::Code::parse("6302"));
  session.view.select(session.tree().find(*geo::Code::parse("630201")));
  apply_key(session, Key::enter);
  EXPECT_EQ(session.view.place(), prefecture);
  apply_key(session, Key::help);
  apply_key(session, Key::back);
  EXPECT_FALSE(session.help_open);
  EXPECT_EQ(session.view.place(), prefecture) << "the first Escape only closes the help";
  apply_key(session, Key::back);
  EXPECT_EQ(session.tree()[session.view.place()].code.text(), "63");
}

TEST_F(KeysTest, SuggestsAFileNameThatSaysWhatIsShown) {
  EXPECT_EQ(suggested_file(session), "rate-63-2016.png");
}

TEST_F(KeysTest, SearchFindsByNameAndByCode) {
  set_search(session, "630201");
  ASSERT_FALSE(session.search.found.empty());
  EXPECT_EQ(session.tree()[session.search.found[0].ref].code.text(), "630201");
  set_search(session, "地方6301");
  EXPECT_FALSE(session.search.found.empty());
  set_search(session, "无此地");
  EXPECT_TRUE(session.search.found.empty());
}

}  // namespace
}  // namespace battlemap::app
