#pragma once
#include <filesystem>

#include "demo/province_input.hpp"

namespace battlemap::demo {

/// Fills prefectures, towns and villages of Qinghai from the tarball of village_list_package() (list of
/// 2016-07-31). `scratch`: a folder for the database while it is read. Throws geo::Error when rows are
/// missing.
void read_village_list(const std::filesystem::path& tarball, const std::filesystem::path& scratch,
                       ProvinceInput& input);

}  // namespace battlemap::demo
