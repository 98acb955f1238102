#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "geo/indicator.hpp"
#include "geo/nearest.hpp"
#include "geo/parallel.hpp"
#include "geo/statistic_cells.hpp"

namespace battlemap::geo {
namespace {

using Values = std::vector<Value>;
using Column = Statistics::Column;

constexpr std::size_t computed_at_once = 16384;

/// Calls work(i) for each of `count` places, on all cores.
template <class Work>
void each_place(std::size_t count, const Work& work) {
  parallel_ranges(count, computed_at_once, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) work(i);
  });
}

Provenance combined(Provenance a, Provenance b) {
  constexpr auto rank = [](Provenance p) {
    return p == Provenance::published ? 0 : p == Provenance::user ? 1 : 2;
  };
  return rank(a) >= rank(b) ? a : b;
}

Value of_cell(const Statistics::Cell& cell) {
  Value value;
  value.status = cell.status;
  value.provenance = cell.provenance;
  value.value = cell.status == Status::value ? cell.value : 0;
  value.reported = cell.status == Status::value ? 1 : 0;
  value.expected = cell.status == Status::not_applicable ? 0 : 1;
  return value;
}

Value missing() {
  Value value;
  value.expected = 1;
  return value;
}

Value not_applicable() {
  Value value;
  value.status = Status::not_applicable;
  return value;
}

bool complete(const Value& value) {
  return value.has_value() && value.reported == value.expected;
}

/// Two tables of one level, say one per prefecture: where the first says nothing the second speaks.
void fill_gaps(std::vector<Statistics::Cell>& cells, std::span<const Statistics::Cell> others) {
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (cells[i].status == Status::no_data) cells[i] = others[i];
}

/// Adds the number of places and the provenance of a child that contributes.
void count_places(Value& sum, const Value& child) {
  if (child.reported > 0)
    sum.provenance = sum.reported > 0 ? combined(sum.provenance, child.provenance) : child.provenance;
  sum.reported += child.reported;
  sum.expected += child.expected;
}

/// Sum or maximum of the children's values.
Value aggregate(std::span<const Value> children, IndicatorKind kind) {
  Value result = not_applicable();
  for (const Value& child : children) {
    if (child.has_value()) {
      const bool first = !result.has_value();
      if (kind == IndicatorKind::count) result.value += child.value;
      if (kind == IndicatorKind::latest)
        result.value = first ? child.value : std::max(result.value, child.value);
      result.status = Status::value;
    } else if (child.status == Status::no_data && !result.has_value()) {
      result.status = Status::no_data;
    }
    count_places(result, child);
  }
  return result;
}

/// Judges a ratio by its sums: see Statistics.
void finish_ratio(Value& ratio, double factor) {
  ratio.status = ratio.expected == 0 ? Status::not_applicable : Status::no_data;
  if (ratio.reported == 0 || ratio.denominator == 0) return;
  ratio.status = Status::value;
  ratio.value = factor * ratio.numerator / ratio.denominator;
}

/// The ratio of one place from its own two parts, both known: it is one place, even if a part is a sum.
Value ratio_of(const Value& numerator, const Value& denominator, double factor) {
  Value ratio;
  ratio.numerator = numerator.value, ratio.denominator = denominator.value;
  if (ratio.numerator == 0 && ratio.denominator == 0) return not_applicable();
  ratio.provenance = combined(numerator.provenance, denominator.provenance);
  ratio.reported = ratio.expected = 1;
  finish_ratio(ratio, factor);
  return ratio;
}

Value sum_ratios(std::span<const Value> children, double factor) {
  Value ratio;
  for (const Value& child : children) {
    ratio.numerator += child.numerator, ratio.denominator += child.denominator;
    count_places(ratio, child);
  }
  finish_ratio(ratio, factor);
  return ratio;
}

Value change_of(const Value& now, const Value& before) {
  Value change;
  change.reported = std::min(now.reported, before.reported);
  change.expected = std::max(now.expected, before.expected);
  if (now.status == Status::not_applicable) return not_applicable();
  if (!now.has_value() || !before.has_value()) return change;
  change.status = Status::value;
  change.value = now.value - before.value;
  change.provenance = combined(now.provenance, before.provenance);
  return change;
}

}  // namespace

