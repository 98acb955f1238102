#pragma once
#include <span>

#include "geo/arc_shapes.hpp"
#include "geo/geometry.hpp"
#include "geo/pack_contents.hpp"

namespace battlemap::geo {

// Whether the arrays of a pack fit together: whoever made it, following its numbers must not lead outside. Checksums only
// tell that it is what was written. Each throws PackError.

/// `begin` are where the runs of an array of `size` elements begin, and its end; each run has at least `shortest`.
void check_runs(const PackFile& pack, std::span<const std::uint32_t> begin, std::size_t size, std::size_t shortest = 0);
/// All numbers are below `limit`, or npos where `none` allows it.
enum class None { allowed, forbidden };
void check_below(const PackFile& pack, std::span<const std::uint32_t> numbers, std::size_t limit, None none = None::forbidden);
void check_shapes(const PackFile& pack, const ArcShapes& shapes);
/// Codes ascend and are of the level; parents and children point at each other. `above`, `below`: how many divisions the
/// levels beside it have.
void check_divisions(const PackFile& pack, Level level, const Divisions& divisions, std::size_t above,
                     std::size_t below);
/// Cells are divisions of their coverage's level or above, and their ancestors are divisions; `sizes`: how many each level has.
void check_cells(const PackFile& pack, const Coverage& coverage, const std::array<std::size_t, level_count>& sizes);

}  // namespace battlemap::geo
