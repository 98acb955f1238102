// Arranges the panels of a board in its columns: as large as they fit, cut where they must be.
#include <algorithm>
#include <array>
#include <limits>

#include "render/panel.hpp"

namespace battlemap::render {
namespace {

constexpr std::array<double, 7> whole{1.3, 1.2, 1.12, 1.05, 1.0, 0.94, 0.89};
constexpr std::array<double, 4> cut_short{0.97, 0.92, 0.86, 0.8};
constexpr double gap_units = 22, most_gap_units = 44, title_gap_units = 6;
constexpr float most_stretch = 1.45F;  // of rows, where there is room to spare

PanelPtr make_panel(const Board& board, const PanelSpec& spec) {
  switch (spec.kind) {
    case PanelKind::key_figures:
      return make_key_figures_panel(board, spec);
    case PanelKind::table:
      return make_table_panel(board, spec);
    case PanelKind::bar:
      return make_bar_panel(board, spec);
    case PanelKind::stacked_bar:
      return make_stacked_bar_panel(board, spec);
    case PanelKind::timeline:
      return make_timeline_panel(board, spec);
    case PanelKind::criteria:
      return make_criteria_panel(board, spec);
    case PanelKind::pairing:
      return make_pairing_panel(board, spec);
    case PanelKind::projects:
      return make_projects_panel(board, spec);
    case PanelKind::position:
      return make_position_panel(board, spec);
    case PanelKind::text:
      break;
  }
  return make_text_panel(board, spec);
}

/// A panel on its way into a column.
struct Entry {
  const PanelSpec* spec = nullptr;
  PanelPtr panel;
  geo::Text title;
  Panel::Heights heights;
  float title_height = 0, more_height = 0;
  std::vector<std::string> remark;
  float remark_height = 0;
  std::size_t shown = 0;  ///< rows

  std::size_t rows() const { return heights.rows.size(); }
  std::size_t least() const { return std::min(rows(), panel->least_rows()); }
  float height(std::size_t count) const {
    float sum = title_height + heights.head + heights.foot + remark_height;
    for (std::size_t i = 0; i < count; ++i) sum += heights.rows[i];
    return sum + (count < rows() ? more_height : 0);
  }
};

void measure(Entry& entry, const Pen& pen, float width) {
  entry.heights = entry.panel->heights(pen, width);
  entry.title_height =
      entry.title.empty() ? 0 : pen.line(panel_title, 1.35) + pen.px(title_gap_units);
  entry.more_height = pen.line(panel_small);
  const bool remarked = entry.spec->kind != PanelKind::text && !entry.spec->text.empty();
  entry.remark.clear();
  if (remarked)
    entry.remark = pen.wrap(pen.say(entry.spec->text), pen.style(panel_small, {}), width);
  entry.remark_height = static_cast<float>(entry.remark.size()) * pen.line(panel_small, 1.35);
  entry.shown = entry.rows();
  if (entry.spec->rows > 0) entry.shown = std::min(entry.shown, static_cast<std::size_t>(entry.spec->rows));
}

using Column = std::pair<std::size_t, std::size_t>;  ///< entries [first, last)

float column_height(const std::vector<Entry>& entries, Column column, float gap) {
  float sum = 0;
  for (std::size_t i = column.first; i < column.second; ++i)
    sum += entries[i].height(entries[i].shown) + (i > column.first ? gap : 0);
  return sum;
}

/// Parts the entries, in order, so that the highest column is as low as can be.
std::vector<Column> part(const std::vector<Entry>& entries, std::size_t first, std::size_t columns,
                         float gap, float& highest) {
  if (columns <= 1 || first >= entries.size()) {
    highest = column_height(entries, {first, entries.size()}, gap);
    return {{first, entries.size()}};
  }
  std::vector<Column> best;
  highest = std::numeric_limits<float>::infinity();
  for (std::size_t end = first + 1; end <= entries.size(); ++end) {
    float rest = 0;
    std::vector<Column> others = part(entries, end, columns - 1, gap, rest);
    const float high = std::max(column_height(entries, {first, end}, gap), rest);
    if (high >= highest) continue;
    highest = high;
    best = {{first, end}};
    best.insert(best.end(), others.begin(), others.end());
  }
  return best;
}

class Arrangement {
 public:
  Arrangement(const Board& board, const TextEngine& text, Rect area)
      : board_(board), text_(text), area_(area), columns_(board.scene.layout.panel_columns) {
    gap_between_ = board.scene.layout.px(32);
    width_ = (area.w - gap_between_ * static_cast<float>(columns_ - 1)) / static_cast<float>(columns_);
  }
  void run(Sheet& sheet);

