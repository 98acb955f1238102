#include "app/window/map_renderer.hpp"

#include <cmath>

#include "app/window/label_motion.hpp"
#include "app/window/request_key.hpp"
#include "render/gl_context.hpp"

namespace battlemap::app {

MapRenderer::MapRenderer(std::shared_ptr<const render::TextEngine> text, std::function<void()> wake)
    : text_(text),
      colour_on_cpu_(render::gl_is_software()),
      painter_(text),
      pictures_(wake),
      label_maker_(make_label_maker(wake)) {}

void MapRenderer::show(const std::shared_ptr<const render::Atlas>& atlas,
                       const render::SheetRequest& request) {
  // What another audience saw must not be seen for even a frame longer.
  if (atlas_ && atlas_->dataset.audience != atlas->dataset.audience) picture_.reset(), labels_ = {};
  const bool first = !wanted_ || atlas_ != atlas;
  const bool picture_changed = first || !same_view(*wanted_, request) || !same_style(*wanted_, request);
  const bool labels_changed = first || !same_labels(*wanted_, request);
  atlas_ = atlas;
  wanted_ = request;
  if (picture_changed || labels_changed) error_.clear();
  if (picture_changed) pictures_.submit({atlas_, *wanted_, colour_on_cpu_});
  if (labels_changed) label_maker_->submit({atlas_, text_, *wanted_});
}

bool MapRenderer::receive() {
  bool news = false;
  if (auto picture = pictures_.take()) upload(std::move(*picture)), news = true;
  if (auto labels = label_maker_->take()) labels_ = std::move(*labels), news = true;
  for (std::string error : {pictures_.take_error(), label_maker_->take_error()})
    if (!error.empty()) error_ = std::move(error), news = true;
  return news;
}

void MapRenderer::upload(Picture picture) {
  (picture.new_ids ? view_ms_ : style_ms_) = picture.milliseconds;
  if (colour_on_cpu_)
    painter_.set_map_picture(picture.image);
  else if (picture.new_ids || !picture_)
    painter_.set_map_ids(*picture.ids, picture.layer);
  else
    painter_.restyle(picture.layer);
  picture.image = {};
  picture_ = std::move(picture);
}

void MapRenderer::draw(const render::View& view) {
  if (!picture_) return;
  render::Sheet sheet;
  sheet.width = static_cast<int>(view.frame.w);
  sheet.height = static_cast<int>(view.frame.h);
  sheet.background = picture_->layer.style.ground;
  sheet.map.view = view;
  sheet.map.style.ground = picture_->layer.style.ground;
  if (labels_.sheet) sheet.layers = moved_layers(*labels_.sheet, view, *text_);
  painter_.draw(sheet, {0, 0, sheet.width, sheet.height}, picture_->layer.view);
}

std::optional<geo::DivisionRef> MapRenderer::pick(const render::View& view, render::Vec2 pixel) const {
  if (!picture_ || !picture_->ids) return std::nullopt;
  const render::Vec2 at = picture_->layer.view.to_pixel(view.to_map(pixel));
  const int x = static_cast<int>(std::floor(at.x)), y = static_cast<int>(std::floor(at.y));
  const render::PixelRect tile = picture_->ids->tile;
  if (x < tile.x || y < tile.y || x >= tile.x + tile.w || y >= tile.y + tile.h) return std::nullopt;
  const std::uint32_t id = picture_->ids->cell_at(x, y) & ~render::id_water;
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

bool MapRenderer::picture_exact() const {
  return wanted_ && picture_ && same_view(picture_->request, *wanted_) &&
         same_style(picture_->request, *wanted_);
}

std::optional<int> MapRenderer::year_shown() const {
  return picture_ ? picture_->request.year : std::nullopt;
}

bool MapRenderer::exact() const {
  return picture_exact() && labels_.sheet && same_labels(labels_.request, *wanted_);
}

}  // namespace battlemap::app
