#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geo/classify.hpp"
#include "render/record_parts.hpp"
#include "render/symbol_key.hpp"

namespace battlemap::render {
namespace {

using geo::FieldType;
using geo::RecordKind;
using Column = geo::RecordTable::Column;

constexpr std::size_t most_units = 8;
const geo::Text unknown_name{"未填报", "Not stated"};
const geo::Text masked_name{"不公开", "Withheld"};

/// Entries for what has no value come last, each only where it is met.
class Collector {
 public:
  Collector(const RecordRows& rows, std::vector<KeyEntry> entries) : rows_(rows) {
    found_.entries = std::move(entries);
    found_.of.reserve(rows.size());
  }
  void put(std::size_t entry) {
    ++found_.entries[entry].count;
    found_.of.push_back(static_cast<std::uint16_t>(entry));
  }
  void put_none(geo::Status status) {
    std::optional<std::size_t>& entry = status == geo::Status::masked ? masked_ : unknown_;
    if (!entry) {
      entry = found_.entries.size();
      const bool masked = status == geo::Status::masked;
      found_.entries.push_back({masked ? "masked" : "unknown", masked ? masked_name : unknown_name, {}});
    }
    put(*entry);
  }
  FieldEntries& found() { return found_; }
  const RecordRows& rows() const { return rows_; }

