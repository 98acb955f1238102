#include <cmath>

#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

struct Pen {
  ImDrawList* list;
  ImVec2 centre;
  float unit;  ///< half the icon's size
  ImU32 colour;
  ImVec2 at(float x, float y) const { return {centre.x + x * unit, centre.y + y * unit}; }
  void line(ImVec2 a, ImVec2 b) const { list->AddLine(at(a.x, a.y), at(b.x, b.y), colour, unit / 4); }
  void chevron(float x, float y) const {  // points towards (x, y)
    const ImVec2 a{-x * 0.35F + y * 0.7F, -y * 0.35F + x * 0.7F};
    const ImVec2 b{-x * 0.35F - y * 0.7F, -y * 0.35F - x * 0.7F};
    line(a, {x * 0.4F, y * 0.4F});
    line(b, {x * 0.4F, y * 0.4F});
  }
};

void draw_help(const Pen& pen) {
  pen.list->PathArcTo(pen.at(0, -0.35F), pen.unit * 0.45F, -3.0F, 0.9F);
  pen.list->PathLineTo(pen.at(0, 0.3F));
  pen.list->PathStroke(pen.colour, 0, pen.unit / 4);
  pen.list->AddCircleFilled(pen.at(0, 0.8F), pen.unit * 0.15F, pen.colour);
}

void draw_panel(const Pen& pen) {
  pen.line({-0.9F, -0.6F}, {0.9F, -0.6F});
  pen.line({-0.9F, 0}, {0.9F, 0});
  pen.line({-0.9F, 0.6F}, {0.9F, 0.6F});
}

void draw_home(const Pen& pen) {
  pen.line({-0.9F, 0}, {0, -0.85F});
  pen.line({0, -0.85F}, {0.9F, 0});
  pen.list->AddRect(pen.at(-0.6F, 0), pen.at(0.6F, 0.85F), pen.colour, 0, 0, pen.unit / 4);
}

}  // namespace

void draw_icon(ImDrawList* list, ImVec2 centre, float size, Icon icon, ImU32 colour) {
  const Pen pen{list, centre, size / 2, colour};
  switch (icon) {
    case Icon::search:
      list->AddCircle(pen.at(-0.2F, -0.2F), pen.unit * 0.6F, colour, 0, pen.unit / 4);
      return pen.line({0.25F, 0.25F}, {0.9F, 0.9F});
    case Icon::left:
      return pen.chevron(-1, 0);
    case Icon::right:
      return pen.chevron(1, 0);
    case Icon::up:
      return pen.chevron(0, -1);
    case Icon::down:
      return pen.chevron(0, 1);
    case Icon::check:
      pen.line({-0.7F, 0.05F}, {-0.2F, 0.55F});
      return pen.line({-0.2F, 0.55F}, {0.75F, -0.55F});
    case Icon::close:
      pen.line({-0.6F, -0.6F}, {0.6F, 0.6F});
      return pen.line({-0.6F, 0.6F}, {0.6F, -0.6F});
    case Icon::help:
      return draw_help(pen);
    case Icon::panel:
      return draw_panel(pen);
    case Icon::plus:
      pen.line({0, -0.7F}, {0, 0.7F});
      [[fallthrough]];
    case Icon::minus:
      return pen.line({-0.7F, 0}, {0.7F, 0});
    case Icon::home:
      return draw_home(pen);
  }
}

}  // namespace battlemap::app
