#include "render/glyph_runs.hpp"

#include <algorithm>

#include "render/text_unicode.hpp"

namespace battlemap::render {
namespace {

constexpr float spaced_out = 0.04F;  ///< em between letters from which viewers may see word spaces

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
}

std::string utf8(const std::u32string& text, std::size_t begin, std::size_t end) {
  std::string out;
  for (auto i = begin; i < end; ++i) append_utf8(out, text[i]);
  return out;
}

bool joins(const ShapedGlyph& a, const ShapedGlyph& b) {
  return a.face == b.face && (a.glyph == box_glyph) == (b.glyph == box_glyph);
}

/// Stretches of glyphs of one face: [begin, end).
std::vector<std::pair<std::size_t, std::size_t>> stretches(const std::vector<ShapedGlyph>& glyphs) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    if (i == 0 || !joins(glyphs[i - 1], glyphs[i])) out.emplace_back(i, i);
    out.back().second = i + 1;
  }
  return out;
}

std::uint32_t first_code_point(std::span<const ShapedGlyph> glyphs) {
  std::uint32_t first = glyphs.front().cluster;
  for (const auto& g : glyphs) first = std::min(first, g.cluster);
  return first;
}

/// Clusters of a run over code points [begin, end), whose glyphs go through them in one direction; one for
/// all when they do not.
void find_clusters(GlyphRun& run, const std::u32string& text, std::size_t begin, std::size_t end) {
  std::vector<std::pair<std::uint32_t, int>> groups;  // code point, glyphs
  for (const auto& g : run.glyphs) {
    if (groups.empty() || groups.back().first != g.cluster) groups.emplace_back(g.cluster, 0);
    ++groups.back().second;
  }
  run.backward = groups.size() > 1 && groups.front().first > groups.back().first;
  if (run.backward) std::reverse(groups.begin(), groups.end());
  if (!std::is_sorted(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.first < b.first; })) {
    run.backward = false;
    groups = {{static_cast<std::uint32_t>(begin), static_cast<int>(run.glyphs.size())}};
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::size_t from = i == 0 ? begin : groups[i].first, to = i + 1 < groups.size() ? groups[i + 1].first : end;
    const auto part = utf8(text, from, to);
    run.clusters.push_back({static_cast<int>(part.size()), groups[i].second});
    run.text += part;
  }
}

}  // namespace

std::vector<GlyphRun> glyph_runs(const ShapedText& shaped, const TextItem& item) {
  const auto text = printable(item.text);
  const auto parts = stretches(shaped.glyphs);
  std::vector<GlyphRun> runs;
  const std::span<const ShapedGlyph> all(shaped.glyphs);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    GlyphRun run;
    run.glyphs = all.subspan(parts[i].first, parts[i].second - parts[i].first);
    const std::size_t begin = i == 0 ? 0 : first_code_point(run.glyphs);
    const std::size_t end = i + 1 < parts.size()
                                ? first_code_point(all.subspan(parts[i + 1].first, parts[i + 1].second - parts[i + 1].first))
                                : text.size();
    if (end <= begin) continue;
    if (item.style.letter_spacing > spaced_out * item.style.size) {
      run.text = utf8(text, begin, end);
      run.clusters = {{static_cast<int>(run.text.size()), static_cast<int>(run.glyphs.size())}};
    } else {
      find_clusters(run, text, begin, end);
    }
    runs.push_back(std::move(run));
  }
  return runs;
}

std::vector<PrintGlyph> print_glyphs(const TextEngine& engine, const TextItem& item) {
  const auto shaped = engine.shape(item.text, item.style);
  const auto text = printable(item.text);
  std::vector<PrintGlyph> out;
  for (const auto& g : shaped->glyphs)
    if (g.glyph != box_glyph) out.push_back({g.face, g.glyph, g.cluster < text.size() ? text[g.cluster] : U'\0'});
  return out;
}

}  // namespace battlemap::render
