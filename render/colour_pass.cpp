#include "render/colour_pass.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "geo/error.hpp"
#include "render/key_rows.hpp"
#include "render/parallel.hpp"
#include "render/sample_window.hpp"

namespace battlemap::render {
namespace {

/// A short piece of outline near a pixel: foot and tangent in px, relative to the pixel's centre.
struct Element {
  float x, y, tx, ty;
};

class BandPainter {
  static constexpr int block = 32;  ///< pixels looked at together

 public:
  /// Of `outlines` it fills or reads the rows of its band.
  BandPainter(const IdBuffer& ids, const MapLayer& map, const ColourLookup& lookup, Image& out, Band rows, KeptOutlines& outlines)
      : ids_(ids),
        map_(map),
        lookup_(lookup),
        table_(lookup.table),
        lines_(lookup.lines),
        out_(out),
        rows_(rows),
        cells_(static_cast<std::uint32_t>(lookup.table.size() - 1)),
        width_(ids.tile.w) {
    const auto first = static_cast<std::size_t>(width_) * static_cast<std::size_t>(rows.begin);
    touched_ = outlines.touched.data() + first;
    for (int k = 0; k < kind_count; ++k)
      if (lines_.width[k] > 0) planes_[k] = outlines.planes[k].data() + first;
    for (int w = 0; w <= window_total; ++w)
      distance_[w] = boundary_distance(static_cast<float>(w) / window_total);
    tabulate_alphas();
  }

  void paint(bool outlines_known) {
    if (!outlines_known) find_outlines();
    for (int y = rows_.begin; y < rows_.end; ++y) paint_row(y);
  }

 private:
  // --- outlines ---------------------------------------------------------------------------------------

  void find_outlines() {
    std::fill_n(touched_, static_cast<std::size_t>(width_) * static_cast<std::size_t>(rows_.end - rows_.begin), std::uint8_t{0});
    const int reach = outline_reach(lines_), edge = ids_.margin - 1;
    const int begin = std::max(rows_.begin - reach, -edge),
              end = std::min(rows_.end + reach, ids_.tile.h + edge);
    const int left = std::max(-reach, -edge), right = std::min(width_ + reach, width_ + edge);
    const bool weighing = !lookup_.keys.empty() && crowded();
    if (weighing) keys_.begin(ids_, lookup_.keys, left, right);
    for (int y = begin; y < end; ++y)
      if (weighing)
        weigh_row(y, left, right);
      else
        search_row(y, left, right);
  }

  /// Whether it is worth while to decode all samples: cells are only some samples wide.
  bool crowded() const {
    constexpr std::ptrdiff_t roomy = 40;  // samples
    std::ptrdiff_t changes = 0, looked_at = 0;
    for (int y = rows_.begin; y < rows_.end; y += 8, looked_at += ids_.width) {
      const auto* const first = row(2 * y);
      for (int i = 1; i < ids_.width; ++i) changes += first[i] != first[i - 1];
    }
    return changes * roomy > looked_at;
  }

  void search_row(int y, int left, int right) {
    for (int x = left; x < right; x += block) {
      const int count = std::min<int>(block, right - x);
      if (mark_differences(x, y, count) == 0) continue;
      for (int k = 0; k < count; ++k)
        if (differences_[2 * k] | differences_[2 * k + 1] | differences_[2 * k + 2]) look(x + k, y);
    }
  }

  /// Where cells are small nearly every pixel is beside an outline, mostly a thin one: these need only
  /// weights, which are had for several pixels at once.
  void weigh_row(int y, int left, int right) {
    const WindowRows rows = keys_.around(y);
    for (int x = left; x < right; x += pixels_at_once) {
      weigh_windows(rows, x, lookup_.shift, weights_);
      for (int k = 0; k < std::min(pixels_at_once, right - x); ++k) {
        const auto lane = static_cast<std::size_t>(k);
        if (weights_.inner[lane] == 0) continue;
        if (weights_.any[lane] & lookup_.special)
          look(x + k, y);
        else if (within(x + k, y))
          trace_thin(x + k, y, lane);
      }
    }
  }

