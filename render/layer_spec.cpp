#include "render/layer_spec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "geo/error.hpp"
#include "geo/nearest.hpp"

namespace battlemap::render {
namespace {

constexpr std::array<std::string_view, 6> roles{"action", "accent", "good", "text", "muted", "water"};

Colour read_colour(const geo::TomlTable& table, std::string_view key) {
  try {
    return parse_colour(table.string(key));
  } catch (const geo::Error&) {
    table.fail(key, "a colour #RRGGBB, or action, accent, good, text, muted or water for the theme's own");
  }
}

constexpr std::array<std::string_view, 9> states{"none",     "exited", "poor",  "late",        "paired",
                                                 "unpaired", "done",   "undone", "contradicted"};

RecordState read_state(const geo::TomlTable& table, std::string_view key) {
  using enum RecordState;
  return table.word<RecordState>(key,
                                 {{states[1], exited},
                                  {states[2], poor},
                                  {states[3], late},
                                  {states[4], paired},
                                  {states[5], unpaired},
                                  {states[6], done},
                                  {states[7], undone},
                                  {states[8], contradicted}},
                                 none);
}

RecordCondition read_condition(const geo::TomlTable& table) {
  RecordCondition condition;
  condition.lines = table.lines();
  condition.field = table.string("field", "");
  condition.state = read_state(table, "state");
  condition.is = table.strings("is");
  if (table.has("at_least")) condition.at_least = table.number("at_least");
  if (table.has("at_most")) condition.at_most = table.number("at_most");
  table.finish();
  const bool tests = !condition.is.empty() || condition.at_least || condition.at_most;
  if (condition.field.empty() == (condition.state == RecordState::none))
    geo::fail(
        "{}:{}: a [[layer.where]] names either a field or a state, e.g. field = \"cause\" or state = "
        "\"poor\"",
        table.file().string(), table.line());
  if (!condition.field.empty() && !tests)
    geo::fail("{}:{}: field '{}' is compared with nothing; add is = [\"...\"], at_least or at_most",
              table.file().string(), table.line("field"), condition.field);
  return condition;
}

LineLook read_line(const geo::TomlTable& table) {
  LineLook look;
  if (table.has("colour")) look.colour = read_paint(table, "colour");
  look.width_mm = table.number("width_mm", look.width_mm);
  look.dashed = table.boolean("dashed", look.dashed);
  if (look.width_mm <= 0 || look.width_mm > 10) table.fail("width_mm", "a width above 0 and up to 10 mm");
  table.finish();
  return look;
}

FlowSpec read_flow(const geo::TomlTable& table) {
  FlowSpec flow;
  flow.width_mm = table.number("width_mm", flow.width_mm);
  if (table.has("colour")) flow.colour = read_paint(table, "colour");
  if (flow.width_mm <= 0 || flow.width_mm > 5) table.fail("width_mm", "a width above 0 and up to 5 mm");
  table.finish();
  return flow;
}

Crowding read_crowding(const geo::TomlTable& table) {
  using enum Crowding;
  return table.word<Crowding>(
      "crowd", {{"auto", automatic}, {"displace", displace}, {"cluster", cluster}, {"keep", keep}},
      automatic);
}

/// Sub-tables whose keys are ids of the data.
void read_looks(const geo::TomlTable& table, LayerSpec& layer) {
  if (const auto colours = table.find_table("colours")) {
    layer.colour_lines = colours->lines();
    for (const std::string& id : colours->keys()) layer.colours[id] = read_paint(*colours, id);
  }
  if (const auto shapes = table.find_table("shapes")) {
    layer.shape_lines = shapes->lines();
    for (const std::string& id : shapes->keys()) layer.shapes[id] = read_shape(*shapes, id);
  }
  if (const auto lines = table.find_table("lines")) {
    layer.line_lines = lines->lines();
    for (const std::string& id : lines->keys()) layer.lines[id] = read_line(lines->table(id));
  }
  if (const auto flow = table.find_table("flow")) layer.flow = read_flow(*flow);
}

void check(const geo::TomlTable& table, const LayerSpec& layer) {
  if (layer.size_mm < 0.5 || layer.size_mm > 30) table.fail("size_mm", "a diameter from 0.5 to 30 mm");
  if (layer.max_size_mm < layer.size_mm || layer.max_size_mm > 60)
    table.fail("max_size_mm", "a diameter from size_mm to 60 mm");
  if (layer.label_units < 8 || layer.label_units > 60) table.fail("label_units", "a type size from 8 to 60");
  if (!std::is_sorted(layer.breaks.begin(), layer.breaks.end()) || layer.breaks.size() > 8)
    table.fail("breaks", "at most 8 ascending numbers");
}

}  // namespace

std::string_view state_id(RecordState state) {
  return states[static_cast<std::size_t>(state)];
}

Colour Paint::in(const Theme& theme) const {
  if (role == "action") return theme.action;
  if (role == "accent") return theme.accent;
  if (role == "good") return theme.good;
  if (role == "text") return theme.text;
  if (role == "muted") return theme.text_muted;
  if (role == "water") return theme.river;
  const std::optional<Colour>& own = theme.dark ? dark : light;
  return own.value_or((theme.dark ? light : dark).value_or(theme.text));
}

Paint read_paint(const geo::TomlTable& table, std::string_view key) {
  Paint paint;
  if (table.is_table(key)) {
    const geo::TomlTable pair = table.table(key);
    paint.light = read_colour(pair, "light"), paint.dark = read_colour(pair, "dark");
    pair.finish();
    return paint;
  }
  const std::string word = table.string(key);
  if (std::find(roles.begin(), roles.end(), word) != roles.end())
    paint.role = word;
  else
    paint.light = paint.dark = read_colour(table, key);
  return paint;
}

bool LayerSpec::shown_at(geo::Level place) const {
  return levels.empty() || std::find(levels.begin(), levels.end(), place) != levels.end();
}

LayerSpec read_layer(const geo::TomlTable& table) {
  LayerSpec layer;
  layer.key_lines = table.lines();
  using enum geo::RecordKind;
  layer.records = table.word<geo::RecordKind>("records", {{"household", household},
                                                          {"group", group},
                                                          {"facility", facility},
                                                          {"project", project},
                                                          {"cadre", cadre},
                                                          {"unit", unit},
                                                          {"road", road}});
  layer.title = table.text("title", {});
  layer.levels = table.words<geo::Level>("levels", geo::level_words);
  for (const geo::TomlTable& where : table.tables("where")) layer.where.push_back(read_condition(where));
  layer.colour_by = table.string("colour_by", ""), layer.shape_by = table.string("shape_by", "");
  layer.colour_else = table.string("colour_else", "");
  layer.shape = read_shape(table, "shape", layer.shape);
  if (table.has("colour")) layer.colour = read_paint(table, "colour");
  layer.palette = table.string("palette", ""), layer.breaks = table.numbers("breaks");
  layer.size_mm = table.number("size_mm", layer.size_mm);
  layer.size_by = table.string("size_by", "");
  layer.max_size_mm = table.number("max_size_mm", std::max(layer.max_size_mm, layer.size_mm));
  layer.hollow = read_state(table, "hollow"), layer.faded = read_state(table, "faded");
  layer.ring = read_state(table, "ring"), layer.alarm = read_state(table, "alarm");
  layer.several = table.word<SeveralStyle>(
      "several", {{"wedges", SeveralStyle::wedges}, {"dots", SeveralStyle::dots}}, layer.several);
  layer.crowd = read_crowding(table);
  layer.label = table.string("label", ""), layer.label_units = table.number("label_units", layer.label_units);
  layer.progress = table.string("progress", "");
  layer.legend = table.boolean("legend", layer.legend);
  read_looks(table, layer);
  check(table, layer);
  table.finish();
  return layer;
}

std::vector<LayerSpec> read_layers(const geo::TomlTable& map) {
  std::vector<LayerSpec> layers;
  for (const geo::TomlTable& table : map.tables("layer")) layers.push_back(read_layer(table));
  return layers;
}

}  // namespace battlemap::render
