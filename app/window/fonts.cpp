#include "app/window/fonts.hpp"

#include <imgui_freetype.h>
#include <imgui_internal.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "geo/error.hpp"

namespace battlemap::app {
namespace {

struct FaceSpec {
  float size;
  bool bold;
};
constexpr std::array<FaceSpec, face_count> specs{
    {{13, false}, {15, false}, {15, true}, {20, true}, {26, true}}};

const FaceSpec& spec_of(Face face) {
  return specs[static_cast<std::size_t>(face)];
}

std::shared_ptr<const std::vector<char>> read_font(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  auto bytes = std::make_shared<std::vector<char>>(error ? 0 : size);
  in.read(bytes->data(), static_cast<std::streamsize>(bytes->size()));
  if (!in || bytes->empty()) geo::fail("cannot read the font {}: install the package fonts-noto-cjk", file);
  return bytes;
}

}  // namespace

Fonts::Fonts(const render::TextEngine& text, float scale) : scale_(scale) {
  const auto [regular_file, regular_index] = text.font_file(render::Weight::regular);
  const auto [bold_file, bold_index] = text.font_file(render::Weight::bold);
  regular_ = read_font(regular_file), regular_index_ = regular_index;
  bold_ = bold_file == regular_file ? regular_ : read_font(bold_file), bold_index_ = bold_index;
  const ImWchar latin[] = {0x20, 0x7E, 0xA0, 0xFF, 0};
  for (auto& wanted : wanted_) wanted.AddRanges(latin);
}

void Fonts::set_scale(float scale) {
  if (scale == scale_) return;
  scale_ = scale;
  stale_ = true;
}

float Fonts::size(Face face) const {
  return std::round(spec_of(face).size * scale_);
}

void Fonts::need(Face face, std::string_view utf8) {
  auto& wanted = wanted_[static_cast<std::size_t>(face)];
  const char* at = utf8.data();
  const char* end = at + utf8.size();
  while (at < end) {
    unsigned int c = 0;
    at += ImTextCharFromUtf8(&c, at, end);
    if (c == 0) break;
    if (c > IM_UNICODE_CODEPOINT_MAX || wanted.GetBit(c)) continue;
    wanted.SetBit(c);
    stale_ = true;
  }
}

bool Fonts::refresh() {
  if (!stale_) return false;
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_NoHinting;
  for (int i = 0; i < face_count; ++i) add(static_cast<Face>(i));
  if (!atlas.Build()) geo::fail("the window's font cannot be prepared: install the package fonts-noto-cjk");
  ImGui::GetIO().FontDefault = get(Face::body);
  stale_ = false;
  return true;
}

void Fonts::add(Face face) {
  const auto i = static_cast<std::size_t>(face);
  ranges_[i].clear();
  wanted_[i].BuildRanges(&ranges_[i]);
  const File& file = spec_of(face).bold ? bold_ : regular_;
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;  // one copy of the file serves all sizes
  config.FontNo = spec_of(face).bold ? bold_index_ : regular_index_;
  config.GlyphRanges = ranges_[i].Data;
  config.OversampleH = config.OversampleV = 1;
  fonts_[i] = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<char*>(file->data()),
                                                         static_cast<int>(file->size()), size(face), &config);
}

}  // namespace battlemap::app
