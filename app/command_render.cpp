#include "app/command.hpp"

namespace battlemap::app {

void add_render(CLI::App&) {}

}  // namespace battlemap::app
