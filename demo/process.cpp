#include "demo/process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include "demo/text_file.hpp"
#include "geo/error.hpp"

extern char** environ;

namespace battlemap::demo {
namespace {

class SpawnSettings {
 public:
  SpawnSettings(const std::filesystem::path& folder, const std::filesystem::path& log) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP);  // so that its children can be killed with it
    posix_spawnattr_setpgroup(&attributes, 0);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

/// The child's status, or nothing in time (it is then killed and reaped).
bool wait_for(pid_t child, std::chrono::seconds limit, int& status) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (std::chrono::steady_clock::now() < deadline) {
    const pid_t done = waitpid(child, &status, WNOHANG);
    if (done == child) return true;
    if (done < 0 && errno != EINTR) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  kill(-child, SIGKILL);
  waitpid(child, &status, 0);
  return false;
}

std::string tail_of(const std::filesystem::path& log) {
  const std::string text = read_text(log);
  return text.substr(text.size() - std::min<std::size_t>(text.size(), 2000));
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& command, const std::filesystem::path& folder,
                          std::chrono::seconds limit) {
  const std::filesystem::path log = folder / "process.log";
  const SpawnSettings settings(folder, log);
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &settings.actions, &settings.attributes, arguments.data(), environ);
  if (error == ENOENT) return {ProcessResult::End::not_found, 0, {}};
  if (error != 0) geo::fail("cannot start {}: {}", command.front(), std::strerror(error));
  int status = 0;
  if (!wait_for(child, limit, status)) return {ProcessResult::End::timed_out, 0, tail_of(log)};
  return {ProcessResult::End::exited, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          tail_of(log)};
}

}  // namespace battlemap::demo
