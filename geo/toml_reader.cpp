#include "geo/toml_reader.hpp"

#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>
#include <sstream>

#include "geo/error.hpp"
#include "geo/harmless.hpp"
#include "geo/nearest.hpp"

namespace battlemap::geo {
namespace {

struct Document {
  std::filesystem::path file;
  toml::table root;
};

std::string read_text(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) fail("{}: no such file", file.string());
  if (std::filesystem::is_directory(status)) fail("{}: is a folder, not a TOML file", file.string());
  // A pipe would wait and a device never end.
  if (!std::filesystem::is_regular_file(status)) fail("{}: is not a regular file", file.string());
  std::ifstream in(file, std::ios::binary);
  std::string text(std::filesystem::file_size(file, error), '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in || error) fail("{}: cannot be read; check its permissions", file.string());
  return text;
}

/// As written in TOML, on one line and not longer than a message can bear.
std::string shown(const toml::node& node) {
  std::ostringstream out;
  if (node.is_table() || node.is_array())
    out << (node.is_table() ? "a table" : "an array");
  else
    node.visit([&](const auto& value) {
      if constexpr (toml::is_value<decltype(value)>) out << toml::toml_formatter{value};
    });
  std::string text = out.str();
  std::replace(text.begin(), text.end(), '\n', ' ');
  constexpr std::size_t most = 80;
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

[[noreturn]] void fail_value(const Document& document, std::string_view key, const toml::node& node,
                             std::string_view expected) {
  fail("{}:{}: key '{}' is {}; expected {}", document.file.string(), node.source().begin.line, key,
       shown(node), expected);
}

// One conversion for each type; nullopt when the node is of another type.
std::optional<std::string> to_string(const toml::node& node) {
  return node.value_exact<std::string>();
}
std::optional<bool> to_boolean(const toml::node& node) {
  return node.value_exact<bool>();
}
std::optional<int> to_integer(const toml::node& node) {
  const auto value = node.value_exact<std::int64_t>();
  if (!value || *value < std::numeric_limits<int>::min() || *value > std::numeric_limits<int>::max())
    return std::nullopt;
  return static_cast<int>(*value);
}
std::optional<double> to_number(const toml::node& node) {
  if (!node.is_number()) return std::nullopt;
  const auto value = node.value<double>();
  return value && std::isfinite(*value) ? value : std::nullopt;
}

template <class Convert>
auto to_list(const Document& document, std::string_view key, const toml::node& node,
             std::string_view expected, Convert convert) {
  std::vector<typename decltype(convert(node))::value_type> list;
  const toml::array* array = node.as_array();
  if (array == nullptr) fail_value(document, key, node, fmt::format("an array of {}", expected));
  for (const toml::node& item : *array) {
    auto value = convert(item);
    if (!value) fail_value(document, key, item, fmt::format("an array of {}", expected));
    list.push_back(std::move(*value));
  }
  return list;
}

}  // namespace

struct TomlTable::Node {
  std::shared_ptr<const Document> document;
  const toml::table* table;
  std::string name;  ///< as the reader of the file calls it: "[project]"; empty for the file itself
  std::set<std::string, std::less<>> asked{};

