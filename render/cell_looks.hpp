#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "render/class_scheme.hpp"
#include "render/compose.hpp"

namespace battlemap::render {

struct Scene;

/// What a cell shows: a class, or why it has none; plain: the map has no fill.
enum class CellState : std::uint8_t { shown, no_data, not_applicable, masked, plain, outside };
struct CellLook {
  CellState state = CellState::outside;
  std::uint8_t cls = 0;
};

/// Cells shown per class, then without data, not applicable, hidden from the audience.
struct CellCounts {
  std::vector<std::size_t> classes;
  std::size_t no_data = 0;
  std::size_t not_applicable = 0;
  std::size_t masked = 0;
};

/// What a look at every cell's value tells: all that a sheet needs of it.
struct CellLooks {
  std::vector<CellLook> cells;      ///< one per cell of the coverage
  CellCounts counts;
  std::vector<std::uint32_t> thin;  ///< shown cells whose value stands on few places (see few_reported_note), ascending
  bool generated = false;           ///< a cell inside the place has a made-up value
};

/// Made once for all sheets that show the same cells by the same classes in the same year and place.
struct CellLooksSlot {
  std::shared_ptr<const ClassScheme> scheme;  ///< null on a map without a fill
  geo::Level level;
  int year;  ///< 0 on a map without a fill
  std::optional<geo::DivisionRef> place;
  std::once_flag made;
  CellLooks looks;
  bool is_of(const CellLooksSlot& other) const {
    return scheme == other.scheme && level == other.level && year == other.year && place == other.place;
  }
};

/// The looks of a scene whose scheme is set: those made lately or new ones. Thread-safe; who comes second waits.
std::shared_ptr<const CellLooks> cell_looks(const Scene& scene);

/// Whether a cell of a coverage lies in the scene's place.
bool is_inside(const Scene& scene, const geo::Coverage& coverage, std::uint32_t cell);

}  // namespace battlemap::render
