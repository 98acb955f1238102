#include "app/safe_name.hpp"

#include <cstdint>
#include <optional>

namespace battlemap::app {
namespace {

constexpr std::size_t most_bytes = 120;  // with a code, a number and an ending under the 255 of file systems
constexpr std::string_view forbidden = "/\\:*?\"<>|";
constexpr std::string_view not_at_ends = " .-_";

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
};

std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

/// nullopt: the first byte begins no code point.
std::optional<CodePoint> first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t bytes = length_of(lead);
  if (bytes == 0 || text.size() < bytes) return std::nullopt;
  char32_t value = bytes == 1 ? lead : lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) return std::nullopt;
    value = value << 6U | (next & 0x3FU);
  }
  const bool overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return std::nullopt;
  return CodePoint{value, bytes};
}

/// Zero width, line ends, and marks that turn the direction of what follows.
bool is_unseen(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         c == 0xFEFF;
}

bool is_safe(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0) || is_unseen(c)) return false;
  return c > 0x7F || forbidden.find(static_cast<char>(c)) == std::string_view::npos;
}

}  // namespace

std::string safe_name(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    const auto point = first_of(text);
    const std::size_t bytes = point ? point->bytes : 1;
    const bool keep = point && is_safe(point->value);
    if (name.size() + bytes > most_bytes) break;
    if (keep)
      name += text.substr(0, bytes);
    else if (name.empty() || name.back() != '_')
      name += '_';
    text.remove_prefix(bytes);
  }
  const std::size_t first = name.find_first_not_of(not_at_ends);
  if (first == std::string::npos) return "_";
  return name.substr(first, name.find_last_not_of(not_at_ends) - first + 1);
}

}  // namespace battlemap::app
