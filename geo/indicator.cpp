#include "geo/indicator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "geo/criteria.hpp"
#include "geo/nearest.hpp"
#include "geo/toml_reader.hpp"

namespace battlemap::geo {
namespace {

constexpr int most_decimals = 9;

void read_years(const TomlTable& table, Indicator& indicator) {
  indicator.years = table.integers("years");
  std::sort(indicator.years.begin(), indicator.years.end());
  if (std::adjacent_find(indicator.years.begin(), indicator.years.end()) != indicator.years.end())
    table.fail("years", "each year once");
}

void read_categories(const TomlTable& table, Indicator& indicator) {
  for (const TomlTable& entry : table.tables("categories")) {
    const int value = entry.integer("value");
    const Text name{entry.string("zh", ""), entry.string("en", "")};
    if (name.empty()) entry.fail("value", "a category with a name, zh = \"...\" or en = \"...\"");
    if (!indicator.categories.emplace(value, name).second) entry.fail("value", "each category value once");
    entry.finish();
  }
}

bool counts_from_exits(const TomlTable& table) {
  return table.string("kind") == "exit";
}

/// 1 pass, 2 cannot tell, 3 fail, in the words of judgement_name() unless the file has its own.
void name_judgements(Indicator& indicator) {
  if (!indicator.categories.empty()) return;
  indicator.categories = {{1, judgement_name(Judgement::pass)},
                          {2, judgement_name(Judgement::unknown)},
                          {3, judgement_name(Judgement::fail)}};
}

void read_exit(const TomlTable& table, Indicator& indicator) {
  ExitSource source;
  source.quantity = table.word<ExitQuantity>("exit", {{"pass", ExitQuantity::pass},
                                                      {"fail", ExitQuantity::fail},
                                                      {"unknown", ExitQuantity::unknown},
                                                      {"recorded", ExitQuantity::recorded},
                                                      {"confirmed", ExitQuantity::confirmed},
                                                      {"contradicted", ExitQuantity::contradicted},
                                                      {"told", ExitQuantity::told},
                                                      {"missed", ExitQuantity::missed},
                                                      {"judgement", ExitQuantity::judgement}});
  const bool itself = source.quantity == ExitQuantity::judgement;
  if (!itself || table.has("subject"))
    source.subject = table.word<ExitSubject>("subject", {{"household", ExitSubject::household},
                                                         {"village", ExitSubject::village},
                                                         {"county", ExitSubject::county}});
  if (itself && source.subject == ExitSubject::household)
    table.fail("subject", "\"village\" or \"county\": a map of places has no place for one household");
  if (itself) {
    indicator.kind = IndicatorKind::latest;
    read_categories(table, indicator);
    name_judgements(indicator);
  }
  indicator.exit = source;
}

/// The keys of one kind only: a key of another kind is then unknown to finish().
void read_kind_keys(const TomlTable& table, Indicator& indicator) {
  if (counts_from_exits(table)) return read_exit(table, indicator);
  switch (indicator.kind) {
    case IndicatorKind::latest:
      read_categories(table, indicator);
      [[fallthrough]];
    case IndicatorKind::count:
      indicator.column = table.string("column", indicator.id);
      break;
    case IndicatorKind::ratio:
      indicator.numerator = table.string("numerator");
      indicator.denominator = table.string("denominator");
      indicator.factor = table.number("factor", 1);
      if (indicator.factor == 0) table.fail("factor", "a number other than 0");
      break;
    case IndicatorKind::change:
      indicator.of = table.string("of");
      indicator.years_back = table.integer("years_back", 1);
      if (indicator.years_back < 1) table.fail("years_back", "1 or more");
      break;
  }
}

/// Units that say so by themselves; others set `personal`.
bool counts_people(const Text& unit) {
  constexpr std::array<std::string_view, 7> units{"人",      "户",         "万人", "people",
                                                  "persons", "households", "人次"};
  const auto is = [&](std::string_view each) { return unit.zh == each || unit.en == each; };
  return std::any_of(units.begin(), units.end(), is);
}

Indicator read_indicator(const TomlTable& table) {
  Indicator indicator;
  indicator.id = table.string("id");
  if (indicator.id.empty()) table.fail("id", "a name that maps and other indicators refer to");
  indicator.kind = table.word<IndicatorKind>("kind", {{"count", IndicatorKind::count},
                                                      {"latest", IndicatorKind::latest},
                                                      {"ratio", IndicatorKind::ratio},
                                                      {"change", IndicatorKind::change},
                                                      {"exit", IndicatorKind::count}});
  indicator.name = table.text("name", Text{indicator.id, indicator.id});
  indicator.unit = table.text("unit", Text{});
  indicator.definition = table.text("definition", Text{});
  indicator.source = table.text("source", Text{});
  indicator.decimals = table.integer("decimals", 0);
  if (indicator.decimals < 0 || indicator.decimals > most_decimals) table.fail("decimals", "0 to 9");
  indicator.direction = table.word<Direction>("direction",
                                              {{"neutral", Direction::neutral},
                                               {"higher_better", Direction::higher_better},
                                               {"lower_better", Direction::lower_better}},
                                              Direction::neutral);
  indicator.provenance = table.word<Provenance>("provenance",
                                                {{"published", Provenance::published},
                                                 {"generated", Provenance::generated},
                                                 {"user", Provenance::user}},
                                                Provenance::user);
  indicator.personal =
      table.boolean("personal", indicator.kind == IndicatorKind::count && counts_people(indicator.unit));
  read_years(table, indicator);
  read_kind_keys(table, indicator);
  table.finish();
  return indicator;
}

/// What one indicator refers to, checked once all are read.
class ReferenceCheck {
 public:
  ReferenceCheck(const std::vector<Indicator>& indicators, const std::vector<TomlTable>& tables)
      : indicators_(indicators), tables_(tables) {
    for (std::size_t i = 0; i < indicators.size(); ++i)
      if (!index_.emplace(indicators[i].id, i).second)
        tables[i].fail("id", fmt::format("an id of its own: line {} has it already",
                                         tables[index_.at(indicators[i].id)].line("id")));
  }

