#pragma once
#include <string_view>

#include "geo/code.hpp"

namespace battlemap::geo {

/// The code that a test writes out; throws when it is none.
inline Code code(std::string_view text) { return Code::parse(text).value(); }

}  // namespace battlemap::geo
