#pragma once
#include <memory>
#include <string>
#include <vector>

#include "render/board.hpp"
#include "render/panel_pen.hpp"

// Panels stand beside a board's map. Each kind has its file, render/panel_KIND.cpp; panels.cpp arranges them.

namespace battlemap::render {

/// A panel under its title: a head (column names, key), rows, a foot (totals). Rows that find no room are left
/// out from the end and counted.
class Panel {
 public:
  /// Sheet pixels.
  struct Heights {
    float head = 0;
    std::vector<float> rows;
    float foot = 0;
  };
  virtual ~Panel() = default;
  virtual Heights heights(const Pen& pen, float width) const = 0;
  /// Called once before drawing, with the width to come: where columns stand.
  virtual void arrange(const Pen& /*pen*/, float /*width*/) {}
  virtual void draw_head(const Pen& /*pen*/, const Rect& /*box*/) const {}
  virtual void draw_row(const Pen& pen, std::size_t row, const Rect& box) const = 0;
  virtual void draw_foot(const Pen& /*pen*/, const Rect& /*box*/) const {}
  /// What is said of rows left out: "… 另有 12 户".
  virtual geo::Text more(std::size_t left_out) const;
  /// So many rows at least say something; fewer are not worth the room.
  virtual std::size_t least_rows() const { return 4; }
  /// Grows into room that nothing else needs, by at most this (design units).
  virtual double may_grow() const { return 0; }
  /// Has nothing to say of this place and is left out, title and all.
  virtual bool is_empty() const { return false; }
  /// Its title when the map file gives none.
  virtual geo::Text usual_title() const { return {}; }
};

using PanelPtr = std::unique_ptr<Panel>;
PanelPtr make_key_figures_panel(const Board& board, const PanelSpec& spec);
PanelPtr make_table_panel(const Board& board, const PanelSpec& spec);
PanelPtr make_bar_panel(const Board& board, const PanelSpec& spec);
PanelPtr make_stacked_bar_panel(const Board& board, const PanelSpec& spec);
PanelPtr make_timeline_panel(const Board& board, const PanelSpec& spec);
PanelPtr make_text_panel(const Board& board, const PanelSpec& spec);
PanelPtr make_criteria_panel(const Board& board, const PanelSpec& spec);
PanelPtr make_pairing_panel(const Board& board, const PanelSpec& spec);
PanelPtr make_projects_panel(const Board& board, const PanelSpec& spec);
PanelPtr make_position_panel(const Board& board, const PanelSpec& spec);

}  // namespace battlemap::render
