#include "app/command.hpp"

namespace battlemap::app {

void add_find(CLI::App&) {}

}  // namespace battlemap::app
