#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "disk_project.hpp"

namespace battlemap::app {

/// A household as it stands in a project's table; texts, so that nonsense can be written too.
struct HouseholdRow {
  std::string id, code, lon, lat, people = "3", category = "一般贫困户", cause = "因病", income = "4000",
                                 exit_year = "9999", group;
};

/// A project on disk made of texts alone: a township of three villages side by side from 100 E, 36 N, a tenth of a
/// degree each, with the six maps, palettes, categories, criteria and indicators of the demo project. The first
/// two villages are poor.
class VillageProject : public ::testing::Test {
 protected:
  static constexpr const char* first = "630102100200";
  static constexpr const char* second = "630102100201";
  static constexpr const char* third = "630102100202";
  static constexpr const char* township = "630102100";

  VillageProject() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = std::filesystem::path(BATTLEMAP_TEST_OUT) / "villages" / test->test_suite_name() / test->name();
    std::filesystem::remove_all(root_);
    folder_ = root_ / "project";
    setenv("SOURCE_DATE_EPOCH", "1480000000", 1);
    make_project(folder_, households());
  }

  static std::vector<HouseholdRow> households() {
    std::vector<HouseholdRow> rows;
    for (int i = 0; i < 8; ++i)
      rows.push_back({"H1-" + std::to_string(i), first, "100.0" + std::to_string(i + 1), "36.05"});
    rows[3].exit_year = "2016", rows[3].category = "低保户", rows[4].cause = "缺技术";
    for (int i = 0; i < 6; ++i)
      rows.push_back({"H2-" + std::to_string(i), second, "100.1" + std::to_string(i + 2), "36.04"});
    rows.push_back({"H3-0", third, "100.25", "36.05"});
    return rows;
  }

  /// `names`: of the three villages.
  static void make_project(const std::filesystem::path& folder, const std::vector<HouseholdRow>& rows,
                           const std::vector<std::string>& names = {"一村", "二村", "三村"}) {
    namespace fs = std::filesystem;
    fs::remove_all(folder);
    fs::create_directories(folder);
    const fs::path demo = fs::path(BATTLEMAP_SOURCE_DIR) / "data" / "qinghai";
    for (const char* file : {"indicators.toml", "palettes.toml", "categories.toml"})
      fs::copy_file(demo / file, folder / file);
    for (const char* sub : {"maps", "criteria"}) fs::copy(demo / sub, folder / sub, fs::copy_options::recursive);
    write(folder / "project.toml", project_toml());
    write(folder / "village.geojson", boundaries(names));
    write(folder / "village.csv", statistics());
    write(folder / "county.csv", county_statistics());
    write_households(folder, rows);
    write(folder / "group.csv", "id,code,name,lon,lat,households,people\n"
                                "G1,630102100200,东社,100.02,36.02,20,80\nG2,630102100200,西社,100.07,36.07,15,60\n"
                                "G3,630102100201,南社,100.15,36.05,30,120\n");
    write(folder / "facility.csv", "id,code,name,type,lon,lat\nF1,630102100200,卫生室,卫生室,100.03,36.03\n"
                                   "F2,630102100201,小学,学校,100.14,36.03\n");
    write(folder / "project.csv", "id,code,name,sector,funds,progress,lon,lat\n"
                                  "P1,630102100200,村道硬化,交通,120,80,100.05,36.06\n");
    write(folder / "cadre.csv", "id,code,role\nC1,630102100200,第一书记\nC2,630102100200,结对帮扶干部\n");
    write(folder / "pairing.csv", "id,cadre,household\nX1,C2,H1-0\nX2,C2,H1-1\nX3,C1,H1-2\n");
  }

  static void write_households(const std::filesystem::path& folder, const std::vector<HouseholdRow>& rows) {
    std::string text =
        "id,code,lon,lat,people,category,cause,income_2015,income_2016,planned_exit,exit_year,group,measures\n";
    for (const HouseholdRow& r : rows)
      text += r.id + "," + r.code + "," + r.lon + "," + r.lat + "," + r.people + "," + r.category + "," + r.cause + "," +
              r.income + "," + r.income + ",2016," + r.exit_year + "," + r.group + ",特色产业\n";
    write(folder / "household.csv", text);
  }

