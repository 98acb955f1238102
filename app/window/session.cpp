#include "app/window/session.hpp"

#include <fmt/format.h>

#include "app/window/request_key.hpp"

namespace battlemap::app {

std::string place_name(const Session& session, geo::DivisionRef place) {
  const geo::Project& project = session.dataset().project;
  const bool root = place.valid() && project.root == session.tree()[place].code;
  if (!place.valid() || (root && session.view.language() == geo::Language::en))
    return project.title.in(session.view.language());
  return session.tree()[place].name;
}

std::string value_text(const Session& session, geo::DivisionRef place, int year) {
  const geo::Statistics& statistics = session.dataset().statistics;
  if (!session.view.map().fill) return {};
  const geo::Indicator& indicator = statistics.indicator(session.view.map().fill->indicator);
  const geo::Value value = statistics.value(indicator.id, place, year);
  const geo::Language language = session.view.language();
  const std::string text = geo::format_value(value, indicator, language);
  const bool with_unit = value.has_value() && indicator.categories.empty() && !indicator.unit.empty();
  return with_unit ? fmt::format("{} {}", text, indicator.unit.in(language)) : text;
}

std::string suggested_file(const Session& session) {
  const ViewState& view = session.view;
  const std::string place = view.place().valid() ? session.tree()[view.place()].code.text() : "all";
  return fmt::format("{}-{}-{}.png", view.map_id(), place, view.year());
}

const std::string& hover_sentence(Session& session) {
  const render::SheetRequest request = session.view.request();
  const bool known = session.sentence && same_style(session.sentence->request, request) &&
                     session.sentence->request.language == request.language;
  if (!known) {
    const auto place = session.view.hovered();
    session.sentence = {request, place ? render::describe(*session.atlas, request, *place) : std::string()};
  }
  return session.sentence->text;
}

void set_search(Session& session, std::string text) {
  SearchBox& search = session.search;
  search.text = std::move(text);
  search.highlighted = 0;
  search.found.clear();
  if (!search.text.empty()) search.found = geo::find_places(session.tree(), search.text, 9);
}

}  // namespace battlemap::app
