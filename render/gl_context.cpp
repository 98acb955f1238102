#include "render/gl_context.hpp"

#define EGL_NO_X11
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glad/gl.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string_view>
#include <vector>

#include "geo/error.hpp"

namespace battlemap::render {
namespace {

constexpr const char* install_hint =
    "install the packages libegl1 and libgl1-mesa-dri (software OpenGL), or the graphics card's driver";

bool has(const char* extensions, std::string_view name) {
  return extensions && std::string_view(extensions).find(name) != std::string_view::npos;
}

template <class F>
F egl_function(const char* name) {
  return reinterpret_cast<F>(eglGetProcAddress(name));
}

bool starts(EGLDisplay display) {
  return display != EGL_NO_DISPLAY && eglInitialize(display, nullptr, nullptr);
}

EGLDisplay surfaceless_display(const char* extensions) {
  const auto get = egl_function<PFNEGLGETPLATFORMDISPLAYEXTPROC>("eglGetPlatformDisplayEXT");
  if (!get || !has(extensions, "EGL_MESA_platform_surfaceless")) return EGL_NO_DISPLAY;
  const auto display = get(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  return starts(display) ? display : EGL_NO_DISPLAY;
}

/// The first device that starts: how NVIDIA's driver draws without a display server.
EGLDisplay device_display(const char* extensions) {
  const auto get = egl_function<PFNEGLGETPLATFORMDISPLAYEXTPROC>("eglGetPlatformDisplayEXT");
  const auto list = egl_function<PFNEGLQUERYDEVICESEXTPROC>("eglQueryDevicesEXT");
  if (!get || !list || !has(extensions, "EGL_EXT_platform_device")) return EGL_NO_DISPLAY;
  std::vector<EGLDeviceEXT> devices(16);
  EGLint count = 0;
  if (!list(static_cast<EGLint>(devices.size()), devices.data(), &count)) return EGL_NO_DISPLAY;
  for (EGLint i = 0; i < count; ++i)
    if (const auto display = get(EGL_PLATFORM_DEVICE_EXT, devices[static_cast<std::size_t>(i)], nullptr);
        starts(display))
      return display;
  return EGL_NO_DISPLAY;
}

/// A context of its own config, or without one where the driver allows.
EGLContext create_context(EGLDisplay display) {
  if (!eglBindAPI(EGL_OPENGL_API)) return EGL_NO_CONTEXT;
  constexpr EGLint config_wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, 0, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (!eglChooseConfig(display, config_wanted, &config, 1, &count) || count == 0) config = nullptr;
  constexpr EGLint context_wanted[] = {EGL_CONTEXT_MAJOR_VERSION,
                                       3,
                                       EGL_CONTEXT_MINOR_VERSION,
                                       3,
                                       EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                       EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                       EGL_NONE};
  return eglCreateContext(display, config, EGL_NO_CONTEXT, context_wanted);
}

}  // namespace

void load_gl(GlGetProc get_proc) {
  const int version = gladLoadGL(reinterpret_cast<GLADloadfunc>(get_proc));
  if (version < GLAD_MAKE_VERSION(3, 3))
    geo::fail("OpenGL 3.3 is needed; this driver offers {}.{}: {}", GLAD_VERSION_MAJOR(version),
              GLAD_VERSION_MINOR(version), install_hint);
}

std::string gl_renderer() {
  const auto* name = glGetString ? glGetString(GL_RENDERER) : nullptr;
  return name ? reinterpret_cast<const char*>(name) : "none";
}

bool gl_is_software() {
  auto name = gl_renderer();
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const char* software : {"llvmpipe", "softpipe", "swrast", "swiftshader", "software rasterizer"})
    if (name.find(software) != std::string::npos) return true;
  return false;
}

/// The display is the process's, shared by all contexts of one platform, and so is never terminated here.
struct OffscreenContext::Impl {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;

  bool try_display(EGLDisplay candidate) {
    if (candidate == EGL_NO_DISPLAY) return false;
    const auto made = create_context(candidate);
    if (made == EGL_NO_CONTEXT) return false;
    if (!eglMakeCurrent(candidate, EGL_NO_SURFACE, EGL_NO_SURFACE, made)) {
      eglDestroyContext(candidate, made);
      return false;
    }
    display = candidate, context = made;
    return true;
  }
};

OffscreenContext::OffscreenContext() : impl_(std::make_unique<Impl>()) {
  const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
  if (!impl_->try_display(surfaceless_display(extensions)) && !impl_->try_display(device_display(extensions)))
    geo::fail("cannot draw without a display: EGL offers no OpenGL 3.3 context (error 0x{:04X}); {}",
              eglGetError(), install_hint);
  load_gl(eglGetProcAddress);
}

OffscreenContext::~OffscreenContext() {
  if (eglGetCurrentContext() == impl_->context)
    eglMakeCurrent(impl_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  eglDestroyContext(impl_->display, impl_->context);
}

}  // namespace battlemap::render
