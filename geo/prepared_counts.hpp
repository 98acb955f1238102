#pragma once
#include <array>
#include <string>
#include <vector>

#include "geo/record_counts.hpp"

namespace battlemap::geo {

/// Counts of one kind of record at every place, made while loading for audiences that must not see small
/// numbers, and safe against subtraction: see protect_sums.
struct PreparedCounts {
  struct Field {
    std::string id;  ///< of the field counted by
    std::vector<CountHeading> headings;
    std::size_t first = 0;  ///< its first heading's count within a place's
  };
  RecordKind kind = RecordKind::household;
  Provenance provenance = Provenance::user;
  std::vector<Field> fields;
  std::size_t stride = 1;  ///< counts per place: the total, then those of each field
  std::array<std::size_t, level_count> first_place{};  ///< of each level
  /// By CountOf: [place * stride + n]. Hidden counts are 0 here: nothing keeps them.
  std::array<std::vector<double>, 2> values;
  std::array<std::vector<bool>, 2> hidden;

  /// Count `n` of a place (0: the total).
  Value value(CountOf of, DivisionRef place, std::size_t n) const;
  const Field* find(std::string_view field) const;
};

/// Counts and protects. Numbers with 0 < n < below are hidden, and people of households that are.
PreparedCounts prepare_counts(const Dataset& dataset, RecordKind kind, double below);

}  // namespace battlemap::geo
