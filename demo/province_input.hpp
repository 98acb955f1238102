#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "demo/grid_point.hpp"

namespace battlemap::demo {

struct Place {
  std::string code, name;
};
/// 200-299 in the last three digits is a village committee (村委会); all else counts as a residents'
/// committee (居委会): 000-199, and the few units like one from 400 up (farms, parks).
inline bool is_committee(const Place& village) {
  return village.code[9] != '2';
}

struct County {
  Place place;
  GridPoint seat;
};

/// County outlines as segments that meet only at their ends; beside each the counties (indices, -1: outside).
struct CountyCoverage {
  struct Segment {
    GridPoint from, to;
    int left = -1, right = -1;
  };
  std::vector<Segment> segments;
};

/// What the demo province is made from: real or stand-in. Each list is in the order of its codes.
struct ProvinceInput {
  Place province;
  std::vector<Place> prefectures;
  std::vector<County> counties;
  std::vector<Place> towns;
  std::vector<Place> villages;
  CountyCoverage coverage;
};

}  // namespace battlemap::demo
