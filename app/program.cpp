#include <fmt/core.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <new>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "geo/error.hpp"
#include "geo/harmless.hpp"
#include "geo/nearest.hpp"

namespace battlemap::app {
namespace {

constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

/// CLI11 only says "not expected" for a misspelt command; people need to hear which one they meant.
void reject_unknown_command(const CLI::App& program, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> known;
  for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(command->get_name());
  const std::string given = argv[1];
  if (std::find(known.begin(), known.end(), given) == known.end()) geo::fail_unknown("command", given, known);
}

/// Messages quote what files hold, which must not steer the terminal. Those of several lines keep them.
void print_error(std::string_view message) {
  constexpr std::size_t longest_line = 4000;
  std::string text = "battlemap: ";
  while (true) {
    const std::size_t end = message.find('\n');
    text += geo::harmless(message.substr(0, end), longest_line) + "\n";
    if (end == std::string_view::npos) break;
    message.remove_prefix(end + 1);
  }
  fmt::print(stderr, "{}", text);
}

int parse_and_run(CLI::App& program, int argc, const char* const* argv) {
  try {
    reject_unknown_command(program, argc, argv);
    program.parse(argc, argv);
    return 0;
  } catch (const ExitWith& e) {
    return e.code;
  } catch (const CLI::Success& e) {
    return program.exit(e);
  } catch (const CLI::ParseError& e) {
    program.exit(e);
    return exit_usage;
  }
}

/// Large buffers come and go: pages that are given back between two of them have to be cleared anew for the next.
void use_memory_again() {
#ifdef __GLIBC__
  constexpr int largest_of_heap = 32 << 20, most_kept = 128 << 20;  // bytes; larger ones have pages of their own
  mallopt(M_MMAP_THRESHOLD, largest_of_heap);
  mallopt(M_TRIM_THRESHOLD, most_kept);
#endif
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  use_memory_again();
  CLI::App program{
      "battlemap: work from a map (挂图作战). County and village statistics as maps, on a wall, on "
      "paper and on a laptop.",
      "battlemap"};
  program.set_version_flag("--version", "battlemap " BATTLEMAP_VERSION);
  program.require_subcommand(1);
  program.get_formatter()->column_width(34);
  program.footer(
      "Exit codes: 0 done, 1 failed with a message, 2 wrong usage, 3 check --strict found problems.\n"
      "battlemap COMMAND --help describes a command with examples.");
  for (const auto add : {add_view, add_render, add_sheets, add_archive, add_maps, add_find, add_pack, add_check, add_classes,
                         add_figures, add_clusters, add_exits, add_handbook, add_demo})
    add(Command(&program));
  try {
    return parse_and_run(program, argc, argv);
  } catch (const geo::UsageError& e) {
    print_error(e.what());
    return exit_usage;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "battlemap: out of memory; try a smaller size or a coarser level\n");
    return exit_failed;
  } catch (const std::exception& e) {
    print_error(e.what());
    return exit_failed;
  }
}

void write_whole(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write) {
  if (file == "-") {
    write(std::cout);
    std::cout.flush();
    return;
  }
  const std::filesystem::path partial = file.string() + ".part";
  {
    std::ofstream out(partial, std::ios::binary);
    write(out);
    out.flush();
    if (!out) {
      std::error_code ignored;
      std::filesystem::remove(partial, ignored);
      geo::fail("cannot write {}: is the folder there, and is there room on the disk?", file.string());
    }
  }
  std::error_code error;
  std::filesystem::rename(partial, file, error);
  if (error) geo::fail("cannot write {}: {}", file.string(), error.message());
}

void write_json(const std::filesystem::path& file, const nlohmann::json& json) {
  write_whole(file, [&](std::ostream& out) { out << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n"; });
}

std::function<void(const std::string&, double)> progress_line() {
  const bool terminal = isatty(STDERR_FILENO) != 0;
  return [terminal, last = std::string()](const std::string& step, double fraction) mutable {
    if (terminal) {
      fmt::print(stderr, "\r\033[K{:3.0f} %  {}", fraction * 100, step);
      if (fraction >= 1) fmt::print(stderr, "\r\033[K");
    } else if (step != last) {
      fmt::print(stderr, "{:3.0f} %  {}\n", fraction * 100, step);
    }
    std::fflush(stderr);
    last = step;
  };
}

}  // namespace battlemap::app