  void tabulate_alphas() {
    for (std::size_t kind = 0; kind < kind_count; ++kind)
      for (std::size_t alpha = 0; alpha < 256; ++alpha)
        line_alpha_[kind][alpha] = static_cast<float>(alpha) / 255.0F * static_cast<float>(lines_.colour[kind].a) / 255.0F;
    for (std::size_t kind = 0; kind < geo::level_count; ++kind)
      for (std::size_t w = 0; w <= window_total; ++w) {
        const float width = lines_.width[kind], d = std::abs(distance_[w]);
        thin_alpha_[kind][w] = width > 0 && d < 1 ? alpha_of(width * (1 - d)) : std::int16_t{-1};
      }
  }

  /// trace_levels() where all that is in the window is thin and equally muted.
  void trace_thin(int x, int y, std::size_t lane) {
    int coarser = 0;
    for (int kind = 0; kind < geo::level_count; ++kind) {
      const auto parting = static_cast<int>(weights_.parting[static_cast<std::size_t>(kind)][lane]);
      if (parting == coarser) continue;
      const int beyond = parting - coarser, inside = window_total - parting;
      const bool muted = lookup_.muted != 0 && (keys_.reference(x, y) & lookup_.muted) != 0;
      if (std::exchange(coarser, parting) == 0 && !muted) {
        const int alpha = thin_alpha_[static_cast<std::size_t>(kind)][static_cast<std::size_t>(inside)];
        if (alpha < 0) continue;
        return put(x, y, kind, static_cast<std::uint8_t>(alpha));
      }
      const float width = lines_.width[kind];
      if (width <= 0) continue;
      const float d = distance(inside, beyond);
      if (std::abs(d) >= 1) continue;
      return put(x, y, kind, (muted ? muted_outline : 1.0F) * width * (1 - std::abs(d)));
    }
  }

  /// differences_[i] is not 0 where the four sample rows around pixel row y change beside or below the sample
  /// i - 1 after the first of pixel x. Returns their union over `count` pixels: in most blocks nothing
  /// changes.
  std::uint32_t mark_differences(int x, int y, int count) {
    const auto* const a = row(2 * y - 1) + 2 * (x + ids_.margin) - 1;
    const auto *const b = a + ids_.width, *const c = b + ids_.width, *const d = c + ids_.width;
    auto* const __restrict out = differences_.data();
    std::uint32_t any = 0;
    for (int i = 0; i < 2 * count + 1; ++i) {
      out[i] = ((a[i] ^ a[i + 1]) | (b[i] ^ b[i + 1]) | (c[i] ^ c[i + 1]) | (d[i] ^ d[i + 1]) |
                (a[i] ^ b[i]) | (b[i] ^ c[i]) | (c[i] ^ d[i])) &
               ~id_water;
      any |= out[i];
    }
    return any;
  }

  /// Sample row `j` relative to the tile's first.
  const std::uint32_t* row(int j) const {
    return ids_.ids.data() + static_cast<std::ptrdiff_t>(j + 2 * ids_.margin) * ids_.width;
  }

  void look(int x, int y) {
    const Window window{row(2 * y - 2) + 2 * (x + ids_.margin) - 2, ids_.width};
    const auto reference = window.at(2 * window_side + 2);
    std::array<std::uint64_t, kind_count> out{};
    std::uint64_t other_state = 0, bright = 0;
    std::uint32_t states = 0;
    const auto own = entry(reference);
    const auto same = window.equal_mask(reference);
    if (!(own & bit_muted)) bright |= same;
    const auto second = window.at(std::countr_zero(full_window & ~same));
    if (!lines_.states && (same | window.equal_mask(second)) == full_window)
      return trace_pair(x, y, kind_between(reference, second), same, (own & entry(second) & bit_muted) != 0);
    for (auto rest = full_window & ~same; rest != 0;) {
      const auto id = window.at(std::countr_zero(rest));
      const auto mask = window.equal_mask(id);
      const auto theirs = entry(id);
      out[kind_between(reference, id)] |= mask;
      if (!(theirs & bit_muted)) bright |= mask;
      if (lines_.states && state(theirs) != state(own)) other_state |= mask, states |= theirs;
      rest &= ~mask;
    }
    trace_levels(x, y, out, bright);
    if (other_state) trace_state(x, y, other_state, states | own);
  }

