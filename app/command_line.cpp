#include "app/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstddef>
#include <filesystem>
#include <optional>

namespace battlemap::app {

CommandOption& CommandOption::required() { return option_->required(), *this; }
CommandOption& CommandOption::type_name(const std::string& name) { return option_->type_name(name), *this; }
CommandOption& CommandOption::group(const std::string& title) { return option_->group(title), *this; }
CommandOption& CommandOption::delimiter(char between) { return option_->delimiter(between), *this; }
CommandOption& CommandOption::show_default() { return option_->capture_default_str(), *this; }
CommandOption& CommandOption::in_range(int least, int most) {
  return option_->check(CLI::Range(least, most)), *this;
}
CommandOption& CommandOption::one_of(const std::vector<std::string>& values) {
  return option_->check(CLI::IsMember(values)), *this;
}

Command Command::add_subcommand(const std::string& name, const std::string& summary) {
  return Command(app_->add_subcommand(name, summary));
}
template <class T>
CommandOption Command::add_option(const std::string& name, T& value, const std::string& help) {
  return CommandOption(app_->add_option(name, value, help));
}
template CommandOption Command::add_option(const std::string&, std::string&, const std::string&);
template CommandOption Command::add_option(const std::string&, std::filesystem::path&, const std::string&);
template CommandOption Command::add_option(const std::string&, int&, const std::string&);
template CommandOption Command::add_option(const std::string&, double&, const std::string&);
template CommandOption Command::add_option(const std::string&, std::size_t&, const std::string&);
template CommandOption Command::add_option(const std::string&, std::optional<int>&, const std::string&);
template CommandOption Command::add_option(const std::string&, std::optional<double>&, const std::string&);
template CommandOption Command::add_option(const std::string&, std::optional<std::size_t>&, const std::string&);
template CommandOption Command::add_option(const std::string&, std::vector<double>&, const std::string&);

CommandOption Command::add_flag(const std::string& name, bool& value, const std::string& help) {
  return CommandOption(app_->add_flag(name, value, help));
}
bool Command::given(const std::string& option) const { return app_->count(option) > 0; }
void Command::footer(const std::string& text) { app_->footer(text); }
void Command::callback(std::function<void()> work) { app_->callback(std::move(work)); }

}  // namespace battlemap::app
