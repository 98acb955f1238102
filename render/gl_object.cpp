#include "render/gl_object.hpp"

#include <glad/gl.h>

#include "geo/error.hpp"
#include "render/shader_sources.hpp"

namespace battlemap::render {
namespace {

/// The sources hold no version line, so that they can be compiled as GLSL ES 3.00 too.
constexpr const char* preamble = "#version 330 core\n#line 1\n";

unsigned compile(unsigned type, std::string_view name) {
  const auto source = shader_source(name);
  const char* parts[] = {preamble, source.data()};
  const GLint lengths[] = {-1, static_cast<GLint>(source.size())};
  const unsigned shader = glCreateShader(type);
  glShaderSource(shader, 2, parts, lengths);
  glCompileShader(shader);
  GLint done = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &done);
  if (done) return shader;
  char log[4096] = "";
  glGetShaderInfoLog(shader, sizeof log, nullptr, log);
  glDeleteShader(shader);
  geo::fail("the driver rejects the shader {}:\n{}", name, log);
}

const char* error_name(unsigned error) {
  switch (error) {
    case GL_INVALID_ENUM:
      return "invalid enum";
    case GL_INVALID_VALUE:
      return "invalid value";
    case GL_INVALID_OPERATION:
      return "invalid operation";
    case GL_INVALID_FRAMEBUFFER_OPERATION:
      return "invalid framebuffer operation";
    case GL_OUT_OF_MEMORY:
      return "out of memory";
    default:
      return "unknown error";
  }
}

}  // namespace

GlObject::GlObject(GlKind kind) : kind_(kind) {
  switch (kind) {
    case GlKind::texture:
      glGenTextures(1, &id_);
      break;
    case GlKind::buffer:
      glGenBuffers(1, &id_);
      break;
    case GlKind::framebuffer:
      glGenFramebuffers(1, &id_);
      break;
    case GlKind::vertex_array:
      glGenVertexArrays(1, &id_);
      break;
  }
}

void GlObject::reset() noexcept {
  if (id_ == 0) return;
  switch (kind_) {
    case GlKind::texture:
      glDeleteTextures(1, &id_);
      break;
    case GlKind::buffer:
      glDeleteBuffers(1, &id_);
      break;
    case GlKind::framebuffer:
      glDeleteFramebuffers(1, &id_);
      break;
    case GlKind::vertex_array:
      glDeleteVertexArrays(1, &id_);
      break;
  }
  id_ = 0;
}

KeepTarget::KeepTarget() {
  glGetIntegerv(GL_FRAMEBUFFER_BINDING, &framebuffer_), glGetIntegerv(GL_VIEWPORT, viewport_);
}

KeepTarget::~KeepTarget() {
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<unsigned>(framebuffer_));
  glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
}

void GlProgram::link() {
  const unsigned v = compile(GL_VERTEX_SHADER, vertex_);
  unsigned f = 0;
  try {
    f = compile(GL_FRAGMENT_SHADER, name_);
  } catch (...) {
    glDeleteShader(v);
    throw;
  }
  id_ = glCreateProgram();
  glAttachShader(id_, v), glAttachShader(id_, f);
  glLinkProgram(id_);
  glDeleteShader(v), glDeleteShader(f);
  GLint done = 0;
  glGetProgramiv(id_, GL_LINK_STATUS, &done);
  if (done) return;
  char log[4096] = "";
  glGetProgramInfoLog(id_, sizeof log, nullptr, log);
  glDeleteProgram(std::exchange(id_, 0U));
  geo::fail("the driver cannot link the shaders {} and {}:\n{}", vertex_, name_, log);
}

GlProgram::~GlProgram() {
  if (id_ != 0) glDeleteProgram(id_);
}

void GlProgram::use() {
  if (id_ == 0) link();
  glUseProgram(id_);
}

int GlProgram::operator[](const std::string& uniform) const {
  if (const auto known = locations_.find(uniform); known != locations_.end()) return known->second;
  const int location = glGetUniformLocation(id_, uniform.c_str());
  if (location < 0) geo::fail("the shader {} has no uniform {}", name_, uniform);
  return locations_[uniform] = location;
}

void check_gl(std::string_view doing) {
  const unsigned error = glGetError();
  if (error == GL_NO_ERROR) return;
  for (int i = 0; i < 16 && glGetError() != GL_NO_ERROR; ++i) {
  }
  geo::fail("OpenGL failed while {}: {} (0x{:04X})", doing, error_name(error), error);
}

void check_framebuffer(std::string_view doing) {
  const unsigned status = glCheckFramebufferStatus(GL_FRAMEBUFFER);
  if (status != GL_FRAMEBUFFER_COMPLETE)
    geo::fail("OpenGL cannot draw off screen while {}: the framebuffer is incomplete (0x{:04X})", doing,
              status);
}

}  // namespace battlemap::render
