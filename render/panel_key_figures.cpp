#include <algorithm>
#include <cmath>

#include "geo/record_counts.hpp"
#include "render/panel.hpp"
#include "render/record_parts.hpp"

namespace battlemap::render {
namespace {

using geo::Language;

constexpr double least_cell = 168;  // design units
constexpr std::size_t most_columns = 4;

const geo::Text hidden{"不公开", "withheld"};

struct Figure {
  geo::Text number, unit, label;
  geo::Text note;  ///< numerator and denominator, how many reported
};

/// "62 / 501 人" of a rate; how many places reported where some did not.
geo::Text note_of(const geo::Statistics& statistics, const geo::Indicator& indicator, const geo::Value& value) {
  geo::Text note;
  if (value.has_value() && indicator.kind == geo::IndicatorKind::ratio && value.denominator > 0) {
    const geo::Text& unit = statistics.indicator(indicator.denominator).unit;
    const std::string parts = fmt::format("{} / {}", geo::format_number(value.numerator, 0),
                                          geo::format_number(value.denominator, 0));
    note = {fmt::format("{} {}", parts, unit.zh), fmt::format("{} {}", parts, unit.in(Language::en))};
  }
  if (!value.has_value() || value.reported >= value.expected) return note;
  const std::string reported = fmt::format("{} / {}", value.reported, value.expected);
  note.zh += fmt::format("{}报送 {}", note.zh.empty() ? "" : " · ", reported);
  note.en += fmt::format("{}reported {}", note.en.empty() ? "" : " · ", reported);
  return note;
}

Figure of_indicator(const Board& board, const FigureSpec& spec) {
  const geo::Statistics& statistics = board.scene.atlas.dataset.statistics;
  const geo::Indicator& indicator = statistics.indicator(spec.indicator);
  const geo::Value value =
      board.place.valid() ? statistics.value(indicator.id, board.place, board.year) : geo::Value{};
  Figure figure;
  figure.number = {geo::format_value(value, indicator, Language::zh),
                   geo::format_value(value, indicator, Language::en)};
  figure.label = spec.label.empty() ? indicator.name : spec.label;
  if (value.has_value() && indicator.categories.empty())
    figure.unit = spec.unit.empty() ? indicator.unit : spec.unit;
  figure.note = note_of(statistics, indicator, value);
  return figure;
}

/// Records of the category asked for, or all of the kind.
Count count_of(const Board& board, const FigureSpec& spec) {
  if (spec.value.empty()) return total_of(board, *spec.record);
  const Tally counts = tally(board, *spec.record, spec.field);
  for (std::size_t p = 0; p < counts.rows.parts.size(); ++p)
    if (counts.rows.parts[p].id == spec.value) return counts.row_totals[p];
  const geo::FieldSchema* field = geo::find_field(*spec.record, spec.field);
  if (field != nullptr && !field->set.empty()) return std::nullopt;  // merged into another for this audience
  return 0;
}

geo::Text number_text(double value, int decimals = 0) {
  const std::string text = geo::format_number(value, decimals);
  return {text, text};
}

/// Where single records are hidden, only people were added up beforehand.
Figure of_prepared_sum(const Board& board, const FigureSpec& spec, const geo::FieldSchema& field) {
  Figure figure;
  figure.label = spec.label.empty() ? field.name : spec.label;
  figure.number = hidden;
  geo::CountQuery query;
  query.kind = *spec.record, query.of = geo::CountOf::people, query.filter = board.filter;
  if (field.id != "people" || !spec.mean_by.empty() || *spec.record != geo::RecordKind::household) return figure;
  const geo::Value value = geo::count_records(board.scene.atlas.dataset, board.place, query).total;
  if (!value.has_value()) return figure;
  figure.number = number_text(value.value);
  figure.unit = spec.unit.empty() ? field.unit : spec.unit;
  return figure;
}

Figure of_sum(const Board& board, const FigureSpec& spec, const geo::FieldSchema& field) {
  const std::vector<std::uint32_t> rows = rows_of(board, *spec.record);
  Figure figure;
  figure.label = spec.label.empty() ? field.name : spec.label;
  double sum = 0, weights = 0;
  std::size_t known = 0, masked = 0;
  const geo::RecordTable& table = board.records[*spec.record];
  const int year = field.yearly ? board.year : 0;
  for (const std::uint32_t row : rows) {
    if (const auto value = table.number(field.id, row, year)) {
      const double weight = spec.mean_by.empty() ? 1 : table.number(spec.mean_by, row, year).value_or(0);
      sum += *value * weight, weights += weight, ++known;
    }
    masked += table.status(field.id, row, year) == geo::Status::masked;
  }
  if (!spec.mean_by.empty() && weights > 0) sum /= weights;
  if (known == 0 && !rows.empty()) {
    figure.number = masked > 0 ? hidden : geo::Text{"无数据", "no data"};
    return figure;
  }
  figure.number = number_text(sum, sum < 1000 && sum != std::floor(sum) ? 1 : 0);
  figure.unit = spec.unit.empty() ? field.unit : spec.unit;
  if (known < rows.size()) {
    const std::string of = fmt::format("{} / {}", known, rows.size());
    figure.note = {fmt::format("有值 {}", of), fmt::format("known for {}", of)};
  }
  return figure;
}

/// English has no counting word for things: their label says what they are.
geo::Text unit_of(const Scene& scene, geo::RecordKind kind) {
  if (kind == geo::RecordKind::household) return {"户", "households"};
  if (kind == geo::RecordKind::cadre) return {"人", "people"};
  geo::Text none;
  if (!scene.english_only()) none.zh = "个";
  return none;
}

Figure of_records(const Board& board, const FigureSpec& spec) {
  Figure figure;
  figure.label = spec.label.empty() ? geo::record_kind_name(*spec.record) : spec.label;
  if (!board.records[*spec.record].loaded) {
    figure.number = {"无数据", "no data"};
    return figure;
  }
  const geo::FieldSchema* field = spec.value.empty() ? geo::find_field(*spec.record, spec.field) : nullptr;
  const bool prepared = is_prepared(board, *spec.record) || board.records[*spec.record].dropped;
  if (field != nullptr) return prepared ? of_prepared_sum(board, spec, *field) : of_sum(board, spec, *field);
  const Count count = count_of(board, spec);
  if (!count) {
    figure.number = hidden;
    return figure;
  }
  figure.number = number_text(static_cast<double>(*count));
  figure.unit = spec.unit.empty() ? unit_of(board.scene, *spec.record) : spec.unit;
  return figure;
}

class KeyFiguresPanel : public Panel {
 public:
  KeyFiguresPanel(const Board& board, const PanelSpec& spec) {
    for (const FigureSpec& figure : spec.figures)
      figures_.push_back(figure.record ? of_records(board, figure) : of_indicator(board, figure));
  }

