#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/window/font_texture.hpp"
#include "app/window/keys.hpp"
#include "render/geometry2d.hpp"
#include "render/image.hpp"

struct GLFWwindow;

namespace battlemap::app {

/// A hand made of numbers: what scripts move instead of the mouse.
struct Pointer {
  float x = -1;
  float y = -1;
  bool down = false;
  float wheel = 0;
  bool second = false;  ///< this press is the second of a double-click, whatever the time between
};

/// The operating system's window with an OpenGL 3.3 core context, and Dear ImGui's connection to it.
class Shell {
 public:
  /// Throws geo::Error when there is no display or no OpenGL 3.3, saying what to do instead.
  Shell(int width, int height, const std::string& title);
  ~Shell();
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  bool should_close() const;
  void set_title(const std::string& title);
  void poll();
  void wait(std::optional<double> seconds);  ///< for an event, at most so long
  static void wake();                        ///< ends a wait; callable from any thread
  double now() const;

  struct Size {
    int width = 1, height = 1;
  };
  Size framebuffer() const;
  float pixels_per_unit() const;  ///< framebuffer pixels per Dear ImGui unit (HiDPI)
  float ui_scale() const;         ///< monitor's content scale in Dear ImGui units
  bool minimised() const;
  void toggle_full_screen();
  void resize(int width, int height);

  /// Keys pressed since the last call.
  std::vector<Key> take_keys();
  /// Begins Dear ImGui's frame; `pointer` replaces the real mouse.
  void begin_frame(const std::optional<Pointer>& pointer);
  void bind_framebuffer();
  void bind_framebuffer(render::Colour ground);
  void clear(render::PixelRect pixels, render::Colour colour);  ///< pixels from the framebuffer's top left
  void set_viewport(render::Rect pixels);  ///< pixels from the framebuffer's top left
  void draw_ui();                          ///< after ImGui::Render()
  void upload_fonts(AtlasRows rows);       ///< of Dear ImGui's atlas, to the card
  render::Image read_framebuffer() const;  ///< what was drawn, before present()
  void present();

  /// As if the key had been pressed and released; false for an unknown name. Characters may be a letter,
  /// "plus", ...
  bool press(const std::string& name);
  static void type(const std::string& utf8);

  /// A hidden window whose context another thread may make current. Create and destroy on the main thread.
  struct Closer {
    void operator()(GLFWwindow* window) const;
  };
  using HiddenContext = std::unique_ptr<GLFWwindow, Closer>;
  HiddenContext make_hidden_context() const;

 private:
  void on_key(int code, int scancode, int action, int mods);
  void on_character(unsigned int character);
  void install_callbacks();

  GLFWwindow* window_ = nullptr;
  std::optional<FontTexture> font_texture_;
  std::vector<Key> keys_;
  std::vector<int> to_release_;     ///< scripted keys that are down until the next frame
  int restored_[4] = {0, 0, 0, 0};  ///< position and size before full screen
};

}  // namespace battlemap::app
