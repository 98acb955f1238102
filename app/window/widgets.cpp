#include "app/window/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace battlemap::app {
namespace {

constexpr float row_height = 32;

struct Hit {
  bool pressed, hovered, held;
  ImVec2 low, high;
  ImVec2 middle() const { return {(low.x + high.x) / 2, (low.y + high.y) / 2}; }
};

Hit hit_area(const Ui& ui, const std::string& name, ImVec2 size, bool enabled = true) {
  const bool pressed = ImGui::InvisibleButton(name.c_str(), size);
  ui.mark(name);
  const bool hovered = ImGui::IsItemHovered();
  if (hovered && enabled) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return {pressed && enabled, hovered && enabled, ImGui::IsItemActive() && enabled, ImGui::GetItemRectMin(),
          ImGui::GetItemRectMax()};
}

ImU32 surface(const Ui& ui, const Hit& hit, ImU32 rest) {
  if (hit.held) return ui.colours.control_active;
  return hit.hovered ? ui.colours.control_hover : rest;
}

void centred(const Ui& ui, const Hit& hit, Face face, ImU32 colour, const char* text) {
  const std::string shown = ui.cut(face, text, hit.high.x - hit.low.x - ui.px(4));
  ui.put(ImGui::GetWindowDrawList(),
         {hit.middle().x - ui.width(face, shown) / 2, hit.middle().y - ui.line(face) / 2}, face, colour,
         shown);
}

float x_of_year(const Hit& hit, float inset, std::size_t i, std::size_t count) {
  const float span = hit.high.x - hit.low.x - 2 * inset;
  return hit.low.x + inset +
         (count < 2 ? span / 2 : span * static_cast<float>(i) / static_cast<float>(count - 1));
}

std::size_t year_under_pointer(const Hit& hit, float inset, std::size_t count) {
  std::size_t best = 0;
  const float x = ImGui::GetIO().MousePos.x;
  for (std::size_t i = 1; i < count; ++i)
    if (std::abs(x_of_year(hit, inset, i, count) - x) < std::abs(x_of_year(hit, inset, best, count) - x))
      best = i;
  return best;
}

void draw_year(const Ui& ui, const Hit& hit, float x, int year, bool active) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = hit.low.y + ui.px(10);
  list->AddCircleFilled({x, y}, ui.px(active ? 8.0F : 4.0F), active ? ui.colours.accent : ui.colours.faint);
  const Face face = active ? Face::bold : Face::small;
  const std::string text = std::to_string(year);
  ui.put(list, {x - ui.width(face, text) / 2, y + ui.px(14)}, face,
         active ? ui.colours.text : ui.colours.muted, text);
}

}  // namespace

void section(const Ui& ui, const char* title) {
  ImGui::Dummy({0, ui.px(4)});
  ui.say(Face::small, ui.colours.muted, title);
}

bool icon_button(const Ui& ui, const std::string& name, Icon icon, const char* tip) {
  const Hit hit = hit_area(ui, name, {ui.px(row_height), ui.px(row_height)});
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (hit.hovered) list->AddRectFilled(hit.low, hit.high, surface(ui, hit, 0), ui.px(4));
  draw_icon(list, hit.middle(), ui.px(16), icon, hit.hovered ? ui.colours.text : ui.colours.muted);
  if (hit.hovered) ui.tip(Face::small, tip, ui.px(300));
  return hit.pressed;
}

bool button(const Ui& ui, const std::string& name, const char* label, Weightiness weight, float width) {
  const Hit hit = hit_area(ui, name, {width, ui.px(36)});
  const bool primary = weight == Weightiness::primary;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(hit.low, hit.high, primary ? ui.colours.accent : surface(ui, hit, ui.colours.control),
                      ui.px(4));
  if (primary && hit.hovered) list->AddRectFilled(hit.low, hit.high, IM_COL32(255, 255, 255, 40), ui.px(4));
  centred(ui, hit, Face::bold, primary ? ui.colours.on_accent : ui.colours.text, label);
  return hit.pressed;
}