 private:
  const RecordRows& rows_;
  FieldEntries found_;
  std::optional<std::size_t> masked_, unknown_;
};

FieldEntries by_category(const RecordRows& rows, const geo::FieldSchema& field, const Column* column) {
  const geo::CategorySet& set = rows.board.records.set(field.set);
  std::vector<KeyEntry> entries;
  for (const geo::Category& category : set.entries) entries.push_back({category.id, category.name, {}});
  Collector collect(rows, std::move(entries));
  for (const std::uint32_t row : rows.rows()) {
    if (column != nullptr && column->status[row] == geo::Status::value &&
        column->categories[row] < set.entries.size())
      collect.put(column->categories[row]);
    else
      collect.put_none(column == nullptr ? geo::Status::no_data : column->status[row]);
  }
  return std::move(collect.found());
}

/// The first entry stands for the record; all of them are in `several`, and each is counted.
FieldEntries by_flags(const RecordRows& rows, const geo::FieldSchema& field, const Column* column) {
  const geo::CategorySet& set = rows.board.records.set(field.set);
  std::vector<KeyEntry> entries;
  for (const geo::Category& category : set.entries) entries.push_back({category.id, category.name, {}});
  Collector collect(rows, std::move(entries));
  FieldEntries& found = collect.found();
  for (const std::uint32_t row : rows.rows()) {
    const bool has =
        column != nullptr && column->status[row] == geo::Status::value && column->flags[row] != 0;
    found.several.push_back(has ? column->flags[row] : 0);
    if (!has) {
      collect.put_none(column == nullptr ? geo::Status::no_data : column->status[row]);
      continue;
    }
    bool first = true;
    for (std::size_t i = 0; i < set.entries.size() && i < 64; ++i) {
      if ((column->flags[row] >> i & 1U) == 0) continue;
      if (first)
        collect.put(i);
      else
        ++found.entries[i].count;
      first = false;
    }
  }
  return std::move(found);
}

/// Years of the project and of the data, then "not yet". What happens only after the year shown has not
/// happened yet; `colour_else` then says which year it is planned for.
FieldEntries by_year(const RecordRows& rows, const geo::FieldSchema& field, const Column* column) {
  const Column* plan = rows.spec.colour_else.empty() ? nullptr : rows.table.column(rows.spec.colour_else);
  const auto year_of = [&](std::uint32_t row) -> std::optional<int> {
    if (column == nullptr || column->status[row] != geo::Status::value) return std::nullopt;
    int year = static_cast<int>(column->numbers[row]);
    if (field.id == "exit_year" && year > rows.board.year) year = geo::not_yet;
    if (year == geo::not_yet && plan != nullptr && plan->status[row] == geo::Status::value)
      year = static_cast<int>(plan->numbers[row]);
    return year;
  };
  const auto& project = rows.board.scene.atlas.dataset.project.years;
  std::set<int> years(project.begin(), project.end());
  for (const std::uint32_t row : rows.rows())
    if (const auto year = year_of(row)) years.insert(*year);
  years.insert(geo::not_yet);
  std::vector<KeyEntry> entries;
  for (const int year : years) {
    const std::string number = std::to_string(year);
    entries.push_back(year == geo::not_yet ? KeyEntry{"not_yet", {"未定", "Not yet"}, {}}
                                           : KeyEntry{number, {number + " 年", number}, {}});
  }
  Collector collect(rows, std::move(entries));
  for (const std::uint32_t row : rows.rows()) {
    if (const auto year = year_of(row))
      collect.put(static_cast<std::size_t>(std::distance(years.begin(), years.find(*year))));
    else
      collect.put_none(column == nullptr ? geo::Status::no_data : column->status[row]);
  }
  return std::move(collect.found());
}

std::vector<double> number_breaks(const RecordRows& rows, const Column* column) {
  if (!rows.spec.breaks.empty()) return rows.spec.breaks;
  double low = 1e300, high = -1e300;
  for (const std::uint32_t row : rows.rows())
    if (column != nullptr && column->status[row] == geo::Status::value)
      low = std::min(low, column->numbers[row]), high = std::max(high, column->numbers[row]);
  std::vector<double> breaks;
  for (int k = 1; k < 5 && high > low; ++k) breaks.push_back(low + (high - low) * k / 5);
  return breaks;
}

FieldEntries by_number(const RecordRows& rows, const geo::FieldSchema& field, const Column* column) {
  const std::vector<double> breaks = number_breaks(rows, column);
  const auto shown = [](double value) {
    return geo::format_number(value, value == std::floor(value) ? 0 : 1);
  };
  std::vector<KeyEntry> entries;
  for (std::size_t k = 0; k <= breaks.size(); ++k) {
    std::string range = breaks.empty()       ? std::string(field.name.zh)
                        : k == 0             ? "≤ " + shown(breaks.front())
                        : k == breaks.size() ? "> " + shown(breaks.back())
                                             : fmt::format("{}–{}", shown(breaks[k - 1]), shown(breaks[k]));
    entries.push_back({std::to_string(k), {range + " " + field.unit.zh, range + " " + field.unit.en}, {}});
  }
  Collector collect(rows, std::move(entries));
  for (const std::uint32_t row : rows.rows()) {
    if (column == nullptr || column->status[row] != geo::Status::value)
      collect.put_none(column == nullptr ? geo::Status::no_data : column->status[row]);
    else
      collect.put(static_cast<std::size_t>(
          std::lower_bound(breaks.begin(), breaks.end(), column->numbers[row]) - breaks.begin()));
  }
  return std::move(collect.found());
}

FieldEntries by_answer(const RecordRows& rows, const Column* column) {
  Collector collect(rows, {{"no", {"否", "No"}, {}}, {"yes", {"是", "Yes"}, {}}});
  for (const std::uint32_t row : rows.rows()) {
    if (column == nullptr || column->status[row] != geo::Status::value)
      collect.put_none(column == nullptr ? geo::Status::no_data : column->status[row]);
    else
      collect.put(column->numbers[row] != 0 ? 1 : 0);
  }
  return std::move(collect.found());
}

FieldEntries by_state(const RecordRows& rows, RecordState first, RecordState second) {
  std::vector<KeyEntry> entries;
  for (const RecordState state : {first, second})
    entries.push_back({std::string(state_id(state)), state_name(state, rows.table.kind), {}});
  Collector collect(rows, std::move(entries));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.is(first, i))
      collect.put(0);
    else if (rows.is(second, i))
      collect.put(1);
    else
      collect.put_none(geo::Status::masked);
  }
  return std::move(collect.found());
}

