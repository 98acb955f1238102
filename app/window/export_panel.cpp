#include <imgui.h>
#include <imgui_stdlib.h>

#include <array>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

void draw_progress(const Ui& ui, Session& session) {
  ui.say(Face::small, ui.colours.muted,
         fmt::format("{} {:.0f} %", ui.t(Str::exporting), session.exporting.progress * 100));
  progress_bar(ui, session.exporting.progress);
  if (button(ui, "export:cancel", ui.t(Str::cancel), Weightiness::quiet, ImGui::GetContentRegionAvail().x))
    session.wishes.push_back(Wish::cancel_export);
}

void draw_file(const Ui& ui, ExportBox& box) {
  ui.fonts.need(Face::body, box.file);
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (ImGui::InputText("##file", &box.file, ImGuiInputTextFlags_AutoSelectAll))
    box.file_edited = !box.file.empty();
  ui.mark("export:file");
}

}  // namespace

void draw_export(const Ui& ui, Session& session) {
  ExportBox& box = session.exporting;
  if (!box.file_edited) box.file = suggested_file(session);
  section(ui, ui.t(Str::export_title));
  const std::array sizes{Segment{"export:window", ui.t(Str::size_window)},
                         Segment{"export:4k", ui.t(Str::size_4k)}, Segment{"export:a3", ui.t(Str::size_a3)}};
  const int pressed = segmented(ui, sizes, static_cast<int>(box.size));
  if (pressed >= 0) box.size = static_cast<ExportSize>(pressed);
  draw_file(ui, box);
  if (box.running) return draw_progress(ui, session);
  const float half = (ImGui::GetContentRegionAvail().x - ui.px(8)) / 2;
  if (button(ui, "export", ui.t(Str::export_png), Weightiness::primary, half))
    session.wishes.push_back(Wish::export_picture);
  ImGui::SameLine();
  if (button(ui, "print", ui.t(Str::print_open), Weightiness::quiet, half)) open_print(session);
}

}  // namespace battlemap::app
