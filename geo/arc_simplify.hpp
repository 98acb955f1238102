#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/arcs.hpp"

namespace battlemap::geo {

/// Which points of arcs are needed at which detail: for tolerances t[0] < t[1] < ... (metres, at most 32) a
/// rank for each of arcs.points. A point belongs to detail k if its rank is above k, ends of arcs to all
/// (rank 255); so every detail is part of the finer ones. At detail k
/// - each arc is within t[k] of the full one and the full one of it (Hausdorff);
/// - two arcs that meet in their ends only go on to do so, and none passes over a point of the other; an arc
/// does not
///   begin to touch itself;
/// - no ring vanishes or turns over: closed arcs keep four points (the first is also the last), and of
/// several arcs
///   between the same two nodes one at most becomes straight.
/// Points go in the order of the areas of the triangles they make with their neighbours (Visvalingam & Whyatt
/// 1993, Line generalisation by repeated elimination of points). `threads`: 0 means one per core; the result
/// is the same for all.
std::vector<std::uint8_t> simplify_arcs(const Arcs& arcs, std::span<const double> tolerances,
                                        int threads = 0);

}  // namespace battlemap::geo
