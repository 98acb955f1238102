#include <imgui.h>
#include <imgui_stdlib.h>

#include <array>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

constexpr float dialog_width = 880, dialog_height = 560, controls_width = 320;

template <class T>
void choose(const Ui& ui, const char* title, std::span<const Segment> segments, T& value) {
  section(ui, title);
  const int pressed = segmented(ui, segments, static_cast<int>(value));
  if (pressed >= 0) value = static_cast<T>(pressed);
}

void draw_paper(const Ui& ui, PrintBox& box) {
  std::vector<Segment> papers, resolutions;
  for (const char* name : print_papers) papers.push_back({std::string("print:") + name, name});
  choose(ui, ui.t(Str::print_paper), papers, box.paper);
  const std::array turns{Segment{"print:landscape", ui.t(Str::landscape)},
                         Segment{"print:portrait", ui.t(Str::portrait)}};
  const int turn = segmented(ui, turns, static_cast<int>(box.orientation));
  if (turn >= 0) box.orientation = static_cast<Orientation>(turn);
  const std::array kinds{Segment{"print:pdf", "PDF"}, Segment{"print:png", "PNG"}, Segment{"print:svg", "SVG"}};
  choose(ui, ui.t(Str::print_format), kinds, box.kind);
  const std::array<const char*, 3> names{"150 dpi", "200 dpi", "300 dpi"};
  for (std::size_t i = 0; i < print_resolutions.size(); ++i)
    resolutions.push_back({fmt::format("print:{}dpi", print_resolutions[i]), names[i], box.kind == PrintKind::png});
  const int chosen = segmented(ui, resolutions, box.kind == PrintKind::png ? static_cast<int>(box.resolution) : -1);
  if (chosen >= 0) box.resolution = static_cast<std::size_t>(chosen);
}

void draw_contents(const Ui& ui, Session& session) {
  PrintBox& box = session.printing;
  const bool boards = session.view.shows_board();
  if (!boards) box.scope = PrintScope::this_map;
  const std::array scopes{Segment{"print:this", ui.t(Str::this_map)},
                          Segment{"print:all", ui.t(Str::all_six), boards}};
  choose(ui, ui.t(Str::print_scope), scopes, box.scope);
  const std::array themes{Segment{"print:dark", ui.t(Str::theme_wall)},
                          Segment{"print:light", ui.t(Str::theme_paper)}};
  const int theme = segmented(ui, themes, box.theme == render::ThemeId::wall ? 0 : 1);
  if (theme >= 0) box.theme = theme == 0 ? render::ThemeId::wall : render::ThemeId::paper;
  draw_audience(ui, session, "print");
}

void draw_target(const Ui& ui, Session& session) {
  PrintBox& box = session.printing;
  const ViewState& view = session.view;
  const std::string place = view.place().valid() ? session.tree()[view.place()].code.text() : "all";
  if (!box.target_edited) box.target = suggested_target(box, place, view.map_id(), view.year());
  section(ui, ui.t(makes_folder(box) ? Str::print_folder : Str::print_target));
  ui.fonts.need(Face::body, box.target);
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (ImGui::InputText("##target", &box.target, ImGuiInputTextFlags_AutoSelectAll))
    box.target_edited = !box.target.empty();
  ui.mark("print:target");
}

void draw_action(const Ui& ui, Session& session) {
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::Dummy({0, ui.px(4)});
  if (!session.printing.running) {
    if (button(ui, "print:go", ui.t(Str::print_go), Weightiness::primary, width)) session.wishes.push_back(Wish::print);
    return;
  }
  ui.say(Face::small, ui.colours.muted,
         fmt::format("{} {:.0f} %", ui.t(Str::printing), session.printing.progress * 100));
  progress_bar(ui, session.printing.progress);
  if (button(ui, "print:cancel", ui.t(Str::cancel), Weightiness::quiet, width))
    session.wishes.push_back(Wish::cancel_print);
}

/// The page as it will lie on the paper, with the paper's edge.
void draw_preview(const Ui& ui, const Session& session, render::Rect area) {
  const Paper paper = parse_paper(print_papers[session.printing.paper], session.printing.orientation);
  const float ratio = static_cast<float>(paper.width_mm / paper.height_mm);
  const float wide = std::min(area.w, area.h * ratio), high = wide / ratio;
  const ImVec2 low{area.x + (area.w - wide) / 2, area.y + (area.h - high) / 2}, far{low.x + wide, low.y + high};
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled({low.x + ui.px(4), low.y + ui.px(4)}, {far.x + ui.px(4), far.y + ui.px(4)},
                      IM_COL32(0, 0, 0, 60), ui.px(2));
  list->AddRectFilled(low, far, ui.colours.control);
  const SheetPicture& picture = session.pictures[Slot::preview];
  if (picture.texture != 0 && picture.current)
    list->AddImage(reinterpret_cast<ImTextureID>(picture.texture), low, far);
  else
    ui.put(list, {low.x + (wide - ui.width(Face::body, ui.t(Str::preview_due))) / 2, (low.y + far.y) / 2}, Face::body,
           ui.colours.muted, ui.t(Str::preview_due));
  const std::string caption = fmt::format("{} · {:.0f} × {:.0f} mm", print_papers[session.printing.paper],
                                          paper.width_mm, paper.height_mm);
  ui.put(list, {area.x + (area.w - ui.width(Face::small, caption)) / 2, area.bottom() + ui.px(8)}, Face::small,
         ui.colours.muted, caption);
}

}  // namespace

void draw_print_dialog(const Ui& ui, Session& session, const Layout& layout) {
  if (!session.printing.open) return;
  ImGui::GetBackgroundDrawList()->AddRectFilled({layout.header.x, 0}, {layout.window.right(), layout.window.bottom()},
                                                ui.colours.shade);
  const float right = layout.window.w, left = layout.header.x;
  const float width = std::min(ui.px(dialog_width), right - left - ui.px(16));
  const float height = std::min(ui.px(dialog_height), layout.window.h - ui.px(16));
  const render::Rect rect{left + (right - left - width) / 2, (layout.window.h - height) / 2, width, height};
  const float inset = ui.px(24), controls = std::min(ui.px(controls_width), width * 0.5F);
  if (begin_area("print_dialog", rect, ui.colours.card | IM_COL32_A_MASK, 0, Area::dialog)) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    ui.put(list, {rect.x + inset, rect.y + ui.px(20)}, Face::heading, ui.colours.text, ui.t(Str::print_title));
    ImGui::SetCursorScreenPos({rect.right() - ui.px(48), rect.y + ui.px(14)});
    if (icon_button(ui, "print:close", Icon::close, ui.t(Str::close))) session.printing.open = false;
    draw_preview(ui, session, {rect.x + inset, rect.y + ui.px(64), width - controls - 3 * inset, height - ui.px(120)});
    ImGui::SetCursorScreenPos({rect.right() - controls - inset, rect.y + ui.px(52)});
    ImGui::PushStyleColor(ImGuiCol_ChildBg, IM_COL32(0, 0, 0, 0));
    if (ImGui::BeginChild("print_controls", {controls, height - ui.px(64)})) {
      ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(6)});
      draw_paper(ui, session.printing);
      draw_contents(ui, session);
      draw_target(ui, session);
      draw_action(ui, session);
      ImGui::PopStyleVar();
    }
    ImGui::EndChild();
    ImGui::PopStyleColor();
  }
  end_area();
}

}  // namespace battlemap::app
