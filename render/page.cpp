#include "render/page.hpp"

#include <algorithm>
#include <type_traits>

#include "render/label_text.hpp"
#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double mm_per_inch = 25.4, points_per_inch = 72;
constexpr double least_points = 6;

void move(Rect& rect, Vec2 by) {
  rect.x += by.x, rect.y += by.y;
}

void move(Vec2& point, Vec2 by) {
  point.x += by.x, point.y += by.y;
}

void move(Item& item, Vec2 by) {
  std::visit(
      [&](auto& it) {
        using Type = std::decay_t<decltype(it)>;
        if constexpr (std::is_same_v<Type, TextItem>) move(it.origin, by);
        if constexpr (std::is_same_v<Type, RectItem>) move(it.rect, by);
        if constexpr (std::is_same_v<Type, CircleItem>) move(it.centre, by);
        if constexpr (std::is_same_v<Type, LineItem> || std::is_same_v<Type, ConvexItem>)
          for (Vec2& point : it.points) move(point, by);
      },
      item);
}

}  // namespace

Page::Page(const TextEngine& text, const PageFormat& format)
    : text_(text), theme_(render::theme(format.theme)), language_(format.language) {
  const double shorter = std::min(format.width, format.height);
  pixels_per_mm_ = shorter / format.design_mm;
  pixels_per_point_ = pixels_per_mm_ * mm_per_inch / points_per_inch;
  least_type_ = std::max<double>(Layout::smallest_type, least_points * format.dots_per_inch / points_per_inch);
  width_ = format.width / pixels_per_mm_, height_ = format.height / pixels_per_mm_;
  sheet_.width = format.width, sheet_.height = format.height;
  sheet_.dots_per_inch = format.dots_per_inch;
  sheet_.background = theme_.ground;
  sheet_.metadata = {{"Software", "battlemap"}};
  layer("page");
}

std::string Page::say(std::string_view zh, std::string_view en) const {
  return say(geo::Text{std::string(zh), std::string(en)});
}

std::string Page::say(const geo::Text& text) const {
  const bool two = language_ == geo::Language::both && !text.zh.empty() && !text.en.empty() && text.zh != text.en;
  return two ? text.zh + " " + text.en : text.in(language_);
}

void Page::layer(std::string name) {
  sheet_.layers.push_back({std::move(name), {}, {}});
}

TextStyle Page::style(const PageType& type) const {
  TextStyle style;
  style.size = static_cast<float>(std::max(least_type_, type.points * pixels_per_point_));
  style.colour = type.colour, style.weight = type.weight;
  style.tabular = true;
  return style;
}

double Page::write(const std::string& text, const PageType& type, double x, double y, double most, Align align) {
  if (text.empty()) return 0;
  const auto line = fit_line(text_, text, style(type), px(most), static_cast<float>(least_type_));
  const float shift = align == Align::left ? 0 : align == Align::right ? line.width : line.width / 2;
  sheet_.report.missing_glyphs += text_.shape(line.text, line.style)->missing;
  sheet_.layers.back().items.emplace_back(TextItem{line.text, {px(x) - shift, px(y)}, line.style});
  return line.width / pixels_per_mm_;
}

double Page::left(const std::string& text, const PageType& type, double x, double y, double most) {
  return write(text, type, x, y, most, Align::left);
}

double Page::right(const std::string& text, const PageType& type, double x, double y, double most) {
  return write(text, type, x, y, most, Align::right);
}

double Page::centre(const std::string& text, const PageType& type, double x, double y, double most) {
  return write(text, type, x, y, most, Align::centre);
}

double Page::paragraph(const std::string& text, const PageType& type, double x, double y, double most,
                       double leading, std::size_t lines) {
  std::vector<std::string> wrapped = wrap_text(text_, text, style(type), px(most));
  if (wrapped.size() > lines) {
    for (std::size_t i = lines; i < wrapped.size(); ++i) wrapped[lines - 1] += wrapped[i];
    wrapped.resize(lines);
  }
  for (const std::string& line : wrapped) {
    left(line, type, x, y, most);
    y += em(type) * leading;
  }
  return y;
}

void Page::rule(double x, double y, double w, double thickness, Colour colour) {
  box(x, y - thickness / 2, w, thickness, colour);
}

void Page::box(double x, double y, double w, double h, Colour fill, double radius) {
  sheet_.layers.back().items.emplace_back(RectItem{pixels(x, y, w, h), px(radius), fill});
}

void Page::frame(double x, double y, double w, double h, double thickness, Colour colour, double radius) {
  RectItem item{pixels(x, y, w, h), px(radius), {0, 0, 0, 0}};
  item.stroke = colour, item.stroke_width = px(thickness);
  sheet_.layers.back().items.emplace_back(item);
}

void Page::line(const std::vector<std::pair<double, double>>& points, double thickness, Colour colour) {
  LineItem item{{}, px(thickness), colour};
  for (const auto& [x, y] : points) item.points.push_back({px(x), px(y)});
  sheet_.layers.back().items.emplace_back(std::move(item));
}

void Page::mark(Mark mark, double x, double y, double size, Colour colour) {
  const auto stroke = [&](std::vector<std::pair<double, double>> points) {
    for (auto& [dx, dy] : points) dx = x + dx * size, dy = y + dy * size;
    line(points, size * 0.16, colour);
  };
  switch (mark) {
    case Mark::tick:
      return stroke({{-0.42, 0.05}, {-0.1, 0.36}, {0.45, -0.36}});
    case Mark::cross:
      stroke({{-0.34, -0.34}, {0.34, 0.34}});
      return stroke({{-0.34, 0.34}, {0.34, -0.34}});
    case Mark::dash:
      return stroke({{-0.3, 0}, {0.3, 0}});
    case Mark::question:
      centre("?", {size * points_per_inch / mm_per_inch, colour, Weight::bold}, x, y + size * 0.36, size * 2);
  }
}

double Page::text_width(const std::string& text, const PageType& type) const {
  return text_.width(text, style(type)) / pixels_per_mm_;
}

double Page::em(const PageType& type) const {
  return style(type).size / pixels_per_mm_;
}

Rect Page::pixels(double x, double y, double w, double h) const {
  return {px(x), px(y), px(w), px(h)};
}

void Page::place(Sheet sheet, const Rect& where) {
  const Vec2 by{where.x, where.y};
  if (sheet.map.coverage) {
    move(sheet.map.view.frame, by);
    sheet_.map = std::move(sheet.map);
  }
  const std::string current = sheet_.layers.back().name;
  for (Layer& layer : sheet.layers) {
    if (layer.clip) move(*layer.clip, by);
    for (Item& item : layer.items) move(item, by);
    sheet_.layers.push_back(std::move(layer));
  }
  layer(current);
}

void Page::metadata(std::string key, std::string value) {
  if (!value.empty()) sheet_.metadata.emplace_back(std::move(key), std::move(value));
}

Sheet Page::finish() {
  std::erase_if(sheet_.layers, [](const Layer& layer) { return layer.items.empty(); });
  return std::move(sheet_);
}

}  // namespace battlemap::render
