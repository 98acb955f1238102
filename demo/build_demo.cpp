#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "demo/county_source.hpp"
#include "demo/demo.hpp"
#include "demo/division_layers.hpp"
#include "demo/fetch.hpp"
#include "demo/manifest.hpp"
#include "demo/province_records.hpp"
#include "demo/regions.hpp"
#include "demo/seeds.hpp"
#include "demo/stand_in.hpp"
#include "demo/statistics.hpp"
#include "demo/text_file.hpp"
#include "demo/village_list.hpp"
#include "demo/water.hpp"
#include "geo/error.hpp"
#include "geo/gcj02.hpp"

namespace battlemap::demo {
namespace {

const std::vector<std::string> generated_files{"divisions.gpkg", "water.gpkg",           "village.csv",
                                               "county.csv",     "village_services.csv", "county_checks.csv",
                                               "records.gpkg",   "provenance.toml"};

constexpr std::string_view fetched_note =
    R"toml(# Made by `battlemap demo`: where the data of this folder come from.
source = "fetched"
note = { zh = "县界据公开网络数据(源自商业地图,GCJ-02 已转 WGS84),仅供演示,不得用于出版", en = "County outlines from public web data (of a commercial map, GCJ-02 converted to WGS 84), for demonstration only, not for publication" }
foot_note = { zh = "县界仅供演示,不得用于出版", en = "county outlines for demonstration only, not for publication" }
)toml";

constexpr std::string_view stand_in_note =
    R"toml(# Made by `battlemap demo`: where the data of this folder come from.
source = "stand-in"
note = { zh = "替代数据:虚构省份,边界、名称与数据均非真实", en = "Stand-in data: an invented province; outlines, names and figures are not real" }
title = { zh = "示例省(虚构)", en = "Example province (invented)" }
source_line = { zh = "替代数据:虚构省份,边界、名称与数据均非真实;合计数按一组公开控制数生成", en = "Stand-in data: an invented province; outlines, names and figures are not real; totals follow a set of published control totals" }
generated_note = { zh = "替代数据(虚构)", en = "Stand-in data (invented)" }
schematic_note = { zh = "虚构边界", en = "Invented boundaries" }
)toml";

struct Tarballs {
  std::filesystem::path counties, villages, lakes;
};

Tarballs provide_all(const DemoOptions& options, const Progress& progress) {
  const std::filesystem::path fetched = options.project / "fetched";
  const auto provide = [&](const Package& package, double fraction) {
    if (progress) progress(fmt::format("providing {} {}", package.name, package.version), fraction);
    return provide_package(package, options.cache, fetched);
  };
  return {provide(county_package(), 0), provide(village_list_package(), 0.1), provide(lake_package(), 0.2)};
}

ProvinceInput read_fetched(const Tarballs& tarballs, const std::filesystem::path& folder,
                           const Progress& progress) {
  ProvinceInput input;
  if (progress) progress("reading villages' names and codes", 0.3);
  read_village_list(tarballs.villages, folder, input);
  if (progress) progress("reading county outlines", 0.33);
  const std::vector<RawCounty> raw = read_counties(tarballs.counties, folder);
  input.coverage = clean_coverage(raw);
  for (const RawCounty& county : raw)
    input.counties.push_back({county.place, to_grid(geo::gcj02_to_wgs84(county.seat))});
  return input;
}

void generate(const ProvinceInput& input, const std::filesystem::path& folder, std::uint64_t seed,
              const Progress& progress) {
  if (progress) progress("placing villages", 0.42);
  const Waters waters = read_waters(folder / "water.gpkg");
  const std::vector<GridPoint> seeds =
      place_seeds(input, mesh_counties(input.coverage, {}), seed, LakeIndex(waters));
  if (progress) progress("generating statistics that match the control totals", 0.55);
  const Figures figures = generate_figures(input, seeds, seed);
  write_text(folder / "village.csv", village_table(input, figures));
  write_text(folder / "county.csv", county_table(input, figures));
  if (progress) progress("drawing village boundaries", 0.6);
  const Partition partition = partition_counties(input, seeds, seed);
  write_divisions(folder / "divisions.gpkg", input, partition);
  if (progress) progress("settling households in their villages", 0.8);
  const auto regions = regions_of(partition.counties.mesh, partition.village, input.villages.size());
  const ProvinceRecords records = make_records(input, figures, regions, seeds, waters, seed);
  if (progress) progress("writing records", 0.9);
  write_records(folder / "records.gpkg", input, figures, records);
  write_text(folder / "village_services.csv", service_table(input, figures, records.services));
  write_text(folder / "county_checks.csv", check_table(input, records.checks));
}

