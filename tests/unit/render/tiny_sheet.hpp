#pragma once
#include <string>
#include <vector>

#include "tiny_atlas.hpp"

namespace battlemap::render::testing {

// Sheets of tiny_atlas(), and what stands on them.

struct PlacedText {
  std::string layer;
  TextItem item;
  Rect ink;  ///< the em boxes of the glyphs, without the line's leading
};

inline std::vector<PlacedText> sheet_texts(const Sheet& sheet) {
  std::vector<PlacedText> out;
  for (const Layer& layer : sheet.layers)
    for (const Item& item : layer.items)
      if (const auto* text = std::get_if<TextItem>(&item)) {
        const float width = text_engine().width(text->text, text->style);
        out.push_back(
            {layer.name,
             *text,
             {text->origin.x, text->origin.y - 0.82F * text->style.size, width, text->style.size * 0.94F}});
      }
  return out;
}

template <class T>
std::vector<T> sheet_items(const Sheet& sheet, const std::string& layer_name) {
  std::vector<T> out;
  for (const Layer& layer : sheet.layers)
    if (layer.name == layer_name)
      for (const Item& item : layer.items)
        if (const auto* found = std::get_if<T>(&item)) out.push_back(*found);
  return out;
}

inline SheetRequest tiny_request(const std::string& map, int width = 1920, int height = 1080) {
  SheetRequest request;
  request.map = map, request.width = width, request.height = height;
  return request;
}

inline Sheet tiny_sheet(const SheetRequest& request) {
  return compose(*tiny_atlas(), text_engine(), request);
}

inline geo::DivisionRef tiny_place(const char* code) {
  return *tiny_atlas()->dataset.tree.find(*geo::Code::parse(code));
}

inline std::size_t legend_total(const Sheet& sheet) {
  std::size_t total = 0;
  for (const LegendEntry& entry : sheet.legend) total += entry.count;
  return total;
}

}  // namespace battlemap::render::testing
