#pragma once
#include <cstdint>

#include "demo/province_input.hpp"

namespace battlemap::demo {

/// An invented province for when nothing can be fetched: the codes of Qinghai's counties and as many towns
/// and villages in each, but outlines, places and names made up (示例...).
ProvinceInput stand_in_province(std::uint64_t seed);

}  // namespace battlemap::demo
