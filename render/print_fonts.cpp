#include "render/print_fonts.hpp"

#include <hb-subset.h>
#include <hb.h>

#include <cmath>
#include <map>
#include <mutex>

#include "geo/error.hpp"
#include "render/c_owner.hpp"
#include "render/glyph_runs.hpp"
#include "render/simplify.hpp"

namespace battlemap::render {
namespace {

using HbBlob = std::unique_ptr<hb_blob_t, Closer<hb_blob_destroy>>;
using HbFace = std::unique_ptr<hb_face_t, Closer<hb_face_destroy>>;
using HbFont = std::unique_ptr<hb_font_t, Closer<hb_font_destroy>>;
using HbSet = std::unique_ptr<hb_set_t, Closer<hb_set_destroy>>;
using HbInput = std::unique_ptr<hb_subset_input_t, Closer<hb_subset_input_destroy>>;
using HbPlan = std::unique_ptr<hb_subset_plan_t, Closer<hb_subset_plan_destroy>>;
using HbDraw = std::unique_ptr<hb_draw_funcs_t, Closer<hb_draw_funcs_destroy>>;

constexpr int curve_steps = 6;
constexpr float outline_tolerance = 0.008F;  ///< em: a halo's edge is soft and as wide as a stroke

/// Layout is done before print; vertical metrics and signatures are of no use in it.
constexpr hb_tag_t dropped_tables[] = {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
                                       HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E'),
                                       HB_TAG('V', 'O', 'R', 'G'), HB_TAG('v', 'h', 'e', 'a'),
                                       HB_TAG('v', 'm', 't', 'x'), HB_TAG('D', 'S', 'I', 'G')};

struct Face {
  std::string path;
  HbFace face;
  HbFont font;
  float units = 1000;
  HbSet glyphs{hb_set_create()}, code_points{hb_set_create()};
  std::shared_ptr<const FontSubset> subset;
  std::unordered_map<std::uint32_t, std::shared_ptr<const GlyphOutline>> outlines;

  void add(const PrintGlyph& g) {
    hb_set_add(glyphs.get(), g.glyph);
    if (g.code_point != 0) hb_set_add(code_points.get(), g.code_point);
  }
};

std::unique_ptr<Face> open_face(const std::pair<std::string, int>& file) {
  auto out = std::make_unique<Face>();
  out->path = file.first;
  const HbBlob blob(hb_blob_create_from_file(file.first.c_str()));
  out->face.reset(hb_face_create(blob.get(), static_cast<unsigned>(file.second)));
  out->font.reset(hb_font_create(out->face.get()));
  out->units = static_cast<float>(std::max(1U, hb_face_get_upem(out->face.get())));
  return out;
}

std::shared_ptr<const FontSubset> cut(const Face& face) {
  const HbInput input(hb_subset_input_create_or_fail());
  if (!input) geo::fail("out of memory");
  hb_set_union(hb_subset_input_glyph_set(input.get()), face.glyphs.get());
  hb_set_union(hb_subset_input_unicode_set(input.get()), face.code_points.get());
  for (const auto tag : dropped_tables)
    hb_set_add(hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG), tag);
  // Without subroutines the subset is cut four times as fast.
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
  const HbPlan plan(hb_subset_plan_create_or_fail(face.face.get(), input.get()));
  const HbFace made(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
  if (!made) geo::fail("cannot take single characters out of the font {}: reinstall its package", face.path);
  auto out = std::make_shared<FontSubset>();
  const HbBlob blob(hb_face_reference_blob(made.get()));
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob.get(), &length);
  out->data = std::make_shared<const std::string>(data, length);
  auto* map = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  for (hb_codepoint_t g = HB_SET_VALUE_INVALID; hb_set_next(face.glyphs.get(), &g);)
    if (const auto to = hb_map_get(map, g); to != HB_MAP_VALUE_INVALID) out->glyph.emplace(g, to);
  return out;
}

/// Collects an outline's rings in font units while HarfBuzz draws.
struct GlyphPen {
  std::vector<std::vector<Vec2>> rings;
  void move(Vec2 p) { rings.push_back({p}); }
  void line(Vec2 p) { rings.back().push_back(p); }
  void cubic(Vec2 a, Vec2 b, Vec2 c) {
    const Vec2 o = rings.back().back();
    for (int i = 1; i <= curve_steps; ++i) {
      const float t = static_cast<float>(i) / curve_steps, s = 1 - t;
      const float w0 = s * s * s, w1 = 3 * s * s * t, w2 = 3 * s * t * t, w3 = t * t * t;
      line({w0 * o.x + w1 * a.x + w2 * b.x + w3 * c.x, w0 * o.y + w1 * a.y + w2 * b.y + w3 * c.y});
    }
  }
  void quadratic(Vec2 a, Vec2 b) {
    const Vec2 o = rings.back().back();
    const auto between = [](Vec2 p, Vec2 q) {
      return Vec2{p.x + (q.x - p.x) * 2 / 3, p.y + (q.y - p.y) * 2 / 3};
    };
    cubic(between(o, a), between(b, a), b);
  }
};

HbDraw drawing_functions() {
  HbDraw f(hb_draw_funcs_create());
  hb_draw_funcs_set_move_to_func(
      f.get(),
      [](hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float x, float y, void*) {
        static_cast<GlyphPen*>(pen)->move({x, y});
      },
      nullptr, nullptr);
  hb_draw_funcs_set_line_to_func(
      f.get(),
      [](hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float x, float y, void*) {
        static_cast<GlyphPen*>(pen)->line({x, y});
      },
      nullptr, nullptr);
  hb_draw_funcs_set_quadratic_to_func(
      f.get(),
      [](hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float ax, float ay, float x, float y, void*) {
        static_cast<GlyphPen*>(pen)->quadratic({ax, ay}, {x, y});
      },
      nullptr, nullptr);
  hb_draw_funcs_set_cubic_to_func(
      f.get(),
      [](hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float ax, float ay, float bx, float by, float x,
         float y, void*) { static_cast<GlyphPen*>(pen)->cubic({ax, ay}, {bx, by}, {x, y}); },
      nullptr, nullptr);
  return f;
}

}  // namespace

