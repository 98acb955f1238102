#include "geo/wkb_polygon.hpp"

#include <bit>
#include <cmath>
#include <concepts>
#include <cstring>

namespace battlemap::geo {
namespace {

constexpr std::uint32_t wkb_polygon = 3, wkb_multi_polygon = 6;

template <std::unsigned_integral Word>
Word reversed(Word word) {
  Word result = 0;
  for (std::size_t i = 0; i < sizeof(Word); ++i) result = result << 8U | (word >> (8 * i) & 0xFFU);
  return result;
}

/// Reads one geometry; every function that may run past the end says so by false.
class WkbPolygonReader {
 public:
  WkbPolygonReader(std::span<const unsigned char> wkb, PolygonSet& set) : left_(wkb), set_(set) {}

  bool read() {
    std::uint32_t kind = 0, parts = 0;
    if (!read_head(kind)) return false;
    if (kind == wkb_polygon) return read_rings() && left_.empty();
    if (kind != wkb_multi_polygon || !read_count(parts, least_part_bytes)) return false;
    for (std::uint32_t i = 0; i < parts; ++i)
      if (!read_head(kind) || kind != wkb_polygon || !read_rings()) return false;
    return left_.empty();
  }
  /// Whether all coordinates so far are numbers.
  bool finite() const { return nothing_ == 0; }

 private:
  static constexpr std::size_t least_part_bytes = 9, least_ring_bytes = 4;

  template <class Number>
  bool take(Number& number) {
    if (left_.size() < sizeof number) return false;
    std::memcpy(&number, left_.data(), sizeof number);
    left_ = left_.subspan(sizeof number);
    return true;
  }

  /// A number of things that take at least so many bytes each: more than could be there are refused.
  bool read_count(std::uint32_t& count, std::size_t least_bytes) {
    if (!take(count)) return false;
    if (swapped_) count = reversed(count);
    return count <= left_.size() / least_bytes;
  }

  /// Byte order, kind, and how many numbers a point has: ISO adds 1000 (z), 2000 (m) or 3000 to the kind, others set the
  /// two highest bits.
  bool read_head(std::uint32_t& kind) {
    unsigned char order = 0;
    if (!take(order) || order > 1 || !take(kind)) return false;
    swapped_ = (order == 1) != (std::endian::native == std::endian::little);
    if (swapped_) kind = reversed(kind);
    constexpr std::uint32_t z_bit = 0x80000000U, m_bit = 0x40000000U, group = 1000;
    const std::uint32_t iso = (kind & ~(z_bit | m_bit)) / group;
    if (iso > 3) return false;
    const bool z = (kind & z_bit) != 0 || iso == 1 || iso == 3, m = (kind & m_bit) != 0 || iso == 2 || iso == 3;
    point_bytes_ = sizeof(double) * (2U + (z ? 1U : 0U) + (m ? 1U : 0U));
    kind = (kind & ~(z_bit | m_bit)) % group;
    return true;
  }

  /// Without an exterior that encloses something its holes are left out, too.
  bool read_rings() {
    std::uint32_t rings = 0;
    if (!read_count(rings, least_ring_bytes)) return false;
    bool exterior = false;
    for (std::uint32_t i = 0; i < rings; ++i) {
      std::uint32_t points = 0;
      if (!read_count(points, point_bytes_)) return false;
      const std::size_t begin = set_.points.size();
      read_points(points);
      if (i > 0 && !exterior)
        set_.points.resize(begin);
      else if (end_ring(begin, i == 0) && i == 0)
        exterior = true;
    }
    return true;
  }

  Point point_at(const unsigned char* at) {
    std::uint64_t x = 0, y = 0;
    std::memcpy(&x, at, sizeof x), std::memcpy(&y, at + sizeof x, sizeof y);
    if (swapped_) x = reversed(x), y = reversed(y);
    return {std::bit_cast<double>(x), std::bit_cast<double>(y)};
  }

  /// Of points that repeat one is kept.
  void read_points(std::uint32_t count) {
    if (count == 0) return;
    const std::size_t begin = set_.points.size();
    set_.points.resize(begin + count);
    Point* const first = set_.points.data() + begin;
    Point* next = first;
    const unsigned char* at = left_.data();
    for (std::uint32_t i = 0; i < count; ++i, at += point_bytes_) {
      const Point p = point_at(at);
      nothing_ += p.x * 0 + p.y * 0;
      if (next == first || next[-1] != p) *next++ = p;
    }
    set_.points.resize(begin + static_cast<std::size_t>(next - first));
    left_ = left_.subspan(count * point_bytes_);
  }

  /// Opens the ring and turns it the right way round; false, and its points gone, when it encloses nothing.
  bool end_ring(std::size_t begin, bool exterior) {
    while (set_.points.size() > begin + 1 && set_.points.back() == set_.points[begin]) set_.points.pop_back();
    const std::span<const Point> ring = std::span(set_.points).subspan(begin);
    if (ring.size() < 3) {
      set_.points.resize(begin);
      return false;
    }
    if ((signed_area(ring) > 0) != exterior)
      std::reverse(set_.points.begin() + static_cast<std::ptrdiff_t>(begin), set_.points.end());
    set_.end_ring();
    return true;
  }

  std::span<const unsigned char> left_;
  PolygonSet& set_;
  bool swapped_ = false;
  std::size_t point_bytes_ = 2 * sizeof(double);
  double nothing_ = 0;  ///< a sum of zeros, and no number after a coordinate that is none
};

}  // namespace

bool append_wkb_polygon(std::span<const unsigned char> wkb, PolygonSet& set) {
  const std::size_t points = set.points.size(), rings = set.ring_begin.size();
  WkbPolygonReader reader(wkb, set);
  if (reader.read() && reader.finite() && set.ring_begin.size() > rings) {
    set.end_polygon();
    return true;
  }
  set.points.resize(points);
  set.ring_begin.resize(rings);
  return false;
}

}  // namespace battlemap::geo
