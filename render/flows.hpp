#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "render/record_marks.hpp"

namespace battlemap::render {

/// Who helps whom (帮扶责任): the helpers stand in a comb along the map's emptiest edge, by unit; from each a
/// strand runs to every household it is paired with. Strands of one unit to one group of households run
/// side by side in a cable that fans out near them, in an order in which they do not cross.
class Flows {
 public:
  /// `layer`: households, shown one by one, whose spec has a flow; marks at their true places.
  Flows(const Board& board, const TextEngine& text, const RecordLayer& layer, const MapGround& ground);
  bool any() const { return !strands_.empty(); }
  /// What the comb and its names cover.
  const std::vector<Rect>& covered() const { return covered_; }
  /// After marks are placed.
  void draw_strands(const RecordLayer& layer, Layer& out);
  void draw_comb(Layer& out) const;
  void add_hits(std::vector<RecordHit>& hits) const;

 private:
  enum class Edge : std::uint8_t { top, bottom, left, right };
  struct Strand {
    std::size_t mark = 0;  ///< of the layer
    std::uint32_t cadre = 0;
    std::size_t unit = 0;  ///< of units_
    std::uint64_t hub = 0;
  };
  struct Unit {
    std::uint32_t row = geo::npos;
    std::string label;
    Colour colour;
    float label_width = 0;
    std::vector<std::uint32_t> cadres;  ///< in the comb's order
    std::size_t households = 0;
    float begin = 0, length = 0;  ///< along the comb
  };
  void gather(const RecordLayer& layer);
  void name_units(const TextEngine& text, const RecordLayer& layer);
  void choose_edge(const RecordLayer& layer, const MapGround& ground);
  void lay_out();
  float label_height() const;
  /// Room of a unit along the comb, at a pitch.
  float room_of(const Unit& unit, float pitch) const;
  void draw_label(const Unit& unit, Layer& out) const;
  void order_cadres(const RecordLayer& layer);
  bool horizontal() const { return edge_ == Edge::top || edge_ == Edge::bottom; }
  Vec2 along() const { return horizontal() ? Vec2{1, 0} : Vec2{0, 1}; }
  Vec2 inward() const;
  float comb_length(float pitch) const;
  float band_depth() const;
  Rect band_at(Edge edge, float length, Vec2 towards) const;
  Vec2 comb_point(float position) const;
  TextStyle label_style() const;

  const Board& board_;
  std::vector<Strand> strands_;
  std::vector<Unit> units_;
  std::map<std::uint32_t, Vec2> cadre_at_;
  Edge edge_ = Edge::top;
  Rect band_;
  std::vector<Rect> covered_;
  float pitch_ = 8;
  float strand_width_ = 1;
};

}  // namespace battlemap::render
