#include "render/map_check.hpp"

#include <algorithm>

#include "geo/audience.hpp"
#include "geo/nearest.hpp"
#include "render/palette.hpp"
#include "render/record_parts.hpp"

namespace battlemap::render {
namespace {

using geo::FieldType;
using geo::RecordKind;
using Ids = std::vector<std::string>;

bool contains(const Ids& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void add_merged(const geo::Project& project, MapNames& names) {
  for (const geo::Audience audience : {geo::Audience::field, geo::Audience::leadership, geo::Audience::public_})
    for (const auto& rule : geo::read_audience(project.audience_file, audience).fields) {
      const geo::FieldSchema* field = geo::find_field(rule.kind, rule.field);
      if (!rule.into.id.empty() && field != nullptr) names.entries[std::string(field->set)].push_back(rule.into.id);
    }
}

std::string kind_words(RecordKind kind) {
  return std::string(geo::record_kind_id(kind));
}

/// Checks one map file; every complaint says its line.
class Checker {
 public:
  Checker(const MapSpec& map, const MapNames& names) : map_(map), names_(names) {}
  void check() const {
    if (map_.fill) known(map_.fill->lines.of("indicator"), "indicator", map_.fill->indicator, names_.indicators);
    if (map_.fill) known(map_.fill->lines.of("palette"), "palette", map_.fill->palette, names_.palettes);
    if (map_.fill && !map_.fill->second.empty())
      known(map_.fill->lines.of("second"), "indicator", map_.fill->second, names_.indicators);
    if (map_.circles)
      known(map_.circles->lines.of("indicator"), "indicator", map_.circles->indicator, names_.indicators);
    for (const LayerSpec& layer : map_.layers) check_layer(layer);
    for (const PanelSpec& panel : map_.panels) check_panel(panel);
  }

 private:
  [[noreturn]] void complain(int line, std::string_view what) const {
    geo::fail("{}:{}: {}", map_.file.string(), line, what);
  }
  /// Runs a check that throws geo::UsageError.
  template <class Check>
  void at(int line, const Check& check) const {
    try {
      check();
    } catch (const geo::UsageError& e) {
      complain(line, e.what());
    }
  }
  void known(int line, const std::string& what, std::string_view id, const Ids& ids) const {
    if (!contains(ids, id)) at(line, [&] { geo::fail_unknown(what, id, ids); });
  }
  const geo::FieldSchema& field(int line, RecordKind kind, std::string_view id) const {
    at(line, [&] { geo::require_field(kind, id); });
    return geo::require_field(kind, id);
  }
  /// Ids of a category's entries; none for other fields.
  const Ids& entries_of(const geo::FieldSchema& of) const {
    static const Ids no_ids;
    const auto found = names_.entries.find(of.set);
    return of.set.empty() || found == names_.entries.end() ? no_ids : found->second;
  }

  void check_layer(const LayerSpec& layer) const;
  void check_looked_by(const LayerSpec& layer, const char* key, const std::string& by) const;
  void check_ids(const LayerSpec& layer, const std::string& by, const geo::KeyLines& lines,
                 const std::string& table) const;
  void check_number(const LayerSpec& layer, const char* key, const std::string& id) const;
  void check_state(int line, RecordKind kind, const char* key, RecordState state) const;
  void check_condition(const LayerSpec& layer, const RecordCondition& condition) const;
  void check_panel(const PanelSpec& panel) const;
  void check_figure(const FigureSpec& figure) const;

  const MapSpec& map_;
  const MapNames& names_;
};

/// Ids that a derived field has; null: it is none.
const Ids* derived_ids(RecordKind kind, std::string_view field) {
  static const Ids household{"exited", "poor"}, project{"done", "undone"}, pairing{"paired", "unpaired"},
      judgement{"pass", "fail", "unknown", "not_applicable"};
  if (field == "state" && kind == RecordKind::household) return &household;
  if (field == "state" && kind == RecordKind::project) return &project;
  if (field == "pairing" && kind == RecordKind::household) return &pairing;
  if (field == "judgement" && kind == RecordKind::household) return &judgement;
  return nullptr;
}

/// What colours or shapes are chosen by: a field with few values, or a derived one.
void Checker::check_looked_by(const LayerSpec& layer, const char* key, const std::string& by) const {
  if (by.empty() || derived_ids(layer.records, by) != nullptr) return;
  if (by == "helper" && layer.records == RecordKind::household) return;
  const int line = layer.key_lines.of(key);
  Ids all;
  for (const geo::FieldSchema& each : geo::record_schema(layer.records))
    if (each.type != FieldType::text) all.emplace_back(each.id);
  for (const char* derived : {"state", "pairing", "judgement"})
    if (derived_ids(layer.records, derived) != nullptr) all.emplace_back(derived);
  if (layer.records == RecordKind::household) all.emplace_back("helper");
  const geo::FieldSchema* found = geo::find_field(layer.records, by);
  if (found != nullptr && found->type == FieldType::text)
    complain(line, fmt::format("key '{}': field '{}' is a text, which has no colours or shapes; use one of: {}", key,
                               by, fmt::join(all, ", ")));
  known(line, fmt::format("field of {} (key '{}')", kind_words(layer.records), key), by, all);
}

/// The keys of [layer.colours], [layer.shapes] and [layer.lines].
void Checker::check_ids(const LayerSpec& layer, const std::string& by, const geo::KeyLines& lines,
                        const std::string& table) const {
  if (lines.keys.empty()) return;
  if (by.empty())
    complain(lines.table, fmt::format("[layer.{}] without {} says nothing: name the field whose values these are",
                                      table, table == "shapes" ? "shape_by" : "colour_by or shape_by"));
  if (by == "helper") return;  // ids of the data's units
  Ids ids;
  if (const Ids* derived = derived_ids(layer.records, by)) {
    ids = *derived;
  } else {
    const geo::FieldSchema& of = geo::require_field(layer.records, by);
    if (of.type == FieldType::number) return;  // of classes, by their place
    if (of.type == FieldType::yes_no) ids = {"yes", "no"};
    if (of.type == FieldType::category || of.type == FieldType::flags) ids = entries_of(of);
    if (of.type == FieldType::year) ids = {"not_yet"};
  }
  ids.insert(ids.end(), {"unknown", "masked"});
  const bool years = contains(ids, "not_yet");
  for (const auto& [id, line] : lines.keys) {
    const bool year = years && id.size() == 4 && id.find_first_not_of("0123456789") == std::string::npos;
    if (!year) known(line, fmt::format("value of '{}' in [layer.{}]", by, table), id, ids);
  }
}

void Checker::check_number(const LayerSpec& layer, const char* key, const std::string& id) const {
  if (id.empty()) return;
  const int line = layer.key_lines.of(key);
  if (field(line, layer.records, id).type != FieldType::number)
    complain(line, fmt::format("key '{}': field '{}' of {} is no number", key, id, kind_words(layer.records)));
}

void Checker::check_state(int line, RecordKind kind, const char* key, RecordState state) const {
  Ids fitting;
  if (kind == RecordKind::household) fitting = {"exited", "poor", "late", "paired", "unpaired", "contradicted"};
  if (kind == RecordKind::project) fitting = {"done", "undone", "late"};
  if (state == RecordState::none || contains(fitting, state_id(state))) return;
  complain(line, fmt::format("key '{}' is \"{}\", a state that records of {} do not have{}{}", key, state_id(state),
                             kind_words(kind), fitting.empty() ? "" : "; they have: ", fmt::join(fitting, ", ")));
}

void Checker::check_condition(const LayerSpec& layer, const RecordCondition& condition) const {
  check_state(condition.lines.of("state"), layer.records, "state", condition.state);
  if (condition.field.empty()) return;
  const geo::FieldSchema& of = field(condition.lines.of("field"), layer.records, condition.field);
  const bool number = of.type == FieldType::number || of.type == FieldType::year;
  if (number && !condition.is.empty())
    complain(condition.lines.of("is"),
             fmt::format("field '{}' is a number: compare it with at_least and at_most", condition.field));
  if (!number && (condition.at_least || condition.at_most))
    complain(condition.lines.of(condition.at_least ? "at_least" : "at_most"),
             fmt::format("field '{}' is no number: compare it with is = [\"...\"]", condition.field));
  Ids ids = of.type == FieldType::yes_no ? Ids{"yes", "no"} : entries_of(of);
  for (const std::string& id : condition.is)
    if (!ids.empty()) known(condition.lines.of("is"), fmt::format("value of '{}'", condition.field), id, ids);
}

void Checker::check_layer(const LayerSpec& layer) const {
  const geo::KeyLines& lines = layer.key_lines;
  // Roads are told apart by their type, whatever is said.
  const bool road = layer.records == RecordKind::road;
  check_looked_by(layer, "colour_by", layer.colour_by);
  check_looked_by(layer, "shape_by", layer.shape_by);
  check_ids(layer, layer.colour_by.empty() ? layer.shape_by : layer.colour_by, layer.colour_lines, "colours");
  check_ids(layer, layer.shape_by, layer.shape_lines, "shapes");
  if (!road && !layer.line_lines.keys.empty())
    complain(layer.line_lines.table, "[layer.lines] is for records = \"road\"");
  check_ids(layer, "type", layer.line_lines, "lines");
  if (!layer.colour_else.empty()) {
    const int line = lines.of("colour_else");
    if (field(line, layer.records, layer.colour_else).type != FieldType::year)
      complain(line, fmt::format("key 'colour_else': field '{}' is no year", layer.colour_else));
  }
  check_number(layer, "size_by", layer.size_by);
  check_number(layer, "progress", layer.progress);
  if (!layer.label.empty()) field(lines.of("label"), layer.records, layer.label);
  if (!layer.palette.empty()) known(lines.of("palette"), "palette", layer.palette, names_.palettes);
  for (const auto& [key, state] : {std::pair{"hollow", layer.hollow}, std::pair{"faded", layer.faded},
                                   std::pair{"ring", layer.ring}, std::pair{"alarm", layer.alarm}})
    check_state(lines.of(key), layer.records, key, state);
  for (const RecordCondition& condition : layer.where) check_condition(layer, condition);
}

void Checker::check_figure(const FigureSpec& figure) const {
  const geo::KeyLines& lines = figure.lines;
  if (!figure.record) return known(lines.of("indicator"), "indicator", figure.indicator, names_.indicators);
  if (!figure.mean_by.empty()) field(lines.of("mean_by"), *figure.record, figure.mean_by);
  if (figure.field.empty()) return;
  if (figure.value.empty()) {
    if (field(lines.of("field"), *figure.record, figure.field).type != FieldType::number)
      complain(lines.of("field"), fmt::format("field '{}' is no number to add up; add value = \"...\" to count its "
                                              "records",
                                              figure.field));
    return;
  }
  at(lines.of("field"), [&] { check_part_field(*figure.record, figure.field); });
  const geo::FieldSchema* of = geo::find_field(*figure.record, figure.field);
  Ids ids;
  if (const Ids* derived = derived_ids(*figure.record, figure.field))
    ids = *derived;
  else if (of != nullptr)
    ids = of->type == FieldType::yes_no ? Ids{"yes", "no"} : entries_of(*of);
  if (!ids.empty()) known(lines.of("value"), fmt::format("value of field '{}'", figure.field), figure.value, ids);
}

void Checker::check_panel(const PanelSpec& panel) const {
  const geo::KeyLines& lines = panel.lines;
  if (!panel.field.empty()) at(lines.of("field"), [&] { check_part_field(panel.record, panel.field); });
  if (!panel.by.empty()) at(lines.of("by"), [&] { check_part_field(panel.record, panel.by); });
  for (const std::string& column : panel.columns) field(lines.of("columns"), panel.record, column);
  for (const FigureSpec& figure : panel.figures) check_figure(figure);
}

}  // namespace

MapNames names_of(const geo::Project& project) {
  MapNames names;
  if (!project.indicators_file.empty())
    for (const geo::Indicator& each : geo::read_indicators(project.indicators_file))
      names.indicators.push_back(each.id);
  const Palettes palettes = project.palettes_file.empty() ? Palettes() : Palettes(project.palettes_file);
  for (const Palette& each : palettes.all()) names.palettes.push_back(each.id);
  const auto sets = project.categories_file.empty() ? geo::default_categories()
                                                    : geo::read_categories(project.categories_file);
  for (const geo::CategorySet& set : sets)
    for (const geo::Category& entry : set.entries) names.entries[set.id].push_back(entry.id);
  add_merged(project, names);
  return names;
}

void check_map(const MapSpec& map, const MapNames& names) {
  Checker(map, names).check();
}

std::vector<MapSpec> checked_maps(const geo::Project& project) {
  std::vector<MapSpec> maps = read_maps(project.maps_folder);
  const MapNames names = names_of(project);
  for (const MapSpec& map : maps) check_map(map, names);
  return maps;
}

geo::Problems map_problems(const geo::Project& project) {
  geo::Problems problems;
  const auto note = [&](const auto& check) {
    try {
      check();
    } catch (const geo::Error& e) {
      problems.push_back({"map_file", project.maps_folder.string(), 0, "", e.what()});
    }
  };
  note([&] {
    const std::vector<MapSpec> maps = read_maps(project.maps_folder);
    const MapNames names = names_of(project);
    for (const MapSpec& map : maps) note([&] { check_map(map, names); });
  });
  return problems;
}

}  // namespace battlemap::render
