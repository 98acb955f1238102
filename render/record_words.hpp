#pragma once
#include <string>
#include <string_view>

#include "render/board.hpp"

namespace battlemap::render {

/// A text in the sheet's language, or "中文 English".
std::string said(const Scene& scene, const geo::Text& text);
/// A field of a record as people read it: names of categories, numbers with separators, words for what has
/// no value.
std::string field_text(const Board& board, geo::RecordKind kind, std::string_view field, std::uint32_t row);
/// An id without the code of its village, which the sheet names anyway: "H630223108203-012" -> "012".
std::string short_id(const Board& board, geo::RecordKind kind, std::uint32_t row);
/// "… 另有 12 户", "… and 12 more households".
geo::Text more_records(geo::RecordKind kind, std::size_t left_out);

}  // namespace battlemap::render
