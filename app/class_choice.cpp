#include "app/class_choice.hpp"

#include <fmt/ranges.h>

#include "geo/error.hpp"

namespace battlemap::app {
namespace {

using geo::Method;

/// An option that one method alone takes, and whether it was given.
struct OwnOption {
  const char* name;
  Method method;
  bool given;
};

std::vector<OwnOption> own_options(const ClassChoice& choice) {
  return {{"--breaks", Method::manual, !choice.breaks.empty()},
          {"--interval", Method::defined, choice.interval.has_value()},
          {"--hinge", Method::box, choice.hinge.has_value()},
          {"--multiples", Method::stddev, !choice.multiples.empty()}};
}

}  // namespace

void add_class_choice(Command command, ClassChoice& choice) {
  command.add_option("--method", choice.method, fmt::format("Classes: {}", fmt::join(geo::method_ids(), ", ")))
      .type_name("M");
  command.add_option("--count", choice.count, "How many classes, 1 to 9; headtail: at most so many")
      .in_range(1, geo::most_classes)
      .type_name("K");
  command.add_option("--breaks", choice.breaks, "Inner class breaks, ascending: 3,10,20 (method manual)")
      .delimiter(',')
      .type_name("B...");
  command.add_option("--interval", choice.interval, "Width of a class (method defined)").type_name("W");
  command.add_option("--hinge", choice.hinge, "Interquartile ranges from quartile to fence, default 1.5 (method box)")
      .type_name("H");
  command.add_option("--multiples", choice.multiples,
                     "Inner breaks in standard deviations from the mean, ascending: -2,-1,1,2 (method stddev)")
      .delimiter(',')
      .type_name("S...");
}

std::optional<Method> chosen_method(const ClassChoice& choice) {
  std::optional<Method> method;
  if (!choice.method.empty()) method = geo::parse_method(choice.method);
  for (const OwnOption& option : own_options(choice)) {
    if (!option.given) continue;
    if (!method) method = option.method;
    if (method != option.method)
      throw geo::UsageError(fmt::format("{} is for method {}, not {}", option.name, geo::method_id(option.method),
                                        geo::method_id(*method)));
  }
  return method;
}

render::ClassOverride class_override(const ClassChoice& choice) {
  render::ClassOverride chosen;
  chosen.method = chosen_method(choice);
  chosen.count = choice.count;
  chosen.breaks = choice.breaks, chosen.multiples = choice.multiples;
  chosen.interval = choice.interval, chosen.hinge = choice.hinge;
  return chosen;
}

}  // namespace battlemap::app
