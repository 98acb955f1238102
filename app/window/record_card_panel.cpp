#include <algorithm>
#include <cmath>

#include "app/window/panels.hpp"
#include "app/window/record_pick.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

constexpr float card_width = 320, chart_height = 76, label_width = 104;
constexpr std::size_t most_listed = 12;

/// Label left, value right of it, wrapped.
void draw_line(const Ui& ui, const CardLine& line) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ui.put(ImGui::GetWindowDrawList(), {at.x, at.y + (ui.line(Face::body) - ui.line(Face::small)) / 2}, Face::small,
         ui.colours.muted, line.label, ui.px(label_width - 8));
  ImGui::SetCursorScreenPos({at.x + ui.px(label_width), at.y});
  const ImU32 colour = line.hidden || line.missing ? ui.colours.muted : ui.colours.text;
  ui.say(Face::body, colour, line.value);
}

/// One bar a year; the year shown in the accent.
void draw_years(const Ui& ui, const RecordCard& card, int shown) {
  section(ui, card.years_title.c_str());
  if (card.years_hidden) return ui.say(Face::body, ui.colours.muted, ui.t(Str::masked));
  double largest = 0;
  for (const CardYear& year : card.years) largest = std::max(largest, year.value.value_or(0));
  const ImVec2 low = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x / static_cast<float>(card.years.size());
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < card.years.size(); ++i) {
    const CardYear& year = card.years[i];
    const float x = low.x + width * static_cast<float>(i), base = low.y + ui.px(chart_height - 18);
    const float length = largest > 0 ? ui.px(chart_height - 38) * static_cast<float>(year.value.value_or(0) / largest) : 0;
    const bool on = year.year == shown;
    list->AddRectFilled({x + ui.px(5), base - std::max(length, ui.px(1))}, {x + width - ui.px(5), base},
                        on ? ui.colours.accent : ui.colours.control_active, ui.px(2));
    const std::string text = year.value ? year.text : ui.t(Str::no_value), label = std::to_string(year.year);
    const float middle = x + width / 2;
    ui.put(list, {middle - ui.width(Face::small, text) / 2, base - length - ui.px(17)}, Face::small,
           on ? ui.colours.text : ui.colours.muted, text);
    ui.put(list, {middle - ui.width(Face::small, label) / 2, base + ui.px(4)}, Face::small, ui.colours.muted, label);
  }
  ImGui::Dummy({0, ui.px(chart_height)});
}

void draw_helpers(const Ui& ui, Session& session, const RecordCard& card) {
  if (!card.helpers && !card.helpers_hidden) return;
  section(ui, ui.t(Str::helpers));
  if (card.helpers_hidden) return ui.say(Face::body, ui.colours.muted, ui.t(Str::masked));
  if (card.helpers->empty()) return ui.say(Face::body, ui.colours.action, ui.t(Str::helpers_none));
  for (const CardHelper& helper : *card.helpers) {
    if (result_row(ui, "helper:" + helper.id, helper.text.empty() ? helper.id : helper.text, helper.id,
                   session.view.filter().cadre == helper.id))
      toggle_filter(session, FilterBy::cadre, helper.id);
    if (ImGui::IsItemHovered()) ui.tip(Face::small, ui.t(Str::helpers_filter), ui.px(320));
  }
}

ImU32 colour_of(const Ui& ui, geo::Judgement judgement) {
  if (judgement == geo::Judgement::pass) return ui.colours.good;
  return judgement == geo::Judgement::fail ? ui.colours.action : ui.colours.muted;
}

void draw_criterion(const Ui& ui, const CardCriterion& criterion) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = at.x + ImGui::GetContentRegionAvail().x, middle = at.y + ui.px(11);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 mark{at.x + ui.px(7), middle};
  if (criterion.result == geo::Judgement::pass)
    draw_icon(list, mark, ui.px(11), Icon::check, ui.colours.good);
  else if (criterion.result == geo::Judgement::fail)
    draw_icon(list, mark, ui.px(11), Icon::close, ui.colours.action);
  else
    list->AddCircle(mark, ui.px(4), ui.colours.muted, 0, ui.px(1.5F));
  const float number = ui.width(Face::small, criterion.text);
  ui.put(list, {at.x + ui.px(20), middle - ui.line(Face::body) / 2}, Face::body, ui.colours.text, criterion.name,
         right - at.x - ui.px(28) - number);
  ui.put(list, {right - number, middle - ui.line(Face::small) / 2}, Face::small, colour_of(ui, criterion.result),
         criterion.text);
  ImGui::Dummy({0, ui.px(22)});
}