struct PrintFonts::Impl {
  std::mutex mutex;
  std::map<std::uint32_t, std::unique_ptr<Face>> faces;
  HbDraw draw = drawing_functions();

  Face& face(const TextEngine& text, std::uint32_t index) {
    auto& known = faces[index];
    if (!known) known = open_face(text.face_file(index));
    return *known;
  }
};

PrintFonts::PrintFonts(std::shared_ptr<const TextEngine> text)
    : text_(std::move(text)), impl_(std::make_unique<Impl>()) {}
PrintFonts::~PrintFonts() = default;

void PrintFonts::foresee(std::string_view utf8) {
  for (const auto weight : {Weight::regular, Weight::bold})
    for (const bool tabular : {false, true}) {
      TextItem item;
      item.text = utf8;
      item.style.weight = weight, item.style.tabular = tabular;
      const auto glyphs = print_glyphs(*text_, item);
      const std::lock_guard lock(impl_->mutex);
      for (const auto& g : glyphs) impl_->face(*text_, g.face).add(g);
    }
}

std::shared_ptr<const FontSubset> PrintFonts::subset(std::uint32_t index,
                                                     const std::vector<PrintGlyph>& wanted) {
  const std::lock_guard lock(impl_->mutex);
  auto& face = impl_->face(*text_, index);
  bool enough = face.subset != nullptr;
  for (const auto& w : wanted) {
    if (w.face != index) continue;
    enough = enough && face.subset->has(w.glyph);
    face.add(w);
  }
  if (!enough) face.subset = cut(face);
  return face.subset;
}

std::shared_ptr<const GlyphOutline> PrintFonts::outline(std::uint32_t index, std::uint32_t glyph) {
  const std::lock_guard lock(impl_->mutex);
  auto& face = impl_->face(*text_, index);
  auto& known = face.outlines[glyph];
  if (known) return known;
  GlyphPen pen;
  hb_font_get_glyph_shape(face.font.get(), glyph, impl_->draw.get(), &pen);
  auto out = std::make_shared<GlyphOutline>();
  for (auto& ring : pen.rings) {
    for (auto& p : ring) p = {p.x / face.units, -p.y / face.units};
    if (ring.size() > 1 && ring.front() != ring.back()) ring.push_back(ring.front());
    out->rings.push_back(simplified(ring, outline_tolerance));
  }
  known = std::move(out);
  return known;
}

}  // namespace battlemap::render
