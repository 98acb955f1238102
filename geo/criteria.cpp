#include "geo/criteria.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/cell.hpp"
#include "geo/error.hpp"
#include "geo/toml_reader.hpp"

namespace battlemap::geo {
namespace {

constexpr int most_decimals = 9;
constexpr std::size_t most_criteria = 50;  // ExitJudgement::deciding is small; nobody reads more

template <class Value, std::size_t n, class Enum>
const Value& entry(const std::array<Value, n>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

/// thresholds = { 2015 = 2855, 2016 = 2952 }
std::map<int, double> read_thresholds(const TomlTable& by_year) {
  constexpr int first_year = 1900, last_year = 2200;
  std::map<int, double> thresholds;
  for (const std::string& key : by_year.keys()) {
    const auto year = parse_year(key);
    if (!year || *year < first_year || *year > last_year)
      by_year.fail(
          key, fmt::format("thresholds by year, {} to {}, e.g. {{ 2016 = 2952 }}", first_year, last_year));
    thresholds.emplace(*year, by_year.number(key));
  }
  return thresholds;
}

/// Exactly one of the three forms of a threshold.
void read_threshold(const TomlTable& table, Criterion& criterion) {
  const auto by_year = table.find_table("thresholds");
  const bool fixed = table.has("threshold"), of = table.has("threshold_of");
  if (fixed + of + by_year.has_value() != 1)
    table.fail("comparison",
               "one threshold beside it: threshold = 3, thresholds = { 2016 = 2952, ... } or "
               "threshold_of = \"province\"");
  if (fixed) criterion.threshold = table.number("threshold");
  if (by_year) criterion.thresholds = read_thresholds(*by_year);
  if (by_year && criterion.thresholds.empty())
    table.fail("thresholds", "one year at least, e.g. { 2016 = 2952 }");
  if (of)
    criterion.threshold_of = table.word<Level>(
        "threshold_of",
        {{"province", Level::province}, {"prefecture", Level::prefecture}, {"county", Level::county}});
}

/// The keys that may say where a subject's values are from.
std::vector<std::string_view> source_keys(ExitSubject subject) {
  switch (subject) {
    case ExitSubject::household:
      return {"field"};
    case ExitSubject::village:
      return {"indicator", "facility"};
    case ExitSubject::county:
      break;
  }
  return {"indicator"};
}

void read_source(const TomlTable& table, ExitSubject subject, Criterion& criterion) {
  std::string expected;
  int given = 0;
  for (const std::string_view key : source_keys(subject)) {
    expected += fmt::format("{}{} = \"...\"", expected.empty() ? "" : " or ", key);
    std::string& to = key == "field"      ? criterion.field
                      : key == "facility" ? criterion.facility
                                          : criterion.indicator;
    to = table.string(key, "");
    given += to.empty() ? 0 : 1;
  }
  if (given != 1)
    table.fail("id", fmt::format("a criterion of a {} that says where its value is from: {}",
                                 exit_subject_id(subject), expected));
}

bool below_subject(Level level, ExitSubject subject) {
  return subject == ExitSubject::county && level >= Level::county;
}

Criterion read_criterion(const TomlTable& table, ExitSubject subject) {
  Criterion criterion;
  criterion.line = table.line();
  criterion.id = table.string("id");
  if (criterion.id.empty()) table.fail("id", "a short name without spaces, e.g. \"income\"");
  criterion.name = table.text("name");
  read_source(table, subject, criterion);
  criterion.comparison = table.word<Comparison>("comparison", {{"<", Comparison::less},
                                                               {"<=", Comparison::at_most},
                                                               {">", Comparison::more},
                                                               {">=", Comparison::at_least},
                                                               {"=", Comparison::equal}});
  read_threshold(table, criterion);
  if (criterion.threshold_of &&
      (criterion.indicator.empty() || below_subject(*criterion.threshold_of, subject)))
    table.fail("threshold_of", fmt::format("a level above the {}, for a criterion with an indicator",
                                           exit_subject_id(subject)));
  criterion.unit = table.text("unit", Text{});
  criterion.decimals = table.integer("decimals", 0);
  if (criterion.decimals < 0 || criterion.decimals > most_decimals) table.fail("decimals", "0 to 9");
  criterion.note = table.text("note", Text{});
  table.finish();
  return criterion;
}

}  // namespace

std::string_view exit_subject_id(ExitSubject subject) {
  return entry(std::array<std::string_view, exit_subject_count>{"household", "village", "county"}, subject);
}

const Text& exit_subject_name(ExitSubject subject) {
  static const std::array<Text, exit_subject_count> names{
      {{"贫困户", "Poor households"}, {"贫困村", "Poor villages"}, {"贫困县", "Poverty counties"}}};
  return entry(names, subject);
}

std::string_view comparison_sign(Comparison comparison) {
  return entry(std::array<std::string_view, 5>{"<", "≤", ">", "≥", "="}, comparison);
}

bool holds(Comparison comparison, double value, double threshold) {
  switch (comparison) {
    case Comparison::less:
      return value < threshold;
    case Comparison::at_most:
      return value <= threshold;
    case Comparison::more:
      return value > threshold;
    case Comparison::at_least:
      return value >= threshold;
    case Comparison::equal:
      break;
  }
  return value == threshold;
}

std::string_view judgement_id(Judgement judgement) {
  return entry(std::array<std::string_view, judgement_count>{"pass", "fail", "unknown", "not_applicable"},
               judgement);
}

const Text& judgement_name(Judgement judgement) {
  static const std::array<Text, judgement_count> names{
      {{"达标", "Pass"}, {"不达标", "Fail"}, {"无法判断", "Cannot tell"}, {"不适用", "Not applicable"}}};
  return entry(names, judgement);
}

std::optional<double> Criterion::threshold_in(int year) const {
  if (threshold_of) return std::nullopt;
  if (thresholds.empty()) return threshold;
  const auto after = thresholds.upper_bound(year);
  if (after == thresholds.begin()) return std::nullopt;
  return std::prev(after)->second;
}

CriteriaTable read_criteria(const std::filesystem::path& toml, ExitSubject subject) {
  const TomlTable file = read_toml(toml);
  CriteriaTable table;
  table.subject = subject;
  table.file = toml;
  if (subject != ExitSubject::household) table.applies_to = file.string("applies_to", "");
  table.recorded = file.string("recorded", "exit_year");
  std::set<std::string> ids;
  for (const TomlTable& row : file.tables("criterion")) {
    table.criteria.push_back(read_criterion(row, subject));
    if (!ids.insert(table.criteria.back().id).second)
      row.fail("id", "an id of its own; another criterion has it");
  }
  file.finish();
  if (table.criteria.empty())
    fail("{}: has no [[criterion]]; without any every exit would pass", toml.string());
  if (table.criteria.size() > most_criteria)
    fail("{}: has {} criteria; {} at most", toml.string(), table.criteria.size(), most_criteria);
  return table;
}

std::array<CriteriaTable, exit_subject_count> read_criteria_tables(const std::filesystem::path& folder) {
  std::array<CriteriaTable, exit_subject_count> tables;
  for (const ExitSubject subject : all_exit_subjects) {
    CriteriaTable& table = tables[static_cast<std::size_t>(subject)];
    table.subject = subject;
    const std::filesystem::path file = folder / fmt::format("{}.toml", exit_subject_id(subject));
    std::error_code ignored;
    if (!folder.empty() && std::filesystem::exists(file, ignored)) table = read_criteria(file, subject);
  }
  return tables;
}

namespace {

bool any_criterion(const std::array<CriteriaTable, exit_subject_count>& tables) {
  return std::any_of(tables.begin(), tables.end(), [](const CriteriaTable& t) { return !t.criteria.empty(); });
}

}  // namespace

bool has_criteria(const std::filesystem::path& folder) {
  return any_criterion(read_criteria_tables(folder));
}

std::array<CriteriaTable, exit_subject_count> require_criteria_tables(const std::filesystem::path& folder) {
  auto tables = read_criteria_tables(folder);
  if (!any_criterion(tables))
    fail(
        "{}: holds none of household.toml, village.toml and county.toml; exits cannot be judged without "
        "criteria (project.toml: [files] criteria)",
        folder.string());
  return tables;
}

ExitCount ExitAccuracy::told() const {
  if (!confirmed || !contradicted) return std::nullopt;
  return *confirmed + *contradicted;
}

std::optional<double> ExitAccuracy::percent() const {
  const ExitCount all = told();
  if (!all || *all == 0) return std::nullopt;
  return 100.0 * static_cast<double>(*confirmed) / static_cast<double>(*all);
}

std::optional<std::size_t> ExitTable::find(std::uint32_t subject) const {
  const auto at = std::lower_bound(judgements.begin(), judgements.end(), subject,
                                   [](const ExitJudgement& j, std::uint32_t s) { return j.subject < s; });
  if (at == judgements.end() || at->subject != subject) return std::nullopt;
  return static_cast<std::size_t>(at - judgements.begin());
}

}  // namespace battlemap::geo
