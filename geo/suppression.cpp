#include "geo/suppression.hpp"

#include <cstddef>
#include <deque>
#include <optional>

namespace battlemap::geo {
namespace {

class SumProtection {
 public:
  SumProtection(std::span<const double> values, std::span<const SumRule> rules, double below,
                std::vector<bool>& hidden)
      : values_(values), rules_(rules), below_(below), hidden_(hidden), rules_of_(values.size()) {
    for (std::uint32_t r = 0; r < rules.size(); ++r) {
      rules_of_[rules[r].whole].push_back(r);
      for (const std::uint32_t part : rules[r].parts) rules_of_[part].push_back(r);
      open_.push_back(r);
    }
  }

  void run() {
    while (!open_.empty()) {
      const SumRule& rule = rules_[open_.front()];
      open_.pop_front();
      while (gives_away(rule)) {
        const auto more = next_to_hide(rule);
        if (!more) break;
        hidden_[*more] = true;
        open_.insert(open_.end(), rules_of_[*more].begin(), rules_of_[*more].end());
      }
    }
  }

 private:
  bool gives_away(const SumRule& rule) const {
    std::size_t count = hidden_[rule.whole] ? 1 : 0;
    double sum = 0;
    bool any_shown = false;
    for (const std::uint32_t part : rule.parts) {
      count += hidden_[part] ? 1 : 0;
      sum += hidden_[part] ? values_[part] : 0;
      any_shown = any_shown || !hidden_[part];
    }
    const bool too_small = !hidden_[rule.whole] && count > 1 && sum > 0 && sum < below_ && any_shown;
    return count == 1 || too_small;
  }

  std::optional<std::uint32_t> next_to_hide(const SumRule& rule) const {
    std::optional<std::uint32_t> best;
    for (const std::uint32_t part : rule.parts) {
      if (hidden_[part]) continue;
      const bool better = !best || (values_[*best] == 0 && values_[part] != 0) ||
                          (values_[part] != 0 && values_[part] < values_[*best]);
      if (better) best = part;
    }
    if (!best && !hidden_[rule.whole]) best = rule.whole;
    return best;
  }

  std::span<const double> values_;
  std::span<const SumRule> rules_;
  double below_;
  std::vector<bool>& hidden_;
  std::vector<std::vector<std::uint32_t>> rules_of_;  ///< by value
  std::deque<std::uint32_t> open_;                    ///< rules to look at (again)
};

}  // namespace

void protect_sums(std::span<const double> values, std::span<const SumRule> rules, double below,
                  std::vector<bool>& hidden) {
  SumProtection(values, rules, below, hidden).run();
}

}  // namespace battlemap::geo
