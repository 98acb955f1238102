#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace battlemap::render {

/// A symbol's bits, the first to be written lowest.
struct CodeWord {
  std::uint16_t bits = 0;
  std::uint8_t length = 0;  ///< 0: the symbol does not occur
};

/// Canonical Huffman code (RFC 1951, 3.2.2) of at most 15 bits for symbols that occur so often. At least two must occur.
std::vector<CodeWord> huffman_code(std::span<const std::uint32_t> counts);

}  // namespace battlemap::render
