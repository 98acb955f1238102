#include "geo/record_loader.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "geo/join.hpp"
#include "geo/parallel.hpp"
#include "geo/problem_log.hpp"
#include "geo/record_reader.hpp"

namespace battlemap::geo {
namespace {

using RecordColumn = RecordTable::Column;

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Categories met in the data become entries of their set; the column's indices follow.
void adopt_unknown(RecordColumn& column, const std::vector<std::string>& unknown, std::vector<CategorySet>& sets,
                   const std::vector<CategorySet>& as_read) {
  if (unknown.empty()) return;
  const auto set = std::find_if(sets.begin(), sets.end(),
                                [&](const CategorySet& each) { return each.id == column.field->set; });
  const std::size_t known = as_read[static_cast<std::size_t>(set - sets.begin())].entries.size();
  std::vector<std::size_t> now;
  for (const std::string& text : unknown) {
    const auto found = set->find(text);
    now.push_back(found.value_or(set->entries.size()));
    if (!found) set->entries.push_back({text, {text, text}, {}, false});
  }
  for (std::uint16_t& entry : column.categories)
    if (entry != no_category && entry >= known) entry = static_cast<std::uint16_t>(now[entry - known]);
  for (std::uint64_t& flags : column.flags) {
    const std::uint64_t own = known >= 64 ? flags : flags & ((std::uint64_t{1} << known) - 1);
    std::uint64_t moved = own;
    for (std::size_t i = 0; i < now.size() && known + i < 64; ++i)
      if ((flags >> (known + i) & 1U) != 0 && now[i] < 64) moved |= std::uint64_t{1} << now[i];
    flags = moved;
  }
}

/// `column` of a table of `rows` rows, none of which has a value.
RecordColumn empty_column(const RecordColumn& like, std::size_t rows) {
  RecordColumn column;
  column.field = like.field, column.year = like.year;
  column.status.assign(rows, Status::no_data);
  if (!like.numbers.empty()) column.numbers.assign(rows, 0);
  if (!like.categories.empty()) column.categories.assign(rows, no_category);
  if (!like.flags.empty()) column.flags.assign(rows, 0);
  if (!like.texts.empty()) column.texts.assign(rows, 0);
  return column;
}

RecordColumn& column_like(RecordTable& table, const RecordColumn& like) {
  for (RecordColumn& column : table.columns)
    if (column.field == like.field && column.year == like.year) return column;
  return table.columns.emplace_back(empty_column(like, table.size()));
}

void append_column(RecordColumn& to, const RecordColumn& from, std::uint32_t first_string) {
  append(to.status, from.status), append(to.numbers, from.numbers);
  append(to.categories, from.categories), append(to.flags, from.flags);
  for (const std::uint32_t text : from.texts) to.texts.push_back(text == 0 ? 0 : text + first_string);
}

/// Adds the rows of another source of the same kind.
void append_table(RecordTable& to, RecordTable&& from) {
  if (!to.loaded) {
    to = std::move(from);
    return;
  }
  for (const RecordColumn& column : from.columns) column_like(to, column);
  for (const RecordColumn& column : to.columns) column_like(from, column);
  const auto first_string = static_cast<std::uint32_t>(to.strings.size() - 1);
  to.strings.insert(to.strings.end(), from.strings.begin() + 1, from.strings.end());
  for (const RecordColumn& column : from.columns) append_column(column_like(to, column), column, first_string);
  append(to.places, from.places), append(to.points, from.points), append(to.source_rows, from.source_rows);
  for (std::size_t i = 0; i < from.lines.size(); ++i) {
    const auto line = from.lines.line(i);
    to.lines.points.insert(to.lines.points.end(), line.begin(), line.end());
    to.lines.end_line();
  }
  to.source += ", " + from.source;
  if (to.provenance != from.provenance) to.provenance = Provenance::generated;
}

/// The same on every machine, in no order that a reader could see (FNV-1a, bits spread).
std::uint64_t scramble(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  hash ^= hash >> 31U;
  hash *= 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29U);
}

class RecordLoader {
 public:
  RecordLoader(const Dataset& dataset, const LoadOptions& options, const AudienceRules& rules,
               Problems& problems)
      : dataset_(dataset), rules_(rules), problems_(problems) {
    const auto& file = dataset.project.categories_file;
    given_sets_ = file.empty() ? default_categories() : read_categories(file);
    records_.sets = given_sets_;
    records_.reports.resize(dataset.project.records.size());
    found_.resize(dataset.project.records.size());
    for (int i = 0; i < record_kind_count; ++i)
      records_.tables[static_cast<std::size_t>(i)].kind = static_cast<RecordKind>(i);
    if (options.records_within.empty()) return;
    const DivisionRef within = resolve_place(dataset.tree, options.records_within);
    if (rules.suppress_below <= 0) scope_.within = within;
  }