  /// The usual case of trace_levels(): two cells in the window.
  void trace_pair(int x, int y, int kind, std::uint64_t inside, bool muted) {
    const float width = lines_.width[kind];
    if (width <= 0) return;
    const auto a = sums_of(inside);
    const float d = distance_[a.weight], paler = muted ? muted_outline : 1.0F;
    if (width > thin_outline) {
      const Sums b{window_total - a.weight, -a.x, -a.y};
      if (std::abs(d) <= element_reach) scatter(x, y, kind, paler, element(a, b, d));
    } else if (std::abs(d) < 1 && within(x, y)) {
      put(x, y, kind, paler * width * (1 - std::abs(d)));
    }
  }

  void trace_levels(int x, int y, const std::array<std::uint64_t, kind_count>& out, std::uint64_t bright) {
    auto inside = full_window;
    bool thin_done = false, wide_done = false;
    for (const int kind : outline_search_order) {
      if (!out[kind]) continue;
      const auto beyond = out[kind];
      inside &= ~beyond;
      const float width = lines_.width[kind];
      const bool thin = width <= thin_outline;
      if (width <= 0 || (thin ? thin_done : wide_done)) continue;
      const auto a = sums_of(inside), b = sums_of(beyond);
      const float d = distance(a.weight, b.weight);
      const float paler = (bright & (inside | beyond)) ? 1.0F : muted_outline;
      if (thin && std::abs(d) < 1) {
        thin_done = true;
        if (within(x, y)) put(x, y, kind, paler * width * (1 - std::abs(d)));
      } else if (!thin && std::abs(d) <= element_reach) {
        wide_done = true;
        scatter(x, y, kind, paler, element(a, b, d));
      }
    }
  }

  void trace_state(int x, int y, std::uint64_t beyond, std::uint32_t states) {
    const int kind = (states & bit_selected) ? kind_accent : kind_hover;
    if (lines_.width[kind] <= 0) return;
    const auto a = sums_of(full_window & ~beyond), b = sums_of(beyond);
    const float d = distance(a.weight, b.weight);
    if (std::abs(d) <= element_reach) scatter(x, y, kind, 1, element(a, b, d));
  }

  float distance(int in, int out) const {
    return in + out == window_total
               ? distance_[in]
               : boundary_distance(static_cast<float>(in) / static_cast<float>(in + out));
  }

  static Element element(const Sums& in, const Sums& out, float d) {
    const float nx = static_cast<float>(in.x) / in.weight - static_cast<float>(out.x) / out.weight;
    const float ny = static_cast<float>(in.y) / in.weight - static_cast<float>(out.y) / out.weight;
    const float length = std::sqrt(nx * nx + ny * ny);
    if (length < 0.01F) return {0, 0, 1, 0};  // a sliver with the same on both sides
    return {-nx / length * d, -ny / length * d, -ny / length, nx / length};
  }

  /// Leaves the element's alpha in the pixels of the band that it touches.
  void scatter(int x, int y, int kind, float factor, const Element& e) {
    const float width = lines_.width[kind];
    const float radius = std::max(width, 1.0F) / 2 + 0.5F;
    factor *= std::min(width, 1.0F);
    const float rx = radius + element_half_length * std::abs(e.tx),
                ry = radius + element_half_length * std::abs(e.ty);
    const int x0 = std::max(0, static_cast<int>(std::ceil(x + e.x - rx)));
    const int x1 = std::min(width_ - 1, static_cast<int>(std::floor(x + e.x + rx)));
    const int y0 = std::max(rows_.begin, static_cast<int>(std::ceil(y + e.y - ry)));
    const int y1 = std::min(rows_.end - 1, static_cast<int>(std::floor(y + e.y + ry)));
    for (int py = y0; py <= y1; ++py)
      for (int px = x0; px <= x1; ++px) {
        const float qx = static_cast<float>(px - x) - e.x, qy = static_cast<float>(py - y) - e.y;
        const float across = qx * e.ty - qy * e.tx;
        const float along = std::max(0.0F, std::abs(qx * e.tx + qy * e.ty) - element_half_length);
        const float square = across * across + along * along;
        if (square < radius * radius) put(px, py, kind, factor * std::min(1.0F, radius - std::sqrt(square)));
      }
  }

