#include "geo/harmless.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

namespace battlemap::geo {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
  bool good = false;  ///< UTF-8
};

Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = (lead & 0xE0U) == 0xC0   ? 2
                            : (lead & 0xF0U) == 0xE0 ? 3
                            : (lead & 0xF8U) == 0xF0 ? 4
                                                     : 0;
  if (bytes == 0) return {lead, 1, false};
  std::uint32_t code = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {lead, 1, false};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};  // a longer form hides a character
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least[bytes] || code > 0x10FFFF || surrogate) return {lead, 1, false};
  return {code, bytes, true};
}

bool is_control(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/// Directions, joiners, zero widths, line and paragraph separators, tags.
bool is_hidden(std::uint32_t c) {
  return c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

std::string shown(std::string_view text, std::size_t at, const Character& c) {
  if (!c.good || is_control(c.code)) return fmt::format("\\x{:02X}", c.code);
  if (is_hidden(c.code)) return fmt::format("<U+{:04X}>", c.code);
  return std::string(text.substr(at, c.bytes));
}

}  // namespace

std::string harmless(std::string_view text, std::size_t most) {
  std::vector<std::size_t> begins;  // of characters
  for (std::size_t at = 0; at < text.size(); at += character_at(text, at).bytes) begins.push_back(at);
  const std::size_t tail = most / 3, head = most - tail;
  const bool cut = begins.size() > most;
  std::string result;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    if (cut && i == head) {
      result += fmt::format(" … ({} characters left out) … ", begins.size() - most);
      i = begins.size() - tail;
    }
    result += shown(text, begins[i], character_at(text, begins[i]));
  }
  return result;
}

namespace {
std::string without_hidden(std::string_view text, std::size_t most, std::string_view kept) {
  std::string result;
  std::size_t taken = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    const bool keep = c.bytes == 1 && kept.find(text[at]) != std::string_view::npos;
    const bool drawn = keep || (c.good && !is_control(c.code) && !is_hidden(c.code));
    if (drawn && taken++ == most) return result + "…";
    if (drawn) result += text.substr(at, c.bytes);
    at += c.bytes;
  }
  return result;
}
}  // namespace

std::string clean_name(std::string_view text, std::size_t most) { return without_hidden(text, most, ""); }
std::string clean_text(std::string_view text, std::size_t most) { return without_hidden(text, most, "\n\t"); }

}  // namespace battlemap::geo
