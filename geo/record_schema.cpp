// What the program knows of each kind of record. A new field is a row here and a line in docs/records.md.
#include <algorithm>

#include "geo/error.hpp"
#include "geo/nearest.hpp"
#include "geo/records.hpp"

namespace battlemap::geo {
namespace {

FieldSchema identity() {
  FieldSchema field{.id = "id", .name = {"编号", "Id"}};
  field.required = true;
  return field;
}

FieldSchema text(std::string_view id, Text name) {
  return {.id = id, .name = std::move(name)};
}

FieldSchema reference(std::string_view id, Text name, RecordKind to) {
  FieldSchema field = text(id, std::move(name));
  field.refers = to;
  return field;
}

FieldSchema number(std::string_view id, Text name, Text unit, double most = 1e15) {
  FieldSchema field{.id = id, .type = FieldType::number, .name = std::move(name), .unit = std::move(unit)};
  field.most = most;
  return field;
}

FieldSchema year(std::string_view id, Text name) {
  return {.id = id, .type = FieldType::year, .name = std::move(name)};
}

FieldSchema of_set(std::string_view id, FieldType type, Text name, std::string_view set) {
  FieldSchema field{.id = id, .type = type, .name = std::move(name)};
  field.set = set;
  return field;
}

FieldSchema yes_no(std::string_view id, Text name) {
  return {.id = id, .type = FieldType::yes_no, .name = std::move(name)};
}

FieldSchema yearly(FieldSchema field) {
  field.yearly = true;
  return field;
}

using Fields = std::vector<FieldSchema>;
constexpr auto category = FieldType::category;

Fields household_fields() {
  return {identity(),
          reference("group", {"社", "Group"}, RecordKind::group),
          number("people", {"人口", "People"}, {"人", "people"}),
          number("labour", {"劳动力", "Able to work"}, {"人", "people"}),
          of_set("category", category, {"贫困户类型", "Category"}, "household_category"),
          of_set("cause", category, {"主要致贫原因", "Main cause"}, "cause"),
          of_set("cause2", category, {"次要致贫原因", "Second cause"}, "cause"),
          yearly(number("income", {"人均纯收入", "Income per person"}, {"元", "yuan"})),
          number("land_mu", {"耕地", "Land"}, {"亩", "mu"}),
          year("planned_exit", {"计划脱贫年度", "Planned exit"}),
          year("exit_year", {"脱贫年度", "Exit"}),
          of_set("measures", FieldType::flags, {"帮扶措施", "Measures"}, "measure"),
          yearly(yes_no("food", {"不愁吃", "Food"})),
          yearly(yes_no("clothing", {"不愁穿", "Clothing"})),
          yearly(yes_no("education", {"义务教育", "Compulsory education"})),
          yearly(yes_no("medical", {"基本医疗", "Basic medical care"})),
          yearly(yes_no("housing", {"住房安全", "Safe housing"}))};
}

Fields group_fields() {
  return {identity(), text("name", {"名称", "Name"}),
          number("households", {"户数", "Households"}, {"户", "households"}),
          number("people", {"人口", "People"}, {"人", "people"})};
}

Fields facility_fields() {
  return {identity(), text("name", {"名称", "Name"}), of_set("type", category, {"类型", "Type"}, "facility"),
          year("built", {"建成年度", "Built"}), yes_no("working", {"正常使用", "Working"})};
}

Fields project_fields() {
  const Text money{"万元", "10,000 yuan"};
  return {identity(),
          text("name", {"名称", "Name"}),
          of_set("sector", category, {"行业", "Sector"}, "sector"),
          number("funds", {"总投资", "Funds"}, money),
          yearly(number("paid", {"已拨付", "Paid"}, money)),
          yearly(number("progress", {"进度", "Progress"}, {"%", "%"}, 100)),
          year("start", {"开工年度", "Start"}),
          year("end", {"完工年度", "End"})};
}

Fields cadre_fields() {
  return {identity(), of_set("role", category, {"帮扶身份", "Role"}, "role"),
          reference("unit", {"所在单位", "Unit"}, RecordKind::unit)};
}

Fields unit_fields() {
  return {identity(), text("name", {"名称", "Name"}), of_set("type", category, {"类型", "Type"}, "unit")};
}

/// A pairing's own id is of no use to anyone and may be missing.
Fields pairing_fields() {
  return {text("id", {"编号", "Id"}), reference("cadre", {"帮扶干部", "Cadre"}, RecordKind::cadre),
          reference("household", {"贫困户", "Household"}, RecordKind::household),
          reference("unit", {"帮扶单位", "Unit"}, RecordKind::unit), year("since", {"结对年度", "Since"})};
}

Fields road_fields() {
  FieldSchema id = identity();
  id.required = false;
  return {id, text("name", {"名称", "Name"}), of_set("type", category, {"类型", "Type"}, "road")};
}

struct KindSchema {
  std::string_view id;
  Text name;
  std::string_view noun;  ///< before a running number: 户003
  Fields fields;
  bool lines = false;
  bool place_optional = false;
  std::string_view placed_by{};
};

/// In the order of RecordKind.
const std::array<KindSchema, record_kind_count>& schemas() {
  static const std::array<KindSchema, record_kind_count> all{{
      {"household", {"贫困户", "households"}, "户", household_fields()},
      {"group", {"社", "groups"}, "社", group_fields()},
      {"facility", {"设施", "facilities"}, "设施", facility_fields()},
      {"project", {"项目", "projects"}, "项目", project_fields()},
      {"cadre", {"干部", "cadres"}, "干部", cadre_fields(), false, true},
      {"unit", {"帮扶单位", "units"}, "单位", unit_fields(), false, true},
      {"pairing", {"结对帮扶", "pairings"}, "结对", pairing_fields(), false, true, "household"},
      {"road", {"道路", "roads"}, "路", road_fields(), true},
  }};
  return all;
}

const KindSchema& schema_of(RecordKind kind) {
  return schemas()[static_cast<std::size_t>(kind)];
}

}  // namespace

std::string_view record_kind_id(RecordKind kind) {
  return schema_of(kind).id;
}

const Text& record_kind_name(RecordKind kind) {
  return schema_of(kind).name;
}

bool record_kind_has_lines(RecordKind kind) {
  return schema_of(kind).lines;
}

bool record_place_is_optional(RecordKind kind) {
  return schema_of(kind).place_optional;
}

std::string_view record_noun(RecordKind kind) {
  return schema_of(kind).noun;
}

std::string_view record_placed_by(RecordKind kind) {
  return schema_of(kind).placed_by;
}

RecordKind parse_record_kind(std::string_view text) {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < schemas().size(); ++i) {
    if (schemas()[i].id == text) return static_cast<RecordKind>(i);
    known.emplace_back(schemas()[i].id);
  }
  fail_unknown("kind of record", text, known);
}

std::span<const FieldSchema> record_schema(RecordKind kind) {
  return schema_of(kind).fields;
}

const FieldSchema* find_field(RecordKind kind, std::string_view field) {
  const auto fields = record_schema(kind);
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldSchema& f) { return f.id == field; });
  return found == fields.end() ? nullptr : &*found;
}

const FieldSchema& require_field(RecordKind kind, std::string_view field) {
  if (const FieldSchema* found = find_field(kind, field)) return *found;
  std::vector<std::string> known;
  for (const FieldSchema& each : record_schema(kind)) known.emplace_back(each.id);
  fail_unknown(fmt::format("field of {}", record_kind_name(kind).en), field, known);
}

}  // namespace battlemap::geo
