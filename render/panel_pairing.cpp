#include <algorithm>
#include <map>
#include <set>

#include "render/panel_grid.hpp"
#include "render/record_parts.hpp"
#include "render/record_words.hpp"

namespace battlemap::render {
namespace {

using geo::RecordKind;

std::string number(std::size_t count) {
  return geo::format_number(static_cast<double>(count), 0);
}

/// With spaces, so that long lists break into lines.
std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

/// Who helps whom in a village: cadres with their households, and first those whom nobody helps.
class VillagePairing : public GridPanel {
 public:
  explicit VillagePairing(const Board& board) : board_(board) {
    const auto cadres = geo::paired_cadres(board.records, board.households);
    for (std::size_t i = 0; i < cadres.size(); ++i) {
      const std::string id = short_id(board, RecordKind::household, board.households[i]);
      if (cadres[i].empty()) alone_.push_back(id);
      for (const std::uint32_t cadre : cadres[i]) households_[cadre].push_back(id);
    }
    if (board.filter.empty())  // the village's own cadres, those without households too
      for (const std::uint32_t cadre : rows_of(board, RecordKind::cadre)) households_[cadre];
    fill();
  }

  geo::Text usual_title() const override { return {"结对帮扶", "Who helps whom"}; }
  geo::Text more(std::size_t left_out) const override { return more_records(RecordKind::cadre, left_out); }

  Heights heights(const Pen& pen, float width) const override {
    Heights heights = GridPanel::heights(pen, width);
    heights.head += alone_height(pen, width);
    return heights;
  }
  void draw_head(const Pen& pen, const Rect& box) const override {
    const float high = alone_height(pen, box.w), line = pen.line(panel_body, 1.4);
    float y = box.y;
    const bool none = alone_.empty();
    for (const std::string& text : alone_lines(pen, box.w)) {
      pen.left(text, pen.style(panel_body, none ? pen.theme().good : pen.theme().action,
                               y == box.y ? Weight::bold : Weight::regular),
               box.x, y + line / 2, box.w);
      y += line;
    }
    GridPanel::draw_head(pen, {box.x, box.y + high, box.w, box.h - high});
  }

 private:
  static constexpr std::size_t most_alone_lines = 4;

  void fill() {
    const auto say = [&](const geo::Text& text) { return said(board_.scene, text); };
    grid_.columns = {{say({"干部", "Cadre"}), Grid::Align::left, 40},
                     {say({"身份", "Role"}), Grid::Align::left, 40, true},
                     {say({"单位", "Unit"}), Grid::Align::left, 40, true},
                     {say({"户数", "Households"}), Grid::Align::right, 30},
                     {say({"户号", "Numbers"}), Grid::Align::left, 60, true}};
    std::vector<std::uint32_t> order;
    for (const auto& entry : households_) order.push_back(entry.first);
    const geo::RecordTable& table = board_.records[RecordKind::cadre];
    const auto role = [&](std::uint32_t row) { return table.category("role", row).value_or(geo::no_category); };
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (role(a) != role(b)) return role(a) < role(b);
      return households_.at(a).size() > households_.at(b).size();
    });
    for (const std::uint32_t cadre : order) {
      const std::vector<std::string>& ids = households_.at(cadre);
      grid_.rows.push_back({short_id(board_, RecordKind::cadre, cadre),
                            field_text(board_, RecordKind::cadre, "role", cadre),
                            field_text(board_, RecordKind::cadre, "unit", cadre), number(ids.size()),
                            joined(ids)});
    }
    if (!grid_.rows.empty()) return;
    empty_ = table.dropped ? say({"不公开", "Withheld"}) : say({"无帮扶干部", "No cadres"});
  }

  std::vector<std::string> alone_lines(const Pen& pen, float width) const {
    if (board_.households.empty()) return {};
    const TextStyle body = pen.style(panel_body, {}, Weight::bold);
    if (alone_.empty())
      return pen.wrap(pen.say("全部贫困户都有帮扶人", "Every household has a helper"), body, width);
    std::vector<std::string> lines = pen.wrap(
        fmt::format("{} {}", pen.say(fmt::format("无帮扶人 {} 户:", alone_.size()),
                                     fmt::format("Nobody helps {}:", alone_.size())),
                    joined(alone_)),
        body, width);
    if (lines.size() <= most_alone_lines) return lines;
    lines.resize(most_alone_lines);
    lines.back() += " …";
    return lines;
  }
  float alone_height(const Pen& pen, float width) const {
    const auto lines = static_cast<float>(alone_lines(pen, width).size());
    return lines == 0 ? 0 : lines * pen.line(panel_body, 1.4) + pen.px(8);
  }

  const Board& board_;
  std::map<std::uint32_t, std::vector<std::string>> households_;  ///< by cadre
  std::vector<std::string> alone_;
};

/// Larger places: how many are helped, part by part.
class PlacePairing : public GridPanel {
 public:
  explicit PlacePairing(const Board& board) {
    const auto say = [&](const geo::Text& text) { return said(board.scene, text); };
    const Tally counts = tally(board, RecordKind::household, "place", "pairing");
    const RecordParts& places = counts.rows;
    if (counts.columns.parts.size() < 2) return;  // not loaded
    const auto number = [&](const Count& count) { return count_text(board.scene, count); };
    grid_.columns = {{say(places.name), Grid::Align::left, 90, true},
                     {say({"贫困户", "Households"}), Grid::Align::right, 40},
                     {say({"有帮扶人", "Helped"}), Grid::Align::right, 40},
                     {say({"无帮扶人", "By nobody"}), Grid::Align::right, 40},
                     {say({"帮扶干部", "Cadres"}), Grid::Align::right, 40}};
    const std::vector<std::set<std::uint32_t>> cadres = cadres_of(board, places);
    std::set<std::uint32_t> all;
    for (std::size_t p = 0; p < places.parts.size(); ++p) {
      if (!is_listed(counts.row_totals[p])) continue;
      all.insert(cadres[p].begin(), cadres[p].end());
      grid_.rows.push_back({say(places.parts[p].label), number(counts.row_totals[p]),
                            number(counts.cells[p][0]), number(counts.cells[p][1]), number(cadres[p].size())});
    }
    grid_.totals = {say({"合计", "Total"}), number(counts.total), number(counts.column_totals[0]),
                    number(counts.column_totals[1]), number(all.size())};
    empty_ = say({"无贫困户", "No households"});
  }
  geo::Text usual_title() const override { return {"结对帮扶", "Who is helped"}; }

 private:
  static std::vector<std::set<std::uint32_t>> cadres_of(const Board& board, const RecordParts& places) {
    std::vector<std::set<std::uint32_t>> cadres(places.parts.size());
    const auto paired = geo::paired_cadres(board.records, board.households);
    for (std::size_t i = 0; i < paired.size(); ++i)
      for (std::uint32_t p = places.begin[i]; p < places.begin[i + 1]; ++p)
        cadres[places.part[p]].insert(paired[i].begin(), paired[i].end());
    return cadres;
  }
};

}  // namespace

PanelPtr make_pairing_panel(const Board& board, const PanelSpec& /*spec*/) {
  if (board.place.valid() && board.place.level == geo::Level::village)
    return std::make_unique<VillagePairing>(board);
  return std::make_unique<PlacePairing>(board);
}

}  // namespace battlemap::render
