#include <algorithm>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

constexpr float edge = 24, gap = 12, words = 22, thumb_ratio = 16.0F / 9;

/// The painted sheet, or its empty place while it is on the way.
void draw_picture(const Ui& ui, const SheetPicture& picture, ImVec2 low, ImVec2 high) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(low, high, ui.colours.control, ui.px(3));
  if (picture.texture == 0) return;
  const ImU32 tint = picture.current ? IM_COL32_WHITE : IM_COL32(255, 255, 255, 110);
  list->AddImageRounded(reinterpret_cast<ImTextureID>(picture.texture), low, high, {0, 0}, {1, 1}, tint, ui.px(3));
}

void draw_thumb(const Ui& ui, Session& session, std::size_t number, ImVec2 at, ImVec2 size) {
  ImGui::SetCursorScreenPos(at);
  const std::string name = fmt::format("thumb:{}", number + 1);
  const bool pressed = ImGui::InvisibleButton(name.c_str(), {size.x, size.y + ui.px(words)});
  ui.mark(name);
  const bool hovered = ImGui::IsItemHovered(), on = session.view.board_number() == number;
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  draw_picture(ui, session.pictures[thumb_slot(number)], at, {at.x + size.x, at.y + size.y});
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (on || hovered)
    list->AddRect({at.x - ui.px(1), at.y - ui.px(1)}, {at.x + size.x + ui.px(1), at.y + size.y + ui.px(1)},
                  on ? ui.colours.accent : ui.colours.muted, ui.px(4), 0, ui.px(on ? 2.0F : 1.0F));
  const std::string key = std::to_string(number + 1);
  const render::MapSpec& map = render::find_map(session.atlas->maps, session.view.boards()[number]);
  const float y = at.y + size.y + ui.px(5);
  ui.put(list, {at.x, y}, Face::small, on ? ui.colours.accent : ui.colours.muted, key);
  ui.put(list, {at.x + ui.px(16), y}, Face::small, on || hovered ? ui.colours.text : ui.colours.muted,
         map.title.in(ui.language), size.x - ui.px(16));
  if (pressed) open_board(session, number);
}

}  // namespace

void draw_strip(const Ui& ui, Session& session, const Layout& layout) {
  if (layout.strip.h < 1) return;
  if (begin_area("strip", layout.strip, ui.colours.ground, 0)) {
    const auto count = static_cast<float>(session.view.boards().size());
    const float close = ui.px(32), room = layout.strip.w - ui.px(2 * edge) - close;
    const float high = layout.strip.h - ui.px(words + 14);
    const float wide = std::min((room - ui.px(gap) * (count - 1)) / count, high * thumb_ratio);
    float x = layout.strip.x + ui.px(edge);
    for (std::size_t i = 0; i < session.view.boards().size(); ++i, x += wide + ui.px(gap))
      draw_thumb(ui, session, i, {x, layout.strip.y + ui.px(8)}, {wide, wide / thumb_ratio});
    ImGui::SetCursorScreenPos({layout.strip.right() - ui.px(edge) - close, layout.strip.y + ui.px(8)});
    if (icon_button(ui, "strip:close", Icon::down, ui.t(Str::hide_strip))) session.strip_open = false;
  }
  end_area();
}

}  // namespace battlemap::app
