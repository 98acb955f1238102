// golden BASELINE OUT_DIR PROGRAM ARGS...
// Runs PROGRAM ARGS... --out OUT_DIR/NAME.png and compares the picture with BASELINE (NAME.png); of a NAME.pdf.png
// it asks for NAME.pdf and compares its first page as pdftoppm draws it. Passes when
// the structural similarity is at least 0.99 and at most 0.5 % of the pixels differ by more than 32 of 255.
// A failed picture stays in OUT_DIR beside NAME.diff.png. BATTLEMAP_GOLDEN_UPDATE=1 rewrites the baseline.
#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "geo/error.hpp"
#include "picture_compare.hpp"

namespace {

using namespace battlemap::golden;
namespace fs = std::filesystem;

constexpr double least_similarity = 0.99;
constexpr double most_differing = 0.005;
constexpr int pixel_tolerance = 32;

/// Share of pixels beyond the tolerance; marks them red on a faded copy.
double differing_share(const Image& a, const Image& b, Image& marked) {
  marked = Image(a.width, a.height);
  long beyond = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) {
      const bool bad = difference(a.at(x, y), b.at(x, y)) > pixel_tolerance;
      beyond += bad;
      const auto faded = static_cast<std::uint8_t>(170 + luma(b, x, y) / 3);
      auto* p = &marked.rgba[(static_cast<std::size_t>(y) * a.width + x) * 4];
      p[0] = bad ? 255 : faded, p[1] = bad ? 0 : faded, p[2] = bad ? 0 : faded, p[3] = 255;
    }
  return static_cast<double>(beyond) / (static_cast<double>(a.width) * a.height);
}

constexpr const char* page_dpi = "110";

/// Makes the picture `actual`; the program's exit code.
int make_picture(std::vector<std::string> args, const fs::path& actual) {
  const fs::path stem = fs::path(actual).replace_extension();
  const bool page = stem.extension() == ".pdf";
  args.insert(args.end(), {"--out", page ? stem.string() : actual.string()});
  if (const int code = run_program(args); code != 0 || !page) return code;
  return run_program({"pdftoppm", "-r", page_dpi, "-f", "1", "-png", "-singlefile", stem.string(), stem.string()});
}

int compare(const fs::path& baseline, const fs::path& actual) {
  const Image expected = battlemap::render::read_png(baseline), got = battlemap::render::read_png(actual);
  if (expected.width != got.width || expected.height != got.height) {
    fmt::print("{}: size {}x{}, expected {}x{}\n", actual.string(), got.width, got.height, expected.width,
               expected.height);
    return 1;
  }
  Image marked;
  const double share = differing_share(expected, got, marked), ssim = similarity(expected, got);
  fmt::print("{}: similarity {:.5f}, {:.4f} % of pixels differ\n", baseline.filename().string(), ssim, share * 100);
  if (ssim >= least_similarity && share <= most_differing) return 0;
  fs::path diff = actual;
  diff.replace_extension(".diff.png");
  battlemap::render::write_png(diff, marked);
  fmt::print("FAILED; look at {}, {} and {}\n", baseline.string(), actual.string(), diff.string());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  try {
    const fs::path baseline = argv[1], actual = fs::path(argv[2]) / baseline.filename();
    fs::create_directories(argv[2]);
    fs::remove(actual);
    if (const int code = make_picture({argv + 3, argv + argc}, actual); code != 0) {
      fmt::print("the program ended with {}\n", code);
      return 1;
    }
    if (std::getenv("BATTLEMAP_GOLDEN_UPDATE") != nullptr)
      fs::copy_file(actual, baseline, fs::copy_options::overwrite_existing);
    return compare(baseline, actual);
  } catch (const std::exception& e) {
    fmt::print("{}\n", e.what());
    return 1;
  }
}
