#include "render/png_rows.hpp"

#include <zlib.h>

#include <algorithm>

#include "geo/error.hpp"
#include "render/parallel.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t chunk_bytes = 384U
                                    << 10;  ///< filtered; what a chunk cannot refer back to costs under 1 %
constexpr std::uint8_t filter_none = 0, filter_up = 2;  // PNG specification, 9.2

class Deflater {
 public:
  /// Fast: the row above predicts the rest, and only runs are looked for. Measured on maps of 4,169 and
  /// 690,000 villages, that is as small as zlib's level 1 in half the time. Small: repeated rows are found as
  /// they are.
  explicit Deflater(PngEffort effort) {
    const bool fast = effort == PngEffort::fast;
    const int code = deflateInit2(&stream_, fast ? 1 : 6, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL,
                                  fast ? Z_RLE : Z_DEFAULT_STRATEGY);
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

PngRows::PngRows(int width, PngEffort effort)
    : pixels_(static_cast<std::size_t>(width)), effort_(effort), row_above_(pixels_ * 4) {}

std::vector<std::string> PngRows::compress(std::span<const std::uint8_t> rgba) {
  const auto rows = static_cast<int>(rgba.size() / (pixels_ * 4));
  if (rows == 0) return {};
  const int chunks = std::clamp(static_cast<int>(rgba.size() / chunk_bytes), 1, rows);
  std::vector<Chunk> made(static_cast<std::size_t>(chunks));
  if (!std::exchange(begun_, true)) made.front().data = "\x78\x01";  // deflate, window of 32 KiB
  geo::parallel_jobs(chunks, 0, [&](int i) {
    const Band part = band_of(i, chunks, rows);
    compress(rgba, part.begin, part.end, made[static_cast<std::size_t>(i)]);
  });
  const auto last = rgba.last(pixels_ * 4);
  std::copy(last.begin(), last.end(), row_above_.begin());
  std::vector<std::string> out;
  for (Chunk& chunk : made) {
    adler_ =
        static_cast<std::uint32_t>(adler32_combine(adler_, chunk.adler, static_cast<z_off_t>(chunk.length)));
    out.push_back(std::move(chunk.data));
  }
  return out;
}

void PngRows::compress(std::span<const std::uint8_t> rgba, int first, int last, Chunk& chunk) const {
  const std::size_t row_bytes = pixels_ * 3 + 1;
  std::vector<std::uint8_t> filtered(row_bytes * static_cast<std::size_t>(last - first));
  for (int row = first; row < last; ++row)
    filter(rgba, row, filtered.data() + row_bytes * static_cast<std::size_t>(row - first));
  chunk.length = filtered.size();
  chunk.adler = static_cast<std::uint32_t>(adler32_z(1, filtered.data(), filtered.size()));
  Deflater(effort_).compress(filtered, chunk.data);
}

void PngRows::filter(std::span<const std::uint8_t> rgba, int row, std::uint8_t* out) const {
  const std::size_t bytes = pixels_ * 4;
  const std::uint8_t* p = rgba.data() + bytes * static_cast<std::size_t>(row);
  if (effort_ == PngEffort::small) {
    *out++ = filter_none;
    for (std::size_t x = 0; x < pixels_; ++x, p += 4, out += 3) out[0] = p[0], out[1] = p[1], out[2] = p[2];
    return;
  }
  const std::uint8_t* above = row == 0 ? row_above_.data() : p - bytes;
  *out++ = filter_up;
  const auto less = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a - b); };
  for (std::size_t x = 0; x < pixels_; ++x, p += 4, above += 4, out += 3)
    out[0] = less(p[0], above[0]), out[1] = less(p[1], above[1]), out[2] = less(p[2], above[2]);
}

std::string PngRows::end() const {
  std::string out = "\x03";  // a last, empty block
  out += '\0';
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(adler_ >> shift & 0xFFU);
  return out;
}

}  // namespace battlemap::render
