// golden BASELINE OUT_DIR PROGRAM ARGS...
// Runs PROGRAM ARGS... --out OUT_DIR/NAME.png and compares the picture with BASELINE (NAME.png). Passes when
// the structural similarity is at least 0.99 and at most 0.5 % of the pixels differ by more than 32 of 255.
// A failed picture stays in OUT_DIR beside NAME.diff.png. BATTLEMAP_GOLDEN_UPDATE=1 rewrites the baseline.
#include <fmt/core.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "geo/error.hpp"
#include "render/image.hpp"

namespace {

using battlemap::render::Colour;
using battlemap::render::Image;
namespace fs = std::filesystem;

constexpr double least_similarity = 0.99;
constexpr double most_differing = 0.005;
constexpr int pixel_tolerance = 32;
constexpr int window = 8;

double luma(const Image& image, int x, int y) {
  const Colour c = image.at(x, y);
  return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
}

/// SSIM of one window (Wang, Bovik, Sheikh & Simoncelli 2004).
double window_similarity(const Image& a, const Image& b, int x0, int y0) {
  double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (int y = y0; y < y0 + window; ++y)
    for (int x = x0; x < x0 + window; ++x) {
      const double p = luma(a, x, y), q = luma(b, x, y);
      sa += p, sb += q, saa += p * p, sbb += q * q, sab += p * q;
    }
  constexpr double n = window * window, c1 = 6.5025, c2 = 58.5225;
  const double ma = sa / n, mb = sb / n;
  const double va = saa / n - ma * ma, vb = sbb / n - mb * mb, cov = sab / n - ma * mb;
  return ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
}

double similarity(const Image& a, const Image& b) {
  double sum = 0;
  long windows = 0;
  for (int y = 0; y + window <= a.height; y += window / 2)
    for (int x = 0; x + window <= a.width; x += window / 2, ++windows) sum += window_similarity(a, b, x, y);
  return windows == 0 ? 1 : sum / static_cast<double>(windows);
}

int difference(Colour a, Colour b) {
  return std::max({std::abs(a.r - b.r), std::abs(a.g - b.g), std::abs(a.b - b.b)});
}

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

int run_program(std::vector<std::string> args) {
  std::vector<char*> argv;
  for (auto& arg : args) argv.push_back(arg.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    execv(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
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
    std::vector<std::string> args(argv + 3, argv + argc);
    args.insert(args.end(), {"--out", actual.string()});
    if (const int code = run_program(args); code != 0) {
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
