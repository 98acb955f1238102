#include "render/gl_ids.hpp"

#include <glad/gl.h>

#include <algorithm>

#include "geo/arc_details.hpp"
#include "geo/error.hpp"
#include "render/id_buffer.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t most_meshes = 6;  ///< kept on the card: a few levels and details, and the lakes

/// As SampleTransform: sample (i, j) of the sheet lies at (i, j); texel (0, 0) of the target shows the tile's first sample.
struct Placement {
  geo::GridPoint centre;
  float scale_x, scale_y, offset_x, offset_y;
};

Placement place(const geo::Grid& grid, const View& view, PixelRect tile, int margin) {
  const double scale = supersampling / view.metres_per_pixel;
  const geo::GridPoint centre = geo::nearest(grid, view.centre);
  const geo::Point at = grid.at(centre);
  const double width = (tile.w + 2 * margin) * supersampling, height = (tile.h + 2 * margin) * supersampling;
  const double x = supersampling * (view.frame.x + view.frame.w / 2.0 - tile.x + margin) + (at.x - view.centre.x) * scale;
  const double y = supersampling * (view.frame.y + view.frame.h / 2.0 - tile.y + margin) - (at.y - view.centre.y) * scale;
  return {centre, static_cast<float>(2 * scale * grid.step / width), static_cast<float>(-2 * scale * grid.step / height),
          static_cast<float>(2 * x / width - 1), static_cast<float>(2 * y / height - 1)};
}

geo::Box seen_box(const View& view, PixelRect tile, int margin) {
  geo::Box box;
  const float x = static_cast<float>(tile.x - margin), y = static_cast<float>(tile.y - margin);
  box.add(view.to_map({x, y}));
  box.add(view.to_map({x + static_cast<float>(tile.w + 2 * margin), y + static_cast<float>(tile.h + 2 * margin)}));
  return box;
}

void attach(const GlObject& framebuffer, unsigned texture, const char* doing) {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer.id());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
  check_framebuffer(doing);
}

template <class T>
void upload_buffer(unsigned target, const GlObject& buffer, const std::vector<T>& data) {
  glBindBuffer(target, buffer.id());
  glBufferData(target, static_cast<GLsizeiptr>(data.size() * sizeof(T)), data.data(), GL_STATIC_DRAW);
}

}  // namespace

GlIds::GlIds() = default;

const GlIds::Mesh& GlIds::mesh_of(std::shared_ptr<const FanMesh> fans) {
  const auto known = std::find_if(meshes_.begin(), meshes_.end(), [&](const auto& mesh) { return mesh->fans == fans; });
  if (known != meshes_.end()) {
    std::rotate(known, known + 1, meshes_.end());
    return *meshes_.back();
  }
  if (meshes_.size() == most_meshes) meshes_.erase(meshes_.begin());
  auto mesh = std::make_unique<Mesh>();
  mesh->fans = std::move(fans);
  glBindVertexArray(mesh->array.id());
  upload_buffer(GL_ARRAY_BUFFER, mesh->vertices, mesh->fans->vertices);
  upload_buffer(GL_ELEMENT_ARRAY_BUFFER, mesh->indices, mesh->fans->indices);
  glVertexAttribIPointer(0, 2, GL_INT, sizeof(FanMesh::Vertex), nullptr);
  glVertexAttribIPointer(1, 1, GL_UNSIGNED_INT, sizeof(FanMesh::Vertex), reinterpret_cast<const void*>(offsetof(FanMesh::Vertex, number)));
  glEnableVertexAttribArray(0), glEnableVertexAttribArray(1);
  glBindVertexArray(0);
  check_gl("uploading outlines (is there enough memory on the graphics card?)");
  uploaded_ += mesh->fans->vertices.size() * sizeof(FanMesh::Vertex) + mesh->fans->indices.size() * sizeof(std::uint32_t);
  meshes_.push_back(std::move(mesh));
  return *meshes_.back();
}

