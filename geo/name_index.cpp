#include "geo/name_index.hpp"

#include <algorithm>
#include <cstring>

#include "geo/division.hpp"
#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

struct OwnedNames {
  std::array<std::string, level_count> texts;
  std::array<std::vector<std::uint32_t>, level_count> begin;
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void append_names(const Divisions& divisions, std::string& text, std::vector<std::uint32_t>& begin) {
  begin.reserve(divisions.size() + 1);
  text += '\n';
  for (const Division& division : divisions) {
    begin.push_back(static_cast<std::uint32_t>(text.size()));
    if (!division.name_inferred) text += normalised_name(division.name);
    text += '\n';
  }
  if (text.size() >= 0xFFFFFFFFU) fail("names of 4 GB cannot be searched");
  begin.push_back(static_cast<std::uint32_t>(text.size()));
}

}  // namespace

std::string normalised_name(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    if (c == '\n') c = ' ';
  }
  return lower;
}

NameIndex make_name_index(const DivisionTree& tree) {
  const auto owned = std::make_shared<OwnedNames>();
  NameIndex index;
  for (std::size_t l = 0; l < level_count; ++l) {
    append_names(tree.at(static_cast<Level>(l)), owned->texts[l], owned->begin[l]);
    index.levels[l] = {owned->texts[l], owned->begin[l]};
  }
  index.memory = owned;
  return index;
}

std::size_t find_part(std::string_view text, std::string_view part, std::size_t from) {
  if (from >= text.size()) return std::string_view::npos;
  const void* at = ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
  return at == nullptr ? std::string_view::npos : static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
}

}  // namespace battlemap::geo
