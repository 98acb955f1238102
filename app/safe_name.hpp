#pragma once
#include <string>
#include <string_view>

namespace battlemap::app {

/// The text as (a part of) a file's name: what is a separator, a wildcard, a control or a direction mark
/// somewhere becomes "_", as do bytes that are no UTF-8; no dot, blank or dash at its ends; at most 120 bytes.
/// Never empty.
std::string safe_name(std::string_view text);

}  // namespace battlemap::app
