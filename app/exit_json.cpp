#include <fmt/ostream.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/data_origin.hpp"
#include "app/exit_report.hpp"
#include "app/exit_subject.hpp"

namespace battlemap::app {
namespace {

using nlohmann::json;

std::string json_text(std::string_view text) {
  return text.empty() ? "null" : json(text).dump();
}

/// Shortest text that reads back as the same number; JSON knows no infinity and no NaN.
std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "null";
}

std::string_view status_id(geo::Status status) {
  if (status == geo::Status::masked) return "masked";
  return status == geo::Status::not_applicable ? "not_applicable" : "no_data";
}

void append_result(std::string& line, const geo::Criterion& criterion, const geo::CriterionResult& result) {
  fmt::format_to(std::back_inserter(line), R"({{"id":{},"value":{},"threshold":{},"result":"{}")",
                 json_text(criterion.id), result.has_value() ? number(result.value) : "null",
                 number(result.threshold), geo::judgement_id(result.result));
  if (!result.has_value())
    fmt::format_to(std::back_inserter(line), R"(,"why":"{}")", status_id(result.status));
  line += '}';
}

std::string row_json(const ExitReport& report, const geo::ExitTable& table, std::size_t i) {
  const geo::ExitJudgement& j = table.judgements[i];
  const ExitWho who = who_is_judged(report.dataset, table.table.subject, j.subject);
  const bool decided = j.deciding >= 0;
  std::string line = fmt::format(
      R"({{"code":{},"name":{},"place":{},"recorded":{},"judged":"{}","deciding":{},"criteria":[)",
      json_text(who.code), json_text(who.name), json_text(who.place),
      j.recorded ? fmt::format("{}", *j.recorded) : "null", geo::judgement_id(j.judged),
      decided ? json_text(table.criteria()[static_cast<std::size_t>(j.deciding)].id) : "null");
  const auto results = table.results_of(i);
  for (std::size_t k = 0; k < results.size(); ++k) {
    if (k > 0) line += ',';
    append_result(line, table.criteria()[k], results[k]);
  }
  return line + "]}";
}

void write_rows(const ExitReport& report, geo::ExitSubject subject, std::ostream& out) {
  const geo::ExitTable& table = report.results()[subject];
  fmt::print(out, "\"{}\": [", geo::exit_subject_id(subject));
  for (std::size_t i = 0; i < table.judgements.size(); ++i)
    out << (i == 0 ? "\n" : ",\n") << row_json(report, table, i);
  out << "\n],\n";
}

json count_json(const geo::ExitCount& count) {
  return count ? json(*count) : json(nullptr);
}

json accuracy_json(const geo::ExitAccuracy& accuracy) {
  const auto percent = accuracy.percent();
  return {{"recorded", count_json(accuracy.recorded)},
          {"confirmed", count_json(accuracy.confirmed)},
          {"contradicted", count_json(accuracy.contradicted)},
          {"unknown", count_json(accuracy.unknown)},
          {"told", count_json(accuracy.told())},
          {"exit_accuracy", percent ? json(*percent) : json(nullptr)}};
}

json summary_of(const geo::ExitTable& table) {
  json summary = accuracy_json(table.accuracy);
  json judged;
  for (int k = 0; k < geo::judgement_count; ++k)
    judged[geo::judgement_id(static_cast<geo::Judgement>(k))] =
        count_json(table.judged[static_cast<std::size_t>(k)]);
  summary["judged"] = judged;
  summary["missed"] = count_json(table.missed);
  summary["of_the_year"] = accuracy_json(table.of_the_year);
  return summary;
}

json summary_json(const geo::ExitResults& results) {
  json summary;
  for (const geo::ExitSubject subject : geo::all_exit_subjects)
    summary[geo::exit_subject_id(subject)] = summary_of(results[subject]);
  summary["exit_accuracy"] = summary["household"]["exit_accuracy"];  // what the word means without more
  return summary;
}

}  // namespace

void write_exit_json(const ExitReport& report, std::ostream& out) {
  const geo::Dataset& dataset = report.dataset;
  const json place = report.place.valid() ? json(dataset.tree[report.place].code.text()) : json(nullptr);
  fmt::print(out, "{{\n\"project\": {},\n\"data\": {},\n\"year\": {},\n\"place\": {},\n\"audience\": {},\n",
             json_text(dataset.project.id), origin_json(dataset.project).dump(), report.results().year,
             place.dump(), json_text(geo::audience_id(dataset.audience)));
  for (const geo::ExitSubject subject : geo::all_exit_subjects) write_rows(report, subject, out);
  fmt::print(out, "\"summary\": {}\n}}\n", summary_json(report.results()).dump(2));
}

}  // namespace battlemap::app
