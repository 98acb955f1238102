#include <fmt/ranges.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/common_options.hpp"
#include "geo/boundaries.hpp"
#include "geo/division.hpp"
#include "geo/error.hpp"
#include "geo/project.hpp"

namespace battlemap::app {
namespace {

struct FindOptions {
  std::filesystem::path project;
  std::string text;
  std::filesystem::path json;
  std::size_t limit = 50;
};

nlohmann::json to_json(const geo::DivisionTree& tree, const FindOptions& options,
                       const std::vector<geo::FoundPlace>& places) {
  nlohmann::json list = nlohmann::json::array();
  for (const geo::FoundPlace& place : places)
    list.push_back({{"code", tree[place.ref].code.text()},
                    {"level", geo::level_id(place.ref.level)},
                    {"name", tree[place.ref].name},
                    {"path", tree.path(place.ref)}});
  return {{"query", options.text}, {"places", list}};
}

void print(const geo::DivisionTree& tree, const std::vector<geo::FoundPlace>& places) {
  constexpr int code_width = geo::digits_of(geo::Level::village);
  for (const geo::FoundPlace& place : places)
    fmt::print("{:<{}}  {:<10}  {}\n", tree[place.ref].code.text(), code_width,
               geo::level_id(place.ref.level), tree.path(place.ref));
}

[[noreturn]] void fail_nothing_found(const geo::DivisionTree& tree, const std::string& text) {
  const std::vector<std::string> near = geo::nearest_place_names(tree, text);
  geo::fail("no place matches '{}'{}", text,
            near.empty() ? "; give a code, the start of one, a name or a part of a name"
                         : fmt::format("; did you mean {}?", fmt::join(near, ", ")));
}

void run(const FindOptions& options) {
  const geo::DivisionTree tree = geo::read_divisions(geo::read_project(options.project));
  // One more than asked for tells whether there are more.
  std::vector<geo::FoundPlace> places = geo::find_places(tree, options.text, options.limit + 1);
  const bool more = places.size() > options.limit;
  if (more) places.pop_back();
  if (!options.json.empty()) write_json(options.json, to_json(tree, options, places));
  if (places.empty()) fail_nothing_found(tree, options.text);
  if (options.json != "-") print(tree, places);
  if (more) fmt::print(stderr, "more than {} places match; --limit N shows more\n", options.limit);
}

}  // namespace

void add_find(Command program) {
  Command command = program.add_subcommand("find", "Find places by name or code");
  const auto options = std::make_shared<FindOptions>();
  add_project(command, options->project);
  command.add_option("TEXT", options->text, "a code, the start of one, a name or a part of a name")
      .required();
  command
      .add_option("--json", options->json,
                   "write {query, places: [{code, level, name, path}]} to FILE (-: stdout)")
      .type_name("FILE");
  command.add_option("--limit", options->limit, "list at most N places")
      .type_name("N")
      .in_range(1, 1000000)
      .show_default();
  command.footer(
      "Best matches first: exact code, start of a code, exact name, start of a name, part of a name; of "
      "equal\n"
      "ones the coarser level first. Nothing found: exit code 1 and the nearest names.\n\n"
      "Examples:\n  battlemap find data/qinghai 互助\n  battlemap find data/qinghai 630223 --json -");
  command.callback([options] { run(*options); });
}

}  // namespace battlemap::app
