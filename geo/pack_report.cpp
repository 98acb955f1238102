#include "geo/pack_report.hpp"

#include <nlohmann/json.hpp>

namespace battlemap::geo {

// Found by nlohmann::json through the types' namespace.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Problem, kind, source, row, code, message, count)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(JoinReport::UnmatchedRow, row, code, name, reason, nearest)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(JoinReport::UnmatchedDivision, code, name, nearest)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(JoinReport::DuplicateRow, code, first_row, row, agree)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(JoinReport::RepairedRow, row, cell, code)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(JoinReport::NamedRow, row, name, code, division)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(BoundaryReport, source, level, features, loaded, repaired, points, dissolved)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EncodingGuess, encoding, confidence, mark, plain_ascii, stated, faultless)

namespace {

using nlohmann::json;

json report_json(const JoinReport& report) {
  json out{{"source", report.source},
           {"level", report.level},
           {"year", report.year},
           {"matched", report.matched},
           {"unmatched_divisions", report.unmatched_divisions},
           {"unmatched_rows", report.unmatched_rows},
           {"duplicates", report.duplicates},
           {"conflicting", report.conflicting},
           {"repaired", report.repaired},
           {"by_name", report.by_name},
           {"rows_without_division", report.rows_without_division},
           {"divisions_without_row", report.divisions_without_row},
           {"duplicate_rows", report.duplicate_rows},
           {"repaired_rows", report.repaired_rows},
           {"rows_by_name", report.rows_by_name}};
  if (report.encoding) out["encoding"] = *report.encoding;
  return out;
}

JoinReport report_of(const json& in) {
  JoinReport report;
  in.at("source").get_to(report.source);
  in.at("level").get_to(report.level);
  in.at("year").get_to(report.year);
  in.at("matched").get_to(report.matched);
  in.at("unmatched_divisions").get_to(report.unmatched_divisions);
  in.at("unmatched_rows").get_to(report.unmatched_rows);
  in.at("duplicates").get_to(report.duplicates);
  in.at("conflicting").get_to(report.conflicting);
  in.at("repaired").get_to(report.repaired);
  in.at("by_name").get_to(report.by_name);
  in.at("rows_without_division").get_to(report.rows_without_division);
  in.at("divisions_without_row").get_to(report.divisions_without_row);
  in.at("duplicate_rows").get_to(report.duplicate_rows);
  in.at("repaired_rows").get_to(report.repaired_rows);
  in.at("rows_by_name").get_to(report.rows_by_name);
  if (in.contains("encoding")) report.encoding = in.at("encoding").get<EncodingGuess>();
  return report;
}

/// Files are named by their paths; those below the folder that was packed are now below the project's.
void move_source(std::string& source, const std::string& packed, const std::filesystem::path& folder) {
  if (source.starts_with(packed + "/")) source = (folder / source.substr(packed.size() + 1)).string();
}

void require_level(Level level) {
  if (static_cast<std::size_t>(level) >= level_count) throw std::out_of_range("a level that there is not");
}

}  // namespace

std::string packed_report(const Dataset& dataset) {
  json joins = json::array();
  for (const JoinReport& report : dataset.join_reports) joins.push_back(report_json(report));
  const json all{{"folder", dataset.project.folder.string()},
                 {"boundaries", dataset.boundary_reports},
                 {"joins", std::move(joins)},
                 {"problems", dataset.source_problems},
                 {"lakes", dataset.lake_names},
                 {"rivers", dataset.river_names}};
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

void restore_report(std::string_view text, const PackFile& pack, Dataset& dataset) try {
  const json all = json::parse(text);
  all.at("boundaries").get_to(dataset.boundary_reports);
  for (const json& report : all.at("joins")) dataset.join_reports.push_back(report_of(report));
  all.at("problems").get_to(dataset.problems);
  all.at("lakes").get_to(dataset.lake_names);
  all.at("rivers").get_to(dataset.river_names);
  const auto folder = all.at("folder").get<std::string>();
  for (JoinReport& report : dataset.join_reports) move_source(report.source, folder, dataset.project.folder);
  for (BoundaryReport& report : dataset.boundary_reports) move_source(report.source, folder, dataset.project.folder);
  for (Problem& problem : dataset.problems) move_source(problem.source, folder, dataset.project.folder);
  for (const BoundaryReport& report : dataset.boundary_reports) require_level(report.level);
  for (const JoinReport& report : dataset.join_reports) require_level(report.level);
} catch (const std::exception& e) {
  pack.fail(fmt::format("its report cannot be read: {}", e.what()));
}

}  // namespace battlemap::geo
