#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "render/record_parts.hpp"
#include "render/symbols.hpp"

namespace battlemap::render {

/// One colour per part: those of the map's layer that colours by the same field, so that panels need no legend of
/// their own; one quiet colour where the map has no such layer.
std::vector<Colour> part_colours(const Board& board, geo::RecordKind kind, std::string_view field,
                                 const RecordParts& parts);

/// The symbols of the map's layer that tells parts apart by shape; empty where it has none, nullopt for a part
/// without one.
std::vector<std::optional<SymbolLook>> part_symbols(const Board& board, geo::RecordKind kind,
                                                    std::string_view field, const RecordParts& parts);

}  // namespace battlemap::render
