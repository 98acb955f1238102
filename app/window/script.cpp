#include "app/window/script.hpp"

#include <fmt/format.h>

#include <array>
#include <sstream>

#include "geo/error.hpp"
#include "geo/nearest.hpp"

namespace battlemap::app {
namespace {

struct Verb {
  std::string_view name;
  std::size_t min_words;
  std::size_t max_words;
  std::string_view help;
};

// A TARGET is "X Y" in window pixels or "@NAME": a control's name (@map:poverty-rate, @export), a place on the
// map (@place:6302), or a record as it is drawn (@record:household:ID, @hit:household for the one nearest to the middle).
constexpr std::array verbs{
    Verb{"move", 1, 2, "move TARGET             move the pointer (TARGET: X Y, @CONTROL, @place:CODE,\n                        @record:KIND:ID, @hit:KIND)"},
    Verb{"click", 1, 2, "click TARGET            press and release the left button"},
    Verb{"doubleclick", 1, 2, "doubleclick TARGET      twice"},
    Verb{"drag", 2, 4, "drag TARGET TARGET      press at the first, release at the second"},
    Verb{"wheel", 1, 1, "wheel N                 turn the wheel by N notches at the pointer"},
    Verb{"key", 1, 1, "key NAME                Escape, Enter, Home, PageUp, Left, F11, plus, a letter, ..."},
    Verb{"type", 1, 64, "type TEXT               type text into the focused field"},
    Verb{"wait", 0, 0, "wait                    until the exact picture is shown and nothing is under way"},
    Verb{"screenshot", 1, 1, "screenshot FILE.png     save the window's picture"},
    Verb{"resize", 2, 2, "resize W H              resize the window"},
    Verb{"expect", 2, 64,
         "expect WHAT VALUE       place CODE, level, year, map, theme, lang, hovered CODE|none,\n"
         "                        selected CODE|none, help open|closed, panel open|closed, scale above|below "
         "N,\n"
         "                        message TEXT, file PATH, under @place:CODE (pointer within 2 px), board 1-6|none,\n"
         "                        tab maps|filter|villages|data, shown N (households that pass the filter), records\n"
         "                        loaded|none, card record|list|none, print open|closed, audience A, former\n"
         "                        gone|kept (data of the audience before)"},
};

const Verb* find_verb(std::string_view name) {
  for (const Verb& verb : verbs)
    if (verb.name == name) return &verb;
  return nullptr;
}

[[noreturn]] void fail_verb(const ScriptLine& line) {
  std::vector<std::string> known;
  for (const Verb& verb : verbs) known.emplace_back(verb.name);
  geo::fail_unknown(fmt::format("script line {}: verb", line.number), line.verb, known);
}

void check(const ScriptLine& line) {
  const Verb* verb = find_verb(line.verb);
  if (verb == nullptr) fail_verb(line);
  if (line.words.size() < verb->min_words || line.words.size() > verb->max_words)
    throw geo::UsageError(fmt::format("script line {}: {} words after '{}'; expected: {}", line.number,
                                      line.words.size(), line.verb, verb->help));
}

}  // namespace

std::vector<ScriptLine> parse_script(std::string_view text) {
  std::vector<ScriptLine> lines;
  std::istringstream in{std::string(text)};
  std::string row;
  for (int number = 1; std::getline(in, row); ++number) {
    std::istringstream words(row);
    ScriptLine line{number, {}, {}};
    if (!(words >> line.verb) || line.verb.starts_with('#')) continue;
    for (std::string word; words >> word;) line.words.push_back(word);
    check(line);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string script_help() {
  std::string help;
  for (const Verb& verb : verbs) help += fmt::format("  {}\n", verb.help);
  return help;
}

}  // namespace battlemap::app
