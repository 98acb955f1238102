#include "app/command.hpp"

int main(int argc, char** argv) { return battlemap::app::run_program(argc, argv); }
