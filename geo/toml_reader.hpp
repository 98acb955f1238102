#pragma once
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/text.hpp"

namespace battlemap::geo {

/// Where the keys of a table stand, for messages about what they name once the reader is gone.
struct KeyLines {
  int table = 0;                               ///< the table's own line
  std::map<std::string, int, std::less<>> keys;
  int of(std::string_view key) const {
    const auto found = keys.find(key);
    return found == keys.end() ? table : found->second;
  }
};

/// One table of a TOML file being read with checks. Every getter remembers its key; finish() then rejects the
/// keys that nobody asked for. Each getter comes twice: without a fallback the key is required. All errors
/// (Error) read "FILE:LINE: key 'KEY' is VALUE; expected WHAT". Cheap to copy; copies share what was asked
/// for.
///
///     TomlTable map = read_toml(file);
///     spec.id = map.string("id");
///     spec.count = map.integer("count", 5);
///     spec.method = map.word<Method>("method", {{"equal", Method::equal}, ...}, Method::natural);
///     map.finish();
class TomlTable {
 public:
  const std::filesystem::path& file() const;
  /// 1-based line of `key`'s value, or of the table when it has none.
  int line(std::string_view key = {}) const;
  KeyLines lines() const;
  bool has(std::string_view key) const;
  /// Whether `key` holds a table, for keys that are either a word or a table.
  bool is_table(std::string_view key) const;
  /// All keys in the file's order, for tables whose keys are data; they count as asked for.
  std::vector<std::string> keys() const;

  std::string string(std::string_view key) const;
  std::string string(std::string_view key, std::string_view fallback) const;
  int integer(std::string_view key) const;
  int integer(std::string_view key, int fallback) const;
  /// An integer or a decimal, finite.
  double number(std::string_view key) const;
  double number(std::string_view key, double fallback) const;
  bool boolean(std::string_view key) const;
  bool boolean(std::string_view key, bool fallback) const;
  /// "a plain string" (into zh: it stands for both languages) or { zh = "...", en = "..." }.
  /// Without characters that cannot be seen (see clean_text).
  Text text(std::string_view key) const;
  Text text(std::string_view key, const Text& fallback) const;
  /// Arrays; a missing key gives an empty one.
  std::vector<std::string> strings(std::string_view key) const;
  std::vector<int> integers(std::string_view key) const;
  std::vector<double> numbers(std::string_view key) const;
  /// Arrays of arrays of numbers, e.g. class breaks by year; a missing key gives an empty one.
  std::vector<std::vector<double>> number_rows(std::string_view key) const;

  template <class E>
  using Words = std::initializer_list<std::pair<std::string_view, E>>;
  /// One of a list of known words, in braces or any range of such pairs. Another fails offering the nearest.
  template <class E, class Known = Words<E>>
  E word(std::string_view key, const Known& known) const {
    return one_of<E>(key, string(key), known);
  }
  template <class E, class Known = Words<E>>
  E word(std::string_view key, const Known& known, E fallback) const {
    return has(key) ? word<E, Known>(key, known) : fallback;
  }

  /// A list of such words; a missing key gives none.
  template <class E, class Known = Words<E>>
  std::vector<E> words(std::string_view key, const Known& known) const {
    std::vector<E> values;
    for (const std::string& given : strings(key)) values.push_back(one_of<E>(key, given, known));
    return values;
  }

  /// [key]; required, or nullopt when missing.
  TomlTable table(std::string_view key) const;
  std::optional<TomlTable> find_table(std::string_view key) const;
  /// [[key]]; a missing key gives none.
  std::vector<TomlTable> tables(std::string_view key) const;

  /// Rejects keys that no getter asked for, naming file, line and the nearest asked-for key. Covers this
  /// table only: finish each sub-table too.
  void finish() const;
  /// For the caller's own checks: "FILE:LINE: key 'KEY' is VALUE; expected EXPECTED".
  [[noreturn]] void fail(std::string_view key, std::string_view expected) const;

 private:
  struct Node;
  explicit TomlTable(std::shared_ptr<Node> node);
  template <class E, class Known>
  E one_of(std::string_view key, const std::string& given, const Known& known) const {
    for (const auto& [text, value] : known)
      if (text == given) return value;
    std::vector<std::string> words;
    for (const auto& entry : known) words.emplace_back(entry.first);
    fail_word(key, given, words);
  }
  [[noreturn]] void fail_word(std::string_view key, const std::string& given,
                              const std::vector<std::string>& words) const;
  friend TomlTable parse_toml(std::string_view text, const std::filesystem::path& name);
  std::shared_ptr<Node> node_;
};

/// Opens and parses a TOML file (UTF-8). Throws Error: missing file, a folder, not UTF-8, or a syntax error
/// as "FILE:LINE:COLUMN: ...".
TomlTable read_toml(const std::filesystem::path& file);
/// Parses `text`; messages call it `name`.
TomlTable parse_toml(std::string_view text, const std::filesystem::path& name);

}  // namespace battlemap::geo
