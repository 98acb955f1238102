// Spreadsheets and files that change under our hands: what is read of them, and the exact report.
#include <cpl_vsi.h>

#include "geo/gdal_open.hpp"
#include "geo/vector_source.hpp"
#include "layer_fixture.hpp"
#include "odd_table.hpp"

namespace battlemap::geo {
namespace {

/// Cells as a spreadsheet program writes them: numbers begin with '=', errors with '#', others are texts.
using Sheet = std::vector<std::vector<std::string>>;

void write_member(const std::string& archive, const std::string& name, const std::string& text) {
  VSILFILE* file = VSIFOpenL(("/vsizip/" + archive + "/" + name).c_str(), "wb");
  ASSERT_NE(file, nullptr) << name;
  VSIFWriteL(text.data(), 1, text.size(), file);
  VSIFCloseL(file);
}

std::string sheet_xml(const Sheet& sheet, const std::string& merged) {
  std::string xml =
      "<?xml version=\"1.0\"?><worksheet "
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
  for (std::size_t r = 0; r < sheet.size(); ++r) {
    if (sheet[r].empty()) continue;  // as programs leave out empty rows
    xml += fmt::format("<row r=\"{}\">", r + 1);
    for (std::size_t c = 0; c < sheet[r].size(); ++c) {
      const std::string& cell = sheet[r][c];
      const std::string at = static_cast<char>('A' + c) + std::to_string(r + 1);
      if (cell.starts_with('='))
        xml += fmt::format("<c r=\"{}\"><v>{}</v></c>", at, cell.substr(1));
      else if (cell.starts_with('#'))
        xml += fmt::format("<c r=\"{}\" t=\"e\"><v>{}</v></c>", at, cell);
      else if (!cell.empty())
        xml += fmt::format("<c r=\"{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", at, cell);
    }
    xml += "</row>";
  }
  return xml + "</sheetData>" + merged + "</worksheet>";
}

/// `merged`: ranges of the first sheet, "A1:A2".
void write_xlsx(const std::string& file, const std::vector<std::pair<std::string, Sheet>>& sheets,
                const std::vector<std::string>& merged = {}) {
  constexpr const char* office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  constexpr const char* package = "http://schemas.openxmlformats.org/package/2006";
  constexpr const char* kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  VSIUnlink(file.c_str());
  std::string types, names, links, ranges;
  for (std::size_t i = 1; i <= sheets.size(); ++i) {
    types += fmt::format(
        "<Override PartName=\"/xl/worksheets/sheet{}.xml\" ContentType=\"{}worksheet+xml\"/>", i, kind);
    names += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", sheets[i - 1].first, i, i);
    links += fmt::format(
        "<Relationship Id=\"rId{0}\" Type=\"{1}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>", i, office);
  }
  for (const std::string& range : merged) ranges += "<mergeCell ref=\"" + range + "\"/>";
  if (!ranges.empty()) ranges = "<mergeCells>" + ranges + "</mergeCells>";
  // The archive stays open while this handle does, so that members are added to it.
  VSILFILE* archive = VSIFOpenL(("/vsizip/" + file).c_str(), "wb");
  ASSERT_NE(archive, nullptr);
  write_member(
      file, "[Content_Types].xml",
      fmt::format("<Types xmlns=\"{}/content-types\"><Default Extension=\"rels\" "
                  "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
                  "PartName=\"/xl/workbook.xml\" ContentType=\"{}sheet.main+xml\"/>{}</Types>",
                  package, kind, types));
  write_member(file, "_rels/.rels",
               fmt::format("<Relationships xmlns=\"{}/relationships\"><Relationship Id=\"rId1\" "
                           "Type=\"{}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
                           package, office));
  write_member(file, "xl/workbook.xml",
               fmt::format("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                           "xmlns:r=\"{}\"><sheets>{}</sheets></workbook>",
                           office, names));
  write_member(file, "xl/_rels/workbook.xml.rels",
               fmt::format("<Relationships xmlns=\"{}/relationships\">{}</Relationships>", package, links));
  for (std::size_t i = 1; i <= sheets.size(); ++i)
    write_member(file, fmt::format("xl/worksheets/sheet{}.xml", i),
                 sheet_xml(sheets[i - 1].second, i == 1 ? ranges : ""));
  VSIFCloseL(archive);
}

/// The counties of OddTables with a spreadsheet.
class OddSheets : public OddCounties {
 protected:
  StatisticsSource& add_sheets(const std::vector<std::pair<std::string, Sheet>>& sheets,
                               const std::vector<std::string>& merged = {}) {
    GDALAllRegister();
    StatisticsSource& source = add_table("odd.xlsx", "", Level::county);
    write_xlsx(source.dataset, sheets, merged);
    return source;
  }
  void expect(const char* loads, const std::vector<std::string>& report) {
    join();
    EXPECT_EQ(loaded(), loads);
    EXPECT_EQ(reported(), report);
  }
};

TEST_F(OddSheets, CodesYearsAndCountsAsNumbers) {
  add_sheets(
      {{"表1", {{"code", "year", "poor"}, {"=630101", "=2016", "=1234"}, {"=630102", "=2016.0", "=2"}}}});
  expect("1234 2 ?", {"no row: 630103"});
}

TEST_F(OddSheets, FormulasThatFailed) {
  add_sheets(
      {{"表1", {{"code", "year", "poor"}, {"630101", "2016", "#DIV/0!"}, {"630102", "2016", "#N/A"}}}});
  expect(
      "? ? ?",
      {"formula_error 2 630101: row 2: column poor of 630101 holds '#DIV/0!', a formula that failed; taken "
       "as no data",
       "no row: 630103"});
}

TEST_F(OddSheets, TitlesAndEmptyRowsAboveAndBetween) {
  add_sheets({{"表1",
               {{"青海省统计表"},
                {},
                {"code", "year", "poor"},
                {"630101", "2016", "1"},
                {},
                {"630108", "2016", "2"}}}},
             {"A1:C1"});
  expect(
      "1 ? ?",
      {"unmatched_row 6 630108: row 6: code '630108' was left out: no county of the project has this code; "
       "nearest: 630101 城东区",
       "header_row 3 -: the names of the columns were found in row 3; what is above it was left out",
       "no row: 630102 630103"});
}

TEST_F(OddSheets, AHeaderOfMergedCells) {
  StatisticsSource& source = add_sheets(
      {{"表1", {{"code", "name", "poor", ""}, {"", "", "=2015", "=2016"}, {"630101", "城东区", "9", "1"}}}},
      {"A1:A2", "B1:B2", "C1:D1"});
  source.shape = TableShape::year_columns;
  expect("1 ? ?",
         {"other_year 0 -: 1 column(s) of 2015, a year that the project does not name, were left out",
          "header_row 1 -: the names of the columns were put together from rows 1 to 2 (merged cells): code, "
          "name, poor_2015, poor_2016",
          "no row: 630102 630103"});
}

TEST_F(OddSheets, APageOfAYearbook) {
  StatisticsSource& source = add_sheets({{"表1",
                                          {{"2016年各县贫困情况表"},
                                           {"", "", "", "", "", "单位：人、户"},
                                           {"地区", "行政区划代码", "贫困户", "", "poor", ""},
                                           {"", "", "2015年", "2016年", "2015年", "2016年"},
                                           {"全省", "", "=2000", "=2010", "=1990", "=2015"},
                                           {"西宁市", "630100", "=1", "=2", "=3", "=4"},
                                           {"  城东区", "630101", "=1", "=2", "=3", "…"},
                                           {"  城北区", "=630102", "=1", "-", "1,234", "5"},
                                           {"注：资料来源于县扶贫局"}}}},
                                        {"A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:F3"});
  source.shape = TableShape::year_columns;
  expect("? 5 ?",
         {"unmatched_row 5 -: row 5: code '' was left out: the code cell is empty",
          "unmatched_row 6 630100: row 6: code '630100' was left out: it is the code of a prefecture, and "
          "this table holds "
          "county rows",
          "other_year 0 -: 1 column(s) of 2015, a year that the project does not name, were left out",
          "found_field 0 -: no column is called code; '行政区划代码' was taken for it",
          "header_row 3 -: the names of the columns were put together from rows 3 to 4 (merged cells): 地区, "
          "行政区划代码, "
          "贫困户_2015年, 贫困户_2016年, poor_2015年, poor_2016年",
          "no row: 630103"});
}

TEST_F(OddSheets, MergedYearsDownTheRows) {
  add_sheets({{"表1", {{"code", "year", "poor"}, {"630101", "2016", "1"}, {"630102", "", "2"}}}}, {"B2:B3"})
      .fill_down = {"year"};
  expect("1 2 ?",
         {"filled_down 3 -: 1 row(s), the first is row 3, took empty cells for those above them (fill_down)",
          "no row: 630103"});
}

TEST_F(OddSheets, AHundredSheets) {
  std::vector<std::pair<std::string, Sheet>> sheets;
  for (int i = 1; i <= 100; ++i)
    sheets.push_back(
        {fmt::format("第{}页", i), {{"code", "year", "poor"}, {"630102", "2016", std::to_string(i)}}});
  sheets[0].second = {{"目录"}, {"第1页"}};
  StatisticsSource& source = add_sheets(sheets);
  EXPECT_EQ(join_error(),
            source.dataset +
                ": has no column 'code'; set code_field in [[statistics]] (columns: 目录) (this is the first "
                "of its 100 sheets or layers; set layer for another: 第2页, 第3页, 第4页, 第5页, 第6页, "
                "第7页, 第8页, 第9页, 第10页, 第11页, ...)");
  source.layer = "第57业";
  EXPECT_NE(join_error().find(": has no layer '第57业'; nearest: 第57页"), std::string::npos) << join_error();
  source.layer = "第57页";
  expect("? 57 ?", {"no row: 630101 630103"});
}

TEST_F(OddSheets, ASheetForEachYearOfWhichOneIsNamedByNobody) {
  const auto of = [](const char* year) {
    return std::pair<std::string, Sheet>(year, {{"code", "year", "poor"}, {"630101", year, "1"}});
  };
  add_sheets({of("2016"), of("2017")});
  expect(
      "1 ? ?",
      {"first_layer 0 -: no layer is named in the project file (this is the first of its 2 sheets or layers; "
       "set layer for another: 2017)",
       "no row: 630102 630103"});
}

TEST_F(OddSheets, PercentagesThatAreSharesInTheFile) {
  add_sheets({{"表1",
               {{"code", "year", "poor"},
                {"630101", "2016", "=0.132"},
                {"630102", "2016", "=0.5"},
                {"630103", "2016", "=1"}}}});
  indicators_[0].unit = {"%", ""}, indicators_[0].kind = IndicatorKind::latest;
  expect("0.132 0.5 1",
         {"fractions 0 -: column poor is in %, but none of its 3 numbers is larger than 1; a spreadsheet "
          "that shows 13.2 % holds 0.132: multiply by 100"});
}

TEST_F(OddSheets, DatesForYears) {
  add_sheets({{"表1",
               {{"code", "year", "poor"},
                {"630101", "2016-12-31", "1"},
                {"630102", "2016年12月", "2"},
                {"630103", "2016-2017", "3"}}}});
  expect("1 2 ?",
         {"bad_year 4 630103: row 4: column year holds '2016-2017', which is no year; the row was left out",
          "no row: 630103"});
}

TEST_F(OddSheets, AWebPageThatIsCalledASpreadsheet) {
  const std::string file =
      add_table("odd.xls", "<html><table><tr><td>630101</td></tr></table></html>", Level::county).dataset;
  EXPECT_EQ(join_error(),
            file +
                ": cannot be opened: it is a web page, whatever its name says; open it in a spreadsheet "
                "program and save it as .xlsx");
}

TEST_F(OddSheets, ASpreadsheetThatIsCalledText) {
  const std::string file = add_table("odd.csv", std::string("PK\x03\x04rubbish"), Level::county).dataset;
  EXPECT_EQ(join_error(),
            file + ": is no text but a zip archive, perhaps a spreadsheet; name it .xlsx or .ods");
}

TEST_F(OddSheets, ASpreadsheetCutOff) {
  StatisticsSource& source = add_sheets({{"表1", {{"code", "year", "poor"}, {"630101", "2016", "1"}}}});
  std::filesystem::resize_file(source.dataset, std::filesystem::file_size(source.dataset) / 2);
  EXPECT_TRUE(join_error().starts_with(source.dataset + ": cannot be opened: ")) << join_error();
}

TEST_F(OddSheets, ASmallFileThatUnpacksToHundredsOfMegabytes) {
  StatisticsSource& source = add_table("odd.xlsx", "", Level::county);
  VSIUnlink(source.dataset.c_str());
  write_member(source.dataset, "xl/worksheets/sheet1.xml", std::string(300000000, ' '));
  EXPECT_TRUE(join_error().ends_with(
      " MB unpack to 300 MB, more than a table would; save the sheet that is needed as CSV"))
      << join_error();
}

TEST_F(OddSheets, AnArchiveWithoutANameInIt) {
  StatisticsSource& source = add_table("odd.zip", "", Level::county);
  VSIUnlink(source.dataset.c_str());
  write_member(source.dataset, "inner.csv", odd_head + "630101,2016,1\n");
  EXPECT_EQ(join_error(), source.dataset +
                              ": cannot be opened: it is an archive; name the file in it: /vsizip/" +
                              source.dataset + "/NAME.shp");
  source.dataset = "/vsizip/" + source.dataset + "/inner.csv";
  problems_.clear();
  join();
  EXPECT_EQ(loaded(), "1 ? ?");
}

/// Writes many counties, then cuts the file when some of them have been read.
std::string cut_while_read(const std::string& file, std::size_t at_feature, double keep) {
  const QuietGdal quiet;
  const VectorSource source(file, "");
  std::size_t read = 0;
  try {
    for (const auto& feature : source.layer()) {
      if (feature == nullptr) break;
      if (++read == at_feature)
        std::filesystem::resize_file(
            file, static_cast<std::uintmax_t>(keep * static_cast<double>(std::filesystem::file_size(file))));
    }
    source.require_read_to_the_end();
  } catch (const Error& e) {
    return e.what();
  }
  return fmt::format("no error after {} features", read);
}

TEST(OddShrinking, BoundaryFilesCutWhileTheyAreRead) {
  const auto folder = test_folder();
  TestLayer layer;
  for (int i = 0; i < 5000; ++i)
    layer.features.push_back({std::to_string(630000 + i), "N", square(i * 0.01, 36, 0.01)});
  write_layers(folder / "many.gpkg", {layer});
  GDALDatasetUniquePtr all(GDALDataset::Open((folder / "many.gpkg").c_str(), GDAL_OF_VECTOR));
  ASSERT_TRUE(all);
  for (const auto& [driver, name] : {std::pair{"ESRI Shapefile", "many.shp"}, {"FlatGeobuf", "many.fgb"}})
    GDALClose(GetGDALDriverManager()->GetDriverByName(driver)->CreateCopy((folder / name).c_str(), all.get(),
                                                                          FALSE, nullptr, nullptr, nullptr));
  all.reset();
  for (const char* name : {"many.gpkg", "many.shp", "many.fgb"}) {
    const std::string error = cut_while_read((folder / name).string(), 10, 0.3);
    EXPECT_NE(error.find("cannot be read to the end: "), std::string::npos) << name << ": " << error;
  }
}

}  // namespace
}  // namespace battlemap::geo
