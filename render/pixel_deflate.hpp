#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace battlemap::render {

/// Rows of RGBA pixels, alpha dropped, as PNG's unfiltered rows (a zero byte, then RGB) in Deflate (RFC 1951): made for
/// flat colours with thin lines, where nearly all that repeats is the pixel to the left or the one above. Only these two
/// are looked for, so there is nothing to hash. Codes are fitted to the rows (dynamic Huffman).
/// `above`: the row before the first, or empty where there is none. Appends blocks that end on a whole byte, none of them
/// the stream's last.
void deflate_pixels(std::span<const std::uint8_t> rgba, std::size_t width, std::span<const std::uint8_t> above,
                    std::string& out);

}  // namespace battlemap::render
