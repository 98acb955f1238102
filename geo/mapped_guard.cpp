#include "geo/mapped_guard.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <utility>

namespace battlemap::geo {
namespace {

/// Of files in use at once; more are not watched.
constexpr std::size_t most_watched = 64;

/// Read by a signal handler: nothing in it may lock or allocate.
struct Watched {
  std::atomic<std::uintptr_t> begin{0}, end{0};
  std::atomic<const char*> file{nullptr};
};
std::array<Watched, most_watched> watched;
struct sigaction handler_before {};

void say(const char* text) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text, std::strlen(text));
}

void on_bus_error(int, siginfo_t* info, void*) {
  const auto at = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (const Watched& each : watched) {
    if (at < each.begin || at >= each.end) continue;
    const char* const file = each.file;
    say("battlemap: ");
    say(file != nullptr ? file : "a pack");
    say(": was cut off, or cannot be read any more, while it was in use; start again to make it anew from its sources, or copy it again\n");
    ::_exit(1);
  }
  ::sigaction(SIGBUS, &handler_before, nullptr);  // none of ours: the instruction fails again, and who was there before hears of it
}

void handle_bus_errors() {
  static std::once_flag once;
  std::call_once(once, [] {
    struct sigaction action {};
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGBUS, &action, &handler_before);
  });
}

}  // namespace

MappedGuard::MappedGuard(std::span<const std::byte> mapped, std::string file) : file_(std::move(file)) {
  handle_bus_errors();
  const auto begin = reinterpret_cast<std::uintptr_t>(mapped.data());
  for (slot_ = 0; slot_ < most_watched; ++slot_) {
    std::uintptr_t none = 0;
    if (!watched[slot_].begin.compare_exchange_strong(none, begin)) continue;
    watched[slot_].file = file_.c_str();
    watched[slot_].end = begin + mapped.size();
    watched_ = true;
    break;
  }
}

MappedGuard::~MappedGuard() {
  if (!watched_) return;
  watched[slot_].end = 0, watched[slot_].file = nullptr;
  watched[slot_].begin = 0;
}

}  // namespace battlemap::geo