void GlIds::size_bits(int width, int height) {
  if (width == width_ && height == height_) return;
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  if (width > most || height > most)
    geo::fail("ids of {} x {} samples are more than this driver's {}: paint in tiles", width, height, most);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, bits_.id());
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RG32UI, width, height, 0, GL_RG_INTEGER, GL_UNSIGNED_INT, nullptr);
  for (const auto name : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER}) glTexParameteri(GL_TEXTURE_2D, name, GL_NEAREST);
  glBindTexture(GL_TEXTURE_2D, 0);
  width_ = width, height_ = height;
}

void GlIds::draw_fans(const Mesh& mesh, const MapLayer& map, PixelRect tile, int margin) {
  const Placement at = place(mesh.fans->grid, map.view, tile, margin);
  glUniform2i(fan_["centre"], at.centre.x, at.centre.y);
  glUniform4f(fan_["placement"], at.scale_x, at.scale_y, at.offset_x, at.offset_y);
  const geo::Box seen = seen_box(map.view, tile, margin);
  std::vector<GLsizei> counts;
  std::vector<const void*> begins;
  for (const FanMesh::Block& block : mesh.fans->blocks) {
    if (!block.box.intersects(seen)) continue;
    counts.push_back(static_cast<GLsizei>(block.count));
    begins.push_back(reinterpret_cast<const void*>(static_cast<std::uintptr_t>(block.first) * sizeof(std::uint32_t)));
  }
  glBindVertexArray(mesh.array.id());
  if (!counts.empty())
    glMultiDrawElements(GL_TRIANGLE_FAN, counts.data(), GL_UNSIGNED_INT, begins.data(), static_cast<GLsizei>(counts.size()));
  glBindVertexArray(0);
}

/// Leaves the bound framebuffer to who called fill().
void GlIds::resolve(const GlObject& target, bool overlaps) {
  attach(ids_framebuffer_, target.id(), "turning bits into ids");
  resolve_.use();
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, bits_.id());
  glUniform1i(resolve_["bits"], 0);
  glUniform1i(resolve_["overlaps"], overlaps ? 1 : 0);
  glBindVertexArray(empty_.id());
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glBindVertexArray(0);
  glBindTexture(GL_TEXTURE_2D, 0);
}

bool GlIds::find_overlaps(const GlObject& target) {
  GLuint query = 0, any = 0;
  glGenQueries(1, &query);
  glBeginQuery(GL_ANY_SAMPLES_PASSED, query);
  resolve(target, true);
  glEndQuery(GL_ANY_SAMPLES_PASSED);
  glGetQueryObjectuiv(query, GL_QUERY_RESULT, &any);
  glDeleteQueries(1, &query);
  return any != 0;
}

bool GlIds::fill(const MapLayer& map, PixelRect tile, int margin, const GlObject& target) {
  // What can fail for want of memory comes before any state of OpenGL is changed.
  const Mesh* cells = map.coverage ? &mesh_of(fans_of(map.coverage, map.tolerance_px * map.view.metres_per_pixel)) : nullptr;
  const Mesh* lakes = map.lakes ? &mesh_of(fans_of(map.lakes)) : nullptr;
  const KeepTarget keep;
  size_bits((tile.w + 2 * margin) * supersampling, (tile.h + 2 * margin) * supersampling);
  attach(framebuffer_, bits_.id(), "filling ids");
  glViewport(0, 0, width_, height_);
  for (const auto flag : {GL_BLEND, GL_SCISSOR_TEST, GL_DEPTH_TEST, GL_CULL_FACE}) glDisable(flag);
  constexpr GLuint nothing[4] = {0, 0, 0, 0};
  glClearBufferuiv(GL_COLOR, 0, nothing);
  fan_.use();
  glEnable(GL_COLOR_LOGIC_OP), glLogicOp(GL_XOR);
  glEnable(GL_PRIMITIVE_RESTART), glPrimitiveRestartIndex(FanMesh::restart);
  if (cells) draw_fans(*cells, map, tile, margin);
  if (lakes) draw_fans(*lakes, map, tile, margin);
  glDisable(GL_COLOR_LOGIC_OP), glDisable(GL_PRIMITIVE_RESTART);
  resolve(target, false);
  const bool good = !find_overlaps(target);
  glUseProgram(0);
  check_gl("filling ids");
  return good;
}

}  // namespace battlemap::render
