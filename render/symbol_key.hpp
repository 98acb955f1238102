#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "render/record_rows.hpp"
#include "render/symbols.hpp"

namespace battlemap::render {

/// One line of a layer's legend.
struct KeyEntry {
  std::string id;
  geo::Text name;
  Colour colour;
  Shape shape = Shape::circle;
  std::size_t count = 0;  ///< records of the layer; of a flags field, one record counts in several
};

/// What a field says of each record of a layer, as numbers of entries.
struct FieldEntries {
  std::vector<KeyEntry> entries;
  std::vector<std::uint16_t> of;       ///< per record of the layer
  std::vector<std::uint64_t> several;  ///< flags fields: which entries each has; else empty
};
/// `field`: of the layer's kind, or "state", "pairing", "judgement", "helper"; empty: one entry for all.
FieldEntries classify_records(const RecordRows& rows, const std::string& field);

/// How a layer's records look: colour and shape by entry, then what their state makes of it.
class SymbolKey {
 public:
  explicit SymbolKey(const RecordRows& rows);
  const std::vector<KeyEntry>& colours() const { return colour_.entries; }
  /// Entries of a `shape_by` that is not `colour_by`; else empty.
  const std::vector<KeyEntry>& shapes() const { return shape_.entries; }
  std::uint16_t colour_entry(std::size_t i) const { return colour_.of[i]; }
  bool has_several() const { return !colour_.several.empty(); }
  std::uint64_t several(std::size_t i) const { return colour_.several[i]; }
  /// How many records have more than one entry of a flags field.
  std::size_t count_several() const;
  /// A symbol of several entries, for the legend.
  SymbolLook several_look() const;
  SymbolLook look(std::size_t i) const;
  /// Of one entry, for the legend.
  SymbolLook entry_look(const KeyEntry& entry) const;
  /// A plain symbol for lines that explain a state (hollow, ringed, ...).
  SymbolLook state_look(RecordState state) const;
  bool alarm(std::size_t i) const { return rows_.is(rows_.spec.alarm, i); }
  bool shape_says_what_colour_says() const { return !colour_.entries.empty() && same_field_; }

 private:
  SymbolLook plain() const;
  void apply_states(SymbolLook& look, bool hollow, bool faded, bool ring, bool alarm) const;
  const RecordRows& rows_;
  FieldEntries colour_, shape_;
  bool same_field_ = false;
};

/// The layer's palette. Without one of its own: a ramp that does not end in red, or colours among which there
/// is no red.
const Palette& palette_of(const Scene& scene, const LayerSpec& spec, bool ramp);

/// Colours by entry id of the map's first layer that colours records of `kind` by `field`; empty when none
/// does.
std::map<std::string, Colour> field_colours(const Board& board, geo::RecordKind kind, std::string_view field);

/// Entries whose meaning gives them a colour in any map: red is what needs action; nullopt for others.
std::optional<Colour> colour_by_meaning(const Theme& theme, std::string_view id);

/// A text in the sheet's language or both.
std::string key_text(const Scene& scene, const geo::Text& text);
const geo::Text& state_name(RecordState state, geo::RecordKind kind);

}  // namespace battlemap::render
