#include "app/window/record_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace battlemap::app {
namespace {

using geo::FieldType;
using geo::RecordKind;
using geo::Status;
using geo::Text;

const Text masked_word{"已屏蔽", "Masked"}, no_data_word{"未填报", "Not stated"}, not_applicable_word{"不适用", "n/a"};

/// One dataset in one language: what every line of a card needs.
struct Reader {
  const geo::Dataset& dataset;
  geo::Language language;

  const geo::RecordTable& table(RecordKind kind) const { return dataset.records[kind]; }
  const std::string& say(const Text& text) const { return text.in(language); }
  const char* separator() const { return language == geo::Language::en ? ", " : "、"; }

  std::string number(const geo::FieldSchema& field, double value) const {
    if (field.type == FieldType::yes_no) return say(value != 0 ? Text{"是", "Yes"} : Text{"否", "No"});
    if (field.type == FieldType::year)
      return static_cast<int>(value) == geo::not_yet ? say({"尚未", "Not yet"}) : fmt::format("{:.0f}", value);
    const std::string text = geo::format_number(value, value == std::floor(value) ? 0 : 1);
    return field.unit.empty() ? text : fmt::format("{} {}", text, say(field.unit));
  }
  std::string entries(const geo::FieldSchema& field, std::uint64_t flags) const {
    const auto& all = dataset.records.set(field.set).entries;
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 64); ++i)
      if ((flags >> i & 1U) != 0) text += (text.empty() ? "" : separator()) + say(all[i].name);
    return text.empty() ? say({"无", "None"}) : text;
  }
  /// The name of the record that a field refers to, else its id.
  std::string reference(const geo::FieldSchema& field, const geo::RecordTable& from, std::uint32_t row) const {
    const auto to = geo::linked_row(from, field.id, row);
    const geo::RecordTable& other = table(*field.refers);
    const bool named = to && geo::find_field(*field.refers, "name") != nullptr;
    const std::string_view name = named ? other.text("name", *to) : std::string_view();
    return std::string(name.empty() ? from.text(field.id, row) : name);
  }
  std::string value(const geo::FieldSchema& field, const geo::RecordTable& from, std::uint32_t row) const {
    switch (field.type) {
      case FieldType::category:
        if (const auto entry = from.category(field.id, row))
          return say(dataset.records.set(field.set).entries[*entry].name);
        return {};
      case FieldType::flags:
        return entries(field, from.flags(field.id, row));
      case FieldType::number:
      case FieldType::year:
      case FieldType::yes_no:
        return number(field, from.number(field.id, row).value_or(0));
      case FieldType::text:
        break;
    }
    return field.refers ? reference(field, from, row) : std::string(from.text(field.id, row));
  }
  CardLine line(const geo::FieldSchema& field, const geo::RecordTable& from, std::uint32_t row) const {
    const Status status = from.status(field.id, row);
    CardLine made{say(field.name), {}, status == Status::masked, status == Status::no_data};
    if (status == Status::value)
      made.value = value(field, from, row);
    else
      made.value = say(status == Status::masked     ? masked_word
                       : status == Status::no_data ? no_data_word
                                                   : not_applicable_word);
    return made;
  }
};

/// Years of a yearly number that the source has, in order.
std::vector<int> years_of(const geo::RecordTable& table, std::string_view field) {
  std::set<int> years;
  for (const geo::RecordTable::Column& column : table.columns)
    if (column.field->id == field && column.year != 0) years.insert(column.year);
  return {years.begin(), years.end()};
}

void add_years(const Reader& reader, const geo::RecordTable& table, std::uint32_t row, RecordCard& card) {
  for (const geo::FieldSchema& field : geo::record_schema(table.kind)) {
    if (!field.yearly || field.type != FieldType::number) continue;
    for (const int year : years_of(table, field.id)) {
      CardYear entry{year, {}, table.number(field.id, row, year)};
      card.years_hidden |= table.status(field.id, row, year) == Status::masked;
      if (entry.value) entry.text = geo::format_number(*entry.value, 0);
      card.years.push_back(std::move(entry));
    }
    card.years_title = fmt::format("{} ({})", reader.say(field.name), reader.say(field.unit));
    return;
  }
}