bool list_row(const Ui& ui, const std::string& name, std::string_view label, bool active) {
  constexpr float list_height = 28;
  const Hit hit = hit_area(ui, name, {ImGui::GetContentRegionAvail().x, ui.px(list_height)});
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (active || hit.hovered)
    list->AddRectFilled(hit.low, hit.high, active ? ui.colours.control : surface(ui, hit, 0), ui.px(4));
  if (active)
    list->AddRectFilled({hit.low.x, hit.low.y + ui.px(8)}, {hit.low.x + ui.px(3), hit.high.y - ui.px(8)},
                        ui.colours.accent, ui.px(2));
  const Face face = active ? Face::bold : Face::body;
  ui.put(list, {hit.low.x + ui.px(12), hit.middle().y - ui.line(face) / 2}, face,
         active || hit.hovered ? ui.colours.text : ui.colours.muted, label,
         hit.high.x - hit.low.x - ui.px(20));
  return hit.pressed;
}

bool result_row(const Ui& ui, const std::string& name, std::string_view label, std::string_view detail,
                bool active) {
  const Hit hit = hit_area(ui, name, {ImGui::GetContentRegionAvail().x, ui.px(44)});
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (active || hit.hovered)
    list->AddRectFilled(hit.low, hit.high, surface(ui, hit, ui.colours.control), ui.px(4));
  const float room = hit.high.x - hit.low.x - ui.px(20);
  ui.put(list, {hit.low.x + ui.px(12), hit.low.y + ui.px(5)}, Face::body, ui.colours.text, label, room);
  ui.put(list, {hit.low.x + ui.px(12), hit.low.y + ui.px(24)}, Face::small, ui.colours.muted, detail, room);
  return hit.pressed;
}

bool check_row(const Ui& ui, const std::string& name, std::string_view label, std::string_view number,
               bool chosen) {
  constexpr float height = 26, box = 16;
  const Hit hit = hit_area(ui, name, {ImGui::GetContentRegionAvail().x, ui.px(height)});
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (hit.hovered) list->AddRectFilled(hit.low, hit.high, surface(ui, hit, 0), ui.px(4));
  const float left = hit.low.x + ui.px(6), top = hit.middle().y - ui.px(box / 2);
  list->AddRectFilled({left, top}, {left + ui.px(box), top + ui.px(box)},
                      chosen ? ui.colours.accent : ui.colours.control_hover, ui.px(3));
  if (chosen)
    draw_icon(list, {left + ui.px(box / 2), hit.middle().y}, ui.px(11), Icon::check, ui.colours.on_accent);
  const float count = ui.width(Face::small, number), text = left + ui.px(box + 10);
  ui.put(list, {text, hit.middle().y - ui.line(Face::body) / 2}, Face::body,
         chosen || hit.hovered ? ui.colours.text : ui.colours.muted, label,
         hit.high.x - text - count - ui.px(16));
  ui.put(list, {hit.high.x - count - ui.px(6), hit.middle().y - ui.line(Face::small) / 2}, Face::small,
         ui.colours.muted, number);
  return hit.pressed;
}

bool chip(const Ui& ui, const std::string& name, std::string_view label, bool removable, float room) {
  constexpr float height = 24, padding = 10, cross = 8;
  const float extra = ui.px(2 * padding + (removable ? cross + 8 : 0));
  const std::string shown = ui.cut(Face::small, label, std::max(room - extra, ui.px(24)));
  const Hit hit = hit_area(ui, name, {ui.width(Face::small, shown) + extra, ui.px(height)});
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(hit.low, hit.high, surface(ui, hit, ui.colours.control), ui.px(height / 2));
  ui.put(list, {hit.low.x + ui.px(padding), hit.middle().y - ui.line(Face::small) / 2}, Face::small,
         removable || hit.hovered ? ui.colours.text : ui.colours.muted, shown);
  if (removable)
    draw_icon(list, {hit.high.x - ui.px(padding + cross / 2), hit.middle().y}, ui.px(cross), Icon::close,
              hit.hovered ? ui.colours.accent : ui.colours.muted);
  return hit.pressed;
}

