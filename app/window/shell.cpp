#include "app/window/shell.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <string_view>

#include "geo/error.hpp"
#include "render/gl_context.hpp"
#include "render/gl_picture.hpp"

namespace battlemap::app {
namespace {

struct NamedKey {
  std::string_view name;
  int code;
  std::optional<Key> key;
};
constexpr std::array named_keys{NamedKey{"Left", GLFW_KEY_LEFT, Key::left},
                                NamedKey{"Right", GLFW_KEY_RIGHT, Key::right},
                                NamedKey{"Up", GLFW_KEY_UP, Key::up},
                                NamedKey{"Down", GLFW_KEY_DOWN, Key::down},
                                NamedKey{"Home", GLFW_KEY_HOME, Key::home},
                                NamedKey{"F11", GLFW_KEY_F11, Key::full_screen},
                                NamedKey{"PageUp", GLFW_KEY_PAGE_UP, Key::year_before},
                                NamedKey{"PageDown", GLFW_KEY_PAGE_DOWN, Key::year_after},
                                NamedKey{"Escape", GLFW_KEY_ESCAPE, Key::back},
                                NamedKey{"Enter", GLFW_KEY_ENTER, Key::enter},
                                NamedKey{"KeypadEnter", GLFW_KEY_KP_ENTER, Key::enter},
                                NamedKey{"Tab", GLFW_KEY_TAB, Key::panel},
                                NamedKey{"F1", GLFW_KEY_F1, Key::help},
                                NamedKey{"Backspace", GLFW_KEY_BACKSPACE, std::nullopt}};

std::string last_glfw_error() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text == nullptr ? "no reason given" : text;
}

void set_context_hints(bool visible) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  for (const int unused : {GLFW_DEPTH_BITS, GLFW_STENCIL_BITS, GLFW_ALPHA_BITS}) glfwWindowHint(unused, 0);
  glfwWindowHint(GLFW_VISIBLE, visible ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, visible ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "battlemap");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "battlemap");
}

/// A thread may wake the window before it is open and while it closes.
struct Bell {
  std::mutex mutex;
  bool hung = false;

  void hang(bool up) {
    const std::lock_guard lock(mutex);
    hung = up;
  }
  void ring() {
    const std::lock_guard lock(mutex);
    if (hung) glfwPostEmptyEvent();
  }
};
Bell& bell() {
  static Bell the_bell;
  return the_bell;
}

GLFWwindow* open_window(int width, int height, const std::string& title) {
  if (glfwInit() == GLFW_FALSE)
    geo::fail(
        "cannot open a window: no display ({}). Without one, draw to a file: "
        "battlemap render PROJECT --map ID --size 1920x1080 --out map.png",
        last_glfw_error());
  set_context_hints(true);
  GLFWwindow* window = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (window != nullptr) return window;
  const std::string reason = last_glfw_error();
  glfwTerminate();
  geo::fail(
      "cannot open a window with OpenGL 3.3 ({}): update the graphics driver, set LIBGL_ALWAYS_SOFTWARE=1, "
      "or "
      "draw to a file with battlemap render",
      reason);
}

Shell& shell_of(GLFWwindow* window) {
  return *static_cast<Shell*>(glfwGetWindowUserPointer(window));
}

}  // namespace

Shell::Shell(int width, int height, const std::string& title) : window_(open_window(width, height, title)) {
  try {
    glfwSetWindowUserPointer(window_, this);
    glfwMakeContextCurrent(window_);
    render::load_gl([](const char* name) { return glfwGetProcAddress(name); });
    glfwSwapInterval(1);
    glfwSetWindowSizeLimits(window_, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    install_callbacks();
    font_texture_.emplace();
    ImGui_ImplOpenGL3_Init("#version 330 core");
    bell().hang(true);
  } catch (...) {
    glfwTerminate();
    throw;
  }
}

Shell::~Shell() {
  bell().hang(false);
  font_texture_.reset();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(window_);
  glfwTerminate();
}

void Shell::install_callbacks() {
  ImGui_ImplGlfw_InitForOpenGL(window_, false);
  glfwSetWindowFocusCallback(window_, ImGui_ImplGlfw_WindowFocusCallback);
  glfwSetCursorEnterCallback(window_, ImGui_ImplGlfw_CursorEnterCallback);
  glfwSetMouseButtonCallback(window_, ImGui_ImplGlfw_MouseButtonCallback);
  glfwSetScrollCallback(window_, ImGui_ImplGlfw_ScrollCallback);
  glfwSetKeyCallback(window_, [](GLFWwindow* w, int code, int scancode, int action, int mods) {
    shell_of(w).on_key(code, scancode, action, mods);
  });
  glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned int c) { shell_of(w).on_character(c); });
}

void Shell::on_key(int code, int scancode, int action, int mods) {
  ImGui_ImplGlfw_KeyCallback(window_, code, scancode, action, mods);
  if (action == GLFW_RELEASE) return;
  const bool typing = ImGui::GetIO().WantTextInput;
  for (const NamedKey& named : named_keys)
    if (named.code == code && named.key && !(typing && named.key != Key::full_screen))
      keys_.push_back(*named.key);
}