/// What nobody judged cannot be told.
FieldEntries by_judgement(const RecordRows& rows) {
  std::vector<KeyEntry> entries;
  for (int j = 0; j < geo::judgement_count; ++j) {
    const auto judgement = static_cast<geo::Judgement>(j);
    entries.push_back({std::string(geo::judgement_id(judgement)), geo::judgement_name(judgement), {}});
  }
  Collector collect(rows, std::move(entries));
  for (const std::uint32_t row : rows.rows()) {
    const geo::ExitJudgement* judged = judgement_of(rows.board, row);
    collect.put(static_cast<std::size_t>(judged == nullptr ? geo::Judgement::unknown : judged->judged));
  }
  return std::move(collect.found());
}

/// Units that help most first; where there are more than a reader can tell apart, only paired or not.
FieldEntries by_helper(const RecordRows& rows) {
  const geo::RecordTable& units = rows.board.records[RecordKind::unit];
  std::map<std::uint32_t, std::size_t> counts;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (const std::uint32_t unit = rows.helper_unit(i); unit != geo::npos) ++counts[unit];
  if (counts.size() > most_units) return by_state(rows, RecordState::paired, RecordState::unpaired);
  std::vector<std::pair<std::size_t, std::uint32_t>> order;
  for (const auto& [unit, count] : counts) order.emplace_back(count, unit);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<KeyEntry> entries;
  std::map<std::uint32_t, std::size_t> entry_of;
  for (const auto& [count, unit] : order) {
    const std::string name(units.text("name", unit));
    entry_of[unit] = entries.size();
    entries.push_back({std::string(units.text("id", unit)), {name, name}, {}});
  }
  const std::size_t no_unit = entries.size();
  entries.push_back({"no_unit", {"未列单位的干部", "Cadres of no listed unit"}, {}});
  entries.push_back({"unpaired", state_name(RecordState::unpaired, RecordKind::household), {}});
  Collector collect(rows, std::move(entries));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t unit = rows.helper_unit(i);
    if (unit != geo::npos)
      collect.put(entry_of[unit]);
    else
      collect.put(rows.is(RecordState::unpaired, i) ? no_unit + 1 : no_unit);
  }
  return std::move(collect.found());
}

FieldEntries all_alike(const RecordRows& rows) {
  const geo::Text& title = rows.spec.title;
  Collector collect(rows, {{"all", title.empty() ? geo::record_kind_name(rows.table.kind) : title, {}}});
  for (std::size_t i = 0; i < rows.size(); ++i) collect.put(0);
  return std::move(collect.found());
}

}  // namespace

FieldEntries classify_records(const RecordRows& rows, const std::string& name) {
  if (name.empty()) return all_alike(rows);
  if (name == "state" && rows.table.kind == RecordKind::household)
    return by_state(rows, RecordState::exited, RecordState::poor);
  if (name == "state") return by_state(rows, RecordState::done, RecordState::undone);
  if (name == "pairing") return by_state(rows, RecordState::paired, RecordState::unpaired);
  if (name == "judgement" && rows.table.kind == RecordKind::household) return by_judgement(rows);
  if (name == "helper") return by_helper(rows);
  const geo::FieldSchema& field = geo::require_field(rows.table.kind, name);
  const Column* column = rows.table.column(field.id, rows.board.year);
  switch (field.type) {
    case FieldType::category:
      return by_category(rows, field, column);
    case FieldType::flags:
      return by_flags(rows, field, column);
    case FieldType::year:
      return by_year(rows, field, column);
    case FieldType::number:
      return by_number(rows, field, column);
    case FieldType::yes_no:
      return by_answer(rows, column);
    case FieldType::text:
      break;
  }
  return all_alike(rows);
}

}  // namespace battlemap::render
