#pragma once

namespace battlemap::geo {

/// Work that gives way to who draws frames on the same cores: between two jobs of parallel_jobs() its threads wait while a frame is
/// being drawn, for some milliseconds at most, since they may hold what the frame needs.
class GiveWay {
 public:
  /// The calling thread gives way from now on, or no longer; threads that parallel_jobs() starts do as the one that called it.
  static void set(bool gives_way);
  static bool here();
  /// Waits as said above; returns at once on threads that do not give way.
  static void pause();

  /// While it lives a frame is being drawn.
  class Frame {
   public:
    Frame();
    ~Frame();
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;
  };
};

}  // namespace battlemap::geo