struct Statistics::Impl {
  struct Key {
    std::uint32_t indicator;
    Level level;
    int year;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  DivisionTree tree;  ///< shares its memory with the one given
  std::vector<Indicator> indicators;
  std::unordered_map<std::string, std::uint32_t> index;
  std::vector<int> years;
  std::map<Key, Column> columns;
  double suppress_below = 0;
  std::map<Key, std::vector<bool>> hidden;  ///< of counts of people; by place
  mutable std::map<Key, Values> shown;      ///< where something is suppressed: what may be seen of `cache`
  mutable std::map<Key, Values> cache;      ///< nodes stay where they are: spans into them stay valid
  mutable std::shared_mutex mutex;

  std::uint32_t find(std::string_view id) const {
    const auto found = index.find(std::string(id));
    if (found != index.end()) return found->second;
    std::vector<std::string> known;
    for (const Indicator& i : indicators) known.push_back(i.id);
    fail_unknown("indicator", id, known);
  }

  std::span<const DivisionRecord> at(Level level) const { return tree.at(level).records(); }

  /// The finest level with a table of this indicator and year; nullopt without any.
  std::optional<Level> finest_table(std::uint32_t indicator, int year) const {
    for (int l = level_count - 1; l >= 0; --l)
      if (columns.contains({indicator, static_cast<Level>(l), year})) return static_cast<Level>(l);
    return std::nullopt;
  }

  std::span<const Value> values(const Key& key) const {
    {
      const std::shared_lock lock(mutex);
      const auto& known = suppress_below > 0 ? shown : cache;
      if (const auto found = known.find(key); found != known.end()) return found->second;
    }
    const std::unique_lock lock(mutex);
    return suppress_below > 0 ? masked(key) : computed(key);
  }

