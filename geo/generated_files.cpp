#include <filesystem>

#include "geo/boundaries.hpp"
#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

/// A source in generated/ that is not there is made by a command; GDAL could not tell.
void require_generated(const Project& project, const std::string& dataset) {
  std::error_code ignored;
  const std::filesystem::path generated = project.folder / "generated";
  const bool inside = dataset.starts_with(generated.string() + "/");
  if (inside && !std::filesystem::exists(dataset, ignored))
    fail("{}: not there yet; make the project's generated files with: battlemap demo {}", dataset,
         project.folder.string());
}

}  // namespace

void require_generated_files(const Project& project) {
  for (const auto& source : project.boundaries) require_generated(project, source.dataset);
  for (const auto& source : project.statistics) require_generated(project, source.dataset);
  for (const auto& source : project.records) require_generated(project, source.dataset);
  for (const auto& source : project.water) require_generated(project, source.dataset);
}

}  // namespace battlemap::geo
