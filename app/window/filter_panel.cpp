#include <imgui.h>
#include <imgui_stdlib.h>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

std::string count_text(const Ui& ui, const std::optional<std::size_t>& count) {
  return count ? geo::format_number(static_cast<double>(*count), 0) : ui.t(Str::masked);
}

void draw_total(const Ui& ui, Session& session, const FilterBox& box) {
  const std::string text = fmt::format("{} {} / {} {}", ui.t(Str::filter_shown), count_text(ui, box.shown),
                                       count_text(ui, box.all), ui.t(Str::filter_households));
  ui.say(Face::bold, ui.colours.text, text);
  if (session.view.filter().empty()) return;
  if (button(ui, "filter:clear", ui.t(Str::filter_clear), Weightiness::quiet, ImGui::GetContentRegionAvail().x))
    clear_filter(session);
}

std::string_view mark_of(FilterBy by) {
  constexpr std::string_view marks[] = {"category", "cause", "exit", "measure", "cadre"};
  return marks[static_cast<std::size_t>(by)];
}

void draw_group(const Ui& ui, Session& session, const FilterGroup& group) {
  section(ui, group.title.c_str());
  if (group.hidden) return ui.say(Face::small, ui.colours.muted, ui.t(Str::masked));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ui.px(1)});
  for (const FilterChoice& choice : group.choices)
    if (check_row(ui, fmt::format("filter:{}:{}", mark_of(group.by), choice.id), choice.label,
                  count_text(ui, choice.count), choice.chosen))
      toggle_filter(session, group.by, choice.id);
  ImGui::PopStyleVar();
}

/// Cadres are too many to list: one is typed, or chosen from a household's card.
void draw_cadre(const Ui& ui, Session& session) {
  if (!session.dataset().records[geo::RecordKind::pairing].loaded) return;
  section(ui, ui.t(Str::filter_cadre));
  FilterView& view = *session.filtering;
  ui.fonts.need(Face::body, view.cadre);
  ui.fonts.need(Face::body, ui.t(Str::filter_cadre_hint));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (ImGui::InputTextWithHint("##cadre", ui.t(Str::filter_cadre_hint), &view.cadre))
    view.cadres = view.cadre.empty() ? std::vector<std::string>()
                                     : find_cadres(session.dataset(), session.view.place(), view.cadre, 6);
  ui.mark("filter:cadre");
  const std::string chosen = session.view.filter().cadre;
  const std::vector<std::string> found = view.cadres;  // a press makes the view anew
  const auto row = [&](const std::string& id) {
    if (check_row(ui, fmt::format("filter:cadre:{}", id), id, "", id == chosen))
      toggle_filter(session, FilterBy::cadre, id);
  };
  if (!chosen.empty()) row(chosen);
  for (const std::string& id : found)
    if (id != chosen) row(id);
}

}  // namespace

void draw_no_records(const Ui& ui, const Session& session) {
  if (session.records_loading) {
    ui.say(Face::body, ui.colours.text, ui.t(Str::records_loading));
    return progress_bar(ui, *session.records_loading);
  }
  ui.say(Face::bold, ui.colours.text, ui.t(Str::no_records));
  ui.say(Face::small, ui.colours.muted, ui.t(Str::no_records_hint));
}

void draw_filter(const Ui& ui, Session& session) {
  if (!session.has_records()) return draw_no_records(ui, session);
  const geo::RecordTable& households = session.dataset().records[geo::RecordKind::household];
  if (households.dropped) {
    ui.say(Face::bold, ui.colours.text, ui.t(Str::masked));
    return ui.say(Face::small, ui.colours.muted, ui.t(Str::masked_hint));
  }
  const FilterBox box = filter_view(session).box;  // a press makes it anew
  draw_total(ui, session, box);
  for (const FilterGroup& group : box.groups) draw_group(ui, session, group);
  filter_view(session);
  draw_cadre(ui, session);
}

void draw_chips(const Ui& ui, Session& session, float left, float top, float room) {
  const auto chips = filter_chips(session.dataset().records, session.view.filter(), ui.language);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const std::string title = fmt::format("{}:", ui.t(Str::filter_by));
  ui.put(list, {left, top + ui.px(12) - ui.line(Face::small) / 2}, Face::small, ui.colours.muted, title);
  const float clear = ui.width(Face::small, ui.t(Str::filter_clear)) + ui.px(28), right = left + room - clear;
  float x = left + ui.width(Face::small, title) + ui.px(8);
  std::size_t drawn = 0;
  for (const FilterChip& each : chips) {
    const float wide = ui.width(Face::small, each.label) + ui.px(36);
    if (x + wide > right - ui.px(56) && drawn > 0) break;
    ImGui::SetCursorScreenPos({x, top});
    if (chip(ui, fmt::format("chip:{}:{}", mark_of(each.by), each.id), each.label, true, right - x))
      toggle_filter(session, each.by, each.id);
    x = ImGui::GetItemRectMax().x + ui.px(8);
    ++drawn;
  }
  if (drawn < chips.size()) {
    const std::string more = fmt::format("+{}", chips.size() - drawn);
    ui.put(list, {x, top + ui.px(12) - ui.line(Face::small) / 2}, Face::small, ui.colours.muted, more);
    x += ui.width(Face::small, more) + ui.px(8);
  }
  ImGui::SetCursorScreenPos({x, top});
  if (chip(ui, "chip:clear", ui.t(Str::filter_clear), false, clear)) clear_filter(session);
}

}  // namespace battlemap::app
