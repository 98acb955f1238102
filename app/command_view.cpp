#include "app/command.hpp"

namespace battlemap::app {

void add_view(CLI::App&) {}

}  // namespace battlemap::app
