#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace battlemap::render {

enum class GlKind { texture, buffer, framebuffer, vertex_array };

/// Owner of one OpenGL object of the current context. Move-only; must be destroyed while that context is
/// current.
class GlObject {
 public:
  explicit GlObject(GlKind kind);
  ~GlObject() { reset(); }
  GlObject(GlObject&& other) noexcept : kind_(other.kind_), id_(std::exchange(other.id_, 0U)) {}
  GlObject& operator=(GlObject&& other) noexcept {
    if (this != &other) reset(), kind_ = other.kind_, id_ = std::exchange(other.id_, 0U);
    return *this;
  }
  unsigned id() const { return id_; }

 private:
  void reset() noexcept;
  GlKind kind_;
  unsigned id_ = 0;
};

/// Restores the framebuffer and viewport that were bound when it was made.
class KeepTarget {
 public:
  KeepTarget();
  ~KeepTarget();
  KeepTarget(const KeepTarget&) = delete;
  KeepTarget& operator=(const KeepTarget&) = delete;

 private:
  int framebuffer_ = 0, viewport_[4]{};
};

/// A program of shaders/NAME.vert and shaders/NAME.frag, compiled when it is first used: most windows never need those
/// that fill and colour ids.
class GlProgram {
 public:
  GlProgram(std::string vertex, std::string fragment) : vertex_(std::move(vertex)), name_(std::move(fragment)) {}
  ~GlProgram();
  GlProgram(GlProgram&& other) noexcept
      : id_(std::exchange(other.id_, 0U)),
        vertex_(std::move(other.vertex_)),
        name_(std::move(other.name_)),
        locations_(std::move(other.locations_)) {}
  GlProgram& operator=(GlProgram&& other) noexcept {
    std::swap(id_, other.id_), std::swap(vertex_, other.vertex_), std::swap(name_, other.name_);
    std::swap(locations_, other.locations_);
    return *this;
  }
  /// Throws geo::Error quoting shader and log when the driver rejects it.
  void use();
  /// Location of a uniform of a program in use; throws geo::Error when it has none of that name (misspelt or unused).
  int operator[](const std::string& uniform) const;

 private:
  void link();

  unsigned id_ = 0;
  std::string vertex_, name_;  ///< name_: of the fragment shader
  mutable std::unordered_map<std::string, int> locations_;
};

/// Throws geo::Error naming `doing` when OpenGL has recorded an error since the last check.
void check_gl(std::string_view doing);
/// Throws geo::Error when the bound framebuffer cannot be drawn to.
void check_framebuffer(std::string_view doing);

}  // namespace battlemap::render
