#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "render/compose.hpp"

struct GLFWwindow;

namespace battlemap::app {

/// A picture file to be made of what is shown.
struct ExportOrder {
  std::shared_ptr<const render::Atlas> atlas;
  std::shared_ptr<const render::TextEngine> text;
  render::SheetRequest request;  ///< as shown in the window (map area, camera)
  bool keep_view = false;  ///< the user moved the camera: the file shows the same land, else the whole place
  int width = 1920;
  int height = 1080;
  double dots_per_inch = 96;
  std::filesystem::path file;
};

/// The full sheet (title, legend, furniture) that shows at least the land the map area shows.
render::Sheet export_sheet(const ExportOrder& order);

/// Paints the order on its own thread with `context`, a hidden window's OpenGL context that outlives it.
/// Destroying it cancels (nothing half-written stays) and joins.
class Exporter {
 public:
  struct Outcome {
    std::filesystem::path file;
    std::string error;  ///< empty: written
  };
  Exporter(ExportOrder order, GLFWwindow* context, std::function<void()> wake);
  ~Exporter();
  Exporter(const Exporter&) = delete;
  Exporter& operator=(const Exporter&) = delete;

  double progress() const { return progress_; }
  void cancel() { cancelled_ = true; }
  std::optional<Outcome> take();

 private:
  void run();
  void paint();

  ExportOrder order_;
  GLFWwindow* context_;
  std::function<void()> wake_;
  std::atomic<double> progress_ = 0;
  std::atomic<bool> cancelled_ = false;
  std::mutex mutex_;
  std::optional<Outcome> outcome_;
  std::thread thread_;
};

}  // namespace battlemap::app
