// Every kind of vector file that a project may name gives the same divisions, in whatever coordinate system
// it is.
#include <geodesic.h>

#include "geo/boundaries.hpp"
#include "geo/projection.hpp"
#include "odd_layer.hpp"

namespace battlemap::geo {
namespace {

struct FileKind {
  const char *driver, *file;
  int epsg = 4326;
};

void PrintTo(const FileKind& kind, std::ostream* out) {
  *out << kind.driver << " EPSG " << kind.epsg;
}

class BoundaryKinds : public ::testing::TestWithParam<FileKind> {
 protected:
  std::filesystem::path folder() const {
    std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::replace(name.begin(), name.end(), '/', '_');
    const auto path = std::filesystem::path(BATTLEMAP_TEST_OUT) / "boundary-kinds" / name;
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
    return path;
  }
};

/// A county of some 120 km2 in WGS 84 degrees.
const std::string outline = "POLYGON((101.7 36.5,101.8 36.5,101.82 36.6,101.7 36.62,101.7 36.5))";
constexpr Point corners[] = {{101.7, 36.5}, {101.8, 36.5}, {101.82, 36.6}, {101.7, 36.62}};

/// By Karney's algorithm on the ellipsoid.
double geodesic_area() {
  geod_geodesic earth;
  geod_init(&earth, 6378137, 1 / 298.257223563);
  double lat[4], lon[4], area = 0, around = 0;
  for (int i = 0; i < 4; ++i) lon[i] = corners[i].x, lat[i] = corners[i].y;
  geod_polygonarea(&earth, lat, lon, 4, &area, &around);
  return area;
}

void write_kind(const std::string& file, const FileKind& kind) {
  GDALAllRegister();
  OGRSpatialReference degrees, wanted;
  degrees.importFromEPSG(4326), wanted.importFromEPSG(kind.epsg);
  degrees.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER),
      wanted.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  GDALDatasetUniquePtr data(GetGDALDriverManager()
                                ->GetDriverByName(kind.driver)
                                ->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  ASSERT_TRUE(data);
  const bool shapefile = std::string_view(kind.driver) == "ESRI Shapefile";
  const char* options[] = {"ENCODING=UTF-8", nullptr};
  OGRLayer* layer =
      data->CreateLayer("county", &wanted, wkbPolygon, shapefile ? const_cast<char**>(options) : nullptr);
  ASSERT_NE(layer, nullptr);
  OGRFieldDefn code("code", OFTString), name("name", OFTString);
  code.SetWidth(12), name.SetWidth(60);
  layer->CreateField(&code), layer->CreateField(&name);
  OGRFeature feature(layer->GetLayerDefn());
  feature.SetField("code", "630105"), feature.SetField("name", "城北区");
  OGRGeometry* geometry = nullptr;
  OGRGeometryFactory::createFromWkt(outline.c_str(), &degrees, &geometry);
  ASSERT_EQ(geometry->transformTo(&wanted), OGRERR_NONE);
  feature.SetGeometryDirectly(geometry);
  ASSERT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
}

TEST_P(BoundaryKinds, GiveTheSameDivisions) {
  BoundarySource source;
  source.dataset = (folder() / GetParam().file).string();
  write_kind(source.dataset, GetParam());
  Problems problems;
  const BoundaryLayer layer = read_boundaries(source, odd_plane, problems);
  EXPECT_EQ(lines_of(problems), std::vector<std::string>{});
  ASSERT_EQ(layer.entries.size(), 1U);
  EXPECT_EQ(layer.entries[0].code.text(), "630105");
  EXPECT_EQ(layer.entries[0].name, "城北区");
  ASSERT_EQ(layer.polygons.points.size(), 4U);
  for (const Point corner : corners) {
    const Point wanted = Projection(odd_plane).forward(corner);
    double nearest = 1e9;
    for (const Point p : layer.polygons.points) nearest = std::min(nearest, distance(p, wanted));
    EXPECT_LT(nearest,
              0.5);  // metres: files keep 7 digits of a degree, datums of China and the world differ by less
  }
  EXPECT_NEAR(polygon_area(layer.polygons, 0) / geodesic_area(), 1, 1e-5);
}

INSTANTIATE_TEST_SUITE_P(
    Geo, BoundaryKinds,
    ::testing::Values(FileKind{"GPKG", "a.gpkg"}, FileKind{"ESRI Shapefile", "a.shp"},
                      FileKind{"GeoJSON", "a.geojson"}, FileKind{"GeoJSONSeq", "a.geojsonl"},
                      FileKind{"FlatGeobuf", "a.fgb"}, FileKind{"KML", "a.kml"}, FileKind{"LIBKML", "b.kml"},
                      FileKind{"LIBKML", "a.kmz"}, FileKind{"MapInfo File", "a.tab"},
                      FileKind{"OpenFileGDB", "a.gdb"}, FileKind{"GPKG", "c.gpkg", 4490},
                      FileKind{"GPKG", "u.gpkg", 32647}, FileKind{"ESRI Shapefile", "g.shp", 4525},
                      FileKind{"GPKG", "m.gpkg", 3857}, FileKind{"FlatGeobuf", "b.fgb", 4610}));

TEST(BoundaryKindsOdd, OutlinesAsTextInACsv) {
  const auto file = test_folder() / "a.csv";
  write_text(file, "code,name,WKT\n630105,城北区,\"" + outline + "\"\n63x,a,\"" + outline +
                       "\"\n630103,b,\n630104,c,POINT(1 2)\n");
  BoundarySource source;
  source.dataset = file.string();
  Problems problems;
  const BoundaryLayer layer = read_boundaries(source, odd_plane, problems);
  ASSERT_EQ(layer.entries.size(), 1U);
  EXPECT_EQ(layer.entries[0].name, "城北区");
  EXPECT_EQ(lines_of(problems),  // rows as a spreadsheet counts them
            (std::vector<std::string>{
                "bad_code 3 63x: feature 3: '63x' in field 'code' is no county code (6 digits, further ones "
                "zero); left out",
                "empty_geometry 4 630103: feature 4: has no polygon; left out",
                "wrong_geometry_type 5 630104: feature 5: is a POINT, not a polygon; left out"}));
}

}  // namespace
}  // namespace battlemap::geo
