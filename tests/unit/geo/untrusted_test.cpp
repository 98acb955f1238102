// A project file may come from anybody: what it may make us open, and what happens with the rest.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "geo/error.hpp"
#include "geo/gdal_open.hpp"
#include "geo/table.hpp"
#include "geo/vector_source.hpp"
#include "layer_fixture.hpp"

namespace battlemap::geo {
namespace {

std::string table_error(const std::string& dataset, const std::string& layer = {}) {
  try {
    Table table(dataset, layer);
    table.read(std::vector<std::size_t>{0}, [](std::int64_t, auto) {});
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

std::string layer_error(const std::string& dataset) {
  try {
    const VectorSource source(dataset, "");
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

/// Both ways that a project's sources are opened must say so, and soon: nothing may hang.
void expect_refused(const std::string& dataset, const std::string& reason) {
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& error : {table_error(dataset), layer_error(dataset)}) {
    EXPECT_NE(error.find(reason), std::string::npos) << dataset << ": " << error;
    EXPECT_NE(error.find(dataset), std::string::npos) << error;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << dataset;
}

TEST(Untrusted, NetworkPathsAreRefusedUnlessTheProjectAllowsThem) {
  for (const char* dataset :
       {"/vsicurl/http://127.0.0.1:9/a.gpkg", "/vsizip//vsicurl/https://127.0.0.1:9/a.zip",
        "/vsis3/bucket/a.gpkg", "https://127.0.0.1:9/a.geojson", "HTTP://127.0.0.1:9/a.csv",
        "GeoJSON:http://127.0.0.1:9/a", "ftp://127.0.0.1/a", "WFS:http://127.0.0.1:9/wfs",
        "PG:host=127.0.0.1 port=9 dbname=x", "MYSQL:x,host=127.0.0.1,port=9", "postgresql://127.0.0.1:9/x",
        "/vsiwebhdfs/a.csv"})
    expect_refused(dataset, "reading over the network");
  // Allowed, it is tried: nobody listens at this port, and that is what the error is about.
  const QuietGdal quiet;
  try {
    open_vectors("PG:host=127.0.0.1 port=9 dbname=x connect_timeout=2", true);
    FAIL() << "opened";
  } catch (const Error& e) {
    EXPECT_EQ(std::string(e.what()).find("not allowed"), std::string::npos) << e.what();
    EXPECT_NE(std::string(e.what()).find("cannot be opened"), std::string::npos) << e.what();
  }
}

TEST(Untrusted, OtherVirtualFileSystemsAreRefused) {
  for (const char* dataset : {"/vsistdin/", "/vsimem/a.csv", "/vsisubfile/0_10,a.csv", "/vsisparse/a.xml",
                              "/vsicrypt/key=x,file=a.csv", "/vsicached?file=a.csv"})
    expect_refused(dataset, "only /vsizip/, /vsigzip/ and /vsitar/ are allowed");
  expect_refused("/vsizip//vsizip/a.zip/b.zip/c.csv", "archive inside another");
  expect_refused("/vsizip/" + (test_folder() / "none.zip").string() + "/a.csv", "no such archive");
}

TEST(Untrusted, FilesThatNameOtherFilesAreNotOpened) {
  const auto folder = test_folder();
  write_text(folder / "secret.csv", "code,value\n630105,secret\n");
  const std::string vrt =
      "<OGRVRTDataSource><OGRVRTLayer name=\"secret\"><SrcDataSource>" + (folder / "secret.csv").string() +
      "</SrcDataSource><SrcSQL>SELECT * FROM secret</SrcSQL></OGRVRTLayer></OGRVRTDataSource>";
  for (const char* name : {"a.vrt", "a.shp", "a.gpkg", "a.xml", "a"}) {
    write_text(folder / name, vrt);
    expect_refused((folder / name).string(), "cannot be opened");
  }
  EXPECT_NE(layer_error((folder / "a.vrt").string()).find("files of the kind OGR_VRT are not opened"),
            std::string::npos)
      << layer_error((folder / "a.vrt").string());
  expect_refused(vrt, "");  // the XML itself as a name
  EXPECT_EQ(table_error((folder / "secret.csv").string()), "no error");
}

TEST(Untrusted, OnlyDriversOfDivisionsAndTablesAreAllowed) {
  const auto folder = test_folder();
  write_text(folder / "a.gml",
             "<?xml version=\"1.0\"?><gml:FeatureCollection xmlns:gml=\"http://www.opengis.net/gml\" "
             "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"x "
             "http://127.0.0.1:9/a.xsd\">"
             "</gml:FeatureCollection>");
  write_text(folder / "a.gpx",
             "<?xml version=\"1.0\"?><gpx version=\"1.1\"><wpt lat=\"1\" lon=\"1\"/></gpx>");
  write_text(folder / "a.dxf", "  0\nSECTION\n  2\nENTITIES\n  0\nENDSEC\n  0\nEOF\n");
  for (const char* name : {"a.gml", "a.gpx", "a.dxf"})
    expect_refused((folder / name).string(), "are not opened from a project");
}

TEST(Untrusted, AVirtualTableInADatabaseOpensNoOtherFile) {
  const auto folder = test_folder();
  write_text(folder / "secret.csv", "code,value\n630105,secret\n");
  const auto file = folder / "trap.gpkg";
  write_layers(file, {{.name = "county", .features = {{"630105", "A", square(100, 36)}}}});
  {
    GDALDatasetUniquePtr gpkg(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
    ASSERT_TRUE(gpkg);
    const std::string sql =
        "INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql) VALUES('table','leak','leak',0,"
        "'CREATE VIRTUAL TABLE leak USING VirtualOGR(''" +
        (folder / "secret.csv").string() + "'')')";
    for (const std::string& each : {std::string("PRAGMA writable_schema=ON"), sql,
                                    std::string("INSERT INTO gpkg_contents(table_name,data_type,identifier) "
                                                "VALUES('leak','attributes','leak')")})
      gpkg->ExecuteSQL(each.c_str(), nullptr, nullptr);
  }
  std::string read;
  try {
    Table table(file.string(), "leak");
    std::vector<std::size_t> all(table.columns().size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    table.read(all, [&](std::int64_t, auto cells) {
      for (auto cell : cells) read += cell;
    });
  } catch (const Error&) {
  }
  EXPECT_EQ(read.find("secret"), std::string::npos) << read;
  EXPECT_EQ(table_error(file.string(), "county"), "no error");  // the rest still loads
}

TEST(Untrusted, PipesDevicesAndFoldersAreNoFiles) {
  const auto folder = test_folder();
  for (const char* name : {"pipe.csv", "pipe.xlsx", "pipe.gpkg"}) {
    ASSERT_EQ(mkfifo((folder / name).c_str(), 0600), 0);
    expect_refused((folder / name).string(), "is a pipe, not a file");
  }
  std::filesystem::create_symlink("/dev/zero", folder / "zero.csv");
  expect_refused((folder / "zero.csv").string(), "is a device, not a file");
  expect_refused("/dev/zero", "is a device, not a file");
  std::filesystem::create_directories(folder / "data.csv");
  write_text(folder / "data.csv" / "inner.csv", "a\n1\n");
  expect_refused((folder / "data.csv").string(), "is a folder; name one of its files (inner.csv)");
  std::filesystem::create_symlink(folder / "loop.csv", folder / "loop.csv");
  expect_refused((folder / "loop.csv").string(), "cannot be read");
  write_text(folder / "nothing.shp", "");
  expect_refused((folder / "nothing.shp").string(), "the file is empty");
}

TEST(Untrusted, PipesAndDevicesBesideAFileAreNotOpenedEither) {
  const auto folder = test_folder();
  for (const char* name : {"a.shp", "a.shx", "a.cpg", "b.gpkg"}) write_text(folder / name, "x");
  ASSERT_EQ(mkfifo((folder / "a.dbf").c_str(), 0600), 0);
  EXPECT_EQ(layer_error((folder / "a.shp").string()),
            (folder / "a.dbf").string() + ": is a pipe, not a file, and would be read with its neighbours; delete it");
  std::filesystem::remove(folder / "a.dbf");
  std::filesystem::remove(folder / "a.cpg");
  std::filesystem::create_symlink("/dev/zero", folder / "a.cpg");
  EXPECT_EQ(layer_error((folder / "a.shp").string()),
            (folder / "a.cpg").string() + ": is a device, not a file, and would be read with its neighbours; delete it");
  std::filesystem::create_directories(folder / "c.gdb");
  ASSERT_EQ(mkfifo((folder / "c.gdb" / "a00000001.gdbtable").c_str(), 0600), 0);
  EXPECT_NE(layer_error((folder / "c.gdb").string()).find("is a pipe, not a file"), std::string::npos);
  // Another file's neighbours do not matter.
  EXPECT_NE(layer_error((folder / "b.gpkg").string()).find("cannot be opened"), std::string::npos);
}

TEST(Untrusted, AFileThatMayNotBeReadSaysSo) {
  const auto folder = test_folder();
  write_text(folder / "closed.csv", "a\n1\n");
  std::filesystem::permissions(folder / "closed.csv", std::filesystem::perms::none);
  const bool root = geteuid() == 0;
  const int closed = root ? seteuid(65534) : 0;  // root may read everything
  const std::string error = table_error((folder / "closed.csv").string());
  const int opened = root ? seteuid(0) : 0;
  ASSERT_TRUE(closed == 0 && opened == 0);
  EXPECT_NE(error.find("check its permissions"), std::string::npos) << error;
  EXPECT_NE(error.find("Permission denied"), std::string::npos) << error;
}

TEST(Untrusted, AFileThatShrinksWhileReadIsReported) {
  const auto folder = test_folder();
  const std::string file = (folder / "shrinks.csv").string();
  std::string text = "code,value\n";
  while (text.size() < 3000000) text += "630105,1\n";
  write_text(file, text);
  Table table(file);
  std::size_t rows = 0;
  const std::vector<std::size_t> first{0};
  try {
    table.read(first, [&](std::int64_t, auto) {
      if (++rows == 10) std::filesystem::resize_file(file, 1000000);
    });
    FAIL() << "nobody noticed after " << rows << " rows";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("became shorter while it was being read"), std::string::npos)
        << e.what();
  }
}

}  // namespace
}  // namespace battlemap::geo
