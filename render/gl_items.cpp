#include "render/gl_items.hpp"

#include <glad/gl.h>

#include <cstddef>

namespace battlemap::render {
namespace {

constexpr std::size_t most_instances = 1U << 15;

}  // namespace

void scissor(const GlTarget& target, const std::optional<Rect>& rect) {
  const auto& tile = target.tile;
  const PixelRect kept = clipped_pixels(tile, rect);
  glEnable(GL_SCISSOR_TEST);
  glScissor(target.left + kept.x - tile.x, target.low + tile.y + tile.h - (kept.y + kept.h), kept.w, kept.h);
}

ItemPainter::ItemPainter(std::shared_ptr<const TextEngine> text) : text_(text), atlas_(std::move(text)) {
  glBindVertexArray(array_.id());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.id());
  const auto offset = [](std::size_t n) { return reinterpret_cast<const void*>(n); };
  glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(ItemShape), offset(offsetof(ItemShape, box)));
  glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, sizeof(ItemShape), offset(offsetof(ItemShape, shape)));
  glVertexAttribPointer(2, 4, GL_FLOAT, GL_FALSE, sizeof(ItemShape), offset(offsetof(ItemShape, extra)));
  glVertexAttribIPointer(3, 4, GL_UNSIGNED_INT, sizeof(ItemShape), offset(offsetof(ItemShape, paint)));
  for (unsigned i = 0; i < 4; ++i) glEnableVertexAttribArray(i), glVertexAttribDivisor(i, 1);
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  instances_.reserve(most_instances);
}

void ItemPainter::draw(const std::vector<Layer>& layers, const GlTarget& target) {
  target_ = target;
  for (const auto& layer : layers) {
    scissor(target, layer.clip);
    for (const auto& item : layer.items) make_shapes(item, *text_, target.tile, *this);
    flush();
  }
  glDisable(GL_SCISSOR_TEST);
}

void ItemPainter::add(const ItemShape& shape) {
  if (instances_.size() == most_instances) flush();
  instances_.push_back(shape);
}

std::optional<GlyphPlace> ItemPainter::find(const ShapedGlyph& glyph, float size, float halo, float shift) {
  if (const auto place = atlas_.find(glyph, size, halo, shift)) return place;
  flush();
  atlas_.clear();
  return atlas_.find(glyph, size, halo, shift);
}

void ItemPainter::flush() {
  if (instances_.empty()) return;
  program_.use();
  const auto& t = target_.tile;
  glUniform4f(program_["tile"], static_cast<float>(t.x), static_cast<float>(t.y), static_cast<float>(t.w),
              static_cast<float>(t.h));
  glUniform2f(program_["origin"], static_cast<float>(target_.left), static_cast<float>(target_.low));
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D_ARRAY, atlas_.texture());
  glUniform1i(program_["atlas"], 0);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glBindVertexArray(array_.id());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.id());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(instances_.size() * sizeof(ItemShape)),
               instances_.data(), GL_STREAM_DRAW);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(instances_.size()));
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  glBindVertexArray(0);
  glBindTexture(GL_TEXTURE_2D_ARRAY, 0);
  glDisable(GL_BLEND);
  glUseProgram(0);
  instances_.clear();
}

}  // namespace battlemap::render
