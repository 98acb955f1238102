#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "render/image.hpp"

namespace battlemap::render {

/// The pixels of a PNG as one zlib stream (RFC 1950), compressed in chunks of rows on all cores: each ends on
/// a whole byte (Z_SYNC_FLUSH), so that chunks made apart follow each other.
class PngRows {
 public:
  PngRows(int width, PngEffort effort);
  /// What the stream goes on with: whole rows of RGBA, alpha dropped. One string for each chunk.
  std::vector<std::string> compress(std::span<const std::uint8_t> rgba);
  /// The end of the stream.
  std::string end() const;

 private:
  struct Chunk;
  void compress(std::span<const std::uint8_t> rgba, int first, int last, Chunk& chunk) const;
  void filter(std::span<const std::uint8_t> rgba, int row, std::uint8_t* out) const;

  std::size_t pixels_;
  PngEffort effort_;
  bool begun_ = false;
  std::uint32_t adler_ = 1;              ///< of all filtered rows so far
  std::vector<std::uint8_t> row_above_;  ///< RGBA, the last one of the call before; black before the first
};

}  // namespace battlemap::render
