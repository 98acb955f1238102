#include "app/interrupt.hpp"

#include <array>
#include <atomic>
#include <csignal>

namespace battlemap::app {
namespace {

constexpr std::array<int, 3> watched{SIGINT, SIGTERM, SIGHUP};
constexpr int exit_base = 128;

// A signal's handler reaches nothing but what is global.
std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free);
std::array<struct sigaction, watched.size()> before;

void note(int signal) {
  received = signal;
}

}  // namespace

InterruptWatch::InterruptWatch() {
  received = 0;
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  for (std::size_t i = 0; i < watched.size(); ++i) sigaction(watched[i], &action, &before[i]);
}

InterruptWatch::~InterruptWatch() {
  for (std::size_t i = 0; i < watched.size(); ++i) sigaction(watched[i], &before[i], nullptr);
}

bool InterruptWatch::interrupted() const {
  return received != 0;
}

int InterruptWatch::exit_code() const {
  return received == 0 ? 0 : exit_base + received;
}

}  // namespace battlemap::app