void finish(const std::filesystem::path& folder, const Manifest& manifest, Source source,
            std::uint64_t seed) {
  write_text(folder / "provenance.toml", source == Source::fetched ? fetched_note : stand_in_note);
  manifest.write(Manifest::inputs_of(source, seed), generated_files);
}

void build_fetched(const DemoOptions& options, const Tarballs& tarballs, const std::filesystem::path& folder,
                   const Progress& progress, DemoResult& result) {
  const Manifest manifest(folder);
  manifest.remove();
  const ProvinceInput input = read_fetched(tarballs, folder, progress);
  if (progress) progress("writing lakes and rivers", 0.38);
  if (!write_water(folder / "water.gpkg", tarballs.lakes))
    result.message =
        fmt::format("no rivers: {} is not there (Debian package libmagics++-data)", river_file().string());
  generate(input, folder, options.seed, progress);
  finish(folder, manifest, Source::fetched, options.seed);
  result.villages = input.villages.size();
}

void build_stand_in(const DemoOptions& options, const std::filesystem::path& folder, const Progress& progress,
                    DemoResult& result) {
  result.source = Source::stand_in;
  const Manifest manifest(folder);
  manifest.remove();
  if (progress) progress("inventing a stand-in province", 0.3);
  const ProvinceInput input = stand_in_province(options.seed);
  write_water(folder / "water.gpkg", {});
  generate(input, folder, options.seed, progress);
  finish(folder, manifest, Source::stand_in, options.seed);
  result.villages = input.villages.size();
}

std::size_t count_villages(const std::filesystem::path& folder) {
  const std::string table = read_text(folder / "village.csv");
  return (static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')) - 1) / year_count;
}

/// A folder that is already what would be made. A stand-in made for want of a registry counts for an hour:
/// asking an unreachable registry on every start would make each one slow.
bool is_up_to_date(const DemoOptions& options, const std::filesystem::path& folder, DemoResult& result) {
  const Manifest manifest(folder);
  const bool fetched =
      !options.offline && manifest.matches(Manifest::inputs_of(Source::fetched, options.seed));
  const bool stand_in = (options.offline || manifest.recent()) &&
                        manifest.matches(Manifest::inputs_of(Source::stand_in, options.seed));
  if (!fetched && !stand_in) return false;
  result.up_to_date = true, result.source = fetched ? Source::fetched : Source::stand_in;
  result.villages = count_villages(folder);
  if (stand_in)
    result.message = "a stand-in province is in place; the registry is asked again an hour after it was made";
  if (options.offline) result.message = "the stand-in province was asked for";
  return true;
}

}  // namespace

DemoResult build_demo(const DemoOptions& options, const Progress& progress) {
  DemoResult result;
  const std::filesystem::path folder = options.project / "generated";
  if (!std::filesystem::exists(options.project / "project.toml"))
    geo::fail("{} holds no project.toml; name the demo project's folder, e.g. data/qinghai",
              options.project.string());
  if (is_up_to_date(options, folder, result)) return result;
  make_folder(folder);
  if (options.offline) {
    result.message = "the stand-in province was asked for";
    build_stand_in(options, folder, progress, result);
  } else {
    try {
      const Tarballs tarballs = provide_all(options, progress);
      build_fetched(options, tarballs, folder, progress, result);
    } catch (const NotFetched& reason) {
      result.message = reason.what();
      build_stand_in(options, folder, progress, result);
    }
  }
  if (progress) progress("done", 1);
  return result;
}

}  // namespace battlemap::demo
