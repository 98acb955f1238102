#pragma once
#include <filesystem>
#include <vector>

#include "demo/province_input.hpp"

namespace battlemap::demo {

/// One county as published: lon/lat on the source's datum, rings possibly invalid.
struct RawCounty {
  Place place;
  geo::Point seat;
  std::vector<std::vector<geo::Point>> rings;
};

/// Qinghai's counties in the tarball of county_package(), by code. Coordinates are GCJ-02.
/// `scratch`: a folder with room for it unzipped (200 MB).
std::vector<RawCounty> read_counties(const std::filesystem::path& tarball,
                                     const std::filesystem::path& scratch);

/// Copies every county of the tarball into the layer `county` (code, name) of a GeoPackage, as it is published, features
/// without code or outline too. Returns how many there are; `table` becomes CSV with a row for each code: code, number (its
/// last digit).
std::size_t copy_all_counties(const std::filesystem::path& tarball, const std::filesystem::path& scratch,
                              const std::filesystem::path& file, std::string& table);

/// Converts to WGS 84, nodes all outlines together on the grid, and gives every face to one county: an
/// overlap to the lower code, an enclosed gap to the neighbour with the longest border. Throws geo::Error
/// when a county ends up without area.
CountyCoverage clean_coverage(const std::vector<RawCounty>& counties);

}  // namespace battlemap::demo