bool fold(const Ui& ui, const std::string& name, const char* title, bool& open) {
  ImGui::Dummy({0, ui.px(4)});
  const Hit hit = hit_area(ui, name, {ImGui::GetContentRegionAvail().x, ui.line(Face::small) + ui.px(2)});
  const ImU32 colour = hit.hovered ? ui.colours.text : ui.colours.muted;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui.put(list, hit.low, Face::small, colour, title);
  draw_icon(list, {hit.high.x - ui.px(10), hit.middle().y}, ui.px(9), open ? Icon::up : Icon::down, colour);
  if (hit.pressed) open = !open;
  return open;
}

int segmented(const Ui& ui, std::span<const Segment> segments, int active, float asked) {
  const auto count = static_cast<float>(segments.size());
  const float width = (asked > 0 ? asked : ImGui::GetContentRegionAvail().x) / count;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(corner, {corner.x + width * count, corner.y + ui.px(row_height)}, ui.colours.control,
                      ui.px(4));
  int pressed = -1;
  for (int i = 0; i < static_cast<int>(segments.size()); ++i) {
    const Segment& segment = segments[static_cast<std::size_t>(i)];
    if (i > 0) ImGui::SameLine(0, 0);
    const Hit hit = hit_area(ui, segment.name, {width, ui.px(row_height)}, segment.enabled);
    const bool on = i == active;
    const ImVec2 low{hit.low.x + ui.px(2), hit.low.y + ui.px(2)},
        high{hit.high.x - ui.px(2), hit.high.y - ui.px(2)};
    if (on || hit.hovered)
      list->AddRectFilled(low, high, on ? ui.colours.control_active : surface(ui, hit, 0), ui.px(3));
    if (on)
      list->AddRectFilled({low.x + ui.px(8), high.y - ui.px(2)}, {high.x - ui.px(8), high.y},
                          ui.colours.accent);
    const ImU32 colour = segment.enabled ? (on ? ui.colours.text : ui.colours.muted) : ui.colours.faint;
    centred(ui, hit, on ? Face::bold : Face::body, colour, segment.label);
    if (hit.pressed) pressed = i;
  }
  return pressed;
}

int year_slider(const Ui& ui, const std::string& name, std::span<const int> years, int year) {
  if (years.empty()) return year;
  const Hit hit = hit_area(ui, name, {ImGui::GetContentRegionAvail().x, ui.px(44)});
  const float inset = ui.px(18);
  const float y = hit.low.y + ui.px(10);
  ImGui::GetWindowDrawList()->AddRectFilled({hit.low.x + inset, y - ui.px(1.5F)},
                                            {hit.high.x - inset, y + ui.px(1.5F)}, ui.colours.control_hover,
                                            ui.px(2));
  for (std::size_t i = 0; i < years.size(); ++i) {
    const float x = x_of_year(hit, inset, i, years.size());
    draw_year(ui, hit, x, years[i], years[i] == year);
    ui.marks[name + ":" + std::to_string(years[i])] = {x - 1, y - 1, x + 1, y + 1};
  }
  return hit.held || hit.pressed ? years[year_under_pointer(hit, inset, years.size())] : year;
}

int stepper(const Ui& ui, const std::string& name, const char* label, int value, int low, int high) {
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ui.put(ImGui::GetWindowDrawList(), {at.x, at.y + (ui.px(row_height) - ui.line(Face::body)) / 2}, Face::body,
         ui.colours.text, label);
  ImGui::SetCursorPosX(right - ui.px(row_height) * 3);
  if (icon_button(ui, name + ":minus", Icon::minus, label)) --value;
  ImGui::SameLine(0, 0);
  const Hit hit = hit_area(ui, name, {ui.px(row_height), ui.px(row_height)}, false);
  centred(ui, hit, Face::bold, ui.colours.text, std::to_string(value).c_str());
  ImGui::SameLine(0, 0);
  if (icon_button(ui, name + ":plus", Icon::plus, label)) ++value;
  return std::clamp(value, low, high);
}

void progress_bar(const Ui& ui, double fraction) {
  const ImVec2 low = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 high{low.x + width, low.y + ui.px(6)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(low, high, ui.colours.control_hover, ui.px(3));
  const float done = width * static_cast<float>(std::clamp(fraction, 0.0, 1.0));
  if (done > ui.px(6)) list->AddRectFilled(low, {low.x + done, high.y}, ui.colours.accent, ui.px(3));
  ImGui::Dummy({width, ui.px(6)});
}

}  // namespace battlemap::app
