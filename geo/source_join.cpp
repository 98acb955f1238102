#include "geo/source_join.hpp"

#include <fmt/format.h>

#include <cmath>

namespace battlemap::geo {
namespace {

constexpr std::int64_t no_row = -1;  ///< feature ids start at 0 in some formats

/// The project's years and those that changes look back to.
std::set<int> years_needed(const Project& project, std::span<const Indicator> indicators) {
  std::set<int> years(project.years.begin(), project.years.end());
  for (const Indicator& indicator : indicators)
    if (indicator.kind == IndicatorKind::change)
      for (const int year : project.years) years.insert(year - indicator.years_back);
  return years;
}

/// What the indicator says goes before what its table says: a published column may stand in a generated
/// table.
Provenance provenance_of(const StatisticsSource& source, const Indicator& indicator) {
  return indicator.provenance == Provenance::user ? source.provenance : indicator.provenance;
}

template <class Item>
void add_limited(std::vector<Item>& list, Item item) {
  if (list.size() < problems_per_kind) list.push_back(std::move(item));
}

}  // namespace

SourceJoin::SourceJoin(const Project& project, const DivisionTree& tree, const StatisticsSource& source,
                       std::span<const Indicator> indicators)
    : tree_(tree),
      source_(source),
      words_{project.no_data_words, project.not_applicable_words, project.zero_words},
      project_years_(project.years),
      years_(years_needed(project, indicators)),
      table_(source.dataset, statistics_options(source)),
      columns_(find_join_columns(table_, source, indicators)),
      codes_(tree, source.level),
      names_(tree, source.level) {
  table_.fill_down(source.fill_down);
  for (const JoinColumns::Feed& feed : columns_.feeds)
    if (feed.year != 0 && is_needed(feed.year)) years_of_columns_.insert(feed.year);
}

void SourceJoin::read(Problems& problems) {
  ProblemLog log(problems, table_.name(), problems_per_kind);
  log_ = &log;
  table_.read(columns_.fields,
              [this](std::int64_t row, std::span<const std::string_view> cells) { add(row, cells); });
  for (const auto& [year, count] : other_years_)
    log.add("other_year", 0, "",
            fmt::format("{} {} of {}, a year that the project does not name, were left out", count,
                        source_.shape == TableShape::year_columns ? "column(s)" : "row(s)", year));
  for (const auto& [name, count] : other_indicators_)
    log.add("other_indicator", 0, "",
            fmt::format("{} row(s) of '{}', which is no column of an indicator, were left out", count, name));
  for (const auto& [asked, column] : columns_.found)
    log.add("found_field", 0, "",
            fmt::format("no column is called {}; '{}' was taken for it", asked, column));
  look_for_fractions();
  problems.insert(problems.end(), table_.notes().begin(), table_.notes().end());
  log_ = nullptr;
}

void SourceJoin::mark_covered(std::map<int, std::vector<bool>>& covered) const {
  for (const auto& [year, slot] : slots_) {
    std::vector<bool>& marks = covered[year];
    marks.resize(slot.has_row.size());
    for (std::size_t i = 0; i < marks.size(); ++i) marks[i] = marks[i] || slot.has_row[i];
  }
}

std::string SourceJoin::nearest_row(int year, const Division& division) const {
  const auto slot = slots_.find(year);
  if (slot == slots_.end()) return {};
  for (const JoinReport::UnmatchedRow& miss : slot->second.report.rows_without_division) {
    const bool same_name = !miss.name.empty() && miss.name == division.name;
    if (same_name || miss.nearest.starts_with(division.code.text()))
      return fmt::format("row {}: {}{}{}", miss.row, miss.code,
                         miss.code.empty() || miss.name.empty() ? "" : " ", miss.name);
  }
  return {};
}

std::int64_t SourceJoin::row_of(int year, std::string_view indicator, std::size_t division) const {
  const auto slot = slots_.find(year);
  if (slot == slots_.end()) return 0;
  std::size_t track = 0;
  for (std::size_t i = 0; i < columns_.indicators.size() && tracks() > 1; ++i)
    if (columns_.indicators[i]->id == indicator) track = i;
  return std::max<std::int64_t>(0, slot->second.first_row[track][division]);
}

void SourceJoin::finish(std::vector<JoinReport>& reports, std::vector<Statistics::Column>& columns) {
  if (slots_.empty())  // nothing matched and nothing missed: what nobody would see
    for (const int year : project_years_) slot_of(year);
  for (auto& [year, slot] : slots_) {
    slot.report.unmatched_divisions = slot.has_row.size() - slot.report.matched;
    slot.report.encoding = table_.encoding();
    for (std::size_t i = 0; i < slot.has_row.size(); ++i)
      if (const Division& division = tree_.at(source_.level)[i];
          !slot.has_row[i] && slot.report.divisions_without_row.size() < problems_per_kind)
        slot.report.divisions_without_row.push_back(
            {division.code.text(), std::string(division.name), nearest_row(year, division)});
    reports.push_back(std::move(slot.report));
    for (std::size_t i = 0; i < columns_.indicators.size(); ++i)
      if (slot.used[i])
        columns.push_back({columns_.indicators[i]->id, source_.level, year, std::move(slot.cells[i])});
  }
}

SourceJoin::Slot& SourceJoin::slot_of(int year) {
  if (last_slot_ != nullptr && last_slot_->report.year == year) return *last_slot_;
  const auto [place, added] = slots_.try_emplace(year);
  Slot& slot = place->second;
  last_slot_ = &slot;
  if (!added) return slot;
  const std::size_t divisions = tree_.at(source_.level).size();
  slot.report.source = table_.name();
  slot.report.level = source_.level;
  slot.report.year = year;
  slot.has_row.assign(divisions, false);
  slot.first_row.assign(tracks(), std::vector<std::int64_t>(divisions, no_row));
  slot.conflict.assign(tracks(), std::vector<bool>(divisions, false));
  slot.cells.assign(columns_.indicators.size(), std::vector<Statistics::Cell>(divisions));
  slot.used.assign(columns_.indicators.size(), false);
  return slot;
}

bool SourceJoin::is_needed(int year) {
  if (years_.contains(year)) return true;
  if (other_years_.size() < problems_per_kind || other_years_.contains(year)) ++other_years_[year];
  return false;
}

std::vector<int> SourceJoin::years_of(std::int64_t row, std::span<const std::string_view> cells) {
  if (source_.shape == TableShape::year_columns) return {years_of_columns_.begin(), years_of_columns_.end()};
  const auto year = source_.year ? source_.year : parse_year(cells[*columns_.year]);
  if (year) return is_needed(*year) ? std::vector<int>{*year} : std::vector<int>{};
  log_->add(
      "bad_year", row, std::string(at(columns_.code, cells)),
      fmt::format(
          "row {}: column {} holds '{}', which is no year; the row was left out{}", row,
          table_.columns()[columns_.fields[*columns_.year]], cells[*columns_.year],
          trimmed(cells[*columns_.year]).empty() ? " (merged with the cell above? see fill_down)" : ""));
  return {};
}

void SourceJoin::add(std::int64_t row, std::span<const std::string_view> cells) {
  const std::vector<int> years = years_of(row, cells);
  if (years.empty()) return;
  std::optional<std::size_t> only;
  if (columns_.indicator && !(only = indicator_of(cells))) return;
  const CodeMatch match = match_row(row, cells, years);
  if (match.index == npos) return;
  for (const int year : years) {
    std::vector<Given> given;
    if (only) given.push_back({*only, cells[*columns_.value]});
    for (const JoinColumns::Feed& feed : columns_.feeds)
      if (feed.year == 0 || feed.year == year) given.push_back({feed.indicator, cells[feed.place]});
    put(slot_of(year), only.value_or(0), row, match.index, given);
  }
}

std::optional<std::size_t> SourceJoin::indicator_of(std::span<const std::string_view> cells) {
  const std::string_view name = at(columns_.indicator, cells);
  for (std::size_t i = 0; i < columns_.indicators.size(); ++i)
    if (columns_.indicators[i]->column == name) return i;
  const std::string key(name);
  if (other_indicators_.size() < problems_per_kind || other_indicators_.contains(key))
    ++other_indicators_[key];
  return std::nullopt;
}

CodeMatch SourceJoin::match_row(std::int64_t row, std::span<const std::string_view> cells,
                                const std::vector<int>& years) {
  const std::string_view code = at(columns_.code, cells), name = at(columns_.name, cells);
  CodeMatch match = columns_.code ? codes_.match(code) : CodeMatch{};
  if (match.index == npos && source_.by_name) {
    match = names_.match(name, at(columns_.parent, cells), code);
    if (match.index != npos) note_by_name(row, name, match.index, years);
  } else if (match.index != npos)
    look_at_name(row, name, match.index);
  if (match.index == npos) note_unmatched(row, code, name, match.why_not, years);
  if (match.repaired) note_repaired(row, code, match.index, years);
  return match;
}

void SourceJoin::note_unmatched(std::int64_t row, std::string_view code, std::string_view name,
                                const std::string& why_not, const std::vector<int>& years) {
  const auto other = code_of_cell(code);
  const bool known_elsewhere = other && other->level() != source_.level && tree_.find(*other);
  const bool name_for_code = name.empty() && !other;
  const std::string nearest = !known_elsewhere && ++misses_ <= problems_per_kind
                                  ? names_.nearest(code, name_for_code ? code : name)
                                  : std::string();
  for (const int year : years) {
    JoinReport& report = slot_of(year).report;
    ++report.unmatched_rows;
    add_limited(report.rows_without_division, {row, std::string(code), std::string(name), why_not, nearest});
  }
  const std::string who = columns_.code ? fmt::format("code '{}'", code) : fmt::format("name '{}'", name);
  log_->add("unmatched_row", row, std::string(code),
            fmt::format("row {}: {} was left out: {}{}{}", row, who, why_not,
                        nearest.empty() ? "" : "; nearest: ", nearest));
}

/// Cells that a spreadsheet formats as per cent hold shares: 13.2 % is 0.132.
void SourceJoin::look_for_fractions() {
  for (std::size_t i = 0; i < columns_.indicators.size(); ++i) {
    const Indicator& indicator = *columns_.indicators[i];
    if (indicator.unit.zh != "%" && indicator.unit.en != "%") continue;
    double largest = 0;
    std::size_t count = 0;
    for (const auto& [year, slot] : slots_)
      for (const Statistics::Cell& cell : slot.cells[i])
        if (cell.status == Status::value && cell.value != 0)
          largest = std::max(largest, std::abs(cell.value)), ++count;
    constexpr std::size_t enough = 3;
    if (count >= enough && largest <= 1)
      log_->add(
          "fractions", 0, "",
          fmt::format(
              "column {} is in %, but none of its {} numbers is larger than {}; a spreadsheet that shows "
              "13.2 % holds 0.132: multiply by 100",
              indicator.column, count, largest));
  }
}

void SourceJoin::look_at_name(std::int64_t row, std::string_view name, std::uint32_t index) {
  const std::uint32_t other = names_.sibling_called(name, index);
  if (other == npos) return;
  log_->add("name_mismatch", row, code_of(index),
            fmt::format("row {}: code {} is {}, but the row is called '{}', which is {}; joined by its code",
                        row, code_of(index), tree_.at(source_.level)[index].name, name, code_of(other)));
}

void SourceJoin::note_by_name(std::int64_t row, std::string_view name, std::uint32_t index,
                              const std::vector<int>& years) {
  const Division& division = tree_.at(source_.level)[index];
  for (const int year : years) {
    JoinReport& report = slot_of(year).report;
    ++report.by_name;
    report.rows_by_name.push_back({row, std::string(name), division.code.text(), std::string(division.name)});
  }
  log_->add_always("joined_by_name", row, division.code.text(),
                   fmt::format("row {}: '{}' was taken for {} {} by its name", row, name,
                               division.code.text(), division.name));
}

void SourceJoin::note_repaired(std::int64_t row, std::string_view cell, std::uint32_t index,
                               const std::vector<int>& years) {
  for (const int year : years) {
    JoinReport& report = slot_of(year).report;
    ++report.repaired;
    add_limited(report.repaired_rows, {row, std::string(cell), code_of(index)});
  }
  log_->add("repaired_code", row, code_of(index),
            fmt::format("row {}: code '{}' was read as {}; store codes as text", row, cell, code_of(index)));
}

void SourceJoin::put(Slot& slot, std::size_t track, std::int64_t row, std::uint32_t index,
                     const std::vector<Given>& given) {
  for (const Given& each : given) slot.used[each.indicator] = true;
  if (slot.first_row[track][index] != no_row) return put_again(slot, track, row, index, given);
  slot.first_row[track][index] = row;
  if (!slot.has_row[index]) slot.has_row[index] = true, ++slot.report.matched;
  for (const Given& each : given)
    slot.cells[each.indicator][index] =
        read_cell(row, each.text, *columns_.indicators[each.indicator], index);
}

void SourceJoin::put_again(Slot& slot, std::size_t track, std::int64_t row, std::uint32_t index,
                           const std::vector<Given>& given) {
  ++slot.report.duplicates;
  const std::int64_t first = slot.first_row[track][index];
  std::string difference;
  for (const Given& each : given) {
    const Indicator& indicator = *columns_.indicators[each.indicator];
    const Statistics::Cell cell = read_cell(row, each.text, indicator, index);
    const Statistics::Cell& known = slot.cells[each.indicator][index];
    if (cell.value != known.value || cell.status != known.status) difference = indicator.column;
  }
  const bool agree = difference.empty() && !slot.conflict[track][index];
  add_limited(slot.report.duplicate_rows, {code_of(index), first, row, agree});
  log_->add(
      agree ? "repeated_row" : "duplicate_row", row, code_of(index),
      agree ? fmt::format(
                  "row {}: code {} and year {} are in row {} already, and both say the same; counted once",
                  row, code_of(index), slot.report.year, first)
            : fmt::format("row {}: code {} and year {} are in row {} already, and the two differ{}; neither "
                          "counts: delete the wrong one",
                          row, code_of(index), slot.report.year, first,
                          difference.empty() ? "" : " in column " + difference));
  if (agree) return;
  slot.report.conflicting += slot.conflict[track][index] ? 0 : 1;
  slot.conflict[track][index] = true;
  for (const Given& each : given) {
    Statistics::Cell& cell = slot.cells[each.indicator][index];
    cell.value = 0, cell.status = Status::no_data;
  }
}

Statistics::Cell SourceJoin::read_cell(std::int64_t row, std::string_view text, const Indicator& indicator,
                                       std::uint32_t index) {
  auto cell = parse_statistic(text, words_, indicator.unit);
  const auto where = [&] {
    return fmt::format("row {}: column {} of {}", row, indicator.column, code_of(index));
  };
  if (!cell)
    log_->add(
        "bad_cell", row, code_of(index),
        fmt::format(
            "{} holds '{}', which is neither a number{} nor one of the words in [cells]; taken as no data",
            where(), trimmed(text), indicator.unit.empty() ? "" : " in " + indicator.unit.in(Language::zh)));
  else if (is_formula_error(text))
    log_->add("formula_error", row, code_of(index),
              fmt::format("{} holds '{}', a formula that failed; taken as no data", where(), trimmed(text)));
  else if (indicator.kind == IndicatorKind::count && cell->value < 0)
    log_->add("negative_count", row, code_of(index),
              fmt::format("{} counts {}, less than nothing; kept as it is", where(), cell->value));
  Statistics::Cell result = cell.value_or(Statistics::Cell{});
  result.provenance = provenance_of(source_, indicator);
  return result;
}

}  // namespace battlemap::geo
