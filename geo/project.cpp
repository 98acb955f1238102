#include "geo/project.hpp"

#include <algorithm>
#include <set>
#include <cmath>
#include <cstdlib>

#include "geo/error.hpp"
#include "geo/pack_files.hpp"
#include "geo/project_tables.hpp"
#include "geo/toml_reader.hpp"

namespace battlemap::geo {
namespace {

/// BATTLEMAP_PACKS=off: for who wants to see what the sources say.
bool packs_wanted() {
  const char* setting = std::getenv("BATTLEMAP_PACKS");
  return setting == nullptr || std::string_view(setting) != "off";
}

std::filesystem::path project_file(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) fail("{}: no such project file or folder", path.string());
  if (!std::filesystem::is_directory(path)) return path;
  const std::filesystem::path file = path / "project.toml";
  if (!std::filesystem::exists(file))
    fail("{}: holds no project.toml; name the folder of a project, or make the demo with battlemap demo {}",
         path.string(), path.string());
  return file;
}

/// "PG:dbname=x" and "https://..." are for GDAL as they stand; a path, also that of an archive, is relative to
/// the project.
std::string resolve_dataset(const std::filesystem::path& folder, const std::string& dataset) {
  for (const std::string_view archive : {"/vsizip/", "/vsigzip/", "/vsitar/"})
    if (dataset.starts_with(archive) && dataset.find("/vsi", 1) == std::string::npos)
      return std::string(archive) + (folder / dataset.substr(archive.size())).lexically_normal().string();
  const std::filesystem::path local = (folder / dataset).lexically_normal();
  std::error_code ignored;
  const std::size_t colon = dataset.find(':');
  const bool connection = colon != std::string::npos && colon > 1 && dataset.find('/') > colon;
  if (dataset.starts_with("/vsi") || (connection && !std::filesystem::exists(local, ignored))) return dataset;
  return local.string();
}

Code read_code(const TomlTable& table, std::string_view key) {
  const auto code = Code::parse(table.string(key));
  if (!code) table.fail(key, "a division code of 2, 4, 6, 9 or 12 digits in quotes");
  return *code;
}

BoundarySource read_boundary(const TomlTable& table, const std::filesystem::path& folder) {
  BoundarySource source;
  std::vector<std::pair<std::string_view, std::optional<Level>>> levels(std::begin(level_words), std::end(level_words));
  levels.emplace_back("several", std::nullopt);
  const auto level = table.word<std::optional<Level>>("level", levels);
  source.several_levels = !level;
  source.level = level.value_or(source.level);
  source.level_field = table.string("level_field", "");
  if (!source.several_levels && !source.level_field.empty())
    table.fail("level_field", "level = \"several\" beside it");
  source.dataset = read_dataset(table, folder);
  source.layer = table.string("layer", "");
  source.code_field = table.string("code_field", "");
  source.name_field = table.string("name_field", "");
  source.type_field = table.string("type_field", "");
  source.datum = read_datum(table);
  source.proj = table.string("proj", "");
  source.schematic = table.boolean("schematic", false);
  source.encoding = read_encoding(table);
  source.network = table.boolean("network", false);
  table.finish();
  return source;
}

/// Where a table has its years, and a long one its indicators.
void read_shape(const TomlTable& table, StatisticsSource& source) {
  source.shape = table.word<TableShape>("shape",
                                        {{"rows", TableShape::rows},
                                         {"year_columns", TableShape::year_columns},
                                         {"long", TableShape::long_rows}},
                                        TableShape::rows);
  const bool in_columns = source.shape == TableShape::year_columns;
  if (table.has("year")) source.year = table.integer("year");
  source.year_field = table.string("year_field", source.year || in_columns ? "" : source.year_field);
  if (in_columns && source.year) table.fail("year", "no year where the columns have them (shape)");
  if (in_columns && !source.year_field.empty())
    table.fail("year_field", "no year_field where the columns have the years (shape)");
  if (source.year && !source.year_field.empty()) table.fail("year_field", "no year_field beside a fixed year");
  if (!in_columns && !source.year && source.year_field.empty())
    table.fail("year_field", "the name of a field, or set year");
  source.indicator = table.string("indicator", "");
  if (!in_columns && !source.indicator.empty()) table.fail("indicator", "shape = \"year_columns\" beside it");
  if (source.shape != TableShape::long_rows) return;
  source.indicator_field = read_field(table, "indicator_field", source.indicator_field);
  source.value_field = read_field(table, "value_field", source.value_field);
}

StatisticsSource read_statistics(const TomlTable& table, const std::filesystem::path& folder) {
  StatisticsSource source;
  source.level = table.word<Level>("level", level_words);
  source.dataset = read_dataset(table, folder);
  source.layer = table.string("layer", "");
  source.code_field = read_field(table, "code_field", source.code_field);
  read_shape(table, source);
  source.fill_down = table.has("fill_down") ? table.strings("fill_down") : std::vector<std::string>{};
  source.name_field = table.string("name_field", "");
  source.by_name = table.word<bool>("join", {{"code", false}, {"name", true}}, false);
  source.parent_field = table.string("parent_field", "");
  if (!source.by_name && !source.parent_field.empty())
    table.fail("parent_field", "join = \"name\" beside it; rows are joined by code otherwise");
  source.provenance = read_provenance(table);
  source.encoding = read_encoding(table);
  source.network = table.boolean("network", false);
  table.finish();
  return source;
}

WaterSource read_water(const TomlTable& table, const std::filesystem::path& folder) {
  WaterSource source;
  source.lakes = table.word<bool>("kind", {{"lakes", true}, {"rivers", false}});
  source.dataset = read_dataset(table, folder);
  source.layer = table.string("layer", "");
  source.name_field = table.string("name_field", "");
  source.network = table.boolean("network", false);
  table.finish();
  return source;
}

ControlTotal read_control(const TomlTable& table) {
  constexpr int most_decimals = 9;
  ControlTotal total;
  total.id = table.string("id");
  total.indicator = table.string("indicator");
  total.place = read_code(table, "place");
  total.year = table.integer("year");
  total.expected = table.number("expected");
  total.decimals = table.integer("decimals", 0);
  if (total.decimals < 0 || total.decimals > most_decimals) table.fail("decimals", "0 to 9");
  total.figure = table.string("figure", "");
  total.note = table.string("note", "");
  table.finish();
  return total;
}

void read_years(const TomlTable& table, Project& project) {
  constexpr int first_year = 1900;
  constexpr int last_year = 2200;
  project.years = table.integers("years");
  if (project.years.empty()) table.fail("years", "an array with at least one year, e.g. [2015, 2016]");
  for (std::size_t i = 0; i < project.years.size(); ++i) {
    const int year = project.years[i];
    const bool ascending = i == 0 || project.years[i - 1] < year;
    if (year < first_year || year > last_year || !ascending)
      table.fail("years", fmt::format("years between {} and {} in ascending order, each once; {} is not",
                                      first_year, last_year, year));
  }
  project.default_year = table.integer("default_year", project.years.back());
  if (std::find(project.years.begin(), project.years.end(), project.default_year) == project.years.end())
    table.fail("default_year", "one of the project's years");
}

void read_identity(const TomlTable& table, Project& project) {
  project.id = table.string("id", project.folder.filename().string());
  project.title = table.text("title");
  if (table.has("root")) project.root = read_code(table, "root");
  read_years(table, project);
  project.default_map = table.string("default_map", "");
  project.projection = table.string("projection");
  if (project.projection.empty()) table.fail("projection", "a PROJ string or a code such as EPSG:4549");
  project.approval_number = table.string("approval_number", "");
  project.audience = table.word<Audience>(
      "audience",
      {{"field", Audience::field}, {"leadership", Audience::leadership}, {"public", Audience::public_}},
      Audience::field);
  table.finish();
}

void read_texts(const TomlTable& table, Project& project) {
  project.source_line = table.text("source_line", Text{});
  project.data_date = table.text("data_date", Text{});
  project.generated_note = table.text("generated_note", Text{});
  project.schematic_note = table.text("schematic_note", Text{});
  table.finish();
}

void read_files(const std::optional<TomlTable>& table, Project& project) {
  const auto named = [&](std::string_view key, std::string_view fallback) {
    const std::string name = table ? table->string(key, fallback) : std::string(fallback);
    return name.empty() ? std::filesystem::path{} : (project.folder / name).lexically_normal();
  };
  project.indicators_file = named("indicators", "indicators.toml");
  project.maps_folder = named("maps", "maps");
  project.palettes_file = named("palettes", "palettes.toml");
  project.figures_file = named("figures", "");
  project.criteria_folder = named("criteria", "criteria");
  project.categories_file = named("categories", "");
  project.audience_file = named("audience", "");
  project.provenance_file = named("provenance", "");
  if (table) table->finish();
}

/// Data of another origin than project.toml was written for bring their own texts.
void replace_texts(const TomlTable& file, Project& project) {
  project.title = file.text("title", project.title);
  project.source_line = file.text("source_line", project.source_line);
  project.data_date = file.text("data_date", project.data_date);
  project.generated_note = file.text("generated_note", project.generated_note);
  project.schematic_note = file.text("schematic_note", project.schematic_note);
}

void append_sentence(std::string& text, const std::string& more, std::string_view separator) {
  if (!text.empty() && !more.empty()) text += separator;
  text += more;
}

void read_origin(Project& project) {
  std::error_code ignored;
  if (project.provenance_file.empty() || !std::filesystem::exists(project.provenance_file, ignored)) return;
  const TomlTable file = read_toml(project.provenance_file);
  DataOrigin origin;
  origin.invented = file.word<bool>("source", {{"fetched", false}, {"stand-in", true}});
  origin.note = file.text("note");
  origin.foot_note = file.text("foot_note", Text{});
  replace_texts(file, project);
  file.finish();
  append_sentence(project.source_line.zh, origin.foot_note.zh, ";");
  append_sentence(project.source_line.en, origin.foot_note.en, "; ");
  project.origin = std::move(origin);
}

void read_cells(const TomlTable& table, Project& project) {
  project.no_data_words = table.strings("no_data");
  project.not_applicable_words = table.strings("not_applicable");
  project.zero_words = table.strings("zero");
  std::set<std::string> seen;
  for (const auto& [key, words] : {std::pair("no_data", &project.no_data_words),
                                   std::pair("not_applicable", &project.not_applicable_words),
                                   std::pair("zero", &project.zero_words)})
    for (const std::string& word : std::set<std::string>(words->begin(), words->end()))
      if (!seen.insert(word).second)
        table.fail(key, fmt::format("words that no other list has; \"{}\" is in two", word));
  table.finish();
}

double read_limit(const TomlTable& table, std::string_view key, double fallback, double most) {
  const double value = table.number(key, fallback);
  if (value < 0 || value > most) table.fail(key, fmt::format("a number from 0 to {}", most));
  return value;
}

void read_coverage(const TomlTable& table, CoverageLimits& limits) {
  limits.snap = read_limit(table, "snap_metres", limits.snap, 100);
  limits.width = read_limit(table, "gap_metres", limits.width, 100000);
  limits.area = read_limit(table, "least_square_metres", limits.area, 1e9);
  table.finish();
}

void read_sources(const TomlTable& file, Project& project) {
  for (const TomlTable& table : file.tables("boundary")) {
    project.boundaries.push_back(read_boundary(table, project.folder));
    project.boundaries.back().number = project.boundaries.size() - 1;
  }
  for (const TomlTable& table : file.tables("statistics"))
    project.statistics.push_back(read_statistics(table, project.folder));
  for (const TomlTable& table : file.tables("water"))
    project.water.push_back(read_water(table, project.folder));
  for (const TomlTable& table : file.tables("records"))
    project.records.push_back(read_record_source(table, project.folder));
  for (const TomlTable& table : file.tables("control")) project.controls.push_back(read_control(table));
  if (project.boundaries.empty())
    fail("{}: names no [[boundary]]; a project needs one layer of division boundaries at least",
         project.file.string());
}

}  // namespace

