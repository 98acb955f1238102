#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "geo/audience.hpp"
#include "render/compose.hpp"

namespace battlemap::app {

/// What of a project is loaded.
struct LoadOrder {
  std::filesystem::path project;
  std::optional<geo::Audience> audience;  ///< nullopt: the project's
  bool records = false;     ///< with records and judged exits
  std::string map;          ///< shown first; records are loaded at once when it is drawn from them
};

/// Loads a project on its own thread. Destroying it cancels at the next step and joins.
class AtlasLoader {
 public:
  struct Progress {
    std::string step;
    double fraction = 0;
  };
  struct Outcome {
    std::shared_ptr<const render::Atlas> atlas;  ///< null when it failed
    std::string error;
    bool data_missing = false;  ///< a source file is not there yet: `battlemap demo` makes it
  };
  /// `wake` is called from the loader's thread whenever there is something new to show.
  AtlasLoader(LoadOrder order, std::function<void()> wake);
  ~AtlasLoader();
  AtlasLoader(const AtlasLoader&) = delete;
  AtlasLoader& operator=(const AtlasLoader&) = delete;

  Progress progress() const;
  bool done() const;  ///< take() has something
  std::optional<Outcome> take();

 private:
  void run();
  void note(const std::string& step, double fraction);

  std::shared_ptr<const render::Atlas> load();

  LoadOrder order_;
  std::function<void()> wake_;
  std::atomic<bool> cancelled_ = false;
  mutable std::mutex mutex_;
  Progress progress_;
  std::optional<Outcome> outcome_;
  std::thread thread_;
};

}  // namespace battlemap::app
