#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"

namespace battlemap::app {

struct Outcome {
  int code = 0;
  std::string out, err;
};

/// Runs the whole program in this process.
inline Outcome run_battlemap(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "battlemap");
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.code = run_program(static_cast<int>(argv.size()), argv.data());
  std::fflush(stdout);
  outcome.out = ::testing::internal::GetCapturedStdout();
  outcome.err = ::testing::internal::GetCapturedStderr();
  return outcome;
}

/// A project on disk: three counties as GeoJSON, a table of their villages, which have no boundaries. Poor
/// people of 2015 and 2016 by county: 630121 (甲县) 30 and 6, 630122 (乙县) 50 and 40, 630202 (丙县) 0 and 0;
/// 100 people in every village. Map `rate`: years of its indicator are 2015 and 2016, the project also has
/// 2017.
class DiskProject : public ::testing::Test {
 protected:
  DiskProject() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(BATTLEMAP_TEST_OUT) / "projects" / test->test_suite_name() / test->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "maps");
    write("county.geojson", counties());
    write("village.csv", rows());
    write("project.toml",
          "[project]\nid = 'small'\ntitle = { zh = '小省', en = 'Small' }\nroot = '63'\n"
          "years = [2015, 2016, 2017]\n"
          "projection = '+proj=aea +lat_1=33 +lat_2=38 +lon_0=96 +datum=WGS84 +units=m'\n"
          "[files]\nprovenance = 'provenance.toml'\n"
          "[[boundary]]\nlevel = 'county'\ndataset = 'county.geojson'\n"
          "[[statistics]]\nlevel = 'village'\ndataset = 'village.csv'\n"
          "[[control]]\nid = 'all_poor'\nindicator = 'poor'\nplace = '63'\nyear = 2015\nexpected = 80\n");
    write("indicators.toml",
          "[[indicator]]\nid = 'poor'\nkind = 'count'\n[[indicator]]\nid = 'people'\nkind = 'count'\n"
          "[[indicator]]\nid = 'rate'\nkind = 'ratio'\nnumerator = 'poor'\ndenominator = 'people'\n"
          "factor = 100\ndecimals = 1\nunit = '%'\nyears = [2015, 2016]\n");
    write("maps/rate.toml",
          "id = 'rate'\ntitle = { zh = '贫困率', en = 'Rate' }\n[fill]\nindicator = 'rate'\n"
          "palette = 'warm'\nmethod = 'natural'\ncount = 2\nzero_class = true\n");
    std::filesystem::copy_file(
        std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data" / "qinghai" / "palettes.toml",
        folder_ / "palettes.toml");
  }

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  void append(const std::string& name, std::string_view text) const { write(name, read(name).append(text)); }
  std::string project() const { return folder_.string(); }

  std::filesystem::path folder_;

 private:
  static std::string county(const char* code, const char* name, int west) {
    const auto x = [&](int east) { return std::to_string(west + east); };
    return R"({"type":"Feature","properties":{"code":")" + std::string(code) + R"(","name":")" + name +
           R"("},"geometry":{"type":"Polygon","coordinates":[[[)" + x(0) + ",35],[" + x(1) + ",35],[" + x(1) +
           ",36],[" + x(0) + ",36],[" + x(0) + ",35]]]}}";
  }
  static std::string counties() {
    return R"({"type":"FeatureCollection","features":[)" + county("630121", "甲县", 100) + "," +
           county("630122", "乙县", 101) + "," + county("630202", "丙县", 102) + "]}";
  }
  static std::string rows() {
    return "code,name,year,poor,people\n"
           "630121100200,甲一村,2015,10,100\n630121100200,甲一村,2016,2,100\n"
           "630121101200,甲二村,2015,20,100\n630121101200,甲二村,2016,4,100\n"
           "630122100200,乙一村,2015,50,100\n630122100200,乙一村,2016,40,100\n"
           "630202100200,丙一村,2015,0,100\n630202100200,丙一村,2016,0,100\n"
           "630121100200,甲一村,2017,0,100\n630121101200,甲二村,2017,0,100\n"
           "630122100200,乙一村,2017,0,100\n630202100200,丙一村,2017,0,100\n";
  }
};

}  // namespace battlemap::app
