#pragma once
#include <cstdint>
#include <string_view>

namespace battlemap::render {

/// sRGB, 8 bits each, alpha not premultiplied.
struct Colour {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  friend bool operator==(const Colour&, const Colour&) = default;
};

/// "#RRGGBB" or "#RRGGBBAA". Throws geo::Error quoting the text.
Colour parse_colour(std::string_view text);
Colour mix(Colour a, Colour b, double t);            ///< linear in sRGB: t=0 gives a
Colour with_alpha(Colour c, double alpha);           ///< alpha 0..1
double relative_luminance(Colour c);                 ///< WCAG 2.1
double contrast_ratio(Colour a, Colour b);           ///< WCAG 2.1, 1..21
struct Lab {
  double l, a, b;
};
Lab to_lab(Colour c);                                ///< CIE L*a*b*, D65
Colour from_lab(Lab lab);                            ///< opaque; clamped into sRGB
enum class ColourVision { normal, deuteranopia, protanopia, tritanopia };
Colour simulate(Colour c, ColourVision vision);      ///< Viénot, Brettel & Mollon (1999) / Brettel (1997)
double colour_difference(Colour a, Colour b);        ///< CIE76 delta E

}  // namespace battlemap::render
