#pragma once
#include <array>
#include <cstdint>
#include <optional>

namespace battlemap::geo {

/// Who exits: each has its own table of criteria (criteria.hpp).
enum class ExitSubject : std::uint8_t { household, village, county };
inline constexpr int exit_subject_count = 3;
inline constexpr std::array<ExitSubject, exit_subject_count> all_exit_subjects{
    ExitSubject::household, ExitSubject::village, ExitSubject::county};

/// What an indicator takes from the judgements of exits.
enum class ExitQuantity : std::uint8_t {
  pass,          ///< judged so; recorded as out or not
  fail,
  unknown,
  recorded,      ///< exits recorded up to the year
  confirmed,     ///< recorded and judged pass
  contradicted,  ///< recorded and judged fail
  told,          ///< recorded and judged pass or fail: the denominator of exit accuracy
  missed,        ///< judged pass, but no exit is recorded
  judgement      ///< of a village or county itself: 1 pass, 2 cannot tell, 3 fail; upwards the worst
};

/// An indicator counted from the judgements instead of read from a table.
struct ExitSource {
  ExitQuantity quantity = ExitQuantity::recorded;
  std::optional<ExitSubject> subject;  ///< nullopt, judgement only: villages and counties, each at its level
};

}  // namespace battlemap::geo
