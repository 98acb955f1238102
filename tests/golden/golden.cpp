// golden BASELINE OUT_DIR PROGRAM ARGS...
// Runs PROGRAM ARGS... --out OUT_DIR/NAME.png and compares the picture with BASELINE (NAME.png); of a NAME.pdf.png
// it asks for NAME.pdf and compares its first page as pdftoppm draws it. Passes when
// the structural similarity is at least 0.99 and at most 0.5 % of the pixels differ by more than 32 of 255.
// A failed picture stays in OUT_DIR beside NAME.diff.png. BATTLEMAP_GOLDEN_UPDATE=1 rewrites the baseline.
#include <fmt/core.h>

#include <filesystem>
#include <vector>

#include "picture_compare.hpp"

namespace {

using namespace battlemap::golden;
namespace fs = std::filesystem;

constexpr const char* page_dpi = "110";

void make_picture(std::vector<std::string> args, const fs::path& actual) {
  const fs::path stem = fs::path(actual).replace_extension();
  const bool page = stem.extension() == ".pdf";
  args.insert(args.end(), {"--out", page ? stem.string() : actual.string()});
  run(std::move(args));
  if (page) run({"pdftoppm", "-r", page_dpi, "-f", "1", "-png", "-singlefile", stem.string(), stem.string()});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  try {
    const fs::path baseline = argv[1], actual = fs::path(argv[2]) / baseline.filename();
    fs::create_directories(argv[2]);
    fs::remove(actual);
    make_picture({argv + 3, argv + argc}, actual);
    return same_as_baseline(baseline, battlemap::render::read_png(actual), actual) ? 0 : 1;
  } catch (const std::exception& e) {
    fmt::print("{}\n", e.what());
    return 1;
  }
}