 private:
  void make();
  float fit(double zoom);
  void choose_zoom();
  bool cut(Column column);
  void cut_all(Sheet& sheet);
  float gap() const { return board_.scene.layout.px(gap_units * zoom_); }
  Pen pen(Layer* layer = nullptr) const { return {board_.scene, text_, zoom_, layer}; }
  void draw_column(Column column, float x, Sheet& sheet);
  void draw(Entry& entry, const Pen& pen, Rect box, float stretch) const;

  const Board& board_;
  const TextEngine& text_;
  Rect area_;
  std::size_t columns_;
  float gap_between_ = 0, width_ = 0;
  double zoom_ = 1;
  std::vector<Entry> entries_;
  std::vector<Column> parts_;
};

void Arrangement::make() {
  const geo::Level level = board_.place.valid() ? board_.place.level : geo::Level::province;
  for (const PanelSpec& spec : board_.scene.map.panels) {
    const bool here = spec.levels.empty() ||
                      std::find(spec.levels.begin(), spec.levels.end(), level) != spec.levels.end();
    if (!here) continue;
    Entry entry;
    entry.spec = &spec, entry.panel = make_panel(board_, spec);
    if (entry.panel->is_empty()) continue;
    entry.title = spec.title.empty() ? entry.panel->usual_title() : spec.title;
    entries_.push_back(std::move(entry));
  }
}

/// Height of the highest column at a zoom; the parts are kept.
float Arrangement::fit(double zoom) {
  zoom_ = zoom;
  const Pen measuring = pen();
  for (Entry& entry : entries_) measure(entry, measuring, width_);
  float highest = 0;
  parts_ = part(entries_, 0, columns_, gap(), highest);
  return highest;
}

/// The largest type with which everything fits; where nothing does, lists are cut before type gets smaller yet.
void Arrangement::choose_zoom() {
  for (const double zoom : whole)
    if (fit(zoom) <= area_.h) return;
  for (const double zoom : cut_short) {
    fit(zoom);
    for (Entry& entry : entries_) entry.shown = std::min(entry.shown, entry.least());
    float highest = 0;
    parts_ = part(entries_, 0, columns_, gap(), highest);
    if (highest <= area_.h) return;
  }
}

/// Gives rows back while there is room, one more for each panel in turn. False: not even the least fits.
bool Arrangement::cut(Column column) {
  for (std::size_t i = column.first; i < column.second; ++i)
    entries_[i].shown = std::min(entries_[i].shown, entries_[i].least());
  if (column_height(entries_, column, gap()) > area_.h) return false;
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t i = column.first; i < column.second; ++i) {
      Entry& entry = entries_[i];
      const std::size_t most =
          entry.spec->rows > 0 ? std::min<std::size_t>(entry.rows(), static_cast<std::size_t>(entry.spec->rows))
                               : entry.rows();
      if (entry.shown >= most) continue;
      ++entry.shown;
      if (column_height(entries_, column, gap()) <= area_.h)
        grown = true;
      else
        --entry.shown;
    }
  }
  return true;
}

void Arrangement::cut_all(Sheet& sheet) {
  for (Column& column : parts_) {
    while (column.first < column.second && !cut(column)) {
      --column.second;
      const Entry& out = entries_[column.second];
      sheet.report.notes.push_back(fmt::format("panel '{}' ({}:{}) finds no room on this sheet",
                                               board_.scene.text(out.title), board_.scene.map.file.string(),
                                               out.spec->lines.table));
    }
  }
}

