#pragma once
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace battlemap::app {

// What commands need of the command line library. It is a header of 10,000 lines that every command would compile
// anew; here only command_line.cpp does.

/// An option just added; owned by its command.
class CommandOption {
 public:
  explicit CommandOption(CLI::Option* option) : option_(option) {}
  CommandOption& required();
  CommandOption& type_name(const std::string& name);  ///< what help shows for the value
  CommandOption& group(const std::string& title);     ///< the heading it stands under in help
  CommandOption& delimiter(char between);             ///< of several values in one argument
  CommandOption& show_default();                      ///< in help: the value the variable has now
  CommandOption& in_range(int least, int most);
  CommandOption& one_of(const std::vector<std::string>& values);

 private:
  CLI::Option* option_;
};

/// One command of the program; a handle, copied freely, valid while run_program runs.
class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}
  Command add_subcommand(const std::string& name, const std::string& summary);
  /// T: string, path, int, double, size_t (of 64 bits), an optional of int, double or 64 bits, a vector of double.
  template <class T>
  CommandOption add_option(const std::string& name, T& value, const std::string& help);
  CommandOption add_flag(const std::string& name, bool& value, const std::string& help);
  bool given(const std::string& option) const;  ///< while the callback runs
  void footer(const std::string& text);
  void callback(std::function<void()> work);

 private:
  CLI::App* app_;
};

/// Thrown by a callback that has said why: the program ends with this code and no further message.
struct ExitWith {
  int code;
};

}  // namespace battlemap::app
