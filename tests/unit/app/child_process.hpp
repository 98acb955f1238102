#pragma once
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace battlemap::app {

struct ChildOutcome {
  int code = -1;  ///< -1: killed, by us when it took too long
  double seconds = 0;
  long peak_kb = 0;  ///< most resident memory, looked at fifty times a second
  std::string out, err;
};

/// The program in a process of its own: for what may hang, crash or eat memory. `log`: where its output goes
/// meanwhile.
inline ChildOutcome run_child(const std::vector<std::string>& arguments, const std::string& log,
                              double most_seconds) {
  const auto begin = std::chrono::steady_clock::now();
  const auto elapsed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const std::string out_file = log + ".out", err_file = log + ".err";
  const pid_t child = fork();
  if (child == 0) {
    const int out = open(out_file.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0644);
    const int err = open(err_file.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0644);
    dup2(out, 1), dup2(err, 2);
    execv(argv[0], argv.data());
    _exit(127);
  }
  ChildOutcome outcome;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (elapsed() > most_seconds) kill(child, SIGKILL);
    std::ifstream about("/proc/" + std::to_string(child) + "/status");
    for (std::string line; std::getline(about, line);)
      if (line.rfind("VmHWM:", 0) == 0)
        outcome.peak_kb = std::max(outcome.peak_kb, std::stol(line.substr(6)));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  outcome.seconds = elapsed();
  if (WIFEXITED(status)) outcome.code = WEXITSTATUS(status);
  const auto read = [](const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  };
  outcome.out = read(out_file), outcome.err = read(err_file);
  return outcome;
}

}  // namespace battlemap::app
