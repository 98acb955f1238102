#pragma once
#include "geo/dataset.hpp"
#include "render/panel_spec.hpp"

namespace battlemap::render {

/// Whether the fields, categories and indicators that a panel names exist. Throws geo::UsageError "line N: ..."
/// offering the nearest.
void check_panel(const geo::Dataset& dataset, const PanelSpec& panel);

}  // namespace battlemap::render
