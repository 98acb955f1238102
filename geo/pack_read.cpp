#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "geo/coverage.hpp"
#include "geo/pack.hpp"
#include "geo/pack_check.hpp"
#include "geo/pack_contents.hpp"
#include "geo/pack_identity.hpp"
#include "geo/pack_report.hpp"
#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

std::string_view text_of(const PackFile& pack, PackName name) {
  const auto bytes = pack.piece(name);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <class T>
std::vector<T> copied(std::span<const T> from) {
  return {from.begin(), from.end()};
}

std::span<const std::uint32_t> numbers(const PackFile& pack, PackKind kind, std::size_t number = 0) {
  return pack.array<std::uint32_t>(pack_name(kind, number));
}

/// What JSON says of a pack, as long as a reader of it looks.
template <class Read>
void with_directory(const PackFile& pack, const Read& read) {
  try {
    read(nlohmann::json::parse(text_of(pack, pack_name(PackKind::report))));
  } catch (const nlohmann::json::exception& e) {
    pack.fail(fmt::format("its directory cannot be read: {}", e.what()));
  }
}

using Sizes = std::array<std::size_t, level_count>;

/// How many divisions each level has.
Sizes packed_sizes(const PackFile& pack) {
  Sizes sizes{};
  for (std::size_t l = 0; l < level_count; ++l) sizes[l] = pack.bytes_of(pack_name(PackKind::divisions, l)) / sizeof(DivisionRecord);
  return sizes;
}

/// What divisions are made of.
struct PackedTree {
  std::shared_ptr<const PackFile> pack;
  std::vector<std::string> types;
};

DivisionTree read_tree(const std::shared_ptr<const PackFile>& pack, std::vector<std::string> types, const Sizes& sizes) {
  const auto memory = std::make_shared<const PackedTree>(PackedTree{pack, std::move(types)});
  std::array<Divisions, level_count> levels;
  for (std::size_t l = 0; l < level_count; ++l) {
    levels[l] = {pack->array<DivisionRecord>(pack_name(PackKind::divisions, l)), text_of(*pack, pack_name(PackKind::names, l)), memory->types};
    check_divisions(*pack, static_cast<Level>(l), levels[l], l > 0 ? sizes[l - 1] : 0, l + 1 < level_count ? sizes[l + 1] : 0);
  }
  return {levels, memory};
}

/// Lines as many as divisions, each beginning after a line's end.
NameIndex read_names(const std::shared_ptr<const PackFile>& pack) {
  const Sizes sizes = packed_sizes(*pack);
  NameIndex index;
  index.memory = pack;
  for (std::size_t l = 0; l < level_count; ++l) {
    NameIndex::Level& level = index.levels[l];
    level = {text_of(*pack, pack_name(PackKind::search_text, l)), numbers(*pack, PackKind::search_begin, l)};
    const auto& begin = level.begin;
    bool good = begin.size() == sizes[l] + 1 && begin.front() == 1 && begin.back() == level.text.size();
    for (std::size_t i = 0; good && i < begin.size(); ++i)
      good = begin[i] <= level.text.size() && level.text[begin[i] - 1] == '\n' && (i == 0 || begin[i - 1] < begin[i]);
    if (!good) pack->fail("does not fit together: the names to search in");
  }
  return index;
}

/// The names to search in, when somebody searches: from the pack, unless it is damaged just there.
std::function<std::optional<NameIndex>()> saved_names(const std::shared_ptr<const PackFile>& pack) {
  return [pack]() -> std::optional<NameIndex> {
    try {
      return read_names(pack);
    } catch (const PackError&) {
      return std::nullopt;
    }
  };
}

/// The outlines at one detail. Of coarser ones little is looked at, wherever the view is: they do not stay in memory.
ArcLines read_detail(const PackFile& pack, std::size_t k, double tolerance) {
  const ArcLines lines{tolerance, pack.array<GridPoint>(pack_name(PackKind::arc_points, k)), numbers(pack, PackKind::arc_begin, k)};
  if (k > 0) pack.let_go(pack_name(PackKind::arc_points, k));
  return lines;
}

std::shared_ptr<const ArcShapes> read_shapes(const std::shared_ptr<const PackFile>& pack, const nlohmann::json& directory,
                                             CoarseOutlines coarse) {
  auto shapes = std::make_shared<ArcShapes>();
  const auto& grid = directory.at("grid");
  shapes->grid = {{grid.at(0).get<double>(), grid.at(1).get<double>()}, grid.at(2).get<double>()};
  auto tolerances = directory.at("tolerances").get<std::vector<double>>();
  if (coarse == CoarseOutlines::unread) tolerances.resize(std::min<std::size_t>(tolerances.size(), 1));
  for (std::size_t k = 0; k < tolerances.size(); ++k) shapes->details.push_back(read_detail(*pack, k, tolerances[k]));
  for (std::size_t l = 0; l < level_count; ++l)
    shapes->levels[l] = {numbers(*pack, PackKind::ring_refs, l), numbers(*pack, PackKind::ring_begin, l),
                         numbers(*pack, PackKind::polygon_begin, l), numbers(*pack, PackKind::ring_first, l)};
  shapes->memory = pack;
  if (!directory.contains("neighbours")) return shapes;
  const auto& known = directory.at("neighbours");
  const auto level = known.at("level").get<std::size_t>();
  if (level >= level_count) pack->fail("does not fit together: arcs beside cells of no level");
  shapes->neighbours[level] = {{}, pack->array<ArcSides>(pack_name(PackKind::arc_sides)),
                               pack->array<Box>(pack_name(PackKind::arc_reach)), known.at("partition").get<bool>()};
  return shapes;
}

void read_coverage(const std::shared_ptr<const PackFile>& pack, Coverage& coverage, const Sizes& sizes) {
  const auto l = static_cast<std::size_t>(coverage.level);
  const auto anchors = pack->array<Anchor>(pack_name(PackKind::anchors, l));
  coverage.cells = {pack->array<DivisionRef>(pack_name(PackKind::cells, l)), pack};
  coverage.arc_boxes = pack->array<Box>(pack_name(PackKind::boxes, l));
  coverage.ancestry = {pack->array<PackedAncestry>(pack_name(PackKind::ancestry, l)), pack};
  const std::size_t size = coverage.size();
  if (coverage.arc_boxes.size() != size || anchors.size() != size || coverage.ancestry.size() != size ||
      coverage.arcs->levels[l].size() != size)
    pack->fail("does not fit together: cells without an outline, a box or a name's place");
  check_cells(*pack, coverage, sizes);
  coverage.anchors = Anchors(anchors);
}

void read_water(const PackFile& pack, Dataset& dataset) {
  PolygonSet& lakes = dataset.lakes;
  lakes.points = copied(pack.array<Point>(pack_name(PackKind::lake_points)));
  lakes.ring_begin = copied(numbers(pack, PackKind::lake_rings));
  lakes.polygon_begin = copied(numbers(pack, PackKind::lake_polygons));
  lakes.boxes = copied(pack.array<Box>(pack_name(PackKind::lake_boxes)));
  dataset.rivers.points = copied(pack.array<Point>(pack_name(PackKind::river_points)));
  dataset.rivers.line_begin = copied(numbers(pack, PackKind::river_lines));
  check_runs(pack, lakes.ring_begin, lakes.points.size());
  check_runs(pack, lakes.polygon_begin, lakes.ring_count());
  check_runs(pack, dataset.rivers.line_begin, dataset.rivers.points.size());
  if (lakes.boxes.size() != lakes.size() || dataset.lake_names.size() != lakes.size() ||
      dataset.river_names.size() != dataset.rivers.size())
    pack.fail("does not fit together: waters without a box or a name");
}

Statistics::Column read_column(const std::shared_ptr<const PackFile>& pack, const nlohmann::json& entry, std::size_t number,
                               const Sizes& sizes) {
  Statistics::Column column;
  entry.at("indicator").get_to(column.indicator);
  const auto level = entry.at("level").get<std::size_t>();
  entry.at("year").get_to(column.year);
  const auto values = pack->array<Statistics::Cell>(pack_name(PackKind::values, number));
  if (level >= level_count || values.size() != sizes[level])
    pack->fail(fmt::format("does not fit together: the values of {}", column.indicator));
  for (const Statistics::Cell& cell : values)
    if (cell.status > Status::masked || cell.provenance > Provenance::user)
      pack->fail(fmt::format("does not fit together: the values of {}", column.indicator));
  column.level = static_cast<Level>(level);
  column.values = {values, pack};
  return column;
}

/// Layers of several levels become one source a level, as expand_levels() makes them.
std::vector<BoundarySource> read_sources(const PackFile& pack, const Project& project, const nlohmann::json& entries) {
  std::vector<BoundarySource> sources;
  for (const auto& entry : entries) {
    const auto number = entry.at(0).get<std::size_t>(), level = entry.at(1).get<std::size_t>();
    if (number >= project.boundaries.size() || level >= level_count) pack.fail("does not fit together: a boundary layer");
    sources.push_back(project.boundaries[number]);
    sources.back().level = static_cast<Level>(level);
  }
  return sources;
}

}  // namespace

