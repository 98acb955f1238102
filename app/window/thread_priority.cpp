#include "app/window/thread_priority.hpp"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

#include "geo/give_way.hpp"

namespace battlemap::app {
namespace {

/// The kernel's struct sched_attr, which the C library here lacks.
struct Scheduling {
  std::uint32_t size, policy;
  std::uint64_t flags;
  std::int32_t nice;
  std::uint32_t priority;
  std::uint64_t runtime, deadline, period;
};

}  // namespace

/// A low priority alone lets a worker keep its core for some milliseconds after a frame's thread has become ready; since
/// Linux 6.12 a short time slice ends that. Not the idle policy: on a busy machine pictures would never come.
void yield_to_frames() {
  geo::GiveWay::set(true);
  constexpr int nice = 10;
  constexpr std::uint64_t slice = 100'000;  // ns
  const Scheduling wanted{sizeof(Scheduling), SCHED_OTHER, 0, nice, 0, slice, 0, 0};
  syscall(SYS_sched_setattr, 0, &wanted, 0);  // refused: frames only stutter
}

}  // namespace battlemap::app
