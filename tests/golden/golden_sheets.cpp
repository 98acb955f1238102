// golden_sheets BASELINE_DIR OUT_DIR NAME PROGRAM ARGS...
// Runs PROGRAM ARGS... --format png,pdf --out OUT_DIR/NAME, which writes the six sheets of a village. Each PDF is held
// against its PNG (print_compare.hpp), each PNG, at half its size, against BASELINE_DIR/NAME-SHEET.png.
#include <fmt/core.h>

#include <algorithm>

#include "picture_compare.hpp"
#include "print_compare.hpp"

namespace {

using namespace battlemap::golden;
namespace fs = std::filesystem;

constexpr std::size_t sheets = 6;

/// Five bits a channel: anti-aliasing repeats itself, and a baseline takes half the room.
std::uint8_t coarse(int sum) {
  return static_cast<std::uint8_t>(std::min(sum / 4 + 4, 255) & 0xF8);
}

/// Means of 2 x 2 pixels: small enough to keep seventy of them, large enough to show each word.
Image halved(const Image& image) {
  Image half(image.width / 2, image.height / 2);
  for (int y = 0; y < half.height; ++y)
    for (int x = 0; x < half.width; ++x) {
      const std::array<Colour, 4> from{image.at(2 * x, 2 * y), image.at(2 * x + 1, 2 * y), image.at(2 * x, 2 * y + 1),
                                       image.at(2 * x + 1, 2 * y + 1)};
      int r = 2, g = 2, b = 2;
      for (const Colour c : from) r += c.r, g += c.g, b += c.b;
      auto* p = &half.rgba[(static_cast<std::size_t>(y) * half.width + x) * 4];
      p[0] = coarse(r), p[1] = coarse(g), p[2] = coarse(b), p[3] = 255;
    }
  return half;
}

std::vector<fs::path> pictures(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool made_here = name.find(".paper.") != std::string::npos || name.find(".diff.") != std::string::npos;
    if (entry.path().extension() == ".png" && !made_here) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) return 2;
  try {
    const fs::path baselines = argv[1], out = fs::path(argv[2]) / argv[3];
    fs::remove_all(out);
    std::vector<std::string> args(argv + 4, argv + argc);
    args.insert(args.end(), {"--format", "png,pdf", "--out", out.string()});
    run(std::move(args));
    const std::vector<fs::path> found = pictures(out);
    bool same = found.size() == sheets;
    if (!same) fmt::print("{} sheets instead of {}\n", found.size(), sheets);
    for (const fs::path& png : found) {
      const fs::path baseline = baselines / fmt::format("{}-{}", argv[3], png.filename().string());
      same &= same_as_baseline(baseline, halved(battlemap::render::read_png(png)), png);
      same &= same_on_paper(png, fs::path(png).replace_extension(".pdf"));
    }
    return same ? 0 : 1;
  } catch (const std::exception& e) {
    fmt::print("{}\n", e.what());
    return 1;
  }
}
