#include <algorithm>
#include <cmath>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

constexpr float card_width = 280, chart_height = 64;

/// Only for maps with a fill.
const geo::Indicator& indicator_of(const Session& session) {
  return session.dataset().statistics.indicator(session.view.map().fill->indicator);
}

/// "62 人 / 501 人": what a rate was computed from.
std::string parts_text(const Ui& ui, const Session& session, const geo::Value& value) {
  const geo::Indicator& indicator = indicator_of(session);
  if (!value.has_value() || indicator.kind != geo::IndicatorKind::ratio) return {};
  const auto& statistics = session.dataset().statistics;
  const auto part = [&](double number, const std::string& id) {
    const geo::Indicator& of = statistics.indicator(id);
    return fmt::format("{} {} {}", of.name.in(ui.language), geo::format_number(number, of.decimals),
                       of.unit.in(ui.language));
  };
  return fmt::format("{}\n{}", part(value.numerator, indicator.numerator),
                     part(value.denominator, indicator.denominator));
}

Str provenance_word(geo::Provenance provenance) {
  switch (provenance) {
    case geo::Provenance::published:
      return Str::published;
    case geo::Provenance::generated:
      return Str::generated;
    case geo::Provenance::user:
      break;
  }
  return Str::user;
}

/// One bar a year, the year shown in the accent; pressing a bar shows that year.
void draw_years(const Ui& ui, Session& session, geo::DivisionRef place) {
  const auto& years = session.view.years();
  const auto& statistics = session.dataset().statistics;
  const std::string& id = indicator_of(session).id;
  double largest = 0;
  for (const int year : years)
    if (const auto value = statistics.value(id, place, year); value.has_value())
      largest = std::max(largest, std::abs(value.value));
  if (largest <= 0 || years.empty()) return;
  const float width = ImGui::GetContentRegionAvail().x / static_cast<float>(years.size());
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < years.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, 0);
    const int year = years[i];
    if (ImGui::InvisibleButton(fmt::format("card:{}", year).c_str(), {width, ui.px(chart_height + 20)}))
      session.view.set_year(year);
    const ImVec2 low = ImGui::GetItemRectMin();
    const bool on = year == session.view.year() || ImGui::IsItemHovered();
    const auto value = statistics.value(id, place, year);
    const float length = value.has_value()
                             ? ui.px(chart_height - 18) * static_cast<float>(std::abs(value.value) / largest)
                             : 0;
    const float base = low.y + ui.px(chart_height), middle = low.x + width / 2;
    list->AddRectFilled({low.x + ui.px(4), base - std::max(length, ui.px(1))},
                        {low.x + width - ui.px(4), base}, on ? ui.colours.accent : ui.colours.control_active,
                        ui.px(2));
    const std::string text = value.has_value() ? geo::format_value(value, indicator_of(session), ui.language)
                                               : ui.t(Str::no_value);
    ui.put(list, {middle - ui.width(Face::small, text) / 2, base - length - ui.px(17)}, Face::small,
           on ? ui.colours.text : ui.colours.muted, text);
    const std::string label = std::to_string(year);
    ui.put(list, {middle - ui.width(Face::small, label) / 2, base + ui.px(4)}, Face::small, ui.colours.muted,
           label);
  }
}

void draw_value(const Ui& ui, Session& session, geo::DivisionRef place) {
  const geo::Value value =
      session.dataset().statistics.value(indicator_of(session).id, place, session.view.year());
  ui.say(Face::small, ui.colours.muted,
         fmt::format("{} · {}", indicator_of(session).name.in(ui.language), session.view.year()));
  ui.say(Face::title, ui.colours.accent, value_text(session, place, session.view.year()));
  if (const std::string parts = parts_text(ui, session, value); !parts.empty())
    ui.say(Face::small, ui.colours.text, parts);
  std::string origin = ui.t(provenance_word(value.provenance));
  if (value.expected > 1)
    origin += fmt::format(" · {} {} / {}", ui.t(Str::reported), geo::format_number(value.reported, 0),
                          geo::format_number(value.expected, 0));
  ui.say(Face::small, ui.colours.muted, origin);
}

}  // namespace

void draw_place_card(const Ui& ui, Session& session, const Layout& layout) {
  const auto place = session.view.selected();
  if (!place || layout.map.w < ui.px(card_width * 2)) return;
  const render::Rect rect{layout.map.right() - ui.px(card_width + 16), layout.map.y + ui.px(16),
                          ui.px(card_width), 0};
  if (begin_area("card", rect, ui.colours.card, ui.px(16), Area::floating)) {
    const geo::Division& division = session.tree()[*place];
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({rect.right() - ui.px(40), corner.y - ui.px(8)});
    if (icon_button(ui, "card:close", Icon::close, ui.t(Str::close))) session.view.select(std::nullopt);
    ImGui::SetCursorScreenPos(corner);
    ImGui::PushTextWrapPos(0);
    ui.say(Face::heading, ui.colours.text, ui.cut(Face::heading, division.name, ui.px(card_width - 64)));
    ImGui::PopTextWrapPos();
    ui.say(Face::small, ui.colours.muted, fmt::format("{} {}", ui.t(Str::code), division.code.text()));
    if (const auto parent = division.code.parent())
      if (const auto above = session.tree().find(*parent))
        ui.say(Face::small, ui.colours.muted, session.tree().path(*above));
    ImGui::Dummy({0, 0});
    if (session.view.map().fill) {
      draw_value(ui, session, *place);
      if (indicator_of(session).categories.empty()) draw_years(ui, session, *place);
    }
    if (button(ui, "card:enter", ui.t(Str::enter), Weightiness::quiet, ImGui::GetContentRegionAvail().x))
      session.view.go_to(*place, session.now);
  }
  end_area();
}

}  // namespace battlemap::app
