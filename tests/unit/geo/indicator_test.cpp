#include "geo/indicator.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace battlemap::geo {
namespace {

std::filesystem::path write_file(std::string_view text) {
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "indicator";
  std::filesystem::create_directories(folder);
  const auto file =
      folder / (std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".toml");
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

std::string error_of(std::string_view text) {
  try {
    read_indicators(write_file(text));
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

#define EXPECT_SAYS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)

constexpr auto counts = R"([[indicator]]
id = "poor"
kind = "count"
[[indicator]]
id = "all"
kind = "count"
column = "population"
)";

TEST(ReadIndicators, ReadsTheDemosFile) {
  const auto indicators =
      read_indicators(std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/indicators.toml");
  const auto find = [&](std::string_view id) {
    for (const Indicator& i : indicators)
      if (i.id == id) return i;
    return Indicator{};
  };
  EXPECT_EQ(find("poverty_rate").kind, IndicatorKind::ratio);
  EXPECT_EQ(find("poverty_rate").factor, 100);
  EXPECT_EQ(find("poverty_rate").name.zh, "贫困发生率");
  EXPECT_EQ(find("poor_population").column, "poor_population");
  EXPECT_EQ(find("poor_population").direction, Direction::lower_better);
  EXPECT_EQ(find("exit_year").categories.at(9999).en, "Not yet out");
  EXPECT_EQ(find("villages").provenance, Provenance::published);
  EXPECT_EQ(find("poverty_rate_change").of, "poverty_rate");
  EXPECT_EQ(find("exited_population").years.front(), 2016);
}

TEST(ReadIndicators, ColumnDefaultsToTheId) {
  const auto indicators = read_indicators(write_file(counts));
  EXPECT_EQ(indicators[0].column, "poor");
  EXPECT_EQ(indicators[1].column, "population");
  EXPECT_EQ(indicators[1].name.en, "all");
}

TEST(ReadIndicators, RejectsUnknownKindsAndKeysByLine) {
  EXPECT_SAYS(error_of("[[indicator]]\nid = 'a'\nkind = 'cuont'\n"), ".toml:3: ");
  EXPECT_SAYS(error_of("[[indicator]]\nid = 'a'\nkind = 'cuont'\n"), "count");
  EXPECT_SAYS(error_of("[[indicator]]\nid = 'a'\nkind = 'count'\ncolunm = 'b'\n"), "column");
  EXPECT_SAYS(error_of("[[indicator]]\nid = 'a'\nkind = 'count'\nnumerator = 'b'\n"), "numerator");
  EXPECT_SAYS(error_of("[[indicator]]\nid = 'a'\nkind = 'count'\ndecimals = 99\n"), "decimals");
}

TEST(ReadIndicators, RejectsDuplicateIdsNamingBothLines) {
  const std::string text = error_of(std::string(counts) + "[[indicator]]\nid = 'poor'\nkind = 'latest'\n");
  EXPECT_SAYS(text, ".toml:9: ");
  EXPECT_SAYS(text, "line 2");
}

TEST(ReadIndicators, RejectsARatioWithoutItsParts) {
  const std::string head = std::string(counts) + "[[indicator]]\nid = 'rate'\nkind = 'ratio'\n";
  EXPECT_SAYS(error_of(head + "denominator = 'all'\n"), "numerator");
  EXPECT_SAYS(error_of(head + "numerator = 'por'\ndenominator = 'all'\n"), "nearest: poor");
  EXPECT_SAYS(error_of(head + "numerator = 'rate'\ndenominator = 'all'\n"), "kind \"count\"");
  EXPECT_SAYS(error_of(head + "numerator = 'poor'\ndenominator = 'all'\nfactor = 0\n"), "factor");
}

TEST(ReadIndicators, RejectsCycles) {
  EXPECT_SAYS(error_of("[[indicator]]\nid = 'a'\nkind = 'change'\nof = 'a'\n"), "in turn");
  EXPECT_SAYS(error_of("[[indicator]]\nid = 'a'\nkind = 'change'\nof = 'b'\n"
                       "[[indicator]]\nid = 'b'\nkind = 'change'\nof = 'a'\n"),
              "in turn");
  EXPECT_EQ(error_of(std::string(counts) + "[[indicator]]\nid = 'a'\nkind = 'change'\nof = 'b'\n"
                                           "[[indicator]]\nid = 'b'\nkind = 'change'\nof = 'poor'\n"),
            "no error");
}

TEST(FormatNumber, GroupsThousandsAndRounds) {
  EXPECT_EQ(format_number(1234567.84, 1), "1,234,567.8");
  EXPECT_EQ(format_number(999, 0), "999");
  EXPECT_EQ(format_number(1000, 0), "1,000");
  EXPECT_EQ(format_number(-1234.5, 2), "−1,234.50");
  EXPECT_EQ(format_number(13.25, 1), "13.3");  // a half away from zero
  EXPECT_EQ(format_number(1e18, 2), "1,000,000,000,000,000,000.00");
  EXPECT_EQ(format_number(-0.04, 1), "0.0");  // no minus on a zero
}

TEST(FormatValue, SaysWhatThereIs) {
  Indicator indicator;
  indicator.decimals = 1;
  Value value;
  EXPECT_EQ(format_value(value, indicator, Language::zh), "无数据");
  EXPECT_EQ(format_value(value, indicator, Language::en), "No data");
  value.status = Status::not_applicable;
  EXPECT_EQ(format_value(value, indicator, Language::en), "Not applicable");
  value = {.status = Status::value, .value = 1200.25};
  EXPECT_EQ(format_value(value, indicator, Language::zh), "1,200.3");
  indicator.kind = IndicatorKind::change;
  EXPECT_EQ(format_value(value, indicator, Language::zh), "+1,200.3");
  value.value = 0.01;
  EXPECT_EQ(format_value(value, indicator, Language::zh), "0.0");
  value.value = -3;
  EXPECT_EQ(format_value(value, indicator, Language::zh), "−3.0");
}

TEST(FormatValue, NamesCategoriesAndLeavesYearsWhole) {
  Indicator indicator;
  indicator.kind = IndicatorKind::latest;
  indicator.categories[9999] = {"尚未退出", "Not yet out"};
  const Value year{.status = Status::value, .value = 2016}, never{.status = Status::value, .value = 9999};
  EXPECT_EQ(format_value(year, indicator, Language::en), "2016");
  EXPECT_EQ(format_value(never, indicator, Language::zh), "尚未退出");
}

}  // namespace
}  // namespace battlemap::geo
