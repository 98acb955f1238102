#include "render/text_fonts.hpp"

#include <fontconfig/fontconfig.h>

#include <string_view>

#include "geo/error.hpp"
#include "render/c_owner.hpp"

namespace battlemap::render {
namespace {

constexpr char32_t chinese_sample = U'青';

using Config = std::unique_ptr<FcConfig, Closer<FcConfigDestroy>>;
using Pattern = std::unique_ptr<FcPattern, Closer<FcPatternDestroy>>;
using CharSet = std::unique_ptr<FcCharSet, Closer<FcCharSetDestroy>>;
using FontSet = std::unique_ptr<FcFontSet, Closer<FcFontSetDestroy>>;

const FcChar8* fc(const char* text) {
  return reinterpret_cast<const FcChar8*>(text);
}

Pattern pattern_for(FcConfig* config, const char* family, bool bold, char32_t code_point) {
  Pattern p(FcPatternCreate());
  FcPatternAddString(p.get(), FC_FAMILY, fc(family));
  FcPatternAddInteger(p.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcPatternAddInteger(p.get(), FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddBool(p.get(), FC_OUTLINE, FcTrue);
  const CharSet wanted(FcCharSetCreate());
  FcCharSetAddChar(wanted.get(), code_point);
  FcPatternAddCharSet(p.get(), FC_CHARSET, wanted.get());
  FcConfigSubstitute(config, p.get(), FcMatchPattern);
  FcDefaultSubstitute(p.get());
  return p;
}

/// Bitmap-only fonts (colour emoji) cannot be drawn at any size or haloed.
bool usable(FcPattern* font, char32_t code_point) {
  FcBool outline = FcFalse;
  FcCharSet* set = nullptr;
  return FcPatternGetBool(font, FC_OUTLINE, 0, &outline) == FcResultMatch && outline &&
         FcPatternGetCharSet(font, FC_CHARSET, 0, &set) == FcResultMatch && FcCharSetHasChar(set, code_point);
}

std::optional<FontFile> file_of(FcPattern* font) {
  FcChar8* path = nullptr;
  int index = 0;
  if (FcPatternGetString(font, FC_FILE, 0, &path) != FcResultMatch) return std::nullopt;
  FcPatternGetInteger(font, FC_INDEX, 0, &index);
  return FontFile{reinterpret_cast<const char*>(path), index & 0xFFFF};  // above: named instance
}

bool has_family(FcPattern* font, std::string_view family) {
  FcChar8* name = nullptr;
  for (int i = 0; FcPatternGetString(font, FC_FAMILY, i, &name) == FcResultMatch; ++i)
    if (reinterpret_cast<const char*>(name) == family) return true;
  return false;
}

}  // namespace

struct FontFinder::Impl {
  Config config{FcInitLoadConfigAndFonts()};

  /// The best font of exactly this family.
  std::optional<FontFile> of_family(const char* family, bool bold) const {
    const auto pattern = pattern_for(config.get(), family, bold, chinese_sample);
    FcResult result = FcResultMatch;
    const Pattern font(FcFontMatch(config.get(), pattern.get(), &result));
    if (!font || !has_family(font.get(), family) || !usable(font.get(), chinese_sample)) return std::nullopt;
    return file_of(font.get());
  }

  std::optional<FontFile> any_with(char32_t code_point, bool bold) const {
    const auto pattern = pattern_for(config.get(), "sans-serif", bold, code_point);
    FcResult result = FcResultMatch;
    const FontSet sorted(FcFontSort(config.get(), pattern.get(), FcFalse, nullptr, &result));
    for (int i = 0; sorted && i < sorted->nfont; ++i)
      if (usable(sorted->fonts[i], code_point))
        if (auto file = file_of(sorted->fonts[i])) return file;
    return std::nullopt;
  }
};

FontFinder::FontFinder() : impl_(std::make_unique<Impl>()) {
  if (!impl_->config) geo::fail("fontconfig finds no configuration: install the package fontconfig-config");
}
FontFinder::~FontFinder() = default;

FontFile FontFinder::chinese(bool bold) const {
  for (const char* family : {"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
                             "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback"})
    if (auto file = impl_->of_family(family, bold)) return *file;
  if (auto file = impl_->any_with(chinese_sample, bold)) return *file;
  geo::fail("no installed font has Chinese characters: install the package fonts-noto-cjk");
}

std::optional<FontFile> FontFinder::with(char32_t code_point, bool bold) const {
  return impl_->any_with(code_point, bold);
}

}  // namespace battlemap::render
