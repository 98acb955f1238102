#include "demo/county_source.hpp"
#include "demo/demo.hpp"
#include "demo/fetch.hpp"
#include "demo/palettes.hpp"
#include "demo/text_file.hpp"

namespace battlemap::demo {
namespace {

constexpr std::string_view project_file =
    R"toml(# All counties of a public package, made by `battlemap demo DIR --china`. Its data descend from a commercial map:
# good to try the program on, not to publish.

[project]
id = "china-counties"
title = { zh = "全国县级区划(公开数据)", en = "Counties of China (public data)" }
years = [2016]
default_map = "counties"
projection = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=36 +lon_0=105 +datum=WGS84 +units=m +no_defs"
approval_number = ""

[texts]
source_line = { zh = "县界据公开网络数据(源自商业地图,GCJ-02 已转 WGS84),仅供试用,不得用于出版;不含台湾省", en = "County outlines from public web data (of a commercial map, GCJ-02 converted to WGS 84), for trying the program only, not for publication; without Taiwan" }

[[boundary]]
level = "county"
dataset = "counties.gpkg"
layer = "county"
datum = "gcj02"

[[statistics]]
level = "county"
dataset = "counties.csv"
year = 2016
provenance = "generated"
)toml";

constexpr std::string_view indicators_file =
    R"toml([[indicator]]
id = "number"
kind = "latest"
name = { zh = "序号尾数", en = "Last digit of the code" }
unit = { zh = "", en = "" }
definition = { zh = "代码的最后一位,只为给图着色", en = "The last digit of the code, only to colour the map" }
provenance = "generated"
)toml";

constexpr std::string_view map_file = R"toml(id = "counties"
order = 1
title = { zh = "县级区划", en = "Counties" }
subtitle = { zh = "按代码末位着色,没有统计含义", en = "Coloured by the last digit of the code, which means nothing" }
default_level = "county"

[fill]
indicator = "number"
kind = "sequential"
palette = "warm"
method = "equal"
count = 5
)toml";

}  // namespace

std::size_t build_china(const ChinaOptions& options, const Progress& progress) {
  make_folder(options.folder / "maps");
  if (progress) progress("providing the counties' package", 0);
  const auto tarball = provide_package(county_package(), options.cache, options.folder / "fetched");
  if (progress) progress("copying counties", 0.3);
  std::string table;
  const std::size_t count = copy_all_counties(tarball, options.folder, options.folder / "counties.gpkg", table);
  write_text(options.folder / "counties.csv", table);
  write_text(options.folder / "project.toml", project_file);
  write_text(options.folder / "indicators.toml", indicators_file);
  write_text(options.folder / "maps" / "counties.toml", map_file);
  write_text(options.folder / "palettes.toml", read_text(installed_palettes()));
  if (progress) progress("written", 1);
  return count;
}

}  // namespace battlemap::demo
