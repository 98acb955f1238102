#include "app/window/session.hpp"

#include <fmt/format.h>

#include "app/window/request_key.hpp"
#include "app/window/strings.hpp"

namespace battlemap::app {

std::string place_name(const Session& session, geo::DivisionRef place) {
  const geo::Project& project = session.dataset().project;
  const bool root = place.valid() && project.root == session.tree()[place].code;
  if (!place.valid() || (root && session.view.language() == geo::Language::en))
    return project.title.in(session.view.language());
  return std::string(session.tree()[place].name);
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

FilterView& filter_view(Session& session) {
  const ViewState& view = session.view;
  auto& kept = session.filtering;
  const bool known = kept && kept->place == view.place() && kept->filter == view.filter() &&
                     kept->language == view.language();
  if (known) return *kept;
  FilterView made{view.place(), view.filter(), view.language(), {}, kept ? kept->cadre : std::string(), {}};
  made.box = filter_box(session.dataset(), view.place(), view.filter(), view.language());
  if (!made.cadre.empty()) made.cadres = find_cadres(session.dataset(), view.place(), made.cadre, 6);
  kept = std::move(made);
  return *kept;
}

const RecordCard& open_card(Session& session) {
  CardBox& box = *session.card;
  const geo::Language language = session.view.language();
  const int year = session.view.year();
  if (box.card && box.language == language && box.year == year) return *box.card;
  box.card = record_card(session.dataset(), {box.kind, *box.row}, year, language);
  box.language = language, box.year = year;
  return *box.card;
}

/// Of a village, the list it was chosen from; else its township's.
static geo::DivisionRef listed_place(const Session& session, geo::DivisionRef before) {
  const geo::DivisionRef place = session.view.place();
  if (!place.valid() || place.level != geo::Level::village) return place;
  const bool within = before.valid() && session.tree().ancestor(place, before.level) == before;
  return within ? before : session.tree().ancestor(place, geo::Level::township);
}

const VillageView& village_view(Session& session) {
  auto& kept = session.villages;
  const geo::DivisionRef place = listed_place(session, kept ? kept->place : geo::DivisionRef{});
  if (kept && kept->place == place && kept->order == session.village_order) return *kept;
  VillageView made{place, session.village_order, {}};
  made.villages = kept && kept->place == place ? std::move(kept->villages) : geo::missing_items(session.dataset(), place);
  sort_villages(made.villages, made.order);
  kept = std::move(made);
  return *kept;
}

void open_board(Session& session, std::size_t number) {
  if (number < session.view.boards().size()) {
    session.card.reset();
    return session.view.show_board(number, session.now);
  }
  session.say(text_of(Str::no_such_board, session.view.language()), true);
}

void close_board(Session& session) {
  session.card.reset();
  session.view.leave_board(session.now);
}

void open_print(Session& session) {
  session.help_open = false;
  session.printing.open = !session.printing.open;
}

void toggle_filter(Session& session, FilterBy by, const std::string& id) {
  geo::RecordFilter filter = session.view.filter();
  toggle(filter, by, id);
  session.view.set_filter(std::move(filter));
}

void clear_filter(Session& session) {
  session.view.set_filter({});
}

DataBox& data_box(Session& session) {
  if (!session.data) session.data = DataBox{std::make_unique<const CheckReport>(session.dataset()), {}, {}, {}};
  DataBox& box = *session.data;
  if (box.view.verdict.empty() || box.language != session.view.language()) {
    box.language = session.view.language();
    box.view = data_view(*box.report, box.language);
  }
  return box;
}

void replace_atlas(Session& session, std::shared_ptr<const render::Atlas> atlas) {
  session.view.set_atlas(*atlas);
  session.atlas = std::move(atlas);
  geo::RecordFilter filter = session.view.filter();
  if (session.has_records()) drop_unknown(filter, session.dataset().records);
  session.view.set_filter(std::move(filter));
  session.card.reset(), session.filtering.reset(), session.villages.reset(), session.sentence.reset(), session.data.reset();
  session.sheet.reset();
  session.hover_record.clear();
}

void set_search(Session& session, std::string text) {
  SearchBox& search = session.search;
  search.text = std::move(text);
  search.highlighted = 0;
  search.found.clear();
  if (!search.text.empty()) search.found = geo::find_places(session.tree(), search.text, 9);
}

}  // namespace battlemap::app
