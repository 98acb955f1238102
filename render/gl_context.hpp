#pragma once
#include <memory>
#include <string>

namespace battlemap::render {

/// Loads OpenGL 3.3 core functions for the current context through `get_proc`. Throws geo::Error when older.
using GlGetProc = void (*(*)(const char* name))();
void load_gl(GlGetProc get_proc);

/// "llvmpipe (LLVM 15.0.6, 256 bits)": GL_RENDERER of the current context.
std::string gl_renderer();
/// True for Mesa's llvmpipe/softpipe/swrast and SwiftShader: there the C++ colour pass is the faster twin.
bool gl_is_software();

/// An OpenGL 3.3 core context without a window or display server (EGL surfaceless; device platform next).
/// Current on the creating thread until destroyed. Throws geo::Error saying what to install.
class OffscreenContext {
 public:
  OffscreenContext();
  ~OffscreenContext();
  OffscreenContext(const OffscreenContext&) = delete;
  OffscreenContext& operator=(const OffscreenContext&) = delete;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::render
