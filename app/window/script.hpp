#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace battlemap::app {

/// One line of a window script: a verb and its words. Scripts drive the window in tests the way a hand
/// would, without an X server's timing.
struct ScriptLine {
  int number = 0;  ///< 1-based line in the file
  std::string verb;
  std::vector<std::string> words;
};

/// Parses a script. Empty lines and lines that begin with # are skipped. Throws geo::UsageError naming the
/// line for an unknown verb or a wrong number of words.
std::vector<ScriptLine> parse_script(std::string_view text);

/// The verbs with their words, one line each, for --help.
std::string script_help();

}  // namespace battlemap::app
