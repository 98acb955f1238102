#pragma once
#include <fmt/format.h>

#include "geo/harmless.hpp"
#include "layer_fixture.hpp"

namespace battlemap::geo {

inline const std::string odd_plane =
    "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m";

/// One GeoJSON feature; `geometry` as GeoJSON, `fields` as JSON members.
inline std::string odd_feature(const std::string& fields, const std::string& geometry) {
  return "{\"type\":\"Feature\",\"properties\":{" + fields + "},\"geometry\":" + geometry + "}";
}
inline std::string odd_box(double x, double y, double side = 1) {
  return fmt::format(
      "{{\"type\":\"Polygon\",\"coordinates\":[[[{0},{1}],[{2},{1}],[{2},{3}],[{0},{3}],[{0},{1}]]]}}", x, y,
      x + side, y + side);
}
inline std::string odd_county(const char* code, double x, const std::string& geometry = "") {
  return odd_feature(fmt::format("\"code\":\"{0}\",\"name\":\"N{0}\"", code),
                     geometry.empty() ? odd_box(x, 36) : geometry);
}
inline std::string odd_polygon(const char* coordinates) {
  return std::string("{\"type\":\"Polygon\",\"coordinates\":") + coordinates + "}";
}

inline std::string write_odd_geojson(const std::string& name, const std::vector<std::string>& features) {
  std::string stem = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::replace(stem.begin(), stem.end(), '/', '_');
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "odd-layers" / stem;
  std::filesystem::create_directories(folder);
  std::string text = "{\"type\":\"FeatureCollection\",\"features\":[";
  for (const std::string& each : features) text += each + (&each == &features.back() ? "" : ",");
  write_text(folder / name, text + "]}");
  return (folder / name).string();
}

/// Every problem as "kind row code: message" ("-": no code), as check shows it.
inline std::vector<std::string> lines_of(const Problems& problems) {
  std::vector<std::string> lines;
  for (const Problem& p : problems)
    lines.push_back(fmt::format("{} {} {}: {}", p.kind, p.row, p.code.empty() ? "-" : harmless(p.code, 120),
                                harmless(p.message)));
  return lines;
}

}  // namespace battlemap::geo
