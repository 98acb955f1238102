#include "render/page_pen.hpp"

#include <cmath>

#include "render/label_text.hpp"
#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double mm_per_point = 25.4 / 72;
constexpr double least_pen_points = 6;  // smaller type is cut, not shrunk

float px(double mm) {
  return static_cast<float>(mm * PagePen::px_per_mm);
}

}  // namespace

TextStyle PagePen::style(const Type& type) const {
  TextStyle style;
  style.size = px(type.points * mm_per_point);
  style.weight = type.weight;
  style.colour = type.colour;
  style.tabular = true;
  return style;
}

std::string PagePen::say(const geo::Text& text) const {
  if (language_ != geo::Language::both || text.zh.empty() || text.en.empty() || text.zh == text.en)
    return text.in(language_);
  return text.zh + " " + text.en;
}

double PagePen::width(const std::string& text, const Type& type) const {
  return text_.width(text, style(type)) / px_per_mm;
}

double PagePen::text(const std::string& text, const Type& type, double x, double baseline, double most,
                     Side side) const {
  if (text.empty()) return 0;
  const TextBlock::Line line = fit_line(text_, text, style(type), px(most), px(least_pen_points * mm_per_point));
  const double wide = line.width / px_per_mm;
  const double left = side == Side::left ? x : side == Side::right ? x - wide : x - wide / 2;
  layer_.items.emplace_back(TextItem{line.text, {px(left), px(baseline)}, line.style});
  return wide;
}

double PagePen::paragraph(const std::string& text, const Type& type, double x, double baseline, double width,
                          std::size_t lines, double leading) const {
  std::vector<std::string> wrapped = wrap_text(text_, text, style(type), px(width));
  if (wrapped.size() > lines) {
    std::string rest;
    for (std::size_t i = lines - 1; i < wrapped.size(); ++i) rest += wrapped[i];
    wrapped.resize(lines);
    wrapped.back() = rest;  // text() cuts it with an ellipsis
  }
  for (const std::string& line : wrapped) {
    this->text(line, type, x, baseline, width);
    baseline += type.points * mm_per_point * leading;
  }
  return baseline;
}

void PagePen::box(double x, double y, double w, double h, Colour fill, double radius) const {
  RectItem item;
  item.rect = {px(x), px(y), px(w), px(h)};
  item.radius = px(radius);
  item.fill = fill;
  layer_.items.emplace_back(item);
}

void PagePen::frame(double x, double y, double w, double h, Colour stroke, double stroke_mm,
                    double radius) const {
  RectItem item;
  item.rect = {px(x), px(y), px(w), px(h)};
  item.radius = px(radius);
  item.fill = {0, 0, 0, 0};
  item.stroke = stroke;
  item.stroke_width = px(stroke_mm);
  layer_.items.emplace_back(item);
}

void PagePen::rule(double x, double y, double w, Colour colour, double thickness_mm) const {
  box(x, y - thickness_mm / 2, w, thickness_mm, colour);
}

void PagePen::line(std::vector<Vec2> points_mm, double thickness_mm, Colour colour) const {
  for (Vec2& point : points_mm) point = {px(point.x), px(point.y)};
  layer_.items.emplace_back(LineItem{std::move(points_mm), px(thickness_mm), colour});
}

void PagePen::mark(Mark mark, double x, double y, double size, Colour colour) const {
  const auto at = [&](double dx, double dy) {
    return Vec2{static_cast<float>(x + dx * size), static_cast<float>(y + dy * size)};
  };
  const double thickness = size * 0.16;
  switch (mark) {
    case Mark::tick:
      line({at(-0.42, 0.05), at(-0.1, 0.36), at(0.45, -0.36)}, thickness, colour);
      break;
    case Mark::cross:
      line({at(-0.34, -0.34), at(0.34, 0.34)}, thickness, colour);
      line({at(-0.34, 0.34), at(0.34, -0.34)}, thickness, colour);
      break;
    case Mark::dash:
      line({at(-0.3, 0), at(0.3, 0)}, thickness, colour);
      break;
    case Mark::question:
      text("?", {size / mm_per_point, colour, Weight::bold}, x, y + size * 0.36, size * 2, Side::centre);
  }
}

Sheet make_page(double width_mm, double height_mm) {
  Sheet page;
  page.width = static_cast<int>(std::lround(width_mm * PagePen::px_per_mm));
  page.height = static_cast<int>(std::lround(height_mm * PagePen::px_per_mm));
  page.dots_per_inch = PagePen::dots_per_inch;
  page.background = theme(ThemeId::paper).ground;
  page.layers.push_back({"page", std::nullopt, {}});
  return page;
}

}  // namespace battlemap::render
