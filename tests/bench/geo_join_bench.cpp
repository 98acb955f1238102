#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>

#include "geo/join.hpp"

namespace battlemap::geo {
namespace {

constexpr int column_count = 10;

/// Villages 200.. of townships of counties of one province after another, as many as asked for.
std::vector<DivisionTree::Entry> villages(std::size_t count) {
  std::vector<DivisionTree::Entry> entries;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t township = i / 100, county = township / 50, prefecture = county / 20,
                      province = prefecture / 10;
    const std::string code = fmt::format("{:02}{:02}{:02}{:03}{:03}", 11 + province, 1 + prefecture % 10,
                                         1 + county % 20, 100 + township % 50, 200 + i % 100);
    entries.push_back({*Code::parse(code), "村", ""});
  }
  return entries;
}

std::string write_table(const std::vector<DivisionTree::Entry>& entries) {
  const auto file =
      std::filesystem::temp_directory_path() / fmt::format("battlemap_join_{}.csv", entries.size());
  std::ofstream out(file, std::ios::binary);
  out << "code,year";
  for (int c = 0; c < column_count; ++c) out << ",c" << c;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    out << "\n" << entries[i].code.text() << ",2016";
    for (std::size_t c = 0; c < column_count; ++c) out << "," << (i * 7919 + c * 104729) % 5000;
  }
  return file.string();
}

void join_ten_columns(benchmark::State& state) {
  const auto entries = villages(static_cast<std::size_t>(state.range(0)));
  const DivisionTree tree(entries);
  Project project;
  project.years = {2016};
  StatisticsSource source;
  source.dataset = write_table(entries);
  project.statistics = {source};
  std::vector<Indicator> indicators;
  for (int c = 0; c < column_count; ++c) {
    const std::string id = fmt::format("c{}", c);
    indicators.push_back({.id = id, .kind = IndicatorKind::count, .column = id});
  }
  for (auto _ : state) {
    std::vector<JoinReport> reports;
    Problems problems;
    benchmark::DoNotOptimize(join_statistics(project, tree, indicators, reports, problems));
    if (reports.size() != 1 || reports[0].matched != entries.size())
      state.SkipWithError("rows did not match");
  }
  std::filesystem::remove(source.dataset);
}
BENCHMARK(join_ten_columns)->Arg(4169)->Arg(70000)->Arg(690000)->Unit(benchmark::kMillisecond);

void aggregate_to_province(benchmark::State& state) {
  const DivisionTree tree(villages(static_cast<std::size_t>(state.range(0))));
  const std::vector<Statistics::Cell> cells(tree.at(Level::village).size(), {3, Status::value});
  Indicator rate{.id = "rate", .kind = IndicatorKind::ratio, .numerator = "a", .denominator = "b"};
  const std::vector<Indicator> indicators{{.id = "a"}, {.id = "b"}, rate};
  for (auto _ : state) {
    state.PauseTiming();
    const Statistics statistics(tree, indicators, {2016},
                                {{"a", Level::village, 2016, cells}, {"b", Level::village, 2016, cells}});
    state.ResumeTiming();
    benchmark::DoNotOptimize(statistics.values("rate", Level::province, 2016));
  }
}
BENCHMARK(aggregate_to_province)->Arg(4169)->Arg(70000)->Arg(690000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace battlemap::geo
