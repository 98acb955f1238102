#include "app/window/thread_priority.hpp"

#include <sys/resource.h>

namespace battlemap::app {

/// Linux keeps a priority for each thread, and 0 is the calling one. Not idle: on a busy machine pictures would never come.
void yield_to_frames() {
  constexpr int nice = 10;
  setpriority(PRIO_PROCESS, 0, nice);  // refused: frames only stutter
}

}  // namespace battlemap::app
