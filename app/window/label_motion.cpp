#include "app/window/label_motion.hpp"

namespace battlemap::app {
namespace {

using render::Vec2;
using render::View;

/// Sheet pixels of one view to those of another: the same map point.
struct Motion {
  float scale, dx, dy;
  Motion(const View& from, const View& to)
      : scale(static_cast<float>(from.metres_per_pixel / to.metres_per_pixel)) {
    const Vec2 origin = to.to_pixel(from.to_map({0, 0}));
    dx = origin.x, dy = origin.y;
  }
  Vec2 operator()(Vec2 p) const { return {p.x * scale + dx, p.y * scale + dy}; }
};

struct Mover {
  const Motion& motion;
  const render::TextEngine& text;

  void operator()(render::TextItem& item) const {
    if (motion.scale == 1) {
      item.origin = motion(item.origin);
      return;
    }
    const float half = text.width(item.text, item.style) / 2;
    const Vec2 middle = motion({item.origin.x + half, item.origin.y});
    item.origin = {middle.x - half, middle.y};
  }
  void operator()(render::RectItem& item) const {
    const Vec2 middle = motion({item.rect.x + item.rect.w / 2, item.rect.y + item.rect.h / 2});
    item.rect.x = middle.x - item.rect.w / 2, item.rect.y = middle.y - item.rect.h / 2;
  }
  void operator()(render::CircleItem& item) const { item.centre = motion(item.centre); }
  void operator()(render::LineItem& item) const {
    for (Vec2& p : item.points) p = motion(p);
  }
  void operator()(render::ConvexItem& item) const {
    for (Vec2& p : item.points) p = motion(p);
  }
};

}  // namespace

std::vector<render::Layer> moved_layers(const render::Sheet& sheet, const View& view,
                                        const render::TextEngine& text) {
  std::vector<render::Layer> layers = sheet.layers;
  if (sheet.map.view == view) return layers;
  const Motion motion(sheet.map.view, view);
  for (render::Layer& layer : layers)
    for (render::Item& item : layer.items) std::visit(Mover{motion, text}, item);
  return layers;
}

}  // namespace battlemap::app
