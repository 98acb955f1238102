// The part of WindowApp that makes files, and pictures of sheets that stand beside the map.
#include <utility>

#include "app/window/window_app.hpp"

namespace battlemap::app {
namespace {

constexpr int preview_side = 760;             // pixels of the dialog's page, before scaling
constexpr int thumb_width = 960, thumb_height = 540;  // shown at a fifth: type has its proportions of a real sheet

struct PictureSize {
  int width, height;
  double dots_per_inch;
};

PictureSize picture_size(ExportSize size, Shell::Size window) {
  switch (size) {
    case ExportSize::uhd:
      return {3840, 2160, 96};
    case ExportSize::a3:
      return {4961, 3508, 300};  // 420 x 297 mm
    case ExportSize::window:
      break;
  }
  return {window.width, window.height, 96};
}

/// The request of a whole sheet of the place shown, whatever the camera looks at.
render::SheetRequest whole_sheet(const ViewState& view, const std::string& map, int width, int height) {
  render::SheetRequest request = view.request();
  request.map = map;
  request.furniture = true;
  request.width = width, request.height = height;
  request.hovered.reset(), request.selected.reset();
  request.view_centre.reset(), request.view_metres_per_pixel.reset();
  return request;
}

/// What a job has written, or why it has not.
void say_outcome(Session& session, const FileJob::Outcome& outcome, Str done, Str failed) {
  const geo::Language language = session.view.language();
  if (outcome.error.empty())
    session.say(fmt::format("{} {}", text_of(done, language), std::filesystem::absolute(outcome.written).string()),
                false);
  else
    session.say(fmt::format("{}: {}", text_of(failed, language), outcome.error), true);
}

}  // namespace

bool WindowApp::open_job_context() {
  try {
    if (!job_context_) job_context_ = shell_.make_hidden_context();
    return true;
  } catch (const std::exception& e) {
    session_->say(fmt::format("{}: {}", text_of(Str::export_failed, session_->view.language()), e.what()), true);
    return false;
  }
}

void WindowApp::start_export() {
  const ExportBox& box = session_->exporting;
  const PictureSize size = picture_size(box.size, shell_.framebuffer());
  ExportOrder order{session_->atlas, text_,       session_->view.request(), !session_->view.follows_place(),
                    size.width,      size.height, size.dots_per_inch,       box.file};
  if (!open_job_context() || print_) return;
  export_ = std::make_unique<FileJob>(
      [order = std::move(order)](const FileJob::Progress& progress) {
        export_picture(order, progress);
        return order.file;
      },
      job_context_.get(), &Shell::wake);
  session_->exporting.running = true, session_->exporting.progress = 0;
}

void WindowApp::take_export() {
  if (!export_) return;
  session_->exporting.progress = export_->progress();
  const auto outcome = export_->take();
  if (!outcome) return;
  export_.reset();
  session_->exporting.running = false;
  say_outcome(*session_, *outcome, Str::exported, Str::export_failed);
}

FileJob::Work WindowApp::print_work() const {
  const PrintBox& box = session_->printing;
  PrintOrder order{session_->atlas, text_, print_fonts_, {}, parse_paper(print_papers[box.paper], box.orientation),
                   box.kind,        box.target, makes_folder(box)};
  const std::vector<std::string> one{session_->view.map_id()};
  for (const std::string& map : box.scope == PrintScope::all_boards ? session_->view.boards() : one) {
    order.pages.push_back(page_request(session_->view.request(), box));
    order.pages.back().map = map;
  }
  return [order = std::move(order)](const FileJob::Progress& progress) { return print_pages(order, progress); };
}

void WindowApp::start_print() {
  if (!print_fonts_) print_fonts_ = std::make_shared<render::PrintFonts>(text_);
  if (!open_job_context() || export_) return;
  print_ = std::make_unique<FileJob>(print_work(), job_context_.get(), &Shell::wake);
  session_->printing.running = true, session_->printing.progress = 0;
}

void WindowApp::take_print() {
  if (!print_) return;
  session_->printing.progress = print_->progress();
  const auto outcome = print_->take();
  if (!outcome) return;
  print_.reset();
  session_->printing.running = false;
  say_outcome(*session_, *outcome, Str::printed, Str::print_failed);
}

std::optional<SheetJob> WindowApp::sheet_job(Slot slot) const {
  const Session& session = *session_;
  const ViewState& view = session.view;
  if (slot == Slot::preview) {
    if (!session.printing.open) return std::nullopt;
    const int side = static_cast<int>(preview_side * shell_.ui_scale() * shell_.pixels_per_unit());
    return SheetJob{session.atlas, preview_request(view.request(), session.printing, side)};
  }
  if (!view.shows_board() || !session.has_records()) return std::nullopt;
  const Layout now = layout();
  if (slot == Slot::panels) {
    if (now.panels.w < 1) return std::nullopt;
    const auto window = shell_.framebuffer();
    const float ratio = shell_.pixels_per_unit();
    SheetJob job{session.atlas, whole_sheet(view, view.map_id(), window.width, window.height), SheetJob::Part::panels};
    job.width = static_cast<int>(panels_inner(now.panels, shell_.ui_scale()).w * ratio);
    job.height = static_cast<int>(panels_inner(now.panels, shell_.ui_scale()).h * ratio);
    return job;
  }
  const std::size_t number = static_cast<std::size_t>(slot) - static_cast<std::size_t>(Slot::thumb_1);
  if (now.strip.h < 1 || number >= view.boards().size()) return std::nullopt;
  return SheetJob{session.atlas, whole_sheet(view, view.boards()[number], thumb_width, thumb_height)};
}

/// Thumbnails are made when the map itself is done and nothing moves.
void WindowApp::ask_for_sheets() {
  const bool needed = session_->printing.open || (session_->view.shows_board() && session_->has_records());
  if ((!sheets_ && !needed) || audience_loader_) return;
  if (!sheets_) {
    sheet_context_ = shell_.make_hidden_context();
    sheets_ = std::make_unique<SheetPainter>(text_, sheet_context_.get(), &Shell::wake);
  }
  const bool calm = map_.exact() && !session_->view.flying();
  for (std::size_t i = 0; i < slot_count; ++i) {
    const Slot slot = static_cast<Slot>(i);
    if (slot >= Slot::thumb_1 && !calm) continue;
    session_->pictures[slot].current = !sheets_->want(slot, sheet_job(slot)) && session_->pictures[slot].texture != 0;
  }
}

void WindowApp::take_sheets() {
  if (!sheets_) return;
  for (SheetPainter::Painted& painted : sheets_->take()) {
    if (painted.error.empty())
      textures_.put(painted.slot, painted.image, session_->pictures[painted.slot]);
    else
      session_->pictures[painted.slot] = {};
  }
}

}  // namespace battlemap::app
