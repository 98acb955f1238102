#pragma once
#include <memory>
#include <optional>
#include <string>

#include "app/window/atlas_loader.hpp"
#include "app/window/exporter.hpp"
#include "app/window/file_job.hpp"
#include "app/window/fonts.hpp"
#include "app/window/kept_panels.hpp"
#include "app/window/map_input.hpp"
#include "app/window/map_renderer.hpp"
#include "app/window/panels.hpp"
#include "app/window/picture_textures.hpp"
#include "app/window/sheet_painter.hpp"
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
  ~WindowApp() { loader_.reset(); }  // its thread may wake the window
  WindowApp(const WindowApp&) = delete;
  WindowApp& operator=(const WindowApp&) = delete;
  void run();

 private:
  // A frame, in order.
  void wait_for_work();
  void wait_for_project();
  bool wait_for_picture(double longest);
  void leave_time_for_picture();
  bool drawing() const;
  bool results_due() const;
  void frame();
  void take_results();
  void build_ui();
  void build_panels(const Ui& ui, const Layout& layout);
  void apply_keys();
  void fulfil_wishes();
  void ask_for_picture();
  void draw();
  void draw_with_kept_panels(render::Colour ground);
  void upload_fonts();
  void finish_frame();

  // Loading: the project, then its records, or all of it anew for another audience.
  std::unique_ptr<AtlasLoader> load_project() const;
  void start_loading();
  void take_project();
  void open_session(std::shared_ptr<const render::Atlas> atlas);
  void start_records();
  void take_records();
  void start_packing();
  void take_pack();
  void reload(bool records);
  void switch_audience();
  void take_audience();

  // Files, and pictures beside the map.
  void start_export();
  void take_export();
  void start_print();
  void take_print();
  void ask_for_sheets();
  void take_sheets();
  std::optional<SheetJob> sheet_job(Slot slot) const;
  FileJob::Work print_work() const;
  bool open_job_context();
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
  std::unique_ptr<AtlasLoader> loader_;  ///< nothing is shown before it is done; before the window: works while that opens
  Shell shell_;
  std::shared_ptr<const render::TextEngine> text_;
  Fonts fonts_;
  Marks marks_;
  LoadingScreen loading_;
  std::optional<Session> session_;
  MapRenderer map_;
  MapInput input_;
  std::optional<KeptPanels> panels_;  ///< on software OpenGL
  std::unique_ptr<AtlasLoader> records_loader_;   ///< in the background
  std::unique_ptr<AtlasLoader> audience_loader_;
  std::weak_ptr<const render::Atlas> former_;     ///< of the audience before; gone when nothing uses it any more
  std::shared_ptr<render::PrintFonts> print_fonts_;
  PictureTextures textures_;
  Shell::HiddenContext sheet_context_, job_context_;
  std::unique_ptr<SheetPainter> sheets_;  ///< after its context: joined before that is destroyed
  std::unique_ptr<FileJob> export_, print_, packing_;
  std::optional<ScriptRunner> script_;
  Pointer scripted_;
  std::optional<std::filesystem::path> save_to_;
  int frames_due_ = 0;
  bool exact_frame_shown_ = false;
  bool software_ = false;     ///< OpenGL is drawn on the cores
  double frame_began_ = 0;
  std::weak_ptr<const render::Sheet> legend_placed_for_;
  bool finished_ = false;

  struct Change {
    double since = 0;
    bool view = false;
    bool pointed = false;   ///< only hover or selection
    bool pictured = false;  ///< its picture is shown; labels may be due
  };
  std::optional<Change> change_;
  Timings first_picture_, moving_frames_, picks_;
  Timings view_pictures_, style_pictures_, pointed_pictures_;  ///< from the request to the frame that shows it
  Timings view_changes_, style_changes_;                       ///< to that with labels
};

}  // namespace battlemap::app
