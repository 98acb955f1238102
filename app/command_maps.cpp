#include "app/command.hpp"

namespace battlemap::app {

void add_maps(CLI::App&) {}

}  // namespace battlemap::app
