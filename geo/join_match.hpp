#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/code_match.hpp"
#include "geo/division.hpp"

namespace battlemap::geo {

/// Divisions of one level found by name: for tables that ask for it, and to say what an unmatched row may
/// mean. Not thread-safe.
class NameMatcher {
 public:
  NameMatcher(const DivisionTree& tree, Level level) : tree_(tree), level_(level) {}

  /// The one division of this name within the row's parent, given by name or code, else by the deepest known
  /// division above its code; else the only one of the project. A short form ("城北") will do when it begins,
  /// or is begun by, one name only.
  CodeMatch match(std::string_view name, std::string_view parent, std::string_view code) const;

  /// Another division beside `index` that bears this name, which `index` does not; npos: none. A row with the code of
  /// the one and the name of the other has a wrong code or a wrong name.
  std::uint32_t sibling_called(std::string_view name, std::uint32_t index) const;

  /// "630105 城北区": what a row without a division most likely means; empty when nothing is near.
  std::string nearest(std::string_view code, std::string_view name) const;

 private:
  using ByName = std::unordered_map<std::string_view, std::vector<std::uint32_t>>;
  const ByName& by_name() const;
  DivisionRef known_above(std::string_view code) const;
  DivisionRef find_parent(std::string_view parent) const;
  std::string label(std::uint32_t index) const;

  const DivisionTree& tree_;
  Level level_;
  mutable std::optional<ByName> by_name_;
};

}  // namespace battlemap::geo
