#pragma once
#include "render/compose.hpp"

namespace battlemap::render {

/// The panels of a board alone, in a picture of width x height px: type and lines as on the request's whole
/// sheet. Nothing but the ground for maps without panels.
Sheet compose_panels(const Atlas& atlas, const TextEngine& text, const SheetRequest& request, int width,
                     int height);

}  // namespace battlemap::render
