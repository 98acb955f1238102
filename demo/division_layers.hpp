#pragma once
#include <filesystem>

#include "demo/partition.hpp"

namespace battlemap::demo {

/// Writes divisions.gpkg: layers province, prefecture, county, township, village of one partition (code,
/// name; village also type). Upper levels are the same mesh under coarser labels: their borders carry the
/// same vertices.
void write_divisions(const std::filesystem::path& file, const ProvinceInput& input,
                     const Partition& partition);

}  // namespace battlemap::demo
