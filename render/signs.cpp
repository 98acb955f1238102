#include "render/signs.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace battlemap::render {
namespace {

/// Draws in a square from -1 to 1, y down.
class Pen {
 public:
  Pen(Layer& layer, Vec2 centre, float half, Colour ink, Colour ground)
      : layer_(layer), centre_(centre), half_(half), ink_(ink), ground_(ground) {}

  void convex(std::vector<Vec2> points) {
    layer_.items.emplace_back(ConvexItem{placed(std::move(points)), ink_});
  }
  void line(std::vector<Vec2> points, float width) { stroke(std::move(points), width, ink_); }
  void cut(std::vector<Vec2> points, float width) { stroke(std::move(points), width, ground_); }
  void disc(Vec2 at, float radius) { layer_.items.emplace_back(CircleItem{place(at), radius * half_, ink_}); }
  void hole(Vec2 at, float radius) {
    layer_.items.emplace_back(CircleItem{place(at), radius * half_, ground_});
  }
  void box(float x, float y, float w, float h) {
    RectItem rect;
    const Vec2 corner = place({x, y});
    rect.rect = {corner.x, corner.y, w * half_, h * half_}, rect.fill = ink_;
    layer_.items.emplace_back(rect);
  }

 private:
  Vec2 place(Vec2 p) const { return {centre_.x + p.x * half_, centre_.y + p.y * half_}; }
  std::vector<Vec2> placed(std::vector<Vec2> points) const {
    for (Vec2& p : points) p = place(p);
    return points;
  }
  void stroke(std::vector<Vec2> points, float width, Colour colour) {
    layer_.items.emplace_back(LineItem{placed(std::move(points)), width * half_, colour});
  }
  Layer& layer_;
  Vec2 centre_;
  float half_;
  Colour ink_, ground_;
};

void draw_clinic(Pen& pen) {
  pen.box(-0.3F, -0.9F, 0.6F, 1.8F), pen.box(-0.9F, -0.3F, 1.8F, 0.6F);
}

void draw_school(Pen& pen) {  // a mortar board
  pen.convex({{0, -0.85F}, {1.05F, -0.3F}, {0, 0.25F}, {-1.05F, -0.3F}});
  pen.convex({{-0.6F, 0.12F}, {0, 0.44F}, {0.6F, 0.12F}, {0.6F, 0.62F}, {0, 0.9F}, {-0.6F, 0.62F}});
  pen.line({{0.92F, -0.3F}, {0.92F, 0.5F}}, 0.16F);
}

void draw_book(Pen& pen) {
  pen.convex({{-1, -0.62F}, {-0.08F, -0.42F}, {-0.08F, 0.75F}, {-1, 0.55F}});
  pen.convex({{0.08F, -0.42F}, {1, -0.62F}, {1, 0.55F}, {0.08F, 0.75F}});
}

void draw_bolt(Pen& pen) {
  pen.convex({{0.28F, -1}, {0.2F, 0.16F}, {-0.62F, 0.16F}});
  pen.convex({{-0.28F, 1}, {-0.2F, -0.16F}, {0.62F, -0.16F}});
}

void draw_drop(Pen& pen) {
  pen.disc({0, 0.32F}, 0.6F);
  pen.convex({{0, -1}, {0.54F, 0.06F}, {-0.54F, 0.06F}});
}

void draw_road(Pen& pen) {
  pen.convex({{-0.26F, -0.95F}, {0.26F, -0.95F}, {0.85F, 0.95F}, {-0.85F, 0.95F}});
  pen.cut({{0, -0.8F}, {0, -0.5F}}, 0.14F);
  pen.cut({{0, -0.15F}, {0, 0.22F}}, 0.17F);
  pen.cut({{0, 0.55F}, {0, 0.95F}}, 0.2F);
}

void draw_coin(Pen& pen) {  // the yuan sign
  pen.line({{-0.7F, -0.9F}, {0, -0.05F}, {0.7F, -0.9F}}, 0.27F);
  pen.line({{0, -0.05F}, {0, 0.9F}}, 0.27F);
  pen.line({{-0.55F, 0.1F}, {0.55F, 0.1F}}, 0.2F);
  pen.line({{-0.55F, 0.5F}, {0.55F, 0.5F}}, 0.2F);
}

void draw_cart(Pen& pen) {
  pen.line({{-1, -0.75F}, {-0.68F, -0.75F}, {-0.45F, 0.38F}, {0.75F, 0.38F}}, 0.18F);
  pen.convex({{-0.6F, -0.5F}, {0.98F, -0.5F}, {0.78F, 0.2F}, {-0.45F, 0.2F}});
  pen.disc({-0.3F, 0.72F}, 0.2F), pen.disc({0.6F, 0.72F}, 0.2F);
}

void draw_wheat(Pen& pen) {
  pen.line({{0, -0.5F}, {0, 1}}, 0.14F);
  pen.convex({{0, -1.02F}, {0.24F, -0.72F}, {0, -0.38F}, {-0.24F, -0.72F}});
  for (const float y : {-0.2F, 0.28F})
    for (const float side : {-1.0F, 1.0F})
      pen.convex({{0.1F * side, y + 0.22F},
                  {0.22F * side, y - 0.2F},
                  {0.72F * side, y - 0.42F},
                  {0.58F * side, y + 0.08F}});
}

void draw_sun(Pen& pen) {
  pen.disc({0, 0}, 0.46F);
  for (int i = 0; i < 8; ++i) {
    const float angle = static_cast<float>(i) * std::numbers::pi_v<float> / 4;
    const float s = std::sin(angle), c = std::cos(angle);
    pen.line({{0.7F * s, 0.7F * c}, {0.98F * s, 0.98F * c}}, 0.17F);
  }
}

void draw_signal(Pen& pen) {
  for (int i = 0; i < 4; ++i) {
    const float high = 0.5F + 0.42F * static_cast<float>(i);
    pen.box(-0.95F + 0.5F * static_cast<float>(i), 0.88F - high, 0.36F, high);
  }
}

void draw_person(Pen& pen, float x, float scale) {
  pen.disc({x, -0.42F * scale}, 0.32F * scale);
  std::vector<Vec2> shoulders;
  for (int i = 0; i <= 10; ++i) {
    const float angle = std::numbers::pi_v<float> * static_cast<float>(i) / 10;
    shoulders.push_back(
        {x - 0.56F * scale * std::cos(angle), 0.78F * scale - 0.72F * scale * std::sin(angle)});
  }
  pen.convex(std::move(shoulders));
}

void draw_people(Pen& pen) {
  draw_person(pen, -0.45F, 0.86F), draw_person(pen, 0.48F, 0.86F);
}

void draw_leaf(Pen& pen) {
  pen.convex({{0.9F, -0.9F},
              {0.85F, -0.05F},
              {0.42F, 0.5F},
              {-0.2F, 0.62F},
              {-0.55F, 0.5F},
              {-0.62F, 0.15F},
              {-0.48F, -0.4F},
              {0.05F, -0.82F}});
  pen.line({{-0.95F, 0.95F}, {-0.5F, 0.45F}}, 0.17F);
  pen.cut({{-0.5F, 0.45F}, {0.4F, -0.42F}}, 0.12F);
}

void draw_factory(Pen& pen) {
  pen.box(-0.95F, 0.1F, 1.9F, 0.78F);
  pen.convex({{-0.95F, -0.35F}, {-0.3F, 0.15F}, {-0.95F, 0.15F}});
  pen.convex({{-0.3F, -0.35F}, {0.35F, 0.15F}, {-0.3F, 0.15F}});
  pen.box(0.5F, -0.95F, 0.32F, 1.2F);
}

void draw_toilet(Pen& pen) {  // a hut with its door
  pen.convex({{-1, -0.42F}, {0, -0.98F}, {1, -0.42F}, {1, -0.25F}, {-1, -0.25F}});
  pen.box(-0.78F, -0.3F, 1.56F, 1.22F);
  pen.cut({{0, 0.12F}, {0, 0.98F}}, 0.5F);
}

void draw_flag(Pen& pen) {
  pen.line({{-0.6F, -0.92F}, {-0.6F, 0.95F}}, 0.18F);
  pen.convex({{-0.5F, -0.9F}, {0.9F, -0.42F}, {-0.5F, 0.1F}});
}

}  // namespace

void add_sign(Layer& layer, Shape shape, Vec2 centre, float half, Colour ink, Colour ground) {
  Pen pen(layer, centre, half, ink, ground);
  switch (shape) {
    case Shape::clinic:
      return draw_clinic(pen);
    case Shape::school:
      return draw_school(pen);
    case Shape::book:
      return draw_book(pen);
    case Shape::bolt:
      return draw_bolt(pen);
    case Shape::drop:
      return draw_drop(pen);
    case Shape::road:
      return draw_road(pen);
    case Shape::coin:
      return draw_coin(pen);
    case Shape::cart:
      return draw_cart(pen);
    case Shape::wheat:
      return draw_wheat(pen);
    case Shape::sun:
      return draw_sun(pen);
    case Shape::signal:
      return draw_signal(pen);
    case Shape::people:
      return draw_people(pen);
    case Shape::leaf:
      return draw_leaf(pen);
    case Shape::factory:
      return draw_factory(pen);
    case Shape::toilet:
      return draw_toilet(pen);
    case Shape::flag:
      return draw_flag(pen);
    default:
      return;
  }
}

}  // namespace battlemap::render
