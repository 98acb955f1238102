#include "app/progress_bar.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

#include "geo/indicator.hpp"

namespace battlemap::app {
namespace {

constexpr std::size_t cells = 24, tenth = 10;
constexpr auto least_pause = std::chrono::milliseconds(100);
constexpr const char* clear_line = "\r\033[K";

std::string number(std::size_t n) {
  return geo::format_number(static_cast<double>(n), 0);
}

}  // namespace

ProgressBar::ProgressBar(std::size_t total, std::string what)
    : total_(total), what_(std::move(what)), terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (terminal_) fmt::print(stderr, "{}", clear_line);
  std::fflush(stderr);
}

void ProgressBar::advance(const std::string& label) {
  const std::lock_guard lock(mutex_);
  ++done_;
  draw(label);
}

void ProgressBar::say(const std::string& line) {
  const std::lock_guard lock(mutex_);
  fmt::print(stderr, "{}{}\n", terminal_ ? clear_line : "", line);
  std::fflush(stderr);
}

void ProgressBar::draw(const std::string& label) {
  if (!terminal_) {
    const std::size_t tenths = done_ * tenth / total_;
    if (tenths == tenths_) return;
    tenths_ = tenths;
    fmt::print(stderr, "{:3} %  {} of {} {}\n", tenths * tenth, number(done_), number(total_), what_);
    std::fflush(stderr);
    return;
  }
  const auto now = Clock::now();
  if (now - drawn_ < least_pause && done_ < total_) return;
  drawn_ = now;
  std::string bar;
  for (std::size_t i = 0; i < cells; ++i) bar += i < done_ * cells / total_ ? "█" : "░";
  fmt::print(stderr, "{}{} {} of {} {}  {}{}", clear_line, bar, number(done_), number(total_), what_, label,
             time_left());
  std::fflush(stderr);
}

std::string ProgressBar::time_left() const {
  const double spent = std::chrono::duration<double>(Clock::now() - begun_).count();
  if (done_ == 0 || done_ == total_ || spent < 2) return "";
  const double left = spent / static_cast<double>(done_) * static_cast<double>(total_ - done_);
  return left < 60 ? fmt::format("  {:.0f} s left", left) : fmt::format("  {:.0f} min left", left / 60);
}

}  // namespace battlemap::app
