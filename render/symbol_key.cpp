#include "render/symbol_key.hpp"

#include <algorithm>
#include <bit>

namespace battlemap::render {
namespace {

using geo::FieldType;

constexpr double fade = 0.62;

bool is_ramp(const RecordRows& rows, const std::string& name) {
  const geo::FieldSchema* field = geo::find_field(rows.table.kind, name);
  return field != nullptr && (field->type == FieldType::year || field->type == FieldType::number);
}

/// What has no value, is not due or is withheld stays grey.
std::optional<Colour> colour_of_entry(const Scene& scene, const std::string& id) {
  const Theme& theme = scene.theme;
  for (const char* none : {"unknown", "masked", "not_applicable", "not_yet", "no_unit"})
    if (id == none) return mix(theme.land, theme.text_muted, 0.75);
  return colour_by_meaning(theme, id);
}

void paint_entries(const RecordRows& rows, FieldEntries& found) {
  const Scene& scene = rows.board.scene;
  const LayerSpec& spec = rows.spec;
  const bool ramp = is_ramp(rows, spec.colour_by);
  const Palette& palette = palette_of(scene, spec, ramp);
  std::size_t coloured = 0, next = 0;
  for (const KeyEntry& entry : found.entries) coloured += !colour_of_entry(scene, entry.id);
  std::vector<Colour> list = scene.theme.dark ? palette.dark : palette.light;
  if (palette.last_needs_action) list.pop_back();
  for (KeyEntry& entry : found.entries) {
    const auto own = spec.colours.find(entry.id);
    const auto meant = colour_of_entry(scene, entry.id);
    if (own != spec.colours.end())
      entry.colour = own->second.in(scene.theme);
    else if (spec.colour_by.empty())
      entry.colour = spec.colour ? spec.colour->in(scene.theme) : scene.theme.accent;
    else if (meant)
      entry.colour = *meant;
    else if (palette.kind == PaletteKind::qualitative)
      entry.colour = list[next % list.size()];
    else  // the pale end would vanish on the land
      entry.colour = palette.at(0.25 + 0.75 * static_cast<double>(next) /
                                           static_cast<double>(std::max<std::size_t>(coloured, 2) - 1),
                                scene.theme.dark);
    next += !meant;
  }
}

void shape_entries(const LayerSpec& spec, FieldEntries& found, bool by_field) {
  int next = 0;
  for (KeyEntry& entry : found.entries) {
    const auto own = spec.shapes.find(entry.id);
    const bool plain = entry.id == "unknown" || entry.id == "masked";
    if (own != spec.shapes.end())
      entry.shape = own->second;
    else if (!by_field)
      entry.shape = spec.shape;
    else
      entry.shape = plain ? Shape::ring : static_cast<Shape>(next % plain_shape_count);
    ++next;
  }
}

}  // namespace

std::optional<Colour> colour_by_meaning(const Theme& theme, std::string_view id) {
  if (id == "unpaired") return theme.action;
  for (const char* good : {"exited", "paired", "done", "yes", "pass"})
    if (id == good) return theme.good;
  for (const char* open : {"poor", "undone", "no", "fail"})
    if (id == open) return theme.accent;
  return std::nullopt;
}

const Palette& palette_of(const Scene& scene, const LayerSpec& spec, bool ramp) {
  const Palettes& palettes = scene.atlas.palettes;
  if (!spec.palette.empty()) return palettes.get(spec.palette);
  const std::string_view usual = ramp ? "blue" : "twelve";
  for (const Palette& palette : palettes.all())
    if (palette.id == usual) return palette;
  return palettes.all().front();
}

SymbolKey::SymbolKey(const RecordRows& rows) : rows_(rows) {
  const LayerSpec& spec = rows.spec;
  const bool shape_alone = spec.colour_by.empty() && !spec.shape_by.empty();
  same_field_ = shape_alone || (!spec.shape_by.empty() && spec.shape_by == spec.colour_by);
  colour_ = classify_records(rows, shape_alone ? spec.shape_by : spec.colour_by);
  paint_entries(rows, colour_);
  shape_entries(spec, colour_, same_field_);
  if (spec.shape_by.empty() || same_field_) return;
  shape_ = classify_records(rows, spec.shape_by);
  shape_entries(spec, shape_, true);
  for (KeyEntry& entry : shape_.entries) entry.colour = rows.board.scene.theme.text_muted;
}

SymbolLook SymbolKey::plain() const {
  const Theme& theme = rows_.board.scene.theme;
  SymbolLook look;
  look.halo = theme.halo, look.inside = theme.dark ? theme.ground : Colour{255, 255, 255};
  return look;
}

void SymbolKey::apply_states(SymbolLook& look, bool hollow, bool faded_out, bool ring, bool alarm) const {
  const Theme& theme = rows_.board.scene.theme;
  look.hollow = hollow && !alarm;
  if (faded_out) look = faded(std::move(look), theme.land, fade);
  if (ring) look.ring = theme.action;
  if (alarm) look.fill = theme.action, look.parts.clear(), look.ring = theme.action;
}

SymbolLook SymbolKey::look(std::size_t i) const {
  const LayerSpec& spec = rows_.spec;
  SymbolLook look = plain();
  const KeyEntry& entry = colour_.entries[colour_.of[i]];
  look.fill = entry.colour, look.shape = entry.shape;
  if (!shape_.entries.empty()) look.shape = shape_.entries[shape_.of[i]].shape;
  look.dots = spec.several == SeveralStyle::dots;
  if (has_several())
    for (std::size_t k = 0; k < colour_.entries.size() && k < 64; ++k)
      if ((colour_.several[i] >> k & 1U) != 0) look.parts.push_back(colour_.entries[k].colour);
  if (!spec.progress.empty())
    if (const auto share = rows_.table.number(spec.progress, rows_.row(i), rows_.board.year))
      look.progress = *share / 100;
  apply_states(look, rows_.is(spec.hollow, i), rows_.is(spec.faded, i), rows_.is(spec.ring, i), alarm(i));
  return look;
}

SymbolLook SymbolKey::entry_look(const KeyEntry& entry) const {
  SymbolLook look = plain();
  look.fill = entry.colour, look.shape = entry.shape;
  return look;
}

std::size_t SymbolKey::count_several() const {
  return static_cast<std::size_t>(std::count_if(colour_.several.begin(), colour_.several.end(),
                                                [](std::uint64_t which) { return std::popcount(which) > 1; }));
}

SymbolLook SymbolKey::several_look() const {
  constexpr std::size_t enough = 3;
  SymbolLook look = plain();
  look.dots = rows_.spec.several == SeveralStyle::dots;
  for (const KeyEntry& entry : colour_.entries)
    if (entry.count > 0 && look.parts.size() < enough) look.parts.push_back(entry.colour);
  return look;
}

SymbolLook SymbolKey::state_look(RecordState state) const {
  const LayerSpec& spec = rows_.spec;
  SymbolLook look = plain();
  look.fill = rows_.board.scene.theme.text_muted;
  look.shape = same_field_ || !shape_.entries.empty() ? Shape::circle : spec.shape;
  apply_states(look, spec.hollow == state, spec.faded == state, spec.ring == state, spec.alarm == state);
  return look;
}

std::map<std::string, Colour> field_colours(const Board& board, geo::RecordKind kind,
                                            std::string_view field) {
  std::map<std::string, Colour> colours;
  for (const LayerSpec& spec : board.scene.map.layers) {
    if (spec.records != kind || (spec.colour_by.empty() ? spec.shape_by : spec.colour_by) != field) continue;
    const RecordRows rows(board, spec);
    const SymbolKey key(rows);
    for (const KeyEntry& entry : key.colours()) colours[entry.id] = entry.colour;
    break;
  }
  return colours;
}

std::string key_text(const Scene& scene, const geo::Text& text) {
  if (scene.both() && !text.en.empty() && text.en != text.zh) return text.zh + " " + text.en;
  return scene.text(text);
}

const geo::Text& state_name(RecordState state, geo::RecordKind kind) {
  static const geo::Text none{}, exited{"已脱贫", "Out of poverty"}, poor{"未脱贫", "Still poor"},
      late{"逾期未脱贫或晚于计划", "Later than planned"}, behind{"逾期未完工", "Overdue"},
      paired{"已结对帮扶", "Paired"}, unpaired{"无人帮扶", "Nobody helps"}, done{"已完工", "Finished"},
      undone{"在建", "Under way"}, contradicted{"已脱贫但不达标", "Out, yet below criteria"};
  switch (state) {
    case RecordState::none:
      return none;
    case RecordState::exited:
      return exited;
    case RecordState::poor:
      return poor;
    case RecordState::late:
      return kind == geo::RecordKind::household ? late : behind;
    case RecordState::paired:
      return paired;
    case RecordState::unpaired:
      return unpaired;
    case RecordState::done:
      return done;
    case RecordState::undone:
      return undone;
    case RecordState::contradicted:
      return contradicted;
  }
  return none;
}

}  // namespace battlemap::render
