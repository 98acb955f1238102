#pragma once
#include <memory>

#include "render/compose.hpp"

namespace battlemap::app::test {

/// A square of land by `side` metres from (x, y).
inline void add_square(geo::Coverage& coverage, geo::DivisionRef cell, double x, double y, double side) {
  coverage.cells.push_back(cell);
  for (const geo::Point p : {geo::Point{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}})
    coverage.polygons.add_point(p);
  coverage.polygons.end_ring();
  coverage.polygons.end_polygon();
}

/// A province of 2 prefectures of 2 counties of 2 townships of 2 villages, on a row of squares: the villages
/// are 10 km wide, everything coarser has no boundaries of its own at `skipped` levels.
struct SmallAtlas {
  render::Atlas atlas;

  explicit SmallAtlas(bool with_townships = true) {
    std::vector<geo::DivisionTree::Entry> entries;
    const auto add = [&](const std::string& code) {
      entries.push_back({*geo::Code::parse(code), "地方" + code, ""});
    };
    add("63");
    for (const char* p : {"01", "02"})
      for (const char* c : {"01", "02"})
        for (const char* t : {"001", "002"})
          for (const char* v : {"201", "202"}) {
            const std::string county = std::string("63") + p + c;
            if (std::string(v) == "201" && std::string(t) == "001") add(county);
            if (std::string(v) == "201") add(county + t);
            add(county + t + v);
          }
    geo::Dataset& data = atlas.dataset;
    data.tree = geo::DivisionTree(entries);
    for (const geo::Level level : geo::all_levels)
      if (level != geo::Level::township || with_townships) cover(level);
    data.project.root = geo::Code::parse("63");
    data.project.years = {2015, 2016, 2017};
    data.project.default_year = 2016;
    add_map("rate", {});
    add_map("exits", {2016, 2017});
    add_map("late", {2019});
  }

 private:
  void cover(geo::Level level) {
    geo::Coverage& coverage = atlas.dataset.coverages[static_cast<std::size_t>(level)];
    coverage.level = level;
    const auto count = atlas.dataset.tree.at(level).size();
    const double side = 160000.0 / static_cast<double>(count);
    for (std::uint32_t i = 0; i < count; ++i) add_square(coverage, {level, i}, side * i, 0, side);
  }
  void add_map(const std::string& id, std::vector<int> years) {
    render::MapSpec map;
    map.id = id;
    map.years = std::move(years);
    map.default_level = geo::Level::county;
    atlas.maps.push_back(std::move(map));
  }
};

}  // namespace battlemap::app::test
