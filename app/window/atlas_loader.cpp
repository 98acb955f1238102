#include "app/window/atlas_loader.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "geo/error.hpp"

namespace battlemap::app {
namespace {

struct Cancelled {};

/// True when the project can be read but a file it names is not there (connection strings have no folder).
bool lacks_data(const std::filesystem::path& path) {
  try {
    const geo::Project project = geo::read_project(path);
    return std::ranges::any_of(project.boundaries, [](const geo::BoundarySource& source) {
      const std::filesystem::path file = source.dataset;
      return file.is_absolute() && !std::filesystem::exists(file);
    });
  } catch (const std::exception&) {
    return false;
  }
}

/// A wrong name or file is for load_atlas() to report.
bool starts_with_records(const geo::Project& project, const std::string& asked) {
  const std::string& first = asked.empty() ? project.default_map : asked;
  if (project.records.empty()) return false;
  for (const render::MapSpec& map : render::read_maps(project.maps_folder))
    if (map.id == first) return render::data_needed(project, first, "", std::nullopt).records;
  return false;
}

}  // namespace

AtlasLoader::AtlasLoader(LoadOrder order, std::function<void()> wake)
    : order_(std::move(order)), wake_(std::move(wake)), thread_([this] { run(); }) {}

AtlasLoader::~AtlasLoader() {
  cancelled_ = true;
  thread_.join();
}

AtlasLoader::Progress AtlasLoader::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

bool AtlasLoader::done() const {
  const std::lock_guard lock(mutex_);
  return outcome_.has_value();
}

std::optional<AtlasLoader::Outcome> AtlasLoader::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(outcome_, std::nullopt);
}

void AtlasLoader::note(const std::string& step, double fraction) {
  if (cancelled_) throw Cancelled{};
  {
    const std::lock_guard lock(mutex_);
    progress_ = {step, fraction};
  }
  wake_();
}

std::shared_ptr<const render::Atlas> AtlasLoader::load() {
  const geo::Project project = geo::read_project(order_.project);
  geo::LoadOptions options;
  if (order_.records || starts_with_records(project, order_.map)) options = render::all_needed(project);
  options.audience = order_.audience;
  return render::load_atlas(project, options, [this](const std::string& s, double f) { note(s, f); });
}

void AtlasLoader::run() {
  Outcome outcome;
  try {
    outcome.atlas = load();
  } catch (const Cancelled&) {
    return;
  } catch (const std::bad_alloc&) {
    outcome.error = "out of memory";
  } catch (const std::exception& e) {
    outcome.error = e.what();
    outcome.data_missing = lacks_data(order_.project);
  }
  {
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
  }
  wake_();
}

}  // namespace battlemap::app
