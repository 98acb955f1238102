#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "render/image.hpp"

namespace battlemap::render {

/// The pixels of a PNG as one zlib stream (RFC 1950), compressed in chunks of rows on all cores (`threads` 0) or so
/// many: each ends on a whole byte, so that chunks made apart follow each other. The bytes depend on the pixels and the
/// rows given together, not on the number of threads.
class PngRows {
 public:
  PngRows(int width, PngEffort effort, int threads = 0);
  /// What the stream goes on with: whole rows of RGBA, alpha dropped. One string for each chunk.
  std::vector<std::string> compress(std::span<const std::uint8_t> rgba);
  /// The end of the stream.
  std::string end() const;

 private:
  struct Chunk;
  void compress(std::span<const std::uint8_t> rgba, int first, int last, Chunk& chunk) const;

  std::size_t pixels_;
  PngEffort effort_;
  int threads_;
  bool begun_ = false;
  std::uint32_t adler_ = 1;              ///< of all filtered rows so far
  std::vector<std::uint8_t> row_above_;  ///< RGBA, the last one of the call before; empty before the first
};

}  // namespace battlemap::render
