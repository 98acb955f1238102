#include "picture_compare.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace battlemap::golden {

namespace {
constexpr int window = 8;

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

}  // namespace battlemap::golden
