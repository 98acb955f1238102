#include "app/window/ui.hpp"

#include <algorithm>
#include <cfloat>

namespace battlemap::app {
namespace {

using render::mix;

ImVec4 to_vec(ImU32 c) {
  return ImGui::ColorConvertU32ToFloat4(c);
}

/// Start of the code point before `at`.
std::size_t previous(std::string_view text, std::size_t at) {
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  return at;
}

}  // namespace

ImU32 to_imgui(render::Colour c) {
  return IM_COL32(c.r, c.g, c.b, c.a);
}

UiColours ui_colours(const render::Theme& theme) {
  const double lift = theme.dark ? 0.05 : 0.025;
  const auto raised = [&](double t) { return to_imgui(mix(theme.ground, theme.text, t)); };
  UiColours c{};
  c.ground = to_imgui(theme.ground);
  c.panel = raised(lift);
  c.card = to_imgui(render::with_alpha(mix(theme.ground, theme.text, lift), 0.94));
  c.control = raised(theme.dark ? 0.11 : 0.07);
  c.control_hover = raised(theme.dark ? 0.17 : 0.12);
  c.control_active = raised(theme.dark ? 0.24 : 0.18);
  c.text = to_imgui(theme.text);
  c.muted = to_imgui(theme.text_muted);
  c.faint = to_imgui(mix(theme.ground, theme.text_muted, 0.45));
  c.accent = to_imgui(theme.accent);
  c.on_accent = to_imgui(theme.dark ? theme.ground : render::Colour{255, 255, 255});
  c.action = to_imgui(theme.action);
  c.good = to_imgui(theme.good);
  c.shade = theme.dark ? IM_COL32(0, 0, 0, 150) : IM_COL32(30, 35, 40, 110);
  return c;
}

void apply_style(const UiColours& c, float scale) {
  ImGuiStyle style;
  style.WindowRounding = style.ChildRounding = style.FrameRounding = style.PopupRounding = 4 * scale;
  style.ScrollbarRounding = style.GrabRounding = style.TabRounding = 4 * scale;
  style.WindowBorderSize = style.ChildBorderSize = style.FrameBorderSize = style.PopupBorderSize = 0;
  style.WindowPadding = {16 * scale, 16 * scale};
  style.FramePadding = {8 * scale, 8 * scale};
  style.ItemSpacing = {8 * scale, 8 * scale};
  style.ItemInnerSpacing = {8 * scale, 8 * scale};
  style.ScrollbarSize = 8 * scale;
  style.WindowMinSize = {1, 1};
  for (auto& colour : style.Colors) colour = to_vec(c.control);  // nothing keeps the library's grey
  style.Colors[ImGuiCol_Text] = to_vec(c.text);
  style.Colors[ImGuiCol_TextDisabled] = to_vec(c.muted);
  style.Colors[ImGuiCol_TextSelectedBg] = to_vec(c.control_active);
  style.Colors[ImGuiCol_WindowBg] = style.Colors[ImGuiCol_ChildBg] = to_vec(c.panel);
  style.Colors[ImGuiCol_PopupBg] = to_vec(c.card);
  style.Colors[ImGuiCol_FrameBg] = to_vec(c.control);
  style.Colors[ImGuiCol_FrameBgHovered] = style.Colors[ImGuiCol_FrameBgActive] = to_vec(c.control_hover);
  style.Colors[ImGuiCol_ScrollbarBg] = style.Colors[ImGuiCol_Border] = {0, 0, 0, 0};
  style.Colors[ImGuiCol_NavHighlight] = {0, 0, 0, 0};
  style.Colors[ImGuiCol_ScrollbarGrabHovered] = to_vec(c.control_hover);
  style.Colors[ImGuiCol_ScrollbarGrabActive] = to_vec(c.control_active);
  ImGui::GetStyle() = style;
}

void Ui::mark(const std::string& name) const {
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  marks[name] = {low.x, low.y, high.x, high.y};
}

float Ui::width(Face face, std::string_view text) const {
  fonts.need(face, text);
  return fonts.get(face)
      ->CalcTextSizeA(fonts.size(face), FLT_MAX, 0, text.data(), text.data() + text.size())
      .x;
}

std::string Ui::cut(Face face, std::string_view text, float max_width) const {
  if (width(face, text) <= max_width) return std::string(text);
  while (!text.empty() && width(face, std::string(text) + "…") > max_width)
    text = text.substr(0, previous(text, text.size()));
  return std::string(text) + "…";
}

void Ui::put(ImDrawList* list, ImVec2 at, Face face, ImU32 colour, std::string_view text,
             float max_width) const {
  const std::string shown = max_width > 0 ? cut(face, text, max_width) : std::string(text);
  fonts.need(face, shown);
  list->AddText(fonts.get(face), fonts.size(face), {at.x, at.y}, colour, shown.data(),
                shown.data() + shown.size());
}

void Ui::say(Face face, ImU32 colour, std::string_view text) const {
  fonts.need(face, text);
  ImGui::PushFont(fonts.get(face));
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void Ui::tip(Face face, std::string_view text, float max_width) const {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(12), px(8)});
  ImGui::SetNextWindowSize({std::min(width(face, text) + px(26), max_width), 0});
  ImGui::BeginTooltip();
  say(face, colours.text, text);
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

}  // namespace battlemap::app
