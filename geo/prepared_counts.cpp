#include "geo/prepared_counts.hpp"

#include <algorithm>

#include "geo/count_breakdown.hpp"
#include "geo/suppression.hpp"

namespace battlemap::geo {
namespace {

class Preparation {
 public:
  Preparation(const Dataset& dataset, RecordKind kind, double below)
      : dataset_(dataset), table_(dataset.records[kind]), below_(below) {
    counts_.kind = kind, counts_.provenance = table_.provenance;
    std::size_t places = 0;
    for (const Level level : all_levels) {
      counts_.first_place[static_cast<std::size_t>(level)] = places;
      places += dataset.tree.at(level).size();
    }
    for (std::uint32_t row = 0; row < table_.size(); ++row) rows_.push_back(row);
    for (const FieldSchema& field : record_schema(kind))
      if (can_be_counted_by(field) && !field.refers) add_field(field);
    for (auto& values : counts_.values) values.assign(places * counts_.stride, 0);
  }

  PreparedCounts run() {
    for (const std::uint32_t row : rows_) count(row);
    std::vector<SumRule> rules = sum_rules();
    std::vector<bool>& records = counts_.hidden[0];
    records = small(counts_.values[0]);
    protect_sums(counts_.values[0], rules, below_, records);
    std::vector<bool>& people = counts_.hidden[1];
    people = small(counts_.values[1]);
    for (std::size_t i = 0; i < people.size(); ++i) people[i] = people[i] || records[i];
    protect_sums(counts_.values[1], rules, below_, people);
    for (std::size_t of = 0; of < 2; ++of)
      for (std::size_t i = 0; i < counts_.values[of].size(); ++i)
        if (counts_.hidden[of][i]) counts_.values[of][i] = 0;
    return std::move(counts_);
  }

 private:
  void add_field(const FieldSchema& field) {
    Breakdown breakdown(dataset_.records, table_, field.id, rows_);
    if (breakdown.is_masked()) return;
    breakdowns_.push_back(std::move(breakdown));
    counts_.fields.push_back({std::string(field.id), breakdowns_.back().headings(), counts_.stride});
    counts_.stride += breakdowns_.back().headings().size();
  }

  std::uint32_t at(DivisionRef place, std::size_t n) const {
    const std::size_t index = counts_.first_place[static_cast<std::size_t>(place.level)] + place.index;
    return static_cast<std::uint32_t>(index * counts_.stride + n);
  }

  /// Adds a record to its place and all above it.
  void count(std::uint32_t row) {
    const double people = table_.number("people", row).value_or(0);
    const auto add = [&](DivisionRef place, std::size_t n) {
      counts_.values[0][at(place, n)] += 1;
      counts_.values[1][at(place, n)] += people;
    };
    DivisionRef place = table_.places[row];
    if (!place.valid()) return;
    for (int level = index_of(place.level); level >= 0; --level) {
      place = dataset_.tree.ancestor(place, static_cast<Level>(level));
      add(place, 0);
      for (std::size_t f = 0; f < breakdowns_.size(); ++f)
        for (const std::uint32_t heading : breakdowns_[f].of(row))
          add(place, counts_.fields[f].first + heading);
    }
  }

  std::vector<bool> small(const std::vector<double>& values) const {
    std::vector<bool> hidden(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) hidden[i] = values[i] > 0 && values[i] < below_;
    return hidden;
  }

  /// Children add up to their parent, and the headings of a field to the place's total.
  std::vector<SumRule> sum_rules() const {
    std::vector<SumRule> rules;
    for (const Level level : all_levels)
      for (std::uint32_t i = 0; i < dataset_.tree.at(level).size(); ++i) {
        const DivisionRef place{level, i};
        if (counts_.values[0][at(place, 0)] == 0) continue;
        add_field_rules(place, rules);
        add_child_rules(place, rules);
      }
    return rules;
  }

  void add_field_rules(DivisionRef place, std::vector<SumRule>& rules) const {
    for (std::size_t f = 0; f < breakdowns_.size(); ++f) {
      if (!breakdowns_[f].is_partition()) continue;
      SumRule rule{at(place, 0)};
      for (std::size_t h = 0; h < counts_.fields[f].headings.size(); ++h)
        rule.parts.push_back(at(place, counts_.fields[f].first + h));
      rules.push_back(std::move(rule));
    }
  }

  void add_child_rules(DivisionRef place, std::vector<SumRule>& rules) const {
    const Division& division = dataset_.tree[place];
    if (division.child_count == 0) return;
    const Level finer = level_below(place.level);
    for (std::size_t n = 0; n < counts_.stride; ++n) {
      if (counts_.values[0][at(place, n)] == 0) continue;
      SumRule rule{at(place, n)};
      for (std::uint32_t k = 0; k < division.child_count; ++k)
        rule.parts.push_back(at({finer, division.first_child + k}, n));
      rules.push_back(std::move(rule));
    }
  }

  const Dataset& dataset_;
  const RecordTable& table_;
  double below_;
  std::vector<std::uint32_t> rows_;
  std::vector<Breakdown> breakdowns_;
  PreparedCounts counts_;
};

}  // namespace

Value PreparedCounts::value(CountOf of, DivisionRef place, std::size_t n) const {
  const std::size_t at = (first_place[static_cast<std::size_t>(place.level)] + place.index) * stride + n;
  const auto which = static_cast<std::size_t>(of);
  Value result;
  result.provenance = provenance;
  result.status = hidden[which][at] ? Status::masked : Status::value;
  result.value = values[which][at];
  result.reported = result.expected = 1;
  return result;
}

const PreparedCounts::Field* PreparedCounts::find(std::string_view field) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.id == field; });
  return found == fields.end() ? nullptr : &*found;
}

PreparedCounts prepare_counts(const Dataset& dataset, RecordKind kind, double below) {
  return Preparation(dataset, kind, below).run();
}

}  // namespace battlemap::geo
