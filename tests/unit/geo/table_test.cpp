#include "geo/table.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "table_project.hpp"

namespace battlemap::geo {
namespace {

using TableCells = std::vector<std::vector<std::string>>;

TableCells read_all(Table& table) {
  std::vector<std::size_t> fields(table.columns().size());
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i] = i;
  TableCells rows;
  table.read(fields, [&](std::int64_t row, std::span<const std::string_view> cells) {
    rows.push_back({std::to_string(row)});
    rows.back().insert(rows.back().end(), cells.begin(), cells.end());
  });
  return rows;
}

class TableTest : public TableProject {
 protected:
  std::string error_of(const std::string& dataset, const std::string& layer = {}) {
    try {
      Table table(dataset, layer);
      read_all(table);
    } catch (const Error& e) {
      return e.what();
    }
    return "no error";
  }
};

TEST_F(TableTest, KeepsCodesAsTextAndSkipsTheByteOrderMark) {
  Table table(write("a.csv",
                    "\xEF\xBB\xBF"
                    "code,2015,poor\r\n063,1,\"1,234\"\r\n007, 2 ,\r\n"));
  EXPECT_EQ(table.columns(),
            (std::vector<std::string>{"code", "2015", "poor"}));  // a header even with a number
  EXPECT_EQ(read_all(table), (TableCells{{"2", "063", "1", "1,234"}, {"3", "007", " 2 ", ""}}));
  EXPECT_EQ(table.find("poor"), 2U);
  EXPECT_FALSE(table.find("rich"));
}

TEST_F(TableTest, ReadsOnlyTheColumnsAskedForInTheirOrder) {
  Table table(write("a.csv", "a,b,c\n1,2,3\n"));
  const std::vector<std::size_t> fields{2, 0};
  std::vector<std::string> cells;
  table.read(fields, [&](std::int64_t, auto row) { cells.assign(row.begin(), row.end()); });
  EXPECT_EQ(cells, (std::vector<std::string>{"3", "1"}));
}

TEST_F(TableTest, ReadsGb18030) {
  Table table(write("gbk.csv", "code,\xC3\xFB\xB3\xC6\n1,\xC7\xE0\xBA\xA3\n"));
  EXPECT_EQ(table.columns()[1], "名称");
  EXPECT_EQ(read_all(table)[0][2], "青海");
}

TEST_F(TableTest, ReadsTypedColumnsAsExactText) {
  GDALAllRegister();
  const std::string file = (folder_ / "t.gpkg").string();
  {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    GDALDatasetUniquePtr dataset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRLayer* layer = dataset->CreateLayer("facts", nullptr, wkbNone);
    OGRFieldDefn code("code", OFTInteger64), real("real", OFTReal), text("text", OFTString);
    layer->CreateField(&code), layer->CreateField(&real), layer->CreateField(&text);
    OGRFeature feature(layer->GetLayerDefn());
    feature.SetField("code", static_cast<GIntBig>(630101100201));
    feature.SetField("real", 0.1 + 0.2);
    ASSERT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
  }
  Table table(file, "facts");
  EXPECT_EQ(read_all(table), (TableCells{{"1", "630101100201", "0.30000000000000004", ""}}));
  EXPECT_NE(error_of(file, "fact").find("nearest: facts"), std::string::npos) << error_of(file, "fact");
}

TEST_F(TableTest, SaysWhyATableCannotBeRead) {
  EXPECT_NE(error_of((folder_ / "none.csv").string()).find("no such file"), std::string::npos);
  EXPECT_NE(error_of(write("empty.csv", "")).find("empty"), std::string::npos);
  EXPECT_NE(error_of(write("not.gpkg", "rubbish")).find("cannot be opened"), std::string::npos);
  for (const char* remote :
       {"https://example.org/a.csv", "/vsicurl/http://example.org/a.csv", "/vsizip//vsis3/b/a.zip"})
    EXPECT_NE(error_of(remote).find("reading over the network"), std::string::npos) << remote;
}

TEST_F(TableTest, ShortAndLongLinesDoNotShiftColumns) {
  Table table(write("a.csv", "a,b,c\n1\n1,2,3,4\n\"x\"\"y\",\"two\nlines\",3\n"));
  EXPECT_EQ(read_all(table),
            (TableCells{{"2", "1", "", ""}, {"3", "1", "2", "3"}, {"4", "x\"y", "two\nlines", "3"}}));
}

}  // namespace
}  // namespace battlemap::geo