  bool within(int x, int y) const { return x >= 0 && x < width_ && y >= rows_.begin && y < rows_.end; }

  static std::uint8_t alpha_of(float share) { return static_cast<std::uint8_t>(share * 255 + 0.5F); }

  void put(int x, int y, int kind, float alpha) { put(x, y, kind, alpha_of(alpha)); }
  void put(int x, int y, int kind, std::uint8_t value) {
    const auto i = index(x, y);
    const auto bit = static_cast<std::uint8_t>(1U << kind);
    auto& kept = planes_[kind][i];
    kept = (touched_[i] & bit) ? std::max(kept, value) : value;
    touched_[i] |= bit;
  }

  std::size_t index(int x, int y) const { return static_cast<std::size_t>(y - rows_.begin) * width_ + x; }
  std::uint32_t entry(std::uint32_t id) const { return table_[std::min(id, cells_)]; }
  static std::uint32_t state(std::uint32_t e) { return (e & bit_selected) ? bit_selected : e & bit_hovered; }

  int kind_between(std::uint32_t a, std::uint32_t b) const {
    if (a >= cells_ || b >= cells_) return kind_outside;
    return geo::index_of(map_.coverage->parting_level(a, b));
  }

  // --- fills ------------------------------------------------------------------------------------------

  /// Nearly every pixel is one plain colour: that path keeps to local values, which writing bytes cannot
  /// change.
  void paint_row(int y) {
    const auto* const top = row(2 * y) + 2 * ids_.margin;
    const auto* const low = top + ids_.width;
    auto* const out = out_.rgba.data() + static_cast<std::size_t>(y) * width_ * 4;
    const auto* const touched = touched_ + index(0, y);
    const auto* const table = table_.data();
    const auto cells = cells_;
    for (int x = 0, width = width_; x < width; ++x) {
      const auto a = top[2 * x], b = top[2 * x + 1], c = low[2 * x], d = low[2 * x + 1];
      const auto e = table[std::min(a & ~id_water, cells)];
      auto* const pixel = out + static_cast<std::ptrdiff_t>(x) * 4;
      if (((a ^ b) | (a ^ c) | (a ^ d) | (a & id_water) | (e & bit_hatched)) == 0)
        write(pixel, e);
      else
        paint_mixed({a, b, c, d}, x, y, pixel);
      if (touched[x]) paint_lines(index(x, y), touched[x], pixel);
    }
  }

  void paint_mixed(const std::array<std::uint32_t, 4>& samples, int x, int y, std::uint8_t* pixel) const {
    std::uint32_t bits = 0, red_blue = 0x20002, green = 2;  // of four, rounded
    for (const auto sample : samples) {
      const auto e = entry(sample & ~id_water);
      bits |= (sample & id_water) | (e & bit_hatched);
      red_blue += e & 0xFF00FFU, green += e >> 8 & 0xFFU;
    }
    if (bits == 0)
      write(pixel, (red_blue >> 2 & 0xFF00FFU) | (green >> 2) << 8);
    else if (samples[0] == samples[1] && samples[0] == samples[2] && samples[0] == samples[3])
      fill_one(samples[0], x, y, pixel);
    else
      fill_mean(samples, x, y, pixel);
  }

  void fill_one(std::uint32_t sample, int x, int y, std::uint8_t* out) const {
    const auto e = entry(sample & ~id_water);
    write(out, e);
    if (sample & id_water)
      mix_into(out, lookup_.water, lookup_.water.a / 255.0F);
    else if (e & bit_hatched)
      mix_into(out, lookup_.hatch, hatch_alpha(x, y));
  }

  void fill_mean(const std::array<std::uint32_t, 4>& samples, int x, int y, std::uint8_t* out) const {
    int r = 2, g = 2, b = 2;
    std::array<std::uint8_t, 4> one{};
    for (const auto sample : samples) {
      fill_one(sample, x, y, one.data());
      r += one[0], g += one[1], b += one[2];
    }
    write(out, static_cast<std::uint32_t>(r / 4 | g / 4 << 8 | b / 4 << 16));
  }