void Shell::on_character(unsigned int character) {
  ImGui_ImplGlfw_CharCallback(window_, character);
  if (ImGui::GetIO().WantTextInput) return;
  if (const auto key = key_of_character(character)) keys_.push_back(*key);
}

bool Shell::should_close() const {
  return glfwWindowShouldClose(window_) != 0;
}
void Shell::set_title(const std::string& title) {
  glfwSetWindowTitle(window_, title.c_str());
}
void Shell::poll() {
  glfwPollEvents();
}
void Shell::wake() {
  bell().ring();
}
double Shell::now() const {
  return glfwGetTime();
}

void Shell::wait(std::optional<double> seconds) {
  if (seconds)
    glfwWaitEventsTimeout(std::max(*seconds, 0.001));
  else
    glfwWaitEvents();
}

Shell::Size Shell::framebuffer() const {
  Size size;
  glfwGetFramebufferSize(window_, &size.width, &size.height);
  return size;
}

bool Shell::minimised() const {
  const Size size = framebuffer();
  return size.width < 1 || size.height < 1 || glfwGetWindowAttrib(window_, GLFW_ICONIFIED) != 0;
}

float Shell::pixels_per_unit() const {
  int width = 0, height = 0;
  glfwGetWindowSize(window_, &width, &height);
  return width < 1 ? 1.0F : static_cast<float>(framebuffer().width) / static_cast<float>(width);
}

float Shell::ui_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return std::clamp(std::max(x, y) / pixels_per_unit(), 0.5F, 4.0F);
}

void Shell::toggle_full_screen() {
  if (glfwGetWindowMonitor(window_) != nullptr) {
    glfwSetWindowMonitor(window_, nullptr, restored_[0], restored_[1], restored_[2], restored_[3],
                         GLFW_DONT_CARE);
    return;
  }
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  if (mode == nullptr) return;
  glfwGetWindowPos(window_, &restored_[0], &restored_[1]);
  glfwGetWindowSize(window_, &restored_[2], &restored_[3]);
  glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void Shell::resize(int width, int height) {
  glfwSetWindowSize(window_, width, height);
}

std::vector<Key> Shell::take_keys() {
  return std::exchange(keys_, {});
}

void Shell::begin_frame(const std::optional<Pointer>& pointer) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  if (!pointer) return;
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {pointer->x, pointer->y};
  for (bool& down : io.MouseDown) down = false;
  io.MouseDown[0] = pointer->down;
  io.MouseWheel = pointer->wheel;
  io.MouseDoubleClickTime = pointer->second ? 1e6F : 0;
}

void Shell::bind_framebuffer() {
  const Size size = framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, size.width, size.height);
  glDisable(GL_SCISSOR_TEST);
}

void Shell::bind_framebuffer(render::Colour ground) {
  bind_framebuffer();
  const Size size = framebuffer();
  clear({0, 0, size.width, size.height}, ground);
}

void Shell::clear(render::PixelRect pixels, render::Colour colour) {
  const Size size = framebuffer();
  render::clear_rect({{0, 0, size.width, size.height}, 0, 0}, pixels, colour);
}

void Shell::set_viewport(render::Rect pixels) {
  const int low = framebuffer().height - static_cast<int>(pixels.bottom());
  glViewport(static_cast<int>(pixels.x), low, static_cast<int>(pixels.w), static_cast<int>(pixels.h));
}

void Shell::draw_ui() {
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Shell::upload_fonts(AtlasRows rows) {
  font_texture_->upload(rows);
}

render::Image Shell::read_framebuffer() const {
  const Size size = framebuffer();
  render::Image bottom_up(size.width, size.height);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, size.width, size.height, GL_RGBA, GL_UNSIGNED_BYTE, bottom_up.rgba.data());
  render::Image image(size.width, size.height);
  const std::size_t row = static_cast<std::size_t>(size.width) * 4;
  for (std::size_t y = 0; y < static_cast<std::size_t>(size.height); ++y)
    std::copy_n(&bottom_up.rgba[(static_cast<std::size_t>(size.height) - 1 - y) * row], row,
                &image.rgba[y * row]);
  return image;
}

void Shell::present() {
  glfwSwapBuffers(window_);
  for (const int code : std::exchange(to_release_, {})) on_key(code, 0, GLFW_RELEASE, 0);
}

bool Shell::press(const std::string& name) {
  for (const NamedKey& named : named_keys)
    if (named.name == name) {
      on_key(named.code, 0, GLFW_PRESS, 0);
      to_release_.push_back(named.code);
      return true;
    }
  const std::string text = name == "plus" ? "+" : name == "minus" ? "-" : name;
  if (text.size() != 1 || !key_of_character(static_cast<unsigned char>(text[0]))) return false;
  on_character(static_cast<unsigned char>(text[0]));
  return true;
}

void Shell::type(const std::string& utf8) {
  ImGui::GetIO().AddInputCharactersUTF8(utf8.c_str());
}

void Shell::Closer::operator()(GLFWwindow* window) const {
  glfwDestroyWindow(window);
}

Shell::HiddenContext Shell::make_hidden_context() const {
  set_context_hints(false);
  HiddenContext context(glfwCreateWindow(16, 16, "battlemap export", nullptr, nullptr));
  if (!context) geo::fail("no second OpenGL context for the export: {}", last_glfw_error());
  return context;
}

}  // namespace battlemap::app
