# Writes OUT: one raw string per shader file in DIR, found by name through shader_source().
file(GLOB files "${DIR}/*.vert" "${DIR}/*.frag" "${DIR}/*.glsl")
list(SORT files)
set(body "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND body "    {\"${name}\", R\"glsl(${text})glsl\"},\n")
endforeach()
file(WRITE "${OUT}" "#include \"render/shader_sources.hpp\"

#include <array>
#include <string>
#include <utility>

#include \"geo/error.hpp\"

namespace battlemap::render {
namespace {
constexpr std::pair<std::string_view, std::string_view> sources[] = {
${body}    {\"\", \"\"},
};
}  // namespace

std::string_view shader_source(std::string_view name) {
  for (const auto& [key, text] : sources)
    if (key == name) return text;
  geo::fail(\"shader {} is not part of this build\", name);
}
}  // namespace battlemap::render
")
