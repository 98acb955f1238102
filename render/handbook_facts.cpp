#include "render/handbook_facts.hpp"

#include <cmath>

namespace battlemap::render {
namespace {

using geo::RecordKind;

std::string number_text(double number, const geo::FieldSchema& field, geo::Language language) {
  if (field.type == geo::FieldType::yes_no)
    return geo::Text{number != 0 ? "是" : "否", number != 0 ? "Yes" : "No"}.in(language);
  if (field.type != geo::FieldType::year)
    return geo::format_number(number, std::abs(number - std::round(number)) < 1e-9 ? 0 : 1);
  if (number == geo::not_yet) return geo::Text{"尚未", "Not yet"}.in(language);
  return fmt::format("{:.0f}", number);
}

std::string flag_names(std::uint64_t flags, const geo::CategorySet& set, geo::Language language) {
  std::string names;
  for (std::size_t i = 0; i < set.entries.size(); ++i)
    if ((flags >> i & 1U) != 0)
      names += (names.empty()                   ? ""
                : language == geo::Language::en ? ", "
                                                : "、") +
               set.entries[i].name.in(language);
  return names;
}

}  // namespace

std::string HouseholdFacts::of(RecordKind kind, std::string_view id, std::uint32_t row, int year) const {
  const geo::Records& records = request_.dataset.records;
  const geo::RecordTable& table = records[kind];
  const geo::FieldSchema& field = geo::require_field(kind, id);
  const geo::Status status = table.status(id, row, year);
  if (status != geo::Status::value) return geo::status_name(status).in(language());
  if (field.type == geo::FieldType::text) return std::string(table.text(id, row));
  if (field.type == geo::FieldType::flags)
    return flag_names(table.flags(id, row), records.set(field.set), language());
  if (field.type == geo::FieldType::category) {
    const auto category = table.category(id, row);
    return category ? records.set(field.set).entries[*category].name.in(language())
                    : geo::status_name(geo::Status::no_data).in(language());
  }
  return number_text(table.number(id, row, year).value_or(0), field, language());
}

std::string HouseholdFacts::field(std::string_view id, int year) const {
  return of(RecordKind::household, id, row_, year);
}

bool HouseholdFacts::has(std::string_view id, int year) const {
  return table().status(id, row_, year) == geo::Status::value;
}

std::string HouseholdFacts::address() const {
  const geo::DivisionRef place = table().places[row_];
  std::string address = place.valid() ? request_.dataset.tree.path(place) : std::string();
  const auto group = geo::linked_row(table(), "group", row_);
  if (group) address += (address.empty() ? "" : " · ") + of(RecordKind::group, "name", *group);
  return address;
}

bool HouseholdFacts::is_out() const {
  const auto exit = table().number("exit_year", row_);
  return exit && *exit <= year();
}

std::string HouseholdFacts::exit_text() const {
  if (is_out() || !has("exit_year")) return field("exit_year");
  return geo::Text{"尚未", "Not yet"}.in(language());
}

std::optional<std::uint64_t> HouseholdFacts::measures() const {
  if (!has("measures")) return std::nullopt;
  return table().flags("measures", row_);
}

std::vector<HouseholdFacts::Helper> HouseholdFacts::helpers() const {
  const geo::Records& records = request_.dataset.records;
  const geo::RecordTable& pairings = records[RecordKind::pairing];
  std::vector<Helper> helpers;
  for (const std::uint32_t pairing : geo::referring_rows(pairings, "household", row_)) {
    const auto since = pairings.number("since", pairing);
    if (since && *since > year()) continue;
    Helper helper;
    helper.since = of(RecordKind::pairing, "since", pairing);
    auto unit = geo::linked_row(pairings, "unit", pairing);
    if (const auto cadre = geo::linked_row(pairings, "cadre", pairing)) {
      helper.id = of(RecordKind::cadre, "id", *cadre);
      helper.role = of(RecordKind::cadre, "role", *cadre);
      if (!unit) unit = geo::linked_row(records[RecordKind::cadre], "unit", *cadre);
    }
    if (unit) helper.unit = of(RecordKind::unit, "name", *unit);
    helpers.push_back(std::move(helper));
  }
  return helpers;
}

const geo::ExitTable* HouseholdFacts::judgements() const {
  const geo::ExitResults* exits = request_.dataset.exits_of(year());
  return exits == nullptr ? nullptr : &(*exits)[geo::ExitSubject::household];
}

std::optional<std::size_t> HouseholdFacts::judgement() const {
  return judgements() == nullptr ? std::nullopt : judgements()->find(row_);
}

std::optional<double> HouseholdFacts::income_line(int year) const {
  if (judgements() == nullptr) return std::nullopt;
  for (const geo::Criterion& criterion : judgements()->criteria())
    if (criterion.field == "income") return criterion.threshold_in(year);
  return std::nullopt;
}

}  // namespace battlemap::render
