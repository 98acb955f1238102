#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iostream>
#include <set>

#include "app/class_table.hpp"
#include "app/command.hpp"
#include "geo/cell.hpp"
#include "geo/error.hpp"

namespace battlemap::app {
namespace {

constexpr auto examples =
    R"(Class k holds breaks[k] < value <= breaks[k+1]; the first also holds the lowest value.
Methods: equal (intervals of one width), quantile (as many values in each; equal values stay together),
natural (least squared deviation within classes, exact), manual (the inner breaks given by --breaks).

Examples:
  battlemap classes data/qinghai --map poverty-rate --level county --year 2016
  battlemap classes data/qinghai --map poverty-rate --level village --year 2016 --method quantile --count 7
  battlemap classes --values rates.txt --method natural --count 5 --json classes.json
  battlemap classes --values rates.txt --breaks 3,10,20)";

struct Options {
  std::string project, map, level, method;
  std::filesystem::path values_file, json;
  int year = 0;
  int count = 0;
  std::vector<double> breaks;
};

/// A column's name: words, not a mistyped number ("12a", "NaN").
bool is_header(std::string_view text) {
  static const std::set<std::string> not_names{"nan", "inf", "infinity"};
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::string_view("0123456789+-.,").find(lower.front()) == std::string_view::npos &&
         !not_names.contains(lower);
}

/// One number a line; the first line may be a header, empty lines do not matter.
std::vector<double> read_values(std::istream& in, const std::string& name) {
  std::vector<double> values;
  std::string line;
  bool first = true;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const std::string_view text = geo::trimmed(line);
    if (text.empty()) continue;
    const auto value = geo::parse_number(text);
    const bool header = std::exchange(first, false) && !value && is_header(text);
    if (!value && !header)
      geo::fail("{}: line {}: '{}' is not a number; give one number a line", name, number, text);
    if (value) values.push_back(*value);
  }
  if (in.bad()) geo::fail("{}: reading stopped after {} values", name, values.size());
  if (values.empty()) geo::fail("{}: no values; give one number a line", name);
  return values;
}

std::vector<double> read_values(const std::filesystem::path& file) {
  if (file == "-") return read_values(std::cin, "standard input");
  if (std::filesystem::is_directory(file)) geo::fail("{}: a folder, not a file of numbers", file.string());
  std::ifstream in(file, std::ios::binary);
  if (!in) geo::fail("{}: no such file, or it cannot be read", file.string());
  return read_values(in, file.string());
}

/// --breaks alone means manual classes.
geo::Method chosen_method(const Options& options) {
  if (!options.method.empty()) return geo::parse_method(options.method);
  return options.breaks.empty() ? geo::Method::natural : geo::Method::manual;
}

void require_breaks(const Options& options, geo::Method method) {
  if (method == geo::Method::manual && options.breaks.empty())
    throw geo::UsageError("method manual needs its inner breaks, e.g. --breaks 3,10,20");
  if (method != geo::Method::manual && !options.breaks.empty())
    throw geo::UsageError(fmt::format("--breaks are for method manual, not {}", geo::method_id(method)));
}

void write_classes(const geo::Classes& classes, const Options& options, nlohmann::json extra) {
  if (options.json != "-") fmt::print("{}", class_table(classes));
  if (options.json.empty()) return;
  nlohmann::json json = classes_json(classes);
  json.update(extra);
  write_json(options.json, json);
}

void classes_of_values(const Options& options) {
  const geo::Method method = chosen_method(options);
  require_breaks(options, method);
  const int count = options.count == 0 ? 5 : options.count;
  write_classes(geo::classify(read_values(options.values_file), method, count, options.breaks), options,
                nlohmann::json::object());
}

}  // namespace

void add_classes(CLI::App& program) {
  CLI::App* command = program.add_subcommand("classes", "Classify a map's values, or a column of numbers");
  const auto options = std::make_shared<Options>();
  command->add_option("--values", options->values_file,
                      "a text file of one number a line; - reads standard input");
  command->add_option("--method", options->method, "equal, quantile, natural or manual");
  command->add_option("--count", options->count, "number of classes, 1 to 9")->check(CLI::Range(1, 9));
  command->add_option("--breaks", options->breaks, "inner breaks of manual classes, ascending: 3,10,20")
      ->delimiter(',');
  command->add_option("--json", options->json,
                      "also write JSON to this file; - writes only JSON, to standard output");
  command->footer(examples);
  command->callback([options] { classes_of_values(*options); });
}

}  // namespace battlemap::app
