#include <benchmark/benchmark.h>

#include <random>

#include "geo/classify.hpp"

namespace battlemap::geo {
namespace {

/// Skewed like poverty rates, nearly all distinct: the worst case for natural breaks.
std::vector<double> rates(std::size_t count) {
  std::mt19937_64 random(2016);
  std::lognormal_distribution<double> distribution(2, 1);
  std::vector<double> values(count);
  for (double& v : values) v = distribution(random);
  return values;
}

void classify_into_seven(benchmark::State& state, Method method) {
  const std::vector<double> values = rates(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(classify(values, method, 7));
}

BENCHMARK_CAPTURE(classify_into_seven, equal, Method::equal)
    ->Arg(4169)
    ->Arg(70000)
    ->Arg(690000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(classify_into_seven, quantile, Method::quantile)
    ->Arg(4169)
    ->Arg(70000)
    ->Arg(690000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(classify_into_seven, natural, Method::natural)
    ->Arg(4169)
    ->Arg(70000)
    ->Arg(690000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace battlemap::geo
