#include "render/fill_index.hpp"

#include "render/coverage_memo.hpp"
#include "render/parallel.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t boxes_a_job = 4096;

/// One box for each group of `count` things; `add(thing, box)` adds a thing's own.
template <class Add>
BoxTree tree_of(std::size_t count, const Add& add) {
  std::vector<geo::Box> boxes((count + BoxTree::group - 1) / BoxTree::group);
  geo::parallel_ranges(boxes.size(), boxes_a_job, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
      for (std::size_t k = i * BoxTree::group; k < std::min((i + 1) * BoxTree::group, count); ++k)
        add(k, boxes[i]);
  });
  return {std::move(boxes), count};
}

std::shared_ptr<const FillIndex> make_index(const geo::Coverage& coverage, const geo::ArcLines* lines) {
  auto index = std::make_shared<FillIndex>();
  const auto boxes = coverage.boxes();
  index->polygons = tree_of(boxes.size(), [&](std::size_t i, geo::Box& box) { box.add(boxes[i]); });
  if (lines == nullptr) return index;
  static_assert(BoxTree::group == geo::ArcNeighbours::group);
  const auto level = geo::index_of(coverage.level);
  index->lines = lines;
  index->beside = coverage.arcs->neighbours[level];
  if (index->beside.sides.empty()) {
    index->found = geo::arc_neighbours(coverage.arcs->levels[level], *lines, coverage.arcs->grid, boxes);
    index->beside = index->found.view();
  }
  index->arcs = BoxTree({index->beside.reach.begin(), index->beside.reach.end()}, index->beside.sides.size());
  return index;
}

}  // namespace

std::shared_ptr<const FillIndex> fill_index(const std::shared_ptr<const geo::Coverage>& coverage,
                                            double tolerance) {
  static CoverageMemo<FillIndex> memo;
  const geo::ArcLines* lines = coverage->arcs ? &coverage->arcs->within(tolerance) : nullptr;
  return memo.get(coverage, lines, [&] { return make_index(*coverage, lines); });
}

}  // namespace battlemap::render
