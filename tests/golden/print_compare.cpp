#include "print_compare.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "geo/error.hpp"
#include "picture_compare.hpp"

namespace battlemap::golden {

namespace fs = std::filesystem;

namespace {

constexpr double least_print_similarity = 0.97;
constexpr int flat_radius = 4;         ///< px: a point is flat when everything so near has its colour
constexpr int sample_step = 3;         ///< px
constexpr double least_flat = 0.2;     ///< share of the points; fewer would prove nothing
constexpr double most_unlike = 0.0005; ///< share of the flat points: specks that one painter draws, one does not

bool is_flat(const Image& image, int x, int y) {
  for (int dy = -flat_radius; dy <= flat_radius; ++dy)
    for (int dx = -flat_radius; dx <= flat_radius; ++dx)
      if (image.at(x + dx, y + dy) != image.at(x, y)) return false;
  return true;
}

struct FlatPoints {
  long points = 0, flat = 0, unlike = 0;
};
FlatPoints compare_flat(const Image& screen, const Image& paper) {
  FlatPoints out;
  for (int y = flat_radius; y + flat_radius < screen.height; y += sample_step)
    for (int x = flat_radius; x + flat_radius < screen.width; x += sample_step) {
      ++out.points;
      if (!is_flat(screen, x, y)) continue;
      ++out.flat;
      out.unlike += difference(screen.at(x, y), paper.at(x, y)) > 1;
    }
  return out;
}

/// The rasteriser may add a row or column to a page that is no whole number of pixels.
Image cut(const Image& image, int width, int height) {
  if (image.width < width || image.height < height)
    geo::fail("the page is {}x{} pixels, not {}x{}", image.width, image.height, width, height);
  Image out(width, height);
  for (int y = 0; y < height; ++y)
    std::copy_n(&image.rgba[static_cast<std::size_t>(y) * image.width * 4], static_cast<std::size_t>(width) * 4,
                &out.rgba[static_cast<std::size_t>(y) * width * 4]);
  return out;
}

/// Without white space: columns and line breaks are the viewer's business.
std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (static_cast<unsigned char>(c) > ' ') out += c;
  return out;
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void check_text(const fs::path& pdf, const render::PngInfo& picture) {
  const fs::path text = fs::path(pdf).replace_extension(".txt");
  run({"pdftotext", pdf.string(), text.string()});
  const auto words = squeezed(read(text));
  for (const auto& [key, value] : picture.metadata)
    if (key == "Title" && words.find(squeezed(value)) == std::string::npos)
      geo::fail("the title '{}' is not in the PDF's text", value);
}

}  // namespace

bool same_on_paper(const fs::path& png, const fs::path& pdf) {
  const auto info = render::read_png_info(png);
  const auto raster = fs::path(pdf).replace_extension("");
  run({"pdftoppm", "-r", fmt::format("{}", std::lround(info.dots_per_inch)), "-png", "-singlefile", pdf.string(),
       raster.string() + ".paper"});
  const Image screen = render::read_png(png);
  const Image paper = cut(render::read_png(raster.string() + ".paper.png"), screen.width, screen.height);
  const double ssim = similarity(screen, paper);
  const auto flat = compare_flat(screen, paper);
  fmt::print("{}: similarity {:.5f}; {} of {} points flat, {} of another colour\n", raster.filename().string(), ssim,
             flat.flat, flat.points, flat.unlike);
  run({"qpdf", "--check", pdf.string()});
  check_text(pdf, info);
  return ssim >= least_print_similarity && flat.flat >= static_cast<long>(least_flat * static_cast<double>(flat.points)) &&
                 flat.unlike <= static_cast<long>(most_unlike * static_cast<double>(flat.flat));
}

}  // namespace battlemap::golden