void add_helpers(const Reader& reader, std::uint32_t row, RecordCard& card) {
  const geo::RecordTable& pairings = reader.table(RecordKind::pairing);
  const geo::RecordTable& cadres = reader.table(RecordKind::cadre);
  card.helpers_hidden = pairings.dropped || cadres.dropped;
  if (!pairings.loaded || card.helpers_hidden) return;
  card.helpers.emplace();
  const std::uint32_t rows[] = {row};
  const auto paired = geo::paired_cadres(reader.dataset.records, rows);
  for (const std::uint32_t cadre : paired.front()) {
    CardHelper helper{std::string(cadres.text("id", cadre)), {}};
    for (const char* field : {"role", "unit"}) {
      if (cadres.status(field, cadre) != Status::value) continue;
      const std::string part = reader.value(geo::require_field(RecordKind::cadre, field), cadres, cadre);
      if (!part.empty()) helper.text += (helper.text.empty() ? "" : " · ") + part;
    }
    card.helpers->push_back(std::move(helper));
  }
}

std::string criterion_text(const Reader& reader, const geo::Criterion& criterion, const geo::CriterionResult& result) {
  if (result.status == Status::masked) return reader.say(masked_word);
  if (!result.has_value()) return reader.say(no_data_word);
  if (criterion.unit.empty() && criterion.comparison == geo::Comparison::equal)
    return reader.say(result.value != 0 ? Text{"是", "Yes"} : Text{"否", "No"});
  std::string text = geo::format_number(result.value, criterion.decimals);
  if (!std::isnan(result.threshold))
    text += fmt::format(" {} {}", geo::comparison_sign(criterion.comparison),
                        geo::format_number(result.threshold, criterion.decimals));
  return criterion.unit.empty() ? text : fmt::format("{} {}", text, reader.say(criterion.unit));
}

void add_criteria(const Reader& reader, std::uint32_t row, int year, RecordCard& card) {
  const geo::ExitResults* exits = reader.dataset.exits_of(year);
  if (exits == nullptr) return;
  const geo::ExitTable& judged = (*exits)[geo::ExitSubject::household];
  const auto at = judged.find(row);
  if (!at) return;
  card.judged_year = year;
  card.judged = judged.judgements[*at].judged;
  const auto results = judged.results_of(*at);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const geo::Criterion& criterion = judged.criteria()[i];
    card.criteria.push_back({reader.say(criterion.name), criterion_text(reader, criterion, results[i]), results[i].result});
  }
}

/// Fields that tell a record at a glance.
std::vector<std::string_view> telling_fields(RecordKind kind) {
  switch (kind) {
    case RecordKind::household:
      return {"category", "people", "cause", "exit_year"};
    case RecordKind::facility:
      return {"type", "name", "built"};
    case RecordKind::project:
      return {"name", "sector", "funds", "progress"};
    case RecordKind::group:
      return {"name", "households", "people"};
    case RecordKind::cadre:
      return {"role", "unit"};
    case RecordKind::unit:
    case RecordKind::road:
      return {"name", "type"};
    case RecordKind::pairing:
      break;
  }
  return {"id"};
}

std::string where(const Reader& reader, geo::DivisionRef place) {
  return place.valid() ? reader.dataset.tree.path(place) : std::string();
}

}  // namespace

RecordCard record_card(const geo::Dataset& dataset, RecordRef record, int year, geo::Language language) {
  const Reader reader{dataset, language};
  const geo::RecordTable& table = dataset.records[record.kind];
  RecordCard card;
  const std::string& kind = reader.say(geo::record_kind_name(record.kind));
  const std::string_view id = table.text("id", record.row);
  card.title = id.empty() ? kind : fmt::format("{} {}", kind, id);
  card.subtitle = where(reader, table.places[record.row]);
  for (const geo::FieldSchema& field : geo::record_schema(record.kind)) {
    const bool shown = !field.yearly && table.column(field.id) != nullptr && (field.id != "id" || id.empty());
    if (shown) card.lines.push_back(reader.line(field, table, record.row));
  }
  add_years(reader, table, record.row, card);
  if (record.kind == RecordKind::household) {
    add_helpers(reader, record.row, card);
    add_criteria(reader, record.row, year, card);
  }
  return card;
}

std::string record_sentence(const geo::Dataset& dataset, RecordRef record, geo::Language language) {
  const Reader reader{dataset, language};
  const geo::RecordTable& table = dataset.records[record.kind];
  std::string text = reader.say(geo::record_kind_name(record.kind));
  for (const std::string_view id : telling_fields(record.kind)) {
    if (table.column(id) == nullptr || table.status(id, record.row) == Status::no_data) continue;
    const geo::FieldSchema& field = geo::require_field(record.kind, id);
    const CardLine line = reader.line(field, table, record.row);
    const bool bare = field.type == FieldType::category || field.type == FieldType::text;
    text += bare && !line.hidden ? fmt::format(" · {}", line.value) : fmt::format(" · {} {}", line.label, line.value);
  }
  return text;
}

}  // namespace battlemap::app
