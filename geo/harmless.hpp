#pragma once
#include <string>
#include <string_view>

namespace battlemap::geo {

/// Text out of anybody's file, safe to print on a terminal and in the window, on one line: control characters
/// as
/// "\x1B", marks that turn, join or hide text as "<U+202E>", bytes that are no UTF-8 as "\xFF". What is
/// longer than `most` characters loses its middle, and says how many characters that were.
std::string harmless(std::string_view text, std::size_t most = 400);

/// A name to be drawn and listed: those characters are left out, what is longer than `most` is cut and ends
/// in "…".
std::string clean_name(std::string_view text, std::size_t most = 100);
/// The same of a title or a note, which may have lines.
std::string clean_text(std::string_view text, std::size_t most = 4000);

}  // namespace battlemap::geo