DivisionTree packed_divisions(const std::shared_ptr<const PackFile>& pack) {
  DivisionTree tree;
  with_directory(*pack, [&](const nlohmann::json& directory) {
    tree = read_tree(pack, directory.at("types").get<std::vector<std::string>>(), packed_sizes(*pack));
  });
  tree.set_names(saved_names(pack));
  return tree;
}

void restore_pack(Dataset& dataset, const std::shared_ptr<const PackFile>& pack, std::vector<Indicator> indicators,
                  CoarseOutlines coarse) {
  with_directory(*pack, [&](const nlohmann::json& directory) {
    dataset.project.boundaries = read_sources(*pack, dataset.project, directory.at("boundaries"));
    restore_report(directory.at("report").get<std::string>(), *pack, dataset);
    const Sizes sizes = packed_sizes(*pack);
    const auto shapes = read_shapes(pack, directory, coarse);
    dataset.grid = shapes->grid;
    const auto& entries = directory.at("columns");
    std::vector<Statistics::Column> columns(entries.size());
    // What each needs is in the pack alone: all are read side by side, those that take longest first.
    std::vector<std::function<void()>> parts;
    parts.emplace_back([&] { dataset.tree = read_tree(pack, directory.at("types").get<std::vector<std::string>>(), sizes); });
    for (const Level level : {Level::village, Level::township, Level::county, Level::prefecture, Level::province})
      parts.emplace_back([&, level] {
        Coverage& coverage = dataset.coverages[static_cast<std::size_t>(level)];
        coverage.level = level;
        coverage.arcs = shapes;
        read_coverage(pack, coverage, sizes);
      });
    for (std::size_t i = 0; i < columns.size(); ++i)
      parts.emplace_back([&, i] { columns[i] = read_column(pack, entries[i], i, sizes); });
    parts.emplace_back([&] { check_shapes(*pack, *shapes); });
    parts.emplace_back([&] { read_water(*pack, dataset); });
    parallel_jobs(static_cast<int>(parts.size()), 0, [&](int i) { parts[static_cast<std::size_t>(i)](); });
    dataset.tree.set_names(saved_names(pack));
    dataset.statistics = Statistics(dataset.tree, std::move(indicators), dataset.project.years, std::move(columns));
  });
  dataset.pack = pack;
}

std::shared_ptr<const PackFile> find_pack(const Project& project, std::string& why_not) {
  const auto identity = pack_identity(project);
  std::error_code ignored;
  for (const std::filesystem::path& place : pack_places(project)) {
    if (!identity || !std::filesystem::exists(place, ignored)) continue;
    try {
      auto pack = PackFile::open(place);
      const std::string packed(text_of(*pack, pack_name(PackKind::identity)));
      if (packed == *identity) return pack;
      why_not = fmt::format("{}: {} since it was made", place.string(), identity_difference(packed, *identity));
    } catch (const PackError& e) {
      why_not = e.what();
    }
  }
  return nullptr;
}

std::shared_ptr<const PackFile> find_whole_pack(const Project& project, std::string& why_not) {
  auto pack = find_pack(project, why_not);
  try {
    if (pack) pack->check_all();
  } catch (const PackError& e) {
    why_not = e.what();
    pack = nullptr;
  }
  return pack;
}

}  // namespace battlemap::geo
