#include "app/command.hpp"

namespace battlemap::app {

void add_demo(CLI::App&) {}

}  // namespace battlemap::app
