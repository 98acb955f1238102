#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "render/image.hpp"

namespace battlemap::golden {

using render::Colour;
using render::Image;

double luma(const Image& image, int x, int y);

/// Mean SSIM over windows of 8 x 8 px of luma (Wang, Bovik, Sheikh & Simoncelli 2004).
double similarity(const Image& a, const Image& b);

/// The largest difference of a channel.
int difference(Colour a, Colour b);

/// Compares a picture with its baseline: true when the structural similarity is at least 0.99 and at most 0.5 % of the
/// pixels differ by more than 32 of 255; else leaves a NAME.diff.png beside `actual`, where the picture came from.
/// With BATTLEMAP_GOLDEN_UPDATE in the environment the picture becomes the baseline first.
bool same_as_baseline(const std::filesystem::path& baseline, const Image& got, const std::filesystem::path& actual);

/// Runs a program to its end; its exit code, 127 when it cannot be started, 128 when it was killed.
int run_program(std::vector<std::string> args);
/// The same; throws geo::Error unless it ends with 0.
void run(std::vector<std::string> args);

}  // namespace battlemap::golden
