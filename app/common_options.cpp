#include "app/common_options.hpp"

namespace battlemap::app {

void add_project(Command command, std::filesystem::path& project) {
  command.add_option("PROJECT", project, "Project folder or project.toml").required();
}

void add_place(Command command, std::string& place, const std::string& help) {
  command.add_option("--place", place, help).type_name("CODE|NAME");
}

void add_level(Command command, std::string& level) {
  command.add_option("--level", level, "province, prefecture, county, township or village").type_name("L");
}

void add_year(Command command, std::optional<int>& year, const std::string& help) {
  command.add_option("--year", year, help + (help.empty() ? "" : "; ") + "default: the project's").type_name("Y");
}

CommandOption add_theme(Command command, std::string& theme, const std::string& default_words) {
  return command.add_option("--theme", theme, "wall (dark) or paper (light)" + default_words).type_name("T");
}

void add_language(Command command, std::string& language) {
  command.add_option("--lang", language, "zh, en or both; default zh").type_name("L");
}

void add_audience(Command command, std::string& audience) {
  command
      .add_option("--audience", audience,
                  "Who will see it: field, leadership or public; what they must not see is never loaded. Default: "
                  "the project's")
      .type_name("A");
}

std::optional<geo::Audience> given_audience(const std::string& audience) {
  if (audience.empty()) return std::nullopt;
  return geo::parse_audience(audience);
}

}  // namespace battlemap::app
