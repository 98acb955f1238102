#pragma once
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/command_line.hpp"

namespace battlemap::app {

// One function per command, each in its own file: adds the subcommand, its options and help, and a callback
// that does the work. A callback throws geo::Error (exit code 1), geo::UsageError (2), or ExitWith{n}
// to end with another code after it has printed why (check --strict: 3).
void add_archive(Command program);
void add_demo(Command program);
void add_check(Command program);
void add_classes(Command program);
void add_clusters(Command program);
void add_exits(Command program);
void add_figures(Command program);
void add_find(Command program);
void add_handbook(Command program);
void add_maps(Command program);
void add_pack(Command program);
void add_render(Command program);
void add_sheets(Command program);
void add_view(Command program);

/// Runs the program on `argv`; returns its exit code. Prints errors on stderr as "battlemap: ...".
int run_program(int argc, const char* const* argv);

/// Writes a file ("-": stdout) whole or not at all: `write` fills a file beside it that takes its name at the
/// end. Throws geo::Error naming the file.
void write_whole(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write);

/// Writes JSON to a file ("-": stdout), whole or not at all. Throws geo::Error naming the file.
void write_json(const std::filesystem::path& file, const nlohmann::json& json);

/// A progress line on stderr: rewritten in place on a terminal, one line a step elsewhere.
std::function<void(const std::string&, double)> progress_line();

}  // namespace battlemap::app
