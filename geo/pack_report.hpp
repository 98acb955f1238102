#pragma once
#include <string>

#include "geo/dataset.hpp"

namespace battlemap::geo {

/// The small parts of a dataset as JSON text: what reading and joining reported, and names of waters.
std::string packed_report(const Dataset& dataset);
/// The way back. Throws PackError naming `pack`.
void restore_report(std::string_view text, const PackFile& pack, Dataset& dataset);

}  // namespace battlemap::geo
