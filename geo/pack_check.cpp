#include "geo/pack_check.hpp"

#include <atomic>

#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t checked_at_once = std::size_t{1} << 18;

/// Whether `good(first, last)` holds of all ranges.
template <class Good>
bool all_ranges(std::size_t count, const Good& good) {
  std::atomic<bool> all{true};
  parallel_ranges(count, checked_at_once, [&](std::size_t first, std::size_t last) {
    if (all && !good(first, last)) all = false;
  });
  return all;
}

/// `name_begin + name_size` and the like cannot wrap as 64 bits.
bool ends_within(std::uint64_t begin, std::uint64_t count, std::size_t size) { return begin + count <= size; }

bool division_fits(const DivisionRecord& d, Level level, std::size_t above, std::size_t below, std::size_t name_bytes,
                   std::size_t types) {
  const auto code = Code::of_key(d.code.key());
  const bool parent = level == Level::province ? d.parent == npos : d.parent < above;
  const bool children = d.child_count == 0 ? d.first_child == npos : ends_within(d.first_child, d.child_count, below);
  return code && code->level() == level && parent && children && ends_within(d.name_begin, d.name_size, name_bytes) &&
         d.type < types;
}

}  // namespace

void check_runs(const PackFile& pack, std::span<const std::uint32_t> begin, std::size_t size, std::size_t shortest) {
  if (begin.empty() || begin.front() != 0 || begin.back() != size) pack.fail("does not fit together: runs leave something out");
  const bool good = all_ranges(begin.size() - 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
      if (begin[i + 1] < begin[i] || begin[i + 1] - begin[i] < shortest) return false;
    return true;
  });
  if (!good) pack.fail("does not fit together: runs overlap or are too short");
}

void check_below(const PackFile& pack, std::span<const std::uint32_t> numbers, std::size_t limit, None none) {
  const bool good = all_ranges(numbers.size(), [&](std::size_t first, std::size_t last) {
    bool all = true;
    for (std::size_t i = first; i < last; ++i)
      all &= numbers[i] < limit || (none == None::allowed && numbers[i] == npos);
    return all;
  });
  if (!good) pack.fail(fmt::format("does not fit together: a number is not below {}", limit));
}

void check_shapes(const PackFile& pack, const ArcShapes& shapes) {
  if (shapes.details.empty()) pack.fail("holds no outlines");
  const std::size_t arcs = shapes.details.front().size();
  for (const ArcLines& lines : shapes.details) {
    check_runs(pack, lines.begin, lines.points.size(), 2);
    if (lines.size() != arcs) pack.fail("does not fit together: details of different arcs");
  }
  for (const ArcRings& rings : shapes.levels) {
    check_runs(pack, rings.ring_begin, rings.refs.size());
    check_runs(pack, rings.polygon_begin, rings.ring_begin.size() - 1);
    check_below(pack, rings.refs, arcs * 2);
    if (rings.first.size() + 1 != rings.ring_begin.size()) pack.fail("does not fit together: rings without a first point");
  }
  for (std::size_t l = 0; l < level_count; ++l) {
    const auto& [some, sides, reach, partition] = shapes.neighbours[l];
    if (reach.data() == nullptr) continue;
    if (sides.size() != arcs || reach.size() != (arcs + ArcNeighbours::group - 1) / ArcNeighbours::group)
      pack.fail("does not fit together: arcs without cells beside them");
    check_below(pack, {reinterpret_cast<const std::uint32_t*>(sides.data()), sides.size() * 2}, shapes.levels[l].size(), None::allowed);
  }
}

void check_divisions(const PackFile& pack, Level level, const Divisions& divisions, std::size_t above, std::size_t below) {
  const std::span<const DivisionRecord> records = divisions.records();
  const bool good = all_ranges(records.size(), [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
      if (!division_fits(records[i], level, above, below, divisions.names().size(), divisions.types().size()) ||
          (i > 0 && records[i - 1].code >= records[i].code))
        return false;
    return true;
  });
  if (!good) pack.fail(fmt::format("does not fit together: the {} divisions", level_id(level)));
}

void check_cells(const PackFile& pack, const Coverage& coverage, const std::array<std::size_t, level_count>& sizes) {
  const auto cells = coverage.cells.view();
  const auto ancestry = coverage.ancestry.view();
  const bool good = all_ranges(cells.size(), [&](std::size_t first, std::size_t last) {
    bool all = true;
    for (std::size_t i = first; i < last; ++i) {
      all = all && cells[i].level <= coverage.level && cells[i].index < sizes[static_cast<std::size_t>(cells[i].level)];
      for (std::size_t l = 0; l < level_count; ++l) all &= ancestry[i][l] == npos || ancestry[i][l] < sizes[l];
    }
    return all;
  });
  if (!good) pack.fail("does not fit together: a cell or an ancestor that is no division");
}

}  // namespace battlemap::geo
