#pragma once
#include <string_view>

#include "geo/text.hpp"

namespace battlemap::app {

/// "zh", "en" or "both". Throws UsageError listing them.
geo::Language parse_language(std::string_view text);

}  // namespace battlemap::app
