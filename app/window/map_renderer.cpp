#include "app/window/map_renderer.hpp"

#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

#include "app/window/label_motion.hpp"
#include "app/window/request_key.hpp"
#include "render/gl_context.hpp"

namespace battlemap::app {

namespace {

/// A graphics card whose speed nobody has measured yet is taken to be faster: it mostly is.
bool draws_on_card(render::Engine engine) {
  if (engine == render::Engine::automatic) engine = render::measured_engine();
  return engine != render::Engine::cpu;
}

/// Null: outlines without details.
const geo::ArcLines* detail_at(const render::MapLayer& layer, double metres) {
  return layer.coverage->arcs ? &layer.coverage->arcs->within(metres) : nullptr;
}
const geo::ArcLines* detail_of(const render::MapLayer& layer) {
  return detail_at(layer, layer.tolerance_px * layer.view.metres_per_pixel);
}

}  // namespace

MapRenderer::MapRenderer(std::shared_ptr<const render::TextEngine> text, render::Engine engine, std::function<void()> wake)
    : text_(text),
      on_card_(draws_on_card(engine)),
      colour_on_cpu_(!on_card_),
      painter_(text),
      pictures_(wake),
      label_maker_(make_label_maker(wake)) {}

void MapRenderer::show(const std::shared_ptr<const render::Atlas>& atlas,
                       const render::SheetRequest& request) {
  // What another audience saw must not be seen for even a frame longer.
  if (atlas_ && atlas_->dataset.audience != atlas->dataset.audience) picture_.reset(), labels_ = {};
  const bool first = !wanted_ || atlas_ != atlas;
  const bool restyled = first || !same_style(*wanted_, request), moved = first || !same_view(*wanted_, request);
  const bool labels_changed = first || !same_labels(*wanted_, request);
  atlas_ = atlas;
  wanted_ = request;
  const bool picture_changed = restyled || (moved && !fits_any_view());
  if (picture_changed || labels_changed) error_.clear();
  if (picture_changed) pictures_.submit({atlas_, *wanted_, work_for(*wanted_)});
  labels_due_ = labels_due_ || labels_changed;
  if (on_card_) start_labels();
}

void MapRenderer::start_labels() {
  const bool pictured = std::exchange(picture_came_, false) || picture_exact();
  if (pictured && std::exchange(labels_due_, false)) label_maker_->submit({atlas_, text_, *wanted_});
}

bool MapRenderer::receive() {
  bool news = false;
  if (auto picture = pictures_.take()) upload(std::move(*picture)), news = true;
  if (auto labels = label_maker_->take()) labels_ = std::move(*labels), news = true;
  for (std::string error : {pictures_.take_error(), label_maker_->take_error()})
    if (!error.empty()) error_ = std::move(error), news = true;
  return news;
}

void MapRenderer::wait(double seconds) {
  using Clock = std::chrono::steady_clock;
  constexpr auto glance = std::chrono::microseconds(500);
  for (const auto start = Clock::now(); !picture_exact() && std::chrono::duration<double>(Clock::now() - start).count() < seconds;) {
    std::this_thread::sleep_for(glance);
    if (has_news()) receive();
  }
}

PictureWork MapRenderer::work_for(const render::SheetRequest& request) const {
  if (colour_on_cpu_) return PictureWork::colours;
  return atlas_->coverage(*request.level) == overlapping_.lock() ? PictureWork::ids : PictureWork::style;
}

void MapRenderer::upload(Picture picture) {
  (picture.new_ids ? view_ms_ : style_ms_) = picture.milliseconds;
  // The ids on the card stay what they are, also for who asks what lies under the pointer, until others are filled.
  const bool same_outlines = picture_ && picture_->layer.coverage == picture.layer.coverage &&
                             detail_of(picture_->layer) == detail_of(picture.layer);
  if (picture.work != PictureWork::style || !same_outlines) filled_.reset();
  if (picture.work == PictureWork::style)
    restyled_ = true;
  else if (picture.work == PictureWork::colours)
    painter_.set_map_picture(picture.image, render::ByteOrder::bgra);
  else if (picture.new_ids || !picture_)
    painter_.set_map_ids(*picture.ids, picture.layer);
  else
    painter_.restyle(picture.layer);
  pictures_.give_back(std::exchange(picture.image, {}));
  picture_ = std::move(picture);
  picture_came_ = true;
}

/// The outlines stay those of the picture's detail until the worker has made others: this thread makes none.
void MapRenderer::draw_on_card(const render::View& view) {
  render::MapLayer& layer = picture_->layer;
  if (filled_ == view && !restyled_) return;
  if (filled_ == view) {
    painter_.restyle(layer);
    restyled_ = false;
    return;
  }
  layer.tolerance_px *= layer.view.metres_per_pixel / view.metres_per_pixel;
  layer.view = view;
  if (painter_.fill_map(layer, restyled_)) {
    filled_ = view, restyled_ = false;
    return;
  }
  overlapping_ = layer.coverage;
  picture_.reset();
  pictures_.submit({atlas_, *wanted_, PictureWork::ids});
}

bool MapRenderer::draw(const render::View& view) {
  if (picture_ && picture_->work == PictureWork::style) draw_on_card(view);
  if (!std::exchange(warm_, true)) painter_.warm_up();
  if (!picture_) return false;
  if (exact() && !std::exchange(warm_for_zoom_, true)) painter_.warm_up_scaling();
  render::Sheet sheet;
  sheet.width = static_cast<int>(view.frame.w);
  sheet.height = static_cast<int>(view.frame.h);
  sheet.background = picture_->layer.style.ground;
  sheet.map.view = view;
  sheet.map.style.ground = picture_->layer.style.ground;
  if (labels_.sheet) sheet.layers = moved_layers(*labels_.sheet, view, *text_);
  painter_.draw(sheet, {0, 0, sheet.width, sheet.height}, picture_->layer.view);
  return true;
}

std::optional<geo::DivisionRef> MapRenderer::pick(const render::View& view, render::Vec2 pixel) {
  if (!picture_) return std::nullopt;
  const render::Vec2 at = picture_->layer.view.to_pixel(view.to_map(pixel));
  const int x = static_cast<int>(std::floor(at.x)), y = static_cast<int>(std::floor(at.y));
  if (!picture_->ids && !filled_) return std::nullopt;
  const render::PixelRect tile = picture_->ids ? picture_->ids->tile : render::frame_pixels(*filled_);
  if (x < tile.x || y < tile.y || x >= tile.x + tile.w || y >= tile.y + tile.h) return std::nullopt;
  const std::uint32_t id = picture_->ids ? picture_->ids->cell_at(x, y) & ~render::id_water : painter_.id_at(x, y);
  const geo::Coverage& coverage = *picture_->layer.coverage;
  if (id >= coverage.size()) return std::nullopt;
  return coverage.cells[id];
}

std::shared_ptr<const render::Sheet> MapRenderer::sheet(const std::shared_ptr<const render::Atlas>& atlas) const {
  // Rows of records mean nothing in another atlas; a sheet shares the ownership of the one it was made from.
  if (!labels_.sheet) return nullptr;
  const auto& made_from = labels_.sheet->map.coverage;
  const bool same = !made_from.owner_before(atlas) && !atlas.owner_before(made_from);
  return same ? labels_.sheet : nullptr;
}

/// What is drawn on the card fits any view whose detail is that of the outlines there.
bool MapRenderer::same_detail() const {
  const double metres = render::window_tolerance_px * wanted_->view_metres_per_pixel.value_or(1);
  return detail_of(picture_->layer) == detail_at(picture_->layer, metres);
}

bool MapRenderer::fits_any_view() const {
  return picture_ && picture_->work == PictureWork::style && picture_->request.level == wanted_->level && same_detail();
}

bool MapRenderer::picture_exact() const {
  if (!wanted_ || !picture_ || !same_style(picture_->request, *wanted_)) return false;
  if (picture_->work == PictureWork::style) return fits_any_view();
  return same_view(picture_->request, *wanted_);
}

std::optional<int> MapRenderer::year_shown() const {
  return picture_ ? picture_->request.year : std::nullopt;
}

bool MapRenderer::exact() const {
  return picture_exact() && labels_.sheet && same_labels(labels_.request, *wanted_);
}

}  // namespace battlemap::app
