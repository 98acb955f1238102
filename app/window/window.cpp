#include "app/window/window.hpp"

#include "app/window/window_app.hpp"

namespace battlemap::app {

void run_window(const WindowOptions& options) {
  WindowApp(options).run();
}

}  // namespace battlemap::app
