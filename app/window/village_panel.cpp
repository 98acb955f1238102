#include <imgui.h>

#include <array>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

struct Column {
  VillageOrder order;
  Str title;
  const char* mark;
};
constexpr std::array columns{Column{VillageOrder::households, Str::village_households, "households"},
                             Column{VillageOrder::secretary, Str::village_secretary, "secretary"},
                             Column{VillageOrder::plan, Str::village_plan, "plan"},
                             Column{VillageOrder::pair, Str::village_pair, "pair"},
                             Column{VillageOrder::group_place, Str::village_group, "group"}};
constexpr float name_share = 0.33F, row = 28;

struct Grid {
  float left, name, each;
  float right_of(std::size_t column) const { return left + name + each * static_cast<float>(column + 1); }
};

Grid grid_of(float left, float width) {
  const float name = width * name_share;
  return {left, name, (width - name) / static_cast<float>(columns.size())};
}

bool head(const Ui& ui, const std::string& name, const char* title, float left, float right, bool active) {
  ImGui::SetCursorScreenPos({left, ImGui::GetCursorScreenPos().y});
  const bool pressed = ImGui::InvisibleButton(name.c_str(), {right - left, ui.px(row)});
  ui.mark(name);
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  const std::string shown = ui.cut(Face::small, title, right - left - ui.px(2));
  const float x = name == "sort:code" ? left + ui.px(8) : right - ui.width(Face::small, shown) - ui.px(4);
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui.put(list, {x, (low.y + high.y - ui.line(Face::small)) / 2}, Face::small,
         active || hovered ? ui.colours.text : ui.colours.muted, shown);
  if (active) list->AddRectFilled({x, high.y - ui.px(2)}, {x + ui.width(Face::small, shown), high.y}, ui.colours.accent);
  return pressed;
}

void draw_heads(const Ui& ui, Session& session, const Grid& grid) {
  const float y = ImGui::GetCursorScreenPos().y;
  if (head(ui, "sort:code", ui.t(Str::village_name), grid.left, grid.left + grid.name,
           session.village_order == VillageOrder::code))
    session.village_order = VillageOrder::code;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ImGui::SetCursorScreenPos({grid.left, y});
    if (head(ui, fmt::format("sort:{}", columns[i].mark), ui.t(columns[i].title), grid.right_of(i) - grid.each,
             grid.right_of(i), session.village_order == columns[i].order))
      session.village_order = columns[i].order;
  }
}

/// Red is for what needs action.
void draw_cell(const Ui& ui, geo::Gap gap, const geo::GapCount& count, float right, float middle) {
  const std::string text = gap_text(gap, count, ui.language);
  const bool known = count.status == geo::Status::value;
  const ImU32 colour = !known ? ui.colours.faint : count.count > 0 ? ui.colours.action : ui.colours.muted;
  ui.put(ImGui::GetWindowDrawList(), {right - ui.width(Face::small, text) - ui.px(4), middle - ui.line(Face::small) / 2},
         Face::small, colour, text);
}

void go(Session& session, geo::DivisionRef village) {
  session.card.reset();
  session.view.go_to(village, session.now);
  session.view.select(session.view.shows_board() ? std::nullopt : std::optional(village));
}

void draw_village(const Ui& ui, Session& session, const geo::VillageGaps& village, float width) {
  const geo::Division& division = session.tree()[village.village];
  const std::string name = "village:" + division.code.text();
  const bool pressed = ImGui::InvisibleButton(name.c_str(), {width, ui.px(row)});
  ui.mark(name);
  if (ui.marks.find("villages:first") == ui.marks.end()) ui.mark("villages:first");
  const bool hovered = ImGui::IsItemHovered(), here = session.view.place() == village.village;
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (hovered || here)
    list->AddRectFilled(low, high, here ? ui.colours.control : ui.colours.control_hover, ui.px(4));
  const Grid grid = grid_of(low.x, width);
  const float middle = (low.y + high.y) / 2;
  ui.put(list, {low.x + ui.px(8), middle - ui.line(Face::body) / 2}, Face::body, ui.colours.text, division.name,
         grid.name - ui.px(8));
  const std::string households =
      village.households.status == geo::Status::value
          ? geo::format_number(static_cast<double>(village.households.count), 0)
          : gap_text(geo::Gap::plan, village.households, ui.language);
  ui.put(list, {grid.right_of(0) - ui.width(Face::small, households) - ui.px(4), middle - ui.line(Face::small) / 2},
         Face::small, ui.colours.muted, households);
  for (std::size_t i = 0; i < geo::gap_count; ++i)
    draw_cell(ui, static_cast<geo::Gap>(i), village.gaps[i], grid.right_of(i + 1), middle);
  if (pressed) go(session, village.village);
}

}  // namespace

void draw_villages(const Ui& ui, Session& session) {
  if (!session.has_records()) return draw_no_records(ui, session);
  const VillageView& list = village_view(session);
  if (list.villages.empty()) return ui.say(Face::body, ui.colours.muted, ui.t(Str::villages_none));
  ui.say(Face::bold, ui.colours.text,
         fmt::format("{} · {} {}", place_name(session, list.place), list.villages.size(),
                     ui.t(Str::villages_count)));
  ui.say(Face::small, ui.colours.muted, ui.t(Str::villages_hint));
  const float width = ImGui::GetContentRegionAvail().x - ui.px(8);
  draw_heads(ui, session, grid_of(ImGui::GetCursorScreenPos().x, width));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  if (ImGui::BeginChild("villages", {0, 0})) {
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(list.villages.size()), ui.px(row));
    while (clipper.Step())
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
        draw_village(ui, session, list.villages[static_cast<std::size_t>(i)], width);
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

}  // namespace battlemap::app
