#pragma once
#include <string>
#include <vector>

#include "render/panel.hpp"

namespace battlemap::render {

/// A table of texts: column names, rows, a row of totals. What record tables, pairings and projects are made of.
struct Grid {
  enum class Align : std::uint8_t { left, right };
  struct Column {
    std::string name;
    Align align = Align::left;
    double least = 0;      ///< design units; numbers never get narrower than their widest cell
    bool flexible = false; ///< takes the room that others leave, and gives it where there is none
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> totals;  ///< empty: none
};

class GridPanel : public Panel {
 public:
  Heights heights(const Pen& pen, float width) const override;
  void arrange(const Pen& pen, float width) override;
  void draw_head(const Pen& pen, const Rect& box) const override;
  void draw_row(const Pen& pen, std::size_t row, const Rect& box) const override;
  void draw_foot(const Pen& pen, const Rect& box) const override;

 protected:
  Grid grid_;
  std::string empty_;  ///< said where there are no rows

 private:
  void draw_cells(const Pen& pen, const std::vector<std::string>& cells, const TextStyle& style,
                  const Rect& box) const;
  std::vector<float> left_, width_;  ///< of the columns, from the panel's left edge
};

}  // namespace battlemap::render
