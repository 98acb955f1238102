#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/code.hpp"
#include "geo/records.hpp"
#include "geo/text.hpp"
#include "geo/toml_reader.hpp"

namespace battlemap::render {

enum class PanelKind {
  key_figures,  ///< large numbers with label and unit
  table,        ///< records row by row, or counts by two fields
  bar,          ///< counts and shares by a category
  stacked_bar,  ///< counts by one field, parted by another
  timeline,     ///< years with goals, tasks and workflow, planned and actual exits
  text,
  criteria,     ///< the exit criteria of the place: pass, fail, cannot tell
  pairing,      ///< cadres with their households, and households with nobody
  projects,     ///< project sites: sector, money, progress
  position      ///< where the place lies: its county, or its province
};
std::string_view panel_kind_id(PanelKind kind);

/// One large number: an indicator's value, or a number of records.
struct FigureSpec {
  geo::KeyLines lines;                      ///< in the map file
  std::string indicator;                    ///< empty: records are counted
  std::optional<geo::RecordKind> record;    ///< counted, or summed when `field` is a number
  std::string field;                        ///< number to sum; category to filter by `value`
  std::string value;                        ///< only records of this category
  std::string mean_by;                      ///< a mean weighted by this number instead of the sum
  geo::Text label;                          ///< empty: the indicator's or the record's name
  geo::Text unit;                           ///< empty: likewise
};

/// One year of a timeline.
struct TimelineEntry {
  int year = 0;
  geo::Text goal, tasks, workflow;
};

/// [[panel]] of a map file; which keys a kind has is in docs/adding_a_map.md.
struct PanelSpec {
  PanelKind kind = PanelKind::text;
  geo::KeyLines lines;                ///< in the map file
  geo::Text title;
  geo::Text text;                     ///< kind text; else a remark under the panel
  geo::RecordKind record = geo::RecordKind::household;
  std::string field;                  ///< table, bar, stacked_bar: what is counted by
  std::string by;                     ///< table, stacked_bar: the second field
  std::vector<std::string> columns;   ///< table of single records: the fields shown
  int rows = 0;                       ///< at most so many rows; 0: as many as there is room for
  std::vector<geo::Level> levels;     ///< only where the place is of these; empty: everywhere
  std::vector<FigureSpec> figures;    ///< key_figures: [[panel.figure]]
  std::vector<TimelineEntry> entries; ///< timeline: [[panel.entry]]
};

/// Throws geo::Error with file, line, key and the nearest known one.
PanelSpec read_panel(const geo::TomlTable& table);

}  // namespace battlemap::render