  static void write(const std::filesystem::path& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
  }
  static std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  /// sheets PROJECT --out OUT and what else.
  Outcome sheets(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"sheets", folder_.string(), "--out", out().string()};
    const auto unless_given = [&](const char* option, const char* value) {
      if (std::find(more.begin(), more.end(), option) == more.end()) arguments.insert(arguments.end(), {option, value});
    };
    unless_given("--paper", "A4"), unless_given("--dpi", "100");
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_battlemap(arguments);
  }
  std::filesystem::path out() const { return root_ / "out"; }

  /// Names of all files under a folder, relative to it, sorted.
  static std::vector<std::string> files(const std::filesystem::path& folder) {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) found.push_back(std::filesystem::relative(entry.path(), folder).string());
    std::sort(found.begin(), found.end());
    return found;
  }

  std::filesystem::path root_, folder_;

 private:
  static std::string project_toml() {
    std::string text =
        "[project]\nid = 'small'\ntitle = { zh = '小省', en = 'Small' }\nroot = '63'\nyears = [2015, 2016]\n"
        "default_year = 2016\ndefault_map = 'poverty-rate'\n"
        "projection = '+proj=aea +lat_1=33 +lat_2=38 +lon_0=96 +datum=WGS84 +units=m'\n"
        "[files]\ncategories = 'categories.toml'\n"
        "[[boundary]]\nlevel = 'village'\ndataset = 'village.geojson'\n"
        "[[statistics]]\nlevel = 'village'\ndataset = 'village.csv'\n"
        "[[statistics]]\nlevel = 'county'\ndataset = 'county.csv'\n";
    for (const char* kind : {"household", "group", "facility", "project"})
      text += std::string("[[records]]\nkind = '") + kind + "'\ndataset = '" + kind +
              ".csv'\nx_field = 'lon'\ny_field = 'lat'\nproj = 'EPSG:4326'\n";
    for (const char* kind : {"cadre", "pairing"})
      text += std::string("[[records]]\nkind = '") + kind + "'\ndataset = '" + kind + ".csv'\n";
    return text;
  }

  /// A JSON string of any bytes that are UTF-8.
  static std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  static std::string boundaries(const std::vector<std::string>& names) {
    const std::vector<std::string> codes{first, second, third};
    std::string text = R"({"type":"FeatureCollection","features":[)";
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const std::string west = "100." + std::to_string(i), east = "100." + std::to_string(i + 1);
      text += (i > 0 ? "," : "") + std::string(R"({"type":"Feature","properties":{"code":")") + codes[i] +
              R"(","name":)" + quoted(names[i]) + R"(},"geometry":{"type":"Polygon","coordinates":[[[)" + west +
              ",36],[" + east + ",36],[" + east + ",36.1],[" + west + ",36.1],[" + west + ",36]]]}}";
    }
    return text + "]}";
  }

  static std::string statistics() {
    std::string text =
        "code,year,villages,poor_villages,rural_population,poor_households,poor_population,poor_population_start,"
        "exited_households,exited_population,exit_year,exited_villages,road_villages,safe_water_people,power_people,"
        "collective_income\n";
    for (const char* year : {"2015", "2016"}) {
      text += std::string(first) + "," + year + ",1,1,500,8,24,27,1,3,9999,0,1,480,500,1.5\n";
      text += std::string(second) + "," + year + ",1,1,400,6,18,18,0,0,9999,0,0,400,390,3\n";
      text += std::string(third) + "," + year + ",1,0,300,1,3,3,0,0,9999,0,1,300,300,2\n";
    }
    return text;
  }

  static std::string county_statistics() {
    std::string text =
        "code,year,poverty_counties,exited_counties,wrong_exits,recorded_exits,omitted_households,households_checked,"
        "approving,respondents,farm_income_increase,farm_income_before,services_score,services_nation\n";
    for (const char* year : {"2015", "2016"}) text += std::string("630102,") + year + ",1,0,0,1,0,15,95,100,80,1000,9,10\n";
    return text;
  }
};

}  // namespace battlemap::app