  Records run() {
    // Whoever helps a place may be of any other: looked up by the pairings read before.
    const auto is_helper = [](RecordKind kind) {
      return kind == RecordKind::cadre || kind == RecordKind::unit;
    };
    if (scope_.within.valid()) {
      read([&](RecordKind kind) { return !is_helper(kind); });
      for (const RecordKind kind : {RecordKind::cadre, RecordKind::unit}) {
        scope_.ids = ids_referred_to(kind);
        read([&](RecordKind each) { return each == kind; });
      }
    } else {
      read([](RecordKind) { return true; });
    }
    for (const Problems& found : found_) problems_.insert(problems_.end(), found.begin(), found.end());
    link_records(records_);
    report_doubled_ids();
    report_unknown_references();
    return std::move(records_);
  }

 private:
  /// Reads the sources of the kinds that `wanted` names, side by side.
  template <class Wanted>
  void read(const Wanted& wanted) {
    const auto& sources = dataset_.project.records;
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < sources.size(); ++i)
      if (wanted(sources[i].kind)) chosen.push_back(i);
    std::vector<RawRecords> raw(chosen.size());
    parallel_jobs(static_cast<int>(chosen.size()), 0, [&](int job) {
      const auto i = static_cast<std::size_t>(job);
      raw[i] = read_records(dataset_, sources[chosen[i]], given_sets_, scope_);
    });
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      adopt(raw[i]);
      records_.reports[chosen[i]] = raw[i].report;
      found_[chosen[i]] = std::move(raw[i].problems);
      append_table(table(sources[chosen[i]].kind), std::move(raw[i].table));
    }
    for (RecordTable& each : records_.tables)
      if (each.loaded && wanted(each.kind)) arrange(each);
  }

  void adopt(RawRecords& raw) {
    for (std::size_t i = 0; i < raw.table.columns.size(); ++i)
      adopt_unknown(raw.table.columns[i], raw.unknown[i], records_.sets, given_sets_);
  }

  RecordTable& table(RecordKind kind) { return records_.tables[static_cast<std::size_t>(kind)]; }

  /// Places the records placed by others, leaves out those outside the scope, orders by place, then id.
  void arrange(RecordTable& each) {
    place_by_others(each);
    constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
    std::vector<std::uint64_t> keys(each.size());
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < each.size(); ++row) {
      const DivisionRef place = each.places[row];
      keys[row] = place.valid() ? dataset_.tree[place].code.key() : last;
      if (in_scope(each, row)) rows.push_back(row);
    }
    const RecordColumn* ids = each.column("id");
    if (ids != nullptr && rules_.renumbers(each.kind)) return take_scrambled(each, rows, keys, *ids);
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (keys[a] != keys[b] || ids == nullptr) return keys[a] < keys[b];
      return each.strings[ids->texts[a]] < each.strings[ids->texts[b]];
    });
    each = take_rows(each, rows);
  }

  static void take_scrambled(RecordTable& each, std::vector<std::uint32_t>& rows,
                             const std::vector<std::uint64_t>& keys, const RecordColumn& ids) {
    std::vector<std::uint64_t> scrambled(each.size());
    for (std::uint32_t row = 0; row < each.size(); ++row)
      scrambled[row] = scramble(each.strings[ids.texts[row]]);
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(keys[a], scrambled[a]) < std::pair(keys[b], scrambled[b]);
    });
    each = take_rows(each, rows);
  }

  bool in_scope(const RecordTable& each, std::uint32_t row) const {
    if (!scope_.within.valid()) return true;
    const DivisionRef place = each.places[row];
    if (place.valid() && dataset_.tree.ancestor(place, scope_.within.level) == scope_.within) return true;
    return std::binary_search(scope_.ids.begin(), scope_.ids.end(), each.text("id", row));
  }

  void place_by_others(RecordTable& each) {
    const RecordColumn* column = each.column(record_placed_by(each.kind));
    if (column == nullptr) return;
    const RecordTable& others = records_[*column->field->refers];
    for (std::uint32_t row = 0; row < each.size(); ++row) {
      if (each.places[row].valid()) continue;
      if (const auto other = others.find(each.strings[column->texts[row]]))
        each.places[row] = others.places[*other];
    }
  }

  /// Ids that loaded records give for records of `kind`, ascending.
  std::vector<std::string> ids_referred_to(RecordKind kind) const {
    std::set<std::string> ids;
    for (const RecordTable& each : records_.tables)
      for (const RecordColumn& column : each.columns) {
        if (column.field->refers != kind) continue;
        for (const std::uint32_t text : column.texts)
          if (text != 0) ids.insert(each.strings[text]);
      }
    return {ids.begin(), ids.end()};
  }

  std::string place_name(DivisionRef place) const {
    return place.valid() ? fmt::format("{} {}", dataset_.tree[place].code.text(), dataset_.tree[place].name)
                         : "no place";
  }

  std::string code_of(const RecordTable& each, std::uint32_t row) const {
    return each.places[row].valid() ? dataset_.tree[each.places[row]].code.text() : "";
  }

  void report_doubled_ids() {
    for (const RecordTable& each : records_.tables) {
      ProblemLog log(problems_, each.source, problems_per_kind);
      for (std::size_t i = 1; i < each.rows_by_id.size(); ++i) {
        const std::uint32_t row = each.rows_by_id[i], other = each.rows_by_id[i - 1];
        const std::string_view id = each.text("id", row);
        if (id != each.text("id", other) || each.source_rows[row] == each.source_rows[other]) continue;
        log.add("duplicate_id", each.source_rows[row], code_of(each, row),
                fmt::format("row {}: id '{}' stands in row {} too ({} and {}); both are kept and counted",
                            each.source_rows[row], id, each.source_rows[other], place_name(each.places[row]),
                            place_name(each.places[other])));
      }
      count_problems(each.kind, log.total());
    }
  }

  void report_unknown_references() {
    for (const RecordTable& each : records_.tables) {
      ProblemLog log(problems_, each.source, problems_per_kind);
      for (const RecordColumn& column : each.columns) {
        // A project without a table of units names them by id all the same.
        if (!column.field->refers || !records_[*column.field->refers].loaded) continue;
        for (std::uint32_t row = 0; row < each.size(); ++row)
          if (column.status[row] == Status::value && column.links[row] == npos)
            log.add(
                "unknown_reference", each.source_rows[row], code_of(each, row),
                fmt::format("row {}: {} '{}' does not exist in {}", each.source_rows[row], column.field->id,
                            each.strings[column.texts[row]], records_[*column.field->refers].source));
      }
      count_problems(each.kind, log.total());
    }
  }

  void count_problems(RecordKind kind, std::size_t count) {
    for (RecordReport& report : records_.reports)
      if (report.kind == kind && !report.source.empty()) {
        report.problems += count;
        return;
      }
  }

  const Dataset& dataset_;
  const AudienceRules& rules_;
  Problems& problems_;
  std::vector<CategorySet> given_sets_;
  RecordScope scope_;
  Records records_;
  std::vector<Problems> found_;  ///< by source
};

}  // namespace

Records load_records(const Dataset& dataset, const LoadOptions& options, const AudienceRules& rules,
                     Problems& problems) {
  return RecordLoader(dataset, options, rules, problems).run();
}

}  // namespace battlemap::geo
