#include <imgui.h>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

ImU32 colour_of(const Ui& ui, DataView::Tone tone) {
  if (tone == DataView::Tone::bad) return ui.colours.action;
  return tone == DataView::Tone::good ? ui.colours.good : ui.colours.faint;
}

/// A dot that says whether it is right, what it is, and its numbers below.
void draw_line(const Ui& ui, const DataView::Line& line) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float indent = ui.px(14), width = ImGui::GetContentRegionAvail().x - indent;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddCircleFilled({at.x + ui.px(4), at.y + ui.line(Face::body) / 2}, ui.px(3.5F), colour_of(ui, line.tone));
  ui.put(list, {at.x + indent, at.y}, Face::body, ui.colours.text, line.label, width);
  ImGui::SetCursorScreenPos({at.x + indent, at.y + ui.line(Face::body) + ui.px(3)});
  ImGui::BeginGroup();
  ui.say(Face::small, line.tone == DataView::Tone::bad ? ui.colours.action : ui.colours.muted, line.detail);
  ImGui::EndGroup();
  ImGui::SetCursorScreenPos({at.x, ImGui::GetCursorScreenPos().y});
}

void draw_lines(const Ui& ui, Str title, const std::vector<DataView::Line>& lines) {
  if (lines.empty()) return;
  section(ui, ui.t(title));
  for (const DataView::Line& line : lines) draw_line(ui, line);
}

void draw_problems(const Ui& ui, DataBox& box) {
  section(ui, ui.t(Str::data_problems));
  if (box.view.problems.empty()) ui.say(Face::body, ui.colours.muted, ui.t(Str::data_none));
  for (const DataView::Kind& kind : box.view.problems) {
    const std::string title = fmt::format("{} · {}{}", kind.label, kind.count, kind.note ? ui.t(Str::data_note) : "");
    bool open = box.open.contains(kind.id);
    if (!fold(ui, "problem:" + kind.id, title.c_str(), open)) {
      box.open.erase(kind.id);
      continue;
    }
    box.open.insert(kind.id);
    for (const std::string& message : kind.messages) ui.say(Face::small, ui.colours.text, message);
    if (kind.count > kind.messages.size())
      ui.say(Face::small, ui.colours.muted, fmt::format("{} {}", kind.count - kind.messages.size(), ui.t(Str::data_more)));
  }
}

}  // namespace

void draw_data(const Ui& ui, Session& session) {
  DataBox& box = data_box(session);
  ui.say(Face::bold, box.view.good ? ui.colours.good : ui.colours.action, box.view.verdict);
  if (const auto& origin = session.dataset().project.origin)
    ui.say(Face::small, ui.colours.muted, origin->note.in(ui.language));
  draw_problems(ui, box);
  draw_lines(ui, Str::data_totals, box.view.totals);
  draw_lines(ui, Str::data_joins, box.view.joins);
  draw_lines(ui, Str::data_boundaries, box.view.boundaries);
  draw_lines(ui, Str::data_records, box.view.records);
}

}  // namespace battlemap::app
