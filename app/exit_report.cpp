#include "app/exit_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/data_origin.hpp"
#include "app/exit_subject.hpp"

namespace battlemap::app {
namespace {

std::string count_text(const geo::ExitCount& count) {
  return count ? geo::format_number(static_cast<double>(*count), 0) : "hidden";
}

std::string percent_text(const geo::ExitAccuracy& accuracy) {
  const auto percent = accuracy.percent();
  return percent ? fmt::format("{:.2f} % of {}", *percent, count_text(accuracy.told())) : "cannot be told";
}

std::string heading(const ExitReport& report) {
  const geo::Dataset& d = report.dataset;
  const geo::Project& project = d.project;
  const std::string place = report.place.valid() ? d.tree.path(report.place) : project.title.zh;
  std::string text =
      fmt::format("{} · {} 年末退出标准判定 | Exits judged at the end of {} ({})\n", place,
                  report.results().year, report.results().year, geo::audience_name(d.audience).en);
  text += fmt::format("criteria: {}\n", project.criteria_folder.string());
  if (const std::string note = origin_note(project); !note.empty()) text += fmt::format("data: {}\n", note);
  return text;
}

std::string judged_lines(const geo::ExitResults& results) {
  std::string text = fmt::format("\njudged\n  {:<12}{:>10}{:>10}{:>13}{:>16}{:>24}\n", "", "pass", "fail",
                                 "cannot tell", "not applicable", "pass, not recorded out");
  for (const geo::ExitSubject subject : geo::all_exit_subjects) {
    const geo::ExitTable& t = results[subject];
    text += fmt::format("  {:<12}{:>10}{:>10}{:>13}{:>16}{:>24}\n", geo::exit_subject_id(subject),
                        count_text(t.judged[0]), count_text(t.judged[1]), count_text(t.judged[2]),
                        count_text(t.judged[3]), count_text(t.missed));
  }
  return text;
}

std::string accuracy_lines(const geo::ExitResults& results, const std::string& which,
                           geo::ExitAccuracy geo::ExitTable::*part) {
  std::string text = fmt::format("\nexits recorded {}\n  {:<12}{:>10}{:>11}{:>14}{:>13}    {}\n", which, "",
                                 "recorded", "confirmed", "contradicted", "cannot tell", "exit accuracy");
  for (const geo::ExitSubject subject : geo::all_exit_subjects) {
    const geo::ExitAccuracy& a = results[subject].*part;
    text += fmt::format("  {:<12}{:>10}{:>11}{:>14}{:>13}    {}\n", geo::exit_subject_id(subject),
                        count_text(a.recorded), count_text(a.confirmed), count_text(a.contradicted),
                        count_text(a.unknown), percent_text(a));
  }
  return text;
}

/// Recorded exits that fail, by the criterion that decides: where to look first.
std::string deciding_line(const geo::ExitTable& table) {
  std::vector<std::size_t> counts(table.criteria().size(), 0);
  for (const geo::ExitJudgement& j : table.judgements)
    if (j.contradicted() && j.deciding >= 0) ++counts[static_cast<std::size_t>(j.deciding)];
  std::string text;
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] > 0)
      text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", table.criteria()[k].name.zh,
                          table.criteria()[k].id, geo::format_number(static_cast<double>(counts[k]), 0));
  return text;
}

std::string number_text(const geo::Criterion& criterion, double value) {
  const std::string unit = criterion.unit.in(geo::Language::zh);
  return fmt::format("{}{}{}", geo::format_number(value, criterion.decimals), unit.empty() ? "" : " ", unit);
}

/// "收入 income 2,310 元/人, not ≥ 2,952 元/人".
std::string reason(const geo::ExitTable& table, std::size_t i) {
  const int deciding = table.judgements[i].deciding;
  if (deciding < 0) return "the criterion is hidden";
  const geo::Criterion& criterion = table.criteria()[static_cast<std::size_t>(deciding)];
  const geo::CriterionResult& result = table.results_of(i)[static_cast<std::size_t>(deciding)];
  const std::string value = result.has_value() ? number_text(criterion, result.value) : "(hidden)";
  return fmt::format("{} {} {}, not {} {}", criterion.name.zh, criterion.id, value,
                     geo::comparison_sign(criterion.comparison), number_text(criterion, result.threshold));
}

std::string failing_lines(const ExitReport& report, const geo::ExitTable& table) {
  const geo::Text& name = geo::exit_subject_name(table.table.subject);
  if (table.accuracy.contradicted == geo::ExitCount(0) || table.judgements.empty()) return {};
  std::string text = fmt::format("\n{} | {}: recorded as out, but failing: {}\n", name.zh, name.en,
                                 count_text(table.accuracy.contradicted));
  if (const std::string by = deciding_line(table); !by.empty()) text += fmt::format("  decided by {}\n", by);
  std::size_t listed = 0, more = 0;
  for (std::size_t i = 0; i < table.judgements.size(); ++i) {
    const geo::ExitJudgement& j = table.judgements[i];
    if (!j.contradicted()) continue;
    if (listed++ >= report.listed) {
      ++more;
      continue;
    }
    const ExitWho who = who_is_judged(report.dataset, table.table.subject, j.subject);
    text += fmt::format("  {:<16} {}  out {}: {}\n", who.code.empty() ? "(hidden)" : who.code, who.name,
                        *j.recorded, reason(table, i));
  }
  if (more > 0)
    text += fmt::format("  and {} more: --list N shows more, --json FILE all\n",
                        geo::format_number(static_cast<double>(more), 0));
  return text;
}

}  // namespace

std::string exit_text(const ExitReport& report) {
  const geo::ExitResults& results = report.results();
  std::string text =
      heading(report) + judged_lines(results) +
      accuracy_lines(results, fmt::format("up to {}", results.year), &geo::ExitTable::accuracy) +
      accuracy_lines(results, fmt::format("in {} alone", results.year), &geo::ExitTable::of_the_year);
  for (const geo::ExitSubject subject : geo::all_exit_subjects)
    text += failing_lines(report, results[subject]);
  return text;
}

}  // namespace battlemap::app
