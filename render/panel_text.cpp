#include "render/panel.hpp"

namespace battlemap::render {
namespace {

class TextPanel : public Panel {
 public:
  explicit TextPanel(const PanelSpec& spec) : spec_(spec) {}

  Heights heights(const Pen& pen, float width) const override {
    return {0, std::vector<float>(lines(pen, width).size(), pen.line(panel_body, 1.45)), 0};
  }
  void arrange(const Pen& pen, float width) override { lines_ = lines(pen, width); }
  void draw_row(const Pen& pen, std::size_t row, const Rect& box) const override {
    pen.left(lines_[row], pen.style(panel_body, pen.theme().text), box.x, box.y + box.h / 2, box.w);
  }
  geo::Text more(std::size_t /*left_out*/) const override { return {"…", "…"}; }

 private:
  std::vector<std::string> lines(const Pen& pen, float width) const {
    std::vector<std::string> lines;
    const auto add = [&](const std::string& text) {
      for (std::string& line : pen.wrap(text, pen.style(panel_body, {}), width))
        lines.push_back(std::move(line));
    };
    if (!pen.scene().both()) {
      add(pen.say(spec_.text));
      return lines;
    }
    add(spec_.text.zh);
    if (spec_.text.en != spec_.text.zh) add(spec_.text.en);
    return lines;
  }
  const PanelSpec& spec_;
  std::vector<std::string> lines_;
};

}  // namespace

PanelPtr make_text_panel(const Board& /*board*/, const PanelSpec& spec) {
  return std::make_unique<TextPanel>(spec);
}

}  // namespace battlemap::render
