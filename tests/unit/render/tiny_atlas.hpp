#pragma once
#include <memory>

#include "render/compose.hpp"

namespace battlemap::render::testing {

/// A hand-made province: 2 prefectures x 3 counties x 4 townships, rectangles of 200 x 300 km counties around
/// Qinghai's middle. Years 2015 to 2017; nobody has data in 2017. Township 630101100 has no data, 630103103
/// is not applicable, 630102101 has no poor people. Maps: rate, share (zero class), change (diverging), exits
/// (categorical), people (circles).
std::shared_ptr<const Atlas> tiny_atlas();
/// Another of its kind with one map more.
std::shared_ptr<const Atlas> tiny_atlas_with(const MapSpec& added);
const TextEngine& text_engine();

}  // namespace battlemap::render::testing