  /// Lines falling to the right, in sheet pixels, so that tiles continue each other.
  float hatch_alpha(int x, int y) const {
    const float spacing = std::max(map_.style.hatch_spacing, 1.0F), width = map_.style.hatch_width;
    const auto diagonal = static_cast<float>(x + ids_.tile.x + y + ids_.tile.y + 1) * 0.70710678F;
    const float d = std::abs(diagonal - spacing * std::floor(diagonal / spacing) - spacing / 2);
    const float alpha = std::min(width, 1.0F) * std::clamp(std::max(width, 1.0F) / 2 + 0.5F - d, 0.0F, 1.0F);
    return alpha * lookup_.hatch.a / 255.0F;
  }

  void paint_lines(std::size_t i, std::uint8_t touched, std::uint8_t* out) const {
    if (std::has_single_bit(touched)) return paint_line(i, std::countr_zero(touched), out);
    for (const int kind : outline_paint_order)
      if (touched >> kind & 1) paint_line(i, kind, out);
  }
  void paint_line(std::size_t i, int kind, std::uint8_t* out) const {
    mix_into(out, lines_.colour[kind], line_alpha_[static_cast<std::size_t>(kind)][planes_[kind][i]]);
  }

  static void write(std::uint8_t* out, std::uint32_t entry) {
    out[0] = static_cast<std::uint8_t>(entry);
    out[1] = static_cast<std::uint8_t>(entry >> 8);
    out[2] = static_cast<std::uint8_t>(entry >> 16);
    out[3] = 255;
  }
  static void mix_into(std::uint8_t* out, Colour c, float alpha) {
    const auto part = [alpha](std::uint8_t under, std::uint8_t over) {
      return static_cast<std::uint8_t>(under + (over - under) * alpha + 0.5F);
    };
    out[0] = part(out[0], c.r), out[1] = part(out[1], c.g), out[2] = part(out[2], c.b);
  }

  const IdBuffer& ids_;
  const MapLayer& map_;
  const ColourLookup& lookup_;
  const std::vector<std::uint32_t>& table_;
  const OutlineStyle& lines_;
  Image& out_;
  Band rows_;
  std::uint32_t cells_;
  int width_;
  std::uint8_t* touched_ = nullptr;                  ///< see KeptOutlines; of the band's first pixel, as the next
  std::array<std::uint8_t*, kind_count> planes_{};
  std::array<std::uint32_t, 2 * block + 2> differences_{};
  KeyRows keys_;
  WindowWeights weights_;
  std::array<float, window_total + 1> distance_{};
  std::array<std::array<float, 256>, kind_count> line_alpha_{};  ///< of a plane's value, with the colour's own
  /// Of an outline with so much of the window inside and all the rest beyond; -1 where it leaves none.
  std::array<std::array<std::int16_t, window_total + 1>, geo::level_count> thin_alpha_{};
};

}  // namespace

void colour_pass(const IdBuffer& ids, const MapLayer& map, const ColourLookup& lookup, int threads, Image& out, KeptOutlines& kept) {
  if (ids.margin < 1) geo::fail("the colour pass needs an id buffer with a margin of at least 1 pixel");
  out.width = ids.tile.w, out.height = ids.tile.h;
  const auto pixels = static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height);
  out.rgba.resize(pixels * 4);
  const bool known = kept.of == lookup.outlines && kept.touched.size() == pixels;
  kept.of.reset();
  kept.touched.resize(pixels);
  for (std::size_t k = 0; k < kind_count; ++k)
    if (lookup.lines.width[k] > 0) kept.planes[k].resize(pixels);
  const int bands = std::clamp(bands_wanted(threads), 1, std::max(1, ids.tile.h / 32));
  parallel_jobs(bands, threads,
                [&](int i) { BandPainter(ids, map, lookup, out, band_of(i, bands, ids.tile.h), kept).paint(known); });
  kept.of = lookup.outlines;
}

void colour_pass(const IdBuffer& ids, const MapLayer& map, const ColourLookup& lookup, int threads, Image& out) {
  KeptOutlines outlines;
  colour_pass(ids, map, lookup, threads, out, outlines);
}

Image colour_pass(const IdBuffer& ids, const MapLayer& map, int threads) {
  Image out;
  colour_pass(ids, map, colour_lookup(map), threads, out);
  return out;
}

}  // namespace battlemap::render