  Heights heights(const Pen& pen, float width) const override {
    const std::size_t columns = columns_in(pen, width);
    Heights heights;
    for (std::size_t first = 0; first < figures_.size(); first += columns)
      heights.rows.push_back(pen.line(panel_figure, 1.3) + pen.line(panel_small, 1.3) +
                             (noted(first, columns) ? pen.line(panel_small, 1.25) : 0) + pen.px(6));
    return heights;
  }

  void arrange(const Pen& pen, float width) override { columns_ = columns_in(pen, width); }

  void draw_row(const Pen& pen, std::size_t row, const Rect& box) const override {
    const float wide = box.w / static_cast<float>(columns_);
    for (std::size_t c = 0; c < columns_ && row * columns_ + c < figures_.size(); ++c)
      draw(pen, figures_[row * columns_ + c],
           {box.x + wide * static_cast<float>(c), box.y, wide - pen.px(12), box.h});
  }
  std::size_t least_rows() const override { return figures_.size(); }

 private:
  /// As many columns as there is room for, fewer where that leaves no row more.
  std::size_t columns_in(const Pen& pen, float width) const {
    const auto fit = static_cast<std::size_t>(std::max(1.0F, width / pen.px(least_cell)));
    const std::size_t most = std::min({fit, most_columns, figures_.size()});
    const std::size_t rows = (figures_.size() + most - 1) / std::max<std::size_t>(most, 1);
    return std::max<std::size_t>(1, (figures_.size() + rows - 1) / std::max<std::size_t>(rows, 1));
  }
  bool noted(std::size_t first, std::size_t columns) const {
    for (std::size_t i = first; i < std::min(first + columns, figures_.size()); ++i)
      if (!figures_[i].note.empty()) return true;
    return false;
  }
  void draw(const Pen& pen, const Figure& figure, const Rect& cell) const {
    const Theme& theme = pen.theme();
    const bool said = figure.unit.empty() && figure.number.zh != figure.number.en;  // words, not a number
    const TextStyle large = pen.style(said ? panel_title : panel_figure, said ? theme.text_muted : theme.text,
                                      Weight::bold);
    const TextStyle small = pen.style(panel_small, theme.text_muted);
    const std::string number = pen.scene().text(figure.number);
    const std::string unit = pen.scene().text(figure.unit);
    const float high = pen.line(panel_figure, 1.3);
    float middle = cell.y + high / 2;
    const float unit_width = unit.empty() ? 0 : pen.width(unit, small) + pen.px(6);
    const float most = std::max(cell.w - unit_width, cell.w * 0.5F);
    const float wide = std::min(pen.width(number, large), most);
    pen.left(number, large, cell.x, middle, most);
    pen.left(unit, small, cell.x + wide + pen.px(6), middle + (large.size - small.size) * 0.37F,
             cell.w - wide - pen.px(6));
    middle = cell.y + high + pen.line(panel_small, 1.3) / 2;
    pen.left(pen.say(figure.label), small, cell.x, middle, cell.w);
    pen.left(pen.scene().text(figure.note), pen.style(panel_small, theme.text), cell.x,
             middle + pen.line(panel_small, 1.3), cell.w);
  }

  std::vector<Figure> figures_;
  std::size_t columns_ = 1;
};

}  // namespace

PanelPtr make_key_figures_panel(const Board& board, const PanelSpec& spec) {
  return std::make_unique<KeyFiguresPanel>(board, spec);
}

}  // namespace battlemap::render
