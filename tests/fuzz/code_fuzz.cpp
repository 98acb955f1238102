// Codes: as texts, as cells of tables, and found among divisions.
#include "fuzz.hpp"
#include "geo/code_match.hpp"

using namespace battlemap::geo;
using battlemap::fuzz::require;

namespace {

/// What holds of every code.
void check_code(Code code) {
  const std::string text = code.text();
  require(code.valid() && text.size() == static_cast<std::size_t>(digits_of(code.level())),
          "a code has as many digits as its level");
  require(Code::parse_at(text, code.level()) == code, "a code's text is that code at its level");
  const auto parent = code.parent();
  require(parent.has_value() == (code.level() != Level::province), "only a province has no parent");
  if (parent) {
    require(text.starts_with(parent->text()), "a parent's code is a prefix");
    require(code.is_within(*parent) && *parent < code, "a parent comes before its children");
  }
  for (const Level level : all_levels) {
    const Code above = code.ancestor(level);
    require(code.is_within(above) && above.level() == std::min(level, code.level()), "ancestors hold their own");
  }
}

const DivisionTree& some_divisions() {
  static const DivisionTree tree = [] {
    std::vector<DivisionTree::Entry> entries;
    for (const char* code :
         {"010101001001", "010101001002", "630102100201", "630102100202", "630105000000", "630122001201", "441900",
          "630123", "632823", "999999999999"})
      entries.push_back({Code::parse(code).value(), code, ""});
    return DivisionTree(std::move(entries));
  }();
  return tree;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto code = Code::parse(text)) {
    check_code(*code);
    require(Code::parse(code->text()) == code, "parsing a code's text gives the code");
    require(text.starts_with(code->text()), "a code is the beginning of what it was read from");
  }
  for (const Level level : all_levels)
    if (const auto code = Code::parse_at(text, level)) {
      check_code(*code);
      require(code->level() == level, "a code is at the level asked for");
    }
  if (const auto code = code_of_cell(text)) check_code(*code);

  const DivisionTree& tree = some_divisions();
  for (const Level level : all_levels) {
    CodeMatcher matcher(tree, level);
    const CodeMatch first = matcher.match(text), again = matcher.match(text);
    require(first.index == again.index && first.repaired == again.repaired && first.why_not == again.why_not,
            "a cell's match does not depend on the cells before");
    if (first.index == npos) {
      require(!first.why_not.empty() && !first.repaired, "no match has a reason");
    } else {
      require(first.index < tree.at(level).size() && first.why_not.empty(), "a match is a division");
      const CodeMatch plain = matcher.match(tree.at(level)[first.index].code.text());
      require(plain.index == first.index && !plain.repaired, "a division's own code needs no repair");
    }
  }
  return 0;
}
