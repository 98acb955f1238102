#include <algorithm>
#include <map>

#include "render/panel.hpp"
#include "render/panel_colours.hpp"
#include "render/record_words.hpp"

namespace battlemap::render {
namespace {

using geo::RecordKind;
constexpr double project_row = 1.6;  // line heights in em

struct ProjectLine {
  std::string name, sector;
  Colour colour;
  std::optional<SymbolLook> symbol;
  double funds = 0, paid = 0, weighted = 0, weight = 0;  ///< 10,000 yuan; progress weighted by funds
  bool has_funds = false;
  std::size_t projects = 0;
  std::optional<double> progress() const {
    return weight > 0 ? std::optional(weighted / weight) : std::nullopt;
  }
};

/// Projects one by one in a village or township, by sector above: money and progress.
class ProjectsPanel : public Panel {
 public:
  explicit ProjectsPanel(const Board& board) : board_(board), table_(board.records[RecordKind::project]) {
    rows_ = rows_of(board, RecordKind::project);
    sectors_ = record_parts(board, RecordKind::project, rows_, "sector");
    colours_ = part_colours(board, RecordKind::project, "sector", sectors_);
    symbols_ = part_symbols(board, RecordKind::project, "sector", sectors_);
    const bool single = board.place.valid() && board.place.level >= geo::Level::township;
    if (single)
      list();
    else
      add_up();
  }

  geo::Text usual_title() const override { return {"项目", "Projects"}; }
  geo::Text more(std::size_t left_out) const override { return more_records(RecordKind::project, left_out); }

  Heights heights(const Pen& pen, float width) const override {
    return {static_cast<float>(summary(pen, width).size()) * pen.line(panel_small, 1.4) + pen.px(4), std::vector<float>(lines_.size(), pen.line(panel_body, project_row)), 0};
  }

  void draw_head(const Pen& pen, const Rect& box) const override {
    pen.paragraph(summary(pen, box.w), pen.style(panel_small, pen.theme().text_muted), box,
                  pen.line(panel_small, 1.4));
  }

  void draw_row(const Pen& pen, std::size_t row, const Rect& box) const override {
    const ProjectLine& line = lines_[row];
    const Theme& theme = pen.theme();
    const TextStyle body = pen.style(panel_body, theme.text);
    const float middle = box.y + box.h / 2, side = pen.px(16);
    if (line.symbol)
      pen.symbol(*line.symbol, {box.x + side / 2, middle}, side / 2);
    else
      pen.box({box.x, middle - side / 2, side, side}, line.colour, pen.px(2));
    const float x = box.x + side + pen.px(8);
    const float bar_left = box.x + box.w * 0.68F, money_right = bar_left - pen.px(14);
    const float name_most = box.w * 0.44F - side;
    pen.left(line.name, body, x, middle, name_most);
    pen.right(line.has_funds ? geo::format_number(line.funds, line.funds < 100 ? 1 : 0) : "—", body, money_right,
              middle, money_right - x - name_most - pen.px(6));
    draw_progress(pen, line, {bar_left, middle - pen.px(6), box.w * 0.32F - pen.px(58), pen.px(12)},
                  box.right(), middle);
  }

 private:
  ProjectLine line_of(std::uint32_t row) const {
    ProjectLine line;
    line.projects = 1;
    if (const auto funds = table_.number("funds", row)) line.funds = *funds, line.has_funds = true;
    line.paid = table_.number("paid", row, board_.year).value_or(0);
    if (const auto progress = table_.number("progress", row, board_.year)) {
      line.weight = std::max(line.funds, 1e-9);
      line.weighted = *progress * line.weight;
    }
    return line;
  }

  void set_sector(ProjectLine& line, std::size_t sector) const {
    line.colour = colours_[sector];
    if (!symbols_.empty()) line.symbol = symbols_[sector];
  }

  void list() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      ProjectLine line = line_of(rows_[i]);
      const std::size_t sector = sectors_.part[sectors_.begin[i]];
      line.sector = said(board_.scene, sectors_.parts[sector].label);
      line.name = std::string(table_.text("name", rows_[i]));
      line.name = line.name.empty() ? line.sector : line.name;
      set_sector(line, sector);
      lines_.push_back(std::move(line));
    }
    std::stable_sort(lines_.begin(), lines_.end(), [](const ProjectLine& a, const ProjectLine& b) { return a.funds > b.funds; });
  }

  void add_up() {
    std::vector<ProjectLine> by(sectors_.parts.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      ProjectLine& sum = by[sectors_.part[sectors_.begin[i]]];
      const ProjectLine line = line_of(rows_[i]);
      sum.funds += line.funds, sum.paid += line.paid, sum.has_funds |= line.has_funds;
      sum.weighted += line.weighted, sum.weight += line.weight, ++sum.projects;
    }
    for (std::size_t p = 0; p < by.size(); ++p) {
      if (by[p].projects == 0) continue;
      set_sector(by[p], p);
      by[p].name = fmt::format("{} · {}", said(board_.scene, sectors_.parts[p].label),
                               geo::format_number(static_cast<double>(by[p].projects), 0));
      lines_.push_back(std::move(by[p]));
    }
    std::stable_sort(lines_.begin(), lines_.end(), [](const ProjectLine& a, const ProjectLine& b) { return a.funds > b.funds; });
  }

  std::vector<std::string> summary(const Pen& pen, float width) const {
    const TextStyle small = pen.style(panel_small, {});
    if (!table_.loaded) return pen.lines({"无数据", "No data"}, small, width);
    double funds = 0, paid = 0;
    for (const ProjectLine& line : lines_) funds += line.funds, paid += line.paid;
    const std::string count = geo::format_number(static_cast<double>(rows_.size()), 0);
    const std::string all = geo::format_number(funds, 0), out = geo::format_number(paid, 0);
    const std::string share = funds > 0 ? geo::format_number(100 * paid / funds, 0) + " %" : "—";
    return pen.lines({fmt::format("共 {} 个 · 总投资 {} 万元 · 已拨付 {} 万元({})", count, all, out, share),
                      fmt::format("{} projects · {} ×10,000 yuan · paid {} ({})", count, all, out, share)},
                     small, width);
  }

  static void draw_progress(const Pen& pen, const ProjectLine& line, const Rect& bar, float right, float middle) {
    const Theme& theme = pen.theme();
    const auto progress = line.progress();
    const TextStyle small = pen.style(panel_small, theme.text);
    pen.box(bar, mix(theme.ground, theme.text_muted, 0.22), pen.px(2));
    if (progress) {
      const float share = static_cast<float>(std::clamp(*progress, 0.0, 100.0) / 100);
      if (share > 0)
        pen.box({bar.x, bar.y, std::max(bar.w * share, pen.px(2)), bar.h},
                *progress >= 99.5 ? theme.good : theme.accent, pen.px(2));
    }
    pen.right(progress ? geo::format_number(*progress, 0) + " %" : "—", small, right, middle, pen.px(54));
  }

  const Board& board_;
  const geo::RecordTable& table_;
  std::vector<std::uint32_t> rows_;
  RecordParts sectors_;
  std::vector<Colour> colours_;
  std::vector<std::optional<SymbolLook>> symbols_;
  std::vector<ProjectLine> lines_;
};

}  // namespace

PanelPtr make_projects_panel(const Board& board, const PanelSpec& /*spec*/) {
  return std::make_unique<ProjectsPanel>(board);
}

}  // namespace battlemap::render
