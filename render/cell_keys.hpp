#pragma once
#include <array>
#include <memory>
#include <vector>

#include "geo/division.hpp"

namespace battlemap::render {

/// Cells as numbers whose highest differing bit tells at which level two of them part:
///
///   | outside | province | prefecture | county | township | the cell in its township |
///
/// Each field counts the places within the one before it.
struct CellKeys {
  static constexpr int most_bits = 32;
  std::vector<std::uint32_t> of;              ///< by cell; one more at the end, for no cell
  std::array<int, geo::level_count> shift{};  ///< lowest bit of each level's field
  int bits = 0;                               ///< of all fields; more than most_bits: there are no keys
  bool fit(int further = 0) const { return bits + further <= most_bits; }
};

CellKeys cell_keys(const geo::Coverage& coverage);
/// The same, made once for a coverage. Thread-safe.
std::shared_ptr<const CellKeys> cell_keys(const std::shared_ptr<const geo::Coverage>& coverage);

}  // namespace battlemap::render
