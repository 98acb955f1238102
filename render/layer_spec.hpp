#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/code.hpp"
#include "geo/records.hpp"
#include "geo/text.hpp"
#include "geo/toml_reader.hpp"
#include "render/shapes.hpp"
#include "render/theme.hpp"

namespace battlemap::render {

/// A colour of a map file: one for both themes, one each, or a colour of the theme by its role.
struct Paint {
  std::optional<Colour> light, dark;
  std::string role;  ///< "action", "accent", "good", "text", "muted", "water": wins when not empty
  Colour in(const Theme& theme) const;
};
/// `key = "#B4381F"`, `key = "action"` or `key = { light = "#B4381F", dark = "#FFB454" }`.
Paint read_paint(const geo::TomlTable& table, std::string_view key);

/// What the picture's year makes of a record; words of the keys `hollow`, `faded`, `ring` and `alarm`, and of
/// `where` and `colour_by`.
enum class RecordState : std::uint8_t {
  none,
  exited,    ///< recorded exit year is not after the year shown
  poor,      ///< the opposite
  late,      ///< planned exit year is past, not out; or out later than planned
  paired,    ///< a cadre helps the household
  unpaired,  ///< nobody does
  done,      ///< project: progress is 100
  undone,
  contradicted  ///< household: recorded as out of poverty by the year, yet fails an exit criterion
};

std::string_view state_id(RecordState state);

/// [[layer.where]]: a record must meet all of them to be drawn.
struct RecordCondition {
  geo::KeyLines lines;
  std::string field;  ///< of the kind; empty: `state`
  RecordState state = RecordState::none;
  std::vector<std::string> is;  ///< category, flags: ids, any of them; text: words; yes_no: "yes", "no"
  std::optional<double> at_least, at_most;  ///< number, year
};

enum class Crowding : std::uint8_t {
  automatic,  ///< displace while there is room for each, else cluster
  displace,
  cluster,
  keep  ///< every symbol at its exact place, whatever it covers (facilities)
};

/// How several entries of a flags field are shown on one symbol.
enum class SeveralStyle : std::uint8_t { wedges, dots };

/// [layer.flow]: lines to each record from those who help it.
struct FlowSpec {
  double width_mm = 0.25;
  std::optional<Paint> colour;  ///< default: by the unit of the cadre
};

/// [layer.lines]: how roads look, by category.
struct LineLook {
  std::optional<Paint> colour;
  double width_mm = 0.5;
  bool dashed = false;
};

/// [[layer]]: one kind of records on the map. Every key is described in docs/adding_a_map.md.
struct LayerSpec {
  geo::KeyLines key_lines;                                       ///< in the map file
  geo::KeyLines colour_lines, shape_lines, line_lines;           ///< likewise, of the tables of ids
  geo::RecordKind records = geo::RecordKind::household;
  geo::Text title;                 ///< in the legend; empty: the kind's name
  std::vector<geo::Level> levels;  ///< of the place shown; empty: all
  std::vector<RecordCondition> where;
  std::string colour_by;    ///< a field of the kind, or "state", "pairing", "judgement", "helper"
  std::string colour_else;  ///< colour_by a year that is not yet: the year of this field, e.g. the plan's
  std::string shape_by;
  Shape shape = Shape::circle;
  std::optional<Paint> colour;
  std::string palette;                    ///< of colour_by; empty: "general", years and numbers "warm"
  std::vector<double> breaks;             ///< colour_by a number: inner breaks, ascending
  std::map<std::string, Paint> colours;   ///< by category id, year or state
  std::map<std::string, Shape> shapes;    ///< by category id
  std::map<std::string, LineLook> lines;  ///< roads, by category id
  double size_mm = 3;                     ///< diameter on the reference sheet (1920 x 1080 at 96 dpi)
  std::string size_by;                    ///< a number: area is proportional to it
  double max_size_mm = 12;
  RecordState hollow = RecordState::none;  ///< outline only
  RecordState faded = RecordState::none;   ///< steps back
  RecordState ring = RecordState::none;    ///< a ring in the action colour
  RecordState alarm = RecordState::none;   ///< action colour, larger and ringed: needs action
  SeveralStyle several = SeveralStyle::wedges;
  Crowding crowd = Crowding::automatic;
  std::string label;        ///< a text or number field; "name"
  double label_units = 16;  ///< type size, design units
  std::string progress;     ///< number 0..100: a ring around the symbol
  std::optional<FlowSpec> flow;
  bool legend = true;

  bool shown_at(geo::Level place) const;
  /// Told apart by their signs alone, all in one colour.
  bool by_sign_alone() const { return !shape_by.empty() && colour_by.empty(); }
};

/// A [[layer]] table. Throws geo::Error with file, line, key and the nearest known one.
LayerSpec read_layer(const geo::TomlTable& table);
/// All [[layer]] of a map file, in drawing order.
std::vector<LayerSpec> read_layers(const geo::TomlTable& map);

}  // namespace battlemap::render
