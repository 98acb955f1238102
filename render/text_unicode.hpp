#pragma once
#include <string>
#include <string_view>

namespace battlemap::render {

/// Code points of UTF-8 text. Every maximal ill-formed part becomes one U+FFFD (Unicode 15, 3.9); control
/// characters, line and paragraph separators become spaces.
std::u32string printable(std::string_view utf8);

}  // namespace battlemap::render
