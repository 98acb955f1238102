#pragma once
#include "render/compose.hpp"

namespace battlemap::app {

// What of a request a stage depends on: equal parts mean the stage's last result still holds.

/// Where: the ids are the same.
bool same_view(const render::SheetRequest& a, const render::SheetRequest& b);
/// What: every cell looks the same, hover and selection included. Says nothing of the view.
bool same_style(const render::SheetRequest& a, const render::SheetRequest& b);
/// Nothing but hover and selection may differ, views apart.
bool only_pointed_at(const render::SheetRequest& a, const render::SheetRequest& b);
/// Labels, symbols and legend are the same: hover does not change them.
bool same_labels(const render::SheetRequest& a, const render::SheetRequest& b);

}  // namespace battlemap::app
