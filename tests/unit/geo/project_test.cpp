#include "geo/project.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

const std::string minimal =
    "[project]\ntitle = '省'\nyears = [2015, 2016]\nprojection = 'EPSG:4549'\n"
    "[[boundary]]\nlevel = 'village'\ndataset = 'village.gpkg'\n";

std::filesystem::path written(const std::string& text) {
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "project" /
                      ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "project.toml", std::ios::binary) << text;
  return folder;
}

std::string failure(const std::string& text) {
  try {
    read_project(written(text));
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

void expect_failure(const std::string& text, std::string_view part) {
  const std::string what = failure(text);
  EXPECT_NE(what.find(part), std::string::npos) << what << "\nlacks: " << part;
}

TEST(Project, ReadsTheDemo) {
  const Project project = read_project(std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data" / "qinghai");
  EXPECT_EQ(project.id, "qinghai-2016");
  EXPECT_EQ(project.title.zh, "青海省");
  EXPECT_EQ(project.root, Code::parse("63"));
  EXPECT_EQ(project.years.size(), 5U);
  EXPECT_EQ(project.boundaries.size(), 5U);
  EXPECT_TRUE(project.boundaries[4].schematic);
  EXPECT_EQ(project.boundaries[4].type_field, "type");
  EXPECT_EQ(project.statistics[0].provenance, Provenance::generated);
  EXPECT_EQ(project.water.size(), 2U);
  EXPECT_FALSE(project.water[1].lakes);
  EXPECT_GE(project.controls.size(), 13U);
  EXPECT_EQ(project.controls[0].expected, 1622);
  EXPECT_EQ(project.indicators_file, project.folder / "indicators.toml");
  EXPECT_EQ(project.not_applicable_words, (std::vector<std::string>{"—", "-"}));
}

TEST(Project, AMinimalOneGetsDefaults) {
  const Project project = read_project(written(minimal) / "project.toml");
  EXPECT_EQ(project.id, "AMinimalOneGetsDefaults");
  EXPECT_EQ(project.default_year, 2016);
  EXPECT_EQ(project.boundaries[0].dataset, (project.folder / "village.gpkg").string());
  EXPECT_EQ(project.boundaries[0].code_field, "code");
  EXPECT_EQ(project.maps_folder, project.folder / "maps");
  EXPECT_TRUE(project.figures_file.empty());
}

TEST(Project, ConnectionStringsStayAsTheyAre) {
  std::string text = minimal;
  text.replace(text.find("village.gpkg"), 12, "PG:dbname=poverty host=/run/pg");
  EXPECT_EQ(read_project(written(text)).boundaries[0].dataset, "PG:dbname=poverty host=/run/pg");
}

TEST(Project, MissingThingsAreNamed) {
  expect_failure("", "key 'project' is missing");
  expect_failure("[project]\ntitle = 'x'\nyears = [2016]\n", "key 'projection' is missing in [project]");
  expect_failure("[project]\ntitle = 'x'\nyears = [2016]\nprojection = 'EPSG:4549'\n",
                 "names no [[boundary]]");
  expect_failure(minimal + "[[statistics]]\nlevel = 'village'\n",
                 "key 'dataset' is missing in [[statistics]]");
}

TEST(Project, WrongValuesAreNamedWithTheirLine) {
  expect_failure("[project]\ntitle='x'\nyears=[2016, 2015]\nprojection='EPSG:4549'\n",
                 "project.toml:3: key 'years' is an array; expected years between");
  expect_failure("[project]\ntitle='x'\nyears=[2016]\ndefault_year=2015\n", "one of the project's years");
  expect_failure("[project]\ntitle='x'\nroot='6'\nyears=[2016]\n", "project.toml:3: key 'root' is '6'");
  expect_failure(minimal + "[[boundary]]\nlevel='vilage'\ndataset='x'\n", "did you mean village?");
  expect_failure(minimal + "datum='bd09'\n", "expected one of wgs84, gcj02");
  expect_failure(minimal + "[cells]\nno_data=['-']\nnot_applicable=['-']\n", "\"-\" is in both");
  expect_failure(minimal + "[[statistics]]\nlevel='village'\ndataset='x'\nyear=2016\nyear_field='y'\n",
                 "no year_field beside a fixed year");
}

TEST(Project, UnknownKeysAndTablesOfferTheNearest) {
  expect_failure(minimal + "levle='x'\n", "unknown key 'levle' in [[boundary]]; did you mean level?");
  expect_failure(minimal + "[[boundery]]\nlevel='x'\n", "unknown key 'boundery'; did you mean boundary?");
}

TEST(Project, AFolderWithoutAProjectSaysSo) {
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "no-project";
  std::filesystem::create_directories(folder);
  EXPECT_THROW(read_project(folder), Error);
  EXPECT_THROW(read_project(folder / "none"), Error);
}

}  // namespace
}  // namespace battlemap::geo
