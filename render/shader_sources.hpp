#pragma once
#include <string_view>

namespace battlemap::render {

/// The text of a file in shaders/, embedded at build time. Throws geo::Error for an unknown name.
std::string_view shader_source(std::string_view name);

}  // namespace battlemap::render
