#include "picture_compare.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

#include "geo/error.hpp"

namespace battlemap::golden {

namespace fs = std::filesystem;

namespace {
constexpr int window = 8;
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

}  // namespace

double luma(const Image& image, int x, int y) {
  const Colour c = image.at(x, y);
  return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
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

bool same_as_baseline(const fs::path& baseline, const Image& got, const fs::path& actual) {
  if (std::getenv("BATTLEMAP_GOLDEN_UPDATE") != nullptr) render::write_png(baseline, got);
  const Image expected = render::read_png(baseline);
  if (expected.width != got.width || expected.height != got.height) {
    fmt::print("{}: size {}x{}, expected {}x{}\n", actual.string(), got.width, got.height, expected.width,
               expected.height);
    return false;
  }
  Image marked;
  const double share = differing_share(expected, got, marked), ssim = similarity(expected, got);
  fmt::print("{}: similarity {:.5f}, {:.4f} % of pixels differ\n", baseline.filename().string(), ssim, share * 100);
  if (ssim >= least_similarity && share <= most_differing) return true;
  fs::path diff = actual;
  diff.replace_extension(".diff.png");
  render::write_png(diff, marked);
  fmt::print("FAILED; look at {}, {} and {}\n", baseline.string(), actual.string(), diff.string());
  return false;
}

int run_program(std::vector<std::string> args) {
  std::vector<char*> argv;
  for (auto& arg : args) argv.push_back(arg.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

void run(std::vector<std::string> args) {
  const std::string name = args.front();
  if (const int code = run_program(std::move(args)); code != 0) geo::fail("{} ended with {}", name, code);
}

}  // namespace battlemap::golden
