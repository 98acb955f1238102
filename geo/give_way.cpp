#include "geo/give_way.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace battlemap::geo {
namespace {

constexpr std::chrono::milliseconds longest_pause(15);  ///< about a frame

thread_local bool gives_way = false;
std::atomic<int> frames = 0;
std::mutex waiting;
std::condition_variable frame_done;

}  // namespace

void GiveWay::set(bool wanted) { gives_way = wanted; }
bool GiveWay::here() { return gives_way; }

void GiveWay::pause() {
  if (!gives_way || frames == 0) return;
  std::unique_lock lock(waiting);
  frame_done.wait_for(lock, longest_pause, [] { return frames == 0; });
}

GiveWay::Frame::Frame() { ++frames; }
GiveWay::Frame::~Frame() {
  {
    const std::lock_guard lock(waiting);
    --frames;
  }
  frame_done.notify_all();
}

}  // namespace battlemap::geo
