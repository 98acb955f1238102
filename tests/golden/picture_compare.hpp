#pragma once
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

/// Runs a program to its end; its exit code, 127 when it cannot be started, 128 when it was killed.
int run_program(std::vector<std::string> args);

}  // namespace battlemap::golden
