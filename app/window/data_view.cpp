#include "app/window/data_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "geo/records.hpp"

namespace battlemap::app {
namespace {

constexpr std::size_t messages_kept = 40;  // of a kind; `check --json` lists all

struct KindName {
  std::string_view id;
  const char *zh, *en;
};
/// Kinds that are not here are shown by their ids.
constexpr std::array kind_names{
    KindName{"unmatched_row", "统计表的行找不到区划", "Rows of no division"},
    KindName{"unmatched_division", "区划在统计表里没有行", "Divisions without a row"},
    KindName{"duplicate_row", "同一区划同一年有多行,内容矛盾", "Rows that contradict one another"},
    KindName{"tables_differ", "两张表对同一区划说法不同", "Tables that contradict one another"},
    KindName{"repeated_row", "同一区划同一年有多行,内容相同", "Rows given twice"},
    KindName{"duplicate_code", "区划代码重复", "Codes that occur twice"},
    KindName{"duplicate_id", "编号重复", "Ids that occur twice"},
    KindName{"repaired_code", "已修复的区划代码", "Codes repaired"},
    KindName{"numeric_code", "被表格软件变成数字的代码", "Codes turned into numbers"},
    KindName{"joined_by_name", "按名称连接的行", "Rows joined by name"},
    KindName{"name_mismatch", "名称与代码不是同一区划", "Names of another division than the code"},
    KindName{"bad_code", "不成立的区划代码", "Codes that cannot be"},
    KindName{"missing_code", "缺区划代码", "No code"},
    KindName{"unknown_code", "名录之外的代码", "Codes of no division"},
    KindName{"bad_cell", "单元格不是数", "Cells that hold no number"},
    KindName{"formula_error", "公式出错的单元格", "Cells whose formula failed"},
    KindName{"negative_number", "不该为负的数", "Numbers below zero"},
    KindName{"negative_count", "数量为负", "Counts below zero"},
    KindName{"bad_year", "年份不成立", "Years that cannot be"},
    KindName{"other_year", "项目之外的年份", "Years outside the project"},
    KindName{"other_indicator", "项目之外的指标", "Indicators outside the project"},
    KindName{"zero_denominator", "分母为零", "Denominators of zero"},
    KindName{"header_row", "表头不在第一行", "Header below the first row"},
    KindName{"no_rows", "没有数据行", "Tables without a row"},
    KindName{"first_layer", "没有指名的图层,读了第一个", "Layers not named: the first was read"},
    KindName{"fractions", "百分数可能写成了小数", "Shares where per cent are meant"},
    KindName{"filled_down", "按上一行补的空单元格", "Empty cells taken for those above"},
    KindName{"missing_year", "没有任何数据的年份", "Years without any row"},
    KindName{"duplicate_column", "列名重复", "Columns of one name"},
    KindName{"long_row", "超出表头的单元格", "Cells past the last column"},
    KindName{"unclosed_quote", "引号没有闭合", "A quote that is never closed"},
    KindName{"uncertain_encoding", "编码没有把握", "Encoding uncertain"},
    KindName{"bad_text", "读不出的文字", "Bytes that are no text"},
    KindName{"found_field", "按内容认出的字段", "Fields found by their content"},
    KindName{"guessed_encoding", "猜出的编码", "Encoding guessed"},
    KindName{"invalid_geometry", "已修复的边界", "Outlines repaired"},
    KindName{"empty_geometry", "没有边界的要素", "Features without an outline"},
    KindName{"mixed_geometry", "混合几何,只取多边形", "Collections: only polygons taken"},
    KindName{"wrong_geometry_type", "几何类型不对", "Geometries of another type"},
    KindName{"missing_boundary", "没有边界的区划", "Divisions without an outline"},
    KindName{"no_boundary", "没有边界的区划", "Divisions without an outline"},
    KindName{"missing_parent", "上级不在名录", "Parents that are missing"},
    KindName{"outside_parent", "边界在上级之外", "Outlines outside their parent"},
    KindName{"outside_projection", "投影之外的要素", "Features outside the projection"},
    KindName{"area_mismatch", "面积与下级之和不符", "Areas that their parts do not add up to"},
    KindName{"gap", "边界之间的缝隙", "Gaps between outlines"},
    KindName{"overlap", "边界重叠", "Outlines that overlap"},
    KindName{"odd_name", "名称里有看不见的字符或过长", "Names too long or with hidden characters"},
    KindName{"no_name", "没有名称的区划", "Divisions without a name"},
    KindName{"unknown_category", "认不出的类别", "Categories not known"},
    KindName{"too_many_categories", "类别过多", "Too many categories"},
    KindName{"unknown_place", "认不出的地方", "Places not known"},
    KindName{"unknown_figure", "数字表里没有的数", "Figures not in the figures file"},
    KindName{"unknown_reference", "指向不存在的编号", "References to nothing"},
    KindName{"outside_place", "台账的点不在所属村", "Records outside their village"},
    KindName{"no_place", "台账没有位置", "Records without a place"},
    KindName{"map_file", "专题图文件有误", "Map files with mistakes"},
};

std::string said(geo::Language language, std::string_view zh, std::string_view en) {
  return std::string(language == geo::Language::en ? en : zh);
}

std::string kind_label(std::string_view id, geo::Language language) {
  for (const KindName& name : kind_names)
    if (name.id == id) return said(language, name.zh, name.en);
  return std::string(id);
}

std::string number(std::size_t n) {
  return geo::format_number(static_cast<double>(n), 0);
}

std::string file_of(const std::string& source) {
  return std::filesystem::path(source).filename().string();
}

const geo::Indicator* indicator_of(const geo::Dataset& dataset, std::string_view id) {
  for (const geo::Indicator& each : dataset.statistics.indicators())
    if (each.id == id) return &each;
  return nullptr;
}

DataView::Line total_line(const geo::Dataset& dataset, const geo::ControlResult& result, geo::Language language) {
  const geo::Indicator* indicator = indicator_of(dataset, result.total.indicator);
  const auto place = dataset.tree.find(result.total.place);
  const std::string actual = result.actual.has_value()
                                 ? geo::format_number(result.actual.value, result.total.decimals)
                                 : geo::status_name(result.actual.status).in(language);
  DataView::Line line;
  line.label = fmt::format("{} · {} · {}", place ? dataset.tree[*place].name : result.total.place.text(), result.total.year,
                           indicator == nullptr ? result.total.indicator : indicator->name.in(language));
  line.detail = fmt::format("{} {} · {} {}", said(language, "公布", "published"),
                            geo::format_number(result.total.expected, result.total.decimals),
                            said(language, "计算", "computed"), actual);
  line.tone = result.ok ? DataView::Tone::good : DataView::Tone::bad;
  return line;
}

DataView::Line join_line(const geo::JoinReport& join, geo::Language language) {
  DataView::Line line{fmt::format("{} · {}", file_of(join.source), join.year), {}, {}};
  line.detail = fmt::format("{} {}", said(language, "匹配", "matched"), number(join.matched));
  const auto add = [&](std::size_t count, std::string_view zh, std::string_view en) {
    if (count > 0) line.detail += fmt::format(" · {} {}", said(language, zh, en), number(count));
  };
  add(join.unmatched_divisions, "无行的区划", "divisions without a row");
  add(join.unmatched_rows, "无区划的行", "rows of no division");
  add(join.duplicates, "重复行", "repeated rows");
  add(join.repaired, "修复", "repaired");
  if (join.unmatched_rows + join.duplicates > 0) line.tone = DataView::Tone::bad;
  return line;
}

DataView::Line boundary_line(const geo::BoundaryReport& boundary, geo::Language language) {
  DataView::Line line{file_of(boundary.source), {}, {}};
  line.detail = boundary.dissolved ? said(language, "由下级合并", "dissolved from a finer level")
                                   : fmt::format("{} {} / {}", said(language, "载入", "loaded"), number(boundary.loaded),
                                                 number(boundary.features));
  if (boundary.repaired > 0)
    line.detail += fmt::format(" · {} {}", said(language, "修复", "repaired"), number(boundary.repaired));
  if (!boundary.dissolved && boundary.loaded < boundary.features) line.tone = DataView::Tone::bad;
  return line;
}

DataView::Line record_line(const geo::RecordReport& report, geo::Language language) {
  DataView::Line line{geo::record_kind_name(report.kind).in(language), {}, {}};
  line.detail = fmt::format("{} {} · {} {}", number(report.rows), said(language, "行", "rows"),
                            said(language, "有所属地", "in a place"), number(report.placed));
  if (report.problems > 0) {
    line.detail += fmt::format(" · {} {}", said(language, "问题", "problems"), number(report.problems));
    line.tone = DataView::Tone::bad;
  }
  return line;
}

std::string message_of(const geo::Problem& problem) {
  std::string where = file_of(problem.source);
  if (problem.row > 0) where += fmt::format(":{}", problem.row);
  if (!problem.code.empty()) where += fmt::format("{}{}", where.empty() ? "" : " · ", problem.code);
  return where.empty() ? problem.message : where + " · " + problem.message;
}

std::vector<DataView::Kind> kinds_of(const geo::Problems& problems, geo::Language language) {
  std::map<std::string, DataView::Kind> by_id;
  for (const geo::Problem& problem : problems) {
    DataView::Kind& kind = by_id[problem.kind];
    if (kind.count == 0)
      kind.id = problem.kind, kind.label = kind_label(problem.kind, language), kind.note = is_note(problem.kind);
    kind.count += problem.count;
    if (kind.messages.size() < messages_kept) kind.messages.push_back(message_of(problem));
  }
  std::vector<DataView::Kind> kinds;
  for (auto& [id, kind] : by_id) kinds.push_back(std::move(kind));
  std::stable_sort(kinds.begin(), kinds.end(), [](const DataView::Kind& a, const DataView::Kind& b) {
    return a.note != b.note ? b.note : a.count > b.count;
  });
  return kinds;
}

}  // namespace

DataView data_view(const CheckReport& report, geo::Language language) {
  const geo::Dataset& dataset = report.dataset;
  DataView view;
  std::size_t ok = 0;
  for (const geo::ControlResult& result : report.totals) {
    view.totals.push_back(total_line(dataset, result, language));
    ok += result.ok;
  }
  for (const geo::JoinReport& join : dataset.join_reports) view.joins.push_back(join_line(join, language));
  for (const geo::BoundaryReport& each : dataset.boundary_reports)
    view.boundaries.push_back(boundary_line(each, language));
  for (const geo::RecordReport& each : dataset.records.reports) view.records.push_back(record_line(each, language));
  view.problems = kinds_of(report.problems, language);
  std::size_t to_mend = 0;
  for (const DataView::Kind& kind : view.problems) to_mend += kind.note ? 0 : kind.count;
  view.good = report.failures() == 0;
  view.verdict = language == geo::Language::en
                     ? fmt::format("{} of {} control totals agree · {} problems", ok, report.totals.size(), to_mend)
                     : fmt::format("{} 项控制数中 {} 项相符 · {} 个问题", report.totals.size(), ok, to_mend);
  return view;
}

}  // namespace battlemap::app