  const toml::node* find(std::string_view key) {
    asked.emplace(key);
    return table->get(key);
  }
  const toml::node& require(std::string_view key, std::string_view expected) {
    if (const toml::node* node = find(key)) return *node;
    geo::fail("{}:{}: key '{}' is missing{}; expected {}", document->file.string(),
         std::max<std::uint32_t>(1, table->source().begin.line), key, name.empty() ? "" : " in " + name,
         expected);
  }
  template <class Convert>
  auto get(std::string_view key, std::string_view expected, Convert convert) {
    const toml::node& node = require(key, expected);
    auto value = convert(node);
    if (!value) fail_value(*document, key, node, expected);
    return *value;
  }
  template <class Convert>
  auto list(std::string_view key, std::string_view expected, Convert convert)
      -> std::vector<typename decltype(convert(std::declval<const toml::node&>()))::value_type> {
    const toml::node* node = find(key);
    if (node == nullptr) return {};
    return to_list(*document, key, *node, expected, convert);
  }
  std::shared_ptr<Node> child(const toml::table& sub, std::string sub_name) const {
    return std::make_shared<Node>(Node{document, &sub, std::move(sub_name)});
  }
};

TomlTable::TomlTable(std::shared_ptr<Node> node) : node_(std::move(node)) {}

const std::filesystem::path& TomlTable::file() const {
  return node_->document->file;
}

int TomlTable::line(std::string_view key) const {
  const toml::node* node = key.empty() ? nullptr : node_->table->get(key);
  const auto line = (node != nullptr ? node->source() : node_->table->source()).begin.line;
  return static_cast<int>(std::max<std::uint32_t>(1, line));
}

KeyLines TomlTable::lines() const {
  KeyLines lines{line(), {}};
  for (const auto& [key, value] : *node_->table)
    lines.keys.emplace(key.str(), static_cast<int>(std::max<std::uint32_t>(1, value.source().begin.line)));
  return lines;
}

bool TomlTable::has(std::string_view key) const {
  return node_->find(key) != nullptr;
}

bool TomlTable::is_table(std::string_view key) const {
  const toml::node* node = node_->find(key);
  return node != nullptr && node->is_table();
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::pair<std::uint32_t, std::string>> found;
  for (const auto& [key, value] : *node_->table) {
    found.emplace_back(value.source().begin.line, std::string(key.str()));
    node_->asked.emplace(key.str());
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (auto& entry : found) names.push_back(std::move(entry.second));
  return names;
}

std::string TomlTable::string(std::string_view key) const {
  std::string value = node_->get(key, "a string in quotes", to_string);
  if (clean_text(value, value.size()) != value)
    geo::fail("{}:{}: key '{}' is \"{}\", which holds characters that cannot be seen; delete them (they come with copied "
              "paths)",
              node_->document->file.string(), node_->require(key, "").source().begin.line, key, harmless(value, 80));
  return value;
}
std::string TomlTable::string(std::string_view key, std::string_view fallback) const {
  return has(key) ? string(key) : std::string(fallback);
}
int TomlTable::integer(std::string_view key) const {
  return node_->get(key, "a whole number", to_integer);
}
int TomlTable::integer(std::string_view key, int fallback) const {
  return has(key) ? integer(key) : fallback;
}
double TomlTable::number(std::string_view key) const {
  return node_->get(key, "a finite number", to_number);
}
double TomlTable::number(std::string_view key, double fallback) const {
  return has(key) ? number(key) : fallback;
}
bool TomlTable::boolean(std::string_view key) const {
  return node_->get(key, "true or false", to_boolean);
}
bool TomlTable::boolean(std::string_view key, bool fallback) const {
  return has(key) ? boolean(key) : fallback;
}

Text TomlTable::text(std::string_view key) const {
  constexpr std::string_view expected = "a string or a table { zh = \"...\", en = \"...\" }";
  const toml::node& node = node_->require(key, expected);
  if (const auto plain = to_string(node)) return {clean_text(*plain), ""};
  const toml::table* pair = node.as_table();
  if (pair == nullptr) fail_value(*node_->document, key, node, expected);
  const TomlTable both{node_->child(*pair, fmt::format("'{}'", key))};
  const auto part = [&](std::string_view language) {
    return both.has(language) ? clean_text(both.node_->get(language, "a string", to_string)) : std::string();
  };
  Text text{part("zh"), part("en")};
  both.finish();
  return text;
}
Text TomlTable::text(std::string_view key, const Text& fallback) const {
  return has(key) ? text(key) : fallback;
}

std::vector<std::string> TomlTable::strings(std::string_view key) const {
  return node_->list(key, "strings", to_string);
}
std::vector<int> TomlTable::integers(std::string_view key) const {
  return node_->list(key, "whole numbers", to_integer);
}
std::vector<double> TomlTable::numbers(std::string_view key) const {
  return node_->list(key, "finite numbers", to_number);
}
std::vector<std::vector<double>> TomlTable::number_rows(std::string_view key) const {
  return node_->list(key, "arrays of finite numbers", [&](const toml::node& row) {
    return std::optional(to_list(*node_->document, key, row, "finite numbers", to_number));
  });
}

TomlTable TomlTable::table(std::string_view key) const {
  constexpr std::string_view expected = "a table";
  const toml::node& node = node_->require(key, expected);
  const toml::table* sub = node.as_table();
  if (sub == nullptr) fail_value(*node_->document, key, node, expected);
  return TomlTable{node_->child(*sub, fmt::format("[{}]", key))};
}

std::optional<TomlTable> TomlTable::find_table(std::string_view key) const {
  return has(key) ? std::optional(table(key)) : std::nullopt;
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const {
  std::vector<TomlTable> found;
  const toml::node* node = node_->find(key);
  if (node == nullptr) return found;
  const std::string expected = fmt::format("tables, each begun by [[{}]]", key);
  const toml::array* array = node->as_array();
  if (array == nullptr) fail_value(*node_->document, key, *node, expected);
  for (const toml::node& item : *array) {
    const toml::table* sub = item.as_table();
    if (sub == nullptr) fail_value(*node_->document, key, item, expected);
    found.push_back(TomlTable{node_->child(*sub, fmt::format("[[{}]]", key))});
  }
  return found;
}

void TomlTable::finish() const {
  const std::vector<std::string> known(node_->asked.begin(), node_->asked.end());
  for (const auto& [key, value] : *node_->table) {
    if (node_->asked.find(key.str()) != node_->asked.end()) continue;
    const std::vector<std::string> near = nearest_names(key.str(), known);
    geo::fail("{}:{}: unknown key '{}'{}{} (known: {})", file().string(), key.source().begin.line, key.str(),
              node_->name.empty() ? "" : " in " + node_->name,
              near.empty() ? "" : fmt::format("; did you mean {}?", fmt::join(near, ", ")),
              fmt::join(known, ", "));
  }
}

void TomlTable::fail(std::string_view key, std::string_view expected) const {
  if (const toml::node* node = node_->table->get(key)) fail_value(*node_->document, key, *node, expected);
  node_->require(key, expected);
  std::abort();  // require() throws: the key is missing
}

void TomlTable::fail_word(std::string_view key, const std::string& given,
                          const std::vector<std::string>& words) const {
  const std::vector<std::string> near = nearest_names(given, words);
  geo::fail("{}:{}: key '{}' is \"{}\"; expected one of {}{}", file().string(), line(key), key, given,
            fmt::join(words, ", "),
            near.empty() ? "" : fmt::format("; did you mean {}?", fmt::join(near, ", ")));
}

TomlTable read_toml(const std::filesystem::path& file) {
  return parse_toml(read_text(file), file);
}

TomlTable parse_toml(std::string_view text, const std::filesystem::path& name) {
  auto document = std::make_shared<Document>();
  document->file = name;
  try {
    document->root = toml::parse(text, name.string());
  } catch (const toml::parse_error& e) {
    fail("{}:{}:{}: {}", name.string(), e.source().begin.line, e.source().begin.column, e.description());
  }
  const toml::table* root = &document->root;
  return TomlTable{std::make_shared<TomlTable::Node>(TomlTable::Node{std::move(document), root, ""})};
}

}  // namespace battlemap::geo
