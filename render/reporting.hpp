#pragma once
#include <optional>
#include <string>

#include "render/scene.hpp"

namespace battlemap::render {

/// "41 个村中 37 个有数据", "37 of 41 villages reported"; empty where all of them did.
std::string reported_text(const geo::Statistics& statistics, const geo::Indicator& indicator, const geo::Value& value,
                          int year, geo::Language language);

/// A note for sums and rates that few places reported (under nine tenths), naming those farthest from complete;
/// empty where there are none.
geo::Text few_reported_note(const Scene& scene);

}  // namespace battlemap::render
