# Writes OUT: one raw string per file of FILES (separated by |), found by name through NAMESPACE::FUNCTION().
string(REPLACE "|" ";" files "${FILES}")
list(SORT files)
set(body "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND body "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE "${OUT}" "#include \"${HEADER}\"

#include <utility>

#include \"geo/error.hpp\"

namespace ${NAMESPACE} {
namespace {
constexpr std::pair<std::string_view, std::string_view> ${FUNCTION}_files[] = {
${body}};
}  // namespace

std::string_view ${FUNCTION}(std::string_view name) {
  for (const auto& [key, text] : ${FUNCTION}_files)
    if (key == name) return text;
  geo::fail(\"{} is not part of this build\", name);
}
}  // namespace ${NAMESPACE}
")
