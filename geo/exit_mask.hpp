#pragma once
#include "geo/audience.hpp"
#include "geo/criteria.hpp"

namespace battlemap::geo {

/// Hides from an audience what `dataset`, its records and statistics masked already, no longer says:
/// - no household rows where households are dropped; the counts stay;
/// - values that are masked or coarsened there are so here. A criterion whose value is masked says nothing
///   (unknown), and no longer decides; whether the household as a whole meets the criteria stays;
/// - numbers of households below `suppress_below`, and what they could be computed from, are hidden.
/// Villages and counties stay: their exits are public.
void mask_exits(ExitResults& results, const Dataset& dataset, double suppress_below);

}  // namespace battlemap::geo
