#include "demo/exact_choice.hpp"

#include <algorithm>

#include "geo/error.hpp"

namespace battlemap::demo {

std::vector<bool> choose_highest(std::size_t count, std::span<const double> scores) {
  std::vector<std::size_t> eligible;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (scores[i] > 0) eligible.push_back(i);
  if (eligible.size() < count)
    geo::fail("cannot choose {}: only {} of {} are eligible", count, eligible.size(), scores.size());
  std::sort(eligible.begin(), eligible.end(),
            [&](auto a, auto b) { return scores[a] != scores[b] ? scores[a] > scores[b] : a < b; });
  std::vector<bool> chosen(scores.size());
  for (std::size_t k = 0; k < count; ++k) chosen[eligible[k]] = true;
  return chosen;
}

}  // namespace battlemap::demo