  /// With the lock held: what the audience may see.
  const Values& masked(const Key& key) const {
    if (const auto found = shown.find(key); found != shown.end()) return found->second;
    Values values = computed(key);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i].status != Status::not_applicable && must_hide(key, values[i], i))
        values[i] = Value{.status = Status::masked, .provenance = values[i].provenance};
    return shown.emplace(key, std::move(values)).first->second;
  }

  bool is_hidden(const Key& key, std::size_t i) const {
    const auto found = hidden.find(key);
    return found != hidden.end() && found->second[i];
  }

  bool small(const Indicator& of, double number) const {
    return of.personal && number != 0 && std::abs(number) < suppress_below;
  }

  bool must_hide(const Key& key, const Value& value, std::size_t i) const {
    const Indicator& indicator = indicators[key.indicator];
    if (indicator.kind == IndicatorKind::ratio) {
      const std::uint32_t top = find(indicator.numerator), bottom = find(indicator.denominator);
      return is_hidden({top, key.level, key.year}, i) || is_hidden({bottom, key.level, key.year}, i) ||
             small(indicators[top], value.numerator) || small(indicators[bottom], value.denominator);
    }
    if (indicator.kind == IndicatorKind::change) {
      const Key now{find(indicator.of), key.level, key.year};
      const Key before{now.indicator, key.level, key.year - indicator.years_back};
      return masked(now)[i].status == Status::masked || masked(before)[i].status == Status::masked ||
             small(indicators[now.indicator], value.value);
    }
    return is_hidden(key, i);
  }

  /// With the lock held.
  const Values& computed(const Key& key) const {
    if (const auto found = cache.find(key); found != cache.end()) return found->second;
    Values values = compute(key);
    return cache.emplace(key, std::move(values)).first->second;
  }

  Values compute(const Key& key) const {
    const Indicator& indicator = indicators[key.indicator];
    const std::vector<int>& its_years = indicator.years;
    if (!its_years.empty() && std::find(its_years.begin(), its_years.end(), key.year) == its_years.end())
      return Values(at(key.level).size(), not_applicable());
    if (indicator.kind == IndicatorKind::ratio) return ratios(key, indicator);
    if (indicator.kind == IndicatorKind::change) return changes(key, indicator);
    return sums(key, indicator.kind);
  }

  const Column* column(const Key& key) const {
    const auto found = columns.find(key);
    return found == columns.end() ? nullptr : &found->second;
  }

  std::span<const Value> children_of(const DivisionRecord& division, const Values& finer) const {
    return {finer.data() + division.first_child, division.child_count};
  }

  Values sums(const Key& key, IndicatorKind kind) const {
    const auto finest = finest_table(key.indicator, key.year);
    const auto divisions = at(key.level);
    Values result(divisions.size(), missing());
    if (!finest || key.level > *finest) return result;
    const Column* own = column(key);
    const Values* finer =
        key.level < *finest ? &computed({key.indicator, level_below(key.level), key.year}) : nullptr;
    each_place(divisions.size(), [&](std::size_t i) {
      if (own != nullptr) result[i] = of_cell(own->values[i]);
      const bool open = own == nullptr || result[i].status == Status::no_data;
      if (open && finer != nullptr && divisions[i].child_count > 0)
        result[i] = aggregate(children_of(divisions[i], *finer), kind);
    });
    return result;
  }

  /// Values of an indicator; those that are a table's own are read from it one by one, which saves making them all.
  struct Part {
    const Values* all = nullptr;
    const Column* own = nullptr;
    Value operator[](std::size_t i) const { return all != nullptr ? (*all)[i] : of_cell(own->values[i]); }
  };
  Part part(const Key& key) const {
    const Indicator& indicator = indicators[key.indicator];
    const bool read = indicator.kind == IndicatorKind::count || indicator.kind == IndicatorKind::latest;
    if (read && indicator.years.empty() && !cache.contains(key) && finest_table(key.indicator, key.year) == key.level)
      return {nullptr, column(key)};
    return {&computed(key), nullptr};
  }

  Status own_status(const Column* own, std::size_t i) const {
    return own == nullptr ? Status::no_data : own->values[i].status;
  }

  Values ratios(const Key& key, const Indicator& ratio) const {
    const Key top{find(ratio.numerator), key.level, key.year},
        bottom{find(ratio.denominator), key.level, key.year};
    const auto finest_top = finest_table(top.indicator, key.year),
               finest_bottom = finest_table(bottom.indicator, key.year);
    const auto divisions = at(key.level);
    Values result(divisions.size(), missing());
    if (!finest_top || !finest_bottom) return result;
    const Level finest = std::min(*finest_top, *finest_bottom);  // where both parts are known
    if (key.level > finest) return result;
    const Part numerators = part(top), denominators = part(bottom);
    const Column *own_top = column(top), *own_bottom = column(bottom);
    const Values* finer =
        key.level < finest ? &computed({key.indicator, level_below(key.level), key.year}) : nullptr;
    each_place(divisions.size(), [&](std::size_t i) {
      const Value n = numerators[i], d = denominators[i];
      const Status n_own = own_status(own_top, i), d_own = own_status(own_bottom, i);
      const bool has_own = n_own == Status::value || d_own == Status::value;
      const bool sum = finer != nullptr && divisions[i].child_count > 0;
      if (n_own == Status::not_applicable || d_own == Status::not_applicable)
        result[i] = not_applicable();
      else if (complete(n) && complete(d) && (has_own || !sum))
        result[i] = ratio_of(n, d, ratio.factor);
      else if (sum)
        result[i] = sum_ratios(children_of(divisions[i], *finer), ratio.factor);
      else if (n.status == Status::not_applicable || d.status == Status::not_applicable)
        result[i] = not_applicable();
    });
    return result;
  }

  Values changes(const Key& key, const Indicator& change) const {
    const std::uint32_t of = find(change.of);
    const Part now = part({of, key.level, key.year}), before = part({of, key.level, key.year - change.years_back});
    Values result(at(key.level).size());
    each_place(result.size(), [&](std::size_t i) { result[i] = change_of(now[i], before[i]); });
    return result;
  }
};

Statistics::Statistics() : impl_(std::make_unique<Impl>()) {}
Statistics::~Statistics() = default;
Statistics::Statistics(Statistics&&) noexcept = default;
Statistics& Statistics::operator=(Statistics&&) noexcept = default;

