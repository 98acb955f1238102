#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "geo/code.hpp"
#include "render/free_space.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

/// A centred block of lines, e.g. a name with its value below.
struct TextBlock {
  struct Line {
    std::string text;
    TextStyle style;
    float width = 0;
  };
  std::vector<Line> lines;
  float width = 0, height = 0;
  std::size_t missing = 0;  ///< code points without a glyph
};

/// Line height in em.
inline constexpr float line_height = 1.22F;

TextBlock make_block(const TextEngine& text, std::vector<TextBlock::Line> lines);
/// The block's rectangle when centred on `centre`.
Rect block_box(const TextBlock& block, Vec2 centre);
/// Appends the block's lines centred on `centre`.
void add_block(Layer& layer, const TextBlock& block, Vec2 centre);

/// The name as the map writes it: a village committee's becomes its village's (西湾村委会 -> 西湾村).
/// Tooltips and search keep the full name. Other levels' names stay.
std::string label_name(std::string_view name, geo::Level level);

/// Ways to set a place name: one line and, for long names, two, parted after 族 (海西蒙古族藏族 / 自治州) or
/// before a committee's suffix (下麻尔 / 村委会).
std::vector<std::vector<std::string>> name_lines(const std::string& name);

/// Breaks text into lines no wider than `width`: at spaces, and between any two Chinese characters.
std::vector<std::string> wrap_text(const TextEngine& text, const std::string& utf8, const TextStyle& style,
                                   float width);
/// About how long a text is, in em, without shaping it: Chinese characters are one, others a little over
/// half.
double estimated_ems(std::string_view utf8);
/// Code points of UTF-8 text, each as its bytes.
std::vector<std::string> code_points(std::string_view utf8);

/// Text and halo that stay readable (contrast 4.5 and more) over `behind`.
struct LabelColours {
  Colour text, halo;
};
LabelColours label_colours(Colour behind);

}  // namespace battlemap::render
