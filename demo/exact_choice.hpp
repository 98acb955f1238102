#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace battlemap::demo {

/// Exactly `count` true ones: those of the highest scores (ties: lower index). Throws geo::Error when there
/// are not so many scores above 0; what scores 0 or less is never chosen.
std::vector<bool> choose_highest(std::size_t count, std::span<const double> scores);

}  // namespace battlemap::demo
