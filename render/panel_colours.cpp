#include "render/panel_colours.hpp"

#include <map>
#include <optional>
#include <string>

#include "render/symbol_key.hpp"

namespace battlemap::render {

std::vector<Colour> part_colours(const Board& board, geo::RecordKind kind, std::string_view field,
                                 const RecordParts& parts) {
  const Theme& theme = board.scene.theme;
  const Colour quiet = mix(theme.ground, theme.text_muted, 0.6);
  const std::map<std::string, Colour> of_layer = field_colours(board, kind, field);
  std::vector<Colour> colours;
  for (const RecordParts::Part& part : parts.parts) {
    const auto found = of_layer.find(part.id);
    if (found != of_layer.end())
      colours.push_back(found->second);
    else if (part.no_value)
      colours.push_back(mix(theme.ground, theme.text_muted, 0.4));
    else
      colours.push_back(colour_by_meaning(theme, part.id).value_or(quiet));
  }
  return colours;
}

std::vector<std::optional<SymbolLook>> part_symbols(const Board& board, geo::RecordKind kind,
                                                    std::string_view field, const RecordParts& parts) {
  std::vector<std::optional<SymbolLook>> symbols;
  for (const LayerSpec& spec : board.scene.map.layers) {
    if (spec.records != kind || spec.shape_by != field) continue;
    const RecordRows rows(board, spec);
    const SymbolKey key(rows);
    const std::vector<KeyEntry>& entries = key.shapes().empty() ? key.colours() : key.shapes();
    symbols.resize(parts.parts.size());
    for (std::size_t p = 0; p < symbols.size(); ++p)
      for (const KeyEntry& entry : entries)
        if (entry.id == parts.parts[p].id) symbols[p] = key.entry_look(entry);
    break;
  }
  return symbols;
}

}  // namespace battlemap::render
