#include "render/label_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace battlemap::render {
namespace {

constexpr double readable = 4.5;

bool is_wide(std::string_view point) {
  return point.size() >= 3;
}

/// Closing marks stay with what they follow.
bool may_break_before(std::string_view point) {
  static constexpr std::array<std::string_view, 6> closing{"\uFF0C", "\u3002", "\uFF1B",
                                                           "\uFF1A", "\uFF09", "\u3001"};
  return is_wide(point) && std::find(closing.begin(), closing.end(), point) == closing.end();
}

}  // namespace

TextBlock make_block(const TextEngine& text, std::vector<TextBlock::Line> lines) {
  TextBlock block;
  for (TextBlock::Line& line : lines) {
    const auto shaped = text.shape(line.text, line.style);
    line.width = shaped->width;
    block.missing += shaped->missing;
    block.width = std::max(block.width, line.width);
    block.height += line.style.size * line_height;
  }
  block.lines = std::move(lines);
  return block;
}

Rect block_box(const TextBlock& block, Vec2 centre) {
  return {centre.x - block.width / 2, centre.y - block.height / 2, block.width, block.height};
}

void add_block(Layer& layer, const TextBlock& block, Vec2 centre) {
  float top = centre.y - block.height / 2;
  for (const TextBlock::Line& line : block.lines) {
    // Chinese glyphs sit from 0.12 em below to 0.88 em above the baseline; the line leaves the rest around.
    const float baseline = top + line.style.size * (line_height / 2 + 0.37F);
    layer.items.emplace_back(TextItem{line.text, {centre.x - line.width / 2, baseline}, line.style});
    top += line.style.size * line_height;
  }
}

std::vector<std::string> code_points(std::string_view utf8) {
  std::vector<std::string> out;
  for (const char c : utf8) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (continues && !out.empty())
      out.back() += c;
    else
      out.emplace_back(1, c);
  }
  return out;
}

double estimated_ems(std::string_view utf8) {
  double ems = 0;
  for (const std::string& point : code_points(utf8)) ems += is_wide(point) ? 1.0 : 0.56;
  return ems;
}

std::vector<std::string> wrap_text(const TextEngine& text, const std::string& utf8, const TextStyle& style,
                                   float width) {
  std::vector<std::string> words;  // pieces that may not be broken
  for (const std::string& point : code_points(utf8)) {
    const bool starts = words.empty() || words.back().back() == ' ' || may_break_before(point);
    if (starts)
      words.push_back(point);
    else
      words.back() += point;
  }
  std::vector<std::string> lines;
  for (const std::string& word : words) {
    if (!lines.empty() && text.width(lines.back() + word, style) <= width)
      lines.back() += word;
    else
      lines.push_back(word);
  }
  return lines;
}

LabelColours label_colours(Colour behind) {
  constexpr Colour dark{0x16, 0x1B, 0x21}, light{0xFF, 0xFF, 0xFF};
  const bool use_dark = contrast_ratio(dark, behind) >= contrast_ratio(light, behind);
  LabelColours colours{use_dark ? dark : light, behind};
  const Colour away = use_dark ? light : Colour{0, 0, 0};
  for (double t = 0; t < 1 && contrast_ratio(colours.text, colours.halo) < readable + 0.5; t += 0.05)
    colours.halo = mix(behind, away, t);
  return colours;
}

}  // namespace battlemap::render
