# Writes OUT: one raw string per file of FILES (separated by |), found by name through default_table().
string(REPLACE "|" ";" files "${FILES}")
set(body "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND body "    {\"${name}\", R\"toml(${text})toml\"},\n")
endforeach()
file(WRITE "${OUT}" "#include \"geo/default_tables.hpp\"

#include <utility>

#include \"geo/error.hpp\"

namespace battlemap::geo {
namespace {
constexpr std::pair<std::string_view, std::string_view> tables[] = {
${body}};
}  // namespace

std::string_view default_table(std::string_view name) {
  for (const auto& [key, text] : tables)
    if (key == name) return text;
  fail(\"table {} is not part of this build\", name);
}
}  // namespace battlemap::geo
")
