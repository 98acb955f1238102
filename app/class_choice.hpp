#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/command_line.hpp"
#include "render/compose.hpp"

namespace battlemap::app {

/// How to class, as said on the command line: the same options in every command that draws or prints classes.
struct ClassChoice {
  std::string method;
  std::optional<int> count;
  std::optional<double> interval, hinge;
  std::vector<double> breaks, multiples;
};
void add_class_choice(Command command, ClassChoice& choice);

/// --breaks alone means manual, --interval alone defined, --hinge alone box, --multiples alone stddev; nullopt:
/// nothing was said. Throws UsageError for an unknown method and for options that another method takes.
std::optional<geo::Method> chosen_method(const ClassChoice& choice);
render::ClassOverride class_override(const ClassChoice& choice);

}  // namespace battlemap::app
