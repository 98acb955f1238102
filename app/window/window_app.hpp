#pragma once
#include <memory>
#include <optional>
#include <string>

#include "app/window/atlas_loader.hpp"
#include "app/window/exporter.hpp"
#include "app/window/fonts.hpp"
#include "app/window/map_input.hpp"
#include "app/window/map_renderer.hpp"
#include "app/window/panels.hpp"
#include "app/window/script_runner.hpp"
#include "app/window/shell.hpp"
#include "app/window/timings.hpp"
#include "app/window/window.hpp"

namespace battlemap::app {

/// The running window: owns everything, and says what a frame is made of. Nothing is drawn while nothing
/// changes.
class WindowApp : private ScriptHost {
 public:
  explicit WindowApp(WindowOptions options);
  void run();

 private:
  // A frame, in order.
  void wait_for_work();
  void frame();
  void take_results();
  void build_ui();
  void build_panels(const Ui& ui, const Layout& layout);
  void apply_keys();
  void fulfil_wishes();
  void ask_for_picture();
  void draw();
  void finish_frame();

  void open_session(std::shared_ptr<const render::Atlas> atlas);
  void start_loading();
  void start_export();
  void take_export();
  void place_legend();
  void note_timings(double frame_start);
  bool working() const;  ///< a frame is due without an event
  std::optional<double> next_deadline() const;
  Layout layout() const;
  render::Rect map_pixels(const Layout& layout) const;
  MapSize map_size(const Layout& layout) const;
  Ui ui();
  void print_timings() const;

  // ScriptHost
  Pointer& pointer() override { return scripted_; }
  bool press(const std::string& key) override { return shell_.press(key); }
  void type(const std::string& text) override { Shell::type(text); }
  void resize(int width, int height) override { shell_.resize(width, height); }
  bool settled() const override;
  void save_picture(const std::filesystem::path& file) override { save_to_ = file; }
  render::Vec2 locate(const std::string& target) const override;
  std::string actual(const std::string& what) const override;
  double now() const override { return shell_.now(); }

  WindowOptions options_;
  Shell shell_;
  std::shared_ptr<const render::TextEngine> text_;
  Fonts fonts_;
  Marks marks_;
  LoadingScreen loading_;
  std::optional<Session> session_;
  MapRenderer map_;
  MapInput input_;
  std::unique_ptr<AtlasLoader> loader_;
  Shell::HiddenContext export_context_;
  std::unique_ptr<Exporter> exporter_;  ///< after its context: joined before that is destroyed
  std::optional<ScriptRunner> script_;
  Pointer scripted_;
  std::optional<std::filesystem::path> save_to_;
  int frames_due_ = 2;
  bool exact_frame_shown_ = false;
  bool finished_ = false;

  struct Change {
    double since = 0;
    bool view = false;
  };
  std::optional<Change> change_;
  Timings moving_frames_, view_changes_, style_changes_, first_picture_;
};

}  // namespace battlemap::app
