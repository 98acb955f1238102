#include "render/palette.hpp"

#include <algorithm>
#include <cmath>

#include "geo/error.hpp"
#include "geo/nearest.hpp"
#include "geo/toml_reader.hpp"

namespace battlemap::render {
namespace {

Lab mix_lab(Lab a, Lab b, double t) {
  return {a.l + (b.l - a.l) * t, a.a + (b.a - a.a) * t, a.b + (b.b - a.b) * t};
}

std::vector<Colour> spread(const Palette& palette, int count, bool dark_theme) {
  std::vector<Colour> out;
  for (int i = 0; i < count; ++i)
    out.push_back(palette.at(count == 1 ? 0.6 : static_cast<double>(i) / (count - 1), dark_theme));
  return out;
}

std::vector<Colour> first_of(const Palette& palette, int count, bool dark_theme) {
  std::vector<Colour> known = dark_theme ? palette.dark : palette.light;
  std::vector<Colour> out;
  const Colour last = known.back();
  if (palette.last_needs_action) known.pop_back();
  for (int i = 0; i < count; ++i) out.push_back(known[static_cast<std::size_t>(i) % known.size()]);
  if (palette.last_needs_action && !out.empty()) out.back() = last;
  return out;
}

std::vector<Colour> read_colours(const geo::TomlTable& table, std::string_view key) {
  std::vector<Colour> out;
  for (const std::string& text : table.strings(key)) {
    try {
      out.push_back(parse_colour(text));
    } catch (const geo::Error& e) {
      geo::fail("{}:{}: key '{}': {}", table.file().string(), table.line(key), key, e.what());
    }
  }
  if (out.size() < 2) table.fail(key, "a list of at least two colours such as [\"#FFF1DC\", \"#A01C26\"]");
  return out;
}

Palette read_palette(const geo::TomlTable& table) {
  Palette palette;
  palette.id = table.string("id");
  palette.kind = table.word<PaletteKind>("kind", {{"sequential", PaletteKind::sequential},
                                                  {"diverging", PaletteKind::diverging},
                                                  {"qualitative", PaletteKind::qualitative}});
  palette.light = read_colours(table, "light");
  palette.dark = read_colours(table, "dark");
  palette.colour_blind_safe = table.boolean("colour_blind_safe", false);
  palette.print_safe = table.boolean("print_safe", false);
  palette.last_needs_action = table.boolean("last_needs_action", false);
  table.finish();
  return palette;
}

}  // namespace

Colour Palette::at(double t, bool dark_theme) const {
  const std::vector<Colour>& ramp = dark_theme ? dark : light;
  const double place = std::clamp(t, 0.0, 1.0) * static_cast<double>(ramp.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), ramp.size() - 2);
  return from_lab(mix_lab(to_lab(ramp[below]), to_lab(ramp[below + 1]), place - static_cast<double>(below)));
}

std::vector<Colour> Palette::pick(int count, bool dark_theme) const {
  return kind == PaletteKind::qualitative ? first_of(*this, count, dark_theme)
                                          : spread(*this, count, dark_theme);
}

Palettes::Palettes(const std::filesystem::path& toml) {
  const geo::TomlTable file = geo::read_toml(toml);
  for (const geo::TomlTable& table : file.tables("palette")) {
    Palette palette = read_palette(table);
    const bool known = std::any_of(palettes_.begin(), palettes_.end(),
                                   [&](const Palette& other) { return other.id == palette.id; });
    if (known) table.fail("id", "an id that no other palette of the file has");
    palettes_.push_back(std::move(palette));
  }
  file.finish();
  if (palettes_.empty()) geo::fail("{} has no [[palette]]; add at least one", toml.string());
}

const Palette& Palettes::get(std::string_view id) const {
  std::vector<std::string> known;
  for (const Palette& palette : palettes_) {
    if (palette.id == id) return palette;
    known.push_back(palette.id);
  }
  geo::fail_unknown("palette", id, known);
}

}  // namespace battlemap::render
