#include "render/pixel_deflate.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>

#include "render/huffman_code.hpp"

namespace battlemap::render {
namespace {

// RFC 1951, 3.2.5.
constexpr std::uint32_t end_of_block = 256, first_length = 257;
constexpr std::size_t literals_and_lengths = 286, distances = 30;
constexpr std::size_t longest_match = 258 / 3;  ///< pixels
constexpr std::size_t window = 32768;           ///< bytes a match can reach back
constexpr std::size_t most_token_bytes = 6;     ///< three literals of 15 bits are the longest

/// A symbol and the bits that follow it to tell a number exactly.
struct Symbol {
  std::uint32_t symbol = 0, extra = 0;
  int extra_bits = 0;
};

constexpr Symbol length_symbol(std::uint32_t bytes) {
  if (bytes == 258) return {285, 0, 0};
  const std::uint32_t d = bytes - 3;
  const int bits = d < 8 ? 0 : std::bit_width(d) - 3;
  return {first_length + 4 * static_cast<std::uint32_t>(bits) + (d >> bits), d & ((1U << bits) - 1), bits};
}

constexpr Symbol distance_symbol(std::uint32_t bytes) {
  const std::uint32_t d = bytes - 1;
  const int bits = d < 4 ? 0 : std::bit_width(d) - 2;
  return {2 * static_cast<std::uint32_t>(bits) + (d >> bits), d & ((1U << bits) - 1), bits};
}

constexpr auto length_symbols = [] {
  std::array<Symbol, longest_match + 1> of{};
  for (std::uint32_t pixels = 1; pixels <= longest_match; ++pixels) of[pixels] = length_symbol(3 * pixels);
  return of;
}();

/// A pixel's colour; alpha does not count.
std::uint32_t colour_at(const std::uint8_t* rgba) {
  return rgba[0] | std::uint32_t{rgba[1]} << 8U | std::uint32_t{rgba[2]} << 16U;
}

/// What rows are made of: a pixel (its colour), `row_start`, or a match (`match`, its length in pixels, `of_above`).
using Token = std::uint32_t;
constexpr Token match = 1U << 31U, row_start = 1U << 30U, of_above = 1U << 16U, match_length = 0xFFU;

class Tokens {
 public:
  explicit Tokens(std::size_t most) { tokens.reserve(most), counts[end_of_block] = 1; }

  /// `above` may be null: then nothing is looked for there.
  void add_row(const std::uint8_t* row, const std::uint8_t* above, std::size_t width) {
    tokens.push_back(row_start), ++counts[0];
    for (std::size_t x = 0; x < width;) {
      const std::size_t most = std::min(width - x, longest_match);
      const std::uint8_t* here = row + 4 * x;
      const std::size_t left = x > 0 ? alike(here, here - 4, most) : 0;
      const std::size_t up = above != nullptr && left < most ? alike(here, above + 4 * x, most) : 0;
      if (left == 0 && up == 0)
        add_pixel(colour_at(here)), ++x;
      else
        add_match(std::max(left, up), up > left ? of_above : 0), x += std::max(left, up);
    }
  }

  std::vector<Token> tokens;
  std::array<std::uint32_t, literals_and_lengths> counts{};

 private:
  /// Pixels in which two runs agree from their beginning on.
  static std::size_t alike(const std::uint8_t* a, const std::uint8_t* b, std::size_t most) {
    std::size_t n = 0;
    while (n < most && colour_at(a + 4 * n) == colour_at(b + 4 * n)) ++n;
    return n;
  }
  void add_pixel(std::uint32_t colour) {
    ++counts[colour & 0xFFU], ++counts[colour >> 8U & 0xFFU], ++counts[colour >> 16U];
    tokens.push_back(colour);
  }
  void add_match(std::size_t pixels, Token source) {
    ++counts[length_symbols[pixels].symbol];
    tokens.push_back(match | source | static_cast<Token>(pixels));
  }
};

/// Bits from the lowest on, whole bytes as soon as there are any. The memory must hold 8 bytes more than is written.
class BitWriter {
 public:
  explicit BitWriter(char* at) : at_(at) {}
  void put(std::uint64_t bits, int count) { waiting_ |= bits << count_, count_ += count; }
  void put(CodeWord word) { put(word.bits, word.length); }
  void put(const Symbol& s) { put(s.extra, s.extra_bits); }
  /// At most 57 bits may be put between two of these.
  void flush() {
    for (int i = 0; i < 8; ++i) at_[i] = static_cast<char>(waiting_ >> (8 * i));
    at_ += count_ >> 3;
    waiting_ >>= count_ & ~7;
    count_ &= 7;
  }
  void to_whole_byte() { count_ = (count_ + 7) & ~7, flush(); }
  char* at() const { return at_; }

