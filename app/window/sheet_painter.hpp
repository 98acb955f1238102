#pragma once
#include <array>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/window/sheet_slots.hpp"
#include "render/compose.hpp"
#include "render/image.hpp"

struct GLFWwindow;

namespace battlemap::app {

/// A sheet to be painted, or only the panels of one.
struct SheetJob {
  enum class Part { sheet, panels };
  std::shared_ptr<const render::Atlas> atlas;
  render::SheetRequest request;
  Part part = Part::sheet;
  int width = 0, height = 0;  ///< panels: of the column, px; type and lines follow the request's size
};
bool same_job(const SheetJob& a, const SheetJob& b);

/// Composes and paints sheets on its own thread, the most urgent slot first, with `context`, a hidden
/// window's OpenGL context that outlives it. A job asked for while another of its slot waits replaces it.
class SheetPainter {
 public:
  struct Painted {
    Slot slot = Slot::panels;
    render::Image image;
    std::string error;  ///< not empty: it cannot be drawn
  };
  SheetPainter(std::shared_ptr<const render::TextEngine> text, GLFWwindow* context, std::function<void()> wake);
  ~SheetPainter();
  SheetPainter(const SheetPainter&) = delete;
  SheetPainter& operator=(const SheetPainter&) = delete;

  /// Does nothing when that is under way or was painted last. nullopt: the slot is not needed now. True while
  /// it is being made or waits for that.
  bool want(Slot slot, std::optional<SheetJob> job);
  std::vector<Painted> take();
  bool busy() const;  ///< a job runs or waits, or a result waits to be taken

 private:
  struct Desk {
    std::optional<SheetJob> wanted;
    bool due = false, running = false;
  };
  void run();
  std::optional<Slot> next();
  void finish(Slot slot, const SheetJob& job, Painted painted);

  std::shared_ptr<const render::TextEngine> text_;
  GLFWwindow* context_;
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::array<Desk, slot_count> desks_;
  std::vector<Painted> done_;
  bool running_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace battlemap::app
