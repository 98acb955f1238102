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

/// Which polygons lie beside each arc; false when two claim one side.
bool find_sides(const geo::ArcRings& rings, std::vector<geo::ArcSides>& sides) {
  bool partition = true;
  for (std::uint32_t i = 0; i < rings.size(); ++i)
    for (std::uint32_t r = rings.polygon_begin[i]; r < rings.polygon_begin[i + 1]; ++r)
      for (const std::uint32_t ref : rings.ring(r)) {
        auto& side = ref % 2 == 0 ? sides[ref / 2].left : sides[ref / 2].right;
        partition = partition && side == geo::npos;
        side = i;
      }
  return partition;
}

void add_arc(const geo::Coverage& coverage, const FillIndex& index, std::size_t arc, geo::Box& box) {
  const auto [left, right] = index.sides[arc];
  if (left == geo::npos && right == geo::npos) return;
  for (const geo::GridPoint p : index.lines->line(arc)) box.add(coverage.arcs->grid.at(p));
  for (const std::uint32_t side : {left, right})
    if (side != geo::npos) box.max_x = std::max(box.max_x, coverage.boxes()[side].max_x);
}

std::shared_ptr<const FillIndex> make_index(const geo::Coverage& coverage, const geo::ArcLines* lines) {
  auto index = std::make_shared<FillIndex>();
  const auto boxes = coverage.boxes();
  index->polygons = tree_of(boxes.size(), [&](std::size_t i, geo::Box& box) { box.add(boxes[i]); });
  if (lines == nullptr) return index;
  index->lines = lines;
  index->sides.resize(lines->size());
  index->partition = find_sides(coverage.arcs->levels[geo::index_of(coverage.level)], index->sides);
  index->arcs =
      tree_of(lines->size(), [&](std::size_t i, geo::Box& box) { add_arc(coverage, *index, i, box); });
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
