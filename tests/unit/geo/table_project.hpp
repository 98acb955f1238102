#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "geo/join.hpp"

namespace battlemap::geo {

/// A small project of tables in a folder of its own: one province, counties 630101 and 630102 with two and
/// one villages, county 630103 without any. Indicators: count poor, count all, latest last.
class TableProject : public ::testing::Test {
 protected:
  TableProject() {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(BATTLEMAP_TEST_OUT) / "tables" / info->test_suite_name() / info->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    project_.years = {2015, 2016};
    project_.no_data_words = {"…", "NA"};
    project_.not_applicable_words = {"—"};
    for (const char* code : {"630101100201", "630101100202", "630102100201", "630103"})
      entries_.push_back({*Code::parse(code), code, ""});
    indicators_ = {{.id = "poor", .kind = IndicatorKind::count, .column = "poor"},
                   {.id = "all", .kind = IndicatorKind::count, .column = "all"},
                   {.id = "last", .kind = IndicatorKind::latest, .column = "last"}};
  }

  std::string write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  StatisticsSource& add_table(const std::string& name, std::string_view text, Level level = Level::village) {
    StatisticsSource source;
    source.level = level;
    source.dataset = write(name, text);
    project_.statistics.push_back(source);
    return project_.statistics.back();
  }
  void join() {
    tree_ = DivisionTree(entries_);
    columns_ = join_statistics(project_, tree_, indicators_, reports_, problems_);
  }
  std::string join_error() {
    try {
      join();
    } catch (const Error& e) {
      return e.what();
    }
    return "no error";
  }
  /// The cell of a village by its index; a cell of not-a-number when there is no such column.
  Statistics::Cell cell(std::string_view indicator, int year, std::size_t division,
                        Level level = Level::village) const {
    for (const auto& column : columns_)
      if (column.indicator == indicator && column.year == year && column.level == level)
        return column.values[division];
    ADD_FAILURE() << "no column " << indicator << " in " << year;
    return {};
  }
  std::vector<Problem> problems_of(std::string_view kind) const {
    std::vector<Problem> found;
    for (const Problem& problem : problems_)
      if (problem.kind == kind) found.push_back(problem);
    return found;
  }

  std::filesystem::path folder_;
  Project project_;
  std::vector<DivisionTree::Entry> entries_;
  std::vector<Indicator> indicators_;
  DivisionTree tree_;
  std::vector<Statistics::Column> columns_;
  std::vector<JoinReport> reports_;
  Problems problems_;
};

}  // namespace battlemap::geo
