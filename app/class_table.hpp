#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "geo/classify.hpp"

namespace battlemap::app {

/// The classes as aligned text: range and count of each, the goodness of fit below.
std::string class_table(const geo::Classes& classes);
/// {method, breaks: [low, b1, ..., high], counts: [...], goodness_of_variance_fit}.
nlohmann::json classes_json(const geo::Classes& classes);

}  // namespace battlemap::app
