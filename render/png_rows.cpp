#include "render/png_rows.hpp"

#include <zlib.h>

#include <algorithm>

#include "geo/error.hpp"
#include "render/parallel.hpp"
#include "render/pixel_deflate.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t chunk_bytes = 384U
                                    << 10;  ///< filtered; what a chunk cannot refer back to costs under 1 %

/// Rows as PNG has them, unfiltered (PNG specification, 9.2): a zero byte, then RGB. Flat colours repeat as they are; a
/// filter would make new values of them.
std::vector<std::uint8_t> unfiltered(std::span<const std::uint8_t> rgba, std::size_t width) {
  const std::size_t rows = rgba.size() / (width * 4);
  std::vector<std::uint8_t> out(rows * (width * 3 + 1));
  const std::uint8_t* p = rgba.data();
  std::uint8_t* to = out.data();
  for (std::size_t y = 0; y < rows; ++y) {
    *to++ = 0;
    for (std::size_t x = 0; x < width; ++x, p += 4, to += 3) to[0] = p[0], to[1] = p[1], to[2] = p[2];
  }
  return out;
}

/// zlib at its usual effort: what repeats is found wherever it is.
class Deflater {
 public:
  Deflater() {
    const int code = deflateInit2(&stream_, 6, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
    if (code != Z_OK) geo::fail("cannot compress: out of memory");
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  void compress(std::span<std::uint8_t> in, std::string& out) {
    constexpr std::size_t flush_bytes = 16;
    const std::size_t before = out.size(), most = deflateBound(&stream_, in.size()) + flush_bytes;
    out.resize(before + most);
    stream_.next_in = in.data(), stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before),
    stream_.avail_out = static_cast<uInt>(most);
    if (deflate(&stream_, Z_SYNC_FLUSH) != Z_OK || stream_.avail_out == 0) geo::fail("cannot compress rows");
    out.resize(out.size() - stream_.avail_out);
  }

 private:
  z_stream stream_{};
};

}  // namespace

struct PngRows::Chunk {
  std::string data;
  std::uint32_t adler = 1;
  std::size_t length = 0;  ///< before compression
};

PngRows::PngRows(int width, PngEffort effort, int threads)
    : pixels_(static_cast<std::size_t>(width)), effort_(effort), threads_(threads) {}

std::vector<std::string> PngRows::compress(std::span<const std::uint8_t> rgba) {
  const auto rows = static_cast<int>(rgba.size() / (pixels_ * 4));
  if (rows == 0) return {};
  const int chunks = std::clamp(static_cast<int>(rgba.size() / chunk_bytes), 1, rows);
  std::vector<Chunk> made(static_cast<std::size_t>(chunks));
  if (!std::exchange(begun_, true)) made.front().data = "\x78\x01";  // deflate, window of 32 KiB
  geo::parallel_jobs(chunks, threads_, [&](int i) {
    const Band part = band_of(i, chunks, rows);
    compress(rgba, part.begin, part.end, made[static_cast<std::size_t>(i)]);
  });
  const auto last = rgba.last(pixels_ * 4);
  row_above_.assign(last.begin(), last.end());
  std::vector<std::string> out;
  for (Chunk& chunk : made) {
    adler_ =
        static_cast<std::uint32_t>(adler32_combine(adler_, chunk.adler, static_cast<z_off_t>(chunk.length)));
    out.push_back(std::move(chunk.data));
  }
  return out;
}

void PngRows::compress(std::span<const std::uint8_t> rgba, int first, int last, Chunk& chunk) const {
  const std::size_t row_bytes = pixels_ * 4, begin = row_bytes * static_cast<std::size_t>(first);
  const auto rows = rgba.subspan(begin, row_bytes * static_cast<std::size_t>(last - first));
  auto bytes = unfiltered(rows, pixels_);
  chunk.length = bytes.size();
  chunk.adler = static_cast<std::uint32_t>(adler32_z(1, bytes.data(), bytes.size()));
  if (effort_ == PngEffort::small) return Deflater().compress(bytes, chunk.data);
  const auto above = first > 0 ? rgba.subspan(begin - row_bytes, row_bytes) : std::span<const std::uint8_t>(row_above_);
  deflate_pixels(rows, pixels_, above, chunk.data);
}

std::string PngRows::end() const {
  std::string out = "\x03";  // a last, empty block
  out += '\0';
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(adler_ >> shift & 0xFFU);
  return out;
}

}  // namespace battlemap::render
