#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "app/command_line.hpp"
#include "geo/audience.hpp"

namespace battlemap::app {

// Options that several commands take: the same name, words and meaning in each.

void add_project(Command command, std::filesystem::path& project);
void add_place(Command command, std::string& place, const std::string& help);  ///< code or name
void add_level(Command command, std::string& level);
/// "default: the project's" is said after `help`.
void add_year(Command command, std::optional<int>& year, const std::string& help = "");
CommandOption add_theme(Command command, std::string& theme, const std::string& default_words);
void add_language(Command command, std::string& language);  ///< zh, en or both; zh unless given
void add_audience(Command command, std::string& audience);
/// What was given there; none: the project's. Throws UsageError naming the three.
std::optional<geo::Audience> given_audience(const std::string& audience);

}  // namespace battlemap::app
