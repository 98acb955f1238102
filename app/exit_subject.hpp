#pragma once
#include <string>

#include "geo/dataset.hpp"

namespace battlemap::app {

/// Whom a judgement is about, in words. A household has no name: its code is its id, its name the village's.
struct ExitWho {
  std::string code;  ///< empty: hidden
  std::string name;
  std::string place;  ///< code of the division
};
ExitWho who_is_judged(const geo::Dataset& dataset, geo::ExitSubject subject, std::uint32_t index);

}  // namespace battlemap::app
