// print_golden NAME OUT_DIR PROGRAM ARGS...
// Runs PROGRAM ARGS... once for a PNG and once for a PDF and holds them against each other (print_compare.hpp).
// The pictures stay in OUT_DIR.
#include <fmt/core.h>

#include "picture_compare.hpp"
#include "print_compare.hpp"

namespace fs = std::filesystem;
using namespace battlemap::golden;

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  try {
    const fs::path base = fs::path(argv[2]) / argv[1];
    fs::create_directories(argv[2]);
    for (const char* extension : {".png", ".pdf"}) {
      std::vector<std::string> args(argv + 3, argv + argc);
      args.insert(args.end(), {"--out", base.string() + extension});
      fs::remove(base.string() + extension);
      run(std::move(args));
    }
    return same_on_paper(base.string() + ".png", base.string() + ".pdf") ? 0 : 1;
  } catch (const std::exception& e) {
    fmt::print("{}\n", e.what());
    return 1;
  }
}
