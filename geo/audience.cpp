#include "geo/audience.hpp"

#include <algorithm>
#include <array>

#include "geo/default_tables.hpp"
#include "geo/error.hpp"
#include "geo/nearest.hpp"
#include "geo/toml_reader.hpp"

namespace battlemap::geo {
namespace {

using FieldRule = AudienceRules::FieldRule;

struct AudienceText {
  std::string_view id;
  Text name, note;
};

/// In the order of Audience.
const std::array<AudienceText, 3>& audiences() {
  static const std::array<AudienceText, 3> all{{
      {"field", {"外业", "field"}, {}},
      {"leadership",
       {"领导", "leadership"},
       {"领导版:已按规则脱敏", "Leadership version: personal data masked by rule"}},
      {"public", {"公开", "public"}, {"公开版:已按规则脱敏", "Public version: personal data masked by rule"}},
  }};
  return all;
}

const AudienceText& words_of(Audience audience) {
  return audiences()[static_cast<std::size_t>(audience)];
}

RecordKind read_kind(const TomlTable& table) {
  try {
    return parse_record_kind(table.string("kind"));
  } catch (const UsageError& e) {
    table.fail("kind", fmt::format("a kind of record: {}", e.what()));
  }
}

/// The field's schema; nullptr for "point". Fails for unknown ones.
const FieldSchema* read_rule_field(const TomlTable& table, FieldRule& rule) {
  rule.field = table.string("field");
  if (rule.field == "point") return nullptr;
  if (const FieldSchema* field = find_field(rule.kind, rule.field)) return field;
  std::vector<std::string> known{"point"};
  for (const FieldSchema& each : record_schema(rule.kind)) known.emplace_back(each.id);
  const auto near = nearest_names(rule.field, known, 1);
  table.fail("field", fmt::format("a field of {} or point{}", record_kind_name(rule.kind).en,
                                  near.empty() ? "" : fmt::format("; did you mean {}?", near.front())));
}

Category read_into(const TomlTable& table) {
  Category category;
  category.id = table.string("id");
  category.name = {table.string("zh", ""), table.string("en", "")};
  if (category.name.empty()) category.name = {category.id, category.id};
  table.finish();
  return category;
}

void read_coarsening(const TomlTable& table, const FieldSchema* field, FieldRule& rule) {
  if (field == nullptr) {
    rule.to = table.word<AudienceRules::PointTo>(
        "to", {{"group", AudienceRules::PointTo::group}, {"village", AudienceRules::PointTo::village}});
  } else if (field->type == FieldType::number) {
    rule.step = table.number("step");
    if (!(rule.step > 0)) table.fail("step", "a number above 0");
  } else if (!field->set.empty()) {
    rule.categories = table.strings("categories");
    if (rule.categories.empty()) table.fail("categories", "the ids of the categories to merge");
    rule.into = read_into(table.table("into"));
  } else {
    table.fail("action", "hide: only points, numbers and categories can be coarsened");
  }
}

FieldRule read_rule(const TomlTable& table) {
  FieldRule rule;
  rule.kind = read_kind(table);
  rule.action = table.word<MaskAction>("action", {{"hide", MaskAction::hide},
                                                  {"coarsen", MaskAction::coarsen},
                                                  {"renumber", MaskAction::renumber},
                                                  {"drop", MaskAction::drop}});
  if (rule.action != MaskAction::drop) {
    const FieldSchema* field = read_rule_field(table, rule);
    if (rule.action == MaskAction::coarsen) read_coarsening(table, field, rule);
    if (rule.action == MaskAction::renumber && rule.field != "id")
      table.fail("field", "id: only ids are numbers");
  }
  table.finish();
  return rule;
}

IndicatorSum read_sum(const TomlTable& table) {
  IndicatorSum sum{table.string("whole"), table.strings("parts"), table.integer("years_back", 0)};
  if (sum.parts.empty()) table.fail("parts", "the ids of indicators that add up to the whole");
  table.finish();
  return sum;
}

AudienceRules read_rules(const TomlTable& table, Audience audience) {
  AudienceRules rules;
  rules.audience = audience;
  rules.file = table.file().string();
  rules.suppress_below = table.number("suppress_below", 0);
  if (rules.suppress_below < 0) table.fail("suppress_below", "0 or more");
  for (const TomlTable& rule : table.tables("rule")) rules.fields.push_back(read_rule(rule));
  for (const TomlTable& sum : table.tables("sum")) rules.sums.push_back(read_sum(sum));
  table.finish();
  return rules;
}

/// Reads the tables of all audiences, so that a mistake in any is found.
std::vector<AudienceRules> read_all(const TomlTable& file) {
  std::vector<AudienceRules> all;
  for (std::size_t i = 0; i < audiences().size(); ++i)
    if (const auto table = file.find_table(audiences()[i].id))
      all.push_back(read_rules(*table, static_cast<Audience>(i)));
  file.finish();
  return all;
}

const AudienceRules* of(const std::vector<AudienceRules>& all, Audience audience) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const AudienceRules& each) { return each.audience == audience; });
  return found == all.end() ? nullptr : &*found;
}

const std::vector<AudienceRules>& built_in_rules() {
  static const std::vector<AudienceRules> all =
      read_all(parse_toml(default_table("audience.toml"), "audience.toml (built in)"));
  return all;
}

}  // namespace

std::string_view audience_id(Audience audience) {
  return words_of(audience).id;
}

const Text& audience_name(Audience audience) {
  return words_of(audience).name;
}

const Text& audience_note(Audience audience) {
  return words_of(audience).note;
}

Audience parse_audience(std::string_view text) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < audiences().size(); ++i) {
    if (audiences()[i].id == text) return static_cast<Audience>(i);
    known.emplace_back(audiences()[i].id);
  }
  fail_unknown("audience", text, known);
}

bool AudienceRules::renumbers(RecordKind kind) const {
  return std::any_of(fields.begin(), fields.end(), [&](const FieldRule& rule) {
    return rule.kind == kind && rule.action == MaskAction::renumber;
  });
}

bool AudienceRules::drops(RecordKind kind) const {
  return std::any_of(fields.begin(), fields.end(), [&](const FieldRule& rule) {
    return rule.kind == kind && rule.action == MaskAction::drop;
  });
}

AudienceRules read_audience(const std::filesystem::path& toml, Audience audience) {
  if (!toml.empty()) {
    const auto own = read_all(read_toml(toml));
    if (const AudienceRules* rules = of(own, audience)) return *rules;
  }
  if (const AudienceRules* rules = of(built_in_rules(), audience)) return *rules;
  AudienceRules rules;
  rules.audience = audience;
  return rules;
}

}  // namespace battlemap::geo
