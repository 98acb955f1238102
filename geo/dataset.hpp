#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/audience.hpp"
#include "geo/criteria.hpp"
#include "geo/division.hpp"
#include "geo/error.hpp"
#include "geo/geometry.hpp"
#include "geo/indicator.hpp"
#include "geo/join_report.hpp"
#include "geo/pack_file.hpp"
#include "geo/project.hpp"
#include "geo/projection.hpp"

namespace battlemap::geo {

/// What one boundary layer gave.
struct BoundaryReport {
  std::string source;
  Level level = Level::county;
  std::size_t features = 0;
  std::size_t loaded = 0;
  std::size_t repaired = 0;  ///< invalid geometries made valid
  std::size_t points = 0;
  bool dissolved = false;  ///< made from a finer level
};

struct Lake {
  std::string name;
};

/// A project loaded: all that the pictures are drawn from. Read-only after load().
struct Dataset {
  Project project;
  std::shared_ptr<const PackFile> pack;         ///< where divisions, outlines and statistics are from; null: the sources
  std::string pack_refused;                     ///< why the pack there is was not used; empty: there is none, or it was
  Grid grid;                                    ///< on which all corners of `coverages` lie
  DivisionTree tree;
  std::array<Coverage, level_count> coverages;  ///< by level; empty where no source reaches that level
  PolygonSet lakes;                             ///< projected metres
  std::vector<std::string> lake_names;
  LineSet rivers;
  std::vector<std::string> river_names;
  Statistics statistics;
  std::vector<Figure> figures;
  Records records;                        ///< as LoadOptions asked for them
  Audience audience = Audience::field;    ///< what was hidden from whom
  std::vector<std::shared_ptr<const ExitResults>> exits;  ///< one a year asked for
  std::vector<BoundaryReport> boundary_reports;
  std::vector<JoinReport> join_reports;
  Problems problems;
  Problems source_problems;      ///< of these, what reading divisions, waters and statistics met: for packs
  std::string source_identity;   ///< pack_identity() before the sources were read; empty: they have none, or a pack was read

  /// Exits judged at the end of that very year; null when they are not.
  const ExitResults* exits_of(int year) const;
  const Coverage& coverage(Level level) const { return coverages[static_cast<std::size_t>(level)]; }
  /// Projected bounding box of a place (its own outline); the whole extent for an invalid ref.
  Box extent_of(DivisionRef place) const;
};

/// What to load beyond divisions and statistics, and for whom.
struct LoadOptions {
  std::optional<Audience> audience;  ///< nullopt: the project's
  bool records = false;
  std::string records_within;     ///< code or name: only records of this place; empty: all
  std::vector<int> exit_years;    ///< judge exits at the end of each of these years, if the project has criteria
                                  ///< (needs records)
  bool coarse_outlines = true;    ///< read outlines at all details that a pack has; false: at the full one alone
  bool exit_statistics = false;   ///< fill the indicators of kind "exit", every year (needs all records)
};

/// Everything a project has, already masked for the audience (exits are judged before). `progress(step,
/// fraction)` may be empty. Throws Error when nothing usable can be loaded.
Dataset load_dataset(const Project& project, const LoadOptions& options,
                     const std::function<void(const std::string&, double)>& progress = {});
Dataset load_dataset(const Project& project,
                     const std::function<void(const std::string&, double)>& progress = {});

/// A control total beside what the data give.
struct ControlResult {
  ControlTotal total;
  Value actual;
  bool ok = false;
};
/// Equal as people see it: both rounded to the decimals that were published.
bool agrees(double actual, const ControlTotal& total);
std::vector<ControlResult> check_controls(const Dataset& dataset);

}  // namespace battlemap::geo
