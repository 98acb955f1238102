#include <array>
#include <cmath>

#include "render/label_text.hpp"
#include "render/parts.hpp"
#include "render/record_drawing.hpp"

namespace battlemap::render {
namespace {

constexpr float near_gap = 3, leader_from = 12;                    // design units
constexpr std::array<float, 7> rings{0, 10, 22, 36, 54, 76, 104};  // design units beyond the symbol
constexpr int directions = 16;

std::string label_of(const Board& board, const RecordLayer& layer, std::size_t record) {
  const RecordRows& rows = *layer.rows;
  const geo::FieldSchema& field = geo::require_field(rows.table.kind, layer.spec->label);
  const std::uint32_t row = rows.row(record);
  switch (field.type) {
    case geo::FieldType::text:
      return std::string(rows.table.text(field.id, row));
    case geo::FieldType::category: {
      const auto entry = rows.table.category(field.id, row);
      return entry ? board.scene.text(board.records.set(field.set).entries[*entry].name) : std::string();
    }
    default:
      break;
  }
  const auto value = rows.table.number(field.id, row, board.year);
  if (!value || *value == geo::not_yet) return {};
  return field.type == geo::FieldType::year
             ? std::to_string(static_cast<int>(*value))
             : geo::format_number(*value, *value == std::floor(*value) ? 0 : 1);
}

struct Spot {
  Rect box;
  float away = 0;  ///< beyond the symbol's edge
};

/// Beside the symbol first (right, left, below, above), then around it, ever farther.
std::optional<Spot> find_spot(const Scene& scene, const Mark& mark, float reach, const TextBlock& block,
                              const FreeSpace& space) {
  for (const float ring : rings) {
    const float away = scene.layout.px(near_gap + ring);
    for (int k = 0; k < directions; ++k) {
      static constexpr std::array<int, directions> order{4, 12, 8, 0,  6, 10, 2, 14,
                                                         5, 7,  9, 11, 3, 13, 1, 15};
      const float angle =
          2 * 3.14159265F * static_cast<float>(order[static_cast<std::size_t>(k)]) / directions;
      const float s = std::sin(angle), c = -std::cos(angle);
      // The box touches a circle of reach + away: its half extent in that direction is added.
      const float half = std::min(std::abs(s) > 1e-3F ? block.width / 2 / std::abs(s) : 1e9F,
                                  std::abs(c) > 1e-3F ? block.height / 2 / std::abs(c) : 1e9F);
      const float r = reach + away + half;
      const Rect box = block_box(block, {mark.at.x + s * r, mark.at.y + c * r});
      if (space.is_free(box)) return Spot{box, away};
    }
  }
  return std::nullopt;
}

}  // namespace

void add_record_labels(const Board& board, const TextEngine& text, const std::vector<RecordLayer>& layers,
                       FreeSpace& space, Layer& leaders, Layer& out, SheetReport& report) {
  const Scene& scene = board.scene;
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (layer->spec->label.empty()) continue;
    TextStyle style =
        type_style(scene, layer->spec->label_units, scene.theme.text,
                   layer->spec->records == geo::RecordKind::group ? Weight::bold : Weight::regular);
    style.halo = scene.theme.halo, style.halo_width = std::max(1.4F, scene.layout.px(2));
    for (const Mark& mark : layer->marks) {
      const std::string label = label_of(board, *layer, mark.record);
      if (label.empty()) continue;
      const TextBlock block = make_block(text, {{label, style}});
      const float reach = symbol_reach(mark.look, mark.radius);
      const auto spot = find_spot(scene, mark, reach, block, space);
      if (!spot) {
        ++report.labels_unplaced;
        continue;
      }
      space.take(spot->box);
      const Vec2 centre{spot->box.x + spot->box.w / 2, spot->box.y + spot->box.h / 2};
      if (spot->away > scene.layout.px(leader_from)) {
        const float length = std::hypot(centre.x - mark.at.x, centre.y - mark.at.y);
        const float t = (reach + spot->away) / length;
        leaders.items.emplace_back(LineItem{
            {mark.at, {mark.at.x + (centre.x - mark.at.x) * t, mark.at.y + (centre.y - mark.at.y) * t}},
            std::max(0.8F, scene.layout.px(1)),
            scene.theme.text_muted});
      }
      add_block(out, block, centre);
      ++report.labels_placed, report.missing_glyphs += block.missing;
    }
  }
}

}  // namespace battlemap::render
