#include "geo/error.hpp"
#include "geo/nearest.hpp"
#include "geo/project_tables.hpp"

namespace battlemap::geo {
namespace {

constexpr std::string_view year_in_name = "{year}";

RecordKind read_kind(const TomlTable& table) {
  try {
    return parse_record_kind(table.string("kind"));
  } catch (const UsageError& e) {
    table.fail("kind", fmt::format("a kind of record: {}", e.what()));
  }
}

/// [records.fields]: the program's field = "the source's column".
void read_mapping(const TomlTable& table, RecordSource& source) {
  for (const std::string& key : table.keys()) {
    const FieldSchema* field = find_field(source.kind, key);
    if (field == nullptr) {
      std::vector<std::string> known;
      for (const FieldSchema& each : record_schema(source.kind)) known.emplace_back(each.id);
      const auto near = nearest_names(key, known, 1);
      fail("{}:{}: unknown field '{}' in [records.fields] of {}{} (docs/records.md lists them)",
           table.file().string(), table.line(key), key, record_kind_name(source.kind).en,
           near.empty() ? "" : fmt::format("; did you mean {}?", near.front()));
    }
    const std::string column = table.string(key);
    if (column.empty() && field->required) table.fail(key, "the name of a column: this field is needed");
    if (!field->yearly && column.find(year_in_name) != std::string::npos)
      table.fail(key, "a column without {year}: this field has no years");
    source.fields.emplace(key, column);
  }
}

}  // namespace

RecordSource read_record_source(const TomlTable& table, const std::filesystem::path& folder) {
  RecordSource source;
  source.kind = read_kind(table);
  source.dataset = read_dataset(table, folder);
  source.layer = table.string("layer", "");
  source.code_field = table.string("code_field", "");
  source.x_field = table.string("x_field", "");
  source.y_field = table.string("y_field", "");
  if (source.x_field.empty() != source.y_field.empty())
    table.fail(source.x_field.empty() ? "x_field" : "y_field", "a column beside the other coordinate's");
  source.datum = read_datum(table);
  source.proj = table.string("proj", "");
  source.provenance = read_provenance(table);
  source.encoding = read_encoding(table);
  source.network = table.boolean("network", false);
  if (const auto fields = table.find_table("fields")) read_mapping(*fields, source);
  table.finish();
  return source;
}

}  // namespace battlemap::geo