void draw_criteria(const Ui& ui, const RecordCard& card) {
  if (card.criteria.empty()) return;
  section(ui, fmt::format("{} · {} · {}", ui.t(Str::criteria), card.judged_year,
                          geo::judgement_name(card.judged).in(ui.language))
                  .c_str());
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const CardCriterion& criterion : card.criteria) draw_criterion(ui, criterion);
  ImGui::PopStyleVar();
}

void draw_title(const Ui& ui, Session& session, float right, const std::string& title) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const bool back = session.card->row && session.card->rows.size() > 1;
  ImGui::SetCursorScreenPos({right - ui.px(40), corner.y - ui.px(8)});
  const bool close = icon_button(ui, "card:close", Icon::close, ui.t(Str::close));
  if (back) {
    ImGui::SetCursorScreenPos({right - ui.px(72), corner.y - ui.px(8)});
    if (icon_button(ui, "card:back", Icon::left, ui.t(Str::back_to_list))) session.card->row.reset();
  }
  ImGui::SetCursorScreenPos(corner);
  ui.say(Face::heading, ui.colours.text, ui.cut(Face::heading, title, ui.px(card_width - 32) - ui.px(back ? 64 : 32)));
  if (close) session.card.reset();
}

void draw_one(const Ui& ui, Session& session, float right) {
  const RecordCard card = open_card(session);
  draw_title(ui, session, right, card.title);
  ui.say(Face::small, ui.colours.muted, card.subtitle);
  ImGui::Dummy({0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
  for (const CardLine& line : card.lines) draw_line(ui, line);
  ImGui::PopStyleVar();
  if (!card.years.empty()) draw_years(ui, card, session.view.year());
  draw_helpers(ui, session, card);
  draw_criteria(ui, card);
}

void draw_list(const Ui& ui, Session& session, float right) {
  const CardBox box = *session.card;
  draw_title(ui, session, right,
             fmt::format("{} · {}", geo::record_kind_name(box.kind).in(ui.language), box.rows.size()));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ui.px(2)});
  for (std::size_t i = 0; i < std::min(box.rows.size(), most_listed); ++i) {
    const std::uint32_t row = box.rows[i];
    const geo::RecordTable& table = session.dataset().records[box.kind];
    if (result_row(ui, fmt::format("record:{}", i), record_sentence(session.dataset(), {box.kind, row}, ui.language),
                   table.text("id", row), false) &&
        session.card)
      session.card->row = row, session.card->card.reset();
  }
  ImGui::PopStyleVar();
  if (box.rows.size() > most_listed) ui.say(Face::small, ui.colours.muted, ui.t(Str::records_more));
}

}  // namespace

/// Where the card's record is on the map.
static void draw_ring(const Ui& ui, const Session& session, const Layout& layout) {
  if (!session.sheet || !session.card->row) return;
  const auto at = place_of_record(*session.sheet, session.view.view(), {session.card->kind, *session.card->row});
  if (!at) return;
  const float ratio = ImGui::GetIO().DisplayFramebufferScale.x;
  const ImVec2 middle{layout.map.x + at->centre.x / ratio, layout.map.y + at->centre.y / ratio};
  if (!layout.map.contains({middle.x, middle.y})) return;
  ImGui::GetBackgroundDrawList()->AddCircle(middle, at->radius / ratio + ui.px(4), ui.colours.accent, 0, ui.px(2.5F));
}

void draw_record_card(const Ui& ui, Session& session, const Layout& layout) {
  draw_ring(ui, session, layout);
  if (layout.map.w < ui.px(card_width + 32)) return;
  const render::Rect rect{layout.map.right() - ui.px(card_width + 16), layout.map.y + ui.px(16), ui.px(card_width), 0};
  ImGui::SetNextWindowSizeConstraints({rect.w, 0}, {rect.w, layout.map.h - ui.px(32)});
  if (begin_area("record", rect, ui.colours.card, ui.px(16), Area::floating)) {
    if (session.card->row)
      draw_one(ui, session, rect.right());
    else
      draw_list(ui, session, rect.right());
  }
  end_area();
}

}  // namespace battlemap::app
