#include "render/panel_spec.hpp"

#include <array>

#include "geo/nearest.hpp"

namespace battlemap::render {
namespace {

constexpr std::array<std::pair<std::string_view, PanelKind>, 10> kinds{
    {{"key_figures", PanelKind::key_figures},
     {"table", PanelKind::table},
     {"bar", PanelKind::bar},
     {"stacked_bar", PanelKind::stacked_bar},
     {"timeline", PanelKind::timeline},
     {"text", PanelKind::text},
     {"criteria", PanelKind::criteria},
     {"pairing", PanelKind::pairing},
     {"projects", PanelKind::projects},
     {"position", PanelKind::position}}};

geo::RecordKind read_record(const geo::TomlTable& table) {
  using geo::RecordKind;
  return table.word<RecordKind>("records",
                                {{"household", RecordKind::household},
                                 {"group", RecordKind::group},
                                 {"facility", RecordKind::facility},
                                 {"project", RecordKind::project},
                                 {"cadre", RecordKind::cadre},
                                 {"unit", RecordKind::unit},
                                 {"pairing", RecordKind::pairing},
                                 {"road", RecordKind::road}},
                                RecordKind::household);
}

FigureSpec read_figure(const geo::TomlTable& table) {
  FigureSpec figure;
  figure.lines = table.lines();
  figure.indicator = table.string("indicator", "");
  if (table.has("records")) figure.record = read_record(table);
  if (figure.indicator.empty() != figure.record.has_value())
    geo::fail("{}:{}: a figure needs either 'indicator' or 'records'", table.file().string(), table.line());
  if (figure.record) figure.field = table.string("field", ""), figure.value = table.string("value", "");
  if (figure.record) figure.mean_by = table.string("mean_by", "");
  figure.label = table.text("label", {});
  figure.unit = table.text("unit", {});
  table.finish();
  return figure;
}

TimelineEntry read_entry(const geo::TomlTable& table) {
  TimelineEntry entry;
  entry.year = table.integer("year");
  entry.goal = table.text("goal", {});
  entry.tasks = table.text("tasks", {});
  entry.workflow = table.text("workflow", {});
  table.finish();
  return entry;
}

void read_counted(const geo::TomlTable& table, PanelSpec& panel) {
  panel.record = read_record(table);
  if (panel.kind == PanelKind::table) {
    panel.columns = table.strings("columns");
    panel.field = panel.columns.empty() ? table.string("field") : table.string("field", "");
    panel.by = table.string("by", "");
    if (!panel.columns.empty() && !panel.field.empty())
      table.fail("field", "nothing beside 'columns': a table lists records or counts them");
    return;
  }
  panel.field = table.string("field");
  if (panel.kind == PanelKind::stacked_bar) panel.by = table.string("by");
}

/// The keys that only this kind has.
void read_own_keys(const geo::TomlTable& table, PanelSpec& panel) {
  switch (panel.kind) {
    case PanelKind::key_figures:
      for (const geo::TomlTable& figure : table.tables("figure")) panel.figures.push_back(read_figure(figure));
      if (panel.figures.empty()) table.fail("figure", "at least one [[panel.figure]]");
      break;
    case PanelKind::table:
    case PanelKind::bar:
    case PanelKind::stacked_bar:
      read_counted(table, panel);
      break;
    case PanelKind::timeline:
      for (const geo::TomlTable& entry : table.tables("entry")) panel.entries.push_back(read_entry(entry));
      break;
    case PanelKind::text:
    case PanelKind::criteria:
    case PanelKind::pairing:
    case PanelKind::projects:
    case PanelKind::position:
      break;
  }
}

}  // namespace

std::string_view panel_kind_id(PanelKind kind) {
  for (const auto& [id, known] : kinds)
    if (known == kind) return id;
  return "";
}

PanelSpec read_panel(const geo::TomlTable& table) {
  PanelSpec panel;
  panel.kind = table.word<PanelKind>("kind", kinds);
  panel.lines = table.lines();
  panel.title = table.text("title", {});
  panel.text = panel.kind == PanelKind::text ? table.text("text") : table.text("text", {});
  panel.levels = table.words<geo::Level>("levels", geo::level_words);
  panel.rows = table.integer("rows", 0);
  if (panel.rows < 0) table.fail("rows", "a number of rows, 0 for as many as there is room for");
  read_own_keys(table, panel);
  table.finish();
  return panel;
}

}  // namespace battlemap::render
