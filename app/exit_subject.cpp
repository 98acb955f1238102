#include "app/exit_subject.hpp"

namespace battlemap::app {
namespace {

geo::DivisionRef place_of(const geo::Dataset& dataset, geo::ExitSubject subject, std::uint32_t index) {
  if (subject == geo::ExitSubject::village) return {geo::Level::village, index};
  if (subject == geo::ExitSubject::county) return {geo::Level::county, index};
  return dataset.records[geo::RecordKind::household].places[index];
}

}  // namespace

ExitWho who_is_judged(const geo::Dataset& dataset, geo::ExitSubject subject, std::uint32_t index) {
  ExitWho who;
  if (const geo::DivisionRef place = place_of(dataset, subject, index); place.valid()) {
    who.name = dataset.tree[place].name;
    who.place = dataset.tree[place].code.text();
  }
  who.code = who.place;
  if (subject == geo::ExitSubject::household)
    who.code = dataset.records[geo::RecordKind::household].text("id", index);
  return who;
}

}  // namespace battlemap::app
