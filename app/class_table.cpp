#include "app/class_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

namespace battlemap::app {
namespace {

/// Six significant digits for people; the JSON has every digit.
std::string short_number(double value) {
  return fmt::format("{:.6g}", value);
}

}  // namespace

std::string class_table(const geo::Classes& classes) {
  const std::size_t total = std::accumulate(classes.counts.begin(), classes.counts.end(), std::size_t{0});
  std::string text = fmt::format("{} classes by method {} of {} values\n", classes.size(),
                                 geo::method_id(classes.method), total);
  text +=
      fmt::format("  {:>5}  {:>12}    {:>12}  {:>9}  {:>7}\n", "class", "above", "up to", "count", "share");
  for (std::size_t k = 0; k < classes.size(); ++k)
    text += fmt::format(
        "  {:>5}  {:>12}{}  {:>12}  {:>9}  {:>5.1f} %\n", k + 1, short_number(classes.breaks[k]),
        k == 0 ? " ≤" : "  ", short_number(classes.breaks[k + 1]), classes.counts[k],
        total == 0 ? 0.0 : 100.0 * static_cast<double>(classes.counts[k]) / static_cast<double>(total));
  return text + fmt::format("goodness of variance fit {:.4f}\n", classes.goodness_of_variance_fit);
}

nlohmann::json classes_json(const geo::Classes& classes) {
  return {{"method", geo::method_id(classes.method)},
          {"breaks", classes.breaks},
          {"counts", classes.counts},
          {"goodness_of_variance_fit", classes.goodness_of_variance_fit}};
}

}  // namespace battlemap::app
