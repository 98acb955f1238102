#pragma once
#include "geo/dataset.hpp"

namespace battlemap::geo {

/// What only shows once values are computed: ratios of something to nothing ("zero_denominator": they are no
/// data), each at the finest place where it happens; control totals whose place or figure does not exist
/// ("unknown_place", "unknown_figure").
Problems check_values(const Dataset& dataset);

}  // namespace battlemap::geo
