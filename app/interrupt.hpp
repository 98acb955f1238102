#pragma once

namespace battlemap::app {

/// While it lives, Ctrl-C, a hang-up and a polite kill only set a flag, so that a long command ends between
/// two files. A second one of them ends the program at once. One at a time.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;
  bool interrupted() const;
  /// The exit code of a program ended by the signal: 128 and its number; 0 when there was none.
  int exit_code() const;
};

}  // namespace battlemap::app
