#pragma once
#include <string>
#include <vector>

#include "render/record_marks.hpp"
#include "render/record_roads.hpp"

namespace battlemap::render {

/// The legend of records: a compact box in the map's emptiest corner.
class SymbolLegend {
 public:
  SymbolLegend(const Board& board, const TextEngine& text, const std::vector<RecordLayer>& layers,
               const std::vector<RoadEntry>& roads);
  /// Chooses the place that hides least: no land, no records, nothing that `space` has taken. nullopt when
  /// there is nothing to say, or the map is too small for it.
  std::optional<Rect> choose(const MapGround& ground, const std::vector<RecordLayer>& layers,
                             const FreeSpace& space);
  void draw(Layer& layer) const;
  std::vector<SymbolEntry> entries() const;

 private:
  struct Row {
    enum class Kind : std::uint8_t { head, symbol, line } kind = Kind::symbol;
    std::string head;
    std::string label, count;
    SymbolLook look;
    RoadEntry road;
  };
  void add_layer(const RecordLayer& layer);
  void add_several(const RecordLayer& layer, const std::string& head);
  void add_counted(const RecordLayer& layer);
  void add_states(const RecordLayer& layer, const std::string& head);
  void add_entry(const RecordLayer& layer, const KeyEntry& entry, const std::string& head);
  void add_head(const std::string& text);
  Vec2 box_size(int columns) const;
  std::size_t rows_per_column(int columns) const;
  float column_width() const;
  void draw_row(const Row& row, float x, float middle, float width, Layer& layer) const;
  void add_symbol_of(const Row& row, Vec2 at, float radius, Layer& layer) const;
  TextStyle head_style() const;
  TextStyle label_style() const;

  const Board& board_;
  const TextEngine& text_;
  std::vector<Row> rows_;
  float label_width_ = 0, count_width_ = 0, head_width_ = 0;
  int columns_ = 1;
  Rect box_;
};

}  // namespace battlemap::render
