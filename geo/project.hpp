#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/audience.hpp"
#include "geo/code.hpp"
#include "geo/indicator.hpp"
#include "geo/records.hpp"
#include "geo/text.hpp"
#include "geo/text_encoding.hpp"

namespace battlemap::geo {

class PackFile;

enum class Datum { wgs84, gcj02 };

/// [[boundary]]: one layer of polygons of one level, or of several.
struct BoundarySource {
  Level level = Level::county;
  std::string dataset;  ///< path (absolute, resolved against the project's folder) or GDAL connection string
  std::string layer;    ///< empty: the only or first layer
  std::string code_field;  ///< empty: "code", else found by content
  std::string name_field;  ///< empty: "name", else found by content
  std::string type_field;  ///< optional
  bool several_levels = false;  ///< the layer holds others than `level` as well (see expand_levels)
  bool reports_strays = true;   ///< of those made from one source of several levels: tells what has no level
  std::string level_field;      ///< several levels: what says a feature's level; empty: its code
  Datum datum = Datum::wgs84;
  std::string proj;        ///< overrides the layer's CRS when it has none or a wrong one
  bool schematic = false;  ///< 示意边界: generated, not surveyed
  std::size_t number = 0;  ///< of the project file's [[boundary]] tables, from 0
  std::optional<Encoding> encoding;  ///< of a shapefile's texts; nullopt: found
  bool network = false;              ///< may be read over the network
};

/// How a statistics table holds years and indicators.
enum class TableShape {
  rows,          ///< a row per division and year, a column per indicator
  year_columns,  ///< a row per division, a column per indicator and year ("poor_2016")
  long_rows      ///< a row per division, year and indicator, with one value
};

/// [[statistics]]: a table.
struct StatisticsSource {
  Level level = Level::village;
  std::string dataset;
  std::string layer;
  TableShape shape = TableShape::rows;
  std::string code_field = "code";
  std::string year_field = "year";  ///< empty with `year` set: all rows are of that year
  std::string name_field;  ///< names divisions that no boundary layer has; empty: "name" if it is there
  std::string indicator_field = "indicator";  ///< long_rows: the column of the indicator
  std::string value_field = "value";
  std::string indicator;                   ///< year_columns: what columns named by a year alone hold
  std::vector<std::string> fill_down;      ///< columns whose empty cells stand for the last filled one above
  bool by_name = false;      ///< rows whose code is no division are matched by name
  std::string parent_field;  ///< by_name: the column with name or code of a division above
  std::optional<int> year;
  Provenance provenance = Provenance::user;
  std::optional<Encoding> encoding;  ///< of a text file; nullopt: found
  bool network = false;              ///< may be read over the network
};

/// [[water]]: lakes (polygons) or rivers (lines) drawn under the labels.
struct WaterSource {
  bool lakes = true;
  std::string dataset;
  std::string layer;
  std::string name_field;  ///< optional
  bool network = false;    ///< may be read over the network
};

/// [[records]]: a table of one kind of record, with places.
struct RecordSource {
  RecordKind kind = RecordKind::household;
  std::string dataset;
  std::string layer;
  std::string code_field;  ///< empty: "code" if there is one, else places are found by the points
  std::string x_field, y_field;  ///< coordinates of a table without geometry; empty: the geometry
  Datum datum = Datum::wgs84;
  std::string proj;        ///< overrides the layer's CRS when it has none or a wrong one
  Provenance provenance = Provenance::user;
  std::optional<Encoding> encoding;  ///< of a shapefile's texts; nullopt: found
  bool network = false;              ///< may be read over the network
  /// Program's field -> source column; "{year}" in a column stands for each year. Others: their own names.
  std::map<std::string, std::string, std::less<>> fields;
};

/// [[control]]: a published total that an aggregate must reproduce.
struct ControlTotal {
  std::string id;
  std::string indicator;
  Code place;
  int year = 0;
  double expected = 0;
  int decimals = 0;    ///< equality is judged after rounding to this many decimals
  std::string figure;  ///< id in figures.csv; may be empty
  std::string note;
};

/// A row of figures.csv: a published figure with its source; never mixed with computed values.
struct Figure {
  std::string id;
  std::string subject;
  double value = 0;
  std::string value_text;  ///< as printed in the source
  std::string unit;
  std::optional<int> year;
  std::string level;
  std::string source;  ///< document and paragraph
  std::string conflicting_value;
  std::string conflict_note;
};
std::vector<Figure> read_figures(const std::filesystem::path& csv);

/// provenance.toml, written beside data that a program made: where they come from.
struct DataOrigin {
  bool invented = false;  ///< source = "stand-in": nothing in the data describes a real place
  Text note;              ///< a sentence for reports
  Text foot_note;         ///< its short form, said at the foot of every picture; may be empty
};

/// [coverage]: how well borders that are meant to be one must match.
struct CoverageLimits {
  double snap = 0.1;   ///< metres: borders that miss each other by less count as one
  double width = 100;  ///< metres: a hole between divisions that is wider on the average is meant to be there
  double area = 1;     ///< square metres: smaller slivers are not worth a line
};

/// project.toml: names the sources of everything. Paths in it are relative to its folder.
struct Project {
  std::filesystem::path folder;
  std::filesystem::path file;
  std::string id;
  Text title;              ///< "青海省"
  std::string projection;  ///< PROJ string, equal-area for choropleths
  std::vector<int> years;
  int default_year = 0;
  std::string default_map;
  std::optional<Code> root;     ///< the province
  Text source_line;             ///< printed at the foot of every sheet; ends with the origin's foot note
  Text data_date;               ///< "数据截至 2016-12-31"
  Text generated_note;          ///< e.g. 演示数据; empty when nothing is generated
  Text schematic_note;          ///< e.g. 示意边界
  std::string approval_number;  ///< 审图号; empty: the sheet says it has none
  std::vector<BoundarySource> boundaries;
  std::vector<StatisticsSource> statistics;
  std::vector<WaterSource> water;
  std::vector<RecordSource> records;
  std::vector<ControlTotal> controls;
  CoverageLimits coverage;
  std::vector<std::string> no_data_words;         ///< cells that mean "no data"; the empty cell always does
  std::vector<std::string> not_applicable_words;  ///< cells that mean "not applicable"
  std::vector<std::string> zero_words;            ///< cells that mean 0: counted, and none or next to none
  std::filesystem::path indicators_file;
  std::filesystem::path maps_folder;
  std::filesystem::path palettes_file;
  std::filesystem::path figures_file;     ///< may be empty
  std::filesystem::path criteria_folder;  ///< need not be there: exits are not judged then
  std::filesystem::path categories_file;  ///< empty: the built-in default_categories()
  std::filesystem::path audience_file;    ///< empty: the built-in rules of each audience
  Audience audience = Audience::field;    ///< who sees the output when nobody says otherwise
  std::filesystem::path provenance_file;  ///< may be empty; need not be there
  std::optional<DataOrigin> origin;       ///< what the provenance file says
  bool use_packs = true;                  ///< a pack that was made from these sources stands for them
  std::shared_ptr<const PackFile> pack;   ///< that this is the project of: its sources need not be there; else null
  std::shared_ptr<const void> unpacked;   ///< keeps the files of such a project
};

/// `path`: project.toml, the folder that holds it, or a pack. Texts that the provenance file gives (title,
/// source_line,
/// ...) replace those of project.toml. Errors name file, line, key, value, nearest known key.
Project read_project(const std::filesystem::path& path);

}  // namespace battlemap::geo
