#pragma once
#include <imgui.h>

#include <map>
#include <string>
#include <string_view>

#include "app/window/fonts.hpp"
#include "app/window/strings.hpp"
#include "render/theme.hpp"

namespace battlemap::app {

/// The window's colours, taken from the map's theme so that map and panels are one picture.
struct UiColours {
  ImU32 ground, panel, card, control, control_hover, control_active;
  ImU32 text, muted, faint, accent, on_accent, action, good, shade;
};
UiColours ui_colours(const render::Theme& theme);
ImU32 to_imgui(render::Colour colour);
/// Spacing, rounding and colours of everything Dear ImGui still draws by itself.
void apply_style(const UiColours& colours, float scale);

/// Rectangles of the controls shown in the last frame by name, so that scripts can press them by name.
using Marks = std::map<std::string, ImVec4, std::less<>>;

/// What every panel draws with. Lives for one frame.
struct Ui {
  Fonts& fonts;
  Marks& marks;
  UiColours colours;
  geo::Language language;
  float scale;

  float px(float v) const { return v * scale; }
  const char* t(Str id) const { return text_of(id, language); }
  void mark(const std::string& name) const;  ///< names the last item
  float width(Face face, std::string_view text) const;
  float line(Face face) const { return fonts.size(face); }
  /// Text at a place; `max_width` > 0 cuts it with an ellipsis.
  void put(ImDrawList* list, ImVec2 at, Face face, ImU32 colour, std::string_view text,
           float max_width = 0) const;
  /// Text in the flow of the panel, wrapped at its right edge.
  void say(Face face, ImU32 colour, std::string_view text) const;
  /// A tooltip at the mouse, one line unless wider than `max_width`.
  void tip(Face face, std::string_view text, float max_width) const;
  std::string cut(Face face, std::string_view text, float max_width) const;
};

}  // namespace battlemap::app
