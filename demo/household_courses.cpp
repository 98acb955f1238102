#include "demo/household_courses.hpp"

#include <algorithm>

namespace battlemap::demo {

std::vector<HouseholdCourse> draw_households(std::int64_t people, std::int64_t count, Random random) {
  std::vector<HouseholdCourse> list(static_cast<std::size_t>(count));
  for (std::int64_t rest = people - count; rest > 0;) {
    HouseholdCourse& household = list[random.below(static_cast<std::uint32_t>(count))];
    if (household.people < largest_household) ++household.people, --rest;
  }
  return list;
}

SubsetSums::SubsetSums(std::vector<std::int32_t> sizes) : sizes_(std::move(sizes)) {
  for (const std::int32_t size : sizes_) total_ += size;
  words_ = static_cast<std::size_t>(total_) / 64 + 1;
  bits_.assign((sizes_.size() + 1) * words_, 0);
  bits_[sizes_.size() * words_] = 1;
  for (std::size_t i = sizes_.size(); i-- > 0;) {
    const auto shift = static_cast<unsigned>(sizes_[i]);  // 1 to 9: never a whole word
    const std::uint64_t* without = &bits_[(i + 1) * words_];
    std::uint64_t* row = &bits_[i * words_];
    for (std::size_t w = 0; w < words_; ++w) {
      const std::uint64_t carried = w == 0 ? 0 : without[w - 1] >> (64U - shift);
      row[w] = without[w] | (without[w] << shift) | carried;
    }
  }
}

bool SubsetSums::has(std::size_t first, std::int64_t people) const {
  const auto bit = static_cast<std::size_t>(people);
  return (bits_[first * words_ + bit / 64] >> (bit % 64) & 1U) != 0;
}

std::optional<std::int64_t> SubsetSums::nearest(std::int64_t wanted, std::int64_t low,
                                                std::int64_t high) const {
  wanted = std::clamp(wanted, low, std::max(low, high));
  for (std::int64_t away = 0; wanted - away >= low || wanted + away <= high; ++away) {
    if (wanted - away >= low && reachable(wanted - away)) return wanted - away;
    if (wanted + away <= high && reachable(wanted + away)) return wanted + away;
  }
  return std::nullopt;
}

std::vector<bool> SubsetSums::pick(std::int64_t people) const {
  std::vector<bool> picked(sizes_.size());
  for (std::size_t i = 0; i < sizes_.size(); ++i)
    if (people >= sizes_[i] && has(i + 1, people - sizes_[i])) picked[i] = true, people -= sizes_[i];
  return picked;
}

}  // namespace battlemap::demo
