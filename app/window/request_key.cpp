#include "app/window/request_key.hpp"

namespace battlemap::app {
namespace {

bool same_subject(const render::SheetRequest& a, const render::SheetRequest& b) {
  return a.map == b.map && a.place == b.place && a.level == b.level && a.year == b.year &&
         a.theme == b.theme && a.filter == b.filter && a.classes == b.classes;
}

}  // namespace

bool same_view(const render::SheetRequest& a, const render::SheetRequest& b) {
  return a.level == b.level && a.width == b.width && a.height == b.height && a.view_centre == b.view_centre &&
         a.view_metres_per_pixel == b.view_metres_per_pixel;
}

bool same_style(const render::SheetRequest& a, const render::SheetRequest& b) {
  return same_subject(a, b) && a.hovered == b.hovered && a.selected == b.selected;
}

bool only_pointed_at(const render::SheetRequest& a, const render::SheetRequest& b) {
  return same_subject(a, b);
}

bool same_labels(const render::SheetRequest& a, const render::SheetRequest& b) {
  return same_view(a, b) && same_subject(a, b) && a.language == b.language && a.selected == b.selected;
}

}  // namespace battlemap::app
