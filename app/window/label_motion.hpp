#pragma once
#include <vector>

#include "render/sheet.hpp"

namespace battlemap::app {

/// The layers of a map-only sheet carried along to another view: while the camera moves, labels and symbols
/// stay on their places and keep their size; lines stretch. Exact for a shift; for another scale good until
/// the sheet composed for that view arrives.
std::vector<render::Layer> moved_layers(const render::Sheet& sheet, const render::View& view,
                                        const render::TextEngine& text);

}  // namespace battlemap::app
