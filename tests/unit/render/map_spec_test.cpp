#include "render/map_spec.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "geo/error.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;

class MapFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(BATTLEMAP_TEST_OUT) / "map_spec" /
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  std::string failure(const std::string& text) {
    try {
      read_map(write("bad.toml", text));
    } catch (const geo::Error& e) {
      return e.what();
    }
    return "";
  }
  fs::path folder_;
};

TEST_F(MapFile, ReadsTheShippedMaps) {
  const auto maps = read_maps(fs::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/maps");
  ASSERT_EQ(maps.size(), 17U);
  EXPECT_TRUE(maps.back().is_board());
  EXPECT_EQ(maps.back().id, "progress");
  EXPECT_EQ(maps.front().id, "poverty-rate");
  EXPECT_EQ(maps.front().title.zh, "贫困发生率");
  EXPECT_EQ(find_map(maps, "rate-change").fill->kind, FillKind::diverging);
  EXPECT_TRUE(find_map(maps, "poor-village-share").fill->zero_class);
  ASSERT_TRUE(find_map(maps, "poor-population").circles.has_value());
  EXPECT_THROW(find_map(maps, "povrty-rate"), geo::UsageError);
}

TEST_F(MapFile, MissingPartsTakeDefaults) {
  const MapSpec map =
      read_map(write("m.toml", "id='a'\ntitle='题'\n[fill]\nindicator='x'\npalette='warm'\n"));
  EXPECT_EQ(map.fill->kind, FillKind::sequential);
  EXPECT_EQ(map.fill->count, 5);
  EXPECT_EQ(map.fill->method, geo::Method::natural);
  EXPECT_FALSE(map.circles.has_value());
}

TEST_F(MapFile, BreaksAloneMeanManual) {
  const MapSpec map = read_map(
      write("m.toml", "id='a'\ntitle='题'\n[fill]\nindicator='x'\npalette='warm'\nbreaks=[3, 10]\n"));
  EXPECT_EQ(map.fill->method, geo::Method::manual);
  EXPECT_EQ(map.fill->breaks, (std::vector<double>{3, 10}));
}

TEST_F(MapFile, EveryMethodIsRead) {
  const std::string head = "id='a'\ntitle='题'\n[fill]\nindicator='x'\npalette='warm'\n";
  for (const std::string_view id : geo::method_ids()) {
    std::string text = head + "method='" + std::string(id) + "'\n";
    if (id == "manual") text += "breaks=[3]\n";
    if (id == "defined") text += "interval=2.5\n";
    EXPECT_EQ(geo::method_id(read_map(write("m.toml", text)).fill->method), id);
  }
  const FillSpec box = *read_map(write("m.toml", head + "method='box'\nhinge=3\n")).fill;
  EXPECT_EQ(box.hinge, 3);
  const FillSpec deviations = *read_map(write("m.toml", head + "method='stddev'\nmultiples=[-1.5, 1.5]\n")).fill;
  EXPECT_EQ(deviations.multiples, (std::vector<double>{-1.5, 1.5}));
  EXPECT_EQ(read_map(write("m.toml", head + "method='headtail'\n")).fill->count, 9);
}

TEST_F(MapFile, ClustersAndPairsHaveTheirOwnKeys) {
  const std::string head = "id='a'\ntitle='题'\n[fill]\nindicator='x'\npalette='warm'\n";
  const FillSpec clusters = *read_map(write("m.toml", head + "kind='clusters'\npermutations=99\nseed=7\n")).fill;
  EXPECT_EQ(clusters.permutations, 99);
  EXPECT_EQ(clusters.seed, 7);
  EXPECT_EQ(clusters.significance, 0.05);
  const FillSpec pair = *read_map(write("m.toml", head + "kind='bivariate'\nsecond='y'\n")).fill;
  EXPECT_EQ(pair.second, "y");
  EXPECT_EQ(pair.method, geo::Method::quantile);
  EXPECT_NE(failure(head + "kind='clusters'\ncount=5\n").find("count"), std::string::npos);
  EXPECT_NE(failure(head + "kind='clusters'\nsignificance=2\n").find("0.05"), std::string::npos);
  EXPECT_NE(failure(head + "kind='bivariate'\n").find("second"), std::string::npos);
  EXPECT_NE(failure(head + "kind='bivariate'\nsecond='y'\nmethod='box'\n").find("quantile"), std::string::npos);
  EXPECT_NE(failure(head + "kind='bivariate'\nsecond='y'\nbreaks=[1, 2]\n").find("second_breaks"), std::string::npos);
}

TEST_F(MapFile, KeysOfOtherMethodsAreRefusedWithTheirLine) {
  const std::string head = "id='a'\ntitle='题'\n[fill]\nindicator='x'\npalette='warm'\n";
  EXPECT_NE(failure(head + "hinge=2\n").find("bad.toml:6: key 'hinge' is for method \"box\""), std::string::npos);
  EXPECT_NE(failure(head + "method='box'\ninterval=2\n").find("bad.toml:7"), std::string::npos);
  EXPECT_NE(failure(head + "method='defined'\n").find("interval = 5"), std::string::npos);
  EXPECT_NE(failure(head + "method='defined'\ninterval=0\n").find("bad.toml:7"), std::string::npos);
  EXPECT_NE(failure(head + "method='stddev'\nmultiples=[1, 1]\n").find("ascending"), std::string::npos);
  EXPECT_NE(failure(head + "kind='diverging'\nmethod='box'\n").find("midpoint"), std::string::npos);
  EXPECT_NE(failure(head + "method='unclassed'\nzero_class=true\n").find("ramp"), std::string::npos);
}

TEST_F(MapFile, ErrorsNameFileLineAndKey) {
  const std::string head = "id='a'\ntitle='题'\n";
  EXPECT_NE(failure(head + "[fill]\nindicator='x'\npalete='warm'\n").find("palet"), std::string::npos);
  const std::string count = failure(head + "[fill]\nindicator='x'\npalette='warm'\ncount=12\n");
  EXPECT_NE(count.find("bad.toml:6"), std::string::npos) << count;
  EXPECT_NE(count.find("count"), std::string::npos);
  EXPECT_NE(failure(head + "[fill]\nindicator='x'\npalette='warm'\nbreaks=[9, 3]\n").find("ascending"),
            std::string::npos);
  EXPECT_NE(failure(head + "[fill]\nindicator='x'\npalette='warm'\nmethod='manual'\n").find("breaks"),
            std::string::npos);
  EXPECT_NE(failure(head + "[fill]\nindicator='x'\npalette='warm'\nkind='divergin'\n").find("diverging"),
            std::string::npos);
  EXPECT_FALSE(failure("title='题'\n").empty());
  EXPECT_FALSE(failure("[[[").empty());
}

TEST_F(MapFile, TwoMapsWithOneIdNameBothFiles) {
  const std::string text = "id='a'\ntitle='题'\n[fill]\nindicator='x'\npalette='warm'\n";
  write("one.toml", text), write("two.toml", text);
  try {
    read_maps(folder_);
    FAIL();
  } catch (const geo::Error& e) {
    EXPECT_NE(std::string(e.what()).find("one.toml"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("two.toml"), std::string::npos);
  }
}

TEST_F(MapFile, AFolderWithoutMapsSaysSo) {
  EXPECT_THROW(read_maps(folder_), geo::Error);
  EXPECT_THROW(read_maps(folder_ / "none"), geo::Error);
}

}  // namespace
}  // namespace battlemap::render
