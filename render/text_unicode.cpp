#include "render/text_unicode.hpp"

#include <cstdint>

namespace battlemap::render {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// How many continuation bytes follow `lead` and which second bytes are allowed (Unicode 15, table 3-7).
struct Form {
  int more = -1;
  std::uint8_t low = 0x80, high = 0xBF;
};
Form form_of(std::uint8_t lead) {
  if (lead < 0x80) return {0};
  if (lead >= 0xC2 && lead <= 0xDF) return {1};
  if (lead == 0xE0) return {2, 0xA0, 0xBF};
  if (lead == 0xED) return {2, 0x80, 0x9F};  // no surrogates
  if (lead >= 0xE1 && lead <= 0xEF) return {2};
  if (lead == 0xF0) return {3, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {3};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

char32_t decode(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<std::uint8_t>(text[at++]);
  auto form = form_of(lead);
  if (form.more < 0) return replacement;
  char32_t code = form.more == 0 ? lead : lead & (0x3FU >> form.more);
  for (int i = 0; i < form.more; ++i, form.low = 0x80, form.high = 0xBF) {
    const auto byte = at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0};
    if (byte < form.low || byte > form.high) return replacement;
    code = code << 6 | (byte & 0x3FU);
    ++at;
  }
  return code;
}

bool is_break(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

}  // namespace

std::u32string printable(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const auto c = decode(utf8, at);
    out.push_back(is_break(c) ? U' ' : c);
  }
  return out;
}

}  // namespace battlemap::render
