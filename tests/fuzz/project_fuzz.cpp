// project.toml and the tables that it names, all of any bytes. Files are separated by bytes 0xFF, which no TOML holds.
#include "fuzz.hpp"
#include "geo/indicator.hpp"
#include "geo/project.hpp"

using namespace battlemap::geo;
using battlemap::fuzz::answered;
using battlemap::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const battlemap::fuzz::ScratchFolder folder;
  battlemap::fuzz::Input input(data, size);
  folder.write("project.toml", input.until('\xFF'));
  const std::string indicators = folder.write("indicators.toml", input.until('\xFF'));
  const std::string figures = folder.write("figures.csv", input.until('\xFF'));
  folder.write("provenance.toml", input.until('\xFF'));
  answered([&] {
    const Project project = read_project(folder.path());
    require(!project.boundaries.empty() || !project.statistics.empty() || !project.id.empty(), "a project says something");
    require(project.projection.empty() || project.projection.size() > 3, "a projection is a text");
    for (const ControlTotal& control : project.controls)
      require(control.place.valid() && std::isfinite(control.expected), "a control total is a number of a place");
    for (const BoundarySource& source : project.boundaries) require(!source.dataset.empty(), "a source has a dataset");
    for (const StatisticsSource& source : project.statistics) require(!source.dataset.empty(), "a source has a dataset");
  });
  answered([&] {
    for (const Indicator& indicator : read_indicators(indicators)) {
      require(!indicator.id.empty() && std::isfinite(indicator.factor), "an indicator has an id");
      if (indicator.kind == IndicatorKind::ratio)
        require(!indicator.numerator.empty() && !indicator.denominator.empty(), "a rate has a denominator");
    }
  });
  answered([&] {
    for (const Figure& figure : read_figures(figures)) require(std::isfinite(figure.value), "a figure is a number");
  });
  return 0;
}