 private:
  char* at_;
  std::uint64_t waiting_ = 0;
  int count_ = 0;
};

/// The canonical code in which each of 16 lengths has 4 bits: itself, highest bit first.
constexpr std::uint32_t length_code(std::uint32_t n) {
  return (n & 1U) << 3U | (n & 2U) << 1U | (n & 4U) >> 1U | (n & 8U) >> 3U;
}

/// Header of a block with codes of its own (RFC 1951, 3.2.7). Lengths of codes are written plainly, 4 bits each.
void put_header(BitWriter& out, const std::vector<CodeWord>& code, const Symbol& left, const Symbol& above) {
  out.put(0b100, 3);  // not the last; dynamic codes
  out.put(literals_and_lengths - 257, 5), out.put(distances - 1, 5), out.put(19 - 4, 4);
  out.flush();
  for (int i = 0; i < 19; ++i) out.put(i < 3 ? 0 : 4, 3), out.flush();  // all lengths alike; 16 to 18 are not used
  const auto put_length = [&](std::uint32_t length) { out.put(length_code(length), 4), out.flush(); };
  for (const CodeWord& word : code) put_length(word.length);
  for (std::uint32_t d = 0; d < distances; ++d) put_length(d == left.symbol || d == above.symbol ? 1 : 0);
}

void put_tokens(BitWriter& out, const Tokens& tokens, const std::vector<CodeWord>& code, const Symbol& above) {
  for (const Token token : tokens.tokens) {
    if (token & match) {
      const Symbol& length = length_symbols[token & match_length];
      out.put(code[length.symbol]), out.put(length);
      if (token & of_above)
        out.put(1, 1), out.put(above);
      else
        out.put(0, 1);
    } else if (token == row_start) {
      out.put(code[0]);
    } else {
      out.put(code[token & 0xFFU]), out.put(code[token >> 8U & 0xFFU]), out.put(code[token >> 16U]);
    }
    out.flush();
  }
  out.put(code[end_of_block]), out.flush();
}

/// An empty stored block: ends on a whole byte.
void put_joint(BitWriter& out) {
  out.put(0, 3), out.to_whole_byte();
  out.put(0xFFFF0000U, 32), out.flush();
}

}  // namespace

void deflate_pixels(std::span<const std::uint8_t> rgba, std::size_t width, std::span<const std::uint8_t> above,
                    std::string& out) {
  const std::size_t row_bytes = width * 4, rows = rgba.size() / row_bytes, distance = width * 3 + 1;
  const bool reaches_up = distance <= window;
  Tokens tokens(rows * (width + 1));
  for (std::size_t y = 0; y < rows; ++y) {
    const std::uint8_t* row = rgba.data() + y * row_bytes;
    const std::uint8_t* before = y > 0 ? row - row_bytes : above.empty() ? nullptr : above.data();
    tokens.add_row(row, reaches_up ? before : nullptr, width);
  }
  const auto code = huffman_code(tokens.counts);
  const Symbol left = distance_symbol(3), up = distance_symbol(reaches_up ? static_cast<std::uint32_t>(distance) : 4);
  constexpr std::size_t header_bytes = 256;
  const std::size_t begin = out.size();
  out.resize(begin + header_bytes + tokens.tokens.size() * most_token_bytes);
  BitWriter writer(out.data() + begin);
  put_header(writer, code, left, up);
  put_tokens(writer, tokens, code, up);
  put_joint(writer);
  out.resize(static_cast<std::size_t>(writer.at() - out.data()));
}

}  // namespace battlemap::render
