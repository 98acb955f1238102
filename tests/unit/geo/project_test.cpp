#include "geo/project.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

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

/// Of the demo project alone: what its generated/ folder may say is left behind.
Project read_demo_project() {
  const auto file = std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data" / "qinghai" / "project.toml";
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return read_project(written(text.str()));
}

TEST(Project, ReadsTheDemo) {
  const Project project = read_demo_project();
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
  EXPECT_EQ(project.boundaries[0].code_field, "");  // found
  EXPECT_EQ(project.maps_folder, project.folder / "maps");
  EXPECT_TRUE(project.figures_file.empty());
}

TEST(Project, ProvenanceReplacesTextsAndAddsToTheFoot) {
  const std::string text = minimal +
                           "[texts]\nsource_line = { zh = '来源', en = 'Source' }\ndata_date = '年末'\n"
                           "[files]\nprovenance = 'made/provenance.toml'\n";
  const auto folder = written(text);
  std::filesystem::remove_all(folder / "made");
  EXPECT_FALSE(read_project(folder).origin);  // before the data are made
  EXPECT_EQ(read_project(folder).source_line.zh, "来源");
  std::filesystem::create_directories(folder / "made");
  std::ofstream(folder / "made/provenance.toml")
      << "source = 'stand-in'\nnote = '虚构'\ntitle = { zh = '示例省', en = 'Example' }\n"
         "generated_note = '替代'\nfoot_note = { zh = '不得出版', en = 'not to be published' }\n";
  const Project project = read_project(folder);
  ASSERT_TRUE(project.origin);
  EXPECT_TRUE(project.origin->invented);
  EXPECT_EQ(project.origin->note.zh, "虚构");
  EXPECT_EQ(project.title.en, "Example");
  EXPECT_EQ(project.generated_note.zh, "替代");
  EXPECT_EQ(project.data_date.zh, "年末");
  EXPECT_EQ(project.source_line.zh, "来源;不得出版");
  EXPECT_EQ(project.source_line.en, "Source; not to be published");
}

TEST(Project, AWrongProvenanceFileIsAnError) {
  const auto folder = written(minimal + "[files]\nprovenance = 'provenance.toml'\n");
  std::ofstream(folder / "provenance.toml") << "source = 'stand-inn'\nnote = 'x'\n";
  try {
    read_project(folder);
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("provenance.toml:1: key 'source'"), std::string::npos) << e.what();
    EXPECT_NE(std::string(e.what()).find("did you mean stand-in?"), std::string::npos) << e.what();
  }
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
  expect_failure(minimal + "[cells]\nno_data=['-']\nnot_applicable=['-']\n", "words that no other list has; \"-\" is in two");
  expect_failure(minimal + "[cells]\nno_data=['…']\nzero=['-', '…']\n", "key 'zero'");
  expect_failure(minimal + "[[statistics]]\nlevel='village'\ndataset='x'\nyear=2016\nyear_field='y'\n",
                 "no year_field beside a fixed year");
}

TEST(Project, UnknownKeysAndTablesOfferTheNearest) {
  expect_failure(minimal + "levle='x'\n", "unknown key 'levle' in [[boundary]]; did you mean level");
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
