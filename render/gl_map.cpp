#include "render/gl_map.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

#include "geo/error.hpp"

namespace battlemap::render {
namespace {

constexpr int table_width = 2048;  ///< texels a row of the per-cell tables

void bind(int unit, const GlObject& texture) {
  glActiveTexture(GL_TEXTURE0 + static_cast<unsigned>(unit));
  glBindTexture(GL_TEXTURE_2D, texture.id());
}

void set_filter(int filter) {
  for (const auto name : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    glTexParameteri(GL_TEXTURE_2D, name, filter);
  for (const auto name : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    glTexParameteri(GL_TEXTURE_2D, name, GL_CLAMP_TO_EDGE);
}

/// Makes storage for a target of this size where `held` says that it has another.
void size_target(const GlObject& texture, PixelSize& held, PixelSize wanted, int internal, unsigned format, unsigned type, int filter) {
  if (held == wanted) return;
  check_texture_size(wanted.width, wanted.height);
  bind(0, texture);
  glTexImage2D(GL_TEXTURE_2D, 0, internal, wanted.width, wanted.height, 0, format, type, nullptr);
  set_filter(filter);
  held = wanted;
}

/// A table of one texel per cell, rows of `table_width`.
template <class T>
std::size_t upload_table(const GlObject& texture, std::vector<T> values, int internal, unsigned format, int channels) {
  const auto texels = values.size() / static_cast<std::size_t>(channels);
  const auto rows = std::max<std::size_t>(1, (texels + table_width - 1) / table_width);
  check_texture_size(table_width, static_cast<int>(rows));
  values.resize(rows * table_width * static_cast<std::size_t>(channels));
  bind(0, texture);
  glTexImage2D(GL_TEXTURE_2D, 0, internal, table_width, static_cast<int>(rows), 0, format, GL_UNSIGNED_INT,
               values.data());
  set_filter(GL_NEAREST);
  return values.size() * sizeof(T);
}

void draw_full(const GlObject& array) {
  glBindVertexArray(array.id());
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glBindVertexArray(0);
}

/// Gives a shader its textures: the first at unit 0.
void bind_inputs(const GlProgram& program,
                 std::initializer_list<std::pair<const char*, const GlObject*>> inputs) {
  int unit = 0;
  for (const auto& [name, texture] : inputs) {
    bind(unit, *texture);
    glUniform1i(program[name], unit++);
  }
}

void unbind_textures(int units) {
  for (int unit = units - 1; unit >= 0; --unit) {
    glActiveTexture(GL_TEXTURE0 + static_cast<unsigned>(unit));
    glBindTexture(GL_TEXTURE_2D, 0);
  }
  glUseProgram(0);
}

std::array<float, 4> as_floats(Colour c) {
  return {static_cast<float>(c.r), static_cast<float>(c.g), static_cast<float>(c.b),
          static_cast<float>(c.a) / 255.0F};
}

}  // namespace

void GlMap::set_picture(const Image& picture, PixelRect area, ByteOrder order) {
  picture_.upload(picture, order);
  uploaded_ += picture.rgba.size();
  area_ = area;
}

void GlMap::set_ids(const IdBuffer& ids, const MapLayer& map) {
  if (ids.margin < 2) geo::fail("colouring ids by the shader needs a margin of at least 2 pixels");
  check_texture_size(ids.width, ids.height);
  bind(0, ids_);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R32UI, ids.width, ids.height, 0, GL_RED_INTEGER, GL_UNSIGNED_INT,
               ids.ids.data());
  uploaded_ += ids.ids.size() * sizeof(std::uint32_t);
  set_filter(GL_NEAREST);
  ids_size_ = {ids.width, ids.height};
  ids_area_ = ids.tile, margin_ = ids.margin;
  restyle(map);
}

bool GlMap::fill_ids(const MapLayer& map, PixelRect tile, int margin) {
  if (margin < 2) geo::fail("colouring ids by the shader needs a margin of at least 2 pixels");
  const PixelSize samples{(tile.w + 2 * margin) * supersampling, (tile.h + 2 * margin) * supersampling};
  size_target(ids_, ids_size_, samples, GL_R32UI, GL_RED_INTEGER, GL_UNSIGNED_INT, GL_NEAREST);
  unbind_textures(1);
  const bool good = gl_ids_.fill(map, tile, margin, ids_);
  ids_area_ = good ? tile : PixelRect{};
  margin_ = margin;
  return good;
}

std::uint32_t GlMap::id_at(int x, int y) {
  const int column = (x - ids_area_.x + margin_) * supersampling, row = (y - ids_area_.y + margin_) * supersampling;
  if (ids_area_.w < 1 || column < 0 || row < 0 || column >= ids_size_.width || row >= ids_size_.height) return id_none;
  const KeepTarget keep;
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, ids_.id(), 0);
  GLuint id = id_none;
  glReadPixels(column, row, 1, 1, GL_RED_INTEGER, GL_UNSIGNED_INT, &id);
  check_gl("reading an id");
  return id & ~id_water;
}

void GlMap::upload_ancestry(const MapLayer& map) {
  if (map.coverage && !ancestry_of_.expired() && ancestry_of_.lock() == map.coverage) return;
  std::vector<std::uint32_t> ancestry;
  if (map.coverage)
    for (const auto& a : map.coverage->ancestry) ancestry.insert(ancestry.end(), a.begin(), a.begin() + 4);
  uploaded_ += upload_table(ancestry_, std::move(ancestry), GL_RGBA32UI, GL_RGBA_INTEGER, 4);
  ancestry_of_ = map.coverage;
}

void GlMap::restyle(const MapLayer& map) {
  upload_ancestry(map);
  cell_count_ = map.coverage ? map.coverage->size() : 0;
  auto table = cell_table(map.style, cell_count_);
  lines_ = outline_style(map.style, table);
  uploaded_ += upload_table(cells_, std::move(table), GL_R32UI, GL_RED_INTEGER, 1);
  unbind_textures(1);
  style_ = map.style;
  style_.fill.clear(), style_.flags.clear();
  styled_ = true;
  recolour();
}

void GlMap::recolour() {
  if (ids_area_.w < 1 || ids_area_.h < 1) geo::fail("there are no ids to colour: set_map_ids comes first");
  const KeepTarget keep;
  glDisable(GL_BLEND), glDisable(GL_SCISSOR_TEST), glDisable(GL_DEPTH_TEST), glDisable(GL_CULL_FACE);
  // As far as the id buffer reaches; what would lie beyond is what its maker's margin left out.
  const int reach = outline_reach(lines_);
  pad_ = std::max(reach, margin_);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
  trace_outlines(false);
  if (lines_.states) trace_outlines(true);

  picture_.attach({ids_area_.w, ids_area_.h});
  check_framebuffer("colouring the map");
  glViewport(0, 0, ids_area_.w, ids_area_.h);
  colour_.use();
  const auto& style = style_;
  const OutlineStyle& lines = lines_;
  bind_inputs(colour_, {{"ids", &ids_},
                        {"cells", &cells_},
                        {"elements", &elements_},
                        {"state_elements", lines.states ? &state_elements_ : &elements_}});
  glUniform1ui(colour_["cell_count"], static_cast<unsigned>(cell_count_));
  glUniform1i(colour_["margin"], margin_);
  glUniform1i(colour_["pad"], pad_);
  glUniform1i(colour_["reach"], reach);
  glUniform1i(colour_["states"], lines.states ? 1 : 0);
  glUniform2i(colour_["corner"], ids_area_.x, ids_area_.y);
  glUniform4fv(colour_["water"], 1, as_floats(style.water).data());
  glUniform4fv(colour_["hatch"], 1, as_floats(style.hatch).data());
  glUniform2f(colour_["hatch_size"], std::max(style.hatch_spacing, 1.0F), style.hatch_width);
  glUniform1fv(colour_["width"], kind_count, lines.width.data());
  std::array<float, 4 * kind_count> colours{};
  for (int k = 0; k < kind_count; ++k) {
    const auto c = as_floats(lines.colour[static_cast<std::size_t>(k)]);
    std::copy(c.begin(), c.end(), colours.begin() + 4 * k);
  }
  glUniform4fv(colour_["line_colour"], kind_count, colours.data());
  draw_full(array_);
  unbind_textures(4);
  area_ = ids_area_;
  check_gl("colouring the map");
}

void GlMap::trace_outlines(bool states) {
  const int w = ids_area_.w + 2 * pad_, h = ids_area_.h + 2 * pad_;
  const auto& target = states ? state_elements_ : elements_;
  size_target(target, states ? state_elements_size_ : elements_size_, {w, h}, GL_RGBA32UI, GL_RGBA_INTEGER, GL_UNSIGNED_INT, GL_NEAREST);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target.id(), 0);
  check_framebuffer("tracing outlines");
  constexpr GLuint nothing[4] = {0, 0, 0, 0};
  glClearBufferuiv(GL_COLOR, 0, nothing);
  // Only pixels whose whole window lies inside the id buffer.
  const int known = margin_ - 1;
  glViewport(0, 0, w, h);
  glEnable(GL_SCISSOR_TEST);
  glScissor(pad_ - known, pad_ - known, ids_area_.w + 2 * known, ids_area_.h + 2 * known);
  outline_.use();
  bind_inputs(outline_, {{"ids", &ids_}, {"cells", &cells_}, {"ancestry", &ancestry_}});
  glUniform1ui(outline_["cell_count"], static_cast<unsigned>(cell_count_));
  glUniform1i(outline_["first_sample"], 2 * (margin_ - pad_));
  glUniform1fv(outline_["width"], kind_count, lines_.width.data());
  glUniform1i(outline_["states"], states ? 1 : 0);
  draw_full(array_);
  glDisable(GL_SCISSOR_TEST);
  check_gl("tracing outlines");
}

void GlMap::draw(const View& view, const View& made_for, Colour ground, const GlTarget& target) {
  const bool exact = view == made_for;
  PicturePlacement p;
  p.scale = exact ? 1 : view.metres_per_pixel / made_for.metres_per_pixel;
  const auto offset = [&](double to_middle, double to_map, double from_middle, double from_map, double sign) {
    return to_middle + sign * (from_map - to_map) / made_for.metres_per_pixel - from_middle * p.scale;
  };
  const auto middle_x = [](const View& v) { return v.frame.x + v.frame.w / 2.0; };
  const auto middle_y = [](const View& v) { return v.frame.y + v.frame.h / 2.0; };
  if (!exact) {
    p.x = offset(middle_x(made_for), made_for.centre.x, middle_x(view), view.centre.x, 1);
    p.y = offset(middle_y(made_for), made_for.centre.y, middle_y(view), view.centre.y, -1);
  }
  p.x -= area_.x, p.y -= area_.y;
  picture_.draw(p, intersection(target.tile, frame_pixels(view)), ground, target);
}

}  // namespace battlemap::render
