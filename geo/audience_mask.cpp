// What audience.toml says, done to a loaded dataset.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "geo/coverage.hpp"
#include "geo/dataset.hpp"
#include "geo/merge_categories.hpp"
#include "geo/prepared_counts.hpp"
#include "geo/record_loader.hpp"

namespace battlemap::geo {
namespace {

using FieldRule = AudienceRules::FieldRule;
using RecordColumn = RecordTable::Column;

constexpr Point nowhere{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};

/// No value of the column is left, whatever it was: who has none would tell something too.
void hide_column(RecordColumn& column) {
  std::fill(column.status.begin(), column.status.end(), Status::masked);
  std::fill(column.numbers.begin(), column.numbers.end(), 0);
  std::fill(column.categories.begin(), column.categories.end(), no_category);
  std::fill(column.flags.begin(), column.flags.end(), 0);
  std::fill(column.texts.begin(), column.texts.end(), 0);
  column.links.clear(), column.referrers.clear(), column.referrers_begin.clear();
}

void coarsen_numbers(RecordColumn& column, double step) {
  for (double& number : column.numbers) number = std::floor(number / step) * step;
}

/// The anchor of the finest cell that a place is or lies in.
Point anchor_of(const Dataset& dataset, DivisionRef place) {
  while (place.valid()) {
    const Coverage& coverage = dataset.coverage(place.level);
    if (const auto cell = cell_of(dataset.tree, coverage, place)) return coverage.anchor(*cell).at;
    if (place.level == Level::province) break;
    place = dataset.tree.ancestor(place, static_cast<Level>(index_of(place.level) - 1));
  }
  return nowhere;
}

void coarsen_points(const Dataset& dataset, RecordTable& table, AudienceRules::PointTo to) {
  const RecordTable& groups = dataset.records[RecordKind::group];
  for (std::uint32_t row = 0; row < table.points.size(); ++row) {
    if (!table.has_point(row)) continue;
    const auto group = to == AudienceRules::PointTo::group ? linked_row(table, "group", row)
                                                           : std::optional<std::uint32_t>{};
    const bool at_group = group && groups.has_point(*group);
    table.points[row] = at_group ? groups.points[*group] : anchor_of(dataset, table.places[row]);
  }
}

void hide_points(RecordTable& table) {
  std::fill(table.points.begin(), table.points.end(), nowhere);
  if (!record_kind_has_lines(table.kind)) return;
  table.lines = {};
  for (std::size_t row = 0; row < table.size(); ++row) table.lines.end_line();
}

/// Strings that no column names any more are forgotten.
void keep_used_strings(RecordTable& table) {
  std::vector<std::string> used{std::string()};
  for (RecordColumn& column : table.columns)
    for (std::uint32_t& text : column.texts) {
      if (text == 0) continue;
      used.push_back(table.strings[text]);
      text = static_cast<std::uint32_t>(used.size() - 1);
    }
  table.strings = std::move(used);
}

/// Everything but the kind and where it came from.
void drop_rows(RecordTable& table) {
  RecordTable empty;
  empty.kind = table.kind, empty.loaded = table.loaded, empty.dropped = true;
  empty.source = table.source, empty.provenance = table.provenance;
  table = std::move(empty);
}

class DatasetMask {
 public:
  DatasetMask(Dataset& dataset, const AudienceRules& rules)
      : dataset_(dataset), records_(dataset.records), rules_(rules) {}

  void run() {
    for (const CategorySet& set : std::vector(records_.sets)) merge_unknown(set);
    for_each(MaskAction::coarsen, [&](const FieldRule& rule, RecordTable& table) {
      if (!rule.categories.empty()) merge_categories(records_, *find_field(table.kind, rule.field), rule);
    });
    for_each(MaskAction::coarsen, [&](const FieldRule& rule, RecordTable& table) { coarsen(rule, table); });
    for_each(MaskAction::hide, [&](const FieldRule& rule, RecordTable& table) { hide(rule, table); });
    prepare();
    for_each(MaskAction::renumber, [&](const FieldRule&, RecordTable& table) { renumber(table); });
    for (RecordTable& table : records_.tables) finish(table);
    link_records(records_);
    forget_details(dataset_.problems);
  }

 private:
  template <class Apply>
  void for_each(MaskAction action, const Apply& apply) {
    for (const FieldRule& rule : rules_.fields)
      if (rule.action == action) apply(rule, records_.tables[static_cast<std::size_t>(rule.kind)]);
  }

  /// Texts that no category means are somebody's words about somebody.
  void merge_unknown(const CategorySet& set) {
    FieldRule rule;
    for (const Category& entry : set.entries)
      if (!entry.known) rule.categories.push_back(entry.id);
    rule.into = {"unrecognised", {"未识别", "Unrecognised"}, {}, false};
    FieldSchema field;
    field.set = set.id;
    merge_categories(records_, field, rule);
  }

  /// Counts of what will not be there to be counted, or whose small numbers are hidden.
  void prepare() {
    for (const RecordTable& table : records_.tables) {
      const bool small = rules_.suppress_below > 0 && table.kind == RecordKind::household;
      if (!table.loaded || !(small || rules_.drops(table.kind))) continue;
      records_.prepared.push_back(std::make_shared<const PreparedCounts>(
          prepare_counts(dataset_, table.kind, rules_.suppress_below)));
    }
  }

