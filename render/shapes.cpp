#include "render/shapes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "geo/nearest.hpp"

namespace battlemap::render {
namespace {

constexpr std::array<std::string_view, shape_count> ids{
    "circle", "square", "triangle", "triangle-down", "diamond", "pentagon", "hexagon", "star",
    "plus",   "cross",  "bar",      "house",         "half",    "ring",     "seat",    "group",
    "clinic", "school", "book",     "bolt",          "drop",    "road",     "coin",    "cart",
    "wheat",  "sun",    "signal",   "people",        "leaf",    "factory",  "toilet",  "flag"};

}  // namespace

std::string_view shape_id(Shape shape) {
  return ids[static_cast<std::size_t>(shape)];
}

std::optional<Shape> find_shape(std::string_view word) {
  const auto found = std::find(ids.begin(), ids.end(), word);
  if (found == ids.end()) return std::nullopt;
  return static_cast<Shape>(found - ids.begin());
}

Shape read_shape(const geo::TomlTable& table, std::string_view key) {
  const std::string word = table.string(key);
  if (const auto shape = find_shape(word)) return *shape;
  const std::vector<std::string> known(ids.begin(), ids.end());
  const auto near = geo::nearest_names(word, known, 1);
  table.fail(
      key, "one of the shapes " + [&] {
        std::string all;
        for (const std::string& id : known) all += (all.empty() ? "" : ", ") + id;
        return near.empty() ? all : all + "; did you mean " + near.front() + "?";
      }());
}

Shape read_shape(const geo::TomlTable& table, std::string_view key, Shape fallback) {
  return table.has(key) ? read_shape(table, key) : fallback;
}

}  // namespace battlemap::render