std::string read_dataset(const TomlTable& table, const std::filesystem::path& folder) {
  const std::string dataset = table.string("dataset");
  if (dataset.empty()) table.fail("dataset", "a path or a GDAL connection string");
  return resolve_dataset(folder, dataset);
}

std::string read_field(const TomlTable& table, std::string_view key, std::string_view fallback) {
  const std::string field = table.string(key, fallback);
  if (field.empty()) table.fail(key, "the name of a field");
  return field;
}

Provenance read_provenance(const TomlTable& table) {
  return table.word<Provenance>("provenance",
                                {{"published", Provenance::published},
                                 {"generated", Provenance::generated},
                                 {"user", Provenance::user}},
                                Provenance::user);
}

std::optional<Encoding> read_encoding(const TomlTable& table) {
  if (!table.has("encoding")) return std::nullopt;
  const auto encoding = parse_encoding(table.string("encoding"));
  if (!encoding) table.fail("encoding", "\"UTF-8\", \"GB18030\" (also for GBK and GB2312), \"UTF-16LE\" or \"UTF-16BE\"");
  return encoding;
}

Datum read_datum(const TomlTable& table) {
  return table.word<Datum>("datum", {{"wgs84", Datum::wgs84}, {"gcj02", Datum::gcj02}}, Datum::wgs84);
}

Project read_project(const std::filesystem::path& path) {
  if (is_pack(path)) return project_of_pack(path);
  Project project;
  project.use_packs = packs_wanted();
  project.file = std::filesystem::absolute(project_file(path)).lexically_normal();
  project.folder = project.file.parent_path();
  const TomlTable file = read_toml(project.file);
  read_identity(file.table("project"), project);
  if (const auto texts = file.find_table("texts")) read_texts(*texts, project);
  read_files(file.find_table("files"), project);
  read_origin(project);
  if (const auto cells = file.find_table("cells")) read_cells(*cells, project);
  if (const auto coverage = file.find_table("coverage")) read_coverage(*coverage, project.coverage);
  read_sources(file, project);
  file.finish();
  return project;
}

}  // namespace battlemap::geo
