// Boundary layers as they come, each named for what is wrong with it: the exact report, and what still loads.
#include "geo/boundaries.hpp"
#include "odd_layer.hpp"

namespace battlemap::geo {
namespace {

struct OddLayer {
  const char* what;
  std::vector<std::string> features;
  const char* loads;  ///< codes
  std::vector<std::string> report;
};

void PrintTo(const OddLayer& odd, std::ostream* out) {
  *out << odd.what;
}

std::string codes_of(const std::vector<DivisionTree::Entry>& entries) {
  std::string text;
  for (const auto& entry : entries) text += (text.empty() ? "" : " ") + entry.code.text();
  return text;
}

/// A square one of whose corners is given a thousand times.
std::string many_times() {
  std::string corner;
  for (int i = 0; i < 1000; ++i) corner += "[102,36],";
  return odd_polygon(("[[[101,36]," + corner + "[102,37],[101,37],[101,36]]]").c_str());
}

class OddLayers : public ::testing::TestWithParam<OddLayer> {};

TEST_P(OddLayers, AreReportedAndTheRestLoads) {
  BoundarySource source;
  source.dataset = write_odd_geojson("odd.geojson", GetParam().features);
  Problems problems;
  const BoundaryLayer layer = read_boundaries(source, odd_plane, problems);
  EXPECT_EQ(codes_of(layer.entries), GetParam().loads) << GetParam().what;
  EXPECT_EQ(lines_of(problems), GetParam().report) << GetParam().what;
  for (const Problem& problem : problems) EXPECT_EQ(problem.source, "odd.geojson (odd)");
}

const std::string odd_good = odd_county("630101", 100);
const std::vector<OddLayer> odd_layers{
    {"nothing wrong", {odd_good, odd_county("630102", 101)}, "630101 630102", {}},
    {"a bow tie",
     {odd_good, odd_county("630102", 0, odd_polygon("[[[101,36],[102,37],[102,36],[101,37],[101,36]]]"))},
     "630101 630102",
     {"invalid_geometry 1 630102: feature 1: Self-intersection[101.5 36.5]; repaired; before, its parts "
      "cancelled each other's area out"}},
    {"a hole outside",
     {odd_good,
      odd_county(
          "630102", 0,
          odd_polygon("[[[101,36],[102,36],[102,37],[101,36]],[[105,36],[106,36],[106,37],[105,36]]]"))},
     "630101 630102",
     {"invalid_geometry 1 630102: feature 1: Hole lies outside shell[106 37]; repaired; before, its parts "
      "cancelled each other's area out"}},
    {"a spike",
     {odd_good,
      odd_county("630102", 0, odd_polygon("[[[101,36],[102,36],[104,36],[102,36],[102,37],[101,36]]]"))},
     "630101 630102",
     {"invalid_geometry 1 630102: feature 1: Self-intersection[104 36]; repaired, its area changed by "
      "+0.000 %"}},
    {"a polygon without area",
     {odd_good, odd_county("630102", 0, odd_polygon("[[[101,36],[102,37],[101,36]]]"))},
     "630101",
     {"empty_geometry 1 630102: feature 1: has no polygon; left out"}},
    {"a polygon flat as a line",
     {odd_good, odd_county("630102", 0, odd_polygon("[[[101,36],[102,37],[103,38],[101,36]]]"))},
     "630101",
     {"invalid_geometry 1 630102: feature 1: Self-intersection[102 37]; nothing of it encloses an area; "
      "left out"}},
    {"a polygon not closed",
     {odd_good, odd_county("630102", 0, odd_polygon("[[[101,36],[102,36],[102,37]]]"))},
     "630101 630102",
     {}},
    {"no geometry",
     {odd_good, odd_county("630102", 0, "null")},
     "630101",
     {"empty_geometry 1 630102: feature 1: has no polygon; left out"}},
    {"an empty polygon",
     {odd_good, odd_county("630102", 0, odd_polygon("[]"))},
     "630101",
     {"empty_geometry 1 630102: feature 1: has no polygon; left out"}},
    {"a point",
     {odd_good, odd_county("630102", 0, "{\"type\":\"Point\",\"coordinates\":[101,36]}")},
     "630101",
     {"wrong_geometry_type 1 630102: feature 1: is a POINT, not a polygon; left out"}},
    {"a line",
     {odd_good, odd_county("630102", 0, "{\"type\":\"LineString\",\"coordinates\":[[101,36],[102,37]]}")},
     "630101",
     {"wrong_geometry_type 1 630102: feature 1: is a LINESTRING, not a polygon; left out"}},
    {"a collection of a point and a polygon",
     {odd_good,
      odd_county(
          "630102", 0,
          "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,1]}," +
              odd_box(101, 36) + "]}")},
     "630101 630102",
     {"mixed_geometry 1 630102: feature 1: is a collection; only the polygons in it were taken"}},
    {"a code twice",
     {odd_good, odd_county("630101", 101)},
     "630101",
     {"duplicate_code 1 630101: feature 1: the code stands in feature 0 already; left out"}},
    {"a code under two spellings",
     {odd_good, odd_county("630101000000", 101)},
     "630101",
     {"duplicate_code 1 630101: feature 1: the code stands in feature 0 already; left out"}},
    {"an empty code",
     {odd_good, odd_county("", 101)},
     "630101",
     {"missing_code 1 -: feature 1: field 'code' is empty; left out"}},
    {"a code that is null",
     {odd_good, odd_feature("\"code\":null,\"name\":\"x\"", odd_box(101, 36))},
     "630101",
     {"missing_code 1 -: feature 1: field 'code' is empty; left out"}},
    {"letters for a code",
     {odd_good, odd_county("6301x2", 101)},
     "630101",
     {"bad_code 1 6301x2: feature 1: '6301x2' in field 'code' is no county code (6 digits, further ones "
      "zero); left out"}},
    {"a code of a finer level",
     {odd_good, odd_county("630102001", 101)},
     "630101",
     {"bad_code 1 630102001: feature 1: '630102001' in field 'code' is the code of a township, not of a "
      "county; set level = \"several\" when the layer holds both; left out"}},
    {"a code with a decimal",
     {odd_good, odd_county("630102.0", 101)},
     "630101 630102",
     {"repaired_code 1 630102: feature 1: '630102.0' in field 'code' was read as 630102"}},
    {"codes as numbers",
     {odd_feature("\"code\":630101,\"name\":\"a\"", odd_box(100, 36)),
      odd_feature("\"code\":630102,\"name\":\"b\"", odd_box(101, 36))},
     "630101 630102",
     {"numeric_code 0 -: field 'code' stores codes as numbers; they were read as text of whole numbers, "
      "but a number loses leading zeros: store codes as text"}},
    {"codes under another name",
     {odd_feature("\"OBJECTID\":1,\"PAC\":\"630101\",\"SHENG\":\"630000\",\"MC\":\"城东区\"",
                  odd_box(100, 36)),
      odd_feature("\"OBJECTID\":2,\"PAC\":\"630102\",\"SHENG\":\"630000\",\"MC\":\"城北区\"",
                  odd_box(101, 36))},
     "630101 630102",
     {"found_field 0 -: no field is called code; codes were found in 'PAC' (2 different ones); set "
      "code_field when that is wrong",
      "found_field 0 -: no field is called name; names were found in 'MC'; set name_field when that is "
      "wrong"}},
    {"codes without names", {odd_feature("\"code\":\"630101\"", odd_box(100, 36))}, "630101", {}},
    {"a place at the pole",
     {odd_good, odd_county("630102", 0, odd_polygon("[[[101,89],[102,89],[102,95],[101,89]]]"))},
     "630101",
     {"outside_projection 1 630102: feature 1: has points that cannot be projected (are longitude and "
      "latitude swapped?); left out"}},
    {"a hostile name",
     {odd_good, odd_feature("\"code\":\"630102\",\"name\":\"\\u001b[2J\\u202e%s%n\"", odd_box(101, 36))},
     "630101 630102",
     {"odd_name 1 630102: feature 1: its name '\\x1B[2J<U+202E>%s%n' is too long or holds characters that "
      "cannot be seen; '[2J%s%n' is shown"}},
    {"a name of 10,000 characters",
     {odd_good,
      odd_feature("\"code\":\"630102\",\"name\":\"" + std::string(10000, 'x') + "\"", odd_box(101, 36))},
     "630101 630102",
     {"odd_name 1 630102: feature 1: its name 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx … (9940 "
      "characters left out) … xxxxxxxxxxxxxxxxxxxx' is too long or holds characters that cannot be seen; "
      "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
      "' "
      "is shown"}},
    {"a hostile code",
     {odd_good, odd_feature("\"code\":\"\\u001b[2J%n%s\"", odd_box(101, 36))},
     "630101",
     {"bad_code 1 \\x1B[2J%n%s: feature 1: '\\x1B[2J%n%s' in field 'code' is no county code (6 digits, "
      "further ones zero); left out"}},
    {"a code of 10,000 digits",
     {odd_good, odd_feature("\"code\":\"" + std::string(10000, '6') + "\"", odd_box(101, 36))},
     "630101",
     {"bad_code 1 66666666666666666666666666666666666666666666666666666666666666666666666666666666 … "
      "(9880 characters left out) … 6666666666666666666666666666666666666666: feature 1: "
      "'6666666666666666666666666666666666666666 … (9940 characters left out) … 66666666666666666666' in "
      "field 'code' is no county code (6 digits, further ones zero); left out"}},
    {"full-width codes",
     {odd_good, odd_county("６３０１０２", 101)},
     "630101 630102",
     {"repaired_code 1 630102: feature 1: '６３０１０２' in field 'code' was read as 630102"}},
    {"a code of a coarser level",
     {odd_good, odd_county("6301", 101)},
     "630101",
     {"bad_code 1 6301: feature 1: '6301' in field 'code' is the code of a prefecture, not of a county; "
      "set level = \"several\" when the layer holds both; left out"}},
    {"a multipolygon whose parts overlap",
     {odd_good, odd_county("630102", 0,
                           "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[101,36],[102,36],[102,37],[101,37]"
                           ",[101,36]]],[[[101.5,36],[102.5,36],[102.5,37],[101.5,37],[101.5,36]]]]}")},
     "630101 630102",
     {"invalid_geometry 1 630102: feature 1: Self-intersection[102 36]; repaired, its area changed by "
      "-25.000 %"}},
    {"a ring the wrong way round",
     {odd_good, odd_county("630102", 0, odd_polygon("[[[101,36],[101,37],[102,37],[102,36],[101,36]]]"))},
     "630101 630102",
     {}},
    {"longitude and latitude swapped",
     {odd_good, odd_county("630102", 0, odd_polygon("[[[36,101],[37,101],[37,102],[36,102],[36,101]]]"))},
     "630101",
     {"outside_projection 1 630102: feature 1: has points that cannot be projected (are longitude and "
      "latitude swapped?); left out"}},
    {"coordinates of three numbers",
     {odd_good,
      odd_county("630102", 0, odd_polygon("[[[101,36,5],[102,36,5],[102,37,5],[101,37,5],[101,36,5]]]"))},
     "630101 630102",
     {}},
    {"a point a thousand times", {odd_good, odd_county("630102", 0, many_times())}, "630101 630102", {}},
};
INSTANTIATE_TEST_SUITE_P(Geo, OddLayers, ::testing::ValuesIn(odd_layers));

}  // namespace
}  // namespace battlemap::geo
