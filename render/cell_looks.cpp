#include "render/cell_looks.hpp"

#include <cmath>

#include "render/atlas_cache.hpp"
#include "render/cluster_map.hpp"
#include "render/parallel.hpp"
#include "render/scene.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t cells_a_range = 16384;
constexpr std::size_t most_looks_kept = 6;  // a hand that compares two years of two maps finds them all
constexpr double enough_reported = 0.9;

/// The class of a cell that has a value, by the map's kind; nullopt: no data after all.
class CellClasses {
 public:
  explicit CellClasses(const Scene& scene) : scene_(scene) {
    const FillSpec& fill = *scene.map.fill;
    if (fill.kind == FillKind::clusters)
      clusters_ = cluster_map(scene.atlas, fill.indicator, scene.level, scene.year, lisa_options(fill));
    if (fill.kind == FillKind::bivariate) second_.emplace(scene.atlas, fill.second, scene.year);
  }
  std::optional<std::size_t> operator()(std::uint32_t cell, const geo::Value& value) const {
    if (clusters_) return cluster(cell);
    if (second_) return pair(cell, value);
    return scene_.scheme->class_of(value.value);
  }

 private:
  std::optional<std::size_t> cluster(std::uint32_t cell) const {
    const geo::Cluster cluster = clusters_->lisa.places[cell].cluster;
    return cluster == geo::Cluster::no_data ? std::nullopt : std::optional(static_cast<std::size_t>(cluster));
  }
  std::optional<std::size_t> pair(std::uint32_t cell, const geo::Value& value) const {
    const geo::Value& other = (*second_)[scene_.coverage().cells[cell]];
    if (scene_.scheme->size() == 0 || !other.has_value() || !std::isfinite(other.value)) return std::nullopt;
    return scene_.scheme->axes[0].class_of(value.value) + 3 * scene_.scheme->axes[1].class_of(other.value);
  }
  const Scene& scene_;
  std::shared_ptr<const ClusterMap> clusters_;
  std::optional<CellValues> second_;
};

CellLook look_of(std::uint32_t cell, const geo::Value& value, const CellClasses& class_of) {
  if (value.status == geo::Status::not_applicable) return {CellState::not_applicable, 0};
  if (value.status == geo::Status::masked) return {CellState::masked, 0};
  if (!value.has_value() || !std::isfinite(value.value)) return {CellState::no_data, 0};
  const auto cls = class_of(cell, value);
  return cls ? CellLook{CellState::shown, static_cast<std::uint8_t>(*cls)} : CellLook{CellState::no_data, 0};
}

bool is_thin(const geo::Value& value) {
  return value.expected > 1 && static_cast<double>(value.reported) / value.expected < enough_reported;
}

/// What one range of cells adds.
struct Part {
  std::vector<std::uint32_t> thin;
  bool generated = false;
  CellCounts counts;
};

void count(std::span<const CellLook> looks, CellCounts& counts) {
  for (const CellLook& look : looks) {
    if (look.state == CellState::shown) ++counts.classes[look.cls];
    if (look.state == CellState::no_data) ++counts.no_data;
    if (look.state == CellState::not_applicable) ++counts.not_applicable;
    if (look.state == CellState::masked) ++counts.masked;
  }
}

void add(const CellCounts& part, CellCounts& all) {
  for (std::size_t k = 0; k < part.classes.size(); ++k) all.classes[k] += part.classes[k];
  all.no_data += part.no_data, all.not_applicable += part.not_applicable, all.masked += part.masked;
}

Part look_at(const Scene& scene, std::size_t first, std::size_t last, const CellClasses& class_of, std::vector<CellLook>& looks) {
  Part part;
  const geo::Coverage& coverage = scene.coverage();
  const CellValues values(scene.atlas, scene.indicator->id, scene.year);
  for (auto cell = static_cast<std::uint32_t>(first); cell < last; ++cell) {
    if (!is_inside(scene, coverage, cell)) continue;
    const geo::Value& value = values[coverage.cells[cell]];
    looks[cell] = look_of(cell, value, class_of);
    if (looks[cell].state == CellState::shown && is_thin(value)) part.thin.push_back(cell);
    part.generated = part.generated || value.provenance == geo::Provenance::generated;
  }
  part.counts.classes.assign(scene.scheme->size(), 0);
  count(std::span(looks).subspan(first, last - first), part.counts);
  return part;
}

void look_at_values(const Scene& scene, CellLooks& looks) {
  const CellClasses class_of(scene);
  std::vector<Part> parts((looks.cells.size() + cells_a_range - 1) / cells_a_range);
  geo::parallel_ranges(looks.cells.size(), cells_a_range, [&](std::size_t first, std::size_t last) {
    parts[first / cells_a_range] = look_at(scene, first, last, class_of, looks.cells);
  });
  for (const Part& part : parts) {
    looks.thin.insert(looks.thin.end(), part.thin.begin(), part.thin.end());
    looks.generated = looks.generated || part.generated;
    add(part.counts, looks.counts);
  }
}

void make_looks(const Scene& scene, CellLooks& looks) {
  const geo::Coverage& coverage = scene.coverage();
  looks.cells.resize(coverage.size());
  looks.counts.classes.assign(scene.scheme->size(), 0);
  if (scene.indicator != nullptr) {
    look_at_values(scene, looks);
  } else {
    for (std::uint32_t cell = 0; cell < coverage.size(); ++cell)
      if (is_inside(scene, coverage, cell)) looks.cells[cell].state = CellState::plain;
  }
}

std::shared_ptr<CellLooksSlot> find_slot(const Scene& scene) {
  auto slot = std::make_shared<CellLooksSlot>();
  slot->scheme = scene.map.fill ? scene.scheme : nullptr;
  slot->level = scene.level, slot->year = scene.map.fill ? scene.year : 0, slot->place = scene.place;
  Atlas::Cache* cache = scene.atlas.cache.get();
  if (cache == nullptr) return slot;
  const std::lock_guard lock(cache->mutex);
  for (const auto& kept : cache->looks)
    if (kept->is_of(*slot)) return kept;
  cache->looks.push_back(slot);
  if (cache->looks.size() > most_looks_kept) cache->looks.pop_front();
  return slot;
}

}  // namespace

bool is_inside(const Scene& scene, const geo::Coverage& coverage, std::uint32_t cell) {
  if (!scene.place) return true;
  return coverage.ancestry[cell][static_cast<std::size_t>(scene.place->level)] == scene.place->index;
}

std::shared_ptr<const CellLooks> cell_looks(const Scene& scene) {
  const std::shared_ptr<CellLooksSlot> slot = find_slot(scene);
  std::call_once(slot->made, [&] { make_looks(scene, slot->looks); });
  return {slot, &slot->looks};
}

}  // namespace battlemap::render
