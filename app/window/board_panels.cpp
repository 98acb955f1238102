#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {

render::Rect panels_inner(render::Rect column, float scale) {
  const float side = 16 * scale, top = 8 * scale;
  return {column.x + side, column.y + top, std::max(1.0F, column.w - 2 * side), std::max(1.0F, column.h - 2 * top)};
}

/// The same panels as on the sheet, painted by the same painter: what is read here is what is printed.
void draw_board_panels(const Ui& ui, const Session& session, const Layout& layout) {
  if (layout.panels.w < 1) return;
  if (begin_area("board_panels", layout.panels, ui.colours.ground, ui.px(16))) {
    const SheetPicture& picture = session.pictures[Slot::panels];
    if (!session.has_records()) {
      draw_no_records(ui, session);
    } else if (picture.texture != 0) {
      const render::Rect at = panels_inner(layout.panels, ui.scale);
      const float ratio = ImGui::GetIO().DisplayFramebufferScale.x;
      const ImU32 tint = picture.current ? IM_COL32_WHITE : IM_COL32(255, 255, 255, 140);
      ImGui::GetWindowDrawList()->AddImage(
          reinterpret_cast<ImTextureID>(picture.texture), {at.x, at.y},
          {at.x + static_cast<float>(picture.width) / ratio, at.y + static_cast<float>(picture.height) / ratio},
          {0, 0}, {1, 1}, tint);
    }
  }
  end_area();
}

}  // namespace battlemap::app
