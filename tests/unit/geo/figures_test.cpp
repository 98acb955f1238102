#include <gtest/gtest.h>

#include <fstream>

#include "geo/error.hpp"
#include "geo/project.hpp"

namespace battlemap::geo {
namespace {

constexpr auto header =
    "id,subject,value,value_text,unit,year,level,source,conflicting_value,conflict_note\n";

std::filesystem::path write_figures(const std::string& rows) {
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "figures";
  std::filesystem::create_directories(folder);
  const auto file =
      folder / (std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".csv");
  std::ofstream(file, std::ios::binary) << header << rows;
  return file;
}

std::string figures_error(const std::string& rows) {
  try {
    read_figures(write_figures(rows));
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

TEST(ReadFigures, ReadsTheDemosFigures) {
  const auto figures = read_figures(std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/figures.csv");
  EXPECT_GE(figures.size(), 80U);
  bool found = false;
  for (const Figure& figure : figures) {
    EXPECT_FALSE(figure.source.empty()) << figure.id;
    if (figure.id != "poor_villages") continue;
    found = true;
    EXPECT_EQ(figure.value, 1622);
  }
  EXPECT_TRUE(found);
}

TEST(ReadFigures, ReadsEveryColumn) {
  const auto figures = read_figures(
      write_figures("a,\"x, y\",\"1,950\",\"19.5 亿\",元,2016,province,第 3 段,2950,\"two values\"\n"));
  ASSERT_EQ(figures.size(), 1U);
  EXPECT_EQ(figures[0].subject, "x, y");
  EXPECT_EQ(figures[0].value, 1950);
  EXPECT_EQ(figures[0].value_text, "19.5 亿");
  EXPECT_EQ(figures[0].year, 2016);
  EXPECT_EQ(figures[0].conflicting_value, "2950");
  EXPECT_EQ(figures[0].conflict_note, "two values");
}

TEST(ReadFigures, NamesTheRowOfWhatIsWrong) {
  EXPECT_NE(figures_error("a,s,many,,,,,p1,,\n").find("row 2: column value holds 'many'"), std::string::npos);
  EXPECT_NE(figures_error("a,s,1,,,,,p1,,\na,s,2,,,,,p1,,\n").find("row 3: id a is in row 2"), std::string::npos);
  EXPECT_NE(figures_error("a,s,1,,,soon,,p1,,\n").find("column year holds 'soon'"), std::string::npos);
  EXPECT_NE(figures_error("a,s,1,,,,,,,\n").find("no source"), std::string::npos);
  EXPECT_NE(figures_error(",s,1,,,,,p,,\n").find("id is empty"), std::string::npos);
}

}  // namespace
}  // namespace battlemap::geo
