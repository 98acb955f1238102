// The demo's figures.csv: the published figures that the control totals refer to.
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "geo/project.hpp"

namespace battlemap::geo {
namespace {

const std::filesystem::path demo = std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai";

std::vector<Figure> figures() {
  return read_figures(demo / "figures.csv");
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

double power_of(std::string_view unit) {
  if (unit.starts_with("万")) return 1e4;
  if (unit.starts_with("亿")) return 1e8;
  return 1;
}

/// "六张" or "两市": one Chinese numeral at the start.
std::optional<double> chinese_numeral(std::string_view text) {
  constexpr std::pair<std::string_view, double> numerals[] = {{"一", 1}, {"二", 2}, {"两", 2}, {"三", 3},
                                                              {"四", 4}, {"五", 5}, {"六", 6}, {"七", 7},
                                                              {"八", 8}, {"九", 9}, {"十", 10}};
  for (const auto& [word, value] : numerals)
    if (text.starts_with(word)) return value;
  return std::nullopt;
}

/// The number a printed text stands for: "超过10亿元" is 1,000,000,000. nullopt where it holds several.
std::optional<double> printed_number(std::string_view text) {
  if (text.find('+') != std::string_view::npos) return std::nullopt;
  const auto first = std::find_if(text.begin(), text.end(), is_digit);
  if (first == text.end()) return chinese_numeral(text);
  double number = 0;
  const char* begin = text.data() + (first - text.begin());
  const auto [rest, error] = std::from_chars(begin, text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return number * power_of({rest, static_cast<std::size_t>(text.data() + text.size() - rest)});
}

TEST(FiguresFile, HoldsTheBriefingsFigures) {
  EXPECT_GE(figures().size(), 80U);
}

TEST(FiguresFile, IdsAreUnique) {
  std::set<std::string> seen;
  for (const Figure& figure : figures()) EXPECT_TRUE(seen.insert(figure.id).second) << figure.id;
}

TEST(FiguresFile, EveryRowSaysWhatWhereAndFromWhere) {
  for (const Figure& figure : figures()) {
    EXPECT_FALSE(figure.subject.empty()) << figure.id;
    EXPECT_FALSE(figure.unit.empty()) << figure.id;
    EXPECT_FALSE(figure.level.empty()) << figure.id;
    EXPECT_TRUE(figure.source.starts_with("briefing-2017-01-17 ¶") || figure.source.ends_with("SOURCES.md"))
        << figure.id << ": " << figure.source;
    EXPECT_TRUE(std::isfinite(figure.value)) << figure.id;
  }
}

TEST(FiguresFile, TheNumberIsTheOneThatIsPrinted) {
  std::size_t compared = 0;
  for (const Figure& figure : figures())
    if (const auto printed = printed_number(figure.value_text)) {
      EXPECT_NEAR(figure.value, *printed, 1e-9 * std::abs(*printed))
          << figure.id << ": " << figure.value_text;
      ++compared;
    }
  EXPECT_GE(compared, figures().size() - 3);  // "1+8+10" stands for three numbers
}

TEST(FiguresFile, PercentagesArePrintedAsSuch) {
  for (const Figure& figure : figures())
    EXPECT_EQ(figure.unit == "%", figure.value_text.find('%') != std::string::npos) << figure.id;
}

TEST(FiguresFile, ConflictingValuesAreNumbersWithANote) {
  std::size_t conflicts = 0;
  for (const Figure& figure : figures()) {
    if (figure.conflicting_value.empty()) continue;
    ++conflicts;
    EXPECT_TRUE(printed_number(figure.conflicting_value)) << figure.id;
    EXPECT_NE(printed_number(figure.conflicting_value), figure.value) << figure.id;
    EXPECT_FALSE(figure.conflict_note.empty()) << figure.id;
  }
  EXPECT_GE(conflicts, 10U);
}

TEST(FiguresFile, ControlTotalsExpectWhatTheirFigureSays) {
  const std::vector<Figure> known = figures();
  std::size_t checked = 0;
  for (const ControlTotal& control : read_project(demo).controls) {
    if (control.figure.empty()) continue;
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const Figure& figure) { return figure.id == control.figure; });
    ASSERT_NE(found, known.end()) << "no figure " << control.figure << " for control " << control.id;
    EXPECT_DOUBLE_EQ(found->value, control.expected) << control.id;
    EXPECT_EQ(found->year, control.year) << control.id;
    ++checked;
  }
  EXPECT_GE(checked, 13U);
}

}  // namespace
}  // namespace battlemap::geo
