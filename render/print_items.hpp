#pragma once
#include "render/print_text.hpp"

namespace battlemap::render {

/// Paints a layer's items in order, clipped where it is. `text` must be prepared for the sheet.
void paint_items(const PrintCanvas& canvas, const Layer& layer, const PrintText& text);

}  // namespace battlemap::render
