#include "app/command.hpp"

namespace battlemap::app {

void add_check(CLI::App&) {}

}  // namespace battlemap::app
