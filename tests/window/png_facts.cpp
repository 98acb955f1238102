// png_facts FILE.png: prints "WIDTH HEIGHT COLOURS" so that a script can tell a picture from a blank one.
// png_facts A.png B.png: prints the share of pixels that differ, 0..1.
#include <fmt/core.h>

#include <set>

#include "render/image.hpp"

namespace {

using battlemap::render::Image;

std::uint32_t key(const battlemap::render::Colour& c) {
  return (std::uint32_t{c.r} << 16U) | (std::uint32_t{c.g} << 8U) | c.b;
}

std::size_t colour_count(const Image& image) {
  std::set<std::uint32_t> seen;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) seen.insert(key(image.at(x, y)));
  return seen.size();
}

double difference(const Image& a, const Image& b) {
  if (a.width != b.width || a.height != b.height) return 1;
  double different = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) different += key(a.at(x, y)) == key(b.at(x, y)) ? 0 : 1;
  return different / (static_cast<double>(a.width) * a.height);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const Image first = battlemap::render::read_png(argv[1]);
    if (argc > 2)
      fmt::print("{:.6g}\n", difference(first, battlemap::render::read_png(argv[2])));
    else
      fmt::print("{} {} {}\n", first.width, first.height, colour_count(first));
    return 0;
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 1;
  }
}
