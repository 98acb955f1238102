#pragma once
#include <string_view>

namespace battlemap::geo {

/// The text of a table that is built into the program ("categories.toml", "audience.toml"): the demo's own,
/// used where a project names none. Throws Error for another name.
std::string_view default_table(std::string_view name);

}  // namespace battlemap::geo