  void run() const {
    for (std::size_t i = 0; i < indicators_.size(); ++i) {
      if (indicators_[i].kind == IndicatorKind::ratio) {
        require_count(i, "numerator", indicators_[i].numerator);
        require_count(i, "denominator", indicators_[i].denominator);
      }
      if (indicators_[i].kind == IndicatorKind::change) require_no_cycle(i);
    }
  }

 private:
  std::size_t find(std::size_t i, std::string_view key, const std::string& id) const {
    const auto found = index_.find(id);
    if (found != index_.end()) return found->second;
    std::vector<std::string> known;
    for (const Indicator& other : indicators_) known.push_back(other.id);
    std::string near;
    for (const std::string& name : nearest_names(id, known))
      near += fmt::format("{}{}", near.empty() ? "" : ", ", name);
    tables_[i].fail(
        key, fmt::format("the id of an indicator of this file{}{}", near.empty() ? "" : "; nearest: ", near));
  }

  /// Sums of a ratio are only defined where both parts can be summed.
  void require_count(std::size_t i, std::string_view key, const std::string& id) const {
    if (indicators_[find(i, key, id)].kind != IndicatorKind::count)
      tables_[i].fail(key, "an indicator of kind \"count\": a ratio is made of sums");
  }

  void require_no_cycle(std::size_t start) const {
    std::size_t i = start;
    for (std::size_t steps = 0; indicators_[i].kind == IndicatorKind::change; ++steps) {
      if (steps > indicators_.size())
        tables_[start].fail("of", "an indicator that does not depend on this one in turn");
      i = find(i, "of", indicators_[i].of);
    }
  }

  const std::vector<Indicator>& indicators_;
  const std::vector<TomlTable>& tables_;
  std::unordered_map<std::string, std::size_t> index_;
};

std::string group_thousands(const std::string& digits) {
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  std::string result;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) result += ',';
    result += digits[i];
  }
  return result;
}

bool is_zero(const std::string& digits) {
  return digits.find_first_not_of("0.") == std::string::npos;
}

/// "1234.50" of a number's magnitude, and whether what is left after rounding is below zero. Halves are
/// rounded away from zero, as in published tables.
std::pair<std::string, bool> rounded(double value, int decimals) {
  decimals = std::clamp(decimals, 0, most_decimals);
  const double power = std::pow(10.0, decimals), scaled = std::abs(value) * power;
  const double magnitude = scaled < 1e15 ? std::round(scaled) / power : std::abs(value);
  std::string digits = fmt::format("{:.{}f}", magnitude, decimals);
  const bool negative = value < 0 && !is_zero(digits);
  return {std::move(digits), negative};
}

}  // namespace

const Text& status_name(Status status) {
  static const std::array<Text, 4> names{
      {{}, {"无数据", "No data"}, {"不适用", "Not applicable"}, {"已屏蔽", "Masked"}}};
  return names[static_cast<std::size_t>(status)];
}

std::string_view provenance_id(Provenance p) {
  return std::array<std::string_view, 3>{"published", "generated", "user"}[static_cast<std::size_t>(p)];
}

std::vector<Indicator> read_indicators(const std::filesystem::path& file) {
  const TomlTable top = read_toml(file);
  const std::vector<TomlTable> tables = top.tables("indicator");
  top.finish();
  std::vector<Indicator> indicators;
  for (const TomlTable& table : tables) indicators.push_back(read_indicator(table));
  ReferenceCheck(indicators, tables).run();
  return indicators;
}

std::string format_number(double value, int decimals) {
  const auto [digits, negative] = rounded(value, decimals);
  return fmt::format("{}{}", negative ? "−" : "", group_thousands(digits));
}

std::string format_value(const Value& value, const Indicator& indicator, Language language) {
  if (!value.has_value()) return status_name(value.status).in(language);
  const auto [digits, negative] = rounded(value.value, indicator.decimals);
  if (indicator.kind == IndicatorKind::latest) {
    const auto category = indicator.categories.find(static_cast<int>(std::llround(value.value)));
    if (category != indicator.categories.end()) return category->second.in(language);
    return fmt::format("{}{}", negative ? "−" : "", digits);  // a year: no thousands separator
  }
  const bool rises = indicator.kind == IndicatorKind::change && value.value > 0 && !is_zero(digits);
  return fmt::format("{}{}{}", negative ? "−" : "", rises ? "+" : "", group_thousands(digits));
}

}  // namespace battlemap::geo