Statistics::Statistics(const DivisionTree& tree, std::vector<Indicator> indicators, std::vector<int> years,
                       std::vector<Column> columns)
    : impl_(std::make_unique<Impl>()) {
  impl_->tree = tree;
  impl_->indicators = std::move(indicators);
  impl_->years = std::move(years);
  for (std::uint32_t i = 0; i < impl_->indicators.size(); ++i)
    impl_->index.emplace(impl_->indicators[i].id, i);
  add(tree, std::move(columns));
}

void Statistics::add(const DivisionTree& tree, std::vector<Column> columns) {
  for (Column& column : columns) {
    if (column.values.size() != tree.at(column.level).size())
      fail("a column of {} has {} values for {} divisions", column.indicator, column.values.size(),
           tree.at(column.level).size());
    const Impl::Key key{impl_->find(column.indicator), column.level, column.year};
    const auto [place, added] = impl_->columns.try_emplace(key);
    if (added)
      place->second = std::move(column);
    else
      fill_gaps(place->second.values.own(), column.values);
  }
  const std::unique_lock lock(impl_->mutex);
  impl_->cache.clear();
}

void Statistics::suppress(const DivisionTree& tree, std::span<const IndicatorSum> sums, double below) {
  Impl& impl = *impl_;
  StatisticCells cells(tree);
  for (const auto& [key, column] : impl.columns)
    if (impl.indicators[key.indicator].personal) cells.add(key.indicator, key.year);
  std::vector<double> numbers(cells.size(), StatisticCells::absent);
  std::vector<bool> hidden(cells.size());
  cells.each([&](std::uint32_t indicator, int year, Level level) {
    const Values& values = impl.computed({indicator, level, year});
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::uint32_t at = cells.at(indicator, year, level, i);
      if (!values[i].has_value()) continue;
      numbers[at] = values[i].value;
      hidden[at] = numbers[at] != 0 && std::abs(numbers[at]) < below;
    }
  });
  std::vector<SumRule> rules = cells.tree_rules(numbers);
  for (const IndicatorSum& sum : sums) {
    std::vector<std::uint32_t> parts;
    for (const std::string& part : sum.parts) parts.push_back(impl.find(part));
    cells.add_sum_rules(numbers, impl.find(sum.whole), parts, sum.years_back, rules);
  }
  protect_sums(numbers, rules, below, hidden);
  cells.each([&](std::uint32_t indicator, int year, Level level) {
    std::vector<bool>& marks = impl.hidden[{indicator, level, year}];
    for (std::size_t i = 0; i < tree.at(level).size(); ++i)
      marks.push_back(hidden[cells.at(indicator, year, level, i)]);
  });
  impl.suppress_below = below;
}

std::vector<const Statistics::Column*> Statistics::columns() const {
  std::vector<const Column*> all;
  for (const auto& [key, column] : impl_->columns) all.push_back(&column);
  return all;
}

std::span<const Indicator> Statistics::indicators() const {
  return impl_->indicators;
}
const Indicator& Statistics::indicator(std::string_view id) const {
  return impl_->indicators[impl_->find(id)];
}
std::span<const int> Statistics::years() const {
  return impl_->years;
}

std::span<const Value> Statistics::values(std::string_view indicator, Level level, int year) const {
  return impl_->values({impl_->find(indicator), level, year});
}

std::optional<Level> Statistics::table_level(std::string_view id, int year) const {
  const Indicator& of = indicator(id);
  if (of.kind == IndicatorKind::change) return table_level(of.of, year);
  if (of.kind != IndicatorKind::ratio) return impl_->finest_table(impl_->find(id), year);
  const auto top = table_level(of.numerator, year), bottom = table_level(of.denominator, year);
  return top && bottom ? std::optional(std::min(*top, *bottom)) : std::nullopt;
}

Value Statistics::value(std::string_view indicator, DivisionRef ref, int year) const {
  const auto all = values(indicator, ref.level, year);
  return ref.index < all.size() ? all[ref.index] : Value{};
}

}  // namespace battlemap::geo
