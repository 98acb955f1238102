#include "app/window/window_app.hpp"

#include <imgui.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/window/request_key.hpp"
#include "geo/error.hpp"
#include "geo/give_way.hpp"
#include "render/gl_context.hpp"

namespace battlemap::app {
namespace {

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) geo::fail("cannot read the script {}", file.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A wake-up posted by a worker can be swallowed: Xlib, writing from that thread, may already have read it off
// the connection that the main thread waits on. While a result is due the wait is therefore kept short, and the map's
// workers are asked every other millisecond without a frame being drawn, which would take the cores from them.
constexpr double result_wait = 0.03;
constexpr double picture_wait = 0.5;  // a sign of life while nothing but a picture is due
constexpr double restyle_wait = 0.05;
constexpr double progress_wait = 0.1;
constexpr double glance = 0.002;
constexpr int settling_frames = 2;  // hovering and focus take effect a frame after the event

}  // namespace

WindowApp::WindowApp(WindowOptions options)
    : options_(std::move(options)),
      loader_(load_project()),
      shell_(options_.width, options_.height, "battlemap"),
      text_(std::make_shared<const render::TextEngine>()),
      fonts_(text_, shell_.ui_scale()),
      map_(text_, options_.engine, &Shell::wake) {
  if (options_.script) script_.emplace(parse_script(read_text(*options_.script)));
  loading_.project = options_.project.string();
  software_ = render::gl_is_software();
  if (software_) panels_.emplace();
}

void WindowApp::run() {
  while (!shell_.should_close() && !finished_) {
    wait_for_work();
    leave_time_for_picture();
    if (!shell_.minimised()) frame();
  }
  if (options_.timings) print_timings();
}

void WindowApp::wait_for_work() {
  const bool settling = !shell_.minimised() && frames_due_ > 0;
  const bool hand_rests = script_ && script_->resting() && !(session_ && session_->view.flying());
  if (!shell_.minimised() && working() && !(drawing() && hand_rests)) return shell_.poll();
  if (loader_) return wait_for_project();
  if (settling) --frames_due_;
  if (drawing()) {
    if (!wait_for_picture(results_due() ? result_wait : picture_wait)) return;
  } else if (settling) {
    return shell_.poll();
  } else {
    shell_.wait(next_deadline());
  }
  frames_due_ = settling_frames;
}

/// More frames than a screen shows would take from the picture that is due what cores they leave it.
void WindowApp::leave_time_for_picture() {
  constexpr double shortest_frame = 1.0 / 60;
  if (!drawing() || map_.has_news()) return;
  for (double rest = 1; rest > 0 && !map_.has_news();) {
    rest = frame_began_ + shortest_frame - shell_.now();
    if (rest > 0) std::this_thread::sleep_for(std::chrono::duration<double>(std::min(rest, glance)));
  }
  shell_.poll();
}

/// Its progress is shown now and then: each frame would take the cores from what it waits for.
void WindowApp::wait_for_project() {
  for (const double end = shell_.now() + progress_wait; shell_.now() < end && !loader_->done();) shell_.wait(result_wait);
}

/// False when neither the map's workers had something in so many seconds nor an event came. Frames in between would take
/// the cores from the picture.
bool WindowApp::wait_for_picture(double longest) {
  for (double now = shell_.now(), end = now + longest; now < end;) {
    if (map_.has_news()) return true;
    shell_.wait(glance);
    const double before = std::exchange(now, shell_.now());
    if (now - before < glance / 2) return true;  // an event
  }
  return map_.has_news();
}

bool WindowApp::drawing() const {
  return session_ && !map_.exact() && map_.error().empty();
}

bool WindowApp::working() const {
  return (script_ && !script_->waiting()) || (session_ && session_->view.flying());
}

/// Of workers other than the map's.
bool WindowApp::results_due() const {
  const bool files = export_ || print_ || packing_, sheets = sheets_ && sheets_->busy();
  return loader_ || records_loader_ || audience_loader_ || files || sheets;
}

std::optional<double> WindowApp::next_deadline() const {
  if (results_due() || drawing() || script_) return result_wait;
  if (ImGui::GetCurrentContext() != nullptr && ImGui::GetIO().WantTextInput) return 0.3;  // the cursor blinks
  if (session_ && session_->message) return session_->message->until - shell_.now();
  return std::nullopt;
}

void WindowApp::frame() {
  const double start = shell_.now();
  if (script_ && !options_.screenshot) script_->step(*this);
  take_results();
  apply_keys();
  build_ui();
  fulfil_wishes();
  ask_for_picture();
  {
    // On software OpenGL the cores that draw frames are those that make pictures; the first picture matters more than frames.
    std::optional<geo::GiveWay::Frame> frame;
    if (software_ && !first_picture_.empty()) frame.emplace();
    draw();
    finish_frame();
  }
  frame_began_ = start;
  note_timings(start);
}

void WindowApp::take_results() {
  if (loader_) take_project();
  if (!session_) return;
  session_->now = shell_.now();
  if (packing_) take_pack();
  if (records_loader_) take_records();
  if (audience_loader_) take_audience();
  session_->view.advance(session_->now);
  map_.receive();
  session_->sheet = map_.sheet(session_->atlas);
  session_->drawing_error = map_.error();
  session_->drawing = !map_.exact();
  session_->pictured_year = map_.year_shown();
  if (session_->pictured_year == session_->view.year()) session_->pictured_year.reset();
  if (session_->message && session_->now > session_->message->until) session_->message.reset();
  place_legend();
  take_sheets();
  take_export();
  take_print();
}

void WindowApp::apply_keys() {
  for (const Key key : shell_.take_keys()) {
    if (session_)
      apply_key(*session_, key);
    else if (key == Key::enter && !loader_)
      start_loading();
    else if (key == Key::full_screen)
      shell_.toggle_full_screen();
    else if (key == Key::language)
      options_.start.language =
          options_.start.language == geo::Language::en ? geo::Language::zh : geo::Language::en;
  }
}

Ui WindowApp::ui() {
  const render::Theme& theme = render::theme(session_ ? session_->view.theme() : options_.start.theme);
  const geo::Language language = session_ ? session_->view.language() : options_.start.language;
  return {fonts_, marks_, ui_colours(theme), language, shell_.ui_scale()};
}

/// A glyph that finds no room in the atlas is noticed while the frame is built: it is built again in a larger one, so that
/// no one ever sees a hole.
void WindowApp::build_ui() {
  fonts_.set_scale(shell_.ui_scale());
  std::optional<Pointer> pointer;
  if (script_) pointer = scripted_;
  for (int attempt = 0; attempt < 5; ++attempt) {
    fonts_.refresh();
    upload_fonts();
    const Ui current = ui();
    apply_style(current.colours, current.scale);
    shell_.begin_frame(pointer);
    if (pointer) pointer->wheel = 0;
    ImGui::NewFrame();
    marks_.clear();
    build_panels(current, layout());
    ImGui::Render();
    upload_fonts();
    if (!fonts_.stale()) return;
  }
}

void WindowApp::build_panels(const Ui& ui, const Layout& layout) {
  if (!session_ || audience_loader_) return draw_loading(ui, loading_, layout);
  Session& session = *session_;
  session.view.resize(map_size(layout));
  draw_side_panel(ui, session, layout);
  draw_header(ui, session, layout);
  draw_foot(ui, session, layout);
  draw_board_panels(ui, session, layout);
  draw_strip(ui, session, layout);
  draw_legend(ui, session, layout);
  draw_symbol_legend(ui, session, layout);
  if (session.card)
    draw_record_card(ui, session, layout);
  else
    draw_place_card(ui, session, layout);
  draw_map_failure(ui, session, layout);
  draw_message(ui, session, layout);
  draw_print_dialog(ui, session, layout);
  draw_help(ui, session, layout);
  const double start = shell_.now();
  input_.update(session, map_, layout, shell_.pixels_per_unit());
  picks_.add((shell_.now() - start) * 1000);
  draw_tooltip(ui, session);
}

void WindowApp::fulfil_wishes() {
  if (!session_) return;
  for (const Wish wish : std::exchange(session_->wishes, {})) {
    if (wish == Wish::full_screen) shell_.toggle_full_screen();
    if (wish == Wish::export_picture && !export_) start_export();
    if (wish == Wish::cancel_export && export_) export_->cancel();
    if (wish == Wish::print && !print_) start_print();
    if (wish == Wish::cancel_print && print_) print_->cancel();
  }
  if (session_->audience_wanted) switch_audience();
}

/// As soon as there is a session: the picture is made while its first frame is built.
void WindowApp::ask_for_picture() {
  if (!session_) return;
  const render::SheetRequest request = session_->view.request();
  const auto& shown = map_.wanted();
  const bool view_changed = !shown || !same_view(*shown, request);
  if (view_changed || !same_style(*shown, request))
    change_ = Change{shell_.now(), view_changed, !view_changed && only_pointed_at(*shown, request), false};
  map_.show(session_->atlas, request);
  ask_for_sheets();
  // A new year or map comes soon, sooner still when no frame of the old one takes the cores from it.
  if (change_ && change_->since >= session_->now && !change_->view && !change_->pointed) map_.wait(restyle_wait);
}

void WindowApp::draw() {
  const render::Theme& theme = render::theme(session_ ? session_->view.theme() : options_.start.theme);
  const bool mapped = session_ && !audience_loader_;
  if (mapped && panels_) return draw_with_kept_panels(theme.ground);
  shell_.bind_framebuffer(theme.ground);
  if (mapped) {
    shell_.set_viewport(map_pixels(layout()));
    map_.draw(session_->view.view());
  }
  shell_.draw_ui();
}

void WindowApp::draw_with_kept_panels(render::Colour ground) {
  const render::Rect area = map_pixels(layout());
  const render::PixelRect map{static_cast<int>(area.x), static_cast<int>(area.y), static_cast<int>(area.w), static_cast<int>(area.h)};
  shell_.bind_framebuffer();
  panels_->draw_beside(*ImGui::GetDrawData(), map, ground);
  shell_.set_viewport(area);
  if (!map_.draw(session_->view.view())) shell_.clear(map, ground);
  panels_->draw_over();
}

void WindowApp::upload_fonts() {
  const AtlasRows rows = fonts_.take_changes();
  const bool anew = !rows.empty() && rows.first == 0;  // a glyph that is added leaves the others as they are
  if (panels_ && anew) panels_->forget();
  shell_.upload_fonts(rows);
}

void WindowApp::finish_frame() {
  if (save_to_) write_png(*std::exchange(save_to_, std::nullopt), shell_.read_framebuffer());
  if (options_.screenshot && settled()) {
    write_png(*options_.screenshot, shell_.read_framebuffer());
    finished_ = true;
  }
  if (options_.screenshot && session_ && !map_.error().empty()) geo::fail("{}", map_.error());
  shell_.present();
  if (session_) map_.start_labels();
  const bool exact = session_ && map_.exact() && !session_->view.flying();
  // The frame after the first exact one must come by itself, whichever frame that was: nothing else may wake
  // us.
  if (exact && !exact_frame_shown_) frames_due_ = settling_frames;
  exact_frame_shown_ = exact;
  if (script_ && script_->done()) finished_ = true;
}

bool WindowApp::settled() const {
  const bool loading = loader_ || records_loader_ || audience_loader_;
  const bool working = export_ || print_ || packing_ || (sheets_ && sheets_->busy());
  return session_ && !loading && !working && exact_frame_shown_ && map_.exact() && !session_->view.flying();
}

}  // namespace battlemap::app
