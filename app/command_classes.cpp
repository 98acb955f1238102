#include "app/command.hpp"

namespace battlemap::app {

void add_classes(CLI::App&) {}

}  // namespace battlemap::app
