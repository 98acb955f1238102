#include "render/panel_pen.hpp"

#include <algorithm>

#include "render/parts.hpp"

namespace battlemap::render {

float Pen::line(double units, double leading) const {
  return std::max(scene_.layout.least_type, px(units)) * static_cast<float>(leading);
}

TextStyle Pen::style(double units, Colour colour, Weight weight) const {
  TextStyle style;
  style.size = std::max(scene_.layout.least_type, px(units));
  style.colour = colour, style.weight = weight, style.tabular = true;
  return style;
}

std::vector<std::string> Pen::wrap(const std::string& text, const TextStyle& style, float width) const {
  return wrap_text(text_, text, style, width);
}

std::vector<std::string> Pen::lines(const geo::Text& text, const TextStyle& style, float width) const {
  if (text.empty()) return {};
  if (!scene_.both()) return wrap(scene_.text(text), style, width);
  std::vector<std::string> all = wrap(text.in(geo::Language::zh), style, width);
  if (text.en.empty() || text.en == text.zh) return all;
  for (std::string& line : wrap(text.en, style, width)) all.push_back(std::move(line));
  return all;
}

void Pen::paragraph(const std::vector<std::string>& lines, const TextStyle& style, const Rect& box,
                    float high) const {
  float middle = box.y + high / 2;
  for (const std::string& line : lines) {
    left(line, style, box.x, middle, box.w);
    middle += high;
  }
}

void Pen::symbol(const SymbolLook& look, Vec2 centre, float radius) const {
  if (layer_ != nullptr) add_symbol(*layer_, look, centre, radius);
}

std::string Pen::say(const geo::Text& text) const {
  if (!scene_.both() || text.en.empty() || text.en == text.zh) return scene_.text(text);
  return text.zh.empty() ? text.en : text.zh + " " + text.en;
}

void Pen::left(const std::string& text, const TextStyle& style, float x, float middle, float most) const {
  if (text.empty() || layer_ == nullptr) return;
  const auto line = fit_line(text_, text, style, most, scene_.layout.least_type);
  layer_->items.emplace_back(TextItem{line.text, {x, middle + line.style.size * 0.37F}, line.style});
}

void Pen::right(const std::string& text, const TextStyle& style, float x, float middle, float most) const {
  if (text.empty() || layer_ == nullptr) return;
  const auto line = fit_line(text_, text, style, most, scene_.layout.least_type);
  layer_->items.emplace_back(
      TextItem{line.text, {x - line.width, middle + line.style.size * 0.37F}, line.style});
}

void Pen::centre(const std::string& text, const TextStyle& style, float x, float middle, float most) const {
  if (text.empty() || layer_ == nullptr) return;
  const auto line = fit_line(text_, text, style, most, scene_.layout.least_type);
  layer_->items.emplace_back(
      TextItem{line.text, {x - line.width / 2, middle + line.style.size * 0.37F}, line.style});
}

void Pen::box(const Rect& rect, Colour fill, float radius) const {
  item(RectItem{rect, radius, fill});
}

void Pen::rule(float x, float y, float w) const {
  const float thick = std::max(1.0F, scene_.layout.px(1));
  item(RectItem{{x, y - thick / 2, w, thick}, 0, mix(theme().ground, theme().text_muted, 0.35)});
}

void Pen::item(Item item) const {
  if (layer_ != nullptr) layer_->items.push_back(std::move(item));
}

}  // namespace battlemap::render