  void coarsen(const FieldRule& rule, RecordTable& table) {
    if (rule.field == "point") coarsen_points(dataset_, table, rule.to);
    if (rule.step <= 0) return;
    for (RecordColumn& column : table.columns)
      if (column.field->id == rule.field) coarsen_numbers(column, rule.step);
  }

  void hide(const FieldRule& rule, RecordTable& table) {
    if (rule.field == "point") hide_points(table);
    for (RecordColumn& column : table.columns)
      if (column.field->id == rule.field) hide_column(column);
    if (rule.field == "id") each_reference_to(table.kind, hide_column);
  }

  template <class Apply>
  void each_reference_to(RecordKind kind, const Apply& apply) {
    for (RecordTable& table : records_.tables)
      for (RecordColumn& column : table.columns)
        if (column.field->refers == kind) apply(column);
  }

  /// "630105100201-户003": unique, the same whatever part of the project is loaded.
  std::vector<std::string> numbers_of(const RecordTable& table) const {
    std::vector<std::string> numbers;
    std::size_t number = 0;
    for (std::uint32_t row = 0; row < table.size(); ++row) {
      const DivisionRef place = table.places[row];
      number = row > 0 && table.places[row - 1] == place ? number + 1 : 1;
      numbers.push_back(fmt::format("{}{}{}{:03}", place.valid() ? dataset_.tree[place].code.text() : "",
                                    place.valid() ? "-" : "", record_noun(table.kind), number));
    }
    return numbers;
  }

  void renumber(RecordTable& table) {
    const auto id = std::find_if(table.columns.begin(), table.columns.end(),
                                 [](const RecordColumn& column) { return column.field->id == "id"; });
    if (id == table.columns.end()) return;
    const std::vector<std::string> numbers = numbers_of(table);
    each_reference_to(table.kind, [&](RecordColumn& column) { rename_references(column, numbers); });
    for (std::uint32_t row = 0; row < table.size(); ++row) {
      id->status[row] = Status::value;
      id->texts[row] = static_cast<std::uint32_t>(table.strings.size());
      table.strings.push_back(numbers[row]);
    }
  }

  /// What refers to nothing is a register's number all the same.
  void rename_references(RecordColumn& column, const std::vector<std::string>& numbers) {
    for (RecordTable& table : records_.tables)
      for (const RecordColumn& own : table.columns) {
        if (&own != &column) continue;
        for (std::uint32_t row = 0; row < table.size(); ++row) {
          const std::uint32_t to = column.links.empty() ? npos : column.links[row];
          if (column.status[row] == Status::value && to == npos) column.status[row] = Status::masked;
          column.texts[row] = to == npos ? 0 : static_cast<std::uint32_t>(table.strings.size());
          if (to != npos) table.strings.push_back(numbers[to]);
        }
      }
  }

  void finish(RecordTable& table) {
    const auto touched = std::any_of(rules_.fields.begin(), rules_.fields.end(),
                                     [&](const FieldRule& rule) { return rule.kind == table.kind; });
    if (rules_.drops(table.kind)) drop_rows(table);
    if (touched) std::fill(table.source_rows.begin(), table.source_rows.end(), 0);
    std::vector<std::uint32_t> all(table.size());
    for (std::uint32_t row = 0; row < all.size(); ++row) all[row] = row;
    keep_used_strings(table);
    table = take_rows(table, all);
  }

  /// Problems of records quote ids, incomes and causes: only how many there are of each kind is told.
  void forget_details(Problems& problems) const {
    std::map<std::pair<std::string, std::string>, std::size_t> counts;
    const auto of_records = [&](const Problem& problem) {
      return std::any_of(records_.tables.begin(), records_.tables.end(), [&](const RecordTable& table) {
        return table.loaded && table.source.find(problem.source) != std::string::npos &&
               !problem.source.empty();
      });
    };
    for (const Problem& problem : problems)
      if (of_records(problem)) ++counts[{problem.kind, problem.source}];
    std::erase_if(problems, of_records);
    for (const auto& [key, count] : counts)
      problems.push_back({key.first, key.second, 0, "",
                          fmt::format("{} of this kind; details are for the field audience", count)});
  }

  Dataset& dataset_;
  Records& records_;
  const AudienceRules& rules_;
};

/// Sums of indicators that the project has.
std::vector<IndicatorSum> known_sums(const Statistics& statistics, const AudienceRules& rules) {
  const auto known = [&](const std::string& id) {
    const auto indicators = statistics.indicators();
    return std::any_of(indicators.begin(), indicators.end(),
                       [&](const Indicator& each) { return each.id == id; });
  };
  std::vector<IndicatorSum> sums;
  for (const IndicatorSum& sum : rules.sums)
    if (known(sum.whole) && std::all_of(sum.parts.begin(), sum.parts.end(), known)) sums.push_back(sum);
  return sums;
}

}  // namespace

void mask_dataset(Dataset& dataset, const AudienceRules& rules) {
  dataset.audience = rules.audience;
  if (!rules.fields.empty() || rules.suppress_below > 0) DatasetMask(dataset, rules).run();
  if (rules.suppress_below > 0)
    dataset.statistics.suppress(dataset.tree, known_sums(dataset.statistics, rules), rules.suppress_below);
}

}  // namespace battlemap::geo