void Arrangement::draw(Entry& entry, const Pen& pen, Rect box, float stretch) const {
  float y = box.y;
  const auto next = [&](float height) {
    const Rect row{box.x, y, box.w, height};
    y += height;
    return row;
  };
  if (!entry.title.empty()) {
    const float line = entry.title_height - pen.px(title_gap_units);
    pen.left(pen.say(entry.title), pen.style(panel_title, pen.theme().text, Weight::bold), box.x, y + line / 2,
             box.w);
    next(entry.title_height);
  }
  entry.panel->arrange(pen, box.w);
  entry.panel->draw_head(pen, next(entry.heights.head));
  for (std::size_t i = 0; i < entry.shown; ++i)
    entry.panel->draw_row(pen, i, next(entry.heights.rows[i] * stretch));
  if (entry.shown < entry.rows()) {
    const Rect row = next(entry.more_height);
    pen.left(pen.say(entry.panel->more(entry.rows() - entry.shown)),
             pen.style(panel_small, pen.theme().text_muted), row.x, row.y + row.h / 2, row.w);
  }
  entry.panel->draw_foot(pen, next(entry.heights.foot));
  for (const std::string& line : entry.remark) {
    const Rect row = next(pen.line(panel_small, 1.35));
    pen.left(line, pen.style(panel_small, pen.theme().text_muted), row.x, row.y + row.h / 2, row.w);
  }
}

/// Room left over goes to what may grow, then to the rows, then between the panels.
void Arrangement::draw_column(Column column, float x, Sheet& sheet) {
  Layer layer{"panels", {}, {}};
  const Pen drawing = pen(&layer);
  float spare = area_.h - column_height(entries_, column, gap());
  std::vector<float> grown(entries_.size(), 0);
  float rows = 0;
  for (std::size_t i = column.first; i < column.second; ++i) {
    const Entry& entry = entries_[i];
    if (entry.panel->may_grow() > 0 && spare > 0) {
      grown[i] = std::min(spare, drawing.px(entry.panel->may_grow()));
      spare -= grown[i];
    } else {
      for (std::size_t r = 0; r < entry.shown; ++r) rows += entry.heights.rows[r];
    }
  }
  const float stretch = rows > 0 ? std::clamp(1 + spare / rows, 1.0F, most_stretch) : 1.0F;
  spare -= rows * (stretch - 1);
  const float gaps = static_cast<float>(std::max<std::size_t>(column.second - column.first, 2) - 1);
  const float between =
      gap() + std::clamp(spare / gaps, 0.0F, board_.scene.layout.px(most_gap_units - gap_units));
  float y = area_.y;
  for (std::size_t i = column.first; i < column.second; ++i) {
    Entry& entry = entries_[i];
    const bool grows = entry.panel->may_grow() > 0;
    if (grows && !entry.heights.rows.empty()) entry.heights.rows.back() += grown[i];
    float height = entry.height(entry.shown);
    if (!grows)
      for (std::size_t r = 0; r < entry.shown; ++r) height += entry.heights.rows[r] * (stretch - 1);
    draw(entry, drawing, {x, y, width_, height}, grows ? 1.0F : stretch);
    y += height + between;
  }
  sheet.layers.push_back(std::move(layer));
}

void Arrangement::run(Sheet& sheet) {
  make();
  choose_zoom();
  cut_all(sheet);
  float x = area_.x;
  for (const Column& column : parts_) {
    draw_column(column, x, sheet);
    x += width_ + gap_between_;
  }
}

}  // namespace

geo::Text Panel::more(std::size_t left_out) const {
  const std::string number = geo::format_number(static_cast<double>(left_out), 0);
  return {fmt::format("… 另有 {} 项", number), fmt::format("… and {} more", number)};
}

void add_panels(const Board& board, const TextEngine& text, Rect area, Sheet& sheet) {
  Arrangement(board, text, area).run(sheet);
}

}  // namespace battlemap::render
