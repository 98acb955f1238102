#pragma once
#include <cstdint>
#include <vector>

#include "render/board.hpp"
#include "render/layer_spec.hpp"

namespace battlemap::render {

/// The records that a layer draws: rows of its kind within the place that meet its conditions (households:
/// and the user's filter), ascending; and what the picture's year makes of them.
class RecordRows {
 public:
  RecordRows(const Board& board, const LayerSpec& spec);
  std::size_t size() const { return rows_.size(); }
  std::uint32_t row(std::size_t i) const { return rows_[i]; }
  const std::vector<std::uint32_t>& rows() const { return rows_; }
  bool is(RecordState state, std::size_t i) const;
  /// Rows of "cadre" that help household `i`.
  std::vector<std::uint32_t> cadres(std::size_t i) const;
  /// The unit of the first cadre that has one, as a row of "unit"; npos for none.
  std::uint32_t helper_unit(std::size_t i) const { return pairings()[i].unit; }

  const Board& board;
  const LayerSpec& spec;
  const geo::RecordTable& table;

 private:
  struct Pairing {
    bool paired = false;
    std::uint32_t unit = geo::npos;
  };
  const std::vector<Pairing>& pairings() const;
  bool state_of_row(RecordState state, std::uint32_t row) const;
  bool meets(const RecordCondition& condition, std::uint32_t row) const;
  std::vector<std::uint32_t> rows_;
  mutable std::vector<Pairing> pairings_;  ///< one per record, once somebody asks
};

}  // namespace battlemap::render
